"""Follows a source to whoever knows: obtained by, seen by, provided by, from, of, based on, citing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.reports.attribution.roles import is_outlet, name_range, role_of
from entrepot.reports.parsed import holds
from entrepot.reports.tables_of_words import rows, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = "source_nouns_en.tsv"
_CITES = re.compile(r"(?i)cit(?:e|ing)|quot|referenc|referring|based|drawing|relying")
"""What a paragraph must hold before its tokens are gone through."""
_CITING = frozenset({"cite", "quote", "reference", "invoke"})
_ARTICLES = frozenset({"report", "reporting", "story", "article", "coverage", "investigation"})
_VERBAL = frozenset({"VBN", "VBD", "VBZ", "VBP", "VB", "VBG", "JJ"})
_ASIDE = 12
"""Tokens from a document to the end of an aside that names who has it."""
_DEEPEST = 4
"""Hops followed from one source; the longest of the 66 annotated chains has four."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop; `start` and `end` are tokens of the paragraph, `head` the token that names it."""

    start: int
    end: int
    head: int
    role: str
    relation: str
    rule: str

    def called(self, relation: str, rule: str, role: str = "") -> Hop:
        """The same source in another relation."""
        return replace(self, relation=relation, rule=rule, role=role or self.role)


def hop(head: Token, relation: str, rule: str, role: str = "") -> Hop:
    """A hop named by `head`."""
    start, end = name_range(head)
    return Hop(start, end, head.i, role or role_of(head), relation, rule)


def expand(head: Token, relation: str, rule: str, depth: int = 0) -> list[Hop]:
    """The hops of a source, from whoever stands nearest to the reader to whoever knows."""
    own = hop(head, relation, rule)
    if depth >= _DEEPEST:
        return [own]
    if own.role in ("document", "data"):
        reporter = _reporter(head)
        if reporter is not None:
            return [
                hop(reporter, relation, "reporting-by", "outlet"),
                *(h for base in _based_on(head) for h in expand(base, "cited", "based-on", depth + 1)),
            ]
        before, after = _of_document(head, own.role, depth)
        return [*before, own, *after]
    if own.role == "outlet" and head.lemma_.lower() in words(_NOUNS, "document"):
        return [own, *(h for base in _material(head) for h in expand(base, "cited", "analysis-of", depth + 1))]
    return [own, *_of_speaker(head, depth)]


@cache
def _provenance(side: str) -> dict[str, str]:
    return {row["lemma"]: row["relation"] for row in rows("provenance_en.tsv") if row["side"] == side}


def _of_document(head: Token, role: str, depth: int) -> tuple[list[Hop], list[Hop]]:
    """Who obtained, saw or passed on a document; then who wrote, gave or compiled it and what it rests on."""
    outer: list[Hop] = []
    inner: list[Hop] = []
    basis: list[Hop] = []
    author = "authored" if role == "document" else "provided"
    for child in head.children:
        if child.dep_ == "poss" and child.pos_ in ("NOUN", "PROPN") and not _time(child):
            if role_of(child) == "outlet":
                outer.append(hop(child, "said", "possessive-outlet"))
            elif role_of(child) not in ("document", "data"):
                inner.append(hop(child, author, "possessive"))
    maker = _compound_body(head)
    if maker is not None and role == "document":
        inner.append(hop(maker, author, "compound"))
    for preposition, noun in _prepositions(head):
        if _time(noun):
            continue
        low = preposition.lower_
        kind = role_of(noun)
        if (
            low in ("of", "from", "by")
            and kind in ("agency", "person", "outlet", "unnamed")
            and (low != "of" or _can_author(noun))
        ):
            inner.append(hop(noun, author, f"{low}-author", "agency" if kind == "outlet" else ""))
        elif low == "of" and kind == "data" and role == "document":
            maker = next(
                (
                    c
                    for p in noun.children
                    if p.dep_ in ("prep", "agent") and p.lower_ == "by"
                    for c in p.children
                    if c.dep_ == "pobj"
                ),
                None,
            )
            if maker is not None:
                inner.append(hop(maker, author, "by-author"))
            basis += [h for h in expand(noun, "cited", "analysis-of", depth + 1) if maker is None or h.head != maker.i]
        elif low == "for" and kind == "outlet":
            outer.append(hop(noun, "obtained", "made-for", "outlet"))
    for verb in _provenance_verbs(head):
        outer_found, inner_found = _by_verb(verb, head)
        outer += outer_found
        inner += inner_found
    if role == "document" and not outer and (paper := _as_outlet(head)) is not None:
        outer.append(paper)
    for base in _based_on(head):
        basis += expand(base, "cited", "based-on", depth + 1)
    return _unique(outer), [*_unique(inner), *basis]


def _material(head: Token) -> Iterator[Token]:
    """What an outlet's own work rests on: `an FT analysis of trade data`, `a Reuters tally based on port records`."""
    yield from _based_on(head)
    for preposition, noun in _prepositions(head):
        if preposition.lower_ == "of" and role_of(noun) == "data":
            yield noun


def _as_outlet(head: Token) -> Hop | None:
    """`in a memo of the ministry, as the Daily Herald has learned`: the outlet behind `as`, also where the rest of the aside is
    broken; not `a memo, as long as a book` and not `a memo kept as a secret`. Rule `as-outlet`."""
    doc, sent = head.doc, head.sent
    for token in doc[head.i + 1 : min(head.i + _ASIDE, sent.end - 1)]:
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.lower_ != "as" or doc[token.i - 1].text != ",":
            continue
        start = token.i + 1 + (doc[token.i + 1].lower_ == "the")
        end = start
        while end < sent.end and doc[end].text[:1].isupper() and end - start < _ASIDE // 2:
            end += 1
        for last in range(start + 1, end + 1):
            if is_outlet(doc[start:last].text):
                return Hop(start, last, last - 1, "outlet", "said", "as-outlet")
        return None
    return None


def _compound_body(head: Token) -> Token | None:
    """`a United Nations report`, `the FSB report`: the body in a document's name."""
    return next(
        (
            c
            for c in head.lefts
            if c.dep_ in ("compound", "nmod") and c.ent_type_ in ("ORG", "GPE", "NORP") and c.pos_ == "PROPN"
        ),
        None,
    )


def _reporter(head: Token) -> Token | None:
    """`reporting by the Register`: the outlet is the source, not its article."""
    if head.lemma_.lower() not in _ARTICLES:
        return None
    for preposition, noun in _prepositions(head):
        if preposition.lower_ in ("by", "from", "in") and role_of(noun) == "outlet":
            return noun
    return None


def _by_verb(verb: Token, head: Token) -> tuple[list[Hop], list[Hop]]:
    lemma = verb.lemma_.lower()
    relation = _provenance("by").get(lemma, "")
    outer: list[Hop] = []
    inner: list[Hop] = []
    agent = _agent_of(verb, head)
    if agent is not None and relation:
        if (
            lemma in ("publish", "release", "report", "quote", "cite", "carry", "mention", "reveal", "broadcast")
            and role_of(agent) == "outlet"
        ):
            first = any(t.lower_ in ("first", "originally", "previously") for t in verb.children)
            outer.append(hop(agent, "obtained" if first else "said", "passed-on", "outlet"))
        elif relation in ("obtained", "reviewed"):
            outer.append(hop(agent, relation, relation, "outlet"))
        elif relation == "said":
            if role_of(agent) != "unnamed":
                outer.append(hop(agent, "said", "quoted-by", "outlet"))
        else:
            inner.append(hop(agent, relation, relation))
    if lemma in _provenance("to") or lemma == "make":
        receiver = _receiver(verb, ("to", "with"))
        if receiver is not None and role_of(receiver) in ("outlet", "agency"):
            outer.append(hop(receiver, "obtained", "passed-to", "outlet"))
    if relation == "compiled":
        customer = _receiver(verb, ("for",))
        if customer is not None and role_of(customer) == "outlet":
            outer.append(hop(customer, "obtained", "made-for", "outlet"))
    return outer, inner


def _provenance_verbs(head: Token) -> Iterator[Token]:
    """Participles and relative verbs that say what happened to a document, wherever the parser hung them.

    A verb belongs to the nearest document or data noun to its left when nothing but a participle list, a relative
    pronoun or a comma and its own author stand between.
    """
    sent = head.sent
    for token in head.doc[head.i + 1 : sent.end]:
        if token.tag_ not in _VERBAL:
            continue
        lemma = token.lemma_.lower()
        if token.pos_ not in ("VERB", "ADJ") or (
            lemma not in _provenance("by") and lemma not in _provenance("to") and lemma != "make"
        ):
            continue
        if lemma == "make" and not any(t.lower_ == "available" for t in token.doc[token.i + 1 : token.i + 3]):
            continue
        if token.dep_ in (
            "acl",
            "relcl",
            "advcl",
            "conj",
            "amod",
            "dep",
            "ccomp",
            "ROOT",
            "xcomp",
            "pcomp",
            "acomp",
        ) and _belongs(token, head):
            yield token


def _belongs(verb: Token, head: Token) -> bool:
    participle = verb.tag_ in ("VBN", "VBD") and not any(
        c.dep_ in ("nsubj",) and c.i > head.i and c.tag_ not in ("WDT", "WP") for c in verb.children
    )
    relative = any(t.tag_ in ("WDT", "WP") for t in verb.subtree if t.i < verb.i) or verb.dep_ == "relcl"
    if not participle and not relative:
        return False
    if verb.tag_ == "VBD" and not relative and any(c.dep_ in ("nsubj", "dobj", "ccomp") for c in verb.children):
        return False
    for token in head.doc[head.i + 1 : verb.i]:
        if (
            token.pos_ in ("VERB", "AUX")
            and token.lemma_.lower() not in _provenance("by")
            and token.lemma_ not in ("be", "have", "base")
        ):
            return False
        lemma = token.lemma_.lower()
        if (
            token.pos_ in ("NOUN", "PROPN")
            and token.i > head.i + 1
            and (lemma in words(_NOUNS, "document") or lemma in words(_NOUNS, "data"))
            and token.dep_ not in ("compound", "nmod")
            and lemma != "copy"
            and not _named(token)
            and not (token.dep_ == "conj" and token.head == head)
        ):
            return False
    return True


def _named(token: Token) -> bool:
    return bool(token.pos_ == "PROPN" and token.text[0].isupper())


def _agent_of(verb: Token, head: Token) -> Token | None:
    """After `by`; or the subject of a relative clause (`that the Herald published`)."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.lower_ in words(
                _NOUNS, "shows"
            ):  # `seen by the Ledger show`, read as one noun
                return next((c for c in noun.lefts if c.pos_ == "PROPN"), noun)
            return noun
    for child in verb.children:
        if child.dep_ == "nsubj" and child.i > head.i and child.tag_ not in ("WDT", "WP", "PRP"):
            return child
    doc = verb.doc
    for at in range(verb.i + 1, min(verb.i + 7, verb.sent.end)):
        if doc[at].lower_ == "by":
            return next((c for c in doc[at].children if c.dep_ == "pobj"), None)
        if doc[at].pos_ in ("VERB", "PUNCT"):
            break
    return None


def _receiver(verb: Token, links: tuple[str, ...]) -> Token | None:
    for token in verb.doc[verb.i + 1 : min(verb.i + 8, verb.sent.end)]:
        if token.lower_ in links and token.pos_ in ("ADP", "PART"):
            return next((c for c in token.children if c.dep_ == "pobj"), None)
        if token.pos_ in ("VERB",):
            return None
    return None


def _prepositions(head: Token) -> Iterator[tuple[Token, Token]]:
    for child in head.children:
        if child.dep_ in ("prep", "agent") and child.i > head.i:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None:
                yield child, noun
                if child.lower_ in ("of", "from", "to") and role_of(noun) in ("data", "document"):
                    continue
                for deeper in noun.children:
                    if deeper.dep_ in ("prep", "agent") and deeper.lower_ in ("by", "from"):
                        below = next((c for c in deeper.children if c.dep_ == "pobj"), None)
                        if below is not None:
                            yield deeper, below


def _time(noun: Token) -> bool:
    """`this year's report`, `a memo from May`: when, not who."""
    return noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in words("measure_nouns_en.tsv", "duration")


def _can_author(noun: Token) -> bool:
    """After `of` only bodies and people author: `a memo of the ministry`, not `the minutes of the meeting`."""
    return (
        noun.ent_type_ in ("ORG", "PERSON", "NORP")
        or noun.lemma_.lower() in words(_NOUNS, "agency")
        or noun.lower_ in words(_NOUNS, "agency")
        or noun.lemma_.lower() in words(_NOUNS, "title")
        or noun.pos_ == "PROPN"
    )


def _based_on(head: Token) -> Iterator[Token]:
    """`based on customs data`, `drawing on`, wherever it hangs in the rest of the source's sentence."""
    doc = head.doc
    for token in doc[head.i + 1 : head.sent.end]:
        if (
            token.lower_ in ("based", "drawing", "relying")
            and token.i + 1 < len(doc)
            and doc[token.i + 1].lower_ in ("on", "upon")
        ):
            if any(
                t.pos_ in ("VERB", "AUX")
                and t.lemma_.lower() not in _provenance("by")
                and t.tag_ in ("VBZ", "VBD", "VBP")
                for t in doc[head.i + 1 : token.i]
            ):
                return
            noun = next((c for c in doc[token.i + 1].children if c.dep_ == "pobj"), None)
            if noun is not None:
                yield noun
            return


def _of_speaker(head: Token, depth: int) -> list[Hop]:
    """What a speaker rests on, said inside its own phrase: `a person who read the list`, `Sandell, who cited figures`."""
    out: list[Hop] = []
    for child in head.children:
        if child.dep_ in ("relcl", "acl") and child.i > head.i:
            thing = next((c for c in child.children if c.dep_ == "dobj"), None)
            lemma = child.lemma_.lower()
            if thing is not None and (
                lemma in _CITING or (lemma in ("read", "see", "review") and role_of(thing) in ("document", "data"))
            ):
                out += expand(thing, "cited", "relative-citing", depth + 1)
    return out


def citing(verb: Token, taken: range) -> list[Hop]:
    """`..., citing two officials`; `with reference to the service`: what a reporting verb rests on, in its sentence."""
    doc, sent = verb.doc, verb.sent
    if not holds(doc, _CITES):
        return []
    for token in sent:
        if token.i in taken:
            continue
        noun: Token | None = None
        if token.lower_ in ("citing", "quoting", "cites", "cited", "referencing") and token.pos_ in (
            "VERB",
            "ADP",
            "NOUN",
        ):
            if token.lower_ == "cited" and any(c.dep_ == "agent" for c in token.children):
                continue
            noun = next((c for c in token.children if c.dep_ in ("dobj", "pobj") and c.i > token.i), None)
        elif token.lower_ in ("reference", "referring") and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            noun = next((c for c in doc[token.i + 1].children if c.dep_ == "pobj"), None)
        elif (
            token.lower_ in ("based", "drawing", "relying")
            and token.i + 1 < len(doc)
            and doc[token.i + 1].lower_ in ("on", "upon")
        ):
            noun = next((c for c in doc[token.i + 1].children if c.dep_ == "pobj"), None)
            noun = noun if noun is not None and role_of(noun) in ("document", "data") else None
        if noun is not None:
            return expand(noun, "cited", "citing")
    return []


def _unique(hops: list[Hop]) -> list[Hop]:
    seen: set[int] = set()
    out = []
    for one in hops:
        if one.head not in seen:
            seen.add(one.head)
            out.append(one)
    return out
