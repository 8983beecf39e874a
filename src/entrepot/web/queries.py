"""The statements behind the pages: `.sql` files of several statements, each under a line `-- name: ...`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"
_MARK = re.compile(r"^-- name: ([a-z_]+)$", re.MULTILINE)


@cache
def statements(page: str) -> Mapping[str, str]:
    """Name to statement of `sql/<page>.sql`, in the file's order; comments under a name stay with it."""
    parts = _MARK.split((FOLDER / f"{page}.sql").read_text(encoding="utf-8"))
    return {name: text.strip().rstrip(";") for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def statement(page: str, name: str) -> str:
    """One statement."""
    return statements(page)[name]
