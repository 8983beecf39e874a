"""What a reader noted of a finding: seen, notes, pins for the dossier; lines that are only appended."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from entrepot.engine.store import disk_errors
from entrepot.errors import InputError, UsageError

FILE = "marks.jsonl"

ACTIONS = ("seen", "unseen", "note", "pin", "unpin")

LONGEST_NOTE = 4_000
"""Characters of a note: two pages of type."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its time in UTC."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands beside one finding."""

    seen: bool = False
    pinned: bool = False
    notes: tuple[Note, ...] = ()


class Marks:
    """The file `marks.jsonl` of a case folder: a person's work, which no build writes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def all(self) -> dict[str, Marked]:
        """Finding to what stands beside it.

        Raises:
            InputError: a line is damaged; names it.
        """
        try:
            content = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        found: dict[str, Marked] = {}
        for number, line in enumerate(content.splitlines(), 1):
            if not line.strip():
                continue
            try:
                said = json.loads(line)
                finding, action, text, when = (str(said[k]) for k in ("finding", "action", "text", "when"))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError("a mark cannot be read", file=self.path, row=number, remedy="correct or remove the line") from error  # fmt: skip
            old = found.get(finding, Marked())
            found[finding] = Marked(
                {"seen": True, "unseen": False}.get(action, old.seen),
                {"pin": True, "unpin": False}.get(action, old.pinned),
                (*old.notes, Note(when, text)) if action == "note" else old.notes,
            )
        return found

    def pinned(self) -> tuple[str, ...]:
        """Findings that are pinned for the dossier, in the order of their identifiers."""
        return tuple(sorted(finding for finding, mark in self.all().items() if mark.pinned))

    def of(self, finding: str) -> Marked:
        """What stands beside one finding."""
        return self.all().get(finding, Marked())

    def add(self, finding: str, action: str, text: str = "") -> None:
        """Append a line.

        Raises:
            UsageError: the action is unknown, or the note empty or too long.
            CaseError: the file cannot be written.
        """
        if action not in ACTIONS:
            raise UsageError("unknown action", column="action", value=action, remedy=f"one of {', '.join(ACTIONS)}")
        text = text.strip()
        if action == "note" and not 0 < len(text) <= LONGEST_NOTE:
            raise UsageError("a note has between 1 and 4,000 characters", column="text")
        when = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = json.dumps({"when": when, "finding": finding, "action": action, "text": text}, ensure_ascii=False)
        with disk_errors(self.path), self.path.open("a", encoding="utf-8", errors="replace") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            handle.write(line + "\n")
            handle.flush()
            os.fsync(handle.fileno())
