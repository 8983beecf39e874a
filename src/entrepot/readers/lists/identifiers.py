"""What kind of identifier a list gives: by its label, and by its shape where the label leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from entrepot.model import check_digits
from entrepot.readers.lists.tables import records

_AS_WRITTEN = frozenset({"crypto"})
_LOWER = frozenset({"email", "website"})
_LABELLED = re.compile(
    r"\b(?P<label>INN|OGRNIP|OGRN|KPP|OKPO|USCC|LEI|BIC|SWIFT(?:/BIC)?|IMO|MMSI|UNP|BIN|IIN|VAT|ИНН|ОГРН|КПП|ОКПО|БИН)"
    r"(?: (?:number|no\.?|code))?\s*[:\-–—#№]*\s*(?P<value>[0-9A-Z][0-9A-Z \-]{3,24}[0-9A-Z])",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*\.?$")
_TRAILING = re.compile(r"^(?P<value>[0-9A-Z][0-9A-Z.\-/ ]*?)\s*\((?P<label>[^)]+)\)$", re.IGNORECASE)


def normal(kind: str, value: str) -> str:
    """The form in which two spellings of one identifier are equal: upper case, without white space and dashes.

    E-mail and web addresses are lower case, the latter without scheme and trailing slash; addresses of digital
    currencies stay as they are, since case is part of them; telephone numbers keep digits and a leading plus.
    """
    value = value.strip()
    if kind in _AS_WRITTEN:
        return value
    if kind in _LOWER:
        return re.sub(r"^https?://|/$", "", value.lower())
    if kind == "phone":
        return ("+" if value.startswith(("+", "00")) else "") + re.sub(r"\D", "", value.removeprefix("00"))
    if kind == "imo" and re.fullmatch(r"(?:IMO\D*)?\d{7}", value, re.IGNORECASE):
        return re.sub(r"\D", "", value)
    return re.sub(r"[\s\-‐-―]+", "", value).upper()


def refined(kind: str, value: str, country: str | None) -> str:
    """A more exact kind where shape and country leave one: `tax` of ten or twelve digits in Russia is `inn`.

    Lengths: INN 10 (organisations) and 12 (persons), OGRN 13 and 15 (Federal Tax Service of Russia); an IMO number has
    7 digits. Unified social credit codes (GB 32100-2015) and LEI (ISO 17442) are told by their check digits, never
    where the list calls the number a person's: identity cards of China have 18 digits too.
    """
    if kind == "imo":
        return kind if len(value) == 7 else "registration"
    if country == "RU" and value.isdigit() and kind in ("tax", "registration", "other", "national"):
        if len(value) in (10, 12) and kind != "national":
            return "inn"
        if len(value) in (13, 15):
            return "ogrn"
    if kind in ("tax", "registration", "other"):
        if len(value) == 18 and country in (None, "CN") and check_digits.uscc(value):
            return "uscc"
        if len(value) == 20 and check_digits.lei(value):
            return "lei"
    return kind


def kind_of_label(label: str) -> str | None:
    """The kind that a publisher's label stands for (`Tax ID No.`, `IMO number`, `Passport`), or None."""
    return _labels().get(_fold(label))


def longest_label(text: str) -> tuple[str, str, str] | None:
    """The longest known label that `text` begins with: label, kind, and what follows it."""
    cleaned = text.strip()
    words = cleaned.split(" ")
    for count in range(min(len(words) - 1, 9), 0, -1):
        if kind := _labels().get(_fold(" ".join(words[:count]))):
            return " ".join(words[:count]), kind, " ".join(words[count:])
    return None


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """Kind and value of each identifier in a text that names them: `OGRN – 1125261000040; INN – 5261079332`,
    `7704730655 (Tax ID/INN)`."""
    matches = list(_LABELLED.finditer(text))
    for match in matches:
        yield kind_of_label(match["label"]) or "other", match["value"].strip()
    after = _TRAILING.match(text.strip())
    if not matches and after and (kind := kind_of_label(after["label"])):
        yield kind, after["value"].strip()


def numbers(text: str) -> list[tuple[str, str, str | None]]:
    """Kind, value and stated country of the registration numbers in a cell that may hold several:
    `Tax ID No. 7713076301 (Russia); Registration Number 1027700073466 (Russia)`."""
    found: list[tuple[str, str, str | None]] = []
    for piece in re.split(r";|\n|(?<=\))\s+(?=[A-Z])", text):
        bare, stated = piece.strip(), None
        if match := _IN_BRACKETS.search(bare):
            bare, stated = bare[: match.start()], match[1].strip()
        if named := list(labelled(piece)):
            found += [(kind, value, stated if value in bare else None) for kind, value in named]
        elif any(c.isdigit() for c in bare):
            label = longest_label(re.sub(r"[:–—#]", " ", bare).replace("  ", " "))
            kind, value = (label[1], label[2]) if label else ("registration", bare)
            found.append((kind, value.strip(" .:-"), stated))
    return found


def _fold(label: str) -> str:
    return re.sub(r"[^\w#]+", " ", label.lower()).strip()


@cache
def _labels() -> dict[str, str]:
    return {_fold(label): kind for label, kind, _ in records("identifier_labels.tsv")}
