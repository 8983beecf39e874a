"""Plants prices far off and slips of units, each beside innocent look-alikes."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from .basics import D, spread
from .records import Good
from .world import END, MIDDLE, World


def popular(w: World, controlled: bool | None = None) -> list[tuple[Good, str]]:
    """Goods with an origin that occur often enough for a price group."""
    counts = Counter((r.good.hs22, r.origin) for r in w.rows)
    return [
        (w.goods[h], o)
        for (h, o), c in counts.most_common()
        if c >= 120 and (controlled is None or w.goods[h].ctrl == controlled)
    ]


def prices(w: World) -> None:
    """Buyers who pay far over their group, single values far off, and wrong units of weight or value."""
    for i in range(w.n(9, 11)):
        good, origin = w.pick(popular(w, True if i % 3 else None))
        f, start = w.firm(w.pick((*MIDDLE, "RU"))), w.date(D(2020, 3, 1), D(2023, 6, 1))
        rows = spread(
            w, f, good, w.n(4, 10), start, start + dt.timedelta(days=300), origin=origin, price=w.between(4.0, 9.0)
        )
        w.plant(
            "pays_over_price",
            True,
            [f],
            rows,
            "pays four to nine times what others pay for these goods from this origin",
        )
    for i in range(8):
        good, origin = w.pick(popular(w))
        f = w.firm(w.pick(("RU", "KZ", "AE", "RS", "DE")))
        if i % 2:
            rows, note = (
                spread(w, f, good, w.n(4, 9), D(2020, 1, 1), END, origin=origin, price=1.45),
                "half above the median, inside the ordinary range",
            )
        else:
            s = w.supplier(good, "CN", "TR")
            rows = [
                w.ship(
                    w.date(D(2020, 1, 1), END),
                    s,
                    f,
                    good,
                    origin=origin,
                    kg=0.3,
                    price=2.2,
                    only="bol",
                    text="SAMPLES NOT FOR RESALE " + good.text["en"].format(m="", b=""),
                )
                for _ in range(2)
            ]
            note = "two samples of some hundred grams at a minimum charge"
        w.plant("pays_over_price", False, [f], rows, note)
    often, taken = popular(w), {id(r) for c in w.cases for r in c.rows}
    regular = [
        r
        for r in w.rows
        if (r.good, r.origin) in often and id(r) not in taken and r.kg and r.kg > 5 and r.date < D(2024, 10, 1)
    ]
    chosen = [regular[int(i)] for i in w.rng.choice(len(regular), 40, replace=False)]
    for k, r in enumerate(chosen[:11]):
        factor = (w.between(0.04, 0.12), w.between(9, 20), w.between(0.05, 0.16))[k % 3]
        r.usd = round(r.usd * factor, 2)
        w.plant(
            "unit_value_outlier",
            True,
            [r.consignee],
            [r],
            f"one line at {factor:.2f} of its usual unit value, a factor that no unit explains",
        )
    for k, r in enumerate(chosen[11:22]):
        kg = r.kg or 1.0
        if k % 4 == 3:
            r.usd, note = round(r.usd * 1000, 2), "value a thousand times too high: a lost separator"
        elif k % 2:
            r.kg, r.gross, note = round(kg * 1000, 1), r.gross * 1000, "grams entered as kilograms"
        else:
            r.kg, r.gross, note = round(kg / 1000, 6), r.gross / 1000, "tonnes entered as kilograms"
        w.plant("unit_slip", True, [r.consignee], [r], note)
        w.plant("unit_value_outlier", False, [r.consignee], [r], note)
    for r in chosen[22:30]:
        r.usd = round(r.usd * w.between(1.3, 1.7), 2)
        w.plant("unit_slip", False, [r.consignee], [r], "dear, but a price and not a unit")
        w.plant("unit_value_outlier", False, [r.consignee], [r], "inside the ordinary spread of these goods")
