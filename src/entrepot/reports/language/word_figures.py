"""Reads figures in languages without a parser, by a table of words (`figure_words.tsv`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from entrepot.reports.figures.numbers import TOLERANCE
from entrepot.reports.figures.quantities import Quantity
from entrepot.reports.language.word_periods import any_of
from entrepot.reports.tables_of_words import rows

_DIGITS = {
    "ru": r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?",
    "de": r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?",
    "zh": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二三四五六七八九十两百千]+(?=多?(?:万|亿|成|{units}))",
}
"""Figures as each language groups and points them; Chinese numerals only before a unit, for 一 and 十 stand in many words."""
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_REACH = 26
"""Characters before a figure in which a word can bound it, and around it in which a word can make it a change."""
_SCOPE = 70
"""Characters of a scope at most."""
_STOPS = re.compile(r"[,.;:!?—–()«»\"„“”，。；：！？（）、]")
_VERB = {
    "ru": re.compile(
        r"(?:был|стал|явля|составля|поступ|приход|производ|поставля|ввоз|вывоз)\w*|что|котор\w+|\w{3,}(?:ено|ены|ена|ано|аны|ана|ется|ются)"
    ),
    "de": re.compile(
        r"(?:stamm|komm|kam|entfall|werd|wurd|ging|geh|gelang|liefer|befind)\w*|ist|sind|war|waren|hat|haben|hatte|hatten"
    ),
}
_LINK = {
    "ru": re.compile(r"на|в|во|за|через|по|с|со|из|для|к|от|до|при|под|стоимостью|общей"),
    "de": re.compile(r"im|in|am|an|aus|nach|über|durch|für|von|mit|bis|seit"),
}
_ZH_VERB = re.compile(r"来自|产自|源自|由|经|被|是|用于|流向|运往|运到|进入|都|均|出口|进口|在|从|向")
"""Words with which a phrase about goods ends and something else is said."""
_PARCEL = re.compile(
    r"парти\w+|постав\w+|единиц\w*|штук\w*|комплект\w*|видов|Lieferung\w*|Sendung\w*|Stück", re.IGNORECASE
)
"""Words that count parcels of goods: the goods are what follows them."""
_NEW_SENTENCE = re.compile(r"\s*\Z|\s+[А-ЯЁ]")
_NO_NOUN = {
    "ru": re.compile(
        r"(?:год\w*|лет|дн\w*|день|час\w*|минут\w*|недел\w*|месяц\w*|и|в|на|по|из|с|к|от|до|раз\w*|%|-)\b"
    ),
    "de": re.compile(r"(?:Jahr\w*|Tage?n?|Stunden?|Minuten?|Wochen?|Monate?n?|Uhr|und|in|im|am|bis|von|Mal|mal)\b"),
    "zh": re.compile(r"[年月日号时点分秒天周岁]"),
}
"""What stands after a number that counts nothing: durations, times of day, the next clause."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language, compiled."""

    number: re.Pattern[str]
    values: dict[str, float]
    scales: tuple[tuple[re.Pattern[str], float], ...]
    units: tuple[tuple[re.Pattern[str], str, str, float], ...]
    bounds: tuple[tuple[re.Pattern[str], str], ...]
    changes: tuple[tuple[re.Pattern[str], str], ...]
    twice: tuple[tuple[re.Pattern[str], float], ...]
    by: re.Pattern[str]
    measures: str


def find_quantities(text: str, language: str, taken: tuple[tuple[int, int], ...] = ()) -> list[Quantity]:
    """The quantities of a text in reading order; `taken` are characters that are something else (periods, designators)."""
    words = _words(language)
    out: list[Quantity] = []
    for match in words.number.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        found = _quantity(text, language, words, match)
        if found is not None and not any(q.start < found.end and found.start < q.end for q in out):
            out.append(found)
    for pattern, ratio in words.twice:
        for match in pattern.finditer(text):
            direction = _direction(text, match.start(), match.end(), words) or "up"
            factor = ratio if direction == "up" else 1 / ratio
            out.append(
                Quantity(factor, factor, factor, "times", "ratio", None, False, match.start(), match.end(), direction)
            )
    return sorted(out, key=lambda q: (q.start, q.end))


def goods_of(quantity: Quantity) -> str | None:
    """The goods that a figure weighs or counts: `800 тонн бронежилетов`, `12 партий деталей`; None where it names none."""
    if quantity.kind == "mass":
        return quantity.of
    if quantity.kind != "count":
        return None
    if quantity.unit[0] >= "\u3400":
        return quantity.unit[1:] or None
    first, _, rest = quantity.unit.partition(" ")
    return rest if _PARCEL.fullmatch(first) else quantity.unit


def _quantity(text: str, language: str, words: _Words, match: re.Match[str]) -> Quantity | None:
    value = _value(match["digits"] or match["word"], language, words)
    start, end = match.span()
    if value is None or _glued(text, start, end, language):
        return None
    for pattern, factor in words.scales:
        if scaled := pattern.match(text, end):
            value, end = value * factor, scaled.end()
            if text[end - 1] == "." and _NEW_SENTENCE.match(text, end):
                end -= 1  # the sentence's own, not that of `млн.`
            break
    sign = next((row["value"] for row in _signs() if _ends_with(text[:start], row["word"])), "")
    unit, kind, factor = (sign, "money", 1.0) if sign else ("", "", 1.0)
    for pattern, own, own_kind, own_factor in () if sign else words.units:
        if named := pattern.match(text, end):
            unit, kind, factor, end = own, own_kind, own_factor, named.end()
            break
    value *= factor
    of = _after(text, end, language, whole=kind == "share")
    if not unit:
        noun = _noun(text, end, language, words)
        if noun is None or _year_like(match["digits"] or "", language, text, match.end()):
            return None
        unit, kind, end = noun[0], "count", noun[1]
        of = None
    direction = ""
    if kind == "share":
        direction = _direction(text, start, end, words)
        if direction and words.by.search(text[max(0, start - _REACH) : start]):
            kind, of = "change", None
        else:
            direction = ""
            of = of or _before_of(text, start, language)
    low: float | None = value
    high: float | None = value
    bound, begin = _bound(text, start, words)
    if bound == "low":
        high = None
    elif bound == "high":
        low = None
    elif bound in ("below", "approx"):
        low = value * (1 - TOLERANCE)
        high = value * (1 if bound == "below" else 1 + TOLERANCE)
    return Quantity(value, low, high, unit, kind, of, bound in ("below", "approx"), begin, end, direction)


def _value(figure: str, language: str, words: _Words) -> float | None:
    if figure.lower() in words.values:
        return words.values[figure.lower()]
    if figure[0] in _HAN_DIGITS or figure[0] in _HAN_SCALES:
        return _han_number(figure)
    plain = re.sub(r"[ \u00a0\u202f]", "", figure)
    if language == "de":
        plain = plain.replace(".", "").replace(",", ".")
    elif language == "zh":
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _han_number(figure: str) -> float:
    total, current = 0, 0
    for sign in figure:
        if sign in _HAN_DIGITS:
            current = _HAN_DIGITS[sign]
        else:
            total += (current or 1) * _HAN_SCALES[sign]
            current = 0
    return float(total + current)


def _glued(text: str, start: int, end: int, language: str) -> bool:
    """Whether a figure is part of a model number, an ordinal or a time: `Ка-52`, `2-й`, `14:30`."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before in ("-", "–", "№", "/", "#", ":") or (before.isalpha() and language != "zh"):
        return True
    if language == "zh" and before.isascii() and before.isalpha():
        return True
    return bool(re.match(r":\d|-[\w]|/\d|(?![A-Z]{3}\b)[A-Za-z]\d?", after)) and not after.startswith("-м")


def _year_like(digits: str, language: str, text: str, end: int) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", digits)) and (language != "zh" or text[end : end + 1] in "年")


def _bound(text: str, start: int, words: _Words) -> tuple[str, int]:
    """What the words before a figure make of it, and where they begin; of words that fit the longest count: `не более`."""
    begin = max(0, start - _REACH)
    found = [(m.start(), bound) for pattern, bound in words.bounds if (m := pattern.search(text[begin:start]))]
    if not found:
        return "", start
    first, bound = min(found)
    return bound, begin + first


def _direction(text: str, start: int, end: int, words: _Words) -> str:
    """The change that a figure in this place measures: the nearest word of change in the clause."""
    left = max((m.end() for m in _STOPS.finditer(text, max(0, start - 3 * _REACH), start)), default=0)
    left = max(left, start - 3 * _REACH, 0)
    right = _STOPS.search(text, end)
    stop = min(len(text) if right is None else right.start(), end + 2 * _REACH)
    best: tuple[int, str] | None = None
    for pattern, direction in words.changes:
        for match in pattern.finditer(text, left, stop):
            distance = start - match.end() if match.end() <= start else match.start() - end
            if distance >= 0 and (best is None or distance < best[0]):
                best = (distance, direction)
    return best[1] if best else ""


def _after(text: str, end: int, language: str, *, whole: bool) -> str | None:
    """The words after a figure that say what it is a share, mass or price of; `whole` takes phrases with prepositions."""
    rest = text[end : end + _SCOPE]
    stop = _STOPS.search(rest)
    found = (rest if stop is None else rest[: stop.start()]).strip()
    if language == "zh":
        found = found.removeprefix("的") if found.startswith("的") or not whole else ""
        return _ZH_VERB.split(found)[0] or None
    if language == "de" and not re.match(r"(?:der|des|aller|von|an|vom)\s", found):
        return found.split(" ")[0] if found[:1].isupper() else None
    kept: list[str] = []
    for word in found.split()[:9]:
        if _VERB[language].fullmatch(word) or (not whole and _LINK[language].fullmatch(word)):
            break
        kept.append(word)
    return " ".join(kept) or None


def _before_of(text: str, start: int, language: str) -> str | None:
    """The scope of a share that stands after it: `占...的80%`."""
    if language != "zh":
        return None
    found = re.search(r"占(?:了|到)?([^，。；：]{2,40}?)的?(?:约|近|超过|逾)?$", text[max(0, start - 44) : start])
    return found[1] if found else None


def _noun(text: str, end: int, language: str, words: _Words) -> tuple[str, int] | None:
    """What a number counts: the noun phrase after it, and where it ends."""
    if language == "zh":
        found = re.match(
            rf"多?(?:{words.measures})([\u3400-\u9fff]{{0,8}}?)(?=[，。；：、（的于从在被由经向]|$)", text[end:]
        )
        return (found[0].lstrip("多"), end + found.end()) if found else None
    rest = re.match(r"[ \u00a0]((?:[^\W\d_][\w-]*)(?: [^\W\d_][\w-]*){0,2})", text[end:])
    if rest is None or _NO_NOUN[language].match(rest[1]):
        return None
    taken: list[str] = []
    for word in rest[1].split(" "):
        if taken and (
            _NO_NOUN[language].match(word) or _VERB[language].fullmatch(word) or _LINK[language].fullmatch(word)
        ):
            break
        taken.append(word)
        if language == "de" and word[:1].isupper():
            break
    if language == "de" and not taken[-1][:1].isupper():
        return None
    if language == "ru" and taken[0][:1].isupper():
        return None
    phrase = " ".join(taken)
    return phrase, end + 1 + len(phrase)


def _ends_with(before: str, signs: str) -> bool:
    return any(before.rstrip(" \u00a0").endswith(sign) for sign in signs.split("|"))


@cache
def _signs() -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows("figure_words.tsv") if row["role"] == "sign")


@cache
def _words(language: str) -> _Words:
    own = [row for row in rows("figure_words.tsv") if row["language"] == language]

    def of(role: str) -> list[dict[str, str]]:
        return [row for row in own if row["role"] == role]

    edge = "" if language == "zh" else r"(?!\w)"
    space = "" if language == "zh" else r"[ \u00a0\u202f-]?"
    units = [(row["word"], *row["value"].split(" ")) for row in of("unit")]
    values = {word: float(row["value"]) for row in of("number") for word in row["word"].split("|")}
    spelled = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
    measures = "|".join(row["word"] for row in of("measure"))
    digits = _DIGITS[language].replace("{units}", "|".join([measures, *(unit[0].replace("*", "") for unit in units)]))
    spelled = rf"(?<!\w)(?:{spelled})(?!\w)" if language != "zh" else spelled
    bounds = [
        (
            re.compile(
                rf"{'' if language == 'zh' else '(?<![^ (])'}{any_of(row['word'])}[ \u00a0$€£¥]*$", re.IGNORECASE
            ),
            bound,
        )
        for bound in ("low", "high", "below", "approx")
        for row in of(bound)
    ]
    return _Words(
        re.compile(rf"(?P<digits>{digits})|(?P<word>{spelled})", re.IGNORECASE),
        values,
        tuple((re.compile(rf"{space}{any_of(row['word'])}{edge}"), float(row["value"])) for row in of("scale")),
        tuple(
            (re.compile(rf"{space}{any_of(word)}{edge}", re.IGNORECASE), unit, kind, float(factor))
            for word, unit, kind, factor in units
        ),
        tuple(bounds),
        tuple((re.compile(any_of(row["word"]), re.IGNORECASE), role) for role in ("up", "down") for row in of(role)),
        tuple((re.compile(any_of(row["word"]), re.IGNORECASE), float(row["value"])) for row in of("twice")),
        re.compile(
            any_of("|".join(row["word"] for row in of("by")))
            + r"|"
            + any_of("|".join(row["word"] for role in ("up", "down") for row in of(role))),
            re.IGNORECASE,
        ),
        measures,
    )
