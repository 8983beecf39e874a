"""Cuts the bundled parts of real public data from the publishers' files; rows keep their content and order."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

_FIRST, _LAST = datetime(2021, 1, 1), datetime(2023, 12, 31)
_PARTNERS = {
    "Armenia": "AM",
    "Arménie": "AM",
    "Georgia": "GE",
    "Géorgie": "GE",
    "Kazakhstan": "KZ",
    "Kirghizistan": "KG",
    "Kirghizstan": "KG",
    "Kirghizie": "KG",
    "Kyrgyzstan": "KG",
    "Ouzbékistan": "UZ",
    "Uzbekistan": "UZ",
    "Russian Federation (Russia)": "RU",
    "Russie, Fédération de": "RU",
}
"""The six partners as the files spell them: one of the years was downloaded in French."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def eia(shared: Path) -> bytes:
    """US petroleum imports by company, 2021 to 2023: CSV with the columns of the source, dates without a time."""
    source = pq.read_table(shared / "trade" / "eia_company_imports" / "companylevelimports.parquet")
    period = source.column("RPT_PERIOD")
    unit = period.type
    within = pc.and_(pc.greater_equal(period, pa.scalar(_FIRST, unit)), pc.less_equal(period, pa.scalar(_LAST, unit)))
    table = source.filter(within)
    table = table.set_column(0, "RPT_PERIOD", table.column("RPT_PERIOD").cast(pa.date32(), safe=False))
    out = io.BytesIO()
    pacsv.write_csv(table, out, pacsv.WriteOptions(quoting_style="needed", quoting_header="none"))
    return out.getvalue()


def eurostat_monthly(shared: Path) -> bytes:
    """EU exports to Armenia and Kyrgyzstan by month."""
    folder = shared / "trade" / "eu_to_caucasus"
    header, rows = _relational_views([folder / "armenia_export_eurostat", folder / "kyrgyz_export_eurostat"])

    def order(row: Sequence[str]) -> tuple[str, int, int]:
        month, year = row[5].split()
        return row[1], int(year), _MONTHS.index(month[:3])

    return _csv([header, *sorted(rows, key=order)])


def eurostat_yearly(shared: Path) -> bytes:
    """EU exports to six partners by year."""
    header, rows = _relational_views([shared / "trade" / "eu_to_caucasus" / "eu_year_export"])
    kept = [row for row in rows if row[1] in _PARTNERS]
    return _csv([header, *sorted(kept, key=lambda row: (_PARTNERS[row[1]], row[5][-4:]))])


def ofac(shared: Path) -> bytes:
    """The SDN list of 2026-08-20 as it is."""
    return (shared / "lists" / "ofac_sdn_2026" / "ofac-sdn.csv").read_bytes()


def _relational_views(folders: Sequence[Path]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of all files; their names carry the time of download, so that their order is that of the site."""
    header: list[str] = []
    rows: list[list[str]] = []
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            first, *rest = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
            header = header or first
            if first != header:
                raise ValueError(f"{path.name} has another header than the files before it")
            rows += rest
    return header, rows


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
