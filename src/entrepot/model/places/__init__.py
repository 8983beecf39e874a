"""Countries, areas and places: recognised from what files write, as ISO 3166-1 alpha-2 and UN/LOCODE."""

from entrepot.model.places.countries import (
    Country,
    area,
    area_kind,
    countries,
    countries_of,
    country,
    country_in_address,
    country_name,
    country_point,
    suggest,
)
from entrepot.model.places.gazetteer import Place
from entrepot.model.places.ports import country_distances, distance_km, locode, place, places_of

__all__ = [
    "Country",
    "Place",
    "area",
    "area_kind",
    "countries",
    "countries_of",
    "country",
    "country_distances",
    "country_in_address",
    "country_name",
    "country_point",
    "distance_km",
    "locode",
    "place",
    "places_of",
    "suggest",
]
