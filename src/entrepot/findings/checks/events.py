"""Tests first and last dates, routes, labels, listings, and implied values per kilogram."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from entrepot.findings.checks.amounts import nothing, unknown_scope
from entrepot.findings.checks.asking import Answer, Records, Window, sources_of
from entrepot.findings.checks.claims import Figure, TestedClaim, ask
from entrepot.findings.checks.outcome import Outcome, empty, untestable
from entrepot.findings.checks.scope import Scope
from entrepot.findings.checks.vocabulary import goods_term, list_words, pattern
from entrepot.model.places import country_name
from entrepot.parties.normal import normal_form

STRAY = 0.01
"""Rows beyond a claimed first or last date that are this share of all are called stray and make agreement partial."""


def check_date(claim: TestedClaim, kind: str, scope: Scope, records: Records) -> Outcome | None:
    """`The last shipment arrived in April 2022`: the first or last day of the scope, whatever the time."""
    if claim.first is None or claim.last is None:
        return None
    reading = f"{'first' if kind == 'first_date' else 'last'} shipment: {scope.words() or 'no scope named'}; {claim.period_text}"
    if bad := unknown_scope(kind, reading, claim, scope, None, claim.period_text):
        return bad
    whole = records.totals(scope, Window(None, None))
    if not whole.count:
        return nothing(kind, reading, scope, Window(None, None), records, whole, None, claim.period_text)
    day = whole.day("first_date" if kind == "first_date" else "last_date")
    assert day is not None
    beyond = Window(None, claim.first.fromordinal(claim.first.toordinal() - 1)) if kind == "first_date" else Window(claim.last.fromordinal(claim.last.toordinal() + 1), None)  # fmt: skip
    stray = 0 if claim.first <= day <= claim.last else records.totals(scope, beyond).count
    inside = records.totals(scope, Window(claim.first, claim.last)).count
    spans = [s for s in records.covers(scope) if s[0] == whole.rows[0]["source_id"]]
    edge = bool(spans) and (day <= spans[0][1] if kind == "first_date" else day >= spans[0][2])
    word = "first" if kind == "first_date" else "last"
    near = None
    if claim.first <= day <= claim.last:
        verdict = "partly supported" if edge else "supported"
        why = f"the {word} of {whole.count:,} rows is dated {day}"
        if edge:
            why += ", but the records begin or end there as well"
    elif inside and stray <= max(1, whole.count * STRAY):
        verdict = "partly supported"
        side = "before" if kind == "first_date" else "after"
        why = (
            f"the {word} row is dated {day}: {stray} of {whole.count:,} rows lie {side} the period that the claim names"
        )
        near = f"it would agree if {stray} stray row{'s' if stray != 1 else ''} {side} it were left out"
    else:
        verdict = "contradicted"
        why = f"the {word} of {whole.count:,} rows is dated {day}, against {claim.period_text} in the claim"
    return Outcome(
        kind, reading, verdict, why, source_table="trade", query=whole.query, claimed=claim.period_text, found_text=str(day),
        tolerance="the period as stated", rows=whole.count, near_miss=near, sources=sources_of(whole.rows[:1]),
    )  # fmt: skip


def check_route(claim: TestedClaim, scope: Scope, records: Records) -> Outcome:
    """`routed through Turkey`: rows dispatched from there with another origin, or that name it as transit."""
    through = scope.of("through")[0]
    window = Window(claim.first, claim.last)
    name = country_name(through.code) or through.code
    reading = f"through {name}: {scope.words()}; {window.words()}"
    bare = replace(scope, places=tuple(p for p in scope.places if p.part != "through"))
    if bad := unknown_scope("route", reading, claim, bare, None, through.text):
        return bad
    whole = records.totals(bare, window)
    if not whole.count:
        return nothing("route", reading, bare, window, records, whole, None, through.text)
    by = records.rows(
        bare, window,
        "((t.dispatch_country = $through AND COALESCE(t.origin_country, $through) <> $through) "
        "OR (';' || COALESCE(s.transit_countries, '') || ';') LIKE '%;' || $through || ';%')",
        {"through": through.code},
    )  # fmt: skip
    known = records.rows(bare, window, "(t.dispatch_country IS NOT NULL OR s.transit_countries IS NOT NULL)", {}).count
    if not known:
        return untestable("route", reading, f"the {whole.count:,} rows in scope state neither dispatch nor transit", "records with the country of dispatch or transit", None, through.text)  # fmt: skip
    total, passed = sum(_rows(whole)), sum(_rows(by))
    why = (
        f"{passed:,} of {total:,} rows in scope name {name} as transit, or as dispatch while the origin lies elsewhere"
    )
    verdict = "contradicted" if not passed else "supported" if passed * 2 >= total else "partly supported"
    return Outcome(
        "route", reading, verdict, why, source_table="trade", query=by.query, claimed=f"through {through.text}", unit="percent",
        found=100 * passed / total, found_text=f"{passed:,} of {total:,} rows", rows=total,
        tolerance="half of the rows or more; fewer is partial", sources=sources_of((*whole.rows, *by.rows)),
    )  # fmt: skip


def check_label(claim: TestedClaim, scope: Scope, records: Records) -> Outcome | None:
    """`rifles labelled as hunting guns`: rows whose text or code is the label's while text or code are the goods'."""
    found = pattern("label").search(claim.quote)
    if found is None:
        return None
    named = [g for g in scope.goods if claim.quote.find(g.text) < found.start()]
    if not named and pattern("cargo").search(claim.quote[: found.start()]) is None:
        return None  # `China is described as a rival`: nothing was declared
    rest = claim.quote[found.end() :]
    label_words = re.split(r"[,.;:]|\s+(?:in|between|during|by|to|from|since|and|when|while|for)\b", rest)[0].strip(
        " \"'“”‘’"
    )
    label = goods_term(label_words)
    real = tuple(named)
    window = Window(claim.first, claim.last)
    base = replace(scope, goods=())
    reading = f"{', '.join(g.text for g in real) or 'goods'} declared as `{label.text}`; {base.words() or 'any party'}; {window.words()}"
    if not base.parties and not base.places and not real:
        return untestable(
            "label", reading, "the claim names neither goods nor party", "the goods or the party", None, label.text
        )
    words = [w for g in real for w in g.words]
    texts = [f"REGEXP_MATCHES(LOWER(COALESCE(s.goods_text, '')), $real{i})" for i in range(len(words))]
    values: dict[str, str | int | float | bool | date | None] = {f"real{i}": r"\b" + w for i, w in enumerate(words)}
    tests = [f"s.hs_code LIKE $label{i}" for i in range(len(label.prefixes))]
    values.update({f"label{i}": f"{p}%" for i, p in enumerate(label.prefixes)})
    for i, word in enumerate(label.words):
        tests.append(f"REGEXP_MATCHES(LOWER(COALESCE(s.goods_text, '')), $text{i})")
        values[f"text{i}"] = r"\b" + word
    condition = "(" + " OR ".join(tests) + ")" + (" AND (" + " OR ".join(texts) + ")" if texts else "")
    answer = records.rows(base, window, condition, values)
    if answer.count:
        return Outcome(
            "label", reading, "supported",
            f"{answer.count:,} rows bear the words or the code of `{label.text}`" + (f" and name {', '.join(g.text for g in real)} in their text" if real else ""),
            source_table="trade", query=answer.query, claimed=label.text, unit="shipments", found=float(answer.count),
            found_text=f"{answer.count:,} rows", rows=answer.count, tolerance="one row or more", sources=sources_of(answer.rows),
        )  # fmt: skip
    whole = records.totals(replace(scope, goods=real), window)
    if not whole.count:
        return nothing("label", reading, replace(scope, goods=real), window, records, whole, None, label.text)
    return Outcome(
        "label", reading, "contradicted", f"none of {whole.count:,} rows in scope bears the words or the code of `{label.text}`",
        source_table="trade", query=answer.query, claimed=label.text, unit="shipments", found=0.0, found_text="no row",
        rows=whole.count, tolerance="one row or more", sources=sources_of(whole.rows),
    )  # fmt: skip


_LISTED = (
    "SELECT p.list_id AS list_id, p.entry_id AS entry_id, p.name AS name, p.listed AS listed, p.delisted AS delisted, "
    "p.first_seen AS first_seen, p.absent_before AS absent_before, p.source_id AS source_id FROM list_presence AS p "
    "WHERE p.list_id LIKE $list AND EXISTS (SELECT 1 FROM list_keys AS k WHERE k.list_id = p.list_id AND k.entry_id = p.entry_id "
    "AND (k.name_key = $key OR SPLIT_PART(k.name_key, '|', 1) = $key OR ($token <> '' AND REGEXP_MATCHES(k.name_key, $token)))) "
    "ORDER BY p.listed ASC NULLS LAST, p.list_id ASC, p.entry_id ASC LIMIT 40"
)


"""A name without a legal form, as the press gives names, meets the same name with one."""

_OTHER_LISTS = (
    "; OFAC keeps other lists beside the SDN list (NS-CMIC, SSI and more), and reports call them all sanctions"
)
"""A name that is not on the SDN list may be on another: OFAC, Consolidated Sanctions List, which holds all that are not SDN."""


def check_listing(claim: TestedClaim, records: Records) -> Outcome | None:
    """`was sanctioned in 2021`: the list, the entry and its date."""
    found = pattern("listed").search(claim.quote)
    if found is None:
        return None
    acts = _sanctions_others(claim, found)
    name = _listed_after(claim, found.end()) if acts else _listed_name(claim, found.start())
    words = claim.quote[: found.start()] if acts else claim.quote[found.start() :]
    named = next((w for w in list_words() if w.match.search(words)), None)
    when = claim.period_text or "at any time"
    reading = f"{name or 'someone not named'} on {named.name if named else 'any loaded list'}; {when}"
    if not name or pattern("pronoun").fullmatch(name.lower()):
        return untestable(
            "listing", reading, "the claim does not name who was listed", "the name of the party", None, when
        )
    prefix = named.prefix if named else ""
    loaded = ask(records.engine, "lists_loaded", "SELECT DISTINCT list_id FROM list_presence ORDER BY list_id")
    lists = [str(r["list_id"]) for r in loaded if str(r["list_id"]).startswith(prefix)]
    if not lists:
        return untestable("listing", reading, f"{named.name if named else 'no list'} is not loaded", f"{named.name if named else 'a list'}", None, when)  # fmt: skip
    key = normal_form(name) or ""
    longest = max((t for t in key.replace("|", " ").split()), key=len, default="")
    single = len(key.split()) == 1 and len(longest) > 3
    answer = records.ask_query("list_entries_named", _LISTED, {"list": f"{prefix}%", "key": key, "token": rf"(^|[ |]){longest}($|[ |])" if single else ""}, "list_presence")  # fmt: skip
    if not answer.rows:
        others = _OTHER_LISTS if any(each.startswith("ofac-sdn") for each in lists) else ""
        return empty(
            "listing", reading, answer, f"no entry of {', '.join(lists)} bears the name {name}{others}", None, when
        )
    dated = [r for r in answer.rows if isinstance(r["listed"], date)]
    first = answer.rows[0]
    what = f"{first['name']} is entry {first['entry_id']} of {first['list_id']}"
    near = None
    first_day, last_day = claim.first, claim.last
    if first_day is not None and last_day is None and re.fullmatch(r"(?i)since (?:the year )?\d{4}", when.strip()):
        last_day = date(first_day.year, 12, 31)  # under sanctions since 2021: listed in that year
    if first_day is None or last_day is None:
        verdict, why = "supported", what
    elif not dated:
        verdict = "partly supported"
        why = (
            f"{what}; the list gives no date of listing, the earliest version in this case is of {first['first_seen']}"
        )
    else:
        inside = [r for r in dated if first_day <= _day(r["listed"]) <= last_day]
        verdict = "supported" if inside else "contradicted"
        shown = (inside or dated)[0]
        why = f"{shown['name']} was put on {shown['list_id']} (entry {shown['entry_id']}) on {shown['listed']}"
        near = None if inside else f"it would agree with {_day(shown['listed']):%B %Y}"
    return Outcome(
        "listing", reading, verdict, why, source_table="list_presence", query=answer.query, claimed=when,
        found_text=f"{len(answer.rows)} entries" if len(answer.rows) > 1 else "1 entry", rows=len(answer.rows), near_miss=near,
        tolerance="the period as stated; the name by its key", sources=sources_of(answer.rows),
        needed=None if dated or claim.first is None else "a list that gives dates of listing",
    )  # fmt: skip


def _sanctions_others(claim: TestedClaim, found: re.Match[str]) -> bool:
    """`The EU has sanctioned Orvex`: who stands before the verb sanctions, and is not sanctioned."""
    return re.match(r"(?i)sanctioned|blacklisted", found[0]) is not None and not pattern("passive").search(
        claim.quote[: found.start()]
    )


def _listed_after(claim: TestedClaim, after: int) -> str:
    return next((name for name, start, _ in claim.organisations if start >= after), "")


def _listed_name(claim: TestedClaim, before: int) -> str:
    names = [name for name, start, _ in claim.organisations if start < before]
    if (
        claim.subject
        and claim.quote.find(claim.subject) < before
        and not pattern("pronoun").fullmatch(claim.subject.lower())
    ):
        return claim.subject
    return names[-1] if names else claim.subject


def check_implied(claim: TestedClaim, mass: Figure, money: Figure, scope: Scope, records: Records) -> Outcome | None:
    """800 tonnes for 10 million dollars is 12.50 a kilogram: does that lie where the goods' prices lie?"""
    if not mass.value or not money.value or money.unit != "USD":
        return None
    kilograms = mass.value * (1000 if mass.unit == "t" else 1)
    implied = money.value / kilograms
    prefixes = tuple(p for g in scope.goods for p in g.prefixes)
    reading = f"{claim.quote[mass.start : mass.end]} for {claim.quote[money.start : money.end]} is {implied:,.2f} USD/kg; {scope.words()}"
    claimed = f"{implied:,.2f} USD/kg"
    if not prefixes:
        return untestable(
            "implied",
            reading,
            "the goods are not known under an HS code",
            "the HS code of the goods",
            mass.number,
            claimed,
        )
    values = {f"hs{i}": f"{p}%" for i, p in enumerate(prefixes)}
    sql = (
        "SELECT '' AS source_id, SUM(g.n) AS rows_found, MIN(EXP(g.log_quartile_1 - 1.5 * (g.log_quartile_3 - g.log_quartile_1))) AS low, "
        "MAX(EXP(g.log_quartile_3 + 1.5 * (g.log_quartile_3 - g.log_quartile_1))) AS high, MEDIAN(g.median) AS median "
        "FROM price_groups AS g WHERE g.measure = 'value_per_kg' AND g.currency = 'USD' AND g.origin_country IS NULL AND ("
        + " OR ".join(f"g.hs6 LIKE ${n}" for n in values)
        + ")"
    )
    answer = records.ask_query("prices_of_the_goods", sql, values, "price_groups")
    low, high, median = answer.number("low"), answer.number("high"), answer.number("median")
    if low is None or high is None:
        return untestable("implied", reading, f"no price group of HS {', '.join(prefixes)} in the records", "shipments of these goods with value and weight", mass.number, claimed)  # fmt: skip
    within = low <= implied <= high
    near = None
    if not within:
        near = next((f"with the mass in {u} it would be {implied * f:,.2f} USD/kg" for u, f in (("kilograms", kilograms / mass.value), ("thousand tonnes", 0.001)) if low <= implied * f <= high), None)  # fmt: skip
    return Outcome(
        "implied", reading, "supported" if within else "contradicted",
        f"shipments of these goods lie between {low:,.2f} and {high:,.2f} USD/kg (median {median or 0:,.2f}), the claim implies {implied:,.2f}",
        number=mass.number, source_table="price_groups", query=answer.query, claimed=claimed, claimed_low=low, claimed_high=high,
        unit="USD/kg", found=median, found_text=f"median {median or 0:,.2f} USD/kg", rows=answer.count,
        tolerance="the quartiles of the logarithms and 1.5 times their distance (Tukey)", near_miss=near,
    )  # fmt: skip


def _rows(answer: Answer) -> list[int]:
    return [int(str(row["rows_found"])) for row in answer.rows]


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
