"""Attributions that hang on no verb: according to, per, reportedly, a headline's colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from entrepot.reports.attribution.spans import Attribution, own_span, trimmed
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COLON_SOURCE = 6
"""Words before a headline's colon that can be a source."""


def phrase_attributions(doc: Doc, speech: Sequence[tuple[int, int]], spoken: set[int]) -> Iterator[Attribution]:
    """Attributions introduced by a preposition, an adverb or a colon."""
    for token in doc:
        if token.i in spoken:
            continue
        low = token.lower_
        if low == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            yield from _prepositional(token, doc[token.i + 1], "according-to", speech)
        elif low == "per" and _opens(token) and not _rate(token):
            yield from _prepositional(token, token, "per", speech)
        elif _by_data(token):
            yield from _prepositional(token, token, "by-data", speech)
        elif low == "as" and (found := _as_reported_by(token, speech)) is not None:
            yield found
        elif token.pos_ == "ADV" and low in words("adverbs_en.tsv", "hearsay"):
            contents = _clause_contents(token, token)
            if contents:
                yield Attribution((token.i, token.i + 1), None, tuple(contents), "hearsay-adverb", token.i, None)
    yield from _colon(doc, spoken)


def _as_reported_by(token: Token, speech: Sequence[tuple[int, int]]) -> Attribution | None:
    """`As first reported by the Northern Star, ...`."""
    doc = token.doc
    for at in range(token.i + 1, min(token.i + 4, len(doc) - 2)):
        if (
            doc[at].tag_ == "VBN"
            and doc[at + 1].lower_ == "by"
            and doc[at].lemma_.lower() in words("source_nouns_en.tsv", "says")
        ):
            noun = next((t for t in doc[at + 2 : token.sent.end] if t.dep_ == "pobj"), None)
            if noun is None:
                return None
            source = _source(noun, doc[at + 1])
            contents = _clause_contents(token, noun, source) or [(s, e) for s, e in speech[:1]]
            return Attribution((token.i, at + 2), source, tuple(contents), "as-reported-by", token.i, noun.i)
        if doc[at].pos_ != "ADV":
            return None
    return None


def _opens(token: Token) -> bool:
    return token.is_sent_start is True or token.i == 0 or token.nbor(-1).text in (",", '"', "(")


def _by_data(token: Token) -> bool:
    """`Under the data of the guild, 40 hides were sold`, as translations have it: a preposition that opens the sentence, data
    or words of somebody, a comma; not `Under the law of the guild` and not `On the data of the guild rests our trade`."""
    if not token.is_sent_start or token.pos_ not in ("ADP", "PART") or token.lower_ not in words("nouns_en.tsv", "by"):
        return False
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lemma_.lower() not in words("nouns_en.tsv", "told"):
        return False
    owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in ("of", "from", "by")) for c in noun.children)
    end = noun.right_edge.i + 1
    return owned and end < len(token.doc) and token.doc[end].text == ","


def _rate(token: Token) -> bool:
    """`per cent`, `per day`: a rate and no source."""
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        follower is None
        or (follower.ent_type_ == "" and follower.lower_ in words("nouns_en.tsv", "rate"))
        or token.nbor(-1).like_num
        if token.i
        else False
    )


def _is_service(noun: Token) -> bool:
    """`according to Chinese customs`, `according to customs`: the service; not `according to local customs`."""
    described = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "poss", "nmod")]
    return noun.lower_ == "customs" and all(c.ent_type_ in ("NORP", "GPE") for c in described)


def _prepositional(
    token: Token, preposition: Token, rule: str, speech: Sequence[tuple[int, int]]
) -> Iterator[Attribution]:
    noun = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp") and c.i > preposition.i), None)
    if noun is None:
        noun = next(
            (t for t in token.doc[preposition.i + 1 : token.sent.end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None
        )
    if noun is None:
        return
    if noun.lemma_.lower() in words("source_nouns_en.tsv", "manner") and not _is_service(noun):
        return
    if noun.lemma_.lower() in words("nouns_en.tsv", "utterance"):
        noun = next((c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), noun)
    source = _source(noun, preposition)
    contents = _clause_contents(token, noun, source)
    sent = token.sent
    quoted = [(max(s, sent.start), min(e, sent.end)) for s, e in speech if s < sent.end and e > sent.start]
    if quoted and not contents:
        contents = quoted
    if contents:
        yield Attribution((token.i, preposition.i + 1), source, tuple(contents), rule, token.i, noun.i)


def _source(noun: Token, preposition: Token) -> tuple[int, int]:
    start, end = own_span(noun, preposition)
    for token in noun.doc[start:end]:
        if (
            token.i > noun.i
            and token.text in (",", ";")
            and any(t.dep_ in ("nsubj", "nsubjpass") for t in token.doc[token.i : end])
            and not _relative(token)
        ):
            return trimmed(noun.doc, start, token.i)
    return start, end


def _relative(comma: Token) -> bool:
    follower = comma.nbor(1) if comma.i + 1 < len(comma.doc) else None
    return follower is not None and (
        follower.tag_ in ("WP", "WDT", "VBN", "VBG", "WP$", "WRB")
        or follower.dep_ in ("appos", "amod", "det", "poss", "compound")
    )


def _clause_contents(token: Token, noun: Token, source: tuple[int, int] | None = None) -> list[tuple[int, int]]:
    """The clause around the phrase, without the phrase."""
    head = token.head
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    start, end = head.left_edge.i, head.right_edge.i + 1
    phrase_start = min(token.i, noun.i)
    phrase_end = max(token.i + 1, source[1] if source else token.i + 1)
    if token.head == token or not start <= token.i < end:
        start, end = token.sent.start, token.sent.end
    pieces = [(start, phrase_start), (phrase_end, end)]
    out = [trimmed(token.doc, a, b) for a, b in pieces if a < b]
    return [piece for piece in out if piece[1] - piece[0] >= 2]


def _colon(doc: Doc, spoken: set[int]) -> Iterator[Attribution]:
    """`Poll: X leads`; `Nikki Haley: "..."`: a short name before a paragraph's first colon."""
    for token in doc[: _COLON_SOURCE + 1]:
        if token.text == ":" and 0 < token.i < len(doc) - 3 and token.i not in spoken:
            before = doc[: token.i]
            if all(t.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "PUNCT", "PART", "NUM") for t in before) and _names(
                before
            ):
                yield Attribution(
                    (token.i, token.i + 1),
                    (0, token.i),
                    (trimmed(doc, token.i + 1, len(doc)),),
                    "colon",
                    token.i,
                    before.root.i,
                )
            return


def _names(before: Sequence[Token]) -> bool:
    text = " ".join(t.lower_ for t in before)
    return any(t.ent_type_ in ("PERSON", "ORG") for t in before) or any(
        w in words("nouns_en.tsv", "voice") for w in text.split()
    )
