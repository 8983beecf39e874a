"""Puts what both statements of an indicator begin with before each of them: shipped parts and the file's own."""

from __future__ import annotations

import re
from pathlib import Path

from entrepot.engine.sql import parse
from entrepot.errors import InputError

FOLDER = Path(__file__).parent / "indicators" / "parts"
"""Parts that several indicators begin with: each file is one or more named queries, `name AS (...)`, without `WITH`."""

_COMMON = re.compile(r"^-- common\b.*$", re.MULTILINE)
_QUERY = re.compile(r"^-- query\b.*$", re.MULTILINE)
_WITH = re.compile(r"^WITH\s+", re.IGNORECASE)


def split(text: str, path: Path) -> tuple[str, str]:
    """The file's own common part ("" where it has none) and the text of header and query.

    Args:
        text: the file up to its line `-- evidence`. path: the file, for messages.

    Raises:
        InputError: there is a line `-- common` without a line `-- query` after it, or the reverse, or several of them.
    """
    halves = _COMMON.split(text)
    if len(halves) == 1 and not _QUERY.search(text):
        return "", text
    rest = _QUERY.split(halves[-1])
    if len(halves) != 2 or len(rest) != 2:
        raise InputError(
            "named queries of both statements stand between one line `-- common` and one line `-- query`",
            file=path,
            remedy="see docs/indicators.md",
        )
    return parse("common", rest[0]).text.rstrip(","), f"{halves[0]}\n{rest[1].strip()}"


def included(names: str, path: Path) -> list[str]:
    """The shipped parts that a header's `-- include:` names, in that order.

    Raises:
        InputError: there is no such part.
    """
    found = []
    for name in (part.strip() for part in names.split(",") if part.strip()):
        known = {each.stem: each for each in sorted(FOLDER.glob("*.sql"))}
        if name not in known:
            raise InputError("no such part", file=path, value=name, remedy=f"one of {', '.join(known)}")
        found.append(parse(name, known[name].read_text(encoding="utf-8")).text)
    return found


def begin_with(parts: list[str], statement: str) -> str:
    """The statement with the named queries of the parts before its own: what runs, and what a reader is shown."""
    if not parts:
        return statement
    shared = ",\n".join(parts)
    own = _WITH.sub("", statement, count=1)
    return f"WITH {shared}{',' if own != statement else ''}\n{own}"
