"""Entries that name no party: `OTROS`, `TO ORDER`, `NOT AVAILABLE`, `same as consignee`, punctuation, numbers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.parties.datafile import rows
from entrepot.parties.text import fold, tokens

_REASONS = {
    "nothing": "says that no name is given",
    "same": "refers to another field",
    "order": "to order: no party named",
    "role": "names a role, not a party",
}
_SAME_AS = re.compile(
    r"^(same|idem|mismo|misma|meme|wie) (as|al?|que|as the|der|le) ?\w* ?(consignee|consignor|shipper|importer|exporter|notify|above|buyer|destinatario|consignatario|empfanger|destinataire)\w*$"
)


@cache
def _entries() -> dict[str, str]:
    return {" ".join(tokens(fold(text))): reason for text, reason, *_ in rows("not_a_party")}


@lru_cache(maxsize=1 << 16)
def not_a_party(name: str) -> str | None:
    """Why an entry names no party, or None where it may name one.

    The rule: the whole entry, folded, is in `data/not_a_party.tsv`, or has no letter, or repeats one letter. A name
    that merely contains such words (`Order of Malta`, `Otros Amigos SA`) is a party.

    Args:
        name: the entry as read.

    Returns:
        A clause such as `to order: no party named`.
    """
    words = tokens(fold(name))
    if not words:
        return "has no letter or digit"
    text = " ".join(words)
    reason = _entries().get(text)
    if reason is not None:
        return _REASONS[reason]
    letters = "".join(words)
    if letters.isdigit():
        return "is a number"
    if len(letters) == 1:
        return "is one letter" if letters.isascii() else None
    if len(letters) >= 3 and len(set(letters)) == 1:
        return "repeats one letter"
    if _SAME_AS.match(text):
        return _REASONS["same"]
    if text.startswith("to the order of ") or (text.startswith("to order of ") and words[-1] in ("shipper", "bank")):
        return _REASONS["order"]
    return None
