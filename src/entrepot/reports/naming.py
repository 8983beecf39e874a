"""Names in a report: acronyms that it introduces, one key per party, goods with designators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.parsed import text_of
from entrepot.reports.placing import is_place_after_all, place_words, places_left_out
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_IN_BRACKETS = re.compile(
    r"((?:(?:[A-Z][\w.&'-]*|of|the|for|and|de|du|des|der|für|del|la)\s+){1,9})\(\"?(?:the |or )?([A-Z][A-Za-z.&-]{1,9})\"?\)"
)
_ALSO = re.compile(
    r"((?:[A-Z][\w.&'-]*,?\s+(?:(?:&|of|and|the)\s+)?){1,8}(?:Co\.?|Ltd\.?|Inc\.?|LLC|Corp\.?)?),? (?:also |better )?known as (?:the )?\"?([A-Z][\w-]{1,15})"
)
_APPOSED = re.compile(
    r"((?:[Tt]he )?(?:[A-Z]\w+ )?(?:[a-z]+ )?(?:service|agency|ministry|committee|bureau|office|council|authority|directorate|organi[sz]ation|union|company|corporation|bank)), ([A-Z]{2,6})\b"
)
_CAPITALS = re.compile(r", [A-Z]{2}")
DESIGNATOR = re.compile(
    r"(?<![\w./-])(?:"
    r"[A-Z]{1,5}-?\d{1,4}(?:[A-Z]{0,3}\d{0,3})?(?:-\d{1,3}[A-Z]{0,2})?"  # M16, T-72B3, AK-74, Mi-8, R-77-1
    r"|\d[A-Z][A-Za-z]?\d{1,4}[A-Z]?(?:-\d+)?"  # 6B45, 6Sh117, 9K38
    r"|[A-Z]{2,3}-[A-Z]{1,2}"  # CQ-A, TB-X
    r"|[A-Z][a-z]{1,3}-\d{1,3}[A-Z]{0,3}"  # Mi-8, Su-34, Ka-52, Kh-101
    r"|[A-Z]{2,}\d{2,}[A-Z\d]*(?:-[A-Z\d]+)*"  # STM32F407, XC7K325T
    r")(?![\w/]|-\d)"
)
_NO_DESIGNATOR = re.compile(
    r"(?:COVID-?\d+|G-?\d{1,2}|F-?[12]|HB-?\d+|S-?1|Q[1-4]|[A-Z]{2}-(?:[A-Z]{2})|A[34]|UTC|MH-?17|CO2|H1N1|9/11|EU-?\d\d|BRICS|US-?\w*|UN-\w+|NATO-\w+|EU-[A-Z]+|UK-[A-Z]+|PM\d+)\Z"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands; `kind` as in the table `report_mentions`. Offsets count in the paragraph."""

    kind: str
    name: str
    start: int
    end: int


def acronyms(text: str) -> dict[str, str]:
    """Acronym to full name, for those that the text introduces: `Federal Security Service (FSB)`, `X Co., also known as DJI`."""
    out: dict[str, str] = {}
    for pattern, sign in ((_IN_BRACKETS, "("), (_ALSO, "known as"), (_APPOSED, ", ")):
        if sign not in text or (pattern is _APPOSED and _CAPITALS.search(text) is None):
            continue
        for match in pattern.finditer(text):
            name = re.sub(r"^(?:The|the|A|An|In|Of|By|From|And)\s+", "", match[1].strip(" ,"))
            if pattern is _IN_BRACKETS and not _spells(name, match[2]):
                name = _shortest(name, match[2])
                if not name:
                    continue
            out.setdefault(match[2], name)
    return out


def _spells(name: str, acronym: str) -> bool:
    initials = [w[0] for w in re.findall(r"[A-Za-z][\w'-]*", name) if w[0].isupper()]
    return "".join(initials).lower().startswith(acronym.replace(".", "").lower()[: max(2, len(initials))]) and len(
        initials
    ) == len(acronym.replace(".", ""))


def _shortest(name: str, acronym: str) -> str:
    """The last words of `name` whose capitals spell the acronym; the last three words where it is of another language."""
    parts = name.split()
    for start in range(len(parts)):
        candidate = " ".join(parts[start:])
        if parts[start][0].isupper() and _spells(candidate, acronym):
            return candidate
    capital = [part for part in parts if part[0].isupper()]
    return " ".join(capital[-3:]) if acronym.isupper() and len(acronym) >= 2 and capital else ""


def key_of(name: str, known: Mapping[str, str]) -> str:
    """One key for a party however the report calls it: its acronym where it has one, else the name without article."""
    bare = re.sub(r"(?i)^(?:the|an?) ", "", name.strip()).rstrip(".,'")
    bare = re.sub(r"'s$", "", bare)
    for acronym, full in known.items():
        low, whole = bare.lower(), re.sub(r"(?i)^the ", "", full).lower()
        if (
            low == acronym.lower()
            or low == whole
            or (len(whole.split()) > 2 and low == " ".join(whole.split()[1:]))
            or low.endswith(" " + acronym.lower())
        ):
            return acronym.lower()
    return bare.lower()


def designators(text: str) -> list[Mention]:
    """Designators of weapons, kit and parts: 6B45, 6Sh117, CQ-A, M16, STM32F407."""
    return [
        Mention("designator", match[0], match.start(), match.end())
        for match in DESIGNATOR.finditer(text)
        if not _NO_DESIGNATOR.match(match[0])
        and (
            any(c.isdigit() for c in match[0])
            or re.match(r"\s*(?:rifle|gun|drone|missile|model|type|carbine)", text[match.end() :], re.IGNORECASE)
        )
    ]


def mentions(doc: Doc, places: frozenset[str] = frozenset()) -> list[Mention]:
    """Organisations, persons, places, goods and designators of one paragraph, in order.

    Args:
        doc: the paragraph.
        places: names that are places elsewhere in the report (`placing.places_of`).
    """
    out = designators(text_of(doc))
    for entity in doc.ents:
        kind = {"ORG": "organisation", "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place"}.get(
            entity.label_
        )
        if kind == "place" and _company_before(entity):
            kind = "organisation"
        cleaned = _clean(entity)
        if cleaned is not None and is_place_after_all(entity, text_of(doc)[slice(*cleaned)], places):
            kind = "place"
        if kind == "place" and cleaned is not None:
            cleaned = place_words(entity, cleaned)
        if kind and cleaned is not None:
            out.append(Mention(kind, text_of(doc)[cleaned[0] : cleaned[1]], *cleaned))
    out += [Mention("place", token.text, token.idx, token.idx + len(token)) for token in places_left_out(doc, places)]
    out += _goods(doc)
    return sorted(out, key=lambda m: (m.start, m.end))


def _company_before(entity: Span) -> bool:
    """`defence company Orvex`: a name that the model takes for a place, right behind the word for what it is."""
    return (
        entity.start > 0
        and entity.doc[entity.start - 1].pos_ == "NOUN"
        and entity.doc[entity.start - 1].lemma_.lower() in words("nouns_en.tsv", "body")
    )


def _clean(entity: Span) -> tuple[int, int] | None:
    """An entity without article, possessive and marks; None where the model took a common word for a name."""
    tokens = list(entity)
    while tokens and (tokens[0].lower_ in ("the", "a", "an") or tokens[0].is_punct):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in ("'s", "'") or tokens[-1].is_punct):
        tokens = tokens[:-1]
    if not tokens or not any(t.text[0].isupper() for t in tokens):
        return None
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _goods(doc: Doc) -> list[Mention]:
    known = _goods_words()
    out: list[Mention] = []
    for token in doc:
        low = token.lemma_.lower()
        if token.pos_ not in ("NOUN", "PROPN") or (low not in known and token.lower_ not in known):
            continue
        if (
            token.dep_ == "compound"
            and token.head.pos_ == "NOUN"
            and token.head.i == token.i + 1
            and token.head.lemma_.lower() in known
        ):
            continue
        start = token.i
        for child in sorted(token.lefts, key=lambda c: -c.i):
            if (
                child.dep_ in ("compound", "nmod", "amod")
                and child.right_edge.i == start - 1
                and child.ent_type_ not in ("GPE", "NORP", "ORDINAL", "DATE")
                and not _plain(child)
            ):
                start = child.left_edge.i
            else:
                break
        if token.dep_ == "compound" and start == token.i and token.head.i == token.i + 1:
            continue
        if _no_goods(token, start):
            continue
        spaced = [t.i for t in doc[start : token.i] if t.text in ("-", "—") and t.nbor(-1).whitespace_]
        start = spaced[-1] + 1 if spaced else start
        while start < token.i and (
            doc[start].is_punct
            or doc[start].like_num
            or (doc[start].pos_ in ("ADP", "SCONJ") and doc[start + 1].text != "-")
        ):
            start += 1
        out.append(Mention("goods", doc[start : token.i + 1].text, doc[start].idx, token.idx + len(token)))
    return out


@cache
def _goods_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("goods_words_en.tsv"))


def _no_goods(token: Token, start: int) -> bool:
    """`parts of the region`, `in part`, `for its part`, `a think tank`: words for goods that mean none here."""
    low = token.lemma_.lower()
    following = token.doc[token.i + 1 : token.i + 2].text.lower()
    if low in words("goods_modifiers_en.tsv", "partitive"):
        return bool(following == "of" or (start == token.i and token.tag_ == "NN"))
    return bool(start < token.i and token.doc[token.i - 1].lower_ in words("goods_modifiers_en.tsv", "apart"))


def _plain(child: Token) -> bool:
    return child.lower_ in words("goods_modifiers_en.tsv", "plain")


def names(
    found: Sequence[Mention], kinds: tuple[str, ...], start: int, end: int, without: Sequence[tuple[int, int]] = ()
) -> list[str]:
    """The distinct names of some kinds inside a stretch and outside of others, in order."""
    return list(
        dict.fromkeys(
            m.name
            for m in found
            if m.kind in kinds and m.start >= start and m.end <= end and not any(a <= m.start < b for a, b in without)
        )
    )
