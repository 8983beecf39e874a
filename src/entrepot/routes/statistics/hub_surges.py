"""Hub surges: whether trade with a hub rose after a date by more than trade with others, and in these goods more than in others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.errors import InputError
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.panels import Codes, Estimate, Panel, absorb, estimate, pairs, panel
from entrepot.routes.statistics.supf import Vector

LEAST_BEFORE = 3
"""Fewest periods before the date: two give no trend."""

SEASONAL_FROM = 24
"""Months before the date from which each country's and product's own season is taken out."""

FEW_CLUSTERS = 20
"""Below this clustered errors are too small (Cameron, Gelbach and Miller 2008 see it below about 30); it is then said."""

LEAST_TREATED = 5
"""Treated clusters below which clustered errors mean nothing, however many others there are (MacKinnon and Webb 2018): then
only the rank among placebos is given."""

COMPARABLE = 0.1
"""A placebo hub must have at least this share of the hub's trade before the date: smaller ones jump for no reason."""

MOST_PLACEBOS = 200
PLACEBO_GOODS = 199
SEED = 20220224


@dataclass(frozen=True, slots=True)
class Placebo:
    """What the same comparison gives for something that was not treated."""

    name: str
    beta: float


@dataclass(frozen=True, slots=True)
class Surge:
    """A difference-in-differences estimate.

    Attributes:
        design: `goods and hubs` (triple difference), `hubs` or `goods`, by what there is to compare with.
        effect: of hub x treated goods x after on log trade; `rise` is the same as a share: exp(beta) - 1.
        trend: slope per period of the difference before the date; a small p says that it was already under way.
        false_date: the same estimate at a date in the middle of the time before; it should be near zero.
        hub_rank: share of comparable countries (the hub counted in) with an effect as large; trend_rank the same for the
            slope before the date, up or down; goods_rank for random sets of untreated goods. None where there are none to
            compare with.
        before, after: average trade of the hub in the treated goods per period.
        rows: first flow of each cell of the hub in the treated goods; `figures` how many flows these cells hold.
    """

    hubs: tuple[str, ...]
    goods: tuple[str, ...]
    since: date
    direction: str
    frequency: str
    testable: bool
    reason: str
    design: str = ""
    effect: Estimate | None = None
    rise: float | None = None
    trend: Estimate | None = None
    false_date: Estimate | None = None
    hub_rank: float | None = None
    trend_rank: float | None = None
    placebo_hubs: tuple[Placebo, ...] = ()
    goods_rank: float | None = None
    before: float | None = None
    after: float | None = None
    currency: str | None = None
    zeros: int = 0
    rows: tuple[str, ...] = ()
    figures: int = 0
    caveats: tuple[Caveat, ...] = ()

    @property
    def statement(self) -> str:
        """One sentence."""
        who = "+".join(self.hubs)
        if not self.testable or self.effect is None or self.rise is None:
            return f"{who}: not testable, {self.reason}."
        others = {
            "goods and hubs": "other goods and other countries",
            "hubs": "other countries",
            "goods": "other goods",
        }
        text = (
            f"{who}: trade rose by {self.rise:+.0%} more than with {others[self.design]} since {self.since}"
            if self.design == "hubs"
            else f"{who}: trade in these goods rose by {self.rise:+.0%} more than {others[self.design]} since {self.since}"
        )
        if self.effect.p is not None:
            text += f" (p = {self.effect.p:.3f}, {self.effect.clusters} clusters)"
        if self.hub_rank is not None:
            text += f"; {round(self.hub_rank * (len(self.placebo_hubs) + 1))} of {len(self.placebo_hubs) + 1} comparable countries, this one counted in, show as much"
        return text + "."


def surge(
    flows: pa.Table,
    *,
    hubs: Sequence[str],
    since: date,
    goods: Sequence[str] = (),
    reporters: Sequence[str] = (),
    exclude: Sequence[str] = (),
    direction: str = "export",
    frequency: str | None = None,
    digits: int = 0,
) -> Surge:
    """Estimates the surge of `hubs` since a date.

    Args:
        hubs: countries that may be hubs: partners of the exports of others, or reporters of imports.
        goods: HS prefixes of the treated goods; none means all goods, compared between countries only.
        reporters: the other side (exporters); none means every country that is loaded.
        exclude: countries that are no comparison, such as the sanctioned one itself.
        direction: `export` (as others report) or `import` (as the hubs report).
        digits: length to which codes are cut; 0 leaves them as published.

    Raises:
        InputError: no hub, or a direction that is neither.
    """
    if not hubs:
        raise InputError("no hub is given", remedy="name at least one country")
    if direction not in ("export", "import"):
        raise InputError("no such direction", value=direction, remedy="export or import")
    chosen = flows
    if reporters:
        side = "reporter" if direction == "export" else "partner"
        chosen = flows.filter(pc.is_in(flows.column(side), pa.array(list(reporters))))
    else:
        chosen = flows.filter(pc.equal(pc.utf8_length(flows.column("reporter")), 2))
    full = None
    precision = frequency or "month"
    for precision in (frequency,) if frequency else ("month", "quarter", "year"):
        full = panel(chosen, direction=direction, precision=precision, digits=digits)
        if len(full.value):
            break
    base = (tuple(hubs), tuple(goods), since, direction, precision)
    if full is None or not len(full.value):
        return Surge(*base, False, "no loaded file has such flows", caveats=caveats("missing"))
    left_out = np.isin(full.country, [i for i, c in enumerate(full.countries) if c in set(exclude) - set(hubs)])
    cells = full.only(~left_out)
    study = _Study(cells, frozenset(hubs), tuple(goods), since, precision)
    if reason := study.reason():
        return Surge(*base, False, reason, caveats=caveats("missing"))
    effect = study.effect()
    if effect is None:
        return Surge(
            *base, False, "nothing is left to compare with once all effects are taken out", caveats=caveats("missing")
        )
    placebos = study.placebo_hubs(study.sample(), study.after.astype(float))
    trend = study.trend()
    early = study.sample() & ~study.after
    slopes = study.placebo_hubs(early, cells.period.astype(float))
    treated = study.treated & study.is_hub
    after = study.after
    notes = ["relocation", "base", "demand", "prices", "union", "pandemic"]
    if effect.clusters < FEW_CLUSTERS or len(hubs) == 1:
        notes.append("few_clusters")
    if cells.zeros:
        notes.append("zeros_dropped")
    count = max(1, len(np.unique(cells.period[~after])))
    count_after = max(1, len(np.unique(cells.period[after])))
    return Surge(
        *base,
        True,
        "",
        study.design,
        effect,
        float(np.expm1(effect.beta)),
        trend,
        study.false_date(),
        _rank(effect.beta, [p.beta for p in placebos]),
        None if trend is None else _rank(abs(trend.beta), [abs(p.beta) for p in slopes]),
        tuple(sorted(placebos, key=lambda p: -p.beta)),
        study.goods_rank(effect.beta),
        float(cells.value[treated & ~after].sum()) / count,
        float(cells.value[treated & after].sum()) / count_after,
        cells.currency,
        cells.zeros,
        tuple(cells.row[i] for i in np.flatnonzero(treated)),
        int(cells.figures[treated].sum()),
        caveats(*notes),
    )


class _Study:
    """One panel with its treatment; the regressions that a result needs."""

    def __init__(self, cells: Panel, hubs: frozenset[str], goods: tuple[str, ...], since: date, frequency: str) -> None:
        self.cells = cells
        self.y = np.log(cells.value)
        self.hub_codes = np.array([i for i, c in enumerate(cells.countries) if c in hubs], dtype=np.int64)
        listed = [i for i, p in enumerate(cells.products) if not goods or p.startswith(goods)]
        self.good_codes = np.array(listed, dtype=np.int64)
        self.is_hub = np.isin(cells.country, self.hub_codes)
        self.treated = np.isin(cells.product, self.good_codes)
        self.after = np.array([p >= since for p in cells.periods], dtype=bool)[cells.period]
        other_countries = bool((~self.is_hub & self.treated).any())
        other_goods = bool((~self.treated & self.is_hub).any())
        self.design = "goods and hubs" if other_countries and other_goods else "hubs" if other_countries else "goods"
        self.testable = other_countries or other_goods
        self.unit = pairs(cells.country, cells.product)
        before = len({p for p in cells.periods if p < since})
        self.seasonal = frequency == "month" and before >= SEASONAL_FROM
        self.month = np.array([p.month for p in cells.periods], dtype=np.int64)[cells.period]

    def reason(self) -> str:
        """Why there is nothing to estimate; empty where there is."""
        mine = self.is_hub & self.treated
        if not mine.any():
            return "no loaded file has trade of the hub in these goods"
        periods_before = len(np.unique(self.cells.period[mine & ~self.after]))
        if periods_before < LEAST_BEFORE:
            return f"the hub has {periods_before} periods with trade before the date, {LEAST_BEFORE} are needed"
        if not (mine & self.after).any():
            return "the hub has no trade in these goods after the date"
        if not self.testable:
            return "there are no other countries and no other goods to compare with"
        return ""

    def effects(self, cells: npt.NDArray[np.bool_], design: str) -> list[Codes]:
        """Fixed effects: country x product (by month of the year where seasons are known), and what time does to others."""
        c = self.cells
        unit = self.unit[cells]
        found = [pairs(unit, self.month[cells]) if self.seasonal else unit]
        if design in ("goods and hubs", "goods"):
            found.append(pairs(c.country[cells], c.period[cells]))
        if design in ("goods and hubs", "hubs"):
            found.append(pairs(c.product[cells], c.period[cells]))
        return found

    def sample(self) -> npt.NDArray[np.bool_]:
        """The cells that the design compares."""
        if self.design == "hubs":
            return self.treated
        return self.is_hub if self.design == "goods" else np.ones(len(self.y), dtype=bool)

    def effect(self) -> Estimate | None:
        """The main estimate."""
        return self._fit(self.sample(), self.after.astype(float))

    def trend(self) -> Estimate | None:
        """Slope of the difference per period before the date."""
        return self._fit(self.sample() & ~self.after, self.cells.period.astype(float))

    def false_date(self) -> Estimate | None:
        """The estimate at the middle of the time before the date."""
        before = np.unique(self.cells.period[~self.after])
        if len(before) < 2 * LEAST_BEFORE:
            return None
        middle = before[len(before) // 2]
        return self._fit(self.sample() & ~self.after, (self.cells.period >= middle).astype(float))

    def placebo_hubs(self, cells: npt.NDArray[np.bool_], time: Vector) -> tuple[Placebo, ...]:
        """The same estimate, with `time` as the treatment's time, for each comparable other country, the hubs left out."""
        if self.design == "goods":
            return ()
        early = self.treated & ~self.after
        size = np.bincount(self.cells.country[early], self.cells.value[early], len(self.cells.countries))
        least = COMPARABLE * min(float(size[code]) for code in self.hub_codes if size[code] > 0)
        others = [i for i in np.argsort(-size) if i not in set(self.hub_codes) and size[i] >= least][:MOST_PLACEBOS]
        sample = cells & ~self.is_hub
        effects = self.effects(sample, self.design)
        base = absorb(self.y[sample][:, None], effects)[:, 0]
        found = []
        for code in others:
            x = (self.treated & (self.cells.country == code)).astype(float)[sample] * time[sample]
            left = absorb(x[:, None], effects)[:, 0]
            size_x = float(left @ left)
            if size_x > 1e-7:
                found.append(Placebo(self.cells.countries[code], float(left @ base) / size_x))
        return tuple(found)

    def goods_rank(self, beta: float) -> float | None:
        """Share of random sets of untreated goods, as many as the treated, with an effect as large."""
        untreated = np.setdiff1d(np.unique(self.cells.product[self.is_hub]), self.good_codes)
        size = len(self.good_codes)
        if self.design == "hubs" or len(untreated) < 2 * size:
            return None
        sample = self.sample() & ~self.treated
        effects = self.effects(sample, self.design)
        base = absorb(self.y[sample][:, None], effects)[:, 0]
        random = np.random.default_rng(SEED)
        found = []
        for _ in range(PLACEBO_GOODS):
            picked = random.choice(untreated, size, replace=False)
            mine = np.isin(self.cells.product, picked) & self.is_hub
            left = absorb((mine[sample] * self.after[sample]).astype(float)[:, None], effects)[:, 0]
            size_x = float(left @ left)
            if size_x > 1e-7:
                found.append(float(left @ base) / size_x)
        return _rank(beta, found)

    def _fit(self, sample: npt.NDArray[np.bool_], time: Vector) -> Estimate | None:
        x = (self.treated & self.is_hub).astype(float) * time
        clusters = self.unit if self.design != "hubs" or len(self.good_codes) > 1 else self.cells.country
        found = estimate(self.y[sample], x[sample], self.effects(sample, self.design), clusters[sample])
        treated = len(np.unique(clusters[sample & self.treated & self.is_hub]))
        return (
            found if found is None or treated >= LEAST_TREATED else replace(found, se=None, p=None, low=None, high=None)
        )


def _rank(beta: float, placebos: Sequence[float]) -> float | None:
    if not placebos:
        return None
    return (1 + sum(1 for other in placebos if other >= beta)) / (1 + len(placebos))
