"""Pages state what the tables hold; tables sort, filter, page and leave as files."""

from __future__ import annotations

import csv
import html
import io
import re

import httpx
import openpyxl
import pyarrow.parquet as pq

from entrepot.casework.case import Case
from entrepot.web.wording import exact

from .test_safety import assert_harmless


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
    assert f"{exact(row['net_kg'])} kg" in text
    assert source in text
    assert client.get(f"/record/{source}/999999").status_code == 404


def test_a_record_rounds_nothing() -> None:
    assert [exact(v) for v in (598.1, 1208.0, 54181.44, 1e-05, 12, None, "x")] == [
        "598.1", "1,208", "54,181.44", "0.00001", "12", "", "x"
    ]  # fmt: skip


def test_every_link_leads_somewhere(client: httpx.Client, finding: str, source: str) -> None:
    """Walks over one address of each kind, from the start page."""
    seen: set[str] = set()
    waiting = ["/", f"/findings/{finding}", f"/record/{source}/2", "/shipments", "/flows", "/search?q=primer"]
    while waiting:
        page = waiting.pop(0)
        answer = client.get(page)
        assert answer.status_code in (200, 303), page
        assert_harmless(answer)
        for link in re.findall(r'(?:href|src)="(/[^"#]*)', answer.text):
            address = html.unescape(link)
            path, _, query = address.partition("?")
            # a table's own links are followed once a page: more would be the same code again
            kind = re.sub(r"(?<=/)(?=[^/]*\d)[^/]+", "0", path) + ("?" if query else "")
            if kind not in seen and not address.startswith(("/static/", "/api/v1/openapi")) and "get=" not in query:
                seen.add(kind)
                waiting.append(address)
    kinds = {kind.split("?")[0] for kind in seen}
    assert {"/party/0", "/goods/0", "/report/0", "/checks/0", "/sources/0", "/record/0/0", "/data/party/0/graph.json", "/data/lanes.json"} <= kinds  # fmt: skip
    assert len(seen) > 30


def test_search_finds_in_other_scripts_and_with_errors(client: httpx.Client) -> None:
    for words in ("romashka", "Ромашка", "ромашко", "РОМАШКА ПРИМЕР"):
        assert "Ромашка Пример ООО" in client.get("/search", params={"q": words}).text, words
    for words in ("lotus exampel works", "Lotis Example", "лотус"):
        assert "Lotus Example Works" in client.get("/search", params={"q": words}).text, words
    assert client.get("/search?q=854231").headers["location"] == "/goods/854231"
    text = client.get("/search", params={"q": "integralnye"}).text
    assert "Схемы интегральные" in text
    assert (
        client.get("/search", params={"q": "primer", "kind": "party", "country": "RU"}).text.count('class="tag">party')
        > 0
    )
    for odd in ("", " ", "'; DROP TABLE x; --", "<script>", "\u202e", "(", "a" * 1000, "*", "AND OR NOT", "title:x^2~"):
        answer = client.get("/search", params={"q": odd})
        assert answer.status_code == 200
        assert_harmless(answer)


def test_pictures_say_what_the_tables_say(client: httpx.Client, built: Case) -> None:
    lanes = client.get("/data/lanes.json").json()["features"]
    counted_rows = built.query("SELECT count(*) AS n FROM trade WHERE dispatch_country IS NOT NULL AND destination_country IS NOT NULL").to_pylist()[0]["n"]  # fmt: skip
    assert sum(lane["properties"]["shipments"] for lane in lanes) == counted_rows
    one = built.query("SELECT count(*) AS n FROM trade WHERE hs6 = '854231' AND date >= DATE '2021-01-01'").to_pylist()[0]["n"]  # fmt: skip
    chosen = client.get("/data/lanes.json?hs=854231&since=2021-01").json()["features"]
    assert sum(lane["properties"]["shipments"] for lane in chosen) == one
    for wrong in ("hs=x", "from=CHN", "since=yesterday", "tier=%3Cb%3E"):
        answer = client.get(f"/data/lanes.json?{wrong}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"


def test_claims_are_marked_where_they_stand(client: httpx.Client, built: Case) -> None:
    claim = built.query("SELECT * FROM claims ORDER BY start_char LIMIT 1").to_pylist()[0]
    text = client.get(f"/report/{claim['document_id']}").text
    shown = re.search(rf'<mark id="at-{claim["claim_id"]}"><a href="#{claim["claim_id"]}">([^<]*)', text)
    assert shown
    assert html.unescape(shown[1]) == claim["quote"][: len(html.unescape(shown[1]))]
    assert (
        re.sub(r"<[^>]+>", "", re.search(r'class="report"[^>]*>(.*?)</div>', text, re.DOTALL)[1]).count(
            "Synthetic Reporter"
        )
        == 1
    )  # type: ignore[index]


def test_one_table_is_asked_for_by_itself(client: httpx.Client, finding: str) -> None:
    asked = {"hx-request": "true", "hx-target": "evidence"}
    whole = client.get(f"/findings/{finding}?evidence.sort=row_number")
    part = client.get(f"/findings/{finding}?evidence.sort=row_number", headers=asked)
    assert part.text.strip().startswith('<section class="listing" id="evidence"')
    assert part.text.strip() in whole.text
    assert "hx-target" in part.headers["vary"].lower()
    other = client.get(f"/findings/{finding}", headers={**asked, "hx-target": "main"})
    assert other.text.startswith("<!doctype html>")


def test_counts_that_a_page_knows_are_those_of_its_tables(client: httpx.Client, built: Case, finding: str) -> None:
    parties = built.query("SELECT party_id, sum(rows) AS n FROM parties GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 4").to_pylist()  # fmt: skip
    pages = [(f"/party/{row['party_id']}", f"/api/v1/parties/{row['party_id']}") for row in parties]
    pages += [("/goods/854231", "/api/v1/goods/854231"), (f"/findings/{finding}", f"/api/v1/findings/{finding}")]
    for page, address in pages:
        counts = re.findall(r'<section class="listing" id="([a-z]+)".*?class="count">([^<]*)<', client.get(page).text, re.DOTALL)  # fmt: skip
        assert counts
        for name, count in counts:
            known = int(found[1].replace(",", "")) if (found := re.search(r"of ([\d,]+)$", count)) else 0
            assert known == client.get(f"{address}/{name}?per=1").json()["total"], (page, name)
