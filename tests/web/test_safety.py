"""Nothing from a source or an address acts on a page, another file, the database or the reader's browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from entrepot import web
from entrepot.casework.case import Case
from entrepot.errors import UsageError
from entrepot.web.settings import Settings

from .conftest import OVERRIDE, serving

PAGES = ("/", "/findings", "/sources", "/rejects", "/nowhere")


class Tags(HTMLParser):
    """Collects what a browser would take for tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(answer: httpx.Response) -> None:
    """No script but the bundle, no inline handler or style, no raw override, nothing from elsewhere."""
    parsed = Tags()
    parsed.feed(answer.text)
    for tag, attributes in parsed.found:
        assert tag != "script" or attributes.get("src", "").startswith("/static/"), attributes  # type: ignore[union-attr]
        assert tag not in ("img", "iframe", "object", "embed", "base", "i", "style"), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith(("/", "#", "?")), (tag, name, value)
            assert value is None or not value.startswith("//")
    assert "\u202e" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_case_renders_and_stays_harmless(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    assert_harmless(answer)


def test_pages_of_findings_and_records_are_harmless(client: httpx.Client, built: Case, source: str) -> None:
    for row in built.query("SELECT finding_id FROM findings").to_pylist():
        answer = client.get(f"/findings/{row['finding_id']}")
        assert answer.status_code == 200
        assert_harmless(answer)
    for row in range(2, 34, 3):
        answer = client.get(f"/record/{source}/{row}")
        assert answer.status_code == 200
        assert_harmless(answer)


def test_an_override_of_direction_is_shown(client: httpx.Client, built: Case, source: str) -> None:
    found = built.query(
        "SELECT row_number FROM shipments WHERE consignee_name = $n LIMIT 1", {"n": OVERRIDE}
    ).to_pylist()
    answer = client.get(f"/record/{source}/{found[0]['row_number']}")
    assert "Harmless⟦U+202E⟧cod.exe" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "findings.statement='%3B+DROP+TABLE+findings%3B+--", "findings.sort=strength;DROP", "findings.sort=-strength)--",
        "findings.col=1%3B+DROP+TABLE+findings", "findings.page=-1", "findings.page=99999999999999999999", "findings.rows.from=1e999x",
        "findings.country=%00", "get=findings.exe", "get=../../etc/passwd", "findings.per=100000", "findings.date_from.from=2020-13-45",
    ],
)  # fmt: skip
def test_an_address_cannot_inject_a_statement(client: httpx.Client, query: str) -> None:
    before = client.get("/findings").text
    answer = client.get(f"/findings?{query}")
    assert answer.status_code in (200, 422)
    assert_harmless(answer)
    assert re.findall(r"of ([\d,]+)", client.get("/findings").text) == re.findall(r"of ([\d,]+)", before)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2f..%2fetc/passwd", "/record/..%2f..%2fetc%2fpasswd/1",
        "/sources/..%2f..%2fcase.toml", "/findings/%2e%2e%2fcase.toml", "/record/x/99999999999999999999999", "/record/x/-1",
    ],
)  # fmt: skip
def test_no_path_opens_a_file(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text
    assert "create_app" not in answer.text


def test_headers_forbid_scripts_from_elsewhere(client: httpx.Client) -> None:
    for path in ("/", "/nowhere", "/static/style.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert "httponly" in client.get("/", headers={"cookie": ""}).headers.get("set-cookie", "httponly").lower()


def test_another_host_name_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421
    assert client.get("/", headers={"host": "rebound.example@127.0.0.1"}).status_code == 200
    assert client.get("/", headers={"host": "127.0.0.1@rebound.example"}).status_code == 421


def test_a_long_body_is_refused(client: httpx.Client, finding: str) -> None:
    long = b"text=" + b"a" * 1_200_000
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(f"/findings/{finding}/mark", content=long, headers=kind).status_code == 413
    pieces = (b"x" * 100_000 for _ in range(12))
    assert client.post(f"/findings/{finding}/mark", content=pieces, headers=kind).status_code == 413


def token_of(page: httpx.Response) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page.text)
    assert found
    return found[1]


def test_a_mark_needs_the_token_of_a_page(built: Case, finding: str) -> None:
    address = f"/findings/{finding}"
    with serving(built) as client:
        page = client.get(address)
        cookie = page.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        token = token_of(page)
        assert client.post(f"{address}/mark", data={"action": "seen"}).status_code == 403
        assert client.post(f"{address}/mark", data={"action": "seen", "form_token": "0" * 64}).status_code == 403
        assert client.post(f"{address}/mark?form_token={token}", data={"action": "seen"}).status_code == 403
        assert client.get(f"{address}/mark?action=seen&form_token={token}").status_code == 405
        other = httpx.Client(base_url=client.base_url)
        assert other.post(f"{address}/mark", data={"action": "seen", "form_token": token}).status_code == 403
        done = client.post(f"{address}/mark", data={"action": "seen", "form_token": token})
        assert (done.status_code, done.headers["location"]) == (303, address)
        assert "Mark as not seen" in client.get(address).text
        note = "<script>alert(4)</script> =1+1"
        client.post(f"{address}/mark", data={"action": "note", "text": note, "form_token": token})
        noted = client.get(address)
        assert_harmless(noted)
        assert "&lt;script&gt;alert(4)" in noted.text
        client.post(f"{address}/mark", data={"action": "unseen", "form_token": token})
        away = client.post(f"{address}/mark?back=//evil.example", data={"action": "seen", "form_token": token})
        assert away.headers["location"] == address


def test_a_judgement_and_its_undo(built: Case) -> None:
    with serving(built) as client:
        page = client.get("/review")
        assert_harmless(page)
        question = re.search(r'action="/review/([mq]-[0-9a-f]+)', page.text)
        assert question
        address, token = f"/review/{question[1]}", token_of(page)
        assert client.post(address, data={"decision": "same"}).status_code == 403
        assert client.post(address, data={"decision": "perhaps", "form_token": token}).status_code == 422
        reason = "=1+1 <script>alert(5)</script>"
        done = client.post(address, data={"decision": "different", "reason": reason, "form_token": token})
        assert (done.status_code, done.headers["location"]) == (303, "/review")
        after = client.get("/review")
        assert_harmless(after)
        assert f'action="{address}' not in after.text
        assert "run <code>entrepot build</code>" in after.text
        judgement = re.search(r'action="(/judgements/[^"]+)"', after.text)
        assert judgement
        assert client.post(judgement[1]).status_code == 403
        assert client.post(judgement[1], data={"form_token": token}).status_code == 303
        assert f'action="{address}' in client.get("/review").text


def test_read_only_refuses_changes(built: Case, finding: str) -> None:
    with serving(built, Settings(read_only=True)) as client:
        page = client.get(f"/findings/{finding}")
        assert "form_token" not in page.text
        assert client.post(f"/findings/{finding}/mark", data={"action": "seen", "form_token": "x"}).status_code == 403


def test_another_address_needs_the_token(built: Case) -> None:
    settings = Settings.of("192.0.2.7", 8765)
    assert settings.token
    with serving(built, settings) as client:
        for path in ("/", "/findings", "/static/style.css", "/nowhere"):
            assert client.get(path).status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/", headers={"authorization": f"Bearer {settings.token}"}).status_code == 200
        opened = client.get(f"/findings?token={settings.token}&findings.page=1")
        assert (opened.status_code, opened.headers["location"]) == (303, "/findings?findings.page=1")
        assert "httponly" in opened.headers["set-cookie"].lower()
        assert client.get("/findings").status_code == 200


def test_only_addresses_are_listened_on() -> None:
    assert Settings.of("127.0.0.1", 8765).token is None
    assert Settings.of("::1", 8765).token is None
    with pytest.raises(UsageError):
        Settings.of("example.com", 8765)
    with pytest.raises(UsageError):
        Settings.of("127.0.0.1", 70_000)


def test_the_pages_database_can_do_nothing_but_answer(built: Case) -> None:
    from entrepot.web.shelf import Shelf

    shelf = Shelf(built, Settings(query_seconds=0.3))
    shelf.prepare()
    reader = shelf.current()[0]
    for sql in (
        "SELECT * FROM read_csv('/etc/passwd')", "COPY sources TO 'x.csv'", "CREATE TABLE t (a INT)", "DROP TABLE findings",
        "ATTACH 'other.duckdb'", "SET memory_limit = '9GB'", "INSTALL httpfs", "SELECT * FROM glob('*')",
        "SELECT COUNT(*) FROM range(100000000000) WHERE random() < 0",
    ):  # fmt: skip
        with pytest.raises(Exception, match=r"(?i)permission|read-only|cannot|stopped"):
            reader.rows(sql)
    assert reader.rows("SELECT COUNT(*) AS n FROM findings")[0]["n"] > 0  # type: ignore[operator]
    shelf.close()


def test_errors_name_no_folder_of_this_machine(client: httpx.Client, built: Case) -> None:
    for path in ("/nowhere", "/findings?findings.sort=x", "/record/x/1", "/sources", "/"):
        assert str(built.folder.parent) not in client.get(path).text
    assert json.dumps(str(built.folder)) not in client.get("/findings?get=x.csv").text


def test_pages_state_no_verdict() -> None:
    barred = re.compile(r"\b(evader|evasion|guilty|criminal|culprit|smuggl\w+|fraudster)s?\b", re.IGNORECASE)
    folder = Path(web.__file__).parent
    files = [*folder.glob("templates/*.html"), *folder.glob("sql/*.sql"), *folder.rglob("*.py")]
    assert len(files) > 60
    for path in files:
        assert not barred.search(path.read_text(encoding="utf-8")), path


def test_no_template_marks_text_as_safe_or_holds_script_or_style() -> None:
    for path in (Path(web.__file__).parent / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"https?://", text), path
