"""Prints tables, JSON and progress: data to stdout, the rest to stderr."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from entrepot import parties
from entrepot.engine.compiled import to_be_compiled
from entrepot.engine.steps import Event

err = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON document to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def print_json_lines(rows: Iterable[Mapping[str, object]]) -> None:
    """One JSON object a line to stdout."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def safe(value: object) -> str:
    """A value as text that cannot steer the terminal: control and bidirectional characters are escaped."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 or value == 0 else f"{value:.3g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    text = str(value)
    return "".join(c if c.isprintable() else (" " if c.isspace() else f"\\x{ord(c):02x}") for c in text)


def print_table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, title: str | None = None) -> None:
    """Rows as a table; plain tab-separated text where stdout is no terminal, so that other tools can read it."""
    if not sys.stdout.isatty():
        sys.stdout.write("\t".join(columns) + "\n")
        for row in rows:
            sys.stdout.write("\t".join(safe(row.get(c)).replace("\t", " ") for c in columns) + "\n")
        return
    table = Table(title=title, title_justify="left", show_lines=False, header_style="bold")
    for column in columns:
        numeric = any(isinstance(row.get(column), int | float) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*[Text(safe(row.get(column))) for column in columns])
    out.print(table)


def say_first_use() -> None:
    """Tell a person who waits why the first comparison of names takes so long."""
    if to_be_compiled(Path(parties.__file__).parent):
        err.print("The rules that compare names are compiled for this machine: about a minute, this once.")


@contextmanager
def moving(what: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar of `what`, told (done, total); none where stderr is no terminal.

    Args:
        shown: False where rows are printed to the same terminal.
    """
    if not (shown and err.is_terminal):
        yield lambda _done, _total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class BuildProgress:
    """A progress bar of a build on a terminal; a line a step elsewhere."""

    def __init__(self) -> None:
        self.bar: Progress | None = None
        self.ran = 0
        self.rows = 0
        self.seconds = 0.0

    def __enter__(self) -> BuildProgress:
        if err.is_terminal:
            self.bar = Progress(
                SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total} steps"),
                TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), console=err, transient=True,
            )  # fmt: skip
            self.bar.start()
            self.task = self.bar.add_task("starting", total=None, rate="")
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, event: Event) -> None:
        title = safe(event.step.title)
        if self.bar is not None:
            rate = f"{self.rows / self.seconds:,.0f} rows/s" if self.seconds > 0.5 else ""
            done = event.position - (1 if event.kind == "begin" else 0)
            self.bar.update(self.task, total=event.steps, completed=done, description=title[:60], rate=rate)
        if event.kind == "end":
            self.ran += 1
            self.rows += event.rows
            self.seconds += event.seconds
            if self.bar is None:
                speed = f", {event.rows / event.seconds:,.0f} rows/s" if event.seconds > 0.2 else ""
                rows = "1 row" if event.rows == 1 else f"{event.rows:,} rows"
                err.print(Text(f"[{event.position}/{event.steps}] {title}: {rows}, {event.seconds:.1f} s{speed}"))


def _plain(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)
