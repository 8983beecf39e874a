"""Check rules of tax and registration numbers; each takes a number of the right shape (data/identifiers.tsv)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Rule = Callable[[str], bool]


def _inn(number: str) -> bool:
    digits = _digits(number)
    if len(digits) == 10:
        return _sum(digits, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == digits[9]
    tenth = _sum(digits, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    eleventh = _sum(digits, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    return [tenth, eleventh] == digits[10:]


def _ogrn(number: str) -> bool:
    return int(number[:-1]) % (11 if len(number) == 13 else 13) % 10 == int(number[-1])


def _bin(number: str) -> bool:
    digits = _digits(number)
    rest = _sum(digits, range(1, 12)) % 11
    if rest == 10:
        rest = _sum(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == digits[11]


def _edrpou(number: str) -> bool:
    digits = _digits(number)
    weights = (1, 2, 3, 4, 5, 6, 7) if not 30_000_000 <= int(number) <= 60_000_000 else (7, 1, 2, 3, 4, 5, 6)
    rest = _sum(digits, weights) % 11
    if rest == 10:
        rest = _sum(digits, [weight + 2 for weight in weights]) % 11
    return rest % 10 == digits[7]


def _rnokpp(number: str) -> bool:
    digits = _digits(number)
    return _sum(digits, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == digits[9]


def _unp(number: str) -> bool:
    digits = _digits(number)
    rest = _sum(digits, (29, 23, 19, 17, 13, 7, 5, 3)) % 11
    return rest == digits[8]


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _uscc(number: str) -> bool:
    total = sum(_USCC.index(character) * pow(3, place, 31) for place, character in enumerate(number[:17]))
    return _USCC[-total % 31] == number[17]


_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _gstin(number: str) -> bool:
    total = 0
    for place, character in enumerate(number[:14]):
        product = _BASE_36.index(character) * (1 + place % 2)
        total += product // 36 + product % 36
    return _BASE_36[-total % 36] == number[14]


def _vkn(number: str) -> bool:
    digits = _digits(number)
    total = 0
    for place, digit in enumerate(digits[:9]):
        shifted = (digit + 9 - place) % 10
        if shifted:
            total += (shifted * 2 ** (9 - place)) % 9 or 9
    return -total % 10 == digits[9]


def _tckn(number: str) -> bool:
    digits = _digits(number)
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"


def _rfc(number: str) -> bool:
    if not 1 <= int(number[-7:-5]) <= 12 or not 1 <= int(number[-5:-3]) <= 31:
        return False
    total = sum(_RFC.index(character) * (13 - place) for place, character in enumerate(number.rjust(13)[:12]))
    return "0123456789A"[-total % 11] == number[-1]


def _rut(number: str) -> bool:
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(number[:-1])))
    return "0123456789K"[-total % 11] == number[-1]


def _cnpj(number: str) -> bool:
    # Since 2026 the first twelve may be letters, which count as their ASCII code less that of 0.
    if len(set(number)) == 1:
        return False
    values = [ord(character) - 48 for character in number]
    for length in (12, 13):
        weights = [2 + place % 8 for place in range(length)][::-1]
        rest = _sum(values, weights) % 11
        if values[length] != (0 if rest < 2 else 11 - rest):
            return False
    return True


def _cpf(number: str) -> bool:
    digits = _digits(number)
    if len(set(digits)) == 1:
        return False
    return all(_sum(digits, range(n + 1, 1, -1)) * 10 % 11 % 10 == digits[n] for n in (9, 10))


def _cuit(number: str) -> bool:
    digits = _digits(number)
    return min(-_sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11, 9) == digits[10]


def _ruc(number: str) -> bool:
    digits = _digits(number)
    return (11 - _sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10 == digits[10]


def _nit(number: str) -> bool:
    digits = _digits(number)
    rest = _sum(digits, (41, 37, 29, 23, 19, 17, 13, 7, 3)) % 11
    return (rest if rest < 2 else 11 - rest) == digits[9]


def _brn(number: str) -> bool:
    digits = _digits(number)
    return -(_sum(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5)) + digits[8] * 5 // 10) % 10 == digits[9]


def _jcn(number: str) -> bool:
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number[1:])))
    return 9 - total % 9 == int(number[0])


def _mst(number: str) -> bool:
    digits = _digits(number)
    return 10 - _sum(digits, (31, 29, 23, 19, 17, 13, 7, 5, 3)) % 11 == digits[9]


def _nip(number: str) -> bool:
    digits = _digits(number)
    return _sum(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == digits[9]


def _luhn(number: str) -> bool:
    doubled = [digit * (1 + place % 2) for place, digit in enumerate(reversed(_digits(number)))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _lei(number: str) -> bool:
    return int("".join(str(_BASE_36.index(character)) for character in number)) % 97 == 1


def _imo(number: str) -> bool:
    digits = _digits(number)
    return _sum(digits, (7, 6, 5, 4, 3, 2)) % 10 == digits[6]


def _digits(number: str) -> list[int]:
    return [int(digit) for digit in number]


def _sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    """Weighted sum of as many digits as there are weights."""
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


RULES: dict[str, Rule] = {
    "inn": _inn,
    "ogrn": _ogrn,
    "bin": _bin,
    "edrpou": _edrpou,
    "rnokpp": _rnokpp,
    "unp": _unp,
    "uscc": _uscc,
    "gstin": _gstin,
    "vkn": _vkn,
    "tckn": _tckn,
    "rfc": _rfc,
    "rut": _rut,
    "cnpj": _cnpj,
    "cpf": _cpf,
    "cuit": _cuit,
    "ruc": _ruc,
    "nit": _nit,
    "brn": _brn,
    "jcn": _jcn,
    "mst": _mst,
    "nip": _nip,
    "piva": _luhn,
    "siren": _luhn,
    "lei": _lei,
    "imo": _imo,
}
"""Kind to rule. Kinds without a public rule are absent."""
