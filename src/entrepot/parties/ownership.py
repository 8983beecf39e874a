"""Ownership rules: who is owned, or controlled, by listed parties together, directly or through others, with every step."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from entrepot.parties.datafile import rows

STALE_DAYS = 730
"""A stake stated for a day more than two years before the newest statement of the case is stale: accounts and registers are
renewed each year, and a year late is usual. Authors' choice; a stale stake counts and is shown as stale."""

CONTROL = frozenset(["controls", "subsidiary"])
"""Relations that state control. A subsidiary without a percentage is controlled, and its percentage is not known."""

OWNS = frozenset(["owns", "subsidiary"])
"""Relations that state a stake."""

BEFORE_ALL = dt.date.min
"""From when a party is listed, or a stake held, where nothing says."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A regime's rule.

    Attributes:
        id, title, source: as in `data/ownership_rules.tsv`. lists: first letters of the identifiers of its lists.
        least: percent; strict: it must be more. together: stakes of several listed parties are added. control: counts as well.
    """

    id: str
    title: str
    lists: tuple[str, ...]
    least: float
    strict: bool
    together: bool
    control: bool
    source: str

    def met(self, share: float) -> bool:
        """Whether a stake is enough. Stakes are added in hundredths of a percent, so that thirds do not miss a half."""
        given, needed = round(share * 100), round(self.least * 100)
        return given > needed if self.strict else given >= needed


@dataclass(frozen=True, slots=True)
class Stake:
    """One statement of ownership or control between two nodes (any texts that name parties).

    Attributes:
        share: percent, None where not stated. relation: as in the table `ownership`. since, until: of the stake.
        as_of: day for which it is stated. source_id, row_number: where it stands. stated_by: who says so.
    """

    owner: str
    owned: str
    share: float | None
    relation: str
    source_id: str
    row_number: int
    since: dt.date | None = None
    until: dt.date | None = None
    as_of: dt.date | None = None
    stated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One stake that a result rests on; `stale` as `STALE_DAYS` says, `listed` where the owner itself is on a list."""

    stake: Stake
    listed: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """A party to which a rule applies, or may apply.

    Attributes:
        status: `owned`, `controlled`, or `unknown` where stakes that are not stated could make it so.
        share: percent that listed parties, and parties owned by them under the rule, hold; of one of them where the rule does
            not add; None where no percentage is stated. from_date: first day on which the rule is met, None where not known.
        steps: the stakes that count, those of owners before those of the owned.
        notes: what a reader must know: stale stakes, missing percentages, stakes of over 100 percent, a cycle.
    """

    node: str
    rule: str
    status: str
    share: float | None
    from_date: dt.date | None
    steps: tuple[Step, ...]
    notes: tuple[str, ...]


def rules() -> tuple[Rule, ...]:
    """The rules of `data/ownership_rules.tsv`."""
    return _rules()


def apply(rule: Rule, stakes: Iterable[Stake], listed: Mapping[str, dt.date | None]) -> list[Owned]:
    """Parties owned or controlled under a rule, each once, by node.

    Parties become owned in the order of days: a party is owned from the first day on which the stakes of owners that are
    listed, or owned by then, reach the rule's percentage; what it owns counts in full from that day on and never in
    proportion. This is the fixed point: no further party meets the rule. Cycles add nothing by themselves, since a party
    counts only once it is owned through others. Of several statements about one stake the newest counts; stakes that
    ended are left out.

    Args:
        listed: nodes on the rule's lists, with the day of listing where known. They are not among the results.
    """
    newest = _newest(stakes)
    outgoing: dict[str, list[Stake]] = defaultdict(list)
    incoming: dict[str, list[Stake]] = defaultdict(list)
    for stake in newest:
        outgoing[stake.owner].append(stake)
        incoming[stake.owned].append(stake)
    latest = max((stake.as_of for stake in newest if stake.as_of is not None), default=None)
    found = _fixed_point(rule, outgoing, listed)
    results = []
    for node in sorted(incoming):
        if node in listed:
            continue
        counting = [s for s in incoming[node] if s.owner in listed or s.owner in found]
        counted = [s for s in counting if s.relation in OWNS or (rule.control and s.relation in CONTROL)]
        if node not in found and not any(s.share is None and s.relation in OWNS for s in counted):
            continue
        results.append(_result(rule, node, counted, incoming, listed, found, latest))
    return results


def _fixed_point(
    rule: Rule, outgoing: Mapping[str, Sequence[Stake]], listed: Mapping[str, dt.date | None]
) -> dict[str, tuple[str, dt.date]]:
    """Owned or controlled nodes with status and first day."""
    queue: list[tuple[dt.date, str, int, Stake]] = []
    count = 0

    def spread(node: str, day: dt.date) -> None:
        nonlocal count
        for stake in outgoing.get(node, ()):
            count += 1
            heapq.heappush(queue, (max(day, stake.since or BEFORE_ALL), stake.owned, count, stake))

    for node in sorted(listed):
        spread(node, listed[node] or BEFORE_ALL)
    held: dict[str, float] = defaultdict(float)
    found: dict[str, tuple[str, dt.date]] = {}
    while queue:
        day, node, _, stake = heapq.heappop(queue)
        if node in listed or node in found or stake.owner == node:
            continue
        status = None
        if stake.share is not None and stake.relation in OWNS:
            held[node] = held[node] + stake.share if rule.together else max(held[node], stake.share)
            status = "owned" if rule.met(held[node]) else None
        if status is None and rule.control and stake.relation in CONTROL:
            status = "controlled"
        if status is not None:
            found[node] = (status, day)
            spread(node, day)
    return found


def _result(
    rule: Rule,
    node: str,
    counted: Sequence[Stake],
    incoming: Mapping[str, Sequence[Stake]],
    listed: Mapping[str, dt.date | None],
    found: Mapping[str, tuple[str, dt.date]],
    latest: dt.date | None,
) -> Owned:
    shares = [s.share for s in counted if s.share is not None and s.relation in OWNS]
    share = None if not shares else (sum(shares) if rule.together else max(shares))
    status, day = found.get(node, ("unknown", BEFORE_ALL))
    if status == "controlled" and share is not None and rule.met(share):
        status = "owned"
    steps, cycle = _steps(rule, node, incoming, listed, found, latest)
    notes = []
    if stale := [step for step in steps if step.stale]:
        notes.append(
            f"{_counted(len(stale), 'stake is', 'stakes are')} stale: stated for {min(s.stake.as_of for s in stale if s.stake.as_of)} or later"
        )
    if missing := sum(s.share is None for s in counted):
        notes.append(f"the percentage of {_counted(missing, 'stake', 'stakes')} is not stated")
    if undated := sum(s.stake.as_of is None and s.stake.since is None for s in steps):
        notes.append(f"{_counted(undated, 'stake has', 'stakes have')} no day")
    whole = sum(s.share for s in incoming[node] if s.share is not None and s.relation in OWNS)
    if round(whole * 100) > 10_000:
        notes.append(
            f"stated stakes sum to {whole:g} percent: the sources disagree, or state direct and indirect stakes"
        )
    if cycle:
        notes.append("the stakes form a cycle; none counts twice")
    return Owned(node, rule.id, status, share, None if day == BEFORE_ALL else day, steps, tuple(notes))


def _steps(
    rule: Rule,
    node: str,
    incoming: Mapping[str, Sequence[Stake]],
    listed: Mapping[str, dt.date | None],
    found: Mapping[str, tuple[str, dt.date]],
    latest: dt.date | None,
) -> tuple[tuple[Step, ...], bool]:
    """Stakes behind a node, owners' first, and whether one leads back."""
    steps: list[Step] = []
    done: set[str] = set()
    path: list[tuple[str, bool]] = [(node, False)]
    above: set[str] = set()
    cycle = False
    while path:
        at, left = path.pop()
        counting = [
            s for s in sorted(incoming.get(at, ()), key=lambda s: (-(s.share or 0), s.owner, s.source_id, s.row_number))
            if (s.owner in listed or s.owner in found) and (s.relation in OWNS or (rule.control and s.relation in CONTROL))
        ]  # fmt: skip
        if left:
            above.discard(at)
            steps += [Step(s, s.owner in listed, _stale(s, latest)) for s in counting]
            continue
        if at in done:
            continue
        done.add(at)
        above.add(at)
        path.append((at, True))
        for stake in reversed(counting):
            if stake.owner in above:
                cycle = True
            elif stake.owner not in listed:
                path.append((stake.owner, False))
    return tuple(steps), cycle


def _stale(stake: Stake, latest: dt.date | None) -> bool:
    return stake.as_of is not None and latest is not None and (latest - stake.as_of).days > STALE_DAYS


def _newest(stakes: Iterable[Stake]) -> list[Stake]:
    """One statement for each owner, owned and kind of relation: the newest, then the one with the larger stake."""
    best: dict[tuple[str, str, bool], Stake] = {}
    for stake in stakes:
        if stake.owner == stake.owned or (stake.relation not in OWNS and stake.relation not in CONTROL):
            continue
        key = (stake.owner, stake.owned, stake.relation in OWNS)
        if key not in best or _rank(stake) > _rank(best[key]):
            best[key] = stake
    latest = max((s.as_of for s in best.values() if s.as_of is not None), default=None)
    return [s for _, s in sorted(best.items()) if s.until is None or (latest is not None and s.until >= latest)]


def _rank(stake: Stake) -> tuple[dt.date, dt.date, float, str, int]:
    return (
        stake.as_of or stake.since or BEFORE_ALL, stake.since or BEFORE_ALL, -1.0 if stake.share is None else stake.share,
        stake.source_id, stake.row_number,
    )  # fmt: skip


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            id_, title, tuple(lists.split()), float(least), strict == "yes", together == "yes", control == "yes", source
        )
        for id_, title, lists, least, strict, together, control, source in rows("ownership_rules")
    )
