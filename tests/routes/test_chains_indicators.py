"""Indicators about routes and parties in them: each fires on made-up rows and stays silent on what only looks alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pytest

from entrepot.findings.catalogue import FOLDER, fill, read, values
from entrepot.model.tables import TABLES
from entrepot.routes.addresses import contacts_statement
from entrepot.routes.chains import find_chains, party_links

Rows = Sequence[Mapping[str, object]]
EARLY, LATE = dt.date(2021, 1, 10), dt.date(2022, 9, 1)


def shipment(date: dt.date, consignee: str = "buyer", **more: object) -> dict[str, object]:
    return {
        "date": date, "date_precision": "day", "shipper_key": "maker", "consignee_key": consignee, "hs6": "854231",
        "dispatch_country": "CN", "origin_country": "CN", "destination_country": "KZ", "net_kg": 10.0, "value_usd": 1000.0,
        "control_id": "CHPL:854231", "tier": "1", **more,
    }  # fmt: skip


def trade(rows: Rows) -> pa.Table:
    """`trade` with row numbers, and names from keys."""
    return TABLES["trade"].from_rows(
        {"source_id": "s", "row_number": at, "shipper_name": str(row["shipper_key"]).upper(), "consignee_name": str(row["consignee_key"]).upper(), **row}
        for at, row in enumerate(rows, 2)
    )  # fmt: skip


def fired(indicator: str, rows: Rows, **tables: pa.Table) -> list[dict[str, object]]:
    """What the indicator finds; checks that each finding has evidence and a statement, and that Spark's dialect can be written."""
    rule = read(FOLDER / f"{indicator}.sql")
    chosen = values(rule, {}, {})
    source = {"source_id": "s", "sha256": "0", "path": "p", "kind": "shipments", "synthetic": "made up", "rows_in": 1, "rows_kept": 1, "rows_rejected": 0}  # fmt: skip
    given = {"sources": TABLES["sources"].from_rows([source]), "trade": trade(rows), **tables}
    with duckdb.connect() as connection:
        for name in rule.reads:
            connection.register(name, given.get(name, TABLES[name].empty()))
        found = connection.sql(rule.query.render(chosen)).to_arrow_table()
        connection.register("found", found)
        evidence = connection.sql(rule.evidence.render(chosen)).to_arrow_table().to_pylist()
    rule.query.render(chosen, "spark")
    rule.evidence.render(chosen, "spark")
    proved = {row["subject_key"] for row in evidence}
    findings: list[dict[str, object]] = found.to_pylist()
    for row in findings:
        assert row["subject_key"] in proved
        assert 0 <= float(str(row["strength"])) <= 1
        assert "unknown" not in fill(rule.statement, row)
    return findings


def days(first: dt.date, count: int, step: int) -> list[dt.date]:
    return [first + dt.timedelta(days=step * at) for at in range(count)]


@pytest.mark.parametrize(
    "name",
    ["alfa cargo logistics", "ооо каспий экспедиция", "delta gümrük müşavirliği", "steppe commercial bank", "agricultural bank of the steppe", "kaspi international transport llc", "delta shipping agency", "mailbox centre", "ао почтовый центр", "博兰国际货运代理"],
)  # fmt: skip
def test_intermediary_as_consignee(name: str) -> None:
    assert len(fired("intermediary_consignee", [shipment(day, name) for day in days(LATE, 3, 9)])) == 1


@pytest.mark.parametrize(
    "name", ["nord logistics racking systems", "embankment tools", "postal meter shelving", "compost trade", "microelectronics", "maillard patisserie", "transport parts", "membership cards"]
)  # fmt: skip
def test_names_that_only_look_like_intermediaries(name: str) -> None:
    assert not fired("intermediary_consignee", [shipment(day, name) for day in days(LATE, 3, 9)])


def test_bank_of_a_river() -> None:
    rows = [shipment(day, "river bank foods") for day in days(LATE, 3, 9)]
    told = [{"source_id": "s", "name": "RIVER BANK FOODS", "trade": "food", "word": "foods", "fits": ";19;"}]
    assert not fired("intermediary_consignee", rows, name_trades=TABLES["name_trades"].from_rows(told))
    bank = [shipment(day, "textile bank") for day in days(LATE, 3, 9)]
    told = [{"source_id": "s", "name": "TEXTILE BANK", "trade": "textiles", "word": "textile", "fits": ";50;"}]
    assert len(fired("intermediary_consignee", bank, name_trades=TABLES["name_trades"].from_rows(told))) == 1


def test_uncontrolled_goods_to_a_bank() -> None:
    assert not fired("intermediary_consignee", [shipment(day, "steppe bank", control_id=None, tier=None) for day in days(LATE, 9, 9)])  # fmt: skip


def test_many_small_shipments_and_just_in_time() -> None:
    burst = [shipment(day, shipper_key=f"maker {at % 4}") for at, day in enumerate(days(LATE, 30, 2))]
    pace = [shipment(day) for day in days(EARLY, 7, 80)]
    assert [row["shippers"] for row in fired("many_small_shipments", [*pace, *burst])] == [4]
    assert not fired("many_small_shipments", [shipment(day, shipper_key=f"maker {at % 4}") for at, day in enumerate(days(EARLY, 260, 4))])  # fmt: skip
    one_supplier = fired("many_small_shipments", [*pace, *(shipment(day) for day in days(LATE, 30, 2))])
    assert [row["shippers"] for row in one_supplier] == [1]
    assert one_supplier[0]["strength"] < fired("many_small_shipments", [*pace, *burst])[0]["strength"]  # type: ignore[operator]
    assert not fired("many_small_shipments", [shipment(day) for day in days(EARLY, 260, 4)])


def test_dormant_firm_and_yearly_order() -> None:
    slept = [shipment(day) for day in (*days(dt.date(2020, 1, 5), 9, 20), *days(LATE, 4, 15))]
    assert [row["before"] for row in fired("dormant_reactivated", slept)] == [9]
    yearly = [shipment(dt.date(year, 5, day)) for year in range(2018, 2025) for day in (3, 9, 14)]
    assert not fired("dormant_reactivated", yearly)


def contacts(rows: Rows) -> pa.Table:
    return TABLES["contacts"].from_rows({"source_id": "s", "row_number": 2, "rows": 1, "role": "consignee", "country": "KZ", "name": row["name_key"], **row} for row in rows)  # fmt: skip


def test_shared_telephone_and_one_firm_in_several_spellings() -> None:
    rows = [shipment(day, f"firm {at}") for at in range(3) for day in days(LATE, 2, 9)]
    telephones = [{"name_key": f"firm {at}", "kind": "telephone", "contact": "77000112233"} for at in range(3)]
    found = fired("shared_address", rows, contacts=contacts(telephones))
    assert [(row["firms"], row["rows"]) for row in found] == [(3, 6)]
    one = TABLES["parties"].from_rows(
        {"party_id": "p-1", "party_key": "firm 0", "name_key": f"firm {at}", "name": f"Firm {at}", "names": 1, "rows": 2, "roles": "consignee", "possible_namesakes": False}
        for at in range(3)
    )  # fmt: skip
    assert not fired("shared_address", rows, contacts=contacts(telephones), parties=one)


def behind_one_telephone(names: Sequence[str], **more: object) -> list[dict[str, object]]:
    """What `shared_address` finds where these names, the first ten times as often, give one telephone."""
    rows = [shipment(day, name) for name in names for day in days(LATE, 2, 9)]
    given = [
        {"name_key": name, "kind": "telephone", "contact": "77000112233", "rows": 1 if at else 10, **more}
        for at, name in enumerate(names)
    ]
    return fired("shared_address", rows, contacts=contacts(given))


def test_slips_of_the_pen_behind_one_telephone_are_one_firm() -> None:
    usual = "lordorion general trading private limited"
    slips = ("lodorion general trading private limited", "lordorion general trading priwate limited", "lordorion generaltradingprivate limited")  # fmt: skip
    assert not behind_one_telephone([usual, *slips])
    assert not behind_one_telephone(["ооо промснаб юг", "ооо прмоснаб юг", "ооо промснабь юг", "ооо промснаб юк"])
    others = ("kartavo general trading private limited", "belmino general trading private limited")
    assert [row["firms"] for row in behind_one_telephone([usual, *slips, *others])] == [3]
    assert [row["firms"] for row in behind_one_telephone([f"stroy trest no {at} llc" for at in range(3)])] == [3]


def test_firms_with_and_without_numbers_behind_one_telephone() -> None:
    """Customs dumps give tax numbers in part of the rows: a firm without one is a firm all the same, a slip of the pen is none."""
    names = ["kartavo trading llc", "belmino techno llc", "orsunda parts llc", "kartavo tradign llc"]
    rows = [shipment(day, name) for name in names for day in days(LATE, 2, 9)]
    given = contacts([{"name_key": name, "kind": "telephone", "contact": "77000112233", "rows": 9 - at} for at, name in enumerate(names)])  # fmt: skip
    members = TABLES["party_members"].from_rows(
        {"party_id": name, "party_key": name, "name_key": name, "identifier": "tax:123456789" if at == 0 else "", "country": "KZ", "name": name,
         "names": 1, "rows": 2, "source_id": "s", "row_number": 2}
        for at, name in enumerate(names)
    )  # fmt: skip
    assert [row["firms"] for row in fired("shared_address", rows, contacts=given, party_members=members)] == [3]


def test_rerouted_to_a_linked_buyer_and_a_new_market() -> None:
    rows = [
        shipment(day, "zorkohin telekom|llc", destination_country="RU", dispatch_country="DE")
        for day in days(EARLY, 9, 40)
    ]
    rows += [shipment(day, "zorkohin trade|llc", dispatch_country="DE") for day in days(LATE, 5, 20)]
    found = fired("rerouted", rows)
    assert [row["link"] for row in found] == ['the two buyers are linked: same word "zorkohin" in the name']
    unlinked = [{**row, "consignee_key": "other firm"} if row["destination_country"] == "KZ" else row for row in rows]
    assert not fired("rerouted", unlinked)
    assert not fired("rerouted", [*rows, *(shipment(day, "zorkohin telekom|llc", destination_country="RU") for day in days(LATE, 3, 9))])  # fmt: skip
    telephones = [{"name_key": key, "kind": "telephone", "contact": "77000112233"} for key in ("other firm", "zorkohin telekom|llc")]  # fmt: skip
    assert [row["link"] for row in fired("rerouted", unlinked, contacts=contacts(telephones))] == ["the two buyers are linked: same telephone 77000112233"]  # fmt: skip


def test_rerouted_to_a_buyer_that_is_new_to_such_goods() -> None:
    """Without a link between the buyers: the goods move within months to one who had not bought them from anyone."""
    closed = [shipment(day, "old buyer", destination_country="RU", dispatch_country="DE") for day in days(EARLY, 14, 30)]  # fmt: skip
    follows = [shipment(day, "fresh firm", dispatch_country="DE") for day in days(dt.date(2022, 5, 3), 6, 30)]
    found = fired("rerouted", [*closed, *follows])
    assert [(row["subject"], row["rows"]) for row in found] == [("FRESH FIRM", 6)]
    linked = fired("rerouted", [*closed, *({**row, "consignee_key": "old buyer branch"} for row in follows)])
    assert linked[0]["strength"] > found[0]["strength"]  # type: ignore[operator]
    for innocent in (
        [shipment(day, "fresh firm", shipper_key="another maker") for day in days(EARLY, 3, 60)],
        [shipment(day, "his neighbour", dispatch_country="DE") for day in days(EARLY, 3, 60)],
    ):
        assert not fired("rerouted", [*closed, *follows, *innocent])
    assert not fired("rerouted", [*closed, *({**row, "destination_country": "PL"} for row in follows)])
    assert not fired("rerouted", [*closed, *({**row, "control_id": None} for row in follows)])
    late = [shipment(day, "fresh firm", dispatch_country="DE") for day in days(dt.date(2023, 3, 3), 6, 30)]
    assert not fired("rerouted", [*closed, *late])


def test_rerouted_to_a_buyer_with_the_old_name_and_a_word_more() -> None:
    """Each word of the name is ordinary by itself; no firm would hold all three by chance."""
    words = ["fakel", "pribor", "sever"]
    ordinary = [f"{word} {at:04d}x|llc" for word in words for at in range(9)] + [f"{at:04d}y|llc" for at in range(200)]
    others = [shipment(EARLY, name, shipper_key="another maker", hs6="090240") for name in ordinary]
    closed = [shipment(day, "fakel pribor sever|llc", destination_country="RU", dispatch_country="DE") for day in days(EARLY, 9, 40)]  # fmt: skip
    much_later = days(dt.date(2023, 9, 1), 5, 20)
    renamed = [shipment(day, "fakel pribor sever vostok|llc", dispatch_country="DE") for day in much_later]
    (found,) = fired("rerouted", [*others, *closed, *renamed])
    assert found["link"] == 'the two buyers are linked: same 3 words in the name, among them "fakel" and "sever"'
    half = [shipment(day, "fakel pribor vostok|llc", dispatch_country="DE") for day in much_later]
    assert not fired("rerouted", [*others[:30], *closed, *half])  # of forty names one and more would hold both


def test_rerouted_from_one_closed_destination_to_the_next() -> None:
    closed = [shipment(day, "old buyer", destination_country="RU", dispatch_country="DE") for day in days(EARLY, 14, 30)]  # fmt: skip
    follows = [shipment(day, "fresh firm", dispatch_country="DE", destination_country="BY") for day in days(dt.date(2022, 5, 3), 6, 30)]  # fmt: skip
    (found,) = fired("rerouted", [*closed, *follows])
    assert (found["closed_country"], found["country"]) == ("RU", "BY")
    slow = days(dt.date(2022, 8, 20), 6, 90)  # 7 months later, at one shipment in a quarter
    assert fired("rerouted", [*closed, *(shipment(day, "fresh firm", dispatch_country="DE") for day in slow)])


def test_tactical_parcels_and_gifts() -> None:
    rows = [shipment(day, "friend", shipper_key="sender", transport_mode="post", dispatch_country="RU", destination_country="CN", net_kg=8.0) for day in days(LATE, 3, 9)]  # fmt: skip
    texts = TABLES["shipments"].from_rows({"shipment_id": f"s:{at}", "source_id": "s", "row_number": at, "goods_text": "plate carrier 6B45", "original": "{}"} for at in range(2, 5))  # fmt: skip
    control = {
        "goods_text": "plate carrier 6B45",
        "control_id": "designator:6B45",
        "kind": "designator",
        "why": "6B45",
        "confidence": 0.95,
    }
    controls = TABLES["goods_controls"].from_rows([control])
    assert [row["rows"] for row in fired("tactical_parcels", rows, shipments=texts, goods_controls=controls)] == [3]
    assert not fired("tactical_parcels", rows, shipments=texts)
    heavy = [{**row, "net_kg": 900.0} for row in rows]
    assert not fired("tactical_parcels", heavy, shipments=texts, goods_controls=controls)


def test_rare_route_and_usual_route() -> None:
    direct = [shipment(day) for day in days(EARLY, 40, 9)]
    detour = [shipment(day, dispatch_country="AE") for day in days(LATE, 8, 9)]
    assert [row["route_before"] for row in fired("rare_route", [*direct, *detour])] == [0]
    usual = [shipment(day, dispatch_country="AE") for day in days(EARLY, 10, 9)]
    assert not fired("rare_route", [*direct, *usual, *detour])


def test_what_a_country_makes_itself_does_not_make_it_a_usual_way() -> None:
    direct = [shipment(day) for day in days(EARLY, 40, 9)]
    own = [shipment(day, dispatch_country="GE", origin_country="GE") for day in days(EARLY, 30, 9)]
    detour = [shipment(day, dispatch_country="GE") for day in days(LATE, 8, 9)]
    assert [row["route_before"] for row in fired("rare_route", [*direct, *own, *detour])] == [0]
    unstated = [{**row, "origin_country": None} for row in own]
    assert not fired("rare_route", [*direct, *unstated, *detour])


def test_rare_route_where_few_shipments_came_before() -> None:
    """Twenty before by the usual way leave a chance of a half for each later one: six by the new way are enough, four are not."""
    direct = [shipment(day) for day in days(EARLY, 20, 9)]
    tea = [shipment(EARLY, hs6="090240", control_id=None, dispatch_country="PA", origin_country="CN")]
    later = [shipment(day) for day in days(LATE, 14, 9)]
    detour = [shipment(day, dispatch_country="PA") for day in days(LATE, 6, 9)]
    assert [row["route_before"] for row in fired("rare_route", [*direct, *tea, *later, *detour])] == [0]
    assert not fired("rare_route", [*direct, *tea, *later[:-2], *later, *detour[:4]])


def test_way_that_no_foreign_goods_took_before() -> None:
    """Three shipments are enough where 200 of all goods had come and none by that way; not where tea came by it."""
    other = [shipment(day, hs6="090240", control_id=None) for day in days(EARLY, 210, 1)]
    detour = [shipment(day, dispatch_country="PA") for day in days(LATE, 3, 9)]
    found = fired("rare_route", [*other, *detour])
    assert [(row["dispatch"], row["rows"]) for row in found] == [("PA", 3)]
    assert not fired("rare_route", [*other[:150], *detour])
    assert not fired("rare_route", [*other, *detour[:2]])
    tea = [shipment(EARLY, hs6="090240", control_id=None, dispatch_country="PA")]
    assert not fired("rare_route", [*other, *tea, *detour])
    own = [shipment(day, dispatch_country="PA", origin_country="PA") for day in days(LATE, 3, 9)]
    assert not fired("rare_route", [*other, *own])


def test_chain_as_finding() -> None:
    rows = []
    for at in range(7):
        kg, day = 100.0 + 37 * ((at * 5) % 7), EARLY + dt.timedelta(days=90 * at)
        rows.append(shipment(day, "middle", net_kg=kg))
        rows.append(shipment(day + dt.timedelta(days=20), "last", shipper_key="middle", dispatch_country="KZ", destination_country="RU", net_kg=kg * 0.97))  # fmt: skip
    made = find_chains(trade(rows))
    found = fired("chain", rows, chains=made.chains, chain_legs=made.chain_legs, chain_shipments=made.chain_shipments)
    assert [(row["chains"], row["rows"], row["countries"]) for row in found] == [(7, 14, "CN>KZ>RU")]
    one = find_chains(trade(rows[:2]))
    assert not fired("chain", rows, chains=one.chains, chain_legs=one.chain_legs, chain_shipments=one.chain_shipments)


def test_contacts_are_read_from_addresses_and_link_names() -> None:
    addresses = {
        "Alfa LLC": "12 LOWER STREET, UNIT 4, YEREVAN, TEL +374 00 111 22 33",
        "Beta LLC": "ЕРЕВАН, УЛ. НИЖНЯЯ, Д. 12, ТЕЛ. (374) 00-111-22-33",
        "Gamma LLC": "12 LOWER STREET, UNIT 4, YEREVAN",
        "Delta LLC": "9 UPPER STREET, UNIT 1, YEREVAN, TEL +374 00 999 88 77",
    }
    shipments = TABLES["shipments"].from_rows(
        {"shipment_id": f"s:{at}", "source_id": "s", "row_number": at, "consignee_name": name, "consignee_address": address, "consignee_id": "tax:7" if name == "Delta LLC" else None, "original": "{}"}
        for at, (name, address) in enumerate(addresses.items(), 2)
    )  # fmt: skip
    keys = TABLES["name_keys"].from_rows({"source_id": "s", "name": name, "name_key": name.lower()} for name in addresses)  # fmt: skip
    statement = contacts_statement()
    statement.render({}, "spark")
    with duckdb.connect() as connection:
        connection.register("shipments", shipments)
        connection.register("name_keys", keys)
        found = connection.sql(statement.render({})).to_arrow_table()
    TABLES["contacts"].validate(found.cast(TABLES["contacts"].arrow))
    telephones = {row["contact"] for row in found.to_pylist() if row["kind"] == "telephone"}
    assert telephones == {"374001112233", "374009998877"}
    links = party_links(found)
    assert set(links.party) == {"alfa llc", "beta llc", "gamma llc"}
    assert len(set(links.party.values())) == 1
    assert links.reasons["beta llc"] == "same telephone 374001112233"


def test_words_for_streets_are_written_out_or_shortened() -> None:
    addresses = {
        "Alfa": "12 LOWER STREET, BUILDING 4, YEREVAN",
        "Beta": "12 Lower Str., Bldg 4, Yerevan",
        "Gamma": "12 LOWER AVENUE, BUILDING 4, YEREVAN",
        "Delta": "12 STREETER LANE, BUILDING 4, YEREVAN",
    }
    shipments = TABLES["shipments"].from_rows(
        {"shipment_id": f"s:{at}", "source_id": "s", "row_number": at, "consignee_name": name, "consignee_address": address, "original": "{}"}
        for at, (name, address) in enumerate(addresses.items(), 2)
    )  # fmt: skip
    keys = TABLES["name_keys"].from_rows({"source_id": "s", "name": name, "name_key": name.lower()} for name in addresses)  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("shipments", shipments)
        connection.register("name_keys", keys)
        rows = connection.sql(contacts_statement().render({})).to_arrow_table().to_pylist()
    folded = {row["name"]: row["contact"] for row in rows}
    assert folded["Alfa"] == folded["Beta"]
    assert len({folded["Alfa"], folded["Gamma"], folded["Delta"]}) == 3


def test_contacts_are_read_from_columns_of_their_own() -> None:
    """A number is one however it is written; a filler is nobody's; a mail address counts in small letters."""
    given = {
        "Alfa": ("RU", "+7 (495) 123-45-67; Info@Example.com"),
        "Beta": ("RU", "8 495 1234567 доб. 12, beta@example.com"),
        "Gamma": ("RU", "74951234567.0"),
        "Delta": ("DE", "+49 (0)30 123456/78, info@example.com"),
        "Epsilon": ("DE", "0049-30-12345678"),
        "Zeta": ("DE", "00000000000"),
        "Eta": ("DE", "Mr Probny, 1234567890"),
    }
    shipments = TABLES["shipments"].from_rows(
        {"shipment_id": f"s:{at}", "source_id": "s", "row_number": at, "consignee_name": name, "consignee_country": country, "consignee_contact": text, "original": "{}"}
        for at, (name, (country, text)) in enumerate(given.items(), 2)
    )  # fmt: skip
    keys = TABLES["name_keys"].from_rows({"source_id": "s", "name": name, "name_key": name.lower()} for name in given)  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("shipments", shipments)
        connection.register("name_keys", keys)
        found = connection.sql(contacts_statement().render({})).to_arrow_table()
    TABLES["contacts"].validate(found.cast(TABLES["contacts"].arrow))
    behind: dict[str, set[str]] = {}
    for row in found.to_pylist():
        behind.setdefault(row["contact"], set()).add(row["name"])
    assert behind == {
        "74951234567": {"Alfa", "Beta", "Gamma"},
        "493012345678": {"Delta", "Epsilon"},
        "info@example.com": {"Alfa", "Delta"},
        "beta@example.com": {"Beta"},
    }
    assert set(party_links(found).party) == {"alfa", "beta", "gamma", "delta", "epsilon"}


def test_telephone_of_everyone_links_nobody() -> None:
    shared = contacts([{"name_key": f"firm {at}", "kind": "telephone", "contact": "77000112233"} for at in range(20)])
    assert party_links(shared).party == {}
    assert set(party_links(shared, {"firm 1": "p", "firm 2": "p"}).party) == {"firm 1", "firm 2"}


def test_names_alike_but_for_a_slip_of_the_pen_act_as_one_in_chains() -> None:
    none = TABLES["contacts"].empty()
    found = party_links(
        none, {"alfa": "p", "alpha": "q", "beta": "r"}, [("alfa", "alpha", 'alike names "Alfa" and "Alpha"')]
    )
    assert found.party == {"alfa": "alfa", "alpha": "alfa"}
    assert set(found.reasons.values()) == {'alike names "Alfa" and "Alpha"'}


def from_firm(name: str, address: str | None = None, **more: object) -> list[dict[str, object]]:
    """What `free_zone` finds of three shipments of Chinese goods that this firm in the Emirates sends to Kazakhstan."""
    rows = [
        shipment(day, shipper_key=name, shipper_country="AE", dispatch_country="AE", **more)
        for day in days(LATE, 3, 20)
    ]
    mention = {
        "mention_id": "m", "name": name.upper(), "role": "shipper", "address": address, "country": "AE", "source_id": "s", "rows": 3,
        "first_row": 2,
    }  # fmt: skip
    return fired("free_zone", rows, mentions=TABLES["mentions"].from_rows([mention]))


@pytest.mark.parametrize(
    ("name", "address"),
    [("alfa trading fze", None), ("alfa electronics dmcc", None), ("alfa llc", "Unit 7, Hamriyah Free Zone, Sharjah"), ("alfa as", "Mersin Serbest Bölge, 3. cadde")],
)  # fmt: skip
def test_foreign_goods_from_a_free_zone(name: str, address: str | None) -> None:
    assert [(row["rows"], row["country"]) for row in from_firm(name, address)] == [(3, "KZ")]


def test_firms_and_goods_that_only_look_like_those_of_a_free_zone() -> None:
    assert not from_firm("alfa llc", "Unit 7, Sheikh Zayed Road, Dubai")
    assert not from_firm("alfa fzekt llc")
    assert not from_firm("alfa llc", "Duty Free Zone shop, Terminal 3")
    assert not from_firm("alfa trading fze", origin_country="AE")
    assert not from_firm("alfa trading fze", destination_country="DE")
    assert not from_firm("alfa trading fze", control_id=None)


def test_a_rare_way_is_counted_over_all_origins() -> None:
    direct = [shipment(day, destination_country="RU") for day in days(EARLY, 60, 5)]
    detour = [shipment(day, destination_country="RU", dispatch_country="RS", origin_country=("DE", "CN", "US")[at % 3]) for at, day in enumerate(days(LATE, 6, 20))]  # fmt: skip
    (found,) = fired("rare_route", [*direct, *detour])
    assert (found["rows"], found["subject"], found["origins_text"]) == (6, "RS > RU, heading 8542", "3 origins, among them CN and US")  # fmt: skip


def test_one_consignment_in_many_lines_is_no_row_of_small_shipments() -> None:
    pace = [shipment(day) for day in days(EARLY, 10, 60)]
    assert not fired("many_small_shipments", [*pace, *(shipment(LATE) for _ in range(30))])
