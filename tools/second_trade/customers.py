"""Plants changes in who buys and how much, each beside innocent look-alikes."""

from __future__ import annotations

import datetime as dt

from .basics import D, late, spread
from .records import Row
from .world import END, MIDDLE, START, World


def new_importer(w: World) -> None:
    """Firms whose first shipment at all is of controlled goods after the date."""
    for _ in range(w.n(9, 12)):
        f, good, start = w.firm(w.pick((*MIDDLE, "RU", "BY"))), w.controlled(), late(w)
        lines = spread(w, f, good, w.n(3, 22), start, start + dt.timedelta(days=w.n(120, 500)))
        w.plant("new_importer", True, [f], lines, "first seen after the date, controlled goods only")
    rows: list[Row]
    for i in range(9):
        good, start = w.controlled(), late(w)
        f = w.firm("RU" if i % 3 == 2 else w.pick(MIDDLE))
        if i % 3 == 0:
            f = w.firm(w.pick(("DE", "PL", "JP")))
            rows, note = (
                spread(w, f, good, w.n(4, 12), start, END),
                "a new importer inside the coalition of controlling countries",
            )
        elif i % 3 == 1:
            rows, note = spread(w, f, w.common(), w.n(5, 18), start, END), "new, but the goods are not controlled"
        else:
            s = w.supplier(good, "CN")
            rows = w.trade(s, f, good, D(2019, 3, 1), D(2021, 12, 1), 0.7, only="ru")
            renamed = w.trade(s, f, good, D(2022, 4, 1), D(2024, 9, 1), 0.7, only="ru")
            for r in renamed:
                r.consignee_as = (
                    f.spell["ru"][0].replace("ООО", "ПАО")
                    if "ООО" in f.spell["ru"][0]
                    else f.spell["ru"][0].replace("АО", "ООО", 1)
                )
            rows, note = (
                rows + renamed,
                "an old importer that changed its legal form; tax number and address are the same",
            )
        w.plant("new_importer", False, [f], rows, note)


def old_customer(w: World) -> None:
    """Firms with a long ordinary trade that start on controlled goods after the date."""
    for _ in range(w.n(9, 11)):
        f, start, ordinary = w.firm(w.pick((*MIDDLE, "RU", "BY", "IR")), "general"), late(w), w.common()
        before = w.trade(
            w.supplier(ordinary, "CN", "TR", "IN"), f, ordinary, D(2019, w.n(1, 12), 5), END, w.between(0.4, 1.1)
        )
        w.plant(
            "old_customer",
            True,
            [f],
            before + spread(w, f, w.controlled(), w.n(3, 16), start, start + dt.timedelta(days=400)),
            "ordinary goods for years, controlled goods only after the date",
        )
    for i in range(8):
        f, ordinary = w.firm(w.pick((*MIDDLE, "RU")), "general"), w.common()
        rows = w.trade(w.supplier(ordinary, "CN", "TR"), f, ordinary, D(2019, 2, 5), END, 0.6)
        if i % 2:
            rows += spread(w, f, w.common(), w.n(6, 14), late(w), END)
            note = "a wider range after the date, none of it controlled"
        else:
            rows += w.trade(
                w.supplier(g := w.controlled("electronics", "bearings", "telecom"), "CN"), f, g, D(2020, 2, 1), END, 0.5
            )
            note = "bought the same controlled goods for two years before the date"
        w.plant("old_customer", False, [f], rows, note)


def sudden_rise(w: World) -> None:
    """Steady customers whose shipments of one good multiply from some month on."""
    for _ in range(w.n(9, 11)):
        good = w.controlled() if w.rng.random() < 0.8 else w.common("it", "household", "auto")
        f, s, turn, rate = (
            w.firm(w.pick((*MIDDLE, "RU", "BY"))),
            w.supplier(good, "CN", "TR", "HK"),
            w.date(D(2022, 4, 1), D(2023, 5, 1)),
            w.between(0.4, 0.9),
        )
        before = w.trade(s, f, good, D(2019, 3, 1), turn, rate)
        after = w.trade(s, f, good, turn, min(END, turn + dt.timedelta(days=w.n(300, 600))), rate * w.between(4, 8))
        w.plant(
            "sudden_rise", True, [f], before + after, "the monthly rate is four to eight times what it was, at once"
        )
    for i in range(8):
        good = (
            w.controlled("bearings", "electronics"),
            w.common("flowers", "toys", "agri"),
            w.controlled("telecom", "electronics"),
            w.common("household"),
        )[i % 4]
        f, s = w.firm(w.pick(("RU", "KZ", "AE", "TR", "UZ"))), w.supplier(good, "CN", "NL", "IN")
        if i % 4 == 0:
            rows, note = w.trade(s, f, good, START, END, 0.8, growth=0.22), "steady growth, a fifth a year"
        elif i % 4 == 1:
            rows, note = (
                w.trade(s, f, good, START, END, 1.0, season=(w.n(2, 11), 1.4)),
                "a season that returns every year",
            )
        elif i % 4 == 2:
            rows = w.trade(s, f, good, D(2019, 2, 1), END, 0.6)
            burst = w.date(D(2022, 6, 1), D(2023, 9, 1))
            rows += [
                w.ship(burst, s, f, good, kg=good.kg / 10, only="ru" if f.country == "RU" else "") for _ in range(14)
            ]
            note = "one delivery declared in fourteen lines on one day"
        else:
            rows = (
                w.trade(s, f, good, START, D(2022, 2, 20), 1.2)
                + w.trade(s, f, good, D(2022, 7, 1), D(2022, 9, 1), 2.4)
                + w.trade(s, f, good, D(2022, 9, 2), END, 1.2)
            )
            note = "stocks refilled for two months after a closed route, then as before"
        w.plant("sudden_rise", False, [f], rows, note)


def intermediary(w: World) -> None:
    """Forwarders, banks and mail centres as final consignees of controlled goods."""
    kinds = ["logistics", "logistics", "logistics", "post", "bank"]
    for i in range(w.n(9, 12)):
        f, start = w.firm(w.pick(("RU", "KZ", "KG", "TR", "AE", "HK", "BY", "RS", "MY", "UZ")), kinds[i % 5]), late(w)
        w.plant(
            "intermediary_consignee",
            True,
            [f],
            spread(w, f, w.controlled(), w.n(3, 12), start, start + dt.timedelta(days=500)),
            "by its name a forwarder, bank or post, and the final consignee",
        )
    for i in range(8):
        country = w.pick(("RU", "KZ", "TR", "AE"))
        if i % 4 == 0:
            f = w.firm(country, "logistics")
            rows, note = (
                spread(w, f, w.pick([w.goods["842720"], w.goods["401110"]]), w.n(4, 9), START, END),
                "a forwarder that buys its own forklifts and tyres",
            )
        elif i % 4 == 1:
            f, buyer, good = w.firm("TR", "logistics"), w.firm("RU", "electronics"), w.controlled()
            rows = [
                w.ship(w.date(D(2019, 2, 1), END), s, buyer, good, only="bol", notify=f.spell["en"][0])
                for s in [w.supplier(good, "CN")]
                for _ in range(8)
            ]
            note = "a forwarder as notify party only; the consignee is a trader since 2019"
        elif i % 4 == 2:
            f = w.firm(country, "bank")
            rows, note = spread(w, f, w.goods["847290"], w.n(3, 7), START, END), "a bank that buys cash machines"
        else:
            core = {"RU": "КаргоБэг", "KZ": "ПочтаТекс"}.get(country, "Kargocu") + f" {w.n(2, 99)}"
            f = w.names.firm(country, "textile", (core, ""))
            rows, note = spread(w, f, w.goods["420292"], w.n(5, 12), START, END), "the word is part of a brand of bags"
        w.plant("intermediary_consignee", False, [f], rows, note)


def many_small(w: World) -> None:
    """Many lines of small value to one user in a few weeks, from similar suppliers."""
    for _ in range(w.n(8, 10)):
        good, f, start = (
            w.controlled("electronics", "telecom", "instruments"),
            w.firm(w.pick(("RU", "KZ", "KG", "TR", "AE", "IR", "AM"))),
            late(w),
        )
        pool = [w.supplier(good, "CN", "HK", "MY") for _ in range(w.n(3, 6))]
        only = {"RU": "ru", "IR": "bol", "TR": "bol", "AE": "bol"}.get(f.country, "cn")
        rows = [
            w.ship(
                start + dt.timedelta(days=w.n(0, 80)),
                w.pick([s for s in pool if s.country != f.country]),
                f,
                good,
                kg=w.between(400, 4600) / good.usdkg,
                only=only if only != "cn" else "bol",
            )
            for _ in range(w.n(24, 48))
        ]
        w.plant(
            "many_small_shipments", True, [f], rows, "dozens of lines below five thousand dollars in under three months"
        )
    for i in range(6):
        good = (w.controlled("electronics", "bearings"), w.goods["300490"], w.goods["854239"])[i % 3]
        f = w.firm(w.pick(("RU", "KZ", "TR")))
        s = w.supplier(good, "CN", "IN")
        if i % 3 < 2:
            rows = w.trade(s, f, good, D(2019, 1, 10), END, 1.3, kg=w.between(1500, 3000) / good.usdkg)
            note = "small deliveries at the same pace for six years: spare parts or medicines just in time"
        else:
            on = late(w)
            rows = w.trade(s, f, good, D(2019, 3, 1), END, 0.5) + [
                w.ship(on, s, f, good, kg=w.between(600, 2500) / good.usdkg, only="ru" if f.country == "RU" else "")
                for _ in range(26)
            ]
            note = "one consignment of one supplier on one day, in many lines"
        w.plant("many_small_shipments", False, [f], rows, note)
