"""The decorator for compiled functions: numba, cached on disk, without the interpreter's lock, with the types kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V", int, bool)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at first use. `NUMBA_DISABLE_JIT=1` runs the same code as plain Python."""
    _looked_after(Path(function.__code__.co_filename).parent)
    return cast(Callable[P, R], njit(cache=True, nogil=True)(function))


def plain(value: V) -> V:
    """A constant that compiled code takes as any number or truth value: given as it is, numba compiles the function that it is
    passed to once more for each of its values."""
    return cast(V, np.bool_(value) if isinstance(value, bool) else np.int64(value))


def to_be_compiled(folder: Path) -> bool:
    """Whether nothing of a package's folder is compiled on this machine yet.

    False where the folder cannot be written: numba then keeps what it compiles elsewhere.
    """
    made = folder / "__pycache__"
    return os.access(made, os.W_OK) and not any(made.glob("*.nbi"))


def drop_stale(folder: Path) -> None:
    """Remove what was compiled from other sources than those that stand in `folder` now.

    numba looks at the file of a function only: where a function that it calls changed in another file, as after `git pull`, it
    would go on with the old one.
    """
    made_here = folder / "__pycache__"
    mark = made_here / "compiled.sha256"
    total = hashlib.sha256()
    for source in sorted(folder.glob("*.py")):
        total.update(source.read_bytes())
    try:
        if mark.exists() and mark.read_text() == total.hexdigest():
            return
        for pattern in ("*.nbi", "*.nbc"):
            for made in made_here.glob(pattern):
                made.unlink(missing_ok=True)
        made_here.mkdir(exist_ok=True)
        mark.write_text(total.hexdigest())
    except OSError:
        pass  # an installed package that cannot be written was not changed file by file either


_looked_after = cache(drop_stale)
