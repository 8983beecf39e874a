"""Keeps what was learned from the goods data between runs: learning takes seconds, reading it back a tenth of one."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from entrepot.data import HS2022, bundled
from entrepot.goods.weights import Settings, Weights, learn_lexicon

_LEARNED_BY = ("lexicon.py", "weights.py", "words.py")
"""Modules whose code decides what is learned."""


def default_weights() -> Weights:
    """Weights from the data that ships, learned once for each state of data and code on this machine.

    They lie in the user's cache folder (`$XDG_CACHE_HOME` or `~/.cache`, below `entrepot`), hold nothing but public
    data, and may be removed at any time. Where the folder cannot be written, they are learned anew each time.
    """
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "entrepot"
    path = folder / f"goods-{_mark()}.npz"
    known = Weights.load(path)
    if known is not None:
        return known
    learned = learn_lexicon(Settings())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        learned.save(path)
        for other in folder.glob("goods-*.npz"):
            if other != path:
                other.unlink()
    except OSError:
        pass
    return learned


def _mark() -> str:
    """A hash of all that the weights depend on."""
    package = files("entrepot.goods")
    total = hashlib.sha256(f"{Settings()} snowballstemmer {version('snowballstemmer')}".encode())
    data = sorted(package.joinpath("data").iterdir(), key=lambda entry: entry.name)
    for part in (*(package.joinpath(name) for name in _LEARNED_BY), *data, bundled(HS2022)):
        content = part.read_bytes()
        total.update(f"{part.name} {len(content)} ".encode())
        total.update(content)
    return total.hexdigest()[:20]
