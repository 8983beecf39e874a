"""Mirror statistics: what one country says it sent against what the other says it received, with the gap's own history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from entrepot.errors import InputError
from entrepot.model.hs import TOTAL
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.time_series import Point, Series, series

MARGINS = (0.05, 0.10, 0.15, 0.20)
"""Freight and insurance over the FOB value. WITS: CIF is 10 to 20 percent over FOB; 5 percent for neighbours by road."""

UNUSUAL = 3.5
"""Robust z beyond which a gap is unusual for itself: Iglewicz and Hoaglin (1993), as for unit prices in METHODS."""

LEAST_HISTORY = 5
"""Fewer earlier periods give no yardstick."""

_MAD_TO_SIGMA = 0.6745

Rates = Mapping[tuple[str, int], float]
"""US dollars for one unit of a currency, by currency and year."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One period in which both sides state a figure.

    Attributes:
        exports, imports: as stated, converted to `currency` of the comparison.
        gap_low, gap_high: ln exports - ln(imports / (1 + c)) over the margins scanned; above zero more left than arrived.
            None where one side states zero.
        missing_low, missing_high: exports - imports / (1 + c) over the margins: what left and did not arrive.
        z: how unusual the gap is beside the gap's own history before `since` (robust; the margin does not matter to it);
            None without enough history.
        rows: flows of both sides.
    """

    period: date
    exports: float
    imports: float
    gap_low: float | None
    gap_high: float | None
    missing_low: float
    missing_high: float
    z: float | None
    unusual: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    """Both sides of one trade.

    Attributes:
        exporter, importer: who says it sent, who says it received (may be an area: then its members were added up).
        gaps: periods with both sides; `only_exporter`, `only_importer`: periods with one.
        usual: median gap before `since` at the middle margin, and its spread (median absolute deviation as sigma).
    """

    exporter: str
    importer: str
    hs: str
    frequency: str
    currency: str | None
    margins: tuple[float, ...]
    since: date
    testable: bool
    reason: str
    gaps: tuple[Gap, ...] = ()
    only_exporter: tuple[date, ...] = ()
    only_importer: tuple[date, ...] = ()
    usual: tuple[float, float] | None = None
    caveats: tuple[Caveat, ...] = ()

    @property
    def unusual(self) -> tuple[Gap, ...]:
        """Gaps from `since` on that their own history does not explain."""
        return tuple(gap for gap in self.gaps if gap.unusual and gap.period >= self.since)

    @property
    def statement(self) -> str:
        """One sentence."""
        trade = f"{self.exporter} to {self.importer}, {'all goods' if self.hs == TOTAL else f'HS {self.hs}'}"
        if not self.testable:
            return f"{trade}: the two sides cannot be compared, {self.reason}."
        after = [gap for gap in self.gaps if gap.period >= self.since]
        if not after:
            return f"{trade}: no period after {self.since} has both sides."
        most = max(after, key=lambda gap: abs(gap.missing_low + gap.missing_high))
        low, high = sorted((most.missing_low, most.missing_high))
        end = (
            "left and are not in the importer's records"
            if low + high > 0
            else "arrived and are not in the exporter's records"
        )
        form = "%Y" if self.frequency == "year" else "%Y-%m"
        low, high = sorted((abs(low), abs(high)))
        return (
            f"{trade}: in {most.period:{form}} {low:,.0f} to {high:,.0f} {self.currency or 'units'} {end}, with freight at "
            f"{min(self.margins):.0%} to {max(self.margins):.0%}; {len(self.unusual)} of {len(after)} periods since "
            f"{self.since} are unusual beside the gap's own history."
        )


def mirror(
    flows: pa.Table,
    *,
    exporter: str,
    importer: str,
    since: date,
    hs: str | Sequence[str] = TOTAL,
    frequency: str | None = None,
    partner_role: str | None = None,
    margins: Sequence[float] = MARGINS,
    rates: Rates | None = None,
) -> Mirror:
    """Compares exports that `exporter` reports to `importer` with imports that `importer` reports from `exporter`.

    Args:
        since: periods before it are the yardstick.
        partner_role: of the importer's records, `origin` or `consignment`; the default is `consignment` where the file has it
            (it is closer to the exporter's view), else what there is.
        margins: CIF over FOB, scanned; not applied where the importer's figures are FOB.
        rates: where the sides are in different currencies; both are then compared in US dollars.

    Raises:
        InputError: no margin, or one outside 0 to 1.
    """
    if not margins or any(not 0 <= c < 1 for c in margins):
        raise InputError(
            "a CIF margin must lie between 0 and 1", value=list(margins), remedy="for example 0.05 to 0.20"
        )
    out, back = _sides(flows, exporter, importer, hs, frequency, partner_role)
    code = hs if isinstance(hs, str) else "+".join(hs)
    both = Mirror(exporter, importer, code, out.frequency, None, tuple(margins), since, False, "")
    reason = _reason(out, back, exporter, importer, rates)
    if reason:
        return _with(both, reason=reason)
    currency = out.currency if out.currency == back.currency else "USD"
    converted = rates if out.currency != back.currency else None
    tried = (0.0,) if back.valuation == "FOB" else tuple(margins)
    pairs = []
    for point in out.points:
        other = next((p for p in back.points if p.period == point.period), None)
        x = _value(point, out.currency, converted)
        m = None if other is None else _value(other, back.currency, converted)
        if x is not None and m is not None and other is not None:
            pairs.append((point.period, x, m, (*point.rows, *other.rows)))
    stated = {period for period, *_ in pairs}
    gaps, usual = _gaps(pairs, tried, since)
    notes = ["cif", "attribution", "reexport", "system", "confidential", "vintage", "coverage"]
    notes += ["timing"] if out.frequency != "year" else []
    notes += ["rates"] if converted else []
    return Mirror(
        exporter,
        importer,
        code,
        out.frequency,
        currency,
        tried,
        since,
        bool(gaps),
        "" if gaps else "no period has a figure on both sides",
        gaps,
        tuple(p.period for p in out.known if p.period not in stated),
        tuple(p.period for p in back.known if p.period not in stated),
        usual,
        caveats(*notes),
    )


def _sides(
    flows: pa.Table, exporter: str, importer: str, hs: str | Sequence[str], frequency: str | None, role: str | None
) -> tuple[Series, Series]:
    """Both series at the finest frequency that both have; else at the finest that one has."""
    best: tuple[Series, Series] | None = None
    for precision in (frequency,) if frequency else ("month", "quarter", "year"):
        out = series(flows, reporter=exporter, partner=importer, direction="export", hs=hs, frequency=precision)
        backs = [
            series(
                flows,
                reporter=importer,
                partner=exporter,
                direction="import",
                hs=hs,
                frequency=precision,
                partner_role=one,
            )
            for one in ((role,) if role else ("consignment", "origin"))
        ]
        back = next((b for b in backs if b.known), backs[-1])
        if out.known and back.known:
            return out, back
        if best is None or not (best[0].known or best[1].known):
            best = (out, back)
    assert best is not None
    return best


def _reason(out: Series, back: Series, exporter: str, importer: str, rates: Rates | None) -> str:
    if not out.known:
        return f"no loaded file has exports that {exporter} reports to {importer}"
    if not back.known:
        return f"no loaded file has imports that {importer} reports from {exporter}"
    if out.currency == back.currency:
        return ""
    if out.currency is None or back.currency is None:
        return "one side does not say its currency"
    missing = {c for c in (out.currency, back.currency) if c != "USD" and not any(k[0] == c for k in rates or {})}
    if missing:
        return f"the sides are in {out.currency} and {back.currency} and no rate to US dollars is given for {', '.join(missing)}"
    return ""


def _value(point: Point, currency: str | None, rates: Rates | None) -> float | None:
    if point.value is None:
        return None
    if rates is None or currency == "USD":
        return point.value
    rate = rates.get((str(currency), point.period.year))
    return None if rate is None else point.value * rate


def _gaps(
    pairs: Sequence[tuple[date, float, float, tuple[str, ...]]], margins: Sequence[float], since: date
) -> tuple[tuple[Gap, ...], tuple[float, float] | None]:
    logs = {period: float(np.log(x / m)) for period, x, m, _ in pairs if x > 0 and m > 0}
    history = np.array([gap for period, gap in logs.items() if period < since])
    usual = None
    if len(history) >= LEAST_HISTORY:
        middle = float(np.median(history))
        spread = float(np.median(np.abs(history - middle))) / _MAD_TO_SIGMA
        usual = (middle + float(np.log1p(np.median(margins))), spread)
    found = []
    for period, x, m, rows in pairs:
        log = logs.get(period)
        shifts = [float(np.log1p(c)) for c in margins]
        missing = [x - m / (1 + c) for c in margins]
        z = None
        if usual is not None and log is not None and usual[1] > 0:
            z = (log - float(np.median(history))) / usual[1]
        found.append(
            Gap(
                period,
                x,
                m,
                None if log is None else log + min(shifts),
                None if log is None else log + max(shifts),
                min(missing),
                max(missing),
                z,
                z is not None and abs(z) > UNUSUAL,
                rows,
            )
        )
    return tuple(found), usual


def _with(both: Mirror, *, reason: str) -> Mirror:
    return Mirror(
        both.exporter,
        both.importer,
        both.hs,
        both.frequency,
        both.currency,
        both.margins,
        both.since,
        False,
        reason,
        caveats=caveats("missing"),
    )
