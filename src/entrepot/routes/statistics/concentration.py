"""Concentration of imports and asymmetric dependence between countries, by product and year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.engine.sql import Value
from entrepot.errors import InputError
from entrepot.routes.statistics.evidence import Caveat, caveats, run

THRESHOLD = 0.4
"""Herfindahl-Hirschman index above which imports are called concentrated: CEPII, in two of three years."""

YEARS_OF_THREE = 2

MUCH_UNSPECIFIED = 0.1
"""Share of imports without a partner above which the other shares are said to rest on a part only."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """Imports of one product into one country in one year.

    Attributes:
        hhi: sum of squared partner shares, 0 to 1.
        partners: how many countries it imports from; `total` in `currency`; `unspecified` what has no partner and is left
            out of the shares.
        concentrated: above the threshold in this year and in at least two of the last three.
    """

    importer: str
    hs_code: str
    year: int
    hhi: float
    largest_partner: str
    largest_share: float
    partners: int
    total: float
    unspecified: float
    currency: str
    concentrated: bool
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much of A's imports of a product come from B, and the other way.

    Attributes:
        dependence: D_AB, share of B in A's imports; `partner_dependence` D_BA, None where B's imports are not loaded.
        asymmetry: D_AB - D_BA: above zero A depends on B more than B on A.
        row, partner_row: the first flow behind each side.
    """

    importer: str
    partner: str
    hs_code: str
    year: int
    value: float
    currency: str
    dependence: float
    partner_dependence: float | None
    asymmetry: float | None
    row: str
    partner_row: str | None
    caveats: tuple[Caveat, ...]


def import_shares(
    flows: pa.Table, *, importer: str | None = None, hs: str = "", role: str = "origin", digits: int | None = None
) -> pa.Table:
    """Imports by importer, product, year and partner with shares; columns as sql/import_shares.sql selects them.

    Args:
        importer: only this country; for dependences the other side is needed too, so leave it None there.
        hs: only codes that begin with it; `` for all, which are then all levels of the nomenclature that are loaded.
        role: `origin` or `consignment`, where the source states both.
        digits: length to which codes are cut; 0 for all goods together; None leaves them as published.
    """
    if role not in ("origin", "consignment"):
        raise InputError("no such partner role of imports", value=role, remedy="origin or consignment")
    asked: dict[str, Value] = {
        "importer": importer or "",
        "hs": hs,
        "role": role,
        "digits": -1 if digits is None else digits,
    }
    return run("import_shares", asked, flows=flows)


def concentrations(shares: pa.Table, *, threshold: float = THRESHOLD) -> pa.Table:
    """The Herfindahl-Hirschman index per importer, product and year of `import_shares`, most concentrated first; columns as
    sql/concentration.sql selects them."""
    if not 0 <= threshold <= 1:
        raise InputError("the index lies between 0 and 1", value=threshold)
    return run("concentration", {"threshold": threshold}, import_shares=shares)


def dependences(shares: pa.Table) -> pa.Table:
    """D_AB, D_BA and their difference per importer, partner, product and year; columns as sql/dependence.sql selects them."""
    return run("dependence", {}, import_shares=shares)


def concentration_of(table: pa.Table, importer: str, hs_code: str, year: int) -> Concentration | None:
    """One row of `concentrations` as a result with its caveats; None where there is none."""
    for row in _rows(table, importer=importer, hs_code=hs_code, year=year):
        high = int(str(row["high_years"]))
        hhi = float(str(row["hhi"]))
        known, unspecified = float(str(row["total"])), float(str(row["unspecified"]))
        notes = _notes(hs_code)
        if unspecified > MUCH_UNSPECIFIED * (known + unspecified):
            notes.insert(0, "unspecified")
        return Concentration(
            importer,
            hs_code,
            year,
            hhi,
            str(row["largest_partner"]),
            float(str(row["largest_share"])),
            int(str(row["partners"])),
            known,
            unspecified,
            str(row["currency"]),
            hhi > THRESHOLD and high >= YEARS_OF_THREE,
            caveats(*notes),
        )
    return None


def dependence_of(table: pa.Table, importer: str, partner: str, hs_code: str, year: int) -> Dependence | None:
    """One row of `dependences` as a result with its caveats; None where there is none."""
    for row in _rows(table, importer=importer, partner=partner, hs_code=hs_code, year=year):
        back = row["partner_dependence"]
        asymmetry = row["asymmetry"]
        notes = _notes(hs_code) + ([] if back is not None else ["mirror_filled"])
        return Dependence(
            importer,
            partner,
            hs_code,
            year,
            float(str(row["value"])),
            str(row["currency"]),
            float(str(row["dependence"])),
            None if back is None else float(str(back)),
            None if asymmetry is None else float(str(asymmetry)),
            str(row["first_row"]),
            None if row["partner_first_row"] is None else str(row["partner_first_row"]),
            caveats(*notes),
        )
    return None


def _notes(hs_code: str) -> list[str]:
    return ["small_product", "attribution", *(["chapter"] if len(hs_code) == 2 else [])]


def _rows(table: pa.Table, **equal: object) -> Iterator[dict[str, object]]:
    for name, value in equal.items():
        table = table.filter(pc.equal(table.column(name), value))
    yield from table.to_pylist()
