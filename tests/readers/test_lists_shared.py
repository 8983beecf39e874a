"""Real lists: every row accounted for, and the counts that their publishers and collectors state."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from entrepot.readers import lists
from entrepot.readers.files import parts
from entrepot.readers.reading import Reading

pytestmark = pytest.mark.shared


def load(path: Path, expected: str) -> Reading:
    (part,) = parts(path)
    assert lists.recognise(part) == expected
    reading = lists.read(part, source_id="s", format=expected)
    assert reading.rows_in == reading.rows_kept + reading.rejects.num_rows
    return reading


@pytest.mark.parametrize(("name", "form"), [("ofac-sdn.csv", "ofac-sdn-csv"), ("ofac-sdn.json", "ofac-sdn-json")])
def test_ofac_2026(shared_data: Path, name: str, form: str) -> None:
    reading = load(shared_data / "lists/ofac_sdn_2026" / name, form)
    assert (reading.rows_in, reading.rows_kept) == (19_249, 19_249)
    assert reading.tables["list_entries"].num_rows == 19_249
    kinds = Counter(reading.tables["list_names"]["kind"].to_pylist())
    assert kinds == {"primary": 19_249, "alias": 20_194}
    schemas = Counter(reading.tables["list_entries"]["schema"].to_pylist())
    assert schemas == {"LegalEntity": 9_871, "Person": 7_502, "Vessel": 1_534, "Airplane": 342}
    dates = set(reading.tables["list_entries"]["list_date"].to_pylist())
    assert dates == ({date(2026, 8, 20)} if form.endswith("json") else {None})


def test_ofac_2023_with_addresses(shared_data: Path) -> None:
    folder = shared_data / "lists/ofac_sdn_2023"
    sdn = load(folder / "sdn.csv", "ofac-sdn-raw")
    # 11,445 lines: a header that was added, 11,443 entries, and the mark that ends the file
    assert (sdn.rows_in, sdn.rows_kept, sdn.rejects["reason"].to_pylist()) == (11_444, 11_443, ["end_mark"])
    addresses = load(folder / "sdn_address.csv", "ofac-sdn-addresses")
    assert addresses.rows_kept == addresses.rows_in - 1
    known = set(sdn.tables["list_entries"]["entry_id"].to_pylist())
    assert set(addresses.tables["list_places"]["entry_id"].to_pylist()) <= known
    kinds = Counter(sdn.tables["list_identifiers"]["kind"].to_pylist())
    assert kinds["imo"] >= 680
    assert kinds["inn"] > 500
    assert all(len(v) == 7 for v, k in zip(*_columns(sdn, "value", "kind"), strict=True) if k == "imo")


def _columns(reading: Reading, *names: str) -> list[list[str]]:
    return [reading.tables["list_identifiers"][name].to_pylist() for name in names]


def test_uk_2026(shared_data: Path) -> None:
    folder = shared_data / "lists/uk_2026"
    subjects = load(folder / "subjects.csv", "uk-sanctions-subjects")
    assert (subjects.rows_in, subjects.rows_kept) == (6_046, 6_046)
    assert subjects.tables["list_entries"]["listed"].null_count == 0
    names = load(folder / "subject_names.csv", "uk-sanctions-names")
    assert (names.rows_in, names.rows_kept) == (15_050, 15_050)
    known = set(subjects.tables["list_entries"]["entry_id"].to_pylist())
    primary = {n["entry_id"] for n in names.tables["list_names"].to_pylist() if n["kind"] == "primary"}
    assert primary == known  # every subject gets a name
    for name, form in (
        ("subject_identifiers.csv", "uk-sanctions-identifiers"),
        ("subject_countries.csv", "uk-sanctions-countries"),
        ("subject_dobs.csv", "uk-sanctions-birth-dates"),
    ):
        reading = load(folder / name, form)
        assert reading.rejects.num_rows == 0


def test_un_2024(shared_data: Path) -> None:
    reading = load(shared_data / "lists/un_2024/consolidated_2024-09.xml", "un-sc-xml")
    assert (reading.rows_in, reading.rows_kept) == (682 + 193, 682 + 193)
    assert set(reading.tables["list_entries"]["list_date"].to_pylist()) == {date(2024, 9, 26)}
    assert reading.tables["list_entries"]["listed"].null_count == 0


def test_eu_833(shared_data: Path) -> None:
    reading = load(shared_data / "lists/eu_833_annex_iv/32014R0833.csv", "eu-annexes-csv")
    assert (reading.rows_in, reading.rows_kept) == (1_746, 1_746)
    assert set(reading.tables["list_entries"]["list_id"].to_pylist()) == {"eu-833"}


def test_follow_the_money_sample(shared_data: Path) -> None:
    reading = load(shared_data / "lists/opensanctions_ftm_sample/entities.ftm.json", "ftm-json")
    # 423 targets, 756 family links and the 184 persons they name; 100 positions and 102 occupancies are no parties
    assert (reading.rows_in, reading.rows_kept) == (1_565, 423 + 756 + 184)
    assert Counter(reading.rejects["reason"].to_pylist()) == {"not_a_party": 202}
    assert reading.tables["list_entries"].num_rows == 423


def test_end_users(shared_data: Path) -> None:
    folder = shared_data / "lists/export_control_end_users"
    assert load(folder / "cn.json", "end-users-json").rows_in == 240
    japan = load(folder / "jp.json", "end-users-json")
    # the collection lost 37 names to its addresses; 20 of these have an alias that stands in
    assert (japan.rows_in, japan.rows_kept) == (835, 818)


def test_no_customs_or_trade_file_is_taken_for_a_list(shared_data: Path) -> None:
    paths = [
        *sorted((shared_data / "trade/vendor_layouts").glob("*.xlsx")),
        *sorted((shared_data / "trade/armenia").glob("*.csv")),
        *sorted((shared_data / "trade/korea_declarations").glob("*valid*.csv")),
        *sorted((shared_data / "trade/eia_company_imports").glob("*.parquet")),
    ]
    for path in paths:
        for part in parts(path):
            assert lists.recognise(part) is None, path.name
