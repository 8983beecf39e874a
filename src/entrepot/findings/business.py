"""Names that state one narrow trade (a bakery, a florist), and the goods that go with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyarrow as pa

from entrepot.model.tables.business import NAME_TRADES
from entrepot.parties.romanise import romanised
from entrepot.parties.text import fold, tokens

_LONGEST = 4
"""Words of the longest phrase in the data file."""

_LEAST_ROMANISED = 5
"""Letters of a word in Cyrillic that is also sought in its usual Latin spelling: MEBEL, PRODUKTY. Shorter ones (LES, VINO) are words of other
languages too."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade. `broad` ones (electronics, industry, general trade) go with everything; `fits` are HS prefixes."""

    name: str
    broad: bool
    fits: tuple[str, ...]
    source: str


def name_trades(names: Sequence[str], source_id: str) -> pa.Table:
    """The table `name_trades` for distinct names of one source."""
    rows = []
    for name in names:
        found = trade_of(name)
        if found is not None:
            trade, word = found
            fits = f";{';'.join(trade.fits)};"
            rows.append({"source_id": source_id, "name": name, "trade": trade.name, "word": word, "fits": fits})
    return NAME_TRADES.from_rows(rows)


def trade_of(name: str) -> tuple[Trade, str] | None:
    """The narrow trade that a name states with the word that states it; None where it states none, several, or a broad one."""
    found = {trade.name: (trade, word) for trade, word in _stated(name)}
    if len(found) != 1:
        return None
    trade, word = next(iter(found.values()))
    return None if trade.broad else (trade, word)


def words_text() -> str:
    """The data file, as the fingerprint of a step needs it."""
    return files("entrepot.findings").joinpath("data", "business_words.tsv").read_text(encoding="utf-8")


def _stated(name: str) -> Iterator[tuple[Trade, str]]:
    folded = fold(name)
    parts = tokens(folded)
    whole, within = _words()
    for at in range(len(parts)):
        for length in range(1, _LONGEST + 1):
            phrase = " ".join(parts[at : at + length])
            if at + length <= len(parts) and phrase in whole:
                yield whole[phrase], phrase
    for word, trade in within.items():
        if word in folded:
            yield trade, word


@cache
def _words() -> tuple[Mapping[str, Trade], Mapping[str, Trade]]:
    """Words that must stand alone, and words in Han, which is written without spaces."""
    whole: dict[str, Trade] = {}
    within: dict[str, Trade] = {}
    romanised_words: dict[str, Trade] = {}
    for row in csv.DictReader(words_text().splitlines(), delimiter="\t"):
        trade = Trade(row["trade"], row["scope"] == "broad", tuple(row["fits"].split()), row["source"])
        for word in row["words"].split(";"):
            folded = " ".join(tokens(fold(word)))
            if latin := _latin(folded):
                romanised_words.setdefault(latin, trade)
            (within if any("\u3400" <= letter <= "\u9fff" for letter in folded) else whole)[folded] = trade
    return MappingProxyType({**romanised_words, **whole}), MappingProxyType(within)


def _latin(phrase: str) -> str | None:
    """The usual Latin spelling of a Cyrillic phrase; None for other scripts and short words."""
    words = phrase.split()
    if not all("а" <= word[0] <= "я" for word in words) or any(len(word) < _LEAST_ROMANISED for word in words):
        return None
    return " ".join(romanised(word)[0] for word in words)
