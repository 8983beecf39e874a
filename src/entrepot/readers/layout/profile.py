"""What the values of a column look like: the evidence beside the header."""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from entrepot.data import HS2022, HS_CONCORDANCE, bundled
from entrepot.model.hs import digits
from entrepot.model.places import area_kind, country
from entrepot.readers.layout.folding import fold
from entrepot.readers.layout.lexicon import table, word_set
from entrepot.readers.values import (
    NumberStyle,
    clean,
    currency,
    incoterm,
    infer_number_style,
    kilograms_per,
    parse_number,
    quantity_unit,
    transport_mode,
)
from entrepot.readers.values.lists import table as months

_SLACK = 0.1
"""Share of rows by which one column may be emptier than another like it and still be as good. To it comes what chance gives: one
over the root of the rows, or twice the spread of the ratio of two shares."""

_DISTINCT = 240
"""Distinct values looked at: shares settle within a few points long before (2,000 rows of the real files)."""

_MONTHS = "(?:" + "|".join(sorted({re.escape(row[0][:3]) for row in months("months")})) + r")[^\W\d_]*"
"""The first three letters of a month in any language that the reader of dates knows."""

_DAY = re.compile(
    r"(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/. ]" + _MONTHS + r"[-/., ]+(?:(?:19|20)\d\d|\d\d)"
    r"|" + _MONTHS + r" (?:0?[1-9]|[12]\d|3[01]),? (?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:[t ,]+\d{1,2}:\d\d.*)?",
    re.I,
)
MONTH = re.compile(
    r"(?:" + _MONTHS + r"[-/., ']*(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/. ]?(?:0?[1-9]|1[0-2])"
    r"|(?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月|(?:19|20)\d\d[- ]?m(?:0?[1-9]|1[0-2])|(?:19|20)\d\d[-/ ]?"
    + _MONTHS
    + r")",
    re.I,
)
"""A month with its year."""

_BARE_MONTH = re.compile(r"0?[1-9](?:\.0)?|1[0-2](?:\.0)?|" + _MONTHS + r"\.?", re.I)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?")
_IDENTIFIER = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 ./\-]{4,24}", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+|(?:https?://|www\.)\S+", re.I)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TELEPHONE = re.compile(
    r"(?:[^\W\d_]{1,9}[^\w+(]{0,3})?[+(]{0,2}(?:\d[ ().,;/+\-]{0,3}){7,}(?:(?:ext|доб|x)\W{0,2}\d{1,6})?", re.I
)
"""Seven digits are the shortest that a subscriber's number has with its area (ITU-T E.164 allows up to fifteen); several may
stand in one cell."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_CONTAINER = re.compile(r"[A-Z]{4} ?\d{6,7}\b.*")
_WORDS = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_DECLARATION_TYPE = re.compile(r"[^\W\d_]{2}[ -]?\d{1,2}(?:[ -].{0,4})?$")
"""`IM 4`, `ЭК10`, `ІМ 40 ДЕ`."""


@dataclass(frozen=True)
class Profile:
    """The values of one column, in the order of the rows (None where a cell stands for no value).

    Shares are between 0 and 1, of the values that are there, weighted by how often each occurs unless said otherwise.
    """

    values: tuple[str | None, ...]

    @cached_property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The most frequent distinct values with their counts."""
        return tuple(Counter(value for value in self.values if value is not None).most_common(_DISTINCT))

    @cached_property
    def distinct(self) -> int:
        """Number of distinct values."""
        return len({value for value in self.values if value is not None})

    @cached_property
    def filled(self) -> float:
        """Share of rows with a value."""
        return sum(value is not None for value in self.values) / len(self.values) if self.values else 0.0

    @property
    def empty(self) -> bool:
        """Whether no row has a value."""
        return not self.counts

    @cached_property
    def style(self) -> NumberStyle:
        """How its numbers are written."""
        return infer_number_style([value for value, _ in self.counts])

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """The values as numbers, row by row; None where there is none, and throughout where few values are numbers."""
        if self.numeric < 0.3:
            return (None,) * len(self.values)
        read = {value: self._number(value) for value in set(self.values) if value is not None}
        return tuple(None if value is None else read[value] for value in self.values)

    def _number(self, text: str) -> float | None:
        plain = self.style.decimal == "." and _PLAIN.fullmatch(text)
        return float(text) if plain else parse_number(text, self.style)

    @cached_property
    def numeric(self) -> float:
        """Share of values that are numbers."""
        if not any(_DIGIT.search(value) for value, _ in self.counts):
            return 0.0
        return self._share(lambda text: self._number(text) is not None)

    @cached_property
    def zeros(self) -> float:
        """Share of values that are zero."""
        there = [number for number in self.numbers if number is not None]
        return sum(number == 0 for number in there) / len(there) if there else 0.0

    @cached_property
    def integers(self) -> float:
        """Share of numbers that are whole."""
        there = [number for number in self.numbers if number is not None]
        return sum(number == int(number) for number in there) / len(there) if there else 0.0

    @property
    def useful(self) -> float:
        """Share of rows with a value that is not zero."""
        return self.filled * (1 - self.zeros * (self.numeric > 0.9))

    def emptier(self, most: float) -> float:
        """By how much fewer of its rows are useful than `most`, beyond what chance and habit leave out: 0 to 1."""
        if not most:
            return 0.0
        rows = len(self.values)
        chance = max(1 / math.sqrt(rows), 2 * math.sqrt(2 * max(0.0, 1 - most) / (most * rows))) if rows else 0.0
        return max(0.0, 1 - self.useful / most - _SLACK - chance)

    @cached_property
    def largest(self) -> float:
        """The largest number, 0 where there is none."""
        return max((number for number in self.numbers if number is not None), default=0.0)

    @cached_property
    def rising(self) -> bool:
        """Whether the numbers count the rows: each is more than the one before by the rows between them."""
        there = [(row, number) for row, number in enumerate(self.numbers) if number is not None]
        steps = [b - a == below - above for (above, a), (below, b) in pairwise(there)]
        return len(steps) >= 2 and sum(steps) >= 0.95 * len(steps)

    @cached_property
    def restarts(self) -> bool:
        """Whether the numbers count and begin again at 1, as lines of a declaration do."""
        there = [number for number in self.numbers if number is not None]
        ones = sum(number == 1 for number in there)
        steps = sum(b == a + 1 for a, b in pairwise(there))
        return ones >= 2 and ones + steps >= 0.9 * len(there)

    @cached_property
    def constant(self) -> bool:
        """Whether every row holds one and the same value."""
        return self.distinct == 1

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of values that a pattern fits from end to end."""
        return self._share(lambda text: bool(pattern.fullmatch(text)))

    @cached_property
    def days(self) -> float:
        """Share of dates to the day."""
        return self.share(_DAY)

    @cached_property
    def of_month(self) -> bool:
        """Whether these may be days of a month."""
        return self.numeric > 0.9 and self.integers == 1 and self.largest <= 31

    @cached_property
    def months(self) -> float:
        """Share of months (`Apr 2025`, `2025-04`)."""
        return self.share(MONTH)

    @cached_property
    def bare_months(self) -> float:
        """Share of months without their year: a name, or a number from 1 to 12."""
        return self.share(_BARE_MONTH)

    @cached_property
    def years(self) -> float:
        """Share of years, and of financial years such as `2023/24`."""
        return self._share(lambda text: bool(_YEAR.fullmatch(text)) and not MONTH.fullmatch(text))

    @cached_property
    def hs_lengths(self) -> dict[int, float]:
        """Share of values that are commodity codes of so many digits, with a chapter that exists (01 to 97)."""
        lengths: Counter[int] = Counter()
        total = 0
        for value, count in self.counts:
            total += count
            code = digits(value)
            if code and len(code) <= 13 and "01" <= code[:2] <= "99" and code[:2] != "77":
                lengths[len(code)] += count
        return {length: count / total for length, count in lengths.items()} if total else {}

    @cached_property
    def hs(self) -> float:
        """Share of values that are commodity codes of six digits or more."""
        return sum(share for length, share in self.hs_lengths.items() if length >= 5)

    @cached_property
    def hs_known(self) -> float:
        """Share of values whose first six digits are in the nomenclature of any edition since 1992. Chance gives 0.01:
        six thousand codes of a million."""
        known = _nomenclature()
        return self._share(lambda text: (digits(text) or "")[:6] in known or "0" + (digits(text) or "")[:5] in known)

    @cached_property
    def countries(self) -> float:
        """Share of values that name a country or an area of countries."""
        return self._share(
            lambda text: len(text) < 60 and not text.isdigit() and bool(country(text) or area_kind(text))
        )

    @cached_property
    def named_countries(self) -> tuple[tuple[str, float], ...]:
        """The countries it names, most frequent first, with their shares."""
        named: Counter[str] = Counter()
        total = 0
        for value, count in self.counts:
            total += count
            code = country(value) if len(value) < 60 else None
            if code:
                named[code] += count
        return tuple((code, count / total) for code, count in named.most_common())

    @cached_property
    def currencies(self) -> float:
        """Share of values that are currencies."""
        return self._share(lambda text: bool(currency(text)))

    @cached_property
    def incoterms(self) -> float:
        """Share of values that are incoterms."""
        return self._share(lambda text: bool(incoterm(text)) or text[:3].upper() in _incoterm_codes())

    @cached_property
    def modes(self) -> float:
        """Share of values that are modes of transport, by word."""
        return self._share(lambda text: bool(transport_mode(text)) or _kind(text) == "mode")

    @cached_property
    def directions(self) -> float:
        """Share of values that are import, export or the like."""
        return self._share(
            lambda text: (
                _kind(re.sub(r"[\d\W]+$", "", text)) == "direction"
                or (bool(_DECLARATION_TYPE.match(text)) and _kind(text[:2]) == "direction")
            )
        )

    @cached_property
    def units(self) -> float:
        """Share of values that are units of quantity."""
        return self._share(lambda text: bool(quantity_unit(text) or kilograms_per(text)))

    @cached_property
    def letters(self) -> float:
        """Mean share of letters in a value."""
        return self._mean(lambda text: sum(c.isalpha() for c in text) / len(text))

    @cached_property
    def words(self) -> float:
        """Mean number of words in a value; scripts without spaces count a word for two letters."""
        return self._mean(lambda text: len(text.split()) + sum("\u3040" <= c <= "\u9fff" for c in text) / 2)

    @cached_property
    def length(self) -> float:
        """Mean length of a value."""
        return self._mean(len)

    @cached_property
    def company_like(self) -> float:
        """Share of values with a word that marks a company."""
        forms = word_set("legal_forms")
        return self._share(lambda text: any(word in forms for word in _marks(text)))

    @cached_property
    def leading_ids(self) -> float:
        """Share of values that begin with a number of eight digits or more before a name."""
        return self.share(re.compile(r"\d{8,15}\s.*[^\W\d_]{2}.*", re.S))

    @cached_property
    def address_like(self) -> float:
        """Share of values with a digit and a word that marks an address, or with a postal code."""
        marks = word_set("address_words")
        return self._share(lambda text: any(c.isdigit() for c in text) and any(word in marks for word in _marks(text)))

    @cached_property
    def place_like(self) -> float:
        """Share of values with a word that marks a port or a customs office."""
        marks = word_set("place_words")
        return self._share(lambda text: any(word in marks for word in _marks(text)))

    @cached_property
    def identifiers(self) -> float:
        """Share of values that could be a registration or document number: 5 to 25 letters and digits, some digits."""
        return self.share(_IDENTIFIER)

    @cached_property
    def emails(self) -> float:
        """Share of electronic addresses."""
        return self.share(_EMAIL)

    @cached_property
    def reachable(self) -> float:
        """Share of telephone numbers and mail addresses."""
        return self._share(lambda text: bool(_MAIL.search(text) or _TELEPHONE.fullmatch(text)))

    @cached_property
    def uuids(self) -> float:
        """Share of UUIDs."""
        return self.share(_UUID)

    @cached_property
    def containers(self) -> float:
        """Share of container numbers (ISO 6346)."""
        return self.share(_CONTAINER)

    @cached_property
    def imo(self) -> float:
        """Share of IMO ship numbers whose check digit is right."""
        return self._share(_is_imo)

    @cached_property
    def coded(self) -> float:
        """Share of values that are short codes: up to three characters, or digits."""
        return self._share(lambda text: len(text) <= 3 or text.isdigit())

    def _share(self, test: object) -> float:
        assert callable(test)
        total = sum(count for _, count in self.counts)
        return sum(count for value, count in self.counts if test(value)) / total if total else 0.0

    def _mean(self, measure: object) -> float:
        assert callable(measure)
        return sum(float(measure(value)) for value, _ in self.counts) / len(self.counts) if self.counts else 0.0


def profile(values: Sequence[str | None]) -> Profile:
    """The profile of a column; texts that stand for no value (`NULL`, `-`, `N/A`) count as none."""
    cleaned: dict[str | None, str | None] = {value: clean(value) for value in set(values)}
    return Profile(tuple(cleaned[value] for value in values))


@cache
def _nomenclature() -> frozenset[str]:
    with gzip.open(bundled(HS2022), "rt", encoding="utf-8") as lines:
        codes = {line.split(",", 1)[0] for line in lines}
    with gzip.open(bundled(HS_CONCORDANCE), "rt", encoding="utf-8") as lines:
        codes |= {line.strip().split(",")[3] for line in lines}
    return frozenset(code for code in codes if len(code) == 6 and code.isdigit())


@cache
def _kinds() -> dict[str, str]:
    return {fold(word): kind for word, kind in table("modes")}


def _kind(text: str) -> str | None:
    return _kinds().get(fold(text))


@cache
def _incoterm_codes() -> frozenset[str]:
    return frozenset(row[0] for row in table("incoterms"))


def _marks(text: str) -> list[str]:
    found = _WORDS.findall(fold(text))
    return found if text.isascii() else [*found, text[-4:], text[-2:], text[:4]]


def _is_imo(text: str) -> bool:
    number = re.sub(r"^IMO\s*", "", text.upper())
    number = number.removesuffix(".0")
    return (
        len(number) == 7
        and number.isdigit()
        and sum(int(d) * w for d, w in zip(number, range(7, 1, -1), strict=False)) % 10 == int(number[6])
    )
