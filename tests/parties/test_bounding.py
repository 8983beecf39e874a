"""Names that cannot reach a score are passed over; all others have the score that they have without that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entrepot.parties.analyse import Analyser, schema_kind
from entrepot.parties.compare import score_all
from entrepot.parties.index import NameIndex

WORDS = """
mohammed muhammad ali aly hassan hasan ibn al abu robert bob william bill j s jc petrov petrova petrovich ivan
iwan global  globex trading electronics elektronik shipping lines line bank of syria korea kim star ocean
oceanstar seven 7 twenty two 22  ltd llc gmbh jsc co norinco no 2 fridrich buchenberg fridrichbuchenberg agd
advanced general dynamics pioneer damascus tehran  петров торговый дом 深圳 贸易 شركة
"""
names = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(names, min_size=2, max_size=12),
    st.sampled_from(["Person", "Company", "Vessel", None]),
    st.sampled_from([0.5, 0.65, 0.8, 0.9]),
)
@example(["mohammed lines", "line seven"], "Person", 0.5)  # two names that Wikidata has, of one stem
def test_a_bound_changes_no_score_above_it(
    analyser: Analyser, texts: list[str], schema: str | None, least: float
) -> None:
    analysed = analyser.batch(texts, [schema_kind(schema)] * len(texts))
    left, right = (side.ravel().astype(np.int64) for side in np.indices((len(texts), len(texts))))
    whole = score_all(analyser, analysed, analysed, left, right, 1)
    bounded = score_all(analyser, analysed, analysed, left, right, 1, least)
    assert np.array_equal(bounded[whole >= least], whole[whole >= least])
    assert (bounded <= whole).all()


def test_screening_keeps_what_exhaustive_comparison_finds() -> None:
    listed = [
        "Global Trading LLC",
        "Globex Electronics Trading",
        "Hassan Ali Mohammed",
        "Ocean Star Shipping Lines",
        "Bank of Syria",
    ]
    index = NameIndex.build(listed)
    all_hits, hits = index.search(listed, least=0.0), index.search(listed, least=0.65)
    keep = all_hits.score >= 0.65
    assert np.array_equal(hits.query, all_hits.query[keep])
    assert np.array_equal(hits.name, all_hits.name[keep])
    assert np.array_equal(hits.score, all_hits.score[keep])
