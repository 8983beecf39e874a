"""Fills the tables of goods from distinct texts and codes: classes, controls, contradictions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa

from entrepot.goods.classify import Classifier
from entrepot.goods.controls import HsControl, find_controls_in
from entrepot.goods.disguise import contradictions
from entrepot.model.tables.goods import GOODS_CLASSES, GOODS_CONTRADICTIONS, GOODS_CONTROLS

_BATCH = 20_000
"""Texts at once, so that a case of any size takes the memory of one batch."""

T = TypeVar("T")

Goods = tuple[str | None, str | None, int]
"""Goods text, declared code (digits only), number of shipments."""


def classes(texts: Iterable[str], classifier: Classifier, k: int = 5) -> Iterator[pa.Table]:
    """`goods_classes` for distinct texts, batch by batch."""
    for batch in _batches(texts):
        weighed, places = classifier.weigh(batch, k)
        rows: list[dict[str, object]] = []
        first = [0]
        for result in weighed:
            if result.abstained is not None:
                rows.append({"goods_text": "", "rank": 0, "abstained": result.abstained})
            rows += [
                {
                    "goods_text": "",
                    "rank": rank,
                    "hs6": candidate.hs6,
                    "score": candidate.score,
                    "heading": candidate.heading,
                    "heading_score": candidate.heading_score,
                    "chapter": candidate.chapter,
                    "chapter_score": candidate.chapter_score,
                    "words": "; ".join(candidate.words),
                }
                for rank, candidate in enumerate(result.candidates, 1)
            ]
            first.append(len(rows))
        # Texts of one form share their rows: each text takes them under its own name.
        starts, own = np.array(first[:-1])[places], np.diff(first)[places]
        at = np.repeat(starts - (np.cumsum(own) - own), own) + np.arange(own.sum())
        named = pa.array(batch, pa.string()).take(pa.array(np.repeat(np.arange(len(batch)), own)))
        yield GOODS_CLASSES.from_rows(rows).take(pa.array(at)).set_column(0, "goods_text", named)


def controls(
    goods: Iterable[Goods], hs_controls: Mapping[str, Sequence[HsControl]] | None = None
) -> Iterator[pa.Table]:
    """`goods_controls` for distinct (text, code) pairs, batch by batch.

    Args:
        goods: distinct pairs with the number of their shipments.
        hs_controls: declared code to its controls, already brought to the edition of the declarations.
    """
    for batch in _batches(goods):
        hits = find_controls_in([(text, code) for text, code, _ in batch], hs_controls)
        yield GOODS_CONTROLS.from_rows(
            {
                "goods_text": text or "",
                "hs_code": code,
                "control_id": hit.control_id,
                "kind": hit.kind,
                "title": hit.title,
                "tier": hit.tier,
                "why": "; ".join(hit.why),
                "span_from": hit.span[0] if hit.span else None,
                "span_to": hit.span[1] if hit.span else None,
                "confidence": hit.confidence,
                "source": hit.source,
                "rows": rows,
            }
            for (text, code, rows), found in zip(batch, hits, strict=True)
            for hit in found
        )


def contradicted(goods: Iterable[Goods], classifier: Classifier) -> Iterator[pa.Table]:
    """`goods_contradictions` for distinct (text, code) pairs, batch by batch."""
    for batch in _batches(goods):
        found = contradictions([(text, code) for text, code, _ in batch], classifier)
        yield GOODS_CONTRADICTIONS.from_rows(
            {
                "goods_text": answer.text,
                "hs_code": answer.hs_code,
                "rule": answer.rule,
                "title": answer.title,
                "expected_headings": "; ".join(answer.expected_headings),
                "words": "; ".join(answer.words),
                "probability": answer.probability,
                "source": answer.source,
                "rows": rows,
            }
            for (_, _, rows), answer in zip(batch, found, strict=True)
            if answer is not None
        )


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while batch := list(itertools.islice(source, _BATCH)):
        yield batch
