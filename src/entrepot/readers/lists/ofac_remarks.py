"""Reads the remarks of OFAC's list, where dates of birth, identifiers, nationality and links stand in one text."""

from __future__ import annotations

import re
from collections.abc import Callable

from entrepot.model.places import country
from entrepot.readers.lists.dates import read_date
from entrepot.readers.lists.entries import Entries
from entrepot.readers.lists.identifiers import longest_label

_SPLIT = re.compile(r";\s+|;$")
_QUOTED = re.compile(r"(a|f|n)\.k\.a\. ['\"‘“](.*)['\"’”]$", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"\s+(?:issued|expires|expired|\(issued)\b.*$", re.IGNORECASE)
_COUNTRY = re.compile(r"\s*\(([^()]+)\)")
_CRYPTO = re.compile(r"Digital Currency Address - (\w+) (\S+)")


def read_remarks(entries: Entries, entry_id: str, row: int, name: str, remarks: str | None) -> None:
    """Add to `entries` what the remarks of one entry state.

    Every clause stays in the entry's `remarks` too: what is not understood (titles, offices, comments) is not lost.

    Args:
        name: primary name of the entry, the second party of `Linked To`.
        remarks: clauses with `;` between, as `DOB 10 Dec 1948; POB Egypt; Tax ID No. 7707083893 (Russia); Linked To: X.`
    """
    if not remarks:
        return
    # OFAC's XML sets the whole in brackets
    inner = remarks[1:-1] if remarks.startswith("(") and remarks.endswith(")") else remarks
    for clause in _SPLIT.split(inner):
        text = clause.strip()
        bare = re.sub(r"^alt\. ", "", text)
        bare = bare[:-1] if bare.endswith(".") and not re.search(r"\b[A-Z]\.[A-Z]\.$", bare) else bare
        for prefix, read in _READERS.items():
            if bare.startswith(prefix):
                read(entries, entry_id, row, bare.removeprefix(prefix).strip())
                break
        else:
            _others(entries, entry_id, row, name, bare)


def identifier(entries: Entries, entry_id: str, row: int, kind: str, rest: str, original: str) -> None:
    """One identifier: the number, then its country in brackets, then dates of issue and expiry."""
    value = _AFTER_NUMBER.sub("", rest)
    issuer = None
    if kind != "phone" and (match := _COUNTRY.search(value)):
        issuer = entries.country(match[1], row, "remarks") if len(match[1]) > 1 else None
        value = value[: match.start()]
    entries.identifier(entry_id, row, kind, value.strip(" ."), country=issuer, original=original)


def _others(entries: Entries, entry_id: str, row: int, name: str, text: str) -> None:
    if match := _QUOTED.match(text):
        # names in the remarks are those that OFAC calls weak; f.k.a. is a former name
        entries.name(entry_id, row, match[2], "former" if match[1].lower() == "f" else "weak", "remarks")
    elif text.startswith("Linked To:"):
        owner = text.removeprefix("Linked To:").strip()
        if owner:
            entries.owns(row, owner=owner, owned=name, owned_entry=entry_id, relation="linked", original=text)
    elif match := _CRYPTO.match(text):
        entries.identifier(entry_id, row, "crypto", match[2], original=text)
    elif found := longest_label(text):
        _, kind, rest = found
        if any(c.isdigit() for c in rest) or kind in ("email", "website", "swift"):
            identifier(entries, entry_id, row, kind, rest, text)


def _birth(entries: Entries, entry_id: str, row: int, text: str) -> None:
    entries.born(entry_id, row, text, read_date(text))


def _founded(entries: Entries, entry_id: str, row: int, text: str) -> None:
    entries.born(entry_id, row, text, read_date(text), "incorporation_date")


def _birth_place(entries: Entries, entry_id: str, row: int, text: str) -> None:
    # a place of birth need not end in a country: what is no country is no problem
    last = text.rsplit(",", 1)[-1].strip()
    entries.place(entry_id, row, "birth", text, country=country(last, numeric=False) if len(last) > 3 else None)


def _nationality(entries: Entries, entry_id: str, row: int, text: str) -> None:
    entries.nation(entry_id, row, "nationality", text, "remarks (nationality)")


def _flag(entries: Entries, entry_id: str, row: int, text: str) -> None:
    entries.nation(entry_id, row, "flag", text.removesuffix("."), "remarks (flag)")


_READERS: dict[str, Callable[[Entries, str, int, str], None]] = {
    "DOB ": _birth,
    "POB ": _birth_place,
    "nationality ": _nationality,
    "citizen ": _nationality,
    "Organization Established Date ": _founded,
    "Former Vessel Flag ": _flag,
    "Vessel Flag ": _flag,
}
