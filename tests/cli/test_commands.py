"""The commands as a person types them: output, exit codes and errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from entrepot.cli.app import run as run_command_line

SYNTHETIC = (
    "DECLARATION_NO,DATE,SHIPPER_NAME,CONSIGNEE_NAME,ORIGIN_COUNTRY,DESTINATION_COUNTRY,HS_CODE,GOODS_DESCRIPTION,NET_WEIGHT_KG,VALUE_USD\n"
    + "".join(
        f"D{i},2023-0{1 + i % 9}-11,Example Works Co Ltd,Sample Trading LLC,CHINA,ARMENIA,854231,integrated circuits,{i + 1},{100 * (i + 1)}\n"
        for i in range(40)
    )
    + "D99,2023-05-11,Example Works Co Ltd,=HYPERLINK(1),CHINA,ARMENIA,854231,integrated circuits,5,500\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "entrepot", *arguments], capture_output=True, text=True)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "synthetic.csv").write_text(SYNTHETIC, encoding="utf-8")
    case = folder / "case"
    assert run("init", str(case)).returncode == 0
    done = run("add", str(case), str(folder / "synthetic.csv"), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["parts"][0]["kind"] == "shipments"
    built = run("build", str(case), "--json")
    assert built.returncode == 0, built.stderr
    return case


def test_rows_in_are_rows_kept_and_rejected(case: Path) -> None:
    for source in json.loads(run("sources", str(case), "--json").stdout):
        assert source["rows_in"] == source["rows_kept"] + source["rows_rejected"]


def test_findings_carry_rows_and_explain_opens_one(case: Path) -> None:
    found = json.loads(run("findings", str(case), "--json").stdout)
    assert found
    assert all(one["evidence"] for one in found)
    told = json.loads(run("explain", str(case), found[0]["finding_id"], "--json").stdout)
    assert told["innocent"]
    assert told["query"].startswith("WITH") or "SELECT" in told["query"]
    assert "comparable" in told["base_rate"]


def test_adding_a_file_again_changes_nothing(case: Path) -> None:
    before = (case / "case.toml").read_text()
    done = run("add", str(case), str(case.parent / "synthetic.csv"))
    assert done.returncode == 0
    assert "nothing changed" in done.stdout
    assert (case / "case.toml").read_text() == before


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_exports_hold_the_rows_and_no_formula(case: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / ("out.xlsx" if form == "xlsx" else "out")
    done = run("export", str(case), "--format", form, "-o", str(target), "--table", "shipments")
    assert done.returncode == 0, done.stderr
    if form == "csv":
        text = (target / "shipments.csv").read_text(encoding="utf-8")
        assert "'=HYPERLINK" in text
        assert ",=HYPERLINK" not in text
    if form == "xlsx":
        import openpyxl

        (sheet,) = openpyxl.load_workbook(target).worksheets
        texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert "'=HYPERLINK(1)" in texts
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("findings", "nowhere"), 1, "no case.toml"),
        (("layout", "nowhere.csv"), 1, "nowhere.csv"),
        (("explain", "{case}", "f-0"), 2, "no such finding"),
        (("export", "{case}", "--format", "doc", "-o", "x"), 2, "unknown format"),
        (("findings", "{case}", "--since", "yesterday"), 2, "YYYY-MM-DD"),
        (("bogus",), 2, ""),
    ],
)
def test_errors_say_what_to_do_and_set_the_exit_code(
    case: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*(a.format(case=case) for a in arguments))
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"CONSIGNEE_NAME,HS_CODE,DATE\n"),
        ("noise.bin", bytes(range(256)) * 20),
        ("x'; DROP TABLE--.csv", b"a,b\n1,2\n"),
        ("two\nlines.csv", b"a,b\n1,2\n"),
    ],
)
def test_files_that_hold_nothing_usable_are_told(case: Path, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = (case / "case.toml").read_text()
    done = run("add", str(case), str(path))
    assert done.returncode == 1
    assert "remedy" in done.stderr
    assert "Traceback" not in done.stderr
    assert (case / "case.toml").read_text() == before


def test_a_place_that_is_not_there_is_a_sentence_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,b\nAlpha Ltd,Alpha Limited\n")
    nowhere = tmp_path / "nowhere" / "x.csv"
    given = ["entrepot", "match", str(pairs), "--left", "a", "--right", "b", "-o", str(nowhere)]
    monkeypatch.setattr(sys, "argv", given)
    with pytest.raises(SystemExit) as ended:
        run_command_line()
    assert ended.value.code == 2
    told = capsys.readouterr().err.replace("\n", "")
    assert str(nowhere) in told
    assert "remedy" in told


def test_any_table_of_names_can_be_screened_against(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_bytes("name\nООО Зимогор Ресурс\n=1+1\n".encode("cp1251"))
    (tmp_path / "list.csv").write_text("id,name,country\n7,Zimogor Resurs LLC,RU\n")
    given = ("screen", str(tmp_path / "names.csv"), "--column", "name", "--list")
    done = run(*given, str(tmp_path / "list.csv"), "--json")
    assert done.returncode == 0, done.stderr
    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (found["entry_id"], found["decision"]) == ("7", "match")
    (tmp_path / "other.csv").write_text("naam,land\nBrelando,NL\n")
    refused = run(*given, str(tmp_path / "other.csv"))
    assert refused.returncode == 1
    assert "column of names" in refused.stderr


def test_a_file_that_is_said_to_be_a_list_and_names_nobody_is_told_so(case: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("naam,land\nBrelando,NL\n")
    done = run("add", str(case), str(tmp_path / "other.csv"), "--kind", "list")
    assert done.returncode == 1
    assert "not recognised as list" in done.stderr
    assert "--column name=HEADER" in done.stderr
    own = str(tmp_path / "own")
    assert run("init", own).returncode == 0
    done = run("add", own, str(tmp_path / "other.csv"), "--kind", "list", "--column", "name=naam")
    assert done.returncode == 0, done.stderr
