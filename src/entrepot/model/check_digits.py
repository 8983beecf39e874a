"""Check digits of identifiers: what tells a tax number or a LEI from any other run of characters."""

from __future__ import annotations

import re

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(value: str) -> bool:
    """Unified social credit code of China: 18 characters, sum of weights 3^i modulo 31 (GB 32100-2015)."""
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", value):
        return False
    total = sum(_USCC_ALPHABET.index(c) * pow(3, at, 31) for at, c in enumerate(value[:17]))
    return _USCC_ALPHABET[(31 - total % 31) % 31] == value[17]


def lei(value: str) -> bool:
    """Legal entity identifier: 20 characters, remainder 1 modulo 97 with letters as 10 to 35 (ISO 17442, ISO 7064)."""
    return (
        re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value) is not None
        and int("".join(str(int(c, 36)) for c in value)) % 97 == 1
    )


def inn(value: str) -> bool:
    """Tax number of Russia: 10 digits for companies, 12 for persons (order of the Federal Tax Service MMV-7-6/435@)."""
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", value):
        return False
    digits = [int(c) for c in value]
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(count: int) -> int:
        return sum(w * d for w, d in zip(weights[11 - count :], digits, strict=False)) % 11 % 10

    if len(digits) == 10:
        return check(9) == digits[9]
    return check(10) == digits[10] and check(11) == digits[11]


def imo(value: str) -> bool:
    """IMO number of a ship: 7 digits, the last is the sum of the others by 7 to 2 modulo 10 (IMO Res. A.1117(30))."""
    if not re.fullmatch(r"[0-9]{7}", value):
        return False
    return sum(int(d) * w for d, w in zip(value, range(7, 1, -1), strict=False)) % 10 == int(value[6])
