"""The decorator for compiled functions: numba, cached on disk, without the interpreter's lock, with the types kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V", int, bool)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at first use. `NUMBA_DISABLE_JIT=1` runs the same code as plain Python."""
    return cast(Callable[P, R], njit(cache=True, nogil=True)(function))


def plain(value: V) -> V:
    """A constant that compiled code takes as any number or truth value: given as it is, numba compiles the function that it is
    passed to once more for each of its values."""
    return cast(V, np.bool_(value) if isinstance(value, bool) else np.int64(value))


def to_be_compiled() -> bool:
    """Whether the first comparison will take most of a minute, since nothing is compiled on this machine yet.

    False where the package's folder cannot be written: numba then keeps what it compiles elsewhere.
    """
    cache = Path(__file__).parent / "__pycache__"
    return os.access(cache, os.W_OK) and not any(cache.glob("*.nbi"))


def drop_stale(folder: Path) -> None:
    """Remove what was compiled from other sources than those that stand in `folder` now.

    numba looks at the file of a function only: where a function that it calls changed in another file, as after `git pull`, it
    would go on with the old one.
    """
    cache = folder / "__pycache__"
    mark = cache / "compiled.sha256"
    total = hashlib.sha256()
    for source in sorted(folder.glob("*.py")):
        total.update(source.read_bytes())
    try:
        if mark.exists() and mark.read_text() == total.hexdigest():
            return
        for pattern in ("*.nbi", "*.nbc"):
            for made in cache.glob(pattern):
                made.unlink(missing_ok=True)
        cache.mkdir(exist_ok=True)
        mark.write_text(total.hexdigest())
    except OSError:
        pass  # an installed package that cannot be written was not changed file by file either


drop_stale(Path(__file__).parent)
