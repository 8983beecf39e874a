"""A dossier says what the case says, with rows, in every form; and text of sources stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from entrepot.casework import views
from entrepot.casework.case import Case
from entrepot.dossier import frame
from entrepot.dossier.assemble import dossier
from entrepot.dossier.document import Dossier, Grid, Sentence
from entrepot.dossier.html import as_html
from entrepot.dossier.subject import find_subject
from entrepot.dossier.write import write_dossier
from entrepot.errors import UsageError
from tests.dossier.conftest import BUYER, HOSTILE

VERDICTS = re.compile(r"\b(evader|evasion|guilty|criminal|culprit|smuggl\w+|fraudster)s?\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def party(built: Case) -> Dossier:
    return dossier(built, BUYER)


def test_a_subject_is_found_in_any_spelling_and_by_identifiers(built: Case) -> None:
    with built.connect() as connection:
        by_name = find_subject(connection, BUYER)
        assert find_subject(connection, "PRIMER   TRADING 3, L.L.C.") == by_name
        assert find_subject(connection, by_name.key) == by_name
        assert find_subject(connection, "8542.31").key == "854231"
        finding = connection.execute("SELECT finding_id FROM findings ORDER BY 1 LIMIT 1").fetchone()
        assert finding is not None
        assert find_subject(connection, finding[0]).kind == "finding"
        claim = connection.execute("SELECT claim_id FROM claims LIMIT 1").fetchone()
        assert claim is not None
        assert find_subject(connection, claim[0]).kind == "claim"


def test_an_ambiguous_or_unknown_subject_lists_candidates(built: Case) -> None:
    with built.connect() as connection:
        with pytest.raises(UsageError, match="2 parties in this case could be meant") as caught:
            find_subject(connection, "Primer Trading")
        assert str(caught.value.remedy).count("Primer Trading") == 2
        with pytest.raises(UsageError, match="nothing in this case"):
            find_subject(connection, "Nobody'; DROP TABLE parties; --")
        with pytest.raises(UsageError, match="no shipment in this case has this HS code"):
            find_subject(connection, "0101")


def test_it_states_what_the_command_line_states_with_rows(built: Case, party: Dossier) -> None:
    said = {b.text for s in party.sections for b in s.blocks if isinstance(b, Sentence)}
    own = [f for f in views.findings(built, subject=BUYER, limit=0) if f["subject_kind"] == "party"]
    assert own
    assert {str(f["statement"]) for f in own} <= said
    numbers = party.number_of()
    for section in party.sections:
        for block in section.blocks:
            if isinstance(block, Sentence):
                assert all(row in numbers for row in block.rows)
            if isinstance(block, Grid):
                assert not block.cites or len(block.cites) == len(block.rows)
    assert [c.number for c in party.cited] == list(range(1, len(party.cited) + 1))


def test_it_says_that_rows_are_synthetic_and_what_is_to_be_filled_in(party: Dossier) -> None:
    assert party.synthetic == "made for tests"
    shown = as_html(party)
    assert "SYNTHETIC: rows in this document are generated and not real" in shown
    assert shown.count(frame.BLANK) == 4
    assert "Not ready for publication" in shown


def test_listing_dates_stand_against_the_shipments(party: Dossier) -> None:
    lists = next(s for s in party.sections if s.name == "lists")
    assert any("Listed 2022-06-01" in b.text for b in lists.blocks if isinstance(b, Sentence))


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src", "xlink:href"):
                self.addresses.append(str(value))
            if name == "id":
                self.ids.add(str(value))


@pytest.mark.parametrize("asked", [BUYER, "854231", *HOSTILE])
def test_the_file_has_no_script_no_address_outside_and_no_dead_footnote(built: Case, asked: str) -> None:
    shown = as_html(dossier(built, asked))
    read = _Markup()
    read.feed(shown)
    assert "script" not in read.tags
    assert all(address.startswith("#") for address in read.addresses)
    assert {address[1:] for address in read.addresses} <= read.ids
    assert "\u202e" not in shown
    assert len(shown) < 2_000_000
    assert not VERDICTS.search(shown)


def test_each_kind_of_subject_gives_a_dossier(built: Case) -> None:
    finding = str(views.findings(built, limit=1)[0]["finding_id"])
    claim = str(built.query("SELECT claim_id FROM claims ORDER BY 1 LIMIT 1").to_pylist()[0]["claim_id"])
    for asked in (finding, claim, "8542"):
        shown = as_html(dossier(built, asked))
        assert "What the subject said" in shown
        assert not VERDICTS.search(shown)


def test_no_cell_of_the_workbook_is_a_formula(built: Case, outputs: Path) -> None:
    path = outputs / "party.xlsx"
    write_dossier(built, BUYER, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["dossier", "shipments", "cited rows", "queries"]
    for sheet in book:
        assert "SYNTHETIC" in str(sheet.oddHeader.left.text)
        for row in sheet.iter_rows():
            for each in row:
                assert each.data_type != "f"
                assert each.hyperlink is None
                assert not (isinstance(each.value, str) and each.value.startswith(("=", "+", "-", "@")))
                assert len(str(each.value)) <= 32_767
    again = outputs / "again.xlsx"
    write_dossier(built, BUYER, again)
    assert again.read_bytes() == path.read_bytes()
    assert not list(outputs.glob(".*"))


def test_an_unknown_ending_names_the_known_ones(built: Case, outputs: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html"):
        write_dossier(built, BUYER, outputs / "party.doc")


def test_templates_state_no_verdict() -> None:
    for path in (Path(frame.__file__).parent).rglob("*"):
        if path.suffix in (".py", ".html", ".typ"):
            assert not VERDICTS.search(path.read_text("utf-8")), path
