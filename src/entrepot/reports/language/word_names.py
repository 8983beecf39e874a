"""Names in languages without a parser: countries by the tables of places, companies by their legal forms."""

from __future__ import annotations

import re
from functools import lru_cache

from entrepot.model.places import country
from entrepot.reports.naming import Mention, designators

_CAPITAL = re.compile(r"\b[A-ZÄÖÜА-ЯЁ][\w-]+(?: [A-ZÄÖÜА-ЯЁ][\w-]+){0,2}")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST_HAN, _SHORTEST_HAN = 8, 2
_ENDINGS = (("ией", "ия"), ("ии", "ия"), ("ию", "ия"), ("ая", "ая"), ("ой", "а"), ("ом", ""), ("ем", "й"), ("ею", "я"), ("ей", "я"),
            ("ами", "ы"), ("ах", "ы"), ("ов", "ы"), ("а", ""), ("у", ""), ("ы", "а"), ("е", ""), ("е", "а"), ("я", "й"), ("ю", "й"), ("е", "й"), ("и", "я"), ("и", "ь"),
            ("у", "а"), ("ы", ""), ("ю", "я"))  # fmt: skip
"""Endings of Russian cases and those of the nominative: `Турции`, `Китаем`, `Казахстаном`, `Эмиратов`."""
_COMPANY = {
    "ru": re.compile(r"\b(?:ООО|АО|ПАО|ОАО|ЗАО|ТОО|ИП|НПО|ФГУП)\s+[«\"„][^»\"“]{2,60}[»\"“]"),
    "de": re.compile(r"\b[A-ZÄÖÜ][\w&.-]*(?: [A-ZÄÖÜ&][\w&.-]*){0,4} (?:GmbH(?: & Co\. KG)?|AG|SE|KG|Ltd\.?|Inc\.?|LLC|OOO|Co\., Ltd\.?)(?!\w)"),
    "zh": re.compile(r"(?:[\u3400-\u9fff]{2,}?[省市])?[\u3400-\u9fff（）]{2,20}?(?:有限责任公司|股份有限公司|有限公司|集团公司|集团)"),
}  # fmt: skip
_ZH_LEAD = re.compile(r"^(?:据|由|向|从|对|与|和|及|经|被|在|给|将|把|称|是|该)+")


def names_by_rules(text: str, language: str) -> list[Mention]:
    """Countries, companies and designators of a text in the order in which they stand.

    Places are countries only: a town's name without its country is as often a person's or a product's.
    """
    found = [*_companies(text, language), *designators(text)]
    for mention in _countries_han(text) if language == "zh" else _countries(text, language):
        if not any(m.start < mention.end and mention.start < m.end for m in found):
            found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _companies(text: str, language: str) -> list[Mention]:
    found = []
    for match in _COMPANY[language].finditer(text) if language in _COMPANY else ():
        start = match.start()
        if language == "zh" and (lead := _ZH_LEAD.match(match[0])):
            start += lead.end()
        found.append(Mention("organisation", text[start : match.end()], start, match.end()))
    return found


def _countries(text: str, language: str) -> list[Mention]:
    found = []
    for match in _CAPITAL.finditer(text):
        words = match[0].split(" ")
        at, offset = 0, match.start()
        while at < len(words):
            size = next(
                (n for n in range(len(words) - at, 0, -1) if _is_country(" ".join(words[at : at + n]), language)), 0
            )
            name = " ".join(words[at : at + max(size, 1)])
            if size:
                found.append(Mention("place", name, offset, offset + len(name)))
            at += max(size, 1)
            offset += len(name) + 1
    return found


def _countries_han(text: str) -> list[Mention]:
    found = []
    for run in _HAN.finditer(text):
        at = run.start()
        while at < run.end() - 1:
            longest = min(_LONGEST_HAN, run.end() - at)
            size = next((n for n in range(longest, _SHORTEST_HAN - 1, -1) if _is_country(text[at : at + n], "zh")), 0)
            if size:
                found.append(Mention("place", text[at : at + size], at, at + size))
            at += max(size, 1)
    return found


@lru_cache(maxsize=1 << 16)
def _is_country(name: str, language: str) -> bool:
    """Whether a name, in any case of its language, is a country's; `Arm` is no code in running text, `USA` is a name."""
    if language != "zh" and (len(name) < 3 or (len(name) == 3 and not name.isupper())):
        return False
    if country(name, numeric=False) is not None:
        return True
    if language == "de" and name.endswith("s"):
        return country(name[:-1], numeric=False) is not None
    if language == "ru":
        *first, last = name.split(" ")
        return any(
            country(" ".join([*first, last.removesuffix(own) + nominative]), numeric=False) is not None
            for own, nominative in _ENDINGS
            if last.endswith(own) and len(last) - len(own) >= 3
        )
    return False
