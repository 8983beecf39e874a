"""Ports, stations, airports, border crossings and cities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.model import places
from entrepot.model.places.bundled import records
from entrepot.model.places.fold import fold


@pytest.mark.parametrize(
    "text", ["海参崴", "海參崴", "Haishenwai", "Владивосток", "VLADIVOSTOK", "符拉迪沃斯托克", "RUVVO"]
)
def test_names_of_one_place_meet(text: str) -> None:
    found = places.place(text)
    assert found is not None
    assert (found.locode, found.country) == ("RUVVO", "RU")


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("INNSA1", None, "INNSA"),
        ("IN NSA", None, "INNSA"),
        ("NHAVA SHEVA SEA", None, "INNSA"),
        ("PATPARGANJ", "IN", "INPPG"),
        ("CHENNAI AIR CARGO", "IN", "INMAA"),
        ("St Petersburg", None, "RULED"),
        ("С.-ПЕТЕРБУРГ", None, "RULED"),
        ("порт Восточный", None, "RUVYP"),
        ("г. Москва", None, "RUMOW"),
        ("上海港", None, "CNSGH"),
        ("满洲里口岸", None, "CNMLX"),
        ("Шанхай", None, "CNSGH"),
        ("İZMİR", None, "TRIZM"),
        ("AMBARLI LİMANI", "TR", "TRAMR"),
        ("HALKALI GÜMRÜK MÜDÜRLÜĞÜ", "TR", "TRHAL"),
        ("CẢNG CÁT LÁI", None, "VNCLI"),
        ("Houston, TX", None, "USHOU"),
        ("BATON ROUGE, LA", None, "USBTR"),
        ("PORTLAND, ME", None, "USPWM"),
        ("EL SEGUNDO, CA", "US", "USELS"),
        ("LOS ANGELES, CALIFORNIA", None, "USLAX"),
        ("NINGBO, CN", None, "CNNBO"),
        ("Владивосток, Россия", None, "RUVVO"),
        ("Hamburg (DEHAM)", None, "DEHAM"),
        ("HAMBURG", "US", None),
        ("VVO", "RU", "RUVVO"),
        ("Poti", None, "GEPTI"),
        ("London", None, "GBLON"),
        ("PORT QASIM", None, "PKBQM"),
        # several places have the name and none is far larger
        ("Portland", None, None),
        ("MANZANILLO", None, None),
        ("MANZANILLO", "MX", "MXZLO"),
        ("nowhere at all", None, None),
        ("", None, None),
    ],
)
def test_spellings(text: str, country: str | None, code: str | None) -> None:
    found = places.place(text, country)
    assert (found.locode if found else None) == code


@pytest.mark.parametrize("text", ["Забайкальск", "Zabaikalsk", "后贝加尔斯克", "ст. Забайкальск"])
def test_border_crossings_without_a_code_have_a_name(text: str) -> None:
    found = places.place(text)
    assert found is not None
    assert (found.locode, found.name, found.country) == (None, "Zabaikalsk", "RU")


def test_a_column_at_once_leaves_the_unknown_to_be_counted() -> None:
    found = places.places_of(["Rotterdam", "Rotterdam", "Nusquamburg"])
    assert {text: place and place.locode for text, place in found.items()} == {
        "Rotterdam": "NLRTM",
        "Nusquamburg": None,
    }


def test_great_circle() -> None:
    moscow, vladivostok = places.locode("RUMOW"), places.locode("RUVVO")
    assert moscow is not None
    assert vladivostok is not None
    assert moscow.lat is not None
    assert moscow.lon is not None
    assert vladivostok.lat is not None
    assert vladivostok.lon is not None
    distance = places.distance_km((moscow.lat, moscow.lon), (vladivostok.lat, vladivostok.lon))
    assert 6_350 < distance < 6_480  # 6,416 km by gazetteers
    assert places.distance_km((0, 0), (0, 180)) == pytest.approx(20_015, abs=1)


@given(st.text(max_size=30), st.sampled_from([None, "RU", "US", "QQ"]))
def test_hostile_text_never_fails(text: str, country: str | None) -> None:
    places.place(text, country)


def test_data_by_hand_is_consistent() -> None:
    seen: dict[tuple[str, str], str] = {}
    for code, country, name, lat, lon, names, source in records("place_names.tsv"):
        assert source
        if code:
            assert places.locode(code) is not None, code
        else:
            assert places.country_name(country), name
            assert lat, name
            assert lon, name
        for spelling in names.split("|"):
            bearer = (code[:2] or country, fold(spelling))
            assert seen.setdefault(bearer, code or name) == (code or name), spelling
