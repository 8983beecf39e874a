"""Scoring: a perfect detector scores one, an empty one zero, decoys count as wrong, incidental parties do not count."""

import json
from datetime import date

import pytest

from entrepot.demo import answer_key_file
from entrepot.demo.answer import patterns
from entrepot.demo.scoring import Found, Key, chain_findings, folded, score, score_chains

INDICATORS = {name: frozenset(pattern.indicators) for name, pattern in patterns().items()}


@pytest.fixture(scope="module")
def key() -> Key:
    return json.loads(answer_key_file().read_text("utf-8"))


def found(entry: dict, indicator: str, strength: float = 1.0) -> Found:
    kind = "country" if entry.get("pattern") == "country-stops" else "party"
    return Found(indicator, entry["subject"]["names"][0], frozenset(entry["rows"]), strength, date(2022, 6, 1), kind)


def chains_of(key: Key) -> list[list[frozenset[int]]]:
    return [[frozenset(leg["rows"]) for leg in c["legs"]] for at in key["instances"] for c in at["chains"]]


def test_a_perfect_detector(key: Key) -> None:
    findings = [found(at, at["indicator"]) for at in key["instances"] if not at["chains"]]
    scores = score([*findings, *chain_findings(chains_of(key))], key, INDICATORS)
    assert {each.pattern for each in scores} == set(patterns())
    for each in scores:
        assert (each.recall, each.precision, each.precision_at_k, each.wrong) == (1.0, 1.0, 1.0, 0), each
        assert each.missed == ()


def test_nothing_found(key: Key) -> None:
    for each in score([], key, INDICATORS):
        assert each.recall == 0
        assert each.precision is None
        assert len(each.missed) == each.planted


def test_decoys_count_as_wrong_and_are_named(key: Key) -> None:
    decoy = next(at for at in key["decoys"] if at["kind"] == "old-contract")
    (scored,) = [s for s in score([found(decoy, "old_customer")], key, INDICATORS) if s.pattern == "old-customer"]
    assert (scored.right, scored.wrong) == (0, 1)
    assert scored.decoys_hit == {"old-contract": 1}
    assert scored.false_alarms_per_1000 == pytest.approx(1000 / key["companies"])


def test_incidental_parties_do_not_count(key: Key) -> None:
    entry = next(at for at in key["incidental"] if at["pattern"] == "new-importer")
    (scored,) = [s for s in score([found(entry, "new_importer")], key, INDICATORS) if s.pattern == "new-importer"]
    assert (scored.right, scored.wrong) == (0, 0)


def test_an_unknown_subject_is_a_false_alarm(key: Key) -> None:
    taken = {row for part in ("instances", "decoys", "incidental") for at in key[part] for row in at["rows"]}
    free = next(row for row in range(2, 60_000) if row not in taken)
    findings = [Found("new_importer", "NOBODY LLC", frozenset({free}))]
    (scored,) = [s for s in score(findings, key, INDICATORS) if s.pattern == "new-importer"]
    assert (scored.right, scored.wrong, scored.precision) == (0, 1, 0.0)


def test_several_findings_on_one_subject_count_once(key: Key) -> None:
    entry = next(at for at in key["instances"] if at["pattern"] == "jump")
    one = found(entry, "sudden_rise")
    (scored,) = [s for s in score([one, one, one], key, INDICATORS) if s.pattern == "jump"]
    assert (scored.right, scored.found) == (1, 1)


def test_strong_false_alarms_lower_precision_at_k(key: Key) -> None:
    planted = [found(at, "sudden_rise", 0.5) for at in key["instances"] if at["pattern"] == "jump"]
    growing = [found(at, "sudden_rise", 0.9) for at in key["decoys"] if at["kind"] == "growing"]
    (scored,) = [s for s in score([*planted, *growing], key, INDICATORS) if s.pattern == "jump"]
    assert scored.precision_at_k == pytest.approx((len(planted) - len(growing)) / len(planted))


def test_lead_time_runs_to_the_listing(key: Key) -> None:
    entry = next(at for at in key["instances"] if at["pattern"] == "listed-later")
    (scored,) = [s for s in score([found(entry, "listed_later")], key, INDICATORS) if s.pattern == "listed-later"]
    assert scored.lead_days == (date.fromisoformat(entry["subject"]["listed"]) - date(2022, 6, 1)).days


def test_a_wrong_disguise_counts_against_the_pattern_it_resembles(key: Key) -> None:
    decoy = next(at for at in key["decoys"] if at["kind"] == "rifle-airsoft")
    scores = {s.pattern: s for s in score([found(decoy, "code_contradicts_text")], key, INDICATORS)}
    assert scores["rifle-disguise"].wrong == 1
    assert scores["armour-disguise"].wrong == 0


def test_chains(key: Key) -> None:
    truth = chains_of(key)
    perfect = score_chains(truth, key)
    assert (perfect.leg_precision, perfect.leg_recall, perfect.leg_f1, perfect.link_f1) == (1, 1, 1, 1)
    half = score_chains(truth[: len(truth) // 2], key)
    assert half.leg_precision == 1
    assert half.leg_recall < 0.7
    assert score_chains([], key).leg_f1 == 0


def test_rows_beyond_the_chains_lower_precision_only(key: Key) -> None:
    truth = chains_of(key)
    more = score_chains([*truth, [frozenset({900_001, 900_002}), frozenset({900_003})]], key)
    assert more.leg_recall == 1
    assert more.leg_precision < 1


def test_folding_forgets_case_accents_and_punctuation() -> None:
    assert folded('ООО "Ёлка-Трейд"') == folded("ооо елка трейд")
    assert folded("ŞENEL LTD. ŞTİ.") == folded("senel ltd sti")
