"""Currencies, modes of transport, delivery conditions, units: in the languages of customs files."""

import duckdb
import pytest

from entrepot.model.tables.shipments import SHIPMENTS
from entrepot.readers.values import (
    NumberStyle,
    currency,
    incoterm,
    is_currency_sign,
    kilograms_per,
    quantity_unit,
    transport_mode,
    weight_in_kg,
    weight_sql,
)
from entrepot.readers.values.lists import table


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USD", "USD"),
        ("usd ", "USD"),
        ("US$", "USD"),
        ("долл. США", "USD"),
        ("евро", "EUR"),
        ("ЕВРО", "EUR"),
        ("840", "USD"),
        ("643", "RUB"),
        ("RUR", "RUB"),
        ("руб.", "RUB"),
        ("TL", "TRY"),
        ("Türk Lirası", "TRY"),
        ("人民币", "CNY"),
        ("美元", "USD"),
        ("yuan", "CNY"),
        ("USD - US Dollar", "USD"),
        ("DOLAR USA", "USD"),
        ("peso chileno", "CLP"),
        ("$", None),
        ("¥", None),
        ("dollar", None),
        ("USD/EUR", None),
        ("xyz", None),
        ("NULL", None),
        (None, None),
    ],
)
def test_currencies(text: str | None, code: str | None) -> None:
    assert currency(text) == code


def test_a_shared_sign_is_a_sign_and_no_currency() -> None:
    assert is_currency_sign("$")
    assert not is_currency_sign("kg")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("SEA", "sea"),
        ("By Sea", "sea"),
        ("10", "sea"),
        ("20", "rail"),
        ("30", "road"),
        ("31", "road"),
        ("40", "air"),
        ("50", "post"),
        ("80", "inland waterway"),
        ("90", "own propulsion"),
        ("1", "sea"),
        ("4", "air"),
        ("40.0", "air"),
        ("04", "air"),
        ("морской транспорт", "sea"),
        ("Автомобильный", "road"),
        ("ж/д", "rail"),
        ("DENİZYOLU", "sea"),
        ("Karayolu", "road"),
        ("MARITIMO", "sea"),
        ("AÉREO", "air"),
        ("RODOVIARIA", "road"),
        ("chemin de fer", "rail"),
        ("水路运输", "sea"),
        ("航空运输", "air"),
        ("đường biển", "sea"),
        ("7 - CARRETERO", "road"),
        ("1 - MARITIMA", "sea"),
        ("Vessel, containerized", "sea"),
        ("sea/air", None),
        ("0", None),
        ("teleport", None),
        (None, None),
    ],
)
def test_modes_of_transport(text: str | None, mode: str | None) -> None:
    assert transport_mode(text) == mode


def test_every_mode_is_one_that_the_table_allows() -> None:
    assert {mode for _, mode, _ in table("transport")} <= set(SHIPMENTS.column("transport_mode").choices)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FOB", "FOB"),
        ("cif mersin", "CIF"),
        ("CIF-MERSIN", "CIF"),
        ("СРТ Москва", "CPT"),
        ("C&F", "CFR"),
        ("Ex Works", "EXW"),
        ("FOBBED", None),
        ("door", None),
        (None, None),
    ],
)
def test_delivery_conditions(text: str | None, code: str | None) -> None:
    assert incoterm(text) == code


@pytest.mark.parametrize(
    ("text", "code", "kilograms"),
    [
        ("kg", "KGM", 1),
        ("KGS", "KGM", 1),
        ("KG.", "KGM", 1),
        ("кг", "KGM", 1),
        ("千克", "KGM", 1),
        ("kilogramo", "KGM", 1),
        ("t", "TNE", 1000),
        ("Metric Tons", "TNE", 1000),
        ("тонн", "TNE", 1000),
        ("g", "GRM", 0.001),
        ("lb", "LBR", 0.45359237),
        ("KGS (KILOGRAMS)", "KGM", 1),
        ("166", "KGM", 1),
        ("NOS", "H87", None),
        ("шт.", "H87", None),
        ("ADET", "H87", None),
        ("unidad", "H87", None),
        ("m2", "MTK", None),
        ("пар", "PR", None),
        ("parsec", None, None),
        ("N/A", None, None),
    ],
)
def test_units(text: str, code: str | None, kilograms: float | None) -> None:
    assert (quantity_unit(text), kilograms_per(text)) == (code, kilograms)


@pytest.mark.parametrize(
    ("style", "unit"),
    [
        (NumberStyle(), "kg"),
        (NumberStyle(), "t"),
        (NumberStyle(), None),
        (NumberStyle(affixes=("t", "kg", "pcs")), "g"),
        (NumberStyle(affixes=("kg",)), None),
    ],
)
def test_weights_come_out_in_kilograms_in_sql_as_in_python(style: NumberStyle, unit: str | None) -> None:
    texts = ["5", "5 kg", "2 t", "3 pcs", "1,234.5", "x", None]
    expected = [weight_in_kg(text, style, unit) for text in texts]
    query = f"SELECT {weight_sql('t.x', style, unit)} FROM (SELECT unnest(?::VARCHAR[]) AS x) AS t"
    with duckdb.connect() as connection:
        assert [row[0] for row in connection.execute(query, [texts]).fetchall()] == expected


def test_a_weight_needs_a_unit() -> None:
    assert weight_in_kg("5", NumberStyle()) is None
    assert weight_in_kg("5", NumberStyle(), "t") == 5000
    assert weight_in_kg("5 kg", NumberStyle(affixes=("kg",)), "t") == 5


@pytest.mark.parametrize("name", ["nulls", "months", "currencies", "transport", "incoterms", "units", "hs_headings"])
def test_word_lists_have_one_row_a_text_and_a_source(name: str) -> None:
    rows = table(name)
    texts = [row[0] for row in rows]
    assert len(set(texts)) == len(texts)
    assert all(row[-1] for row in rows)
    assert all(text == text.lower() and text == text.strip() for text in texts)
