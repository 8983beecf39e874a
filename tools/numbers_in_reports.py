"""Counts the numbers of the real reports' prose and says which are figures of a claim, which are told apart as something else,
and which were left out. No expected answer is here: a person compares the list with the reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from entrepot.reports import find_periods, read_report
from entrepot.reports.claim import Claim
from entrepot.reports.reading import Report
from entrepot.reports.tables_of_words import rows, words
from entrepot.reports.wording import mended

_DIGITS = r"(?<![A-Za-z\d])[$€£¥]?\d[\d.,]*\d|(?<![A-Za-z\d])[$€£¥]?\d"
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’»]?\s+(?=[A-Z“\"«–—])")
_NAMED = re.compile(r"\d+(?:st|nd|rd|th)\b")
_POINTING = re.compile(r"(?:the|these|those|both|of)\s+$", re.IGNORECASE)


def numbers(data: Path) -> Mapping[str, object]:
    """Counts over the five reports and, for each sentence with a number, the figures and the time that its claims hold."""
    files = sorted((data / "reports").glob("*.txt"))
    if not files:
        return {"skipped": f"{data / 'reports'} is absent"}
    counted: Counter[str] = Counter()
    left_out: list[str] = []
    sentences: list[dict[str, object]] = []
    for file in files:
        report = read_report(file)
        for start, end in _sentences(report):
            text = report.document.text[start:end]
            found = [(start + a, start + b) for a, b in _numbers(mended(text))]
            for a, b in found:
                reason = _reason(report, a, b)
                counted[reason] += 1
                if reason == "left out":
                    left_out.append(f"{file.name[:3]}: …{report.document.text[max(start, a - 25) : min(end, b + 25)]}…")
            if found:
                sentences.append({"report": file.name[:3], "sentence": text, "read": _read(report, start, end)})
    claimed = counted.pop("in a claim", 0)
    missed = counted.pop("left out", 0)
    return {
        "numbers_in_prose": claimed + missed + sum(counted.values()),
        "in_a_claim": claimed,
        "told_apart": dict(counted.most_common()),
        "left_out": missed,
        "left_out_are": left_out,
        "sentences": sentences,
    }


def printed(found: Mapping[str, object]) -> Iterator[str]:
    """The same as lines for a reader."""
    sentences = found.get("sentences")
    if isinstance(sentences, list):
        for entry in sentences:
            yield f"[{entry['report']}] {entry['sentence']}"
            yield from (f"      {line}" for line in entry["read"])
    yield ", ".join(f"{name}: {value}" for name, value in found.items() if name != "sentences")


def _sentences(report: Report) -> Iterator[tuple[int, int]]:
    for paragraph in report.document.prose:
        text = report.document.text[paragraph.start : paragraph.end]
        at = 0
        for cut in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
            yield paragraph.start + at, paragraph.start + cut
            at = cut


@cache
def _pattern() -> re.Pattern[str]:
    names = {row["word"] for row in rows("numbers_en.tsv") if row["class"] != "suffix"}
    names |= {row["word"] for row in rows("ratios_en.tsv")} | {
        row["phrase"].split()[-1] for row in rows("fractions_en.tsv")
    }
    names |= {"doubled", "tripled", "quadrupled", "halved", "trebled", "doubling", "tripling", "halving"}
    names |= {"first", "second", "third", "fourth", "fifth", "tenth"}
    word = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    one = rf"(?:{_DIGITS}|\b(?:{word})s?\b)"
    return re.compile(rf"{one}(?:[ -]{one})*", re.IGNORECASE)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Runs of digits and number words; `20 million` is one."""
    yield from (match.span() for match in _pattern().finditer(text))


def _reason(report: Report, start: int, end: int) -> str:
    """What became of a number: `in a claim`, why it is told apart, or `left out`."""
    claims = [c for c in report.claims if c.start <= start < c.end]
    if any(q.start < end and start < q.end for c in claims for q in c.quantities):
        return "in a claim"
    paragraph = next(p for p in report.document.prose if p.start <= start < p.end)
    text = mended(report.document.text[paragraph.start : paragraph.end])
    a, b = start - paragraph.start, end - paragraph.start
    if any(p.start < b and a < p.end for p in find_periods(text, report.document.header.published)):
        return "time"
    if any(m.kind == "designator" and m.start < end and start < m.end for _, m in report.mentions):
        return "designator"
    word, after = text[a:b].lower(), text[b : b + 40]
    if _NAMED.match(text[a : b + 2]) or word in ("first", "second", "third", "fourth", "fifth", "tenth"):
        return "ordinal"
    if re.fullmatch(r"1[0-8]\d\d|19\d\d|20\d\d", word):
        return "year in a name"
    following = next(iter(re.findall(r"[A-Za-z]+", after)), "").lower()
    if following in words("measure_nouns_en.tsv", "duration"):
        return "duration"
    if word == "one":
        return "one as a pronoun or article"
    if word == "double" and after.startswith("-"):
        return "part of a word"
    if _POINTING.search(text[:a]) and not word[0].isdigit():
        return "parties named before"
    return "left out"


def _read(report: Report, start: int, end: int) -> list[str]:
    out = []
    for claim in report.claims:
        if claim.start < end and start < claim.end:
            inside = [q for q in claim.quantities if start <= q.start < end]
            out += [f"{q.kind}: {_bounds(q.value, q.low, q.high)} {q.unit} of {q.of}" + _time(claim) for q in inside]
            if not inside and claim.period is not None:
                out.append(f"{claim.relation}:" + _time(claim))
    return list(dict.fromkeys(out))


def _bounds(value: float | None, low: float | None, high: float | None) -> str:
    def shown(number: float | None) -> str:
        return "" if number is None else f"{number:g}" if abs(number) < 1e6 else f"{number:,.0f}"

    if value is not None and low == high == value:
        return shown(value)
    return f"{shown(value) or '-'} [{shown(low)}..{shown(high)}]"


def _time(claim: Claim) -> str:
    if claim.period is None:
        return ""
    return f", {claim.period.text} ({claim.period.first or ''}..{claim.period.last or ''})"
