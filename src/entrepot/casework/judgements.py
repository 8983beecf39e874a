"""A person's judgements: kept line by line in the case folder, never overwritten, undone by a further line."""

from __future__ import annotations

import csv
import datetime as dt
import fcntl
import getpass
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from entrepot.engine.store import disk_errors, replace_text
from entrepot.errors import CaseError, InputError, UsageError
from entrepot.parties.normal import normal_form

if TYPE_CHECKING:
    from entrepot.casework.case import Case

FILE = "judgements.jsonl"

DECISIONS = ("same", "different", "unsure")

UNDO = "undo"
"""What stands for the decision of a line that takes an earlier one back."""

KINDS = ("party-party", "party-entry")

_COLUMNS = ("id", "when", "author", "kind", "left", "right", "decision", "reason", "undoes", "in_force")

_LONGEST = 2_000
"""Characters of a name, identifier, author or reason that are accepted; the longest name on a list has 400."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the sources write it: what stays the same however often the case is built.

    Attributes:
        name: a name as read, in any of its spellings; None where the records give only an identifier.
        identifier: as read, `kind:value`; given where one name stands for several parties with different numbers.
    """

    name: str | None
    identifier: str | None = None

    @property
    def key(self) -> str:
        """Equal for spellings of one name."""
        return json.dumps(
            ["party", normal_form(self.name) or self.name if self.name else None, self.identifier], ensure_ascii=False
        )

    @property
    def label(self) -> str:
        """For a person."""
        return " ".join(part for part in (self.name, f"({self.identifier})" if self.identifier else None) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, by the publisher's own identifier."""

    list_id: str
    entry_id: str

    @property
    def key(self) -> str:
        """The list and the entry."""
        return json.dumps(["entry", self.list_id, self.entry_id], ensure_ascii=False)

    @property
    def label(self) -> str:
        """For a person."""
        return f"{self.list_id} {self.entry_id}"


Subject = Party | Entry


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the file.

    Attributes:
        id: `j-` and 12 hex digits. when: in UTC, to the second. author: who judged.
        kind: `party-party` or `party-entry`. left: the party. right: the other party, or the list entry.
        decision: `same`, `different`, `unsure`, or `undo`. reason: in the author's words.
        undoes: identifier of the judgement that this line takes back.
    """

    id: str
    when: dt.datetime
    author: str
    kind: str
    left: Party
    right: Subject
    decision: str
    reason: str = ""
    undoes: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two sides without order: judgements with equal pairs are about the same question."""
        return frozenset((self.left.key, self.right.key))

    def as_dict(self) -> dict[str, object]:
        """As one JSON object."""
        return {
            "id": self.id, "when": self.when.strftime("%Y-%m-%dT%H:%M:%SZ"), "author": self.author, "kind": self.kind,
            "left": _side(self.left), "right": _side(self.right), "decision": self.decision, "reason": self.reason,
            "undoes": self.undoes,
        }  # fmt: skip


def record(
    case: Case,
    left: Party,
    right: Subject,
    decision: str,
    *,
    reason: str = "",
    author: str | None = None,
    when: dt.datetime | None = None,
) -> Judgement:
    """Append a judgement; it outranks the machine and every earlier judgement of the same pair.

    Args:
        left: a party. right: another party, or a list entry.
        decision: `same`, `different` or `unsure`.
        author: the login name where not given. when: now where not given; with a time zone.

    Raises:
        UsageError: the decision is unknown, both sides are one party, or a text is empty or too long.
        InputError: the file is damaged; names the line. CaseError: it cannot be written.
    """
    if decision not in DECISIONS:
        raise UsageError("unknown decision", value=decision, remedy=f"one of {', '.join(DECISIONS)}")
    _checked(left, right, reason, author)
    if left.key == right.key:
        raise UsageError("a judgement needs two different sides", value=left.label, remedy="name another party")
    kind = "party-party" if isinstance(right, Party) else "party-entry"
    return _append(case.folder, lambda _: (kind, left, right, decision, None), reason, author, when)


def undo(
    case: Case, judgement_id: str, *, reason: str = "", author: str | None = None, when: dt.datetime | None = None
) -> Judgement:
    """Take a judgement back: what was in force before it is in force again. An undo can be undone too.

    Raises:
        UsageError: there is no such judgement, or it is taken back already.
        InputError: the file is damaged; names the line. CaseError: it cannot be written.
    """
    _checked(None, None, reason, author)

    def made(before: Sequence[Judgement]) -> tuple[str, Party, Subject, str, str]:
        found = next((j for j in before if j.id == judgement_id), None)
        if found is None:
            raise UsageError(
                "no such judgement", value=judgement_id, remedy="an identifier that `entrepot review CASE` prints"
            )
        if found.id not in _standing(before):
            raise UsageError("this judgement is taken back already", value=judgement_id)
        return found.kind, found.left, found.right, UNDO, found.id

    return _append(case.folder, made, reason, author, when)


def history(case: Case) -> list[Judgement]:
    """Every line, oldest first, those taken back and the undos included.

    Raises:
        InputError: a line is damaged; names it.
    """
    return read(case.folder)


def current(case: Case) -> list[Judgement]:
    """The judgement in force of each pair, oldest first: the latest that was not taken back.

    Raises:
        InputError: a line is damaged; names it.
    """
    return in_force(read(case.folder))


def in_force(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Of each pair the latest judgement that was not taken back, oldest first."""
    standing = _standing(judgements)
    latest: dict[frozenset[str], Judgement] = {}
    for judgement in judgements:
        if judgement.id in standing and judgement.decision != UNDO:
            latest.pop(judgement.pair, None)
            latest[judgement.pair] = judgement
    return list(latest.values())


def read(folder: Path) -> list[Judgement]:
    """Every line of a case folder's file, oldest first; none where there is no file.

    Raises:
        InputError: a line is damaged; names it.
    """
    path = folder / FILE
    try:
        with path.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH)
            return _parsed(path, handle.read())
    except FileNotFoundError:
        return []
    except (PermissionError, IsADirectoryError) as error:
        raise CaseError(
            "the judgements cannot be read", file=path, remedy="check the file and its permissions"
        ) from error


def export(case: Case, path: Path) -> Path:
    """Write every judgement with whether it is in force: JSON lines, or CSV where the name ends in `.csv`.

    Raises:
        InputError: a line is damaged. CaseError: the file cannot be written.
    """
    judgements = read(case.folder)
    valid = {judgement.id for judgement in in_force(judgements)}
    rows = [{**judgement.as_dict(), "in_force": judgement.id in valid} for judgement in judgements]
    if path.suffix.lower() != ".csv":
        replace_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return path
    with disk_errors(path), path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, _COLUMNS)
        writer.writeheader()
        for judgement, row in zip(judgements, rows, strict=True):
            row |= {"left": judgement.left.label, "right": judgement.right.label}
            writer.writerow({key: _neutral(value) for key, value in row.items()})
    return path


def default_author() -> str:
    """The login name, or `unknown` where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _standing(judgements: Sequence[Judgement]) -> set[str]:
    """Identifiers of lines that no standing later line takes back."""
    taken: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.undoes is not None and judgement.id not in taken:
            taken.add(judgement.undoes)
    return {judgement.id for judgement in judgements} - taken


def _append(
    folder: Path,
    made: Callable[[Sequence[Judgement]], tuple[str, Party, Subject, str, str | None]],
    reason: str,
    author: str | None,
    when: dt.datetime | None,
) -> Judgement:
    """Append the line that `made` gives for the lines before it, under a lock that other writers wait for."""
    if not (folder / "case.toml").is_file():
        raise CaseError("this folder is not a case: it has no case.toml", file=folder, remedy="entrepot init FOLDER")
    path = folder / FILE
    with _locked(path) as handle:
        content = handle.read()
        before = _parsed(path, content)
        kind, left, right, decision, undoes = made(before)
        moment = (when or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
        who = (author or default_author()).strip()
        mark = json.dumps([len(before), moment.isoformat(), who, left.key, right.key, decision, undoes])
        number = "j-" + hashlib.sha256(mark.encode()).hexdigest()[:12]
        judgement = Judgement(number, moment, who, kind, left, right, decision, reason.strip(), undoes)
        line = json.dumps(judgement.as_dict(), ensure_ascii=False) + "\n"
        handle.write((b"\n" if content and not content.endswith(b"\n") else b"") + line.encode("utf-8", "replace"))
        handle.flush()
        os.fsync(handle.fileno())
    return judgement


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    with disk_errors(path), path.open("a+b") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        yield handle


def _parsed(path: Path, content: bytes) -> list[Judgement]:
    judgements: list[Judgement] = []
    known: set[str] = set()
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            judgement = _judgement(json.loads(line.decode("utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(path, number, str(error) or type(error).__name__) from error
        if judgement.id in known:
            raise _damaged(path, number, f"the identifier {judgement.id} was used before")
        if judgement.undoes is not None and judgement.undoes not in known:
            raise _damaged(path, number, f"it takes back {judgement.undoes}, which no line before it has")
        known.add(judgement.id)
        judgements.append(judgement)
    return judgements


def _judgement(value: object) -> Judgement:
    """A line's JSON object as a judgement; ValueError, KeyError or TypeError say what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    missing = {"id", "when", "author", "kind", "left", "right", "decision"} - set(value)
    if missing:
        raise ValueError(f"it has no {sorted(missing)[0]!r}")
    when = dt.datetime.fromisoformat(str(value["when"]))
    if when.tzinfo is None:
        raise ValueError("`when` has no time zone")
    left, right = _subject(value["left"]), _subject(value["right"])
    undoes, decision, kind = value.get("undoes"), str(value["decision"]), str(value["kind"])
    if not isinstance(left, Party):
        raise ValueError("`left` is not a party")
    if kind not in KINDS or (kind == "party-party") != isinstance(right, Party):
        raise ValueError(f"the kind {kind!r} does not fit `right`")
    if decision not in (*DECISIONS, UNDO) or (decision == UNDO) != (undoes is not None):
        raise ValueError(f"the decision {decision!r} is not one of {', '.join(DECISIONS)}, or undo with `undoes`")
    return Judgement(
        str(value["id"]), when.astimezone(dt.UTC), str(value["author"]), kind, left, right, decision,
        str(value.get("reason") or ""), None if undoes is None else str(undoes),
    )  # fmt: skip


def _subject(value: object) -> Subject:
    if isinstance(value, dict) and set(value) == {"list_id", "entry_id"}:
        return Entry(str(value["list_id"]), str(value["entry_id"]))
    if isinstance(value, dict) and set(value) <= {"name", "identifier"} and any(value.values()):
        name, identifier = value.get("name"), value.get("identifier")
        return Party(None if name is None else str(name), None if identifier is None else str(identifier))
    raise ValueError("a side is a name and an identifier, or a list and an entry")


def _side(subject: Subject) -> Mapping[str, str | None]:
    if isinstance(subject, Entry):
        return {"list_id": subject.list_id, "entry_id": subject.entry_id}
    return {"name": subject.name, "identifier": subject.identifier}


def _checked(left: Party | None, right: Subject | None, reason: str, author: str | None) -> None:
    if left is not None and not left.label.strip():
        raise UsageError("a party needs a name or an identifier", column="left")
    if right is not None and not right.label.strip():
        raise UsageError("a party needs a name or an identifier", column="right")
    texts: Iterable[tuple[str, str]] = (
        ("left", left.label if left else ""),
        ("right", right.label if right else ""),
        ("reason", reason),
        ("author", author or ""),
    )
    for column, text in texts:
        if len(text) > _LONGEST:
            raise UsageError("too long", column=column, value=text, remedy=f"at most {_LONGEST} characters")


def _damaged(path: Path, line: int, why: str) -> InputError:
    return InputError(
        f"a judgement cannot be read: {why}",
        file=path,
        row=line,
        remedy="correct the line or remove it; each line is one JSON object, see docs/review.md",
    )


def _neutral(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
