"""Finds numbers in evened text: digits, words, ranges, open numbers, fractions, with the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from entrepot.reports.tables_of_words import rows

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_LEAP = 20
"""Times by which a figure may have changed for both ends to be of one scale."""
_NEXT_NOUN = re.compile(r" (?:[a-z]{3,}s\b|of )")
TOLERANCE = 0.1
"""Share by which a figure said to be "about" so much may differ: reports round to one or two digits."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number or range as it stands.

    Attributes:
        start, end: characters, with currency sign, bounding words and percent sign.
        digits_start, digits_end: characters of the bare number.
        value, low, high: as Quantity has them, before a unit's factor.
        unit: word or sign of a currency or percent attached to it; empty where none is.
        kind: `number`, `fraction`, `ratio`.
    """

    start: int
    end: int
    digits_start: int
    digits_end: int
    value: float | None
    low: float | None
    high: float | None
    approx: bool
    unit: str = ""
    kind: str = "number"


def find_numbers(text: str) -> list[Number]:
    """Numbers in reading order, none overlapping. Dates, years and names with numbers are not told apart here."""
    out: list[Number] = []
    at = 0
    for found in sorted(_candidates(text), key=lambda n: (n.digits_start, -n.digits_end)):
        if found.digits_start >= at:
            out.append(found)
            at = found.end
    return out


@cache
def _values(group: str) -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in rows("numbers_en.tsv") if row["class"] == group}


@cache
def _signs() -> str:
    signs = [
        row["word"]
        for row in rows("units.tsv")
        if row["kind"] == "money"
        and (
            not row["word"].isalpha()
            or (row["word"].isalpha() and len(row["word"]) == 3 and row["word"] == row["unit"].lower())
        )
    ]
    return "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))


@cache
def _currencies() -> str:
    return "|".join(
        re.escape(row["word"])
        for row in sorted(rows("units.tsv"), key=lambda r: -len(r["word"]))
        if row["kind"] == "money" and len(row["word"]) >= 3
    )


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted((*_values("small"), *_values("tens"), *_values("scale")), key=len, reverse=True))
    scale = "|".join(_values("scale"))
    suffix = "|".join(sorted(_values("suffix"), key=len, reverse=True))
    digits = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    one = (
        rf"(?:(?:{digits})(?:\s?(?:{suffix})\b)?(?:[ -](?:{scale})s?\b)*"
        rf"|(?:an? |half an? )(?:{scale})\b|(?:(?:{words})\b(?:[ -](?:and )?(?=(?:{words})\b))?)+)"
    )
    signs, names = _signs(), _currencies()
    return re.compile(
        rf"(?:(?=[^a-z\s.,;:()\"'])|\b(?=[a-z]))"  # numbers, signs and words begin here: else each character is tried
        rf"(?P<sign>(?:{signs})\s?)?(?<![\w])(?P<first>{one})(?P<fp>\s?(?:%|percents?\b|per cents?\b))?"
        rf"(?:\s?(?P<join>-|to|and|or)\s?(?P<sign2>(?:{signs})\s?)?(?P<second>{one}))?"
        rf"(?P<after>\s?(?:%|percents?\b|per cents?\b|pct\b)|\s?(?:of )?(?:(?:US|U\.S\.|Canadian|Australian|Hong Kong|Swiss|Chinese|Russian|Turkish) )?(?:{names})\b)?"
        rf"(?P<more>\+| or more\b| or so\b| plus\b(?! [a-z])| or less\b| or fewer\b)?",
        re.IGNORECASE,
    )


def _candidates(text: str) -> Iterator[Number]:
    for match in _pattern().finditer(text):
        yield from _from_match(text, match)
    for match in _many().finditer(text):
        low = _values("many")[match["outer"].lower()]
        if match["inner"]:
            scale = _values("many")[match["inner"].lower()] / 2
            low = low * scale
        after = text[match.end() :].lstrip().lower()
        sign = re.match(rf"of ({_currencies()})\b|({_currencies()})\b", after)
        unit = (sign[1] or sign[2]) if sign else ""
        end = (
            match.end() + (len(text[match.end() :]) - len(text[match.end() :].lstrip())) + (sign.end() if sign else 0)
            if sign
            else match.end()
        )
        yield Number(match.start(), end, match.start(), match.end(), None, low, None, True, unit)
    for match in _one_in().finditer(text):
        part, whole = _value(match["part"]), _value(match["whole"])
        if match["link"].lower() == "in" and part != 1 and not _NEXT_NOUN.match(text, match.end()):
            continue  # `killed five in ten separate raids`
        if part and whole and part < whole:
            yield _bounded(text, match.start(), match.end(), round(100 * part / whole, 4), None, "percent", "fraction")
    for match in _fractions().finditer(text):
        phrase = match[0].lower()
        if (
            phrase == "half"
            and not text[: match.start()].endswith(("by ", "by about ", "by almost ", "by more than "))
            and not re.match(r"\s+(of|the|a|all|its|their|his|have|were|are|had|said)\b", text[match.end() :])
        ):
            continue
        if re.match(r"\s+(million|billion|dozen|an? hour|year|century)", text[match.end() :]):
            continue
        percent = _percents()[phrase]
        yield _bounded(text, match.start(), match.end(), percent, None, "percent", "fraction")


@cache
def _many() -> re.Pattern[str]:
    many = "|".join(_values("many"))
    return re.compile(rf"(?<!\w)(?P<outer>{many})(?: of (?P<inner>{many}))?(?![\w-])", re.IGNORECASE)


@cache
def _percents() -> dict[str, float]:
    return {row["phrase"].lower(): float(row["percent"]) for row in rows("fractions_en.tsv")}


@cache
def _fractions() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(_percents(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{phrases})(?![\w-])", re.IGNORECASE)


@cache
def _one_in() -> re.Pattern[str]:
    """`one in ten parcels`, `three out of every five`, `nine out of ten machine tools`, `one in five of the firms`; not `two in
    2015` and not `in 1 in 10,000 cases`' decimals."""
    small = "|".join((*_values("small"), *_values("tens"), *(w for w, v in _values("scale").items() if v <= 1000)))
    return re.compile(
        rf"(?<![\w.,$€£-])(?P<part>\d|{small}) (?P<link>in|out of)(?: every)? (?P<whole>{small}|\d{{1,3}}(?!\d))"
        rf"(?= [a-z]{{3,}}s\b| of (?:the|its|their|all|those|these|\d)\b|(?: [a-z-]{{3,}}){{1,2}} [a-z]{{3,}}s\b)",
        re.IGNORECASE,
    )


def _from_match(text: str, match: re.Match[str]) -> Iterator[Number]:
    first, second = match["first"], match["second"]
    value = _value(first)
    if value is None:
        return
    sign = (match["sign"] or match["sign2"] or "").strip().lower()
    after = (match["after"] or match["fp"] or "").strip().lower()
    after = re.sub(r"^(us|u\.s\.) ", "", after)
    unit = sign or _named(after)
    end = match.end()
    other = _value(second) if second else None
    if second is not None and not _is_range(text, match, value, other):
        end = match.end("fp") if match["fp"] else match.end("first")
        own = (match["fp"] or "").strip().lower()
        unit = (match["sign"] or "").strip().lower() or _named(own)
        if match["join"] == "to" and text[: match.start()].rstrip().endswith("from") and other is not None:
            value *= _same_scale(value, other, first, second)
        yield _bounded(
            text, match.start(), end, value, None, unit, "number", digits=(match.start("first"), match.end("first"))
        )
        if other is not None:
            start2 = match.start("sign2") if match["sign2"] else match.start("second")
            unit2 = (match["sign2"] or "").strip().lower() or _named((match["after"] or "").strip().lower())
            yield _bounded(
                text,
                start2,
                match.end("after") if match["after"] else match.end("second"),
                other,
                None,
                unit2,
                "number",
                digits=(match.start("second"), match.end("second")),
            )
        return
    if other is not None and value < other and (shared := _shared_scale(first, second)):
        value *= shared
    digits = (match.start("first"), match.end("second") if second else match.end("first"))
    yield _bounded(
        text,
        match.start(),
        end,
        value,
        other,
        unit,
        "number",
        more=(match["more"] or "").strip().lower(),
        digits=digits,
    )


def _named(word: str) -> str:
    word = (
        word.replace("per cent", "percent")
        .replace("%", "percent")
        .replace("pct", "percent")
        .replace("percents", "percent")
    )
    for prefix, code in (("canadian", "cad"), ("australian", "aud"), ("hong kong", "hkd")):
        if word.startswith(prefix) and "dollar" in word:
            return code
    return word.split(" ")[-1]


def _shared_scale(first: str, second: str) -> float:
    """`5-7 million`: the scale of the second number belongs to the first too."""
    if re.search(r"[A-Za-z]", first):
        return 0.0
    tail = re.search(r"([A-Za-z]+)\s*$", second)
    if not tail:
        return 0.0
    word = tail[1].lower().rstrip("s")
    return _values("scale").get(word) or _values("suffix").get(tail[1].lower()) or 0.0


def _same_scale(value: float, other: float, first: str, second: str) -> float:
    """`from 8.2 to 4.1 million`: the scale of the second where both are then of one size; not `from 500 to 2 million`."""
    shared = _shared_scale(first, second)
    return shared if shared and value < other and other / _LEAP < value * shared < other * _LEAP else 1.0


def _is_range(text: str, match: re.Match[str], value: float, other: float | None) -> bool:
    if other is not None and value * (_shared_scale(match["first"], match["second"]) or 1.0) > other:
        return False
    if other is None or (other <= value and not _shared_scale(match["first"], match["second"])):
        return False
    join = match["join"]
    marked = match["sign2"] or match["after"] or _shared_scale(match["first"], match["second"])
    if marked and not match["sign"] and not match["fp"] and _YEAR.fullmatch(match["first"]) and value != 2000:
        return False  # `from $5 in 2021 to $4`
    before = text[: match.start()].rstrip().lower()
    if join == "and":
        return before.endswith("between")
    if join == "to" and before.endswith(" by"):
        return False  # `rose by $35 to $410`
    if join == "to":
        return not re.search(r"\b(from|fell|rose|down|up)\s*$", before) or bool(match["after"])
    if join == "-":
        return not re.search(r"[A-Za-z]$", match["first"]) or bool(re.search(r"[A-Za-z]$", match["second"]))
    return join == "or"


def _value(words: str) -> float | None:
    """The number that a run of digits and number words means."""
    low = words.lower().strip()
    total, current, seen = 0.0, 0.0, False
    half = low.startswith("half ")
    for piece in re.findall(r"\d[\d, ]*(?:\.\d+)?|[a-z]+", low.removeprefix("half ").replace("-", " ")):
        bare = piece.strip()
        if bare[0].isdigit():
            current += float(re.sub(r"[ ,]", "", bare.rstrip(", ")))
        elif bare in _values("small"):
            current += _values("small")[bare]
        elif bare in _values("tens"):
            current += _values("tens")[bare]
        elif bare in ("a", "an"):
            current = max(current, 1.0)
        elif bare == "and":
            continue
        else:
            scale = (
                _values("scale").get(bare)
                or _values("scale").get(bare.removesuffix("s"))
                or _values("suffix").get(bare)
            )
            if scale is None:
                return None
            if scale == 100 or scale == 12:
                current = (current or 1.0) * scale
            else:
                total += (current or 1.0) * scale
                current = 0.0
        seen = True
    result = total + current
    return (result / 2 if half else result) if seen else None


def _bounded(
    text: str,
    start: int,
    end: int,
    value: float,
    other: float | None,
    unit: str,
    kind: str,
    *,
    more: str = "",
    digits: tuple[int, int] | None = None,
) -> Number:
    low: float | None = value
    high: float | None = value if other is None else other
    approx = False
    shown: float | None = value if other is None else None
    bound, begin = bound_before(text, start)
    if more:
        bound = next(
            (row["bound"] for row in rows("bounds_en.tsv") if row["position"] == "after" and row["phrase"] == more),
            bound,
        )
    if bound == "low":
        high = None
    elif bound == "high":
        low = None
    elif bound in ("below", "approx"):
        approx = True
        low = value * (1 - TOLERANCE)
        high = (value if other is None else other) * (1 if bound == "below" else 1 + TOLERANCE)
    if re.match(r"\s+(or so|or thereabouts)\b", text[end:]):
        approx = True
    return Number(begin, end, *(digits or (start, end)), shown, low, high, approx, unit, kind)


def bound_before(text: str, start: int) -> tuple[str, int]:
    """The bound that the words before a number give (`low`, `high`, `below`, `approx` or empty) and where they begin."""
    bound, begin = "", start
    for _ in range(3):
        before = text[max(0, begin - 30) : begin].rstrip(" (\"'").lower()
        if before.endswith((" the", " a", " an")) and begin == start:
            pass
        hit = next(
            (
                row
                for row in _before()
                if before.endswith(row["phrase"])
                and (len(before) == len(row["phrase"]) or not before[-len(row["phrase"]) - 1].isalnum())
            ),
            None,
        )
        if hit is None:
            break
        begin = max(0, begin - 30) + len(text[max(0, begin - 30) : begin].rstrip(" (\"'")) - len(hit["phrase"])
        bound = hit["bound"] if hit["bound"] != "none" and not bound else bound
    return bound, begin


@cache
def _before() -> tuple[dict[str, str], ...]:
    return tuple(
        sorted((row for row in rows("bounds_en.tsv") if row["position"] == "before"), key=lambda r: -len(r["phrase"]))
    )
