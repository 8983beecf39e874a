"""The bundled files: described, dated, synthetic ones marked, and not drifted from what makes them."""

import csv
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from entrepot.demo import answer_key_file, data_files, make, subsets


def test_every_bundled_file_is_described() -> None:
    described = {file.path.name for file in data_files()}
    present = {path.name for path in answer_key_file().parent.iterdir()}
    assert described | {"files.toml", "answer_key.json"} == present


def test_synthetic_files_say_so() -> None:
    for file in data_files():
        assert ("synthetic" in file.path.name) == (file.synthetic is not None)
        assert file.publisher
        assert file.licence
        assert file.attribution
        assert (file.list_date is not None) == (file.kind == "list")


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


def test_russian_origin_imports_end_as_the_documentation_says() -> None:
    """docs/demo.md names these months, companies and row numbers."""
    (file,) = [each for each in data_files() if each.path.name.startswith("eia")]
    with gzip.open(file.path, "rt", encoding="utf-8", newline="") as text:
        rows = list(enumerate(csv.DictReader(text), 2))
    russian = [(number, row) for number, row in rows if row["CNTRY_NAME"] == "RUSSIA"]
    months = {row["RPT_PERIOD"][:7] for _, row in russian}
    assert sorted(months)[-2:] == ["2022-04", "2023-11"]
    assert sum(1 for _, row in russian if row["RPT_PERIOD"] == "2022-04-01") == 30


def test_answer_key_is_json_with_one_line_per_instance() -> None:
    text = answer_key_file().read_text("utf-8")
    key = json.loads(text)
    assert key["synthetic"].startswith("Generated")
    assert sum(1 for line in text.splitlines() if line.startswith('  {"chains"')) == len(key["instances"])


def test_making_again_without_the_sources_makes_the_synthetic_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make.main(["--check", "--shared", str(tmp_path / "nowhere")]) == 0
    assert "only the synthetic files" in capsys.readouterr().err


def test_compression_carries_no_time_stamp(tmp_path: Path) -> None:
    make.write(tmp_path / "a.csv.gz", b"a,b\n")
    assert (tmp_path / "a.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == b"a,b\n"
