"""Plants what ties parties to listed ones: names, contacts, successors, owners; each beside innocent look-alikes."""

from __future__ import annotations

import datetime as dt

from .basics import D, spread
from .names import Firm
from .records import Row
from .world import END, World


def respell(w: World, text: str, kind: int) -> str:
    """A name as someone else would write it: one letter off, words swapped, joined or split."""
    words = text.replace('"', "").split()
    i = max(range(len(words)), key=lambda j: len(words[j]) * (2 if j < 2 else 1) if words[j].isalpha() else 0)
    word = words[i]
    if kind == 0 or len(word) < 6:
        p = w.n(1, max(1, len(word) - 2))
        words[i] = word[:p] + word[p] + word[p:] if w.rng.random() < 0.5 else word[:p] + word[p + 1 :]
    elif kind == 1 and len(words) > 2:
        words = words[1:] + words[:1]
    elif kind == 2 and len(word) > 8:
        words[i] = word[: len(word) // 2] + "-" + word[len(word) // 2 :]
    else:
        p = w.n(1, len(word) - 3)
        words[i] = word[:p] + word[p + 1] + word[p] + word[p + 2 :]
    return " ".join(words)


def names_and_lists(w: World) -> None:
    """Names close to listed ones, parties on the list at the time, and parties listed later."""
    lands = ("RU", "RU", "TR", "CN", "HK", "AE", "IR", "BY", "KZ")
    for i in range(12):
        f, good = w.firm(lands[i % 9]), w.controlled()
        listed, start = w.date(D(2020, 1, 1), D(2022, 10, 1)), w.date(D(2022, 11, 1), D(2023, 6, 1))
        name = f.spell["en"][1]
        if i % 3 == 0:
            note = "the list has the Latin name only, the files another script or spelling"
        else:
            name, note = respell(w, name, i % 4), "one letter, the order of words or a hyphen differs from the list"
        w.list_entry(name, f.country, f.address("en", phone=False), listed)
        shipper = f.country in ("CN", "HK", "TR", "AE") and w.rng.random() < 0.6
        buyer = w.firm(w.pick(("RU", "KG", "UZ"))) if shipper else f
        seller = f if shipper else w.supplier(good, "MY", "IN", "TR" if f.country != "TR" else "CN")
        rows = w.lots(seller, buyer, good, w.n(4, 14), start, start + dt.timedelta(days=400))
        w.plant("close_to_listed", True, [f], rows, note)
    for i in range(9):
        if i % 3 == 0:
            f, other = w.firm("RU", "food"), w.firm("RU", "machine")
            core = other.core.split()[0]
            g = w.names.firm("RU", "building", (core + w.pick([" Юг", " Домстрой", " Плюс Мебель"]), ""))
            w.list_entry(other.spell["en"][0], "RU", other.address("en", phone=False), D(2021, 5, 1))
            f, note = g, "shares a first word with a listed maker of machines; another business, address and tax number"
        elif i % 3 == 1:
            other = w.firm("TR", "electronics")
            f = w.names.firm(
                "RS",
                "textile",
                (other.core.split()[0].split("-")[0] + " " + w.pick(["Konfekcija", "Pletenje", "Vuna"]), ""),
            )
            w.list_entry(other.spell["en"][0], "TR", other.address("en", phone=False), D(2021, 9, 1))
            note = "one word alike in two languages; another country and trade"
        else:
            number = w.n(3, 40)
            other = w.names.firm("BY", "machine", (f"Завод {w.pick(['Прибор', 'Мотор', 'Сталь'])} {number}", ""))
            f = w.names.firm("KZ", "agri", (other.core.rsplit(" ", 1)[0] + f" {number + w.n(2, 9)}", ""))
            w.list_entry(other.spell["en"][0], "BY", other.address("en", phone=False), D(2022, 3, 1))
            note = "a works with another number, country and trade"
        w.plant("close_to_listed", False, [f], spread(w, f, w.common(), w.n(5, 14), D(2021, 6, 1), END), note)
    for i in range(20):
        then, f, good = i % 2 == 0, w.firm(lands[i % 9]), w.controlled() if i % 3 else w.common()
        seller = f if f.country in ("CN", "HK", "TR", "AE") else w.supplier(good, "MY", "IN", "AE")
        buyer = w.firm(w.pick(("RU", "AM", "GE"))) if seller is f else f
        rows = w.trade(seller, buyer, good, D(2021, 1, 1), D(2024, 3, 1), 0.5)
        listed = (
            rows[len(rows) * (1 if i % 4 < 2 else 2) // 4].date
            if then
            else rows[-1].date + dt.timedelta(days=w.n(10, 250))
        )
        aliases = tuple(f.spell.get("ru", [])[:1] + f.spell.get("native", [])) if i % 3 == 0 else ()
        w.list_entry(f.spell["en"][w.n(0, 1)], f.country, f.address("en", phone=False), listed, aliases=aliases)
        if then:
            w.plant(
                "listed_then",
                True,
                [f],
                [r for r in rows if r.date >= listed],
                "on the list on the day of these shipments",
            )
        else:
            w.plant("listed_later", True, [f], rows, "put on the list after its last shipment here")
    for i in range(12):
        f, good = w.firm(w.pick(lands if i % 3 < 2 else ("RU", "TR", "KZ", "IR"))), w.common()
        start = D(2021, 3, 1)
        rows = spread(w, f, good, w.n(5, 12), start, END)
        if i % 3 == 2:
            person = f"{f.core.split()[0].upper()} {w.pick(['Ivan', 'Rustam', 'Kemal', 'Reza'])}"
            w.list_entry(person, "XX", "", D(2022, 6, 1), kind="individual")
            note = "a listed person's surname is a word of the firm's name"
        else:
            w.list_entry(
                f.spell["en"][0], f.country, f.address("en", phone=False), D(2018, 4, 1), delisted=D(2020, 5, 1)
            )
            note = "delisted before its first shipment"
        w.plant("listed_then" if i % 2 else "listed_later", False, [f], rows, note)


def contacts(w: World) -> None:
    """Addresses and telephones shared with a listed party, or by many consignees."""
    rows: list[Row]
    for i in range(w.n(9, 10)):
        country = w.pick(("RU", "TR", "BY", "RU"))
        owner, f, good = w.firm(country), w.firm(country), w.controlled()
        listed = w.date(D(2021, 1, 1), D(2022, 12, 1))
        w.list_entry(owner.spell["en"][0], country, owner.address("en", phone=i % 3 == 1), listed)
        if i % 3 == 1:
            f.phone, note = owner.phone, "the telephone of a listed party"
        else:
            f.city, f.street, f.house, note = (
                owner.city,
                owner.street,
                owner.house,
                "the address of a listed party, to the office",
            )
        w.plant(
            "contact_of_listed",
            True,
            [f],
            w.lots(w.supplier(good, "CN"), f, good, w.n(3, 12), D(2022, 4, 1), D(2024, 6, 1), contacts=True),
            note,
        )
    for i in range(8):
        owner, f, good = w.firm("RU"), w.firm("RU"), w.controlled("electronics", "bearings")
        owner.house = f"{w.n(3, 80)}-{w.n(100, 300)}"
        f.city, f.street = owner.city, owner.street
        f.house = owner.house.split("-")[0] + f"-{w.n(301, 690)}" if i % 2 else f"{w.n(81, 180)}"
        w.list_entry(owner.spell["en"][0], "RU", owner.address("en", phone=False), D(2022, 2, 1))
        rows = w.trade(w.supplier(good, "CN"), f, good, D(2019, 6, 1), END, 0.4, contacts=True)
        w.plant(
            "contact_of_listed",
            False,
            [f],
            rows,
            "another office of a large business centre" if i % 2 else "the same long street, another house",
        )
    for i in range(w.n(8, 9)):
        country = w.pick(("RU", "RU", "TR", "RU", "IR", "AE"))
        group = [w.firm(country) for _ in range(w.n(4, 8))]
        rows = []
        for f in group:
            if i % 2:
                f.phone = group[0].phone
            else:
                f.city, f.street, f.house = group[0].city, group[0].street, group[0].house
            good, start = w.controlled(), w.date(D(2021, 9, 1), D(2023, 6, 1))
            rows += w.lots(
                w.supplier(good, "CN"),
                f,
                good,
                w.n(2, 5),
                start,
                start + dt.timedelta(days=300),
                only="ru" if country == "RU" else "bol",
            )
        w.plant("shared_contact", True, list(group), rows, "one telephone" if i % 2 else "one address to the office")
    for i in range(7):
        country = w.pick(("RU", "RU", "AE", "TR"))
        first = w.firm(country)
        first.house = str(w.n(5, 60)) + "-1"
        group = [first] + [
            w.names.firm(country, first.trade, (first.core + f" {k + 2}", "")) if i % 3 == 0 else w.firm(country)
            for k in range(4)
        ]
        rows = []
        for k, f in enumerate(group):
            f.city, f.street, f.house = first.city, first.street, first.house.split("-")[0] + f"-{101 + 37 * k}"
            good = w.common() if i % 3 == 1 else w.controlled("electronics", "bearings")
            if i % 3 == 1:
                f.phone = first.phone
            rows += w.trade(
                w.supplier(good, "CN"),
                f,
                good,
                D(2019, w.n(2, 9), 1),
                END,
                0.18,
                only="ru" if country == "RU" else "bol",
            )
        w.plant(
            "shared_contact",
            False,
            list(group),
            rows,
            (
                "numbered branches of one chain in one building",
                "small importers of ordinary goods with their broker's telephone",
                "a business centre, each in its own office",
            )[i % 3],
        )


def replaced(w: World) -> None:
    """A listed supplier's place is taken by another within weeks."""
    for _ in range(w.n(8, 10)):
        good, f = w.controlled(), w.firm(w.pick(("RU", "RU", "BY", "KZ")))
        old, new = w.firm(w.pick(("CN", "HK", "AE", "TR"))), w.firm(w.pick(("CN", "HK", "AE", "TR")))
        listed, rate = w.date(D(2022, 9, 1), D(2024, 1, 15)), w.between(0.8, 1.8)
        w.list_entry(old.spell["en"][0], old.country, old.address("en", phone=False), listed)
        rows = w.trade(old, f, good, D(2021, w.n(1, 9), 1), listed - dt.timedelta(days=6), rate, contacts=True)
        rows.append(w.ship(listed + dt.timedelta(days=w.n(-5, 3)), old, f, good, contacts=True))
        first = listed + dt.timedelta(days=w.n(9, 40))
        after = [
            w.ship(first, new, f, good, contacts=True),
            *w.trade(new, f, good, first, min(END, listed + dt.timedelta(days=330)), rate, first=False, contacts=True),
        ]
        w.plant(
            "supplier_replaced",
            True,
            [f, old, new],
            rows + after,
            "the supplier was listed; within weeks another sends the same goods",
        )
    for i in range(8):
        good, f, turn = w.controlled(), w.firm("RU"), w.date(D(2022, 9, 1), D(2023, 9, 1))
        old, new = w.firm("CN"), w.firm(w.pick(("CN", "TR")))
        rows = w.trade(old, f, good, D(2020, 2, 1), turn, 0.9, contacts=True)
        if i % 2:
            rows += w.trade(new, f, good, D(2020, 3, 1), END, 0.8, contacts=True)
            w.list_entry(old.spell["en"][0], "CN", old.address("en", phone=False), turn)
            note = "the second supplier was there all along, at the same rate"
        else:
            rows += w.trade(new, f, good, turn + dt.timedelta(days=20), END, 0.9, contacts=True)
            note = "an ordinary change of supplier; neither was listed"
        w.plant("supplier_replaced", False, [f, new, old], rows, note)


def owners(w: World) -> None:
    """Companies that listed parties own by half or more, added up and through other companies."""

    def listed(kind: str = "entity") -> tuple[Firm, str]:
        f = w.firm(w.pick(("RU", "AE", "TR")), "general")
        w.list_entry(f.spell["en"][0], f.country, f.address("en", phone=False), D(2022, 3, 1), kind=kind)
        return f, f.spell["en"][0]

    def stake(owner: str, owned: str, percent: str, on: str = "2022-01-15") -> None:
        w.stakes.append(
            (owner, owned, percent, on, w.pick(["trade register", "annual report", "leaked register extract"]))
        )

    for i in range(w.n(8, 10)):
        f, good = w.firm(w.pick(("TR", "AE", "RS", "RU", "KZ", "HK"))), w.controlled() if i % 2 else w.common()
        name, (_, a) = f.spell["en"][0], listed()
        if i % 3 == 0:
            stake(a, name, str(w.n(50, 100)))
            note = "half or more held by a listed party"
        elif i % 3 == 1:
            _, b = listed()
            stake(a, name, "30")
            stake(b, name, str(w.n(20, 40)))
            note = "two listed parties hold half or more together"
        else:
            middle = w.firm("AE", "general").spell["en"][0]
            stake(a, middle, "60")
            stake(middle, name, str(w.n(51, 80)))
            note = "held through a company that a listed party holds by 60 percent"
        w.plant("owned_by_listed", True, [f], spread(w, f, good, w.n(4, 10), D(2022, 5, 1), END), note)
    for i in range(7):
        f, (_, a) = w.firm(w.pick(("TR", "AE", "RS", "KZ"))), listed()
        name = f.spell["en"][0]
        if i % 3 == 0:
            stake(a, name, str(w.n(15, 49)))
            note = "a listed minority"
        elif i % 3 == 1:
            middle = w.firm("AE", "general").spell["en"][0]
            stake(a, middle, "40")
            stake(middle, name, "90")
            note = "the company between is not held by half"
        else:
            stake(w.firm("TR").spell["en"][0], name, "75")
            stake(a, name, "25")
            note = "a listed quarter beside an unlisted majority"
        w.plant("owned_by_listed", False, [f], spread(w, f, w.common(), w.n(4, 10), D(2022, 5, 1), END), note)
