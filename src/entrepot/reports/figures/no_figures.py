"""Tells numbers apart that count nothing: parts of names, ordinals, clock times, years, sides that were named before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.reports.figures.numbers import Number
from entrepot.reports.figures.scopes import token_at
from entrepot.reports.parsed import text_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_YEAR = re.compile(r"(1[89]|20)\d\d\Z")


def is_name(doc: Doc, number: Number, span: Span) -> bool:
    """Numbers that are part of a name, a designator, an ordinal, a clock time or an age that stands
    between commas."""
    text = text_of(doc)
    after, before = text[number.digits_end : number.digits_end + 12], text[: number.digits_start]
    if (
        (
            re.match(r"(st|nd|rd|th)\b|[A-Za-z]*\d|:\d\d|\.\d", after)
            or re.search(r"[A-Za-z]-?\Z|#\Z|\d[.:/]\Z|@\w*\Z", before)
        )
        and not re.search(r"(^|[\s(])(?:us|u\.s\.|c|a|hk|nz|s|~)\Z", before.lower())
        and not number.unit
    ):
        return True
    if (
        re.match(r"[A-Za-z]", after)
        and not number.unit
        and not re.match(r"(?i)(mn|bn|tn|k|m|b|t|kg|kt|mt|g|lb)\b", after)
    ):
        return True
    if re.match(r",", after) and re.search(r"[A-Za-z][\w.]*,\s\Z", before) and _age(number):
        return True
    if re.match(r"\s?([ap]\.?m\b|o'clock|GMT|UTC|[A-Z]ST\b)", after):
        return True
    previous = span.start - 1
    if previous >= 0 and not number.unit:
        word = doc[previous]
        if (
            word.lower_.rstrip(".") in words("measure_nouns_en.tsv", "label")
            and word.text[0].isupper()
            and text[number.digits_start].isdigit()
        ):
            return True
        if (
            word.pos_ == "PROPN"
            and word.text[0].isupper()
            and word.ent_type_ in ("LAW", "PRODUCT", "EVENT", "FAC", "WORK_OF_ART")
            and text[number.digits_start].isdigit()
        ):
            return True
    if number.unit or span.root.ent_type_ != "TIME":
        return False
    behind = word_behind(doc, number.end)  # `nine tugs`, which the model takes for a time of day
    durations = words("measure_nouns_en.tsv", "duration")
    return behind is None or behind.tag_ != "NNS" or behind.lower_ in durations


def ordinal(doc: Doc, number: Number, span: Span) -> bool:
    """`a third consignment` counts the third of several; not `a third of the hides` and not `fell a third last year`."""
    words_of_it = span.text.lower().split()
    behind = token_at(doc, number.end)
    return (
        words_of_it[0] in ("a", "the")
        and words_of_it[-1] not in ("half", "quarter")
        and behind is not None
        and behind.tag_ == "NN"
        and behind.lower_ not in words("measure_nouns_en.tsv", "when") | words("measure_nouns_en.tsv", "duration")
        and behind.ent_type_ not in ("DATE", "TIME")
    )


def known_ones(span: Span, noun: Token) -> bool:
    """`the two countries`: states and sides that were named before, which nobody counts; not `the two crates`."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return (
        before in ("the", "these", "both", "those", "our")
        and not span.text[0].isdigit()
        and noun.i == span.end
        and noun.lemma_.lower() in words("measure_nouns_en.tsv", "known")
    )


def _age(number: Number) -> bool:
    return number.value is not None and 10 <= number.value <= 110 and number.value == int(number.value)


def plain_year(text: str, number: Number) -> bool:
    return bool(_YEAR.fullmatch(text[number.digits_start : number.digits_end])) and number.start == number.digits_start


def standalone(span: Span) -> bool:
    """A number without a noun that is a part of the sentence itself, or of another number (`eight of 20 hulls`)."""
    behind = span.doc[span.end : span.end + 2]
    if len(behind) > 1 and behind[0].lower_ == "of" and behind[1].like_num:
        return True
    return span.root.dep_ in ("nsubj", "dobj", "pobj", "attr", "nsubjpass")


def word_behind(doc: Doc, end: int) -> Token | None:
    """The first word at or after a character; a hyphen is passed over."""
    token = token_at(doc, end)
    while token is not None and (token.is_space or token.text == "-"):
        token = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return token
