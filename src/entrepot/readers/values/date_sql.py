"""`parse_date` in DuckDB's SQL."""

from __future__ import annotations

from entrepot.readers.values.dates import (
    ENDS_WITH_TIME,
    FORMS,
    NAME_OF_MONTH,
    PIVOT,
    SERIAL,
    UTC_TIME,
    DateStyle,
    Form,
    forms_of,
    month_names,
)
from entrepot.readers.values.nulls import SPACES, one_of, quoted, re2

_DEFAULT = DateStyle()


def date_sql(expression: str, style: DateStyle = _DEFAULT) -> str:
    """The date of `parse_date` as a DuckDB expression of type DATE.

    The form that is usual in the column takes DuckDB's own parser; what that cannot read, and holds a digit, is tried
    against every form of `FORMS`.
    """
    within = f"BETWEEN DATE '{style.earliest}' AND DATE '{style.latest}'"
    # A list of one names what stands several times: DuckDB would compute a repeated expression again.
    # No regular expression inside: DuckDB would compile it for every row.
    careful = f"list_filter([{_careful(expression, style)}], lambda day: day {within})[1]"
    rest = f"WHEN regexp_matches({expression}, '[0-9]') THEN {careful} END"
    fast = _fast(expression, style)
    skip = f"WHEN {one_of(expression, style.nulls)} THEN NULL " if style.nulls else ""
    return f"CASE {skip}{rest}" if fast is None else f"CASE {skip}WHEN {fast} {within} THEN {fast} {rest}"


def date_precision_sql(expression: str, style: DateStyle = _DEFAULT, *, date: str | None = None) -> str:
    """The precision of `parse_date` as a DuckDB expression, NULL where the date is.

    Args:
        date: an expression (a column) that already holds `date_sql`, so that it is not computed again.
    """
    within = f"BETWEEN DATE '{style.earliest}' AND DATE '{style.latest}'"
    fast = _fast(expression, style)
    first = "" if fast is None else f"WHEN {fast} {within} THEN '{FORMS[style.form].precision}' "
    steps = [f"WHEN {_matches(expression, form.pattern)} THEN '{form.precision}'" for form in _forms(style)]
    if "serial" in style.digits:
        steps.insert(0, f"WHEN {_matches(expression, SERIAL)} THEN 'day'")
    careful = f"CASE {' '.join(steps)} END"
    return f"CASE {first}WHEN ({date or date_sql(expression, style)}) IS NOT NULL THEN {careful} END"


def _forms(style: DateStyle) -> list[Form]:
    return [FORMS[name] for name in forms_of(style)]


def _fast(expression: str, style: DateStyle) -> str | None:
    """DuckDB's own reading of the usual form, NULL where it is another form.

    Its parser takes the words `epoch` and `infinity` for days up to 1970, and one digit for a year without century.
    """
    if style.earliest.year <= 1970:
        return None
    if style.form == "ymd":
        if style.utc_shift:
            moment = f"TRY_CAST({expression} AS TIMESTAMP) + INTERVAL {style.utc_shift} MINUTE"
            return f"CASE WHEN suffix({expression}, 'Z') THEN CAST({moment} AS DATE) END"
        return f"TRY_CAST({expression} AS DATE)"
    if not style.strptime:
        return None
    parsed = f"CAST(TRY_STRPTIME({expression}, {quoted(style.strptime)}) AS DATE)"
    if style.form == "ymd8":
        return f"CASE WHEN strlen({expression}) = 8 THEN {parsed} END"
    if style.strptime.endswith("%y"):
        return f"CASE WHEN {expression}[-2] BETWEEN '0' AND '9' THEN {parsed} END"
    return parsed


def _careful(expression: str, style: DateStyle) -> str:
    steps = []
    if style.utc_shift:
        parts = f"regexp_replace({expression}, {_whole(UTC_TIME)}, '\\1-\\2-\\3 \\4:\\5:00')"
        moment = f"TRY_CAST({parts} AS TIMESTAMP) + INTERVAL {style.utc_shift} MINUTE"
        steps.append(f"WHEN {_matches(expression, UTC_TIME)} THEN CAST({moment} AS DATE)")
    if "serial" in style.digits:
        days = f"TRY_CAST(regexp_extract({expression}, {_whole(SERIAL)}, 1) AS INTEGER)"
        steps.append(f"WHEN {_matches(expression, SERIAL)} THEN DATE '1899-12-30' + {days}")
    steps += [
        f"WHEN {_matches(expression, form.pattern)} THEN {_day(expression, form, style)}" for form in _forms(style)
    ]
    return f"CASE {' '.join(steps)} END"


def _day(expression: str, form: Form, style: DateStyle) -> str:
    """The date of a text that has the form."""
    text = f"regexp_replace({expression}, {quoted(re2(f'^[{SPACES}]+|[{SPACES}]+$'))}, '', 'g')"
    pattern = quoted(re2(f"^{form.pattern}$"))

    def part(number: int) -> str:
        return f"regexp_extract({text}, {pattern}, {number})" if number else "'1'"

    if NAME_OF_MONTH in form.pattern:
        # One text to search binds a hundred times faster than a map of as many constants. '' where it is no month.
        months = "".join(f"|{name}={month:02}" for name, month in month_names(style.languages).items())
        month = f"left(split_part({quoted(months)}, '|' || lower({part(form.month)}) || '=', 2), 2)"
        rest = f"{month} || '-' || {part(form.day)}"
    elif form.short_year:
        rest = f"{part(form.month)} || '-' || {part(form.day)}"
    else:
        parts = "-".join(f"\\{number}" if number else "1" for number in (form.year, form.month, form.day))
        return f"TRY_CAST(regexp_replace({text}, {pattern}, '{parts}') AS DATE)"
    century = f"CASE WHEN {part(form.year)} >= '{PIVOT}' THEN '19' ELSE '20' END || " if form.short_year else ""
    return f"TRY_CAST({century}{part(form.year)} || '-' || {rest} AS DATE)"


def _matches(expression: str, pattern: str) -> str:
    return f"regexp_matches({expression}, {_whole(pattern)})"


def _whole(pattern: str) -> str:
    end = "" if pattern.endswith(ENDS_WITH_TIME) else f"[{SPACES}]*"
    return quoted(re2(f"^[{SPACES}]*{pattern}{end}$"))
