"""The generator: same bytes for the same seed, rows that the key points at, names that are nobody's."""

import csv
import io
import re
from collections import Counter
from itertools import pairwise

import pytest

from entrepot.demo import Noise, Synthetic, generate
from entrepot.demo.answer import patterns
from entrepot.demo.companies import tax_number
from entrepot.demo.dice import Dice
from entrepot.demo.make import content_of
from entrepot.demo.names import ascii_turkish, romanise
from entrepot.demo.records import HEADER
from entrepot.demo.vocabulary import businesses, products, table

ROWS = 12_000


@pytest.fixture(scope="module")
def made() -> Synthetic:
    return generate(7, ROWS)


def cell(row: tuple[str, ...], name: str) -> str:
    return row[HEADER.index(name)]


def test_same_seed_same_bytes(made: Synthetic) -> None:
    again = generate(7, ROWS)
    assert again.shipments_csv() == made.shipments_csv()
    assert again.list_csv() == made.list_csv()
    assert again.key_json() == made.key_json()


def test_another_seed_makes_another_file(made: Synthetic) -> None:
    assert generate(8, ROWS).shipments_csv() != made.shipments_csv()


def test_exactly_as_many_rows_as_asked(made: Synthetic) -> None:
    assert len(made.shipments) == ROWS + 1
    assert made.shipments[0] == HEADER
    assert {len(row) for row in made.shipments} == {len(HEADER)}
    assert [cell(row, "RECORD_ID") for row in made.shipments[1:]] == [f"SYN{at:08d}" for at in range(2, ROWS + 2)]


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 12000"):
        generate(1, 500)


def test_every_pattern_is_planted(made: Synthetic) -> None:
    counted = Counter(at["pattern"] for at in made.key["instances"])
    assert set(counted) == set(patterns())
    assert min(counted.values()) >= 1


def test_every_pattern_that_a_decoy_resembles_exists(made: Synthetic) -> None:
    for decoy in made.key["decoys"]:
        assert set(decoy["resembles"]) <= set(patterns())
        assert decoy["rows"]
        assert decoy["why"].endswith(".")


def test_key_rows_hold_the_subject(made: Synthetic) -> None:
    for kind in ("instances", "decoys"):
        for at in made.key[kind]:
            if at.get("pattern") == "country-stops":
                continue
            names = {*at["subject"]["names"], *(name for other in at["related"] for name in other["names"])}
            for row in at["rows"]:
                line = made.shipments[row - 1]
                assert {cell(line, "SHIPPER_NAME"), cell(line, "CONSIGNEE_NAME")} & names, (at["pattern"], row)


def test_key_quantities_are_those_of_the_rows(made: Synthetic) -> None:
    for at in made.key["instances"]:
        net = sum(float(cell(made.shipments[row - 1], "NET_WEIGHT_KG") or 0) for row in at["rows"])
        value = sum(float(cell(made.shipments[row - 1], "VALUE_USD")) for row in at["rows"])
        assert net == pytest.approx(at["net_kg"], rel=1e-6, abs=0.01)
        assert value == pytest.approx(at["value_usd"], abs=0.1)
        dates = [cell(made.shipments[row - 1], "DECLARATION_DATE") for row in at["rows"]]
        assert (min(dates), max(dates)) == (at["first_date"], at["last_date"])


def test_chains_go_forward_and_do_not_grow(made: Synthetic) -> None:
    chains = [(at, chain) for at in made.key["instances"] for chain in at["chains"]]
    assert chains
    for instance, chain in chains:
        legs = chain["legs"]
        assert len(legs) == (2 if instance["pattern"] == "chain-2" else 3)
        for before, after in pairwise(legs):
            assert before["to"] == after["from"]
            assert after["net_kg"] <= before["net_kg"] * 1.01
            arrived = max(cell(made.shipments[row - 1], "DECLARATION_DATE") for row in before["rows"])
            left = min(cell(made.shipments[row - 1], "DECLARATION_DATE") for row in after["rows"])
            assert arrived < left


def test_new_importers_are_new_and_decoys_are_not(made: Synthetic) -> None:
    event = made.key["settings"]["event_date"]
    first: dict[str, str] = {}
    for row in made.shipments[1:]:
        name, date = cell(row, "CONSIGNEE_NAME"), cell(row, "DECLARATION_DATE")
        first[name] = min(date, first.get(name, date))
    for at in made.key["instances"]:
        if at["pattern"] == "new-importer":
            assert min(first[name] for name in at["subject"]["names"] if name in first) >= event
    for at in made.key["decoys"]:
        if at["kind"] == "old-contract":
            assert min(first[name] for name in at["subject"]["names"] if name in first) < event


def test_listing_dates_agree_with_the_list(made: Synthetic) -> None:
    listed = {row[9] for row in made.listed[1:]}
    for at in made.key["instances"]:
        if at["pattern"] == "listed-later":
            assert at["subject"]["listed"] in listed
            assert at["last_date"] < at["subject"]["listed"]
        if at["pattern"] == "listed-respelled":
            assert at["first_date"] > at["subject"]["listed"]


def test_codes_follow_the_edition_of_their_year(made: Synthetic) -> None:
    old = {g.hs2017 for g in products().values()}
    new = {g.hs2022 for g in products().values()}
    for row in made.shipments[1:]:
        code = cell(row, "HS_CODE")[:6]
        assert code in (old if cell(row, "DECLARATION_DATE") < "2022" else new)


def test_noise_does_what_it_says() -> None:
    noise = Noise(respelled_names=0.5, missing_weights=0.3, month_only_dates=0.4, missing_rows=0.2)
    spoilt = generate(7, ROWS, noise=noise)
    rows = spoilt.shipments[1:]
    assert 0.78 * ROWS < len(rows) < 0.82 * ROWS
    without = sum(1 for row in rows if not cell(row, "NET_WEIGHT_KG"))
    monthly = sum(1 for row in rows if re.fullmatch(r"[A-Z][a-z]{2} 20\d\d", cell(row, "DECLARATION_DATE")))
    assert without / len(rows) == pytest.approx(0.3, abs=0.02)
    assert monthly / len(rows) == pytest.approx(0.4, abs=0.02)
    for at in spoilt.key["instances"]:
        if at["pattern"] == "country-stops":
            continue
        names = {*at["subject"]["names"], *(name for other in at["related"] for name in other["names"])}
        for row in at["rows"]:
            assert {cell(rows[row - 2], "SHIPPER_NAME"), cell(rows[row - 2], "CONSIGNEE_NAME")} & names


def test_no_invented_name_is_on_the_real_list() -> None:
    """No coined word of a company in the bundled file occurs on OFAC's list."""
    listed = set(re.findall(r"[A-Z]+", content_of("ofac_sdn_2026-08-20.csv.gz").decode("utf-8").upper()))
    ordinary = [row[name] for name in ("en", "native") for row in table("forms")]
    ordinary += [row["cities"] for row in table("countries")]
    for business in businesses().values():
        ordinary += [business.words["en"], business.words["tr"], romanise(business.words["ru"])]
    known = {word for text in ordinary for word in re.findall(r"[A-Z]+", ascii_turkish(text))}
    files = (
        ("synthetic_shipments.csv.gz", "SHIPPER_NAME"),
        ("synthetic_shipments.csv.gz", "CONSIGNEE_NAME"),
        ("synthetic_list.csv", "NAME"),
    )
    coined = set()
    for file, column in files:
        for row in csv.DictReader(io.StringIO(content_of(file).decode("utf-8"), newline="")):
            coined |= {word for word in re.findall(r"[A-Z]{5,}", ascii_turkish(row[column])) if word not in known}
    assert len(coined) > 1000
    assert sorted(coined & listed) == []


@pytest.mark.parametrize(("kind", "length"), [("inn", 10), ("uscc", 18), ("vkn", 10), ("bin", 12), ("none", 0)])
def test_tax_numbers_have_the_form_of_their_country(kind: str, length: int) -> None:
    assert len(tax_number(kind, Dice(1))) == length


def test_dice_follow_the_raw_stream_that_numpy_keeps() -> None:
    """These draws are part of the file format: if they change, every answer key changes."""
    dice = Dice(20220224, "sample")
    assert [dice.between(0, 999) for _ in range(6)] == [434, 475, 534, 260, 733, 944]


def test_the_file_reads_back_as_csv(made: Synthetic) -> None:
    rows = list(csv.reader(io.StringIO(made.shipments_csv().decode("utf-8"), newline="")))
    assert [tuple(row) for row in rows] == list(made.shipments)
