"""Every error that Entrepot raises on purpose.

    EntrepotError               exit code 1 unless said otherwise
    ├── InputError              a file or value could not be used
    │   └── LayoutUnclear       a customs file whose columns a person must confirm
    ├── UsageError              the command was called wrongly (exit code 2)
    ├── CaseError               the case folder could not be used
    │   ├── CaseLocked          another process builds this case
    │   └── CaseTooNew          built by a later version of Entrepot
    ├── QueryError              a statement failed; carries the statement
    └── MissingExtra            a part that is installed separately is not there

An error is a sentence for a person: what is wrong, where (file, row, column, value), and what would be accepted.
"""

from __future__ import annotations

import os

_VALUE_SHOWN = 80
_PATH_SHOWN = 4096
"""A path is shown whole (PATH_MAX of Linux): its end is the name that a person knows."""


class EntrepotError(Exception):
    """A problem with its place and its remedy.

    Args:
        problem: what is wrong, one clause, no full stop.
        file, row, column, value: where; `row` counts from 1 as a person sees it in the file.
        remedy: what the reader can do, or what would be accepted.
    """

    exit_code = 1

    def __init__(
        self,
        problem: str,
        *,
        file: str | os.PathLike[str] | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = None if file is None else os.fspath(file)
        self.row = row
        self.column = column
        self.value = None if value is None else str(value)
        self.remedy = remedy

    def __str__(self) -> str:
        where = []
        if self.file is not None:
            where.append(show(self.file, _PATH_SHOWN))
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f"column {show(self.column)}")
        text = f"{', '.join(where)}: {self.problem}" if where else self.problem
        if self.value is not None:
            text += f": {show(self.value)!r}"
        if self.remedy:
            text += f"\n  remedy: {self.remedy}"
        return text

    def as_dict(self) -> dict[str, object]:
        """The same as a JSON object, for `--json` and the HTTP API."""
        return {
            "error": type(self).__name__,
            "problem": self.problem,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "remedy": self.remedy,
        }


class InputError(EntrepotError):
    """A file or a value could not be used."""


class LayoutUnclear(InputError):
    """A customs file whose columns could not be told with enough confidence."""


class UsageError(EntrepotError):
    """The command or function was called wrongly."""

    exit_code = 2


class CaseError(EntrepotError):
    """The case folder could not be used."""


class CaseLocked(CaseError):
    """Another process builds this case."""


class CaseTooNew(CaseError):
    """The case was built by a later version of Entrepot."""


class QueryError(EntrepotError):
    """A statement failed; the message carries the statement."""


class MissingExtra(EntrepotError):
    """An optional part is not installed; the remedy names the command that installs it."""


def show(text: str, limit: int = _VALUE_SHOWN) -> str:
    """Text from outside, safe to print: control and bidirectional characters escaped, cut at `limit` characters."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"
