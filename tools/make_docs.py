"""Writes the generated pages of docs/: one a table, one an indicator. `--check` says which would change."""

from __future__ import annotations

import sys
from pathlib import Path

from entrepot.findings.catalogue import Indicator, catalogue
from entrepot.model.tables import TABLES

DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages() -> dict[Path, str]:
    """Every generated page by its path below docs/."""
    made: dict[Path, str] = {}
    index = ["# Tables", "", "Every table of a case, generated from its declaration by `make docs`.", ""]
    for name, table in sorted(TABLES.items()):
        made[Path("tables") / f"{name}.md"] = table.markdown()
        index.append(f"- [`{name}`]({name}.md): {table.meaning}")
    made[Path("tables") / "README.md"] = "\n".join(index) + "\n"
    listed = ["# Indicators", "", "Published rules that Entrepot can see fire. An indicator is not a verdict. Generated from the files' headers by `make docs`.", ""]  # fmt: skip
    for indicator in catalogue():
        made[Path("indicators") / f"{indicator.id}.md"] = _indicator(indicator)
        listed.append(f"- [`{indicator.id}`]({indicator.id}.md): {indicator.title}")
    made[Path("indicators") / "README.md"] = "\n".join(listed) + "\n"
    return made


def _indicator(indicator: Indicator) -> str:
    lines = [
        f"# {indicator.title}", "", f"`{indicator.id}`, about a {indicator.subject}. An indicator is not a verdict.", "",
        indicator.meaning, "", f"**Source.** {indicator.source}", "", f"**Innocent explanations.** {indicator.innocent}", "",
        f"**Statement.** {indicator.statement}", "",
    ]  # fmt: skip
    if indicator.defaults:
        lines += ["| parameter | default | meaning |", "|---|---|---|"]
        lines += [f"| `{name}` | {value} | {indicator.meanings[name]} |" for name, value in indicator.defaults.items()]
        lines.append("")
    lines += ["**Reads.** " + ", ".join(f"[`{t}`](../tables/{t}.md)" for t in indicator.reads), ""]
    lines += [
        "## Query",
        "",
        "```sql",
        indicator.query.text,
        "```",
        "",
        "## Rows that prove it",
        "",
        "```sql",
        indicator.evidence.text,
        "```",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check; returns the exit code."""
    made = pages()
    stale = [
        path for path, text in made.items() if not (DOCS / path).exists() or (DOCS / path).read_text("utf-8") != text
    ]
    extra = [
        p.relative_to(DOCS)
        for d in ("tables", "indicators")
        for p in (DOCS / d).glob("*.md")
        if p.relative_to(DOCS) not in made
    ]
    if "--check" in sys.argv:
        for path in [*stale, *extra]:
            sys.stdout.write(f"stale: docs/{path}\n")
        return 1 if stale or extra else 0
    for path in extra:
        (DOCS / path).unlink()
    for path in stale:
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(made[path], "utf-8")
        sys.stdout.write(f"wrote docs/{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
