"""Reads attributions in languages without a parser, by patterns kept as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from entrepot.readers.documents import Document
from entrepot.reports.attribution.discourse import NamedHop
from entrepot.reports.attribution.roles import is_outlet
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.language.carried_words import carried
from entrepot.reports.language.russian import russian_names
from entrepot.reports.language.word_figures import find_quantities, goods_of
from entrepot.reports.language.word_names import names_by_rules
from entrepot.reports.language.word_periods import find_periods
from entrepot.reports.naming import Mention
from entrepot.reports.tables_of_words import rows
from entrepot.reports.when import apart_by_time

_SENTENCE = {
    "zh": re.compile(r"[^。！？]+[。！？”]*"),
    "": re.compile(r"\S.*?(?:[.!?…][\"„“”»«)\]]*(?=\s+[\"„“»«A-ZÄÖÜА-ЯЁ0-9]|\s*\Z)|\Z)", re.DOTALL),
}
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|Mio|Mrd|Nr|St|bzw|ca|usw|etc|z\. ?B|d\. ?h|u\. ?a|г|им|ул)|\b\d{1,2}|\b[A-ZА-Я])\.\Z"
)
_FEWEST = 4
_PRONOUNS = frozenset({"er", "sie", "он", "она", "他", "她"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in a text: character ranges; source and content may be missing."""

    rule: str
    stance: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[int, int] | None


def has_rules(language: str) -> bool:
    """Whether there are patterns for a language."""
    return language in _patterns()


def find_by_rules(text: str, language: str) -> list[Found]:
    """Attributions of one paragraph, in order, at most one per cue."""
    out: list[Found] = []
    for start, end in sentences(text, language):
        sentence = text[start:end]
        taken: list[tuple[int, int]] = []
        for rule, pattern, stance in _patterns().get(language, ()):
            for match in pattern.finditer(sentence):
                cue = match.span("cue")
                if any(a < cue[1] and cue[0] < b for a, b in taken):
                    continue
                taken.append(cue)
                groups = match.groupdict()
                source = match.span("source") if groups.get("source") else None
                content = match.span("content") if groups.get("content") else _rest(sentence, match)
                out.append(
                    Found(
                        rule,
                        stance,
                        _moved(cue, start),
                        None if source is None else _moved(source, start),
                        None if content is None else _moved(content, start),
                    )
                )
    return sorted(out, key=lambda f: f.cue)


def read_by_rules(document: Document) -> tuple[list[Claim], list[tuple[int, Mention]]]:
    """Claims of a document, one per sentence, and the names it mentions with the numbers of their paragraphs.

    A claim has the attribution that a pattern finds, its figures, its first period, its countries, the goods that are counted or
    weighed, and designators. Subjects and objects are left out: patterns do not carry them.
    """
    claims: list[Claim] = []
    mentioned: list[tuple[int, Mention]] = []
    for number, paragraph in enumerate(document.paragraphs, 1):
        if paragraph.kind != "prose":
            continue
        text = document.text[paragraph.start : paragraph.end]
        found = find_by_rules(text, document.language)
        mentions = _mentions(text, document.language)
        mentioned += [(number, _shifted(m, paragraph.start)) for m in mentions]
        periods = find_periods(text, document.language, document.header.published)
        taken = tuple((p.start, p.end) for p in periods) + tuple(
            (m.start, m.end) for m in mentions if m.kind == "designator"
        )
        quantities = find_quantities(text, document.language, taken)
        for start, end in sentences(text, document.language):
            if document.language != "zh" and len(text[start:end].split()) < _FEWEST:
                continue
            inside = [f for f in found if start <= f.cue[0] < end]
            hops = tuple(_hop(text, paragraph.start, f) for f in inside if f.source is not None)
            period = next((p for p in periods if start <= p.start < end), None)
            own = [m for m in mentions if start <= m.start < end]
            claims.append(
                Claim(
                    claim_id=f"{document.document_id}-c{len(claims) + 1}",
                    document_id=document.document_id,
                    document=document.name,
                    paragraph=number,
                    quote=text[start:end],
                    start=paragraph.start + start,
                    end=paragraph.start + end,
                    stance=next((f.stance for f in inside if f.stance != "asserts"), "asserts"),
                    hedged=any(f.stance == "alleges" for f in inside),
                    negated=False,
                    own_voice=not inside,
                    subject=None,
                    relation="",
                    object=None,
                    goods=tuple(
                        dict.fromkeys(
                            [
                                *(goods for q in quantities if start <= q.start < end and (goods := goods_of(q))),
                                *(m.name for m in own if m.kind == "designator"),
                            ]
                        )
                    ),
                    places=tuple(dict.fromkeys(m.name for m in own if m.kind == "place")),
                    quantities=tuple(
                        replace(q, start=q.start + paragraph.start, end=q.end + paragraph.start)
                        for q in quantities
                        if start <= q.start < end
                    ),
                    period=None
                    if period is None
                    else ClaimPeriod(period.first, period.last, period.text, period.precision),
                    attribution=hops,
                    secondhand=any(h.role == "outlet" for h in hops),
                )
            )
    timed = [
        part for whole in carried(claims, document.language, document.header.outlet) for part in _timed(whole, document)
    ]
    return [replace(c, claim_id=f"{document.document_id}-c{n}") for n, c in enumerate(timed, 1)], mentioned


def _timed(claim: Claim, document: Document) -> list[Claim]:
    """The claim, or one per figure where each has its own time right behind (`1,2 Millionen im Jahr 2022`)."""
    periods = find_periods(claim.quote, document.language, document.header.published)
    return apart_by_time(claim, periods, claim.start)


def _mentions(text: str, language: str) -> list[Mention]:
    """Names by rules, and in Russian those of the tagger where it is installed; of two in one place the rules' stays."""
    found = names_by_rules(text, language)
    for mention in (russian_names(text) or ()) if language == "ru" else ():
        if not any(m.start < mention.end and mention.start < m.end for m in found):
            found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _shifted(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Sentences as character ranges; a break after an abbreviation or a day's number is none."""
    start: int | None = None
    for match in _SENTENCE.get(language, _SENTENCE[""]).finditer(text):
        start = match.start() if start is None else start
        if _ABBREVIATION.search(text[start : match.end()]) and match.end() < len(text):
            continue
        yield start, match.end()
        start = None
    if start is not None:
        yield start, len(text.rstrip())


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str], str], ...]]:
    out: dict[str, tuple[tuple[str, re.Pattern[str], str], ...]] = {}
    for row in rows("patterns.tsv"):
        out[row["language"]] = (*out.get(row["language"], ()), (row["rule"], re.compile(row["pattern"]), row["stance"]))
    return out


def _rest(sentence: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The longer side of the sentence beside the matched phrase."""
    before, after = (0, match.start()), (match.end(), len(sentence.rstrip(" .")))
    chosen = max(before, after, key=lambda span: span[1] - span[0])
    start, end = chosen
    while start < end and sentence[start] in " ,:":
        start += 1
    return (start, end) if end - start > 3 else None


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _hop(text: str, base: int, found: Found) -> NamedHop:
    start, end = found.source or found.cue
    name = text[start:end]
    if name.lower() in _PRONOUNS:
        return NamedHop(
            "unresolved", "unnamed", "said", base + start, base + end, found.rule + "+unresolved", name, resolved=False
        )
    role = "outlet" if is_outlet(name) else "agency"
    return NamedHop(name, role, "said", base + start, base + end, found.rule)
