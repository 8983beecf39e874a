"""What to tell the person who adds the file: what was chosen and why, what was left out, what must be confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.errors import show
from entrepot.readers.layout.amounts import Money
from entrepot.readers.layout.candidates import Candidate, RuledOut
from entrepot.readers.layout.crosstab import spread_over
from entrepot.readers.layout.direction import Sense
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.layout import Layout
from entrepot.readers.layout.profile import Profile
from entrepot.readers.layout.sheet import Sheet
from entrepot.readers.layout.together import KILOGRAMS, above

DOUBTFUL = 0.6
"""A mapping of a party, code, date or amount below this is asked about."""

_CODES = 0.9
"""Share of known commodity codes from which a number of parties is asked about where the file has no other codes: by chance one
in a hundred is known."""

_ASKED = (
    "shipper_name", "consignee_name", "shipper_id", "consignee_id", "hs_code", "date", "value", "value_usd", "net_kg",
    "gross_kg", "quantity", "currency",
)  # fmt: skip


def explain(
    layout: Layout,
    sheet: Sheet,
    heads: Sequence[Heading],
    profiles: Sequence[Profile],
    found: Sequence[Candidate],
    ruled_out: Sequence[RuledOut],
    moved: Sense,
    money: Money,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Notes about the file, and the questions that a person must answer."""
    notes = [*sheet.notes]
    if moved.reasons:
        notes.append(f"direction {layout.direction}: " + "; ".join(show(reason) for reason in moved.reasons))
    notes += _choices(layout, heads, profiles, found)
    notes += [show(note, 300) for note in money.notes]
    notes += _values(layout, profiles)
    taken = {mapped.index for mapped in layout.columns.values()}
    for out in ruled_out:
        if out.index not in taken and "." not in out.canonical:
            notes.append(f"{show(layout.header[out.index])!r} is not taken as {out.canonical}: it {out.reason}")
    return tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(_questions(layout, sheet, profiles, found, money)))


def _choices(
    layout: Layout, heads: Sequence[Heading], profiles: Sequence[Profile], found: Sequence[Candidate]
) -> list[str]:
    notes = []
    for canonical, mapped in layout.columns.items():
        if mapped.more:
            joined = ", ".join(repr(show(source)) for source, _ in mapped.more)
            notes.append(f"{canonical}: {show(mapped.source)!r} is completed by {joined}")
        rivals = [
            c for c in found
            if c.canonical == canonical and c.index != mapped.index and c.score >= 0.5
            and all(c.index != at for _, at in mapped.more)
        ]  # fmt: skip
        if rivals and canonical not in {"value", "value_usd", "currency"}:
            others = ", ".join(repr(show(layout.header[c.index])) for c in rivals[:5])
            notes.append(f"{canonical} is read from {show(mapped.source)!r}; also there: {others}")
        if canonical == "goods_text" and "HS" in heads[mapped.index].concepts:
            notes.append(
                f"{show(mapped.source)!r} describes the commodity code, not what was declared; nothing better is there"
            )
        if profiles[mapped.index].empty:
            notes.append(f"{show(mapped.source)!r} ({canonical}) has no value in the rows looked at")
    for canonical, value in layout.fixed.items():
        notes.append(f"{canonical} is {show(value)} on every row: the layout says so")
    if "shipper_name" not in layout.columns and "shipper_id" in layout.columns:
        notes.append("the shipper is known by an identifier only: its name cannot be screened")
    if "consignee_name" not in layout.columns and "consignee_id" in layout.columns:
        notes.append("the consignee is known by an identifier only: its name cannot be screened")
    return notes


def _values(layout: Layout, profiles: Sequence[Profile]) -> list[str]:
    notes = []
    for canonical, mapped in layout.columns.items():
        values = profiles[mapped.index]
        if mapped.zero_unknown:
            notes.append(f"{show(mapped.source)!r} is 0 in {values.zeros:.0%} of its rows: zero stands for unknown")
        if mapped.holds_id:
            notes.append(f"{show(mapped.source)!r} holds names that begin with a tax number: they are split")
        if canonical == "date" and values.months > 0.6 and values.days < 0.4:
            notes.append(f"{show(mapped.source)!r} gives months: dates have the precision month")
        if canonical.endswith("_country") and values.numeric > 0.9:
            notes.append(f"{show(mapped.source)!r} holds numbers of a customs service for countries: they need a table")
        if mapped.unit not in {None, "kg"}:
            notes.append(f"{show(mapped.source)!r} is in {mapped.unit}: it is turned into kilograms")
        if mapped.scale != 1:
            notes.append(f"{show(mapped.source)!r} is in units of {mapped.scale:.0f}: it is multiplied")
    return notes


def _questions(
    layout: Layout, sheet: Sheet, profiles: Sequence[Profile], found: Sequence[Candidate], money: Money
) -> list[str]:
    asked = []
    columns = layout.columns
    if layout.header_row is None:
        asked.append("no header row was recognised: which row names the columns?")
    asked += sheet.questions
    spread = spread_over(sheet.headers, profiles)
    if spread:
        what, places = spread
        first, last = (show(layout.header[places[at]]) for at in (0, -1))
        asked.append(
            f"the columns {first!r} to {last!r} hold one {what} each (a crosstab): which amount is it? turn them into rows"
        )
    if layout.kind == "unknown":
        asked.append("is this a file of shipments? neither parties nor goods with an amount were recognised")
    if layout.kind != "shipments":
        return asked
    asked += [
        f"is {show(columns[name].source)!r} the {name}? (confidence {columns[name].confidence})"
        for name in _ASKED
        if name in columns and columns[name].confidence < DOUBTFUL
    ]
    if "hs_code" not in columns and "hs6" not in columns:
        asked += [
            f"{show(mapped.source)!r} holds commodity codes: does its header belong to another column?"
            for name, mapped in columns.items()
            if name.endswith("_id")
            and profiles[mapped.index].hs_known >= _CODES
            and profiles[mapped.index].distinct > 1
        ]
    sided = [c for c in found if c.canonical.startswith(("local.", "foreign.")) and c.score >= 0.5]
    if layout.direction == "unknown" and "direction" not in columns and sided:
        asked.append("is this a file of imports or exports? it decides who is the shipper and who the consignee")
    if layout.direction != "unknown":
        asked += [
            f"{show(layout.header[c.index])!r} names both sides: is it the shipper or the consignee?"
            for c in sided
            if c.canonical.endswith(".name")
        ]
    net, gross = columns.get("net_kg"), columns.get("gross_kg")
    ratio = KILOGRAMS[(gross and gross.unit) or "kg"] / KILOGRAMS[(net and net.unit) or "kg"]
    if net and gross and above(profiles[net.index], profiles[gross.index], ratio) > 0.5:
        asked.append(f"{show(net.source)!r} is above {show(gross.source)!r}: which one is the net weight?")
    return [*asked, *(show(question, 200) for question in money.unclear)]
