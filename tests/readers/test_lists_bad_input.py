"""Damaged and hostile lists end in a message or in counted rejects, never in a traceback and never in lost rows."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.errors import InputError
from entrepot.readers import lists
from entrepot.readers.files import parts
from entrepot.readers.lists.dates import read_date
from entrepot.readers.lists.identifiers import kind_of_label, normal, refined
from entrepot.readers.lists.scripts import script
from entrepot.readers.reading import Reading

CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
"""Any text of a file that is read: one that is mostly control characters is refused whole, as another test shows."""

TIDY = "uid,name,type,programs,alternate_names\n"


def write(folder: Path, data: str | bytes, name: str = "f") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def load(path: Path, format: str | None = None) -> Reading:
    (part,) = parts(path)
    known = format or lists.recognise(part)
    assert known is not None
    return lists.read(part, source_id="s", format=known)


def test_empty_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        parts(write(tmp_path, ""))


def test_header_only(tmp_path: Path) -> None:
    reading = load(write(tmp_path, TIDY))
    assert (reading.rows_in, reading.rows_kept, reading.tables["list_entries"].num_rows) == (0, 0, 0)
    assert any("no rows" in note for note in reading.notes)


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load(write(tmp_path, "uid,name,type,programs\n1,A FICTION,entity,IRAN\n"), "ofac-sdn-csv")
    assert error.value.column == "alternate_names"
    assert "uid, name, type, programs" in str(error.value)


def test_a_column_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twice"):
        load(write(tmp_path, "uid,name,name,type,programs,alternate_names\n1,A,B,entity,IRAN,\n"), "ofac-sdn-csv")


def test_one_identifier_for_two_parties(tmp_path: Path) -> None:
    rows = "1,FICTION ONE,entity,IRAN,\n1,FICTION TWO,entity,IRAN,\n1,FICTION ONE,entity,IRAN,ALIAS ONE\n"
    reading = load(write(tmp_path, TIDY + rows))
    assert (reading.rows_in, reading.rows_kept) == (3, 3)
    entries = reading.tables["list_entries"].to_pylist()
    assert [(e["entry_id"], e["name"]) for e in entries] == [("1", "FICTION ONE"), ("1~2", "FICTION TWO")]
    problems = reading.problems.to_pylist()
    assert {p["problem"] for p in problems} == {"duplicate_id"}
    names = {(n["entry_id"], n["name"]) for n in reading.tables["list_names"].to_pylist()}
    assert names == {("1", "FICTION ONE"), ("1~2", "FICTION TWO"), ("1", "ALIAS ONE")}


def test_an_alias_of_two_letters_is_weak_and_one_of_two_characters_is_not(tmp_path: Path) -> None:
    reading = load(write(tmp_path, TIDY + "1,FICTION ONE,entity,IRAN,IT; 华为; 3MG\n"))
    kinds = {n["name"]: n["kind"] for n in reading.tables["list_names"].to_pylist()}
    assert kinds == {"FICTION ONE": "primary", "IT": "weak", "华为": "alias", "3MG": "alias"}
    assert reading.problems["problem"].to_pylist() == ["short_name"]


def test_too_many_and_too_few_cells_are_rejected_with_the_row(tmp_path: Path) -> None:
    reading = load(write(tmp_path, TIDY + "1,FICTION,entity,IRAN,,extra\n2,FICTION\n3,FICTION,entity,IRAN,\n"))
    assert (reading.rows_in, reading.rows_kept) == (3, 1)
    rejects = reading.rejects.to_pylist()
    assert [(r["row_number"], r["reason"]) for r in rejects] == [(2, "too_many_cells"), (3, "too_few_cells")]
    assert json.loads(rejects[0]["original"])[-1] == "extra"


def test_other_encodings(tmp_path: Path) -> None:
    text = TIDY + "1,СЕВЕРНЫЙ ВЫМЫСЕЛ,entity,IRAN,ЮЖНЫЙ ВЫМЫСЕЛ; ВОСТОЧНЫЙ ВЫМЫСЕЛ\n"
    for encoding in ("utf-16", "windows-1251", "utf-8-sig"):
        reading = load(write(tmp_path, text.encode(encoding), encoding))
        assert reading.tables["list_entries"]["name"].to_pylist() == ["СЕВЕРНЫЙ ВЫМЫСЕЛ"], encoding
        assert set(reading.tables["list_names"]["script"].to_pylist()) == {"Cyrl"}


def test_lost_characters_are_counted(tmp_path: Path) -> None:
    data = TIDY.encode() + b"1,FICTION,entity,IRAN,\n" * 3 + "2,ВЫМЫСЕЛ,entity,IRAN,\n".encode() * 40
    path = write(tmp_path, data + b"3,FI\xffCTION,entity,IRAN,\n")
    (part,) = parts(path, encoding="utf-8")
    reading = lists.read(part, source_id="s", format="ofac-sdn-csv")
    assert reading.rows_in == reading.rows_kept + reading.rejects.num_rows
    assert "bad_encoding" in reading.problems["problem"].to_pylist() + reading.rejects["reason"].to_pylist()


XML = '<?xml version="1.0"?>\n{doctype}<sdnList><sdnEntry><uid>1</uid><lastName>{name}</lastName></sdnEntry></sdnList>'


def test_external_entities_are_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", "secret")
    doctype = f'<!DOCTYPE sdnList [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    path = write(tmp_path, XML.format(doctype=doctype, name="&x;"))
    with pytest.raises(InputError, match="entit"):
        load(path, "ofac-sdn-xml")


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sdnList [<!ENTITY l0 "ha">{laughs}]>\n'
    path = write(tmp_path, XML.format(doctype=doctype, name="&l9;"))
    with pytest.raises(InputError):
        load(path, "ofac-sdn-xml")


@pytest.mark.parametrize("text", [XML.format(doctype="", name="A")[:-5], "<?xml version='1.0'?><sdnList>"])
def test_broken_xml(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="well-formed"):
        load(write(tmp_path, text), "ofac-sdn-xml")


def test_xml_of_another_list(tmp_path: Path) -> None:
    path = write(tmp_path, "<?xml version='1.0'?><CONSOLIDATED_LIST/>")
    with pytest.raises(InputError, match="sdnList"):
        load(path, "ofac-sdn-xml")
    assert load(path).rows_in == 0


def test_json_lines_with_broken_lines(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "schema": "Company", "properties": {"name": ["Fiction"]}})
    lines = [
        good,
        "{broken",
        '"text"',
        '{"id": "b"}',
        json.dumps({"id": "c", "schema": "Company", "properties": {}}),
        "",
    ]
    reading = load(write(tmp_path, "\n".join(lines)))
    assert (reading.rows_in, reading.rows_kept) == (5, 1)
    assert reading.rejects["reason"].to_pylist() == ["bad_json", "not_an_entity", "not_an_entity", "no_name"]
    assert reading.rejects["row_number"].to_pylist() == [2, 3, 4, 5]


def test_a_share_that_is_none(tmp_path: Path) -> None:
    party = {"schema": "Company", "properties": {"name": ["Fiction"]}}
    link = {
        "id": "l",
        "schema": "Ownership",
        "properties": {"owner": ["a"], "asset": ["b"], "percentage": ["over half"]},
    }
    lines = [json.dumps(x) for x in ({"id": "a", **party}, {"id": "b", **party}, link)]
    reading = load(write(tmp_path, "\n".join(lines)))
    assert reading.tables["ownership"]["share"].to_pylist() == [None]
    assert reading.problems["problem"].to_pylist() == ["bad_share"]


@pytest.mark.parametrize("format", ["ofac-sdn-json", "end-users-json"])
def test_json_that_is_something_else(tmp_path: Path, format: str) -> None:
    with pytest.raises(InputError):
        load(write(tmp_path, '{"a": 1}'), format)


def test_gzip(tmp_path: Path) -> None:
    reading = load(write(tmp_path, gzip.compress((TIDY + "1,FICTION,entity,IRAN,\n").encode())))
    assert reading.rows_kept == 1


def test_formulas_and_markup_stay_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://fiction.example"),<b>'
    reading = load(write(tmp_path, TIDY + '1,"=HYPERLINK(""http://fiction.example""),<b>",entity,IRAN,\n'))
    assert reading.tables["list_entries"]["name"].to_pylist() == [name]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(cells=st.lists(st.lists(CELL, min_size=0, max_size=7), min_size=1, max_size=6))
def test_rows_always_reconcile(tmp_path: Path, cells: list[list[str]]) -> None:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows([TIDY.strip().split(","), *cells])
    path = write(tmp_path, text.getvalue().encode("utf-8", "replace"))
    (part,) = parts(path, encoding="utf-8", delimiter=",")
    reading = lists.read(part, source_id="s", format="ofac-sdn-csv")
    assert reading.rows_in == reading.rows_kept + reading.rejects.num_rows


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10 Dec 1948", date(1948, 12, 10), date(1948, 12, 10)),
        ("Dec 1956", date(1956, 12, 1), date(1956, 12, 31)),
        ("circa 1951", date(1951, 1, 1), date(1951, 12, 31)),
        ("1956 to 1958", date(1956, 1, 1), date(1958, 12, 31)),
        ("dd/mm/1968", date(1968, 1, 1), date(1968, 12, 31)),
        ("00/04/1968", date(1968, 4, 1), date(1968, 4, 30)),
        ("29/06/2012", date(2012, 6, 29), date(2012, 6, 29)),
        ("12.9.2014", date(2014, 9, 12), date(2014, 9, 12)),
        ("24 May 2026", date(2026, 5, 24), date(2026, 5, 24)),
        ("May 24, 2026", date(2026, 5, 24), date(2026, 5, 24)),
        ("2015-07-01-04:00", date(2015, 7, 1), date(2015, 7, 1)),
        ("2024-05-02T10:00:00", date(2024, 5, 2), date(2024, 5, 2)),
        ("24 февраля 2022", date(2022, 2, 24), date(2022, 2, 24)),
        ("2026年2月24日", date(2026, 2, 24), date(2026, 2, 24)),
    ],
)
def test_dates_of_lists(text: str, start: date, end: date) -> None:
    found = read_date(text)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("text", [None, "", "31/02/2001", "0000", "unknown", "13/13/2013", "1382", "1958 to 1956"])
def test_what_is_no_date(text: str | None) -> None:
    assert read_date(text) is None


def test_month_first_only_where_it_is_said() -> None:
    first, second = read_date("02/03/2001", month_first=True), read_date("02/03/2001")
    assert first is not None
    assert second is not None
    assert (first.start, second.start) == (date(2001, 2, 3), date(2001, 3, 2))


@pytest.mark.parametrize(
    ("kind", "value", "country", "expected"),
    [
        ("tax", "7707083893", "RU", "inn"),
        ("tax", "7707083893", "KZ", "tax"),
        ("registration", "1027700132195", "RU", "ogrn"),
        ("registration", "91440300555437169C", None, "uscc"),
        ("other", "253400V1H6ART1UQ0N98", None, "lei"),
        ("passport", "7707083893", "RU", "passport"),
        ("national", "11010819630903003X", "CN", "national"),
        ("other", "11010819630903003X", "CN", "other"),
        ("imo", "RS150443", "RU", "registration"),
    ],
)
def test_kinds_by_shape_and_country(kind: str, value: str, country: str | None, expected: str) -> None:
    assert refined(kind, value, country) == expected


def test_identifiers_are_normal() -> None:
    assert normal("inn", " 77-07 083893 ") == "7707083893"
    assert normal("imo", "IMO 9999991") == "9999991"
    assert normal("crypto", "1FicTion") == "1FicTion"
    assert normal("phone", "+7 (495) 000-00-00") == "+74950000000"
    assert kind_of_label("Tax ID No.") == "tax"
    assert kind_of_label("shoe size") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FICTION", "Latn"),
        ("Вымысел", "Cyrl"),
        ("ООО FICTION", "Latn"),
        ("想像公司", "Hani"),
        ("ソニー株式会社", "Jpan"),
        ("삼성", "Hang"),
        ("شركة", "Arab"),
        ("12345", None),
        ("", None),
    ],
)
def test_scripts(name: str, code: str | None) -> None:
    assert script(name) == code
