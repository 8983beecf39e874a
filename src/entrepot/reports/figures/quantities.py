"""Turns numbers in a parsed sentence into quantities: what is counted, weighed, paid, shared or changed, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.figures.no_figures import is_name, known_ones, ordinal, plain_year, standalone, word_behind
from entrepot.reports.figures.numbers import TOLERANCE, Number, bound_before, find_numbers
from entrepot.reports.figures.scopes import (
    change_scope,
    compared_scope,
    counted,
    goods_behind,
    noun_phrase,
    paid_scope,
    scope_between,
    scope_of,
    token_at,
    worth_scope,
)
from entrepot.reports.figures.shortened import apposed, with_units
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MORE = ("more", "higher", "larger", "greater", "less", "fewer", "lower", "smaller")
"""What a share before `than` is: upwards the first four."""
_RATE = re.compile(r"\s?(?:b/d|bpd|bbl/d)(?!\w)")
"""Barrels a day as the oil trade writes them."""
_LEVEL = re.compile(r"\b(to|from|at)\s*$")
"""Words between a verb of change and a figure that says where the change began or ended."""

_SOME_MORE = frozenset({"by", "a", "an", "another", "further", "some", "about", "around", "nearly", "almost", "roughly", "over", "up", "down", "only", "just"})  # fmt: skip
"""Words between a verb of change and the sum by which something changed."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure.

    Attributes:
        value: as stated, in `unit`; None for a range or an open number (dozens).
        low, high: bounds; None where open. A bare figure has low = value = high; one said to be about so much has a
            tenth on either side; one that is almost so much has it as its upper bound.
        unit: `t`, `kg`, an ISO 4217 code, `percent`, `times`, or the noun that is counted.
        kind: `count`, `mass`, `money`, `share`, `ratio` or `change`.
        of: what it is a count, mass, price or share of, as the text says it, with its scope; None where it does not say.
        start, end: characters in the text that was parsed.
        direction: of a change or ratio: `up`, `down` or empty.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str
    kind: str
    of: str | None
    approx: bool
    start: int
    end: int
    direction: str = ""


def find_quantities(doc: Doc, taken: tuple[tuple[int, int], ...] = ()) -> list[Quantity]:
    """The quantities of a parsed paragraph in reading order.

    Args:
        doc: the paragraph; its text must be evened (`wording.even`).
        taken: characters that are something else (periods, designators).
    """
    found: list[tuple[Quantity, float]] = []
    for number in (part for whole in find_numbers(text_of(doc)) for part in _ends(doc, whole)):
        if any(start < number.digits_end and number.digits_start < end for start, end in taken):
            continue
        quantity = _quantity(doc, number)
        if quantity is not None:
            found.append((quantity, _factor(number, quantity)))
    out = [*with_units(doc, found), *_ratios(doc)]
    return apposed(doc, sorted(out, key=lambda q: (q.start, q.end)))


def _ends(doc: Doc, number: Number) -> tuple[Number, ...]:
    """`rose from 12% to 19%`: where a change began and ended, two figures; `from 12 to 19 firms were fined` is a range."""
    text = text_of(doc)
    if number.value is not None or not text[: number.start].rstrip().endswith("from") or number.kind != "number":
        return (number,)
    cut = text.find(" to ", number.digits_start, number.digits_end)
    span = doc.char_span(number.digits_start, number.digits_end, alignment_mode="expand")
    if cut < 0 or span is None or not _change_word(span, doc)[1]:
        return (number,)
    return (
        replace(number, end=cut, digits_end=cut, value=number.low, high=number.low),
        replace(number, start=cut + 4, digits_start=cut + 4, value=number.high, low=number.high),
    )


def _factor(number: Number, quantity: Quantity) -> float:
    """From a number as printed to the quantity's unit."""
    for printed, meant in ((number.value, quantity.value), (number.high, quantity.high), (number.low, quantity.low)):
        if printed and meant is not None:
            return meant / printed
    return 1.0


@cache
def _units() -> dict[str, tuple[str, str, float]]:
    return {row["word"]: (row["unit"], row["kind"], float(row["factor"])) for row in rows("units.tsv")}


@cache
def _changes() -> dict[str, str]:
    return {row["word"]: row["direction"] for row in rows("changes_en.tsv")}


def _quantity(doc: Doc, number: Number) -> Quantity | None:
    span = doc.char_span(number.digits_start, number.digits_end, alignment_mode="expand")
    if span is None or is_name(doc, number, span):
        return None
    text = text_of(doc)
    if number.kind == "fraction" and ordinal(doc, number, span):
        return None
    if number.unit:
        unit, kind, factor = _units().get(number.unit, (number.unit.upper(), "money", 1.0))
        return _measured(doc, number, span, unit, kind, factor)
    follower = word_behind(doc, number.end)
    low = "" if follower is None else follower.lower_
    if (
        low == "percentage"
        and follower is not None
        and follower.i + 1 < len(doc)
        and doc[follower.i + 1].lower_.startswith("point")
    ):
        return _make(
            number,
            "percentage points",
            "change",
            change_scope(span),
            1.0,
            doc[follower.i + 1].idx + len(doc[follower.i + 1]),
        )
    if times := re.match(r"[ -]?(times|fold)\b", text[number.end :]):
        of = compared_scope(doc, number.end + times.end()) or change_scope(span) or scope_of(doc, number.end)
        return _make(number, "times", "ratio", of, 1.0, number.end)
    if low in _units() and _units()[low][1] == "mass" and (len(low) > 1 or text[number.end - 1].isdigit()):
        unit, kind, factor = _units()[low]
        end = number.end if follower is None else follower.idx + len(follower)
        return _make(number, unit, kind, _of_mass(doc, number, span, end), factor, end)
    if rate := _RATE.match(text, number.end):
        return _make(number, "barrels", "count", change_scope(span), 1.0, rate.end())
    if aged := re.match(r"\s?-?\s?years?[- ](olds?)\b", text[number.end :]):
        end = number.end + aged.end()
        behind = doc.char_span(number.digits_start, end, alignment_mode="expand")
        return _make(number, "years", "count", None if behind is None else _aged(behind, end), 1.0, end)
    if plain_year(text, number) or (follower is not None and low in words("measure_nouns_en.tsv", "duration")):
        return None
    if (
        re.match(r"-(year|month|week|day|hour|minute|man|way|bit|time|star)", text[number.end :])
        or text[number.end : number.end + 1] == ":"
    ):
        return None
    joined = re.match(r"-([a-z]{3,})\b", text[number.digits_end :])
    if joined:
        end = number.digits_end + joined.end()
        after = doc.char_span(number.digits_start, end, alignment_mode="expand")
        inner = None if after is None else counted(doc, after, end)[1]
        return _make(number, joined[1], "count", inner, 1.0, end)
    noun, of = counted(doc, span, number.end)
    if noun is None:
        bare = text[number.digits_start : number.digits_end].lower()
        if not bare[0].isdigit() and span.start and doc[span.start - 1].lower_ in ("the", "these", "those"):
            return None  # `between the two`
        if bare in ("one", "a", "half", "zero") or not (
            bare[0].isdigit() or number.start < number.digits_start or standalone(span)
        ):
            return None
        return _make(number, "", "count", of or _of_number(doc, span), 1.0, number.end)
    if noun.lower_ in words("measure_nouns_en.tsv", "duration"):
        return None
    if known_ones(span, noun):
        return None
    if text[number.digits_start : number.digits_end].lower() == "one" and (
        noun.i != span.end or noun.lemma_.lower() in words("measure_nouns_en.tsv", "vague")
    ):
        return None
    before = doc[noun.i - 1]
    if before.lower_ in words("measure_nouns_en.tsv", "broad"):  # `90,000 cubic metres of timber`
        unit = f"{before.lower_} {noun.text}"
        return _make(number, unit, "count", None if of is not None and of.endswith(unit) else of, 1.0, number.end)
    return _make(number, noun.text, "count", of, 1.0, number.end)


def _whole(of: str | None) -> str | None:
    """Of `its share of the market` the market."""
    return None if of is None else re.sub(r"(?i)^(?:[\w'-]+ )?share of (?:the )?", "", of)


def _level(text: str, number: Number) -> bool:
    """Whether a figure says where a change began or ended (`fell to 9%`, `slipped below 9%`), not by how much it was."""
    bound = text[number.start : number.digits_start].lower()
    return _LEVEL.search(text[: number.start]) is not None or bound.startswith(("below", "above", "under"))


def _by_how_much(doc: Doc, verb: Token, number: Number) -> bool:
    """Whether a sum says by how much something rose or fell (`fell by $3m`, `lost about $3m`), and not how much it was
    (`was worth $3m, up a tenth`, `fell a fifth, after $3m the year before`)."""
    end = verb.idx + len(verb)
    if end > number.start:
        return False
    between = text_of(doc)[end : number.start].lower().split()
    return not between or between[-1] == "by" or all(w in _SOME_MORE for w in between)


def _of_mass(doc: Doc, number: Number, span: Span, end: int) -> str | None:
    """The goods that a weight is of: after `of`, right behind it, or the subject that rose or fell to it."""
    of = scope_of(doc, end) or goods_behind(doc, end)
    if of is None and _level(text_of(doc), number) and _change_word(span, doc)[1]:
        of = change_scope(span)
    return of


def _measured(doc: Doc, number: Number, span: Span, unit: str, kind: str, factor: float) -> Quantity:
    """A figure with a percent sign or a currency."""
    verb, direction = _change_word(span, doc)
    if kind == "share":
        of = scope_of(doc, number.end, relative=True)
        if of is None and number.kind == "fraction":
            of = counted(doc, span, number.end)[1]
        less = token_at(doc, number.end)
        if less is not None and less.lower_ in _MORE and doc[less.i + 1 : less.i + 2].text == "than":
            up = "up" if less.lower_ in _MORE[:4] else "down"
            return _make(number, unit, "change", change_scope(span), factor, number.end, up)
        if (
            less is not None
            and less.lower_ in ("less", "more", "fewer")
            and less.head.pos_ == "NOUN"
            and less.head.i > less.i
        ):
            of = scope_between(doc, less.i + 1, less.head)
            return _make(number, unit, "change", of, factor, number.end, "up" if less.lower_ == "more" else "down")
        if direction and _level(text_of(doc), number):
            return _make(number, unit, "share", of or _whole(change_scope(span)), factor, number.end)
        if direction and (of is None or (verb is not None and verb.pos_ == "NOUN")):
            return _make(number, unit, "change", change_scope(span), factor, number.end, direction)
        return _make(number, unit, "share", of or change_scope(span), factor, number.end)
    moved = direction and verb is not None and verb.pos_ in ("VERB", "AUX")
    sums = verb is not None and verb.lemma_.lower() in words("measure_nouns_en.tsv", "sums")
    if moved and not sums and verb is not None and _by_how_much(doc, verb, number):
        return _make(number, unit, "change", change_scope(span), factor, number.end, direction)
    of = worth_scope(span) or paid_scope(span) or scope_of(doc, number.end) or noun_phrase(span)
    if of is not None and of.lower().split()[0] in _units():
        of = None
    return _make(number, unit, kind, of or (change_scope(span) if moved and not sums else None), factor, number.end)


def _change_word(span: Span, doc: Doc) -> tuple[Token | None, str]:
    """The verb or noun of change that governs a figure."""
    token: Token = span.root
    for _ in range(5):
        head = token.head
        if head == token:
            break
        direction = _changes().get(head.lemma_.lower(), "")
        if direction and not (
            head.pos_ == "NOUN" and head.i < span.start and token.dep_ not in ("prep", "pobj", "appos", "npadvmod")
        ):
            return head, direction
        if head.pos_ in ("VERB", "AUX"):
            by = doc[max(0, span.start - 2) : span.start].text.lower()  # `push up by`, not `make up`
            adverb = next(
                (c for c in head.children if c.lower_ in ("up", "down") and (c.dep_ != "prt" or "by" in by.split())),
                None,
            )
            return (head, _changes()[adverb.lower_]) if adverb is not None else (None, "")
        token = head
    before = [t for t in doc[max(0, span.start - 3) : span.start] if not t.is_punct]
    near = next(
        (
            t
            for t in reversed(before)
            if t.lemma_.lower() in _changes() and t.pos_ in ("VERB", "ADV", "ADP", "ADJ", "NOUN")
        ),
        None,
    )
    return (near, _changes()[near.lemma_.lower()]) if near is not None else (None, "")


def _make(
    number: Number, unit: str, kind: str, of: str | None, factor: float, end: int, direction: str = ""
) -> Quantity:
    def times(value: float | None) -> float | None:
        return None if value is None else round(value * factor, 6)

    return Quantity(
        times(number.value),
        times(number.low),
        times(number.high),
        unit,
        kind,
        of,
        number.approx,
        number.start,
        max(end, number.end),
        direction,
    )


def _ratios(doc: Doc) -> list[Quantity]:
    """doubled, tripled, halved, threefold."""
    values = _ratio_values()
    out: list[Quantity] = []
    for token in doc if _ratio_stems().search(text_of(doc)) else ():
        value = values.get(token.lemma_.lower()) or values.get(token.lower_)
        if (
            value is None
            or token.pos_ not in ("VERB", "ADV", "NOUN", "ADJ", "DET")
            or (token.pos_ in ("ADJ", "NOUN") and "fold" not in token.lower_)
        ):
            continue
        if token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("down", "standard", "check", "agent"):
            continue
        many = next((t for t in doc[token.i + 1 : token.i + 4] if t.lower_ in ("many", "much")), None)
        compared = None
        if doc[token.i + 1 : token.i + 2].text.lower() == "as" and many is not None and many.head.i > many.i:
            compared = scope_between(doc, many.i + 1, many.head)
        bound, begin = bound_before(text_of(doc), token.idx)
        low: float | None = (
            value * (1 - TOLERANCE) if bound in ("below", "approx") else None if bound == "high" else value
        )
        high: float | None = None if bound == "low" else value * (1 + TOLERANCE) if bound == "approx" else value
        out.append(
            Quantity(
                value,
                low,
                high,
                "times",
                "ratio",
                compared or _doubled_of(doc, token) or change_scope(doc[token.i : token.i + 1]),
                bound in ("below", "approx"),
                begin,
                token.idx + len(token),
                "down" if value < 1 else "up",
            )
        )
    return out


@cache
def _ratio_stems() -> re.Pattern[str]:
    """How the words of `_ratio_values` begin, in any form: most paragraphs hold none."""
    return re.compile(rf"\b(?:{'|'.join(sorted({re.escape(word[:4]) for word in _ratio_values()}))})", re.IGNORECASE)


@cache
def _ratio_values() -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in rows("ratios_en.tsv")}


def _doubled_of(doc: Doc, token: Token) -> str | None:
    """`double the number of 2011`, `twice its price`: what stands behind; not `doubled the price`, whose price has changed."""
    return compared_scope(doc, token.idx + len(token)) if token.pos_ != "VERB" else None


def _aged(span: Span, end: int) -> str | None:
    """`a 31-year-old nurse`: who is so old; None where the words stand alone (`the 31-year-old`, `is 31 years old`)."""
    follower = token_at(span.doc, end)
    return counted(span.doc, span, end)[1] if follower is not None and follower.pos_ in ("NOUN", "ADJ") else None


def _of_number(doc: Doc, span: Span) -> str | None:
    """`eight of 20 hulls`: of 20 hulls, where the parser took both numbers for one."""
    noun = doc[span.end + 1].head if doc[span.end : span.end + 1].text == "of" and span.end + 1 < len(doc) else None
    return scope_between(doc, span.end + 1, noun) if noun is not None and noun.i > span.end + 1 else None
