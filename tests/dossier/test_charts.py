"""Charts are plain data that draw offline; chains say in words what they show, and names cannot steer a page."""

from __future__ import annotations

import datetime as dt
import html
import re
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from PIL import ImageFont

from entrepot.dossier import charts
from entrepot.dossier.charts import chain

CHAIN: dict[str, object] = {
    "id": "c-0123",
    "hs6": "854231",
    "hs6_last": "854231",
    "p_value": 0.01,
    "countries": ["DE", None, "KG"],
    "quantity_carried": 840.5,
    "competing": {"shipments": 3, "kg": 400.0, "shippers": 1},
    "legs": [
        {
            "shipments": [{"source": "ab", "row": n} for n in range(2, 12)],
            "shipper": "Example <script>alert(1)</script> GmbH",
            "consignee": "Örnek\u202eltd",
            "from": "DE",
            "to": None,
            "first_date": "2023-01-04",
            "last_date": "2023-01-20",
            "kg": 1200.0,
        },
        {
            "shipments": [{"source": "ab", "row": 77}],
            "shipper": "Ornek Ltd",
            "consignee": "上海示例国际贸易有限责任公司" * 4,
            "from": None,
            "to": "KG",
            "first_date": "2023-02-04",
            "last_date": "2023-02-04",
            "kg": 20.0,
        },
    ],
}


def test_a_chain_is_well_formed_links_its_rows_and_carries_no_markup_of_names() -> None:
    drawn = charts.chain_svg(CHAIN, lambda source, row: f'/record/{source}:{row}?a="b"&c')
    root = ElementTree.fromstring(drawn)
    links = [a.get("href") for a in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links[0] == '/record/ab:2?a="b"&c'
    assert '/record/ab:77?a="b"&c' in links
    assert "<script" not in drawn
    assert "\u202e" not in drawn
    assert not re.search(r"\sstyle=|\son\w+=", drawn)
    assert "1,200 kg" in drawn
    assert "country unknown" in drawn


def test_a_chain_in_words_names_what_else_could_explain_it() -> None:
    said = charts.chain_text(CHAIN)
    assert "DE > unknown country > KG" in said[0]
    assert "10 shipments" in said[1]
    assert "3 other inbound shipments" in said[-1]


def test_without_links_a_chain_has_none() -> None:
    assert "<a " not in charts.chain_svg(CHAIN)


def test_charts_draw_the_same_bytes_and_fetch_nothing() -> None:
    months = pa.table(
        {"period": [dt.date(2023, 1, 1), dt.date(2023, 2, 1), dt.date(2023, 3, 1)], "net_kg": [1.0, None, 4.0]}
    )
    spec = charts.trade_over_time(
        months, measure="net_kg", marks=[(dt.date(2023, 2, 3), "listed")], title="</script><b>"
    )
    first = charts.svg(spec)
    assert first == charts.svg(spec)
    assert "1 of 3 months state no such figure" in first
    assert "<b>" not in first
    assert charts.png(spec)[:4] == b"\x89PNG"
    assert "$schema" in charts.vega(spec, "dark")


def test_a_price_distribution_leaves_out_what_has_no_logarithm() -> None:
    spec = charts.price_distribution(
        charts.binned([0.0, 1.0, 2.0, 400.0]), [("row 2", 400.0), ("row 3", 0.0)], quartiles=(1, 1.5, 2)
    )
    assert "row 2: 400" in str(spec)
    assert "row 3" not in str(spec)


def test_what_is_beyond_the_largest_is_one_bar() -> None:
    spec = charts.largest([(f"p{n}", float(n)) for n in range(20)], measure="weight, kg", most=5)
    assert "others (15)" in str(spec)
    flows = pa.table({"period": [dt.date(2023, 1, 1)], "series": ["EU exports"], "value_usd": [None]})
    assert charts.flows_over_time(flows)["layer"]


@pytest.mark.parametrize(
    "name",
    ["ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ ТОРГОВО-ПРОМЫШЛЕННАЯ КОМПАНИЯ ЮЖМАШ", "W" * 90, "Электрощитовое оборудование Пример", "深圳示例电子有限公司贸易分公司"],
)  # fmt: skip
def test_no_line_of_a_name_is_wider_than_its_box(name: str) -> None:
    leg = {**CHAIN["legs"][0], "consignee": name}  # type: ignore[index, dict-item]
    drawn = charts.chain_svg({**CHAIN, "legs": [leg]})
    lines = [html.unescape(line) for line in re.findall(r'class="c-name"[^>]*>([^<]*)<', drawn)]
    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 100)
    except OSError:
        pytest.skip("needs the font DejaVu Sans: apt-get install fonts-dejavu-core")
    assert any(line[:3] == name[:3] for line in lines)
    assert max(font.getlength(line) * 11.5 / 100 for line in lines) <= chain.NODE - 8
