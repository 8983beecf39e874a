"""Romanisation: the usual Latin spelling of a token in another script, and the other usual spellings."""

from __future__ import annotations

from functools import cache, lru_cache

from anyascii import anyascii
from pypinyin import Style, lazy_pinyin

from entrepot.parties.datafile import rows
from entrepot.parties.text import token_script


@lru_cache(maxsize=1 << 17)
def romanised(token: str) -> tuple[str, ...]:
    """Latin spellings of a folded token, the most usual first; ASCII letters and digits only, never empty strings.

    Systems: Cyrillic by the passport and BGN/PCGN spellings with the choices that differ between Russian, Ukrainian,
    Bulgarian and Serbian; Arabic by consonants with the vowels that are written; Han by Pinyin, Wade-Giles and the
    surname spellings of Hong Kong; Kana by Hepburn; Hangul by the Revised Romanisation and McCune-Reischauer; Greek by
    ELOT 743; Armenian, Georgian, Hebrew, Thai, Devanagari and what else there is by the tables of anyascii.
    """
    if token.isascii():
        return (token,)
    script = token_script(token)
    if script == "Cyrl":
        found = _cyrillic(token)
    elif script == "Hang":
        found = _hangul(token)
    elif script in ("Kana", "Jpan"):
        found = _kana(token)
    elif script == "Hani":
        found = _han(token)
    elif script in _TABLE_SCRIPTS:
        found = _by_table(token, script)
    else:
        found = [_ascii(token)]
    kept = dict.fromkeys(c for c in ("".join(x for x in f.lower() if x.isascii() and x.isalnum()) for f in found) if c)
    return tuple(kept) or (_code_points(token),)


def _ascii(token: str) -> str:
    return anyascii(token)


def _code_points(token: str) -> str:
    """Letters that no rule reads keep their identity as hexadecimal."""
    return "u" + "".join(f"{ord(c):x}" for c in token[:8])


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A romanisation table: letter to its usual spellings. Data file `romanise_{name}.tsv`, `letter, spellings, source`."""
    return {row[0]: tuple("" if s == "-" else s for s in row[1].split("|")) for row in rows(f"romanise_{name}")}


_TABLE_SCRIPTS = {"Grek": "greek", "Arab": "arabic", "Hebr": "hebrew", "Armn": "armenian", "Geor": "georgian",
                  "Khmr": "khmer"}  # fmt: skip


def _by_table(token: str, script: str) -> list[str]:
    letters = table(_TABLE_SCRIPTS[script])
    if script == "Arab" and token.startswith("ال") and len(token) > 4:
        return [_spell(token[2:], letters, 0), "al" + _spell(token[2:], letters, 0), _spell(token[2:], letters, 1)]
    return [_spell(token, letters, 0), _spell(token, letters, 1)]


def _spell(token: str, letters: dict[str, tuple[str, ...]], choice: int) -> str:
    """Longest letter groups first (two, then one); `choice` picks the spelling where a letter has several."""
    out = []
    at = 0
    while at < len(token):
        for size in (2, 1):
            spellings = letters.get(token[at : at + size])
            if spellings is not None:
                out.append(spellings[min(choice, len(spellings) - 1)])
                at += size
                break
        else:
            out.append(token[at] if token[at].isascii() else _ascii(token[at]))
            at += 1
    return "".join(out)


def _cyrillic(token: str) -> list[str]:
    letters = table("cyrillic")
    usual = _spell(token, letters, 0)
    if usual.endswith(("iy", "yy")):
        usual = usual[:-2] + "y"
    second = _spell(token, letters, 1)
    return [usual, second, _spell(token, letters, 2)]


_INITIAL = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_INITIAL_MR = ("k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h")
_VOWEL = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
          "eu", "ui", "i")  # fmt: skip
_VOWEL_MR = ("a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
             "u", "ui", "i")  # fmt: skip
_FINAL = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
          "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip


def _hangul(token: str) -> list[str]:
    """Syllables by arithmetic (Unicode 3.12); Revised Romanisation, McCune-Reischauer with voiced stops inside a word."""
    revised, mccune = [], []
    last_final = 0
    for at, character in enumerate(token):
        code = ord(character) - 0xAC00
        if not 0 <= code < 11172:
            revised.append(_ascii(character))
            mccune.append(_ascii(character))
            continue
        lead, rest = divmod(code, 588)
        vowel, final = divmod(rest, 28)
        follows = ord(token[at + 1]) - 0xAC00 if at + 1 < len(token) else -1
        silent_next = 0 <= follows < 11172 and follows // 588 == 11
        coda = _FINAL[final]
        if silent_next and coda in ("k", "t", "p"):
            coda = {"k": "g", "t": "d", "p": "b"}[coda]
        initial = _INITIAL[lead] if not (lead == 5 and last_final == 8) else "l"
        voiced = at > 0 and last_final in (0, 4, 8, 16, 21)
        revised.append(initial + _VOWEL[vowel] + coda)
        mccune.append((_INITIAL[lead] if voiced else _INITIAL_MR[lead]) + _VOWEL_MR[vowel] + coda)
        last_final = final
    spelled = [".".join(revised), ".".join(mccune)]
    return [s.replace(".", "") for s in spelled]


def _kana(token: str) -> list[str]:
    """Hepburn; small vowels and the long mark as table rows; Han among Kana by Pinyin."""
    letters = table("kana")
    katakana = "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in token)
    out: list[str] = []
    at = 0
    double = False
    while at < len(katakana):
        if katakana[at] == "ッ":
            double, at = True, at + 1
            continue
        if katakana[at] == "ー":
            at += 1
            continue
        for size in (2, 1):
            spellings = letters.get(katakana[at : at + size])
            if spellings is not None:
                sound = spellings[0]
                out.append(sound[:1] + sound if double and sound[:1] not in "aeiou" else sound)
                at += size
                break
        else:
            sound = "".join(lazy_pinyin(katakana[at])) if token_script(katakana[at]) == "Hani" else _ascii(katakana[at])
            out.append(sound)
            at += 1
        double = False
    text = "".join(out)
    return [text, text.replace("ou", "o").replace("uu", "u").replace("oo", "o")]


def _han(token: str) -> list[str]:
    pinyin = lazy_pinyin(token, style=Style.NORMAL, errors="ignore", v_to_u=False)
    pinyin = [syllable.replace("v", "u") for syllable in pinyin]
    return ["".join(pinyin), "".join(wade_giles(s) for s in pinyin)]


@lru_cache(maxsize=2048)
def wade_giles(syllable: str) -> str:
    """The Wade-Giles spelling of a Pinyin syllable, without apostrophes, as Taiwan writes names."""
    for pinyin, wade in _WADE_WHOLE:
        if syllable == pinyin:
            return wade
    for pinyin, wade in _WADE_INITIAL:
        if syllable.startswith(pinyin):
            rest = syllable[len(pinyin) :]
            rest = {"ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "ui": "ui", "uo": "o", "e": "e"}.get(
                rest, rest
            )
            return wade + rest
    return syllable


_WADE_WHOLE = (
    ("zhi", "chih"), ("chi", "chih"), ("shi", "shih"), ("ri", "jih"), ("zi", "tzu"), ("ci", "tzu"), ("si", "ssu"),
    ("you", "yu"), ("yan", "yen"), ("ye", "yeh"), ("yue", "yueh"), ("er", "erh"), ("xue", "hsueh"), ("jue", "chueh"),
    ("guo", "kuo"), ("kuo", "kuo"), ("shuo", "shuo"), ("yi", "i"), ("dong", "tung"), ("he", "ho"), ("ge", "ko"),
    ("ke", "ko"), ("gui", "kuei"), ("kui", "kuei"),
)  # fmt: skip
_WADE_INITIAL = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"),
    ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"), ("s", "s"), ("l", "l"), ("m", "m"),
    ("n", "n"), ("f", "f"), ("h", "h"), ("w", "w"), ("y", "y"),
)  # fmt: skip
