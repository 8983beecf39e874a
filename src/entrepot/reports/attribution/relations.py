"""Finds attributions in one parsed paragraph: source, cue and content as spans, each with the rule that found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from entrepot.reports.attribution.constructions import construction
from entrepot.reports.attribution.cues import CueLexicon, cue_lexicon, stances
from entrepot.reports.attribution.lookalikes import reports_nothing, shown_as_noun, shown_behind, telling
from entrepot.reports.attribution.phrases import phrase_attributions
from entrepot.reports.attribution.roles import role_of
from entrepot.reports.attribution.spans import (
    Attribution,
    clause_without,
    cover,
    own_span,
    speech_ranges,
    subject_of,
    subtree,
    trimmed,
)
from entrepot.reports.attribution.turns import misread_teller, teller_behind, turn_of
from entrepot.reports.tables_of_words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_THRESHOLD = {"v": 0.27, "n": 0.3, "a": 0.3}
"""Likelihood from which a word is taken for a cue; on PolNeAR train cue F1 is flat from .25 to .36, content rises below."""
_SURE = 0.6
"""Likelihood as a verb beside speech from which a word is a verb there, whatever the tagger says."""
_NAME = 7
"""Tokens of a name with its commas."""
_CLAUSE = ("ccomp", "xcomp", "acl", "relcl")
_FILLERS = ("dobj", "attr", "oprd", "acomp", "prep", "dative", "advcl", "prt", "pcomp")


def find_attributions(
    doc: Doc, quotes: Sequence[tuple[int, int]] | None = None, lexicon: CueLexicon | None = None
) -> list[Attribution]:
    """All attributions of a paragraph outside quoted speech, in text order.

    Args:
        doc: the paragraph, parsed.
        quotes: token ranges of quoted speech; found from the text where not given.
        lexicon: counts of cues; the English one where not given.
    """
    speech = speech_ranges(doc) if quotes is None else list(quotes)
    spoken = {i for start, end in speech for i in range(start, end)} if not _dash(doc) else set()
    lexicon = lexicon or cue_lexicon()
    out = list(phrase_attributions(doc, speech, spoken))
    out += [
        a
        for sent in doc.sents
        if (a := shown_behind(sent) or shown_as_noun(sent) or misread_teller(sent)) is not None
        and a.cue_token not in spoken
    ]
    known = {i for a in out for i in range(*a.cue)}
    out += [
        a
        for sent in doc.sents
        if (a := teller_behind(sent, lexicon)) is not None and a.cue_token not in spoken and a.cue_token not in known
    ]
    taken = {i for a in out for i in range(*a.cue)}
    for token in doc:
        if token.i in spoken or token.i in taken:
            continue
        part = {"VERB": "v", "NOUN": "n", "ADJ": "a"}.get(token.pos_)
        if part is None:
            continue
        if part == "n" and _verb_after_speech(token, speech, lexicon):
            out.append(_misread(token, speech))
            continue
        if part != "v" and _never_a_cue(token.lemma_.lower(), part, lexicon):
            continue
        kind = construction(token, speech)
        if part == "v" and (found := _comma_name_verb(token, lexicon) or _document_says(token) or turn_of(token)):
            out.append(found)
            continue
        if not _is_cue(token, part, kind, lexicon):
            continue
        found = _verbal(token, kind, speech) if part == "v" else _nominal(token, kind)
        if found is not None:
            out.append(found)
    out.sort(key=lambda a: a.cue)
    return list(_with_open_speech(doc, _outermost(out), speech))


def _never_a_cue(lemma: str, part: str, lexicon: CueLexicon) -> bool:
    """Nouns and adjectives that were never seen as cues reach no threshold in any construction."""
    return (lemma, part) not in lexicon.lemmas and lemma not in stances()


def _comma_name_verb(token: Token, lexicon: CueLexicon) -> Attribution | None:
    """`..., the Evening Sentinel reported on Friday, ...`: a comma, a short noun phrase and a verb of saying without an
    object, whatever the parser made of it."""
    if (
        token.tag_ not in ("VBD", "VBZ", "VBP", "VBN")
        or lexicon.likelihood(token.lemma_.lower(), "v", "ccomp-before") < _SURE
    ):
        return None
    if any(c.dep_ in ("ccomp", "aux", "auxpass", "dobj") and c.i > token.i - 2 for c in token.children):
        return None
    if token.dep_ == "acl" and any(c.dep_ == "agent" for c in token.children):
        return None  # `data compiled by Seaview`: the verb of saying is still to come
    sent, doc = token.sent, token.doc
    after = doc[token.i + 1] if token.i + 1 < sent.end else None
    if after is not None and not (after.is_punct or after.pos_ in ("ADP", "ADV") or after.ent_type_ == "DATE"):
        return None
    start = token.i
    while (
        start > sent.start
        and doc[start - 1].pos_ in ("PROPN", "NOUN", "DET", "ADJ", "PART", "PRON")
        and token.i - start < _NAME
    ):
        start -= 1
    if (
        start == token.i
        or start <= sent.start + 3
        or doc[start - 1].text != ","
        or doc[token.i - 1].pos_ not in ("PROPN", "NOUN", "PRON")
    ):
        return None
    if doc[start].tag_ in ("WP", "WDT", "WRB"):
        return None
    content = trimmed(doc, sent.start, start)
    return Attribution((token.i, token.i + 1), (start, token.i), (content,), "comma-name-verb", token.i, token.i - 1)


def _document_says(token: Token) -> Attribution | None:
    """`The list, which was leaked to the Herald, names 77 firms`: a document as the subject of a verb that documents do."""
    if token.lemma_.lower() not in words("source_nouns_en.tsv", "says") or not (
        token.tag_ in ("VBZ", "VBP", "VBD") or _perfect(token) or (token.tag_ == "VBG" and token.dep_ == "pcomp")
    ):
        return None
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if (
        subject is None
        or role_of(subject) not in ("document", "data")
        or any(c.dep_ in ("ccomp",) for c in token.children)
    ):
        return None
    fillers = [c for c in token.children if c.dep_ in _FILLERS and c.i > token.i]
    if not fillers:
        return None
    content = trimmed(token.doc, fillers[0].left_edge.i, max(c.right_edge.i for c in fillers) + 1)
    return Attribution(_cue_span(token), own_span(subject, token), (content,), "document-says", token.i, subject.i)


def _perfect(token: Token) -> bool:
    """`has revealed`, not `was revealed`."""
    return (
        token.tag_ == "VBN"
        and any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
        and not any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)
    )


def _verb_after_speech(token: Token, speech: Sequence[tuple[int, int]], lexicon: CueLexicon) -> bool:
    """`"...," Sandell notes.`: a name between a quotation and a word that the tagger took for a plural noun."""
    if token.tag_ != "NNS" or lexicon.likelihood(token.lemma_.lower(), "v", "speech") < _SURE:
        return False
    return any(
        end < token.i <= end + _NAME and all(t.is_punct or t.text[0].isupper() for t in token.doc[end : token.i])
        for _, end in speech
    )


def _misread(token: Token, speech: Sequence[tuple[int, int]]) -> Attribution:
    start, end = max((s for s in speech if s[1] < token.i), key=lambda s: s[1])
    name = trimmed(token.doc, end, token.i)
    return Attribution((token.i, token.i + 1), name, ((start, end),), "name-verb-after:speech", token.i, name[1] - 1)


def _is_cue(token: Token, part: str, kind: str, lexicon: CueLexicon) -> bool:
    """Whether a word in its construction is likely enough a cue; clauses before the verb and `as` want a verb of saying."""
    lemma = token.lemma_.lower()
    says = lexicon.likelihood(lemma, "v", "speech") >= _SURE
    if part == "v" and reports_nothing(token, kind):
        return False
    if (
        kind.startswith("passive-")
        and lemma in words("source_nouns_en.tsv", "impersonal")
        and kind.split("-")[1] in ("xcomp", "prep", "ccomp", "speech")
    ):
        return True
    if (
        part == "v"
        and kind.endswith("speech")
        and not says
        and ((lemma, "v") not in lexicon.lemmas or token.dep_ in ("acl", "amod"))
    ):
        return False
    if part == "v" and kind == "as":
        return says
    if part == "v" and kind == "ccomp-before" and not says:
        return _shown_by(token)
    if part == "n" and kind == "noun-clause" and lemma in stances():
        return True
    return lexicon.likelihood(lemma, part, kind) >= _THRESHOLD[part]


def _shown_by(verb: Token) -> bool:
    """`The yard sold 40 pumps, data compiled by Seaview showed`: a document or data shows what stands before."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    shows = stances().get(verb.lemma_.lower(), ("", False))[0] == "shows"
    return shows and subject is not None and role_of(subject) in ("document", "data")


def _dash(doc: Doc) -> bool:
    return len(doc) > 0 and doc[0].text in ("-", "—")


def _verbal(token: Token, kind: str, speech: Sequence[tuple[int, int]]) -> Attribution | None:
    subject, rule = subject_of(token)
    if subject is not None and subject.lower_ in words("pronouns_en.tsv", "speaker") and "speech" not in kind:
        return None
    contents = _contents(token, kind, speech)
    kind = telling(token, kind) or kind
    if not contents and kind.startswith(("ccomp", "speech", "xcomp")):
        return None
    source = None if subject is None else own_span(subject, token)
    return Attribution(
        cue=_cue_span(token),
        source=source,
        contents=tuple(contents),
        rule=f"{rule}:{kind}",
        cue_token=token.i,
        source_token=None if subject is None else subject.i,
    )


def _contents(token: Token, kind: str, speech: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    sent = token.sent
    if kind.split("-")[-1] == "as" and any(c.dep_ == "mark" and c.lower_ == "as" for c in token.children):
        return clause_without(token.head, token)
    spans = [_without_cue(subtree(child), token) for child in token.children if child.dep_ in ("ccomp", "xcomp")]
    if "speech" in kind:
        for start, end in speech:
            near = start <= sent.end and end >= sent.start and (start != sent.end or sent[-1].text == ":")
            if near and not start <= token.i < end:
                spans.append((start, end))
        if _dash(token.doc) and not spans:
            spans += clause_without(sent.root, token) if sent.root != token else []
    if not spans:
        fillers = [c for c in token.children if c.dep_ in _FILLERS and c.i > token.i]
        if fillers:
            spans.append((fillers[0].left_edge.i, max(c.right_edge.i for c in fillers) + 1))
    if not spans and token.dep_ in ("parataxis", "ccomp", "intj") and token.head != token:
        spans += clause_without(token.head, token)
    if not spans and sent.root == token and token.i > sent.start + 3:
        left = [
            c
            for c in token.lefts
            if c.dep_ in ("advcl", "dep", "nsubj", "ccomp", "parataxis") and c.right_edge.i < token.i - 1
        ]
        if left and left[0].dep_ != "nsubj":
            spans.append(subtree(left[0]))
    return [span for span in cover(spans) if span[0] < span[1]]


def _without_cue(span: tuple[int, int], token: Token) -> tuple[int, int]:
    """The part of a clause on one side of the cue, where the parser wrapped it around."""
    start, end = span
    if start <= token.i < end:
        return (token.i + 1, end) if end - token.i > token.i - start else (start, token.i)
    return span


def _cue_span(token: Token) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and particle where they stand next to it."""
    start, end = token.i, token.i + 1
    for child in sorted(token.lefts, key=lambda c: -c.i):
        if child.dep_ in ("aux", "auxpass", "neg", "advmod") and child.right_edge.i == start - 1:
            start = child.left_edge.i
    for child in token.rights:
        if child.dep_ in ("prt", "neg") and child.i == end:
            end += 1
    return start, end


def _nominal(token: Token, kind: str) -> Attribution | None:
    """`the ministry's claim that ...`, `criticism of X by Y`, `is skeptical of ...`: a noun or adjective as cue."""
    source: Token | None = None
    for child in token.children:
        if child.dep_ == "poss":
            source = child
        elif child.dep_ == "prep" and child.lower_ in ("by", "from") and source is None:
            source = next((c for c in child.children if c.dep_ == "pobj"), None)
    if source is None:
        governor = token.head
        if token.dep_ == "pobj" and governor.lower_ == "in" and governor.head.pos_ == "VERB":
            source, _ = subject_of(governor.head)
        elif token.dep_ in ("dobj", "attr", "acomp") and governor.pos_ in ("VERB", "AUX"):
            source, _ = subject_of(governor)
    spans = [
        subtree(c)
        for c in token.children
        if c.dep_ in (*_CLAUSE, "prep") and c.i > token.i and c.lower_ not in ("by", "from")
    ]
    if not spans:
        return None
    return Attribution(
        cue=(token.i, token.i + 1),
        source=None if source is None else own_span(source, token),
        contents=tuple(cover(spans)),
        rule=f"noun:{kind}",
        cue_token=token.i,
        source_token=None if source is None else source.i,
    )


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Marks attributions whose cue lies in another's content as nested (kept: chains need them)."""
    out: list[Attribution] = []
    for one in found:
        nested = any(
            other is not one
            and any(start <= one.cue_token < end for start, end in other.contents)
            and not any(start <= other.cue_token < end for start, end in one.contents)
            for other in found
        )
        out.append(one.as_nested() if nested else one)
    return out


def _with_open_speech(doc: Doc, found: list[Attribution], speech: Sequence[tuple[int, int]]) -> Iterator[Attribution]:
    """Gives quoted sentences that no cue stands beside to the nearest attribution of speech in the paragraph."""
    covered = {i for a in found for span in a.contents for i in range(*span)}
    open_speech = [(s, e) for s, e in speech if not covered & set(range(s, e))]
    speakers = [
        a for a in found if (not a.nested and a.source is not None and ":speech" in a.rule) or a.rule.endswith("speech")
    ]
    given: dict[int, list[tuple[int, int]]] = {}
    for start, end in open_speech:
        before = [a for a in speakers if a.cue[0] < start]
        chosen = before[-1] if before else (speakers[0] if speakers else None)
        if chosen is not None:
            given.setdefault(id(chosen), []).append((start, end))
    for one in found:
        yield one.with_contents(given[id(one)]) if id(one) in given else one
    if open_speech and not speakers and not _dash(doc):
        for start, end in open_speech:
            if end - start >= 6 and _whole_sentence(doc, start, end):
                yield Attribution((start, start), None, ((start, end),), "open-speech", start, None)


def _whole_sentence(doc: Doc, start: int, end: int) -> bool:
    return doc[start].is_sent_start is True or start == 0 or (end < len(doc) and doc[end].is_sent_start is True)
