"""Plants goods beside the business, firms that wake up, and trade that stops; each beside innocent look-alikes."""

from __future__ import annotations

import datetime as dt

from .basics import D, late, spread
from .world import END, MIDDLE, START, World


def business(w: World) -> None:
    """Goods that do not go with the business in the name, and firms long silent that come back."""
    for i in range(w.n(9, 11)):
        trade = w.pick(("flowers", "cosmetics", "furniture", "textile", "restaurant", "tourism", "toys", "food"))
        f, start = w.firm(w.pick(("RU", "KZ", "KG", "TR", "AE", "HK", "UZ", "GE", "RS")), trade), late(w)
        good = w.controlled("electronics", "instruments", "telecom", "bearings")
        rows = spread(w, f, good, w.n(3, 14), start, start + dt.timedelta(days=400))
        if i % 2 and trade in ("flowers", "cosmetics", "furniture", "textile", "toys", "food"):
            own = w.common(trade)
            rows += w.trade(
                w.supplier(own, *[o for o in own.origins if o != f.country]), f, own, D(2020, 1, 1), END, 0.4
            )
        w.plant(
            "business_misfit",
            True,
            [f],
            rows,
            f"the name says {trade}, the goods are {good.text['en'].split('{')[0].strip()}",
        )
    fits = (
        ("school", "903020", "a university buys oscilloscopes"),
        ("clinic", "902750", "a hospital buys laboratory analysers"),
        ("agri", "852691", "a farm-machinery firm buys satellite receivers for tractors"),
        ("textile", "848210", "a textile mill buys spindle bearings"),
    )
    for i in range(8):
        trade, hs, note = fits[i % 4]
        f = w.firm(w.pick(("RU", "KZ", "TR", "UZ", "IN")), trade)
        text = {
            "agri": "GNSS receiver for tractor autosteer guidance kit",
            "textile": "ball bearings for ring spinning frame spindle",
        }.get(trade, "")
        w.plant(
            "business_misfit", False, [f], spread(w, f, w.goods[hs], w.n(3, 8), D(2019, 2, 1), END, text=text), note
        )
    for _ in range(w.n(8, 10)):
        f, ordinary, good, back = (
            w.firm(w.pick((*MIDDLE, "RU"))),
            w.common(),
            w.controlled(),
            w.date(D(2022, 5, 1), D(2023, 10, 1)),
        )
        rows = w.lots(
            w.supplier(ordinary, "CN", "TR"),
            f,
            ordinary,
            w.n(5, 14),
            D(2019, 1, 10),
            back - dt.timedelta(days=w.n(600, 1000)),
        )
        w.plant(
            "dormant_reactivated",
            True,
            [f],
            rows + spread(w, f, good, w.n(4, 16), back, back + dt.timedelta(days=250)),
            "silent for well over a year and a half, back with controlled goods",
        )
    for i in range(6):
        f, good = w.firm(w.pick(("RU", "KZ", "TR"))), w.controlled("machine", "instruments") if i % 2 else w.common()
        if i % 2:
            s = w.supplier(good, "CN")
            rows = [
                w.ship(D(y, w.n(3, 4), w.n(1, 28)), s, f, good) for y in range(2019, 2025) for _ in range(w.n(1, 3))
            ]
            note = "buys once a year, every spring"
        else:
            rows = w.lots(w.supplier(good, "CN"), f, good, 8, START, D(2020, 6, 1)) + w.lots(
                w.supplier(good, "CN"), f, good, 8, D(2022, 9, 1), D(2023, 9, 1)
            )
            note = "back after two years with the ordinary goods it always bought"
        w.plant("dormant_reactivated", False, [f], rows, note)


def stops(w: World) -> None:
    """Regular trade that stops for months or for good, of a firm or of a country."""
    for i in range(w.n(8, 9)):
        f, good = (
            w.firm(w.pick((*MIDDLE, "RU", "BY"))),
            w.controlled() if i % 2 else w.common("auto", "household", "building"),
        )
        s, stop = w.supplier(good, "CN", "TR", "IN"), w.date(D(2021, 6, 1), D(2023, 12, 1))
        rows = w.trade(s, f, good, START, stop, w.between(1.8, 3.0))
        if i % 3:
            rows += w.trade(s, f, good, stop + dt.timedelta(days=w.n(120, 260)), END, w.between(1.8, 3.0))
        w.plant(
            "trade_stops",
            True,
            [f],
            rows,
            "months of silence in a trade of several shipments a month"
            if i % 3
            else "a trade of several shipments a month ends for good",
        )
    for country, last in (("CZ", D(2022, 3, 15)), ("FI", D(2022, 6, 30))):
        rows = [r for r in w.rows if r.dispatch == country and r.dest in ("RU", "BY")]
        w.rows = [r for r in w.rows if not (r.dispatch == country and r.date > last)]
        goods = [
            w.pick([g for g in w.goods.values() if g.trade in ("machine", "building", "food", "agri") and not g.ctrl])
            for _ in range(5)
        ]
        rows = [r for r in rows if r.date <= last]
        for good in goods:
            rows += w.trade(
                w.firm(country, good.trade), w.firm("RU", good.trade), good, START, last, w.between(0.5, 1.1)
            )
        w.plant("trade_stops", True, [country], rows, "a country that supplied every month and then not at all")
    for i in range(8):
        f = w.firm(w.pick(("RU", "KZ", "TR", "AE")))
        if i % 2:
            good = w.common("flowers", "food")
            s = w.supplier(good, *[o for o in good.origins if o != f.country])
            rows = [
                w.ship(w.date(D(y, 9, 1), D(y + (y < 2024), 3 if y < 2024 else 12, 20)), s, f, good)
                for y in range(2019, 2025)
                for _ in range(w.n(7, 11))
            ]
            note = "off season from April to August, every year"
        else:
            good = w.common("machine", "furniture")
            rows, note = (
                w.trade(w.supplier(good, "CN", "IT"), f, good, START, END, 0.25, first=False),
                "three orders a year: a quiet half year says nothing",
            )
        w.plant("trade_stops", False, [f], rows, note)
