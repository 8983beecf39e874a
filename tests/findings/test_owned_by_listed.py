"""`owned_by_listed`: fires on shipments since the rule is met, and not on what only looks alike."""

from __future__ import annotations

import datetime as dt

from .test_indicators import Case, on, ship

AFTER = dt.date(2023, 1, 1)
LINES = [ship(2, on(-30, AFTER)), *(ship(3 + n, on(n, AFTER)) for n in range(4))]


def owned(status: str = "owned", **more: object) -> dict[str, object]:
    return {
        "owned_id": "o-1", "rule": "ofac-50", "rule_title": "OFAC's 50 percent rule", "name": "Primer Trade", "name_key": "primer trade",
        "party_id": "primer trade", "party_key": "primer trade", "status": status, "share": 55.0, "from_date": AFTER,
        "owners": "Kvartspribor (ofac-sdn, entry 1)", "steps": "Kvartspribor (listed) owns 55 % of Primer Trade (as of 2022-05-01)",
        "stale": False, **more,
    }  # fmt: skip


STEP = {
    "owned_id": "o-1", "position": 1, "owner_name": "Kvartspribor", "owned_name": "Primer Trade", "list_id": "ofac-sdn", "entry_id": "1",
    "relation": "owns", "share": 55.0, "as_of": dt.date(2022, 5, 1), "stale": False, "source_id": "s", "row_number": 7,
}  # fmt: skip


def test_fires_on_shipments_since_the_rule_is_met_with_its_stakes_as_evidence() -> None:
    case = Case(LINES, owned_parties=[owned()], ownership_steps=[STEP])
    (found,) = case.fires("owned_by_listed")
    assert (found["subject"], found["rows"], found["share"]) == ("Primer Trade", 4, 55.0)
    assert found["date_from"] == AFTER


def test_rules_are_told_together_and_a_stale_stake_weighs_less() -> None:
    more = [owned(), owned(owned_id="o-2", rule="uk-50", share=55.0)]
    (found,) = Case(LINES, owned_parties=more, ownership_steps=[STEP]).fires("owned_by_listed")
    assert (found["rules"], found["rule_ids"]) == (2, "OFAC, UK")
    (stale,) = Case(LINES, owned_parties=[owned(stale=True)], ownership_steps=[STEP]).fires("owned_by_listed")
    assert float(str(stale["strength"])) < float(str(found["strength"]))


def test_does_not_fire_before_the_day_on_others_or_on_unknown_percentages() -> None:
    later = owned(from_date=dt.date(2024, 1, 1))
    assert Case(LINES, owned_parties=[later], ownership_steps=[STEP]).fires("owned_by_listed") == []
    other = owned(party_key="another party", name_key="another party")
    assert Case(LINES, owned_parties=[other], ownership_steps=[STEP]).fires("owned_by_listed") == []
    unknown = Case(LINES, owned_parties=[owned("unknown", share=None)], ownership_steps=[STEP])
    assert unknown.fires("owned_by_listed") == []
    assert len(unknown.fires("owned_by_listed", with_unknown=True)) == 1
