"""Reads what a claim is about: countries with their part in the trade, parties, goods, and words that nothing accounts for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from entrepot.findings.checks.claims import TestedClaim
from entrepot.findings.checks.vocabulary import GoodsTerm, demonyms, goods_term, pattern
from entrepot.model.places import area, country, country_name

_WORD = re.compile(r"[^\W_](?:[\w'’.&-]*\w)?\.?")
_ISO3 = 3
"""Letters of codes such as DJI, which reports use for companies far more often than for Djibouti."""
_LONGEST_NAME = 6
"""Words of the longest place or party name that is tried."""

KeysOf = Callable[[str], Mapping[str, str]]
"""Name in a claim to the records' name keys, each with one spelling of the name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country in a claim. `part`: `from`, `to`, `through`, `with` (either end). `adjective`: named as `Russian`."""

    text: str
    code: str
    part: str
    start: int
    end: int
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party in a claim with the keys that the records know it by; no keys where they do not."""

    text: str
    keys: tuple[tuple[str, str], ...]
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim is about.

    Attributes:
        direction: `import` or `export` where the words say so.
        left: content words of a figure's scope that no place, party, goods or word of trade accounts for.
    """

    places: tuple[Place, ...]
    parties: tuple[PartyName, ...]
    goods: tuple[GoodsTerm, ...]
    direction: str | None

    def of(self, part: str) -> tuple[Place, ...]:
        """Places with this part in the trade."""
        return tuple(place for place in self.places if place.part == part)

    def words(self) -> str:
        """The scope in words, for the reader."""
        said = []
        if self.parties:
            said.append(" and ".join(_party_words(p) for p in self.parties))
        if self.goods:
            said.append("goods " + ", ".join(f"`{g.text}`" + (f" (HS {', '.join(g.prefixes[:6])})" if g.prefixes else "") for g in self.goods))  # fmt: skip
        said += [f"{_PARTS[place.part]} {country_name(place.code) or place.code}" for place in self.places]
        return "; ".join(dict.fromkeys(said))


_PARTS = {"from": "from", "to": "to", "through": "through", "with": "from or to"}


def scope_of(claim: TestedClaim, keys_of: KeysOf) -> Scope:
    """What a claim is about; spans of its sources are left out."""
    direction = _direction(claim.quote)
    parties = _parties(claim, keys_of, direction)
    taken = [(p.start, p.end) for p in parties] + list(claim.sources)
    places = _places(claim.quote, direction, taken)
    goods = []
    purpose = pattern("purpose").search(claim.quote)
    for text in claim.goods:
        at = claim.quote.find(text)
        if pattern("idle").fullmatch(text.lower()) or (purpose is not None and at > purpose.start()):
            continue
        if at >= 0 and not _overlaps(at, at + len(text), taken):
            goods.append(goods_term(text))
    return Scope(tuple(places), tuple(parties), tuple(goods), direction)


def left_over(phrase: str, scope: Scope) -> tuple[str, ...]:
    """Content words of a figure's `of` that nothing of the scope accounts for: what no table knows."""
    texts = (
        [p.text for p in scope.places] + [p.text for p in scope.parties] + [g.text for g in scope.goods if g.prefixes]
    )
    known = {w.lower() for text in texts for w in re.findall(r"[\w'’-]+", text)}
    idle = pattern("idle")
    months = pattern("months")
    return tuple(
        w
        for w in re.findall(r"[^\W\d_][\w'’-]*", phrase)
        if w.lower() not in known
        and not idle.fullmatch(w)
        and not months.fullmatch(w)
        and w.lower() not in demonyms()
        and country(w, numeric=False) is None
    )


def _direction(quote: str) -> str | None:
    found_in, found_out = pattern("import").search(quote), pattern("export").search(quote)
    if found_in and found_out:
        return "import" if found_in.start() < found_out.start() else "export"
    return "import" if found_in else "export" if found_out else None


def _parties(claim: TestedClaim, keys_of: KeysOf, direction: str | None) -> list[PartyName]:
    """Names of the quote that the records know, longest first; then organisations that they do not know."""
    quote = claim.quote
    tokens = list(_WORD.finditer(quote))
    found: list[PartyName] = []
    taken: list[tuple[int, int]] = list(claim.sources)
    countries = [(p.start, p.end) for p in _places(quote, direction, taken)]
    for length in range(_LONGEST_NAME, 0, -1):
        for at in range(len(tokens) - length + 1):
            first, last = tokens[at], tokens[at + length - 1]
            start, end = first.start(), last.end()
            text = quote[start:end]
            if (
                not _whole_run(quote, tokens, at, at + length - 1)
                or _overlaps(start, end, taken)
                or not _is_name(text)
                or (at == 0 and length == 1 and not _named(claim, text))
            ):
                continue
            if any(start < b and a < end and not (start <= a and b <= end and length > 1) for a, b in countries):
                continue
            if _place_code(text) is not None or (keys := keys_of(text)) == {}:
                continue
            found.append(PartyName(text, tuple(sorted(keys.items())), start, end, _role(quote, start, direction)))
            taken.append((start, end))
    unknown = list(claim.organisations)
    at = quote.find(claim.subject) if claim.subject else -1
    if at >= 0 and len(claim.subject.split()) > 1 and all(w[0].isupper() for w in claim.subject.split()):
        unknown.insert(0, (claim.subject, at, at + len(claim.subject)))
    for name, start, end in unknown:
        start, end = max(0, start), min(len(quote), end)
        if (
            not _overlaps(start, end, taken)
            and _place_code(quote[start:end]) is None
            and _place_code(name) is None
            and _is_name(quote[start:end])
        ):
            found.append(PartyName(quote[start:end], (), start, end, _role(quote, start, direction)))
            taken.append((start, end))
    return sorted(found, key=lambda p: p.start)  # fmt: skip


def _whole_run(quote: str, tokens: list[re.Match[str]], first: int, last: int) -> bool:
    """Whether a name is not a piece of a longer one: no word in capitals stands right beside it."""

    def joins(one: int, other: int) -> bool:
        if one < 0 or other >= len(tokens) or quote[tokens[one].end() : tokens[other].start()] != " ":
            return False
        beside = tokens[one if other == first else other].group()
        if one == 0 and other == first and len(beside) > 1 and not beside.isupper():
            return False
        return beside[0].isupper() and beside.lower() not in demonyms() and not pattern("idle").fullmatch(beside)

    return not joins(first - 1, first) and not joins(last, last + 1)


def _named(claim: TestedClaim, text: str) -> bool:
    """Whether the first word of a clause is a name and not only written large because it comes first."""
    return claim.subject == text or any(name == text for name, _, _ in claim.organisations)


def _is_name(text: str) -> bool:
    words = text.split()
    if (
        pattern("idle").fullmatch(words[0])
        or pattern("months").fullmatch(words[0])
        or pattern("idle").fullmatch(words[-1])
    ):
        return False
    if not words[0][0].isupper() or not (words[-1][0].isupper() or words[-1][0].isdigit()):
        return False
    return words[0].lower() not in demonyms() and sum(c.isalpha() for c in text) > 2  # fmt: skip


def _role(quote: str, start: int, direction: str | None) -> str:
    """consignee, shipper or either, from the word before the name and the verb after it."""
    before = re.findall(r"[\w-]+", quote[:start].lower())[-2:]
    if before and before[-1] in ("to", "for"):
        return "consignee"
    if before and before[-1] in ("from", "by"):
        return "shipper" if before[-1] == "from" else ("consignee" if direction == "import" else "shipper")
    verb = pattern("import" if direction == "import" else "export").search(quote, start) if direction else None
    if verb is not None:
        return "consignee" if direction == "import" else "shipper"
    return "either"


def _places(quote: str, direction: str | None, taken: list[tuple[int, int]]) -> list[Place]:
    tokens = list(_WORD.finditer(quote))
    used = list(taken)
    found: list[Place] = []
    for length in range(4, 0, -1):
        for at in range(len(tokens) - length + 1):
            start, end = tokens[at].start(), tokens[at + length - 1].end()
            text = re.sub(r"['’]s$", "", quote[start:end])
            end = start + len(text)
            if _overlaps(start, end, used) or not text[0].isupper():
                continue
            adjective = text.lower() in demonyms()
            code = demonyms().get(text.lower()) if adjective else _place_code(text)
            if code is None:
                continue
            used.append((start, end))
            found.append(
                Place(text, code, _part(quote, start, end, direction, adjective=adjective), start, end, adjective)
            )
    return sorted(found, key=lambda p: p.start)


def _place_code(text: str) -> str | None:
    """Country or area of a name; short codes only where written in capitals."""
    bare = re.sub(r"^[Tt]he\s+", "", text).strip()
    letters = bare.replace(".", "")
    if len(letters) < 2 or (len(letters) < 4 and not letters.isupper()) or not bare[0].isupper():
        return None
    if len(letters) == _ISO3 and letters.isupper() and pattern("short_country").fullmatch(letters) is None:
        return None
    return country(bare, numeric=False) or area(bare)


def _part(quote: str, start: int, end: int, direction: str | None, *, adjective: bool) -> str:
    """The part of a country in the trade, from the words around its name."""
    before = quote[:start].lower()
    after = quote[end:].lower()
    tail = before[-40:]
    if re.search(pattern("transit").pattern + r"\s+(the\s+)?$", tail) or re.search(
        r"\b(through|via)\s+(the\s+)?$", tail
    ):
        return "through"
    if re.match(r"(['’]s)?\s+(\w+\s+){0,1}?(" + pattern("export_noun").pattern + r")\b", after):
        return "from"
    if re.match(r"(['’]s)?\s+(\w+\s+){0,1}?(" + pattern("import_noun").pattern + r")\b", after):
        return "to"
    if re.search(pattern("import").pattern + r"\s+by\s+(the\s+)?$", tail):
        return "to"
    if re.search(pattern("export").pattern + r"\s+by\s+(the\s+)?$", tail):
        return "from"
    if re.search(r"\b(to|into|for|toward|towards)\s+(the\s+)?(\w+\s+and\s+)?$", tail):
        return "to"
    if re.search(r"\b(from|out of|left)\s+(the\s+)?(\w+\s+and\s+)?$", tail):
        return "from"
    if adjective:
        company = re.match(
            r"\s+(" + pattern("consignee_unit").pattern + r"|" + pattern("shipper_unit").pattern + r")\b", after
        )
        if company is None:
            return "from"
        if re.search(r"\bto\s+(a|an|one|some|several|two|three)\s+([a-z-]+\s+)?$", tail):
            return "to"
        if direction == "export" and re.search(pattern("export").pattern + r"\s+$", before):
            return "to"  # have sent Russian entities ...
        return {"import": "to", "export": "from"}.get(direction or "", "with")
    verb_in, verb_out = pattern("import").search(quote, end), pattern("export").search(quote, end)
    if verb_in and (verb_out is None or verb_in.start() < verb_out.start()):
        return "to"
    if verb_out:
        return "from"
    if re.search(r"\bin\s+(the\s+)?$", tail):
        return "to"
    return "with"


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _party_words(party: PartyName) -> str:
    names = [name for _, name in party.keys[:4]]
    more = f" and {len(party.keys) - 4} more" if len(party.keys) > 4 else ""
    return f"{party.text} (in the records: {', '.join(names)}{more})" if names else f"{party.text} (not in the records)"
