"""Plants goods that change their way, and controlled goods to destinations of concern; each beside innocent look-alikes."""

from __future__ import annotations

import datetime as dt

from .basics import NEAR, D, late, spread
from .names import CYRILLIC
from .world import COALITION, CONCERN, END, World


def rerouted(w: World) -> None:
    """A supplier's goods to a closed destination stop; soon they go to a neighbouring country's firm."""
    for i in range(w.n(9, 11)):
        good = w.controlled()
        s = w.supplier(good, *[c for c in good.origins if c in COALITION] or ("DE", "JP", "TW"))
        a = w.firm(w.pick(("RU", "RU", "BY")), w.pick(("electronics", "instruments", "machine", "general")))
        near = w.pick([c for c in NEAR if c != a.country])
        b = (
            w.names.firm(near, a.trade, (a.core + w.pick([" Азия", " Восток", " ЕАЭС"]), ""))
            if i % 5 == 0 and near in CYRILLIC
            else w.firm(near)
        )
        if i % 5 in (1, 2):
            b.phone = a.phone
        stop, rate = w.date(D(2022, 2, 26), D(2022, 4, 20)), w.between(0.7, 1.8)
        before = w.trade(s, a, good, w.date(D(2019, 1, 10), D(2020, 9, 1)), stop, rate, contacts=True)
        start = stop + dt.timedelta(days=w.n(20, 150))
        after = w.trade(
            s, b, good, start, start + dt.timedelta(days=w.n(240, 700)), rate * w.between(0.6, 1.4), contacts=i % 5 < 4
        )
        w.plant(
            "rerouted",
            True,
            [b, a, s],
            before + after,
            "same supplier and goods, a neighbouring country's new firm in place of the old buyer",
        )
    for i in range(8):
        good = w.controlled() if i % 3 != 2 else w.common("food", "textile", "building")
        s, a = w.supplier(good, "DE", "JP", "IT", "TW"), w.firm("RU")
        b = w.firm(w.pick(("PL", "DE", "US") if i % 3 == 1 else ("KZ", "UZ", "RS")))
        rows = w.trade(s, a, good, D(2019, 5, 1), D(2022, 3, 10), 0.8)
        rows += w.trade(s, b, good, D(2022, 6, 1) if i % 3 == 1 else D(2019, 4, 1), END, 0.8)
        w.plant(
            "rerouted",
            False,
            [b],
            rows,
            (
                "the neighbour bought the same all along, at the same rate",
                "the supplier turned to buyers inside the coalition",
                "ordinary goods, an old customer beside another",
            )[i % 3],
        )


def routes(w: World) -> None:
    """Ways that the goods never took before, and goods declared for one country but delivered in another."""
    used = {(r.good.hs22[:4], r.dispatch, r.dest) for r in w.rows}
    for _case in range(w.n(8, 10)):
        for _ in range(99):
            good, hub, dest = (
                w.controlled(),
                w.pick(("RS", "GE", "MY", "AM", "UZ", "IN", "KG")),
                w.pick(("RU", "BY", "KZ", "IR", "RU")),
            )
            if hub != dest and (good.hs22[:4], hub, dest) not in used:
                break
        s, start = w.firm(hub), late(w)
        buyers = [w.firm(dest) for _ in range(w.n(1, 3))]
        rows = [
            w.ship(
                w.date(start, start + dt.timedelta(days=300)),
                s,
                w.pick(buyers),
                good,
                origin=w.pick([o for o in good.origins if o != hub]),
                contacts=True,
            )
            for _ in range(w.n(4, 12))
        ]
        w.plant(
            "rare_route",
            True,
            [s, *buyers],
            rows,
            f"goods of other origin through {hub} to {dest}, a way not seen before the date",
        )
    for i in range(6):
        good, hub, dest = (
            w.pick((w.goods["848210"], w.goods["851762"], w.goods["850440"])),
            w.pick(("RS", "IN", "MY", "GE")),
            w.pick(("RU", "KZ", "IR")),
        )
        s, b = w.firm(hub), w.firm(dest)
        rows = w.trade(s, b, good, D(2019, 2, 1), END, 0.5, origin=hub if i % 2 else "CN", contacts=True)
        w.plant(
            "rare_route",
            False,
            [s, b],
            rows,
            "the country's own make" if i % 2 else "a small but old way, the same before and after the date",
        )
    for i in range(w.n(9, 10)):
        good, paper = w.controlled(), w.pick(("KG", "KZ", "UZ", "AM", "GE"))
        f, start = w.firm(w.pick(("RU", "RU", "BY"))), late(w)
        kind, count = i % 3, w.n(3, 10)
        if kind == 0:
            rows = w.lots(
                w.supplier(good, "TR"), f, good, count, start, start + dt.timedelta(days=300), only="tr", dest=paper
            )
            note = "the declaration says a Central Asian or Caucasian country, the buyer's address is in the closed one"
        elif kind == 1:
            rows = w.lots(
                w.supplier(good, "AE", "HK", "MY"),
                f,
                good,
                count,
                start,
                start + dt.timedelta(days=300),
                only="hub",
                dest=paper,
            )
            note = "re-export declared for a neighbour, consignee in the closed country"
        else:
            rows = w.lots(
                w.supplier(good, "CN", "TW", "TR"),
                f,
                good,
                count,
                start,
                start + dt.timedelta(days=300),
                only="bol",
                dest=paper,
                port_to=w.pick(("St Petersburg", "Novorossiysk", "Vladivostok")),
            )
            note = "discharged and consigned in the closed country, destination another"
        w.plant("declared_elsewhere", True, [f], rows, note)
    for i in range(8):
        country, port = (("KZ", "Novorossiysk"), ("AM", "Poti"), ("UZ", "Bandar Abbas"), ("KG", "St Petersburg"))[i % 4]
        f, good = w.firm(country), w.common()
        rows = w.trade(w.supplier(good, "CN", "TR", "DE"), f, good, D(2019, 2, 1), END, 0.35, only="bol", port_to=port)
        w.plant(
            "declared_elsewhere",
            False,
            [f],
            rows,
            f"a landlocked country served through {port} since 2019, consignee at home",
        )


def concern(w: World) -> None:
    """Controlled tiers to destinations of concern."""
    for i in range(w.n(9, 10)):
        f, good = w.firm(CONCERN[i % 3]), w.controlled()
        s = w.supplier(good, "CN", "HK", "AE", "TR")
        w.plant(
            "controlled_destination",
            True,
            [f],
            w.trade(s, f, good, D(2020, w.n(1, 12), 1), D(2024, w.n(1, 12), 1), w.between(0.3, 0.9)),
            "a controlled tier to a destination of concern, after the date too",
        )
    for i in range(8):
        if i % 2:
            f, good = w.firm("RU"), w.pick([w.goods["847130"], w.goods["851713"], w.goods["854449"], w.goods["852872"]])
            note = "a destination of concern, goods beside the controlled codes"
        else:
            f, good = w.firm(w.pick(("DE", "JP", "PL"))), w.controlled()
            note = "controlled goods inside the coalition"
        w.plant("controlled_destination", False, [f], spread(w, f, good, w.n(5, 12), D(2019, 6, 1), END), note)
