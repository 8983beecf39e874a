"""`entrepot review`: what is asked first, how a judgement is taken and taken back, and what the next build makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from entrepot.casework import judgements as jd
from entrepot.casework import review as rv
from entrepot.casework.case import Case
from entrepot.cli import review as review_command
from entrepot.cli.app import app
from entrepot.engine.steps import Event
from entrepot.errors import UsageError

HEADER = "DECLARATION_NO,DATE,SHIPPER_NAME,CONSIGNEE_NAME,CONSIGNEE_TAX_ID,ORIGIN_COUNTRY,DESTINATION_COUNTRY,HS_CODE,GOODS_DESCRIPTION,NET_WEIGHT_KG,VALUE_USD\n"  # fmt: skip
BUYERS = [
    ("KVARTSPRIBOR INSTRUMENT LLC", "7707083893", 30), ("ООО «Кварцприбор Инструмент»", "7707083893", 6),
    ("KVARTSPRIBUR INSTRUMENT LLC", "", 9), ("Zheldagost Marine JSC", "", 5), ("ZHELDAGOSD MARINE JSC", "", 2),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A built case of synthetic shipments and a synthetic list."""
    folder = tmp_path_factory.mktemp("review")
    rows = [
        f"D{at}{n},2023-0{1 + n % 9}-11,Example Works Co Ltd,{name},{number},CHINA,RUSSIAN FEDERATION,854231,integrated circuits,{n + 1},{100 * (n + 1)}"
        for at, (name, number, count) in enumerate(BUYERS)
        for n in range(count)
    ]
    (folder / "synthetic.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "list.csv").write_text(
        "ENTRY_ID,NAME,TYPE,COUNTRY,PROGRAM,LISTED\nS-1,OOO KVARTSPRIBOR INSTRUMENT,Company,RUSSIAN FEDERATION,SYNTHETIC,2021-06-01\n",
        encoding="utf-8",
    )
    case = Case.init(folder / "case")
    case.add(folder / "synthetic.csv", confirm=lambda path, part: True)
    case.add(folder / "list.csv", kind="list")
    case.build()
    return case


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["review", *arguments])


def names(question: rv.Question) -> set[str]:
    return {question.left.name, question.right.name}


def parties(case: Case) -> int:
    return int(case.query("SELECT count(DISTINCT party_id) AS n FROM parties").to_pylist()[0]["n"])


def ran(case: Case) -> list[str]:
    keys: list[str] = []
    case.build(lambda event: keys.append(event.step.key) if isinstance(event, Event) and event.kind == "end" else None)
    return keys


def test_the_most_valuable_pair_comes_first_with_both_sides(built: Case) -> None:
    asked = rv.questions(built)
    pairs = [q for q in asked if q.kind == "party-party"]
    assert names(pairs[0]) == {"KVARTSPRIBOR INSTRUMENT LLC", "KVARTSPRIBUR INSTRUMENT LLC"}
    assert {"ZHELDAGOSD MARINE JSC", "Zheldagost Marine JSC"} in [names(q) for q in pairs]
    assert [q.value for q in asked] == sorted((q.value for q in asked), reverse=True)
    first = next(side for side in (pairs[0].left, pairs[0].right) if side.name == "KVARTSPRIBOR INSTRUMENT LLC")
    assert first.shipments == 36
    assert "ООО «Кварцприбор Инструмент»" in first.names
    assert first.row_number == 2
    assert any(q.kind == "party-entry" and q.right.id.endswith("S-1") for q in asked)


def test_judgements_change_the_next_build_and_undo_restores_it(built: Case) -> None:
    before = built.query("SELECT * FROM party_members").to_pylist()
    matched = built.query("SELECT * FROM matches").to_pylist()
    pair = next(q for q in rv.questions(built, kind="party-party") if "Zheldagost Marine JSC" in names(q))
    done = run(str(built.folder), "--same", pair.id, "--reason", "one telephone", "--author", "ana", "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert (made["decision"], made["author"], made["reason"]) == ("same", "ana", "one telephone")
    assert pair.id not in {q.id for q in rv.questions(built)}
    with pytest.raises(UsageError, match="decided already"):
        rv.answer(built, pair.id, "different")
    count = parties(built)
    keys = ran(built)
    assert "parties" in keys
    assert not [key for key in keys if key.startswith(("read:", "names:", "trade:", "screening:", "contacts:"))]
    assert parties(built) == count - 1
    why = built.query("SELECT why FROM party_members WHERE name = 'ZHELDAGOSD MARINE JSC'").to_pylist()[0]["why"]
    assert "judged same by ana" in why
    listed = next(q for q in rv.questions(built) if q.kind == "party-entry")
    entry = rv.answer(built, listed.id, "different", author="ana")
    keys = ran(built)
    assert "matches" in keys
    assert "parties" not in keys
    decided = built.query("SELECT decision, judgement FROM matches").to_pylist()
    assert {row["decision"] for row in decided if row["judgement"] == "different"} == {"no"}
    assert "indicator:listed_party" in keys
    for taken in (entry.id, made["id"]):
        assert run(str(built.folder), "--undo", taken).exit_code == 0
    ran(built)
    assert built.query("SELECT * FROM party_members").to_pylist() == before
    assert built.query("SELECT * FROM matches").to_pylist() == matched


def test_an_unsure_pair_is_put_aside_and_shown_on_demand(built: Case) -> None:
    pair = next(q for q in rv.questions(built, kind="party-party") if "Zheldagost Marine JSC" in names(q))
    judgement = rv.answer(built, pair.id, "unsure", reason="ask the registry")
    assert pair.id not in {q.id for q in rv.questions(built)}
    assert next(q for q in rv.questions(built, unsure=True) if q.id == pair.id).judged == judgement
    jd.undo(built, judgement.id)


def test_a_machine_merge_is_split_by_a_person(built: Case) -> None:
    done = run(str(built.folder), "--split", BUYERS[0][0], BUYERS[2][0], "--author", "ana")
    assert done.exit_code == 0, done.output
    jd.undo(built, jd.current(built)[-1].id)


def test_a_person_is_asked_one_by_one_until_they_stop(built: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["n", "u", "ask the registry", "q"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    asked = rv.questions(built)
    review_command._ask(built, asked, "ana")
    (made,) = jd.current(built)
    assert (made.decision, made.reason, made.author) == ("unsure", "ask the registry", "ana")
    assert made.pair == frozenset((asked[1].left_subject.key, asked[1].right_subject.key))
    jd.undo(built, made.id)


def test_commands_list_export_and_refuse(built: Case, tmp_path: Path) -> None:
    listed = run(str(built.folder))
    assert "at stake" in listed.stdout
    assert "synthetic.csv row" in listed.stdout
    asked = json.loads(run(str(built.folder), "--json", "-n", "1").stdout)
    assert {"id", "score", "explanation", "left", "right", "value"} <= set(asked[0])
    assert run(str(built.folder), "--export", str(tmp_path / "judged.csv")).exit_code == 0
    assert (tmp_path / "judged.csv").read_text(encoding="utf-8").startswith("id,when,author")
    for wrong, said in (
        (("--same", "q-0"), "no such question"),
        (("--same", "q-0", "--undo", "j-0"), "one thing at a time"),
    ):
        refused = run(str(built.folder), *wrong).exception
        assert isinstance(refused, UsageError)
        assert said in str(refused)
