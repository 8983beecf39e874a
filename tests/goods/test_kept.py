"""What is learned from the goods data is kept, and learned again where it cannot be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from entrepot.goods import kept
from entrepot.goods.weights import Settings, Weights, learn
from entrepot.goods.words import weighted_words


@pytest.fixture
def small() -> Weights:
    terms = {
        "69": "ceramic",
        "6911": "porcelain tableware",
        "691110": "porcelain mug",
        "6912": "stoneware",
        "691200": "stoneware mug",
    }
    return learn([(code, weighted_words(text)) for code, text in terms.items()], terms, Settings())


def test_weights_come_back_as_they_were_saved(small: Weights, tmp_path: Path) -> None:
    small.save(tmp_path / "kept.npz")
    read = Weights.load(tmp_path / "kept.npz")
    assert read is not None
    assert (read.codes, read.vocabulary) == (small.codes, small.vocabulary)
    for name in ("by_heading", "by_chapter", "by_leaf"):
        assert abs(getattr(read, name) - getattr(small, name)).sum() == 0
    assert np.array_equal(read.idf, small.idf)
    assert np.array_equal(read.leaf_prior, small.leaf_prior)


@pytest.mark.parametrize("damage", ["absent", "empty", "cut", "other"])
def test_a_broken_file_is_no_weights(small: Weights, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "kept.npz"
    small.save(path)
    whole = path.read_bytes()
    if damage == "absent":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "other": b"codes,vocabulary\n"}[damage])
    assert Weights.load(path) is None


def test_the_second_call_reads_what_the_first_learned(
    small: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[Settings] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "learn_lexicon", lambda settings: learned.append(settings) or small)
    first, second = kept.default_weights(), kept.default_weights()
    assert learned == [Settings()]
    assert first.vocabulary == second.vocabulary
    assert len(list((tmp_path / "cache" / "entrepot").iterdir())) == 1


def test_a_folder_that_cannot_be_made_costs_time_only(
    small: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(kept, "learn_lexicon", lambda settings: small)
    assert kept.default_weights() is small
