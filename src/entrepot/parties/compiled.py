"""The decorator for compiled functions: numba, cached on disk, without the interpreter's lock, with the types kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at first use. After an edit of a function that others call, delete `__pycache__/*.nb?`: numba sees only the
    edited file and would keep its callers as they were. `NUMBA_DISABLE_JIT=1` runs the same code as plain Python."""
    return cast(Callable[P, R], njit(cache=True, nogil=True)(function))
