"""Pages state what the tables hold; tables sort, filter, page and leave as files."""

from __future__ import annotations

import csv
import io
import re

import httpx
import openpyxl
import pyarrow.parquet as pq

from entrepot.casework.case import Case


def counted(page: httpx.Response) -> int:
    """How many rows the first table of a page says it has."""
    found = re.search(r'class="count">[^<]*?of ([\d,]+)', page.text)
    assert found
    return int(found[1].replace(",", ""))


def test_the_start_page_counts_what_the_case_holds(client: httpx.Client, built: Case) -> None:
    text = client.get("/").text
    sums = built.query("SELECT sum(rows_in)::BIGINT AS i, sum(rows_kept)::BIGINT AS k, sum(rows_rejected)::BIGINT AS r FROM sources").to_pylist()[0]  # fmt: skip
    assert f"{sums['i']:,} rows in = {sums['k']:,} kept + {sums['r']:,} rejected" in text
    assert "What the data cannot show" in text
    assert "Synthetic data." in text


def test_findings_filter_sort_and_page(client: httpx.Client, built: Case) -> None:
    total = built.query("SELECT count(*) AS n FROM findings").to_pylist()[0]["n"]
    assert counted(client.get("/findings")) == total
    one = built.query("SELECT indicator, count(*) AS n FROM findings GROUP BY 1 ORDER BY n DESC LIMIT 1").to_pylist()[0]
    assert counted(client.get(f"/findings?findings.indicator={one['indicator']}")) == one["n"]
    first = client.get("/findings?findings.per=2&findings.sort=rows").text
    second = client.get("/findings?findings.per=2&findings.sort=rows&findings.page=2").text
    cited = [set(re.findall(r'href="/findings/(f-[0-9a-f]+)"', text)) for text in (first, second)]
    assert cited[0]
    assert not cited[0] & cited[1]
    assert 'aria-sort="ascending"' in first


def test_a_download_holds_what_is_shown(client: httpx.Client, built: Case) -> None:
    address = "/findings?findings.sort=-rows&findings.col=statement&findings.col=rows&get=findings"
    rows = list(csv.reader(io.StringIO(client.get(f"{address}.csv").text)))
    assert rows[0] == ["statement", "rows"]
    assert len(rows) - 1 == built.query("SELECT count(*) AS n FROM findings").to_pylist()[0]["n"]
    assert [int(r[1]) for r in rows[1:]] == sorted((int(r[1]) for r in rows[1:]), reverse=True)
    table = pq.read_table(io.BytesIO(client.get(f"{address}.parquet").content))
    assert table.column_names == ["statement", "rows"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx").content)).active
    assert sheet.max_row == len(rows)


def test_no_cell_of_a_download_is_a_formula(client: httpx.Client, finding: str, built: Case) -> None:
    for row in built.query("SELECT finding_id FROM findings").to_pylist():
        for cells in csv.reader(io.StringIO(client.get(f"/findings/{row['finding_id']}?get=evidence.csv").text)):
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/findings/{finding}?get=evidence.xlsx").content))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_a_finding_shows_evidence_doubt_comparison_and_query(client: httpx.Client, built: Case) -> None:
    told = built.query("SELECT * FROM findings WHERE compared IS NOT NULL ORDER BY finding_id LIMIT 1").to_pylist()[0]
    text = client.get(f"/findings/{told['finding_id']}").text
    for part in (
        "What else could explain it",
        "What the indicator means",
        "Rows that it rests on",
        "SELECT",
        "Published:",
    ):
        assert part in text
    assert f"fires on {told['fires_on']:,} of {told['compared']:,} comparable subjects" in text


def test_a_record_shows_the_row_as_read(client: httpx.Client, built: Case, source: str) -> None:
    row = built.query("SELECT * FROM shipments WHERE row_number = 5").to_pylist()[0]
    text = client.get(f"/record/{source}/5").text
    assert row["shipper_name"] in text
    assert "DECLARATION_NO" in text
    assert source in text
    assert client.get(f"/record/{source}/999999").status_code == 404
