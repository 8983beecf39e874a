"""Finds parties, goods, list entries, claims and reports by words in any script, with typing errors."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

import duckdb
import tantivy
from anyascii import anyascii

from entrepot.web.queries import statements

KINDS = ("party", "goods", "code", "list entry", "claim", "report")
"""What a hit may be, in the order of the page."""

FACETS = ("kind", "country", "role", "list", "hs", "year")
"""By what hits are counted and narrowed."""

FACET_VALUES = 12
"""Values shown of a facet: a search over a million countries would not be read."""

MOST_WORDS = 12
WORD_CHARACTERS = 48
"""A query is cut to so many words of so many letters; the longest Latin word of the bundled list has 34."""

TEXT_CHARACTERS = 4_000
"""What is indexed of one text: a record of 100 kB is found by its first 4,000 characters."""

HEAP_BYTES = 192_000_000
"""Memory of the index writer."""

_WORD = re.compile(r"[a-z0-9]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: what it is, where its page is, its name and one line about it."""

    kind: str
    id: str
    title: str
    note: str
    country: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, with how many there are in all and per value of each facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    loosened: bool
    """True where no hit has all words and those with some are shown."""


class TextIndex:
    """An opened index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> TextIndex:
        """Open what `make` wrote."""
        return cls(tantivy.Index.open(str(folder)))

    @classmethod
    def make(cls, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        """Write the index of the pages' database to a folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for sql in statements("textindex").values():
            cursor = connection.execute(sql)
            while rows := cursor.fetchmany(10_000):
                for row in rows:
                    writer.add_document(_document(row))
        writer.commit()
        writer.wait_merging_threads()
        (folder / "ready").touch()

    def search(self, text: str, chosen: Mapping[str, str] | None = None, *, limit: int = 20, offset: int = 0) -> Found:
        """Hits of a query, best first.

        Args:
            text: words in any script. chosen: facet to the value that hits must have.
        """
        words = query_words(text)
        if not words:
            return Found((), 0, {}, False)
        narrowed = [
            (tantivy.Occur.Must, tantivy.Query.term_query(self._index.schema, name, value))
            for name, value in (chosen or {}).items()
            if name in FACETS and value
        ]
        for occur in (tantivy.Occur.Must, tantivy.Occur.Should):
            asked = tantivy.Query.boolean_query([(occur, self._near(word)) for word in words])
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, asked), *narrowed])
            found = self._searcher.search(query, limit=limit, offset=offset, count=True)
            if found.count or len(words) == 1:
                break
        facets = self._searcher.aggregate(
            query, {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS}
        )
        return Found(
            tuple(self._hit(score, address) for score, address in found.hits),
            int(found.count or 0),
            {
                name: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in facets[name]["buckets"]]
                for name in FACETS
            },
            occur is tantivy.Occur.Should,
        )

    def _near(self, word: str) -> tantivy.Query:
        """A word as typed, as the beginning of a longer one, or with letters wrong: one from 4 letters, two from 8."""
        schema = self._index.schema
        ways = [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, "words", word), 4.0),
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, "title_words", word), 6.0),
        ]
        if len(word) >= 3:
            ways.append(tantivy.Query.fuzzy_term_query(schema, "words", word, distance=0, prefix=True))
        if len(word) >= 4 and not word.isdigit():
            distance = 2 if len(word) >= 8 else 1
            ways.append(
                tantivy.Query.boost_query(tantivy.Query.fuzzy_term_query(schema, "words", word, distance=distance), 0.6)
            )
        return tantivy.Query.disjunction_max_query(ways, 0.1)

    def _hit(self, score: float, address: tantivy.DocAddress) -> Hit:
        document = self._searcher.doc(address)

        def one(name: str) -> str:
            return str(document.get_first(name) or "")

        return Hit(one("kind"), one("id"), one("title"), one("note"), one("country"), float(score))


def folded_words(text: str) -> list[str]:
    """Words as indexed: Latin letters and digits, lower case; syllables of Han and Kana also in pairs.

    `folded_words("ООО «Ромашка»")` is `["ooo", "romashka"]`.
    """
    spaced = (
        _CJK.sub(lambda match: f" {match[0]} ", text[:TEXT_CHARACTERS]) if _CJK.search(text) else text[:TEXT_CHARACTERS]
    )
    words = _WORD.findall(anyascii(spaced.casefold()).lower().replace("'", ""))
    if spaced != text[:TEXT_CHARACTERS]:
        words += [left + right for left, right in itertools.pairwise(words)]
    return words


def query_words(text: str) -> list[str]:
    """Words that a query asks for, each once; those of a Han query in pairs, so that the order counts."""
    words = folded_words(text[: MOST_WORDS * WORD_CHARACTERS])
    if _CJK.search(text) and len(words) > 2:
        words = words[(len(words) + 1) // 2 :]
    return list(dict.fromkeys(word[:WORD_CHARACTERS] for word in words))[:MOST_WORDS]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_words", tokenizer_name="whitespace", index_option="freq")
    for name in ("id", "title", "note"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            name, stored=name in ("kind", "country"), fast=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


def _document(row: Sequence[object]) -> tantivy.Document:
    """A row of `textindex.sql`: kind, id, title, other words, note, countries, roles, list, hs, first and last day, rows."""
    kind, key, title, more, note, countries, roles, listed, hs, first, last, rows = row
    document = tantivy.Document()
    document.add_text("kind", str(kind))
    document.add_text("id", str(key))
    document.add_text("title", str(title or "")[:300])
    document.add_text("note", str(note or "")[:300])
    words = folded_words(str(title or ""))
    document.add_text("title_words", " ".join(words))
    # what occurs often comes first among equals: the words of a frequent party count up to four times
    often = 1 + min(3, int(log2(1 + int(str(rows or 0))) / 4))
    document.add_text("words", " ".join([*words * often, *folded_words(str(more or ""))]))
    for name, value in (("country", countries), ("role", roles), ("list", listed), ("hs", hs)):
        for part in dict.fromkeys(str(value or "").split(";")):
            if part:
                document.add_text(name, part)
    for year in _years(first, last):
        document.add_text("year", str(year))
    return document


def _years(first: object, last: object) -> Iterator[int]:
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        yield from range(max(first.year, last.year - 60), last.year + 1)
