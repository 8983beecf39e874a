"""Judgements are kept line by line, found by what they are about, and taken back without a trace in what is in force."""

from __future__ import annotations

import csv
import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.casework import judgements as jd
from entrepot.casework.case import Case
from entrepot.casework.judgements import Entry, Judgement, Party
from entrepot.errors import CaseError, InputError, UsageError

LOTUS, PRIMER = Party("Lotus Example Works Co Ltd"), Party("ООО Пример")
LISTED = Entry("synthetic", "S-1")


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return Case.init(tmp_path / "case")


def test_a_judgement_is_one_line_and_reads_back_as_it_was(empty: Case) -> None:
    made = jd.record(empty, PRIMER, LISTED, "same", reason="same INN", author="ana")
    lines = (empty.folder / jd.FILE).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["left"] for line in lines] == [{"name": "ООО Пример", "identifier": None}]
    assert jd.history(empty) == jd.current(empty) == [made]
    assert made.kind == "party-entry"
    assert made.when.tzinfo is dt.UTC


def test_the_last_judgement_of_a_pair_counts_in_either_order_and_spelling(empty: Case) -> None:
    jd.record(empty, LOTUS, PRIMER, "same")
    last = jd.record(empty, Party("OOO PRIMER"), Party("LOTUS EXAMPLE WORKS CO., LTD."), "different")
    assert jd.current(empty) == [last]
    assert len(jd.history(empty)) == 2


def test_namesakes_with_different_numbers_are_different_parties(empty: Case) -> None:
    one, two = Party("Primer", "inn:7701000001"), Party("Primer", "inn:7701000002")
    jd.record(empty, one, LOTUS, "same")
    jd.record(empty, two, LOTUS, "different")
    assert [j.decision for j in jd.current(empty)] == ["same", "different"]


def test_undo_brings_back_what_was_in_force_and_can_be_undone(empty: Case) -> None:
    first = jd.record(empty, LOTUS, PRIMER, "same")
    second = jd.record(empty, LOTUS, PRIMER, "different")
    taken = jd.undo(empty, second.id, reason="wrong file")
    assert jd.current(empty) == [first]
    jd.undo(empty, taken.id)
    assert jd.current(empty) == [second]
    with pytest.raises(UsageError, match="no such judgement"):
        jd.undo(empty, "j-0")
    with pytest.raises(UsageError, match="taken back already"):
        jd.undo(empty, taken.id)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Expecting"),
        ("[]", "not a JSON object"),
        ('{"id": "j-1"}', "it has no"),
        ('{"id": "j-1", "when": "2026-01-01", "author": "a", "kind": "party-party", "left": {}, "right": {}, "decision": "same"}', "time zone"),
    ],
)  # fmt: skip
def test_damage_is_told_with_its_line_and_nothing_is_written(empty: Case, line: str, said: str) -> None:
    jd.record(empty, LOTUS, PRIMER, "same")
    path = empty.folder / jd.FILE
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    before = path.read_bytes()
    for call in (lambda: jd.current(empty), lambda: jd.record(empty, LOTUS, LISTED, "same")):
        with pytest.raises(InputError, match=said) as caught:
            call()
        assert caught.value.row == 2
    assert path.read_bytes() == before


def test_a_last_line_without_its_end_is_ended_before_the_next(empty: Case) -> None:
    jd.record(empty, LOTUS, PRIMER, "same")
    path = empty.folder / jd.FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    jd.record(empty, LOTUS, LISTED, "unsure")
    assert len(jd.history(empty)) == 2


def test_writers_at_once_lose_nothing(empty: Case) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            jd.record(empty, Party(f"Writer {writer} example"), Party(f"Party {number}"), "same", author="ana")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jd.current(empty)) == 40


def test_what_cannot_be_judged_is_refused(empty: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown decision"):
        jd.record(empty, LOTUS, PRIMER, "maybe")
    with pytest.raises(UsageError, match="two different sides"):
        jd.record(empty, LOTUS, Party("LOTUS EXAMPLE WORKS CO LTD"), "same")
    with pytest.raises(UsageError, match="name or an identifier"):
        jd.record(empty, Party(None), PRIMER, "same")
    with pytest.raises(UsageError, match="too long"):
        jd.record(empty, LOTUS, PRIMER, "same", reason="x" * 3000)
    with pytest.raises(CaseError, match="not a case"):
        jd.record(Case(tmp_path), LOTUS, PRIMER, "same")
    assert not (empty.folder / jd.FILE).exists()


def test_export_holds_every_line_and_no_formula(empty: Case, tmp_path: Path) -> None:
    first = jd.record(empty, Party("=HYPERLINK(1)"), PRIMER, "same", author="ana")
    jd.undo(empty, first.id)
    jd.export(empty, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["left"] for row in rows] == ["'=HYPERLINK(1)"] * 2
    jd.export(empty, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["in_force"] for line in lines] == [False, False]
    assert lines[1]["undoes"] == first.id


MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(jd.DECISIONS))), st.integers(0, 2))
@settings(deadline=None)
def test_a_judgement_and_its_undo_leave_what_was_in_force(choices: list[tuple[int, str]], pair: int) -> None:
    def line(number: int, about: int, decision: str, undoes: str | None = None) -> Judgement:
        return Judgement(
            f"j-{number}", MOMENT, "a", "party-party", LOTUS, Party(f"Other {about}"), decision, "", undoes
        )

    lines = [line(number, about, decision) for number, (about, decision) in enumerate(choices)]
    more = [*lines, line(len(lines), pair, "same"), line(len(lines) + 1, pair, jd.UNDO, f"j-{len(lines)}")]
    assert jd.in_force(more) == jd.in_force(lines)
