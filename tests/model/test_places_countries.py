"""Countries and areas from names, codes and customs spellings."""

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.model import places
from entrepot.model.places.bundled import records
from entrepot.model.places.fold import fold, key


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("РОССИЯ", "RU"),
        ("Российская Федерация", "RU"),
        ("TÜRKİYE", "TR"),
        ("TURKEY", "TR"),
        ("Tuerkei", "TR"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("Korea (the Republic of)", "KR"),
        ("KOREA", "KR"),
        ("Korea Dem. People's Rep. of", "KP"),
        ("Viet Nam", "VN"),
        ("VIETNAM, DEMOCRATIC REPUBLIC OF", "VN"),
        ("U.A.E.", "AE"),
        ("ОАЭ", "AE"),
        ("中国", "CN"),
        ("156 中国", "CN"),
        ("720-Çin", "CN"),
        ("КИТАЙ (CHINA)", "CN"),
        ("CN-CHINA", "CN"),
        ("CHINA-CN", "CN"),
        ("RU - RUSSIA", "RU"),
        ("HONG KONG SAR", "HK"),
        ("China, Hong Kong SAR", "HK"),
        ("Taiwan, Province of China", "TW"),
        ("Кыргызская Республика", "KG"),
        ("COTE D IVOIRE", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("BURMA", "MM"),
        ("CZECH REPUBLIC", "CZ"),
        ("MOLDOVA, REPUBLIC OF", "MD"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("CONGO", "CG"),
        ("Gambia, The", "GM"),
        ("Bosnia & Herzegovina", "BA"),
        ("Kosovo*", "XK"),
        ("643", "RU"),
        ("4", "AF"),
        ("51.0", "AM"),
        ("842", "US"),
        ("490", "TW"),
        ("EL", "GR"),
        ("UK", "GB"),
        ("ru", "RU"),
        ("NGA", "NG"),
        ("Nga", "RU"),
        ("Hoa Kỳ", "US"),
        ("ABD", "US"),
        ("ЮАР", "ZA"),
        ("الصين", "CN"),
        ("Virgin Islands", "VI"),
    ],
)
def test_spellings(text: str, alpha2: str) -> None:
    assert places.country(text) == alpha2


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("ЕВРОПЕЙСКИЙ СОЮЗ", "EU27_2020"),
        ("EUROPEAN UNION", "EU27_2020"),
        ("EU", "EU27_2020"),
        ("World", "WORLD"),
        ("0", "WORLD"),
        ("USSR", "SU"),
        ("Yugoslavia", "YU"),
        ("СНГ", "CIS"),
        ("АБХАЗИЯ", "ABKHAZIA"),
        ("Areas, nes", "NES"),
        ("899", "FREE_ZONE"),
    ],
)
def test_areas_are_no_countries(text: str, area: str) -> None:
    assert places.country(text) is None
    assert places.area(text) == area
    assert places.area_kind(area) is not None


@pytest.mark.parametrize(
    "text", ["", " ", "-", "KONGO", "CN;RU", "China / Russia", "Moscow, Russia", "Russai", "999", "XXXX", "\x00", "0,5"]
)
def test_what_is_not_sure_is_none(text: str) -> None:
    assert places.country(text) is None


def test_numbers_can_be_refused() -> None:
    assert places.country("400") == "JO"
    assert places.country("400", numeric=False) is None


def test_every_iso_name_and_code() -> None:
    for country in pycountry.countries:
        for text in (country.alpha_2, country.alpha_3, country.numeric, country.name, country.name.upper()):
            assert places.country(text) == country.alpha_2, text


def test_suggest_offers_near_spellings() -> None:
    assert places.suggest("Russai") == ["RU"]
    assert places.suggest("qqqqqqq") == []


def test_names_and_points() -> None:
    assert places.country_name("ru") == "Russia"
    assert places.country_name("QQ") is None
    lat, lon = places.country_point("AE") or (0, 0)
    assert 22 < lat < 27
    assert 51 < lon < 57
    assert all(-90 <= c.lat <= 90 and -180 <= c.lon <= 180 for c in places.countries().values())


def test_columns_are_read_at_once() -> None:
    assert places.countries_of(["RU", "RU", "Mars"]) == {"RU": "RU", "Mars": None}


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("1 Leninsky pr., Moscow, 119991, Russia", "RU"),
        ("Room 5, Hung Hom, Kowloon, Hong Kong, China", "CN"),
        ("Flat 3, Nathan Road, Hong Kong", "HK"),
        ("Shenzhen P.R.China", "CN"),
        ("12 Main St, Los Angeles, CA", None),
        ("Istanbul/Turkey", "TR"),
        ("", None),
    ],
)
def test_country_in_address(text: str, alpha2: str | None) -> None:
    assert places.country_in_address(text) == alpha2


@given(st.text())
def test_folding_is_idempotent_and_never_fails(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    places.country(text)


def test_keys_in_the_data_file_are_the_keys_of_its_names() -> None:
    for alpha2, name, _, folded in records("country_names.tsv.gz"):
        assert key(name) == folded
        assert alpha2 in places.countries()
