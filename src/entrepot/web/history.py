"""Remembers what each build held, so that the start page can say what changed since the one before."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TypedDict

import duckdb

from entrepot.engine.store import replace_text

FILE = "history.json"
KEPT = 20
"""Builds that are remembered."""

MOST_FINDINGS = 20_000
"""Identifiers kept of a build; a larger one is only counted."""


class Build(TypedDict):
    """What one build held: when its pages were made, rows by source path, findings."""

    mark: str
    at: str
    rows: dict[str, int]
    findings: list[str]
    verdicts: dict[str, int]


class Change(TypedDict):
    """What a build changed against the one before; `before` is None where there was none."""

    at: str
    before: str | None
    sources_new: list[str]
    sources_gone: list[str]
    rows: int
    findings_new: list[str]
    findings_gone: int


def note(folder: Path, mark: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Add the build in the pages' database to the history."""
    rows = connection.execute("SELECT path || COALESCE('#' || part, ''), sum(rows_kept)::BIGINT FROM sources GROUP BY 1").fetchall()  # fmt: skip
    found = connection.execute(
        "SELECT finding_id FROM findings ORDER BY strength DESC, finding_id LIMIT $most", {"most": MOST_FINDINGS}
    ).fetchall()
    verdicts = connection.execute("SELECT verdict, count(*) FROM checks GROUP BY 1").fetchall()
    build: Build = {
        "mark": mark, "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "rows": dict(rows),
        "findings": [row[0] for row in found], "verdicts": dict(verdicts),
    }  # fmt: skip
    kept = [known for known in read(folder) if known["mark"] != mark][-(KEPT - 1) :]
    replace_text(folder / FILE, json.dumps([*kept, build], ensure_ascii=False))


def read(folder: Path) -> list[Build]:
    """Known builds, oldest first; none where the file is absent or of another form."""
    try:
        builds: list[Build] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return builds if isinstance(builds, list) else []


def change(folder: Path) -> Change | None:
    """What the last build changed; None where nothing is known."""
    builds = read(folder)
    if not builds:
        return None
    new = builds[-1]
    if len(builds) == 1:
        return {"at": new["at"], "before": None, "sources_new": [], "sources_gone": [], "rows": sum(new["rows"].values()), "findings_new": [], "findings_gone": 0}  # fmt: skip
    old = builds[-2]
    known = set(old["findings"])
    return {
        "at": new["at"],
        "before": old["at"],
        "sources_new": sorted(set(new["rows"]) - set(old["rows"])),
        "sources_gone": sorted(set(old["rows"]) - set(new["rows"])),
        "rows": sum(new["rows"].values()) - sum(old["rows"].values()),
        "findings_new": [f for f in new["findings"] if f not in known],
        "findings_gone": len(known - set(new["findings"])),
    }
