"""Prints F1 per canonical column and the wrong mappings, over the layouts with known answers in tests/readers/layouts.

python tools/eval_layouts.py [dev|heldout|vendor ...] [--rows N] [--errors]
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from entrepot.readers.layout import Layout, layout_of, recognise
from entrepot.readers.shipments.columns import unique_header

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.modules import load_module  # `tests` is a folder beside and not installed

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ROOT / "tests" / "readers" / "layouts"
SHARED = ROOT.parent / "shared" / "data"


@dataclass(slots=True)
class Score:
    """Counts per canonical column: right, wrong source, mapped where nothing was expected, missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    directions: Counter[bool] = field(default_factory=Counter)
    header_rows: Counter[bool] = field(default_factory=Counter)
    kinds: Counter[bool] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    unclear: int = 0
    seconds: float = 0.0

    def add(
        self, name: str, layout: Layout, expected: Mapping[str, str], direction: str, header_row: int, kind: str
    ) -> None:
        """Compare one layout with its answer: header to `x`, `x~` (one of several), `x?` (optional) or `-`."""
        right: dict[str, set[str]] = {}
        optional: dict[str, set[str]] = {}
        for header, answer in expected.items():
            canonical = answer.rstrip("~?")
            if answer.endswith("?"):
                optional.setdefault(canonical, set()).add(header)
            elif answer != "-":
                right.setdefault(canonical, set()).add(header)
        for canonical in sorted({*right, *layout.columns}):
            mapped = layout.columns.get(canonical)
            if mapped is None:
                self.missed[canonical] += 1
                self.errors.append(f"{name}: missed {canonical} <- {sorted(right[canonical])}")
            elif mapped.source in right.get(canonical, ()):
                self.right[canonical] += 1
            elif mapped.source in optional.get(canonical, ()):
                continue
            elif canonical in right:
                self.wrong[canonical] += 1
                self.errors.append(
                    f"{name}: WRONG {canonical} <- {mapped.source!r} ({mapped.confidence}), not {sorted(right[canonical])}"
                )
            else:
                self.extra[canonical] += 1
                self.errors.append(f"{name}: WRONG {canonical} <- {mapped.source!r} ({mapped.confidence}), not mapped")
        for what, counter, ok, shown in (
            ("direction", self.directions, layout.direction == direction, f"{layout.direction}, not {direction}"),
            ("header_row", self.header_rows, layout.header_row == header_row, f"{layout.header_row}, not {header_row}"),
            ("kind", self.kinds, layout.kind == kind, f"{layout.kind}, not {kind}"),
        ):
            counter[ok] += 1
            if not ok:
                self.errors.append(f"{name}: {what} {shown}")
        self.unclear += bool(layout.unclear)

    def f1(self, canonical: str) -> float:
        """F1 of one column: a wrong source counts against precision and recall."""
        tp = self.right[canonical]
        precision = tp / max(1, tp + self.wrong[canonical] + self.extra[canonical])
        recall = tp / max(1, tp + self.wrong[canonical] + self.missed[canonical])
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def names(self) -> list[str]:
        """Canonical columns that were expected or mapped."""
        return sorted({*self.right, *self.wrong, *self.missed, *self.extra})

    def table(self) -> Iterator[str]:
        """The figures, one line each."""
        yield f"{'column':22} {'F1':>5} {'right':>6} {'wrong':>6} {'missed':>6}"
        for name in self.names():
            wrong = self.wrong[name] + self.extra[name]
            yield f"{name:22} {self.f1(name):5.3f} {self.right[name]:6} {wrong:6} {self.missed[name]:6}"
        names = self.names()
        mean = sum(map(self.f1, names)) / max(1, len(names))
        wrong = sum(self.wrong.values()) + sum(self.extra.values())
        yield f"mean F1 {mean:.3f} over {len(names)} columns; {sum(self.right.values())} right, {wrong} wrong, {sum(self.missed.values())} missed"
        for what, counter in (("direction", self.directions), ("header row", self.header_rows), ("kind", self.kinds)):
            yield f"{what}: {counter[True]} of {counter.total()} right"
        yield f"{self.unclear} layouts with a question to a person; {self.seconds:.1f} s"


def evaluate(which: str, rows: int, style: str | None = None) -> Score:
    """The score over one set: `dev`, `heldout` or `vendor`."""
    score = Score()
    if which == "vendor":
        for entry in tomllib.loads((LAYOUTS / "vendor_layouts.toml").read_text("utf-8"))["layout"]:
            started = time.perf_counter()
            layout = layout_of(SHARED / "trade" / entry["file"])[0]
            score.seconds += time.perf_counter() - started
            lines = (line.rsplit(" | ", 1) for line in entry["columns"].strip().splitlines())
            expected = {header.strip(): answer.strip() for header, answer in lines}
            score.add(entry["file"], layout, expected, entry["direction"], entry["header_row"], "shipments")
        return score
    made = load_module(LAYOUTS / "synthetic.py")
    for case in made.cases(LAYOUTS / f"{which}.toml"):
        case = case if style is None else made.restyled(case, style)
        names = unique_header([column.header for column in case.columns])
        expected = {name: column.canonical for name, column in zip(names, case.columns, strict=True)}
        table = case.rows(rows)
        started = time.perf_counter()
        layout = recognise(table)
        score.seconds += time.perf_counter() - started
        score.add(case.name, layout, expected, case.direction, case.header_row, case.kind)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=["vendor", "dev"])
    parser.add_argument("--rows", type=int, default=120, help="rows generated for each synthetic layout")
    parser.add_argument("--style", help="rewrite the headers: shuffled, glued, camel, title, lower, subset")
    parser.add_argument("--errors", action="store_true", help="list every difference")
    options = parser.parse_args()
    for which in options.sets:
        score = evaluate(which, options.rows, options.style)
        print(f"== {which} {options.style or ''}")
        print("\n".join(score.table()))
        if options.errors:
            print("\n".join(score.errors))


if __name__ == "__main__":
    main()
