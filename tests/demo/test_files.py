"""The bundled files: described, dated, synthetic ones marked, and not drifted from what makes them."""

import csv
import gzip
import hashlib
import io
import json
import re
from itertools import takewhile
from pathlib import Path

import pytest

from entrepot.demo import answer_key_file, data_files, make, subsets

PAGE = Path(__file__).resolve().parents[2] / "docs" / "demo.md"


def test_every_bundled_file_is_described() -> None:
    described = {file.path.name for file in data_files()}
    present = {path.name for path in answer_key_file().parent.rglob("*") if path.is_file()}
    assert described | {"files.toml", "answer_key.json"} == present


def test_synthetic_files_say_so() -> None:
    for file in data_files():
        assert ("synthetic" in file.path.name) == (file.synthetic is not None)
        assert file.publisher
        assert file.licence
        assert file.attribution
        assert (file.list_date is not None) == (file.list_id is not None) == (file.kind == "list")


def test_bundled_synthetic_files_are_what_the_generator_makes() -> None:
    """`python -m entrepot.demo.make` writes them anew; compared before compression, which differs between machines."""
    for name, content in make.synthetic_files().items():
        bundled = make.content_of(name)
        assert bundled is not None
        assert hashlib.sha256(bundled).hexdigest() == hashlib.sha256(content).hexdigest(), name


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("eia_company_imports_2021_2023.csv.gz", subsets.eia),
        ("eurostat_eu_exports_monthly_am_kg.csv.gz", subsets.eurostat_monthly),
        ("eurostat_eu_exports_yearly.csv", subsets.eurostat_yearly),
        ("ofac_sdn_2026-08-20.csv.gz", subsets.ofac),
    ],
)
def test_bundled_real_files_are_what_is_cut_from_the_source(shared_data: Path, name: str, cut) -> None:
    assert cut(shared_data) == make.content_of(name)


def test_the_whole_case_is_a_few_megabytes() -> None:
    assert sum(path.stat().st_size for path in answer_key_file().parent.iterdir()) < 6_000_000


def russian_rows() -> list[tuple[int, dict[str, str]]]:
    (file,) = [each for each in data_files() if each.path.name.startswith("eia")]
    with gzip.open(file.path, "rt", encoding="utf-8", newline="") as text:
        return [(number, row) for number, row in enumerate(csv.DictReader(text), 2) if row["CNTRY_NAME"] == "RUSSIA"]


def documented(header: str) -> list[list[str]]:
    """The rows of the table of docs/demo.md whose header starts so."""
    lines = PAGE.read_text("utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(header)) + 2
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in takewhile(lambda line: line.startswith("|"), lines[first:])
    ]


def test_documented_months_of_russian_imports_are_those_of_the_file() -> None:
    rows = russian_rows()
    for month, n, companies, quantity in documented("| month | rows with origin RUSSIA"):
        if n == "none":
            first, last = (month.split(" to ") * 2)[:2]
            assert not [number for number, row in rows if first <= row["RPT_PERIOD"][:7] <= last]
            continue
        of_month = [row for _, row in rows if row["RPT_PERIOD"].startswith(month)]
        assert len(of_month) == int(n)
        assert len({row["R_S_NAME"] for row in of_month}) == int(companies)
        assert sum(int(row["QUANTITY"]) for row in of_month) == int(quantity.replace(",", ""))


def test_documented_last_importers_are_those_of_the_file() -> None:
    april = [(number, row) for number, row in russian_rows() if row["RPT_PERIOD"] == "2022-04-01"]
    table = documented("| company | April 2022")
    assert {row["R_S_NAME"] for _, row in april} == {company for company, _, _ in table}
    assert (april[0][0], april[-1][0]) == (30267, 32099)
    for company, quantity, numbers in table:
        own = [(number, row) for number, row in april if row["R_S_NAME"] == company]
        assert sum(int(row["QUANTITY"]) for _, row in own) == int(quantity.replace(",", ""))
        ends = [int(part) for part in re.findall(r"[0-9]+", numbers)]
        assert (ends[0], ends[-1]) == (own[0][0], own[-1][0])
    (last,) = [(number, row) for number, row in russian_rows() if row["RPT_PERIOD"] > "2022-04-01"]
    assert (last[0], last[1]["R_S_NAME"], last[1]["QUANTITY"]) == (69081, "PAULSBORO REFINING CO LLC", "10")


def test_documented_eu_exports_are_those_of_the_file() -> None:
    (file,) = [each for each in data_files() if "yearly" in each.path.name]
    with file.path.open(encoding="utf-8", newline="") as text:
        values = {
            (row["PARTNER"].split(" (")[0], row["PERIOD"][-4:]): int(row["VALUE_IN_EUR"])
            for row in csv.DictReader(text)
        }
    for partner, *years, ratio in documented("| partner | 2021"):
        own = [values[partner, year] / 1e6 for year in ("2021", "2022", "2023")]
        assert [f"{value:,.0f}" for value in own] == years
        assert float(ratio) == pytest.approx(own[2] / own[0], abs=0.05)


def test_documented_instances_are_those_of_the_key() -> None:
    key = json.loads(answer_key_file().read_text("utf-8"))
    planted = {at["pattern"]: str(at["instances"]) for at in key["patterns"]}
    for names, counts, *_ in documented("| pattern | instances"):
        for name, count in zip(re.findall(r"[a-z0-9-]+", names), re.findall(r"[0-9]+", counts), strict=True):
            assert planted.pop(name) == count
    assert planted == {}


def test_documented_row_counts_are_those_of_the_files() -> None:
    for name, _, n, _ in documented("| file | what | rows"):
        content = make.content_of(name.strip("`"))
        assert content is not None
        rows = sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) - 1
        assert f"{rows:,}" == n


def test_answer_key_is_json_with_one_line_per_instance() -> None:
    text = answer_key_file().read_text("utf-8")
    key = json.loads(text)
    assert key["synthetic"].startswith("Generated")
    assert sum(1 for line in text.splitlines() if line.startswith('  {"chains"')) == len(key["instances"])


def test_making_again_without_the_sources_makes_the_synthetic_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "synthetic_files", lambda: {"synthetic_list.csv": make.content_of("synthetic_list.csv")})
    assert make.main(["--check", "--shared", str(tmp_path / "nowhere")]) == 0
    assert "only the synthetic files" in capsys.readouterr().err
    monkeypatch.setattr(make, "synthetic_files", lambda: {"synthetic_list.csv": b"other"})
    assert make.main(["--check", "--shared", str(tmp_path / "nowhere")]) == 1
    assert "synthetic_list.csv differs" in capsys.readouterr().err


def test_compression_carries_no_time_stamp(tmp_path: Path) -> None:
    make.write(tmp_path / "a.csv.gz", b"a,b\n")
    assert (tmp_path / "a.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == b"a,b\n"
