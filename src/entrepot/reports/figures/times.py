"""Finds the words that name a time, and what interval they mean: dates, months, seasons, weeks ago, last year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from entrepot.reports.figures import calendar
from entrepot.reports.figures.calendar import OPEN, Interval
from entrepot.reports.tables_of_words import rows

_RELATIVE_PRECISION = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "years",
    "decade": "decade",
}


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch that names a time, and how to place it given a year from its neighbour."""

    start: int
    end: int
    interval: Interval
    needs_year: Callable[[int], Interval] | None = None


def find_times(text: str, published: date | None) -> list[Time]:
    """Times in reading order, none overlapping; of two in one place the longer."""
    found: list[Time] = []
    open_gates: dict[re.Pattern[str], bool] = {}
    for gate, pattern, read in _grammar():
        if gate not in open_gates:
            open_gates[gate] = gate.search(text) is not None
        if not open_gates[gate]:
            continue
        for match in pattern.finditer(text):
            atom = read(match, published)
            if atom is not None:
                found.append(Time(match.start(), match.end(), atom.interval, atom.needs_year))
    found.sort(key=lambda a: (a.start, -a.end))
    out: list[Time] = []
    for atom in found:
        if not out or atom.start >= out[-1].end:
            out.append(atom)
        elif atom.end > out[-1].end and atom.start == out[-1].start:
            out[-1] = atom
    return out


_Read = Callable[[re.Match[str], date | None], "Time | None"]


@cache
def _class(name: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in rows("time_words_en.tsv") if row["class"] == name}


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], re.Pattern[str], _Read], ...]:
    months = "|".join(sorted(_class("month"), key=len, reverse=True))
    portions = "|".join(re.escape(p) for p in sorted(_class("portion"), key=len, reverse=True))
    seasons = "|".join(_class("season"))
    units = "|".join(_class("unit"))
    numbers = "|".join(sorted((re.escape(n) for n in _class("number")), key=len, reverse=True))
    weekdays = "|".join(_class("weekday"))
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    yr = r"(?:19|20)\d\d"
    month = rf"(?P<month>{months})\.?"
    portion = rf"(?:(?P<portion>{portions})[ -]?)?"
    lead = rf"(?:(?:{weekdays}),? )?"
    joins = r"(?:-|to|and|until|till)"
    within = r"(?:(?<=in )|(?<=by )|(?<=over )|(?<=since )|(?<=until )|(?<=during )|(?<=before )|(?<=after ))"
    spells = "|".join(sorted(_class("spell"), key=len, reverse=True))
    closing = r"(?:(?:28|29|30|31)(?:st|th)?)"  # the last day of a month
    table: list[tuple[str, _Read]] = [
        (
            rf"(?:the )?(?:(?P<n>\d+|{numbers}) )?(?:fiscal |financial |business )?(?P<unit>{units})s? "
            rf"(?:to|through|ending|ended|(?:that|which) (?:ends|ended))(?: in| on)? (?:{closing} )?{month}(?: {closing})?,? (?P<year>{yr})",
            _months_to,
        ),
        (rf"(?P<year>{yr})-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)", _full),
        (rf"{lead}(?P<day>{day})\.? ?{joins} ?(?P<until>{day})\.? (?:of )?{month},? (?P<year>{yr})", _days),
        (rf"{lead}{month} (?P<day>{day}) ?{joins} ?(?P<until>{day}),? (?P<year>{yr})", _days),
        (rf"{lead}{month} ?(?P<day>{day}),? (?P<year>{yr})", _full),
        (rf"{lead}(?P<day>{day})\.? (?:of )?{month},? (?P<year>{yr})", _full),
        (
            rf"(?:the )?(?P<side>first|last|final) (?P<n>\d+|{numbers}) months of (?P<year>{yr})",
            _some_months,
        ),
        (rf"{portion}{month}(?: of)?,? (?P<year>{yr})", _month_year),
        (rf"{portion}{month},? (?:of )?(?P<which>last|this|next|the previous|the same) year", _month_relative_year),
        (rf"{portion}(?P<which>last|this past|next|this) (?P<month>{months})\b\.?", _relative_month),
        (rf"{lead}(?P<day>{day})\.? ?{joins} ?(?P<until>{day})\.? (?:of )?{month}(?! \d)", _days),
        (rf"{lead}{month} (?P<day>{day})(?!\d|[,.]\d|%| (?:percent|million|billion))", _day_month),
        (rf"(?P<day>{day}) (?:of )?{month}(?! \d)", _day_month),
        (rf"{portion}(?P<month>{months})(?![\w-])\.?", _bare_month),
        (rf"{portion}(?:the )?(?P<decade>(?:18|19|20)\d0)'?s\b", _decade),
        (rf"(?:the )?(?P<season>{seasons})(?: of| in)? (?P<year>{yr})", _season),
        (rf"(?P<which>last|this|next) (?P<season>{seasons})\b", _relative_season),
        (rf"{within}the (?P<season>{seasons})\b(?! of)", _unplaced),
        (rf"{within}the (?:first|second|third|fourth|last) (?:quarter|half)\b(?! of)", _unplaced),
        (rf"the (?:beginning|start|end|middle) of the (?P<unit>{units})\b", _unplaced),
        (rf"(?P<a>{yr})[-/](?P<b>\d\d)(?!\d|-)", _short_range),
        (rf"{portion}(?P<year>{yr})(?![\w%]|[.,]\d| (?:percent|people|tons|shipments|units|kg))(?!-\w*\d)", _year),
        (
            rf"{portion}(?:the )?(?P<which>last|this|next|current|previous|the same|that same|that) (?P<unit>{units})\b",
            _calendar_unit,
        ),
        (rf"(?:earlier|later) (?:this|that) (?P<unit>{units})", _earlier),
        (
            rf"(?:the )?(?P<which>past|last|next|coming|preceding|recent) (?:(?P<n>\d+|{numbers}) )?(?P<unit>{units})s?\b",
            _rolling,
        ),
        (
            rf"(?:(?P<n0>\d+|{numbers}) (?:or|to) )?(?P<n>\d+|{numbers}) (?P<unit>{units})s? (?P<which>ago|earlier|later|before)",
            _ago,
        ),
        (r"yesterday|tomorrow|today|tonight|this (?:morning|afternoon|evening)", _near_day),
        (
            rf"(?:(?:late|early) )?(?:(?P<which>last|next|on|late|early|this) )?(?P<weekday>{weekdays})"
            rf"(?: (?:morning|afternoon|evening|night))?(?![\w'’-]|,? (?:{months})|,? \d| (?-i:[A-Z]))",
            _weekday,
        ),
        (rf"(?:the )?(?P<which>last|this|next|current|previous|past) (?:{spells})\b", _unplaced),
        (rf"(?:the|a) (?P<unit>{units}) (?:before|earlier|previously)\b", _unplaced),
        (r"(?:over|at|during) the weekend|(?P<which>last|this|next) weekend", _unplaced),
    ]
    gates = {
        sign: re.compile(rf"\b(?:{names})", re.IGNORECASE)
        for sign, names in (
            ("(?P<weekday>", weekdays),
            ("(?P<month>", months),
            ("(?P<season>", seasons),
            ("(?P<unit>", units),
            (spells, spells),
            ("weekend", "weekend"),
            ("(?:quarter|half)", "quarter|half"),
        )
    }

    def gate(pattern: str) -> re.Pattern[str]:
        """What a text must hold for a pattern to match: most paragraphs hold no date, and looking for all is slow."""
        if yr in pattern or r"\d0" in pattern:
            return re.compile(r"\d\d")
        if "tomorrow" in pattern:
            return re.compile(r"to(?:morrow|day|night)|yesterday|this ", re.IGNORECASE)
        return next((found for sign, found in gates.items() if sign in pattern), re.compile(""))

    return tuple(
        (gate(pattern), re.compile(rf"(?<![\w$€£.-]){pattern}", re.IGNORECASE), read) for pattern, read in table
    )


def _month_number(match: re.Match[str]) -> int:
    return int(_class("month")[match["month"].lower().rstrip(".")])


def _portion(match: re.Match[str]) -> str:
    found = match.groupdict().get("portion")
    return _class("portion").get(found.lower(), "") if found else ""


def _atom(interval: Interval, needs_year: Callable[[int], Interval] | None = None) -> Time:
    return Time(0, 0, interval, needs_year)


def _full(match: re.Match[str], _published: date | None) -> Time | None:
    number = int(match["m"]) if "m" in match.groupdict() else _month_number(match)
    try:
        found = date(int(match["year"]), number, int(re.sub(r"\D", "", match["day"])))
    except ValueError:
        return None
    return _atom(Interval(found, found, "day"))


def _days(match: re.Match[str], _published: date | None) -> Time | None:
    """`between 3 and 9 May 2024`, `May 3-9`: days of one month."""
    number = _month_number(match)
    first, last = (int(re.sub(r"\D", "", match[group])) for group in ("day", "until"))
    if not 1 <= first < last <= 31:
        return None

    def place(year: int) -> Interval:
        try:
            return Interval(date(year, number, first), date(year, number, last), "day")
        except ValueError:
            return OPEN

    return _atom(place(int(match["year"]))) if "year" in match.groupdict() else _atom(OPEN, place)


def _unplaced(_match: re.Match[str], _published: date | None) -> Time | None:
    """`last season`, `the year before`: a time whose bounds the words do not give."""
    return _atom(OPEN)


def _month_year(match: re.Match[str], _published: date | None) -> Time | None:
    return _atom(calendar.month(int(match["year"]), _month_number(match), _portion(match)))


def _months_to(match: re.Match[str], _published: date | None) -> Time | None:
    """`the 12 months to June 2022`, `the year ended March 2021`: up to the last day of the month."""
    count, unit = _count(match["n"]) if match["n"] else 1, match["unit"].lower()
    if count is None or unit in ("day", "week") or count > 240:
        return None
    year, number = int(match["year"]), _month_number(match)
    last = calendar.last_day(year, number)
    first = calendar.shifted(date(year, number, 1), unit, -count)
    months = calendar.shifted(first, "month", 1)
    return _atom(Interval(months, last, "month"))


def _some_months(match: re.Match[str], _published: date | None) -> Time | None:
    """`the first nine months of 2018`."""
    count, year = _count(match["n"]), int(match["year"])
    if count is None or not 1 <= count <= 12:
        return None
    if match["side"].lower() == "first":
        return _atom(Interval(date(year, 1, 1), calendar.last_day(year, count), "month"))
    return _atom(Interval(date(year, 13 - count, 1), date(year, 12, 31), "month"))


_YEARS = {"last": -1, "this": 0, "current": 0, "next": 1}


def _month_relative_year(match: re.Match[str], published: date | None) -> Time | None:
    step = _YEARS.get(match["which"].lower())
    if published is None or step is None:
        return _atom(OPEN)
    return _atom(calendar.month(published.year + step, _month_number(match), _portion(match)))


def _relative_month(match: re.Match[str], published: date | None) -> Time | None:
    if published is None:
        return _atom(OPEN)
    number, which = _month_number(match), match["which"].lower()
    if which == "this":
        return _atom(calendar.month(published.year, number))
    if which == "next":
        return _atom(calendar.month(published.year + (number <= published.month), number, _portion(match)))
    return _atom(calendar.month(published.year - (number >= published.month), number, _portion(match)))


def _day_month(match: re.Match[str], _published: date | None) -> Time | None:
    number, text = _month_number(match), re.sub(r"\D", "", match["day"])
    if match["month"].islower() and match["month"].lower() in ("may", "march", "mar", "sep", "dec", "jan"):
        return None

    def place(year: int) -> Interval:
        try:
            found = date(year, number, int(text))
        except ValueError:
            return OPEN
        return Interval(found, found, "day")

    return _atom(OPEN, place) if 1 <= int(text) <= 31 else None


def _bare_month(match: re.Match[str], _published: date | None) -> Time | None:
    """A month alone is open; it may get its year from a neighbour. `may` and `march` in small letters are verbs."""
    word = match["month"]
    if not word[0].isupper():
        return None
    if word in ("May", "March", "Mar", "Jan", "Dec", "Apr", "Jun") and not re.search(
        r"(?i)\b(in|of|for|since|until|by|from|between|and|during|before|after|last|next|early|late|mid|through|and|or|to|on)[ -]\Z|^\Z",
        match.string[: match.start()][-12:],
    ):
        return None
    number, portion = _month_number(match), _portion(match)
    return _atom(OPEN, lambda year: calendar.month(year, number, portion))


def _decade(match: re.Match[str], _published: date | None) -> Time | None:
    return _atom(calendar.decade(int(match["decade"]), _portion(match)))


def _season(match: re.Match[str], _published: date | None) -> Time | None:
    return _atom(calendar.season(int(match["year"]), int(_class("season")[match["season"].lower()])))


def _relative_season(match: re.Match[str], published: date | None) -> Time | None:
    if published is None:
        return _atom(OPEN)
    first = int(_class("season")[match["season"].lower()])
    which = match["which"].lower()
    year = published.year + (1 if which == "next" and first <= published.month else 0)
    if which == "last" and (calendar.season(year, first).end or published) >= published:
        year -= 1
    return _atom(calendar.season(year, first))


def _short_range(match: re.Match[str], _published: date | None) -> Time | None:
    first = int(match["a"])
    last = first // 100 * 100 + int(match["b"])
    if last <= first or last - first > 40:
        return None
    return _atom(calendar.span(calendar.year(first), calendar.year(last)))


def _year(match: re.Match[str], _published: date | None) -> Time | None:
    return _atom(calendar.year(int(match["year"]), _portion(match)))


def _calendar_unit(match: re.Match[str], published: date | None) -> Time | None:
    unit, which = match["unit"].lower(), match["which"].lower()
    if published is None or which not in _YEARS:
        return _atom(OPEN)
    if re.match(r"the (last|next)", match[0].lower()) and unit != "day":
        return _atom(_roll(published, which, 1, unit))
    if which == "last" and unit == "day":
        return None
    placed = calendar.around(calendar.shifted(published, unit, _YEARS[which]), unit)
    if _portion(match) and unit == "year" and placed.start:
        placed = calendar.year(placed.start.year, _portion(match))
    if _portion(match) and unit == "month" and placed.start:
        placed = calendar.month(placed.start.year, placed.start.month, _portion(match))
    return _atom(placed)


def _earlier(match: re.Match[str], published: date | None) -> Time | None:
    low = match[0].lower()
    if published is None or " that " in low:
        return _atom(OPEN)
    around = calendar.around(published, match["unit"].lower())
    if low.startswith("earlier"):
        return _atom(Interval(around.start, published, around.precision))
    return _atom(Interval(published, around.end, around.precision))


def _roll(published: date, which: str, count: int | None, unit: str) -> Interval:
    precision = _RELATIVE_PRECISION[unit]
    if which in ("next", "coming"):
        return Interval(published, None if count is None else calendar.shifted(published, unit, count), precision)
    return Interval(None if count is None else calendar.shifted(published, unit, -count), published, precision)


def _rolling(match: re.Match[str], published: date | None) -> Time | None:
    low, number = match[0].lower(), match["n"]
    plural = low.rstrip().endswith("s")
    if number is None and not plural and match["which"].lower() in ("last", "next") and not low.startswith("the "):
        return None
    if published is None or match["which"].lower() == "preceding":
        return _atom(OPEN)
    count = 1 if number is None and not plural else _count(number)
    return _atom(_roll(published, match["which"].lower(), count, match["unit"].lower()))


def _count(number: str | None) -> int | None:
    if number is None:
        return None
    if number.isdigit():
        return int(number)
    value = _class("number").get(number.lower(), "")
    return int(value) if value else None


def _ago(match: re.Match[str], published: date | None) -> Time | None:
    count, which, unit = _count(match["n"]), match["which"].lower(), match["unit"].lower()
    if published is None or which != "ago" or count is None or count > 2000:
        return _atom(OPEN)
    near = calendar.around(calendar.shifted(published, unit, -count), unit)
    other = _count(match["n0"])
    if other is not None:
        far = calendar.around(calendar.shifted(published, unit, -other), unit)
        return _atom(calendar.span(near, far))
    return _atom(near)


def _near_day(match: re.Match[str], published: date | None) -> Time | None:
    if published is None:
        return _atom(OPEN)
    found = published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0))
    return _atom(Interval(found, found, "day"))


def _weekday(match: re.Match[str], published: date | None) -> Time | None:
    """`last Monday` is placed before the document's day; a bare weekday may lie on either side and stays open. Names such as
    `Black Friday` and `Bloody Sunday` are no days."""
    before = match.string[: match.start()].split()[-1:]
    if match["which"] is None and before and before[0].isalpha() and before[0][0].isupper() and len(before[0]) > 3:
        return None
    if published is None or (match["which"] or "").lower() != "last":
        return _atom(OPEN)
    back = (published.weekday() - int(_class("weekday")[match["weekday"].lower()])) % 7 or 7
    found = published - timedelta(days=back)
    return _atom(Interval(found, found, "day"))
