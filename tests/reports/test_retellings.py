"""What retold reports share with the report that they credit, who speaks in statements and interviews, and figures of two times."""

from __future__ import annotations

import datetime as dt

import pytest

from entrepot.readers.documents import read_bytes_as_document
from entrepot.reports import Report, find_roots, read_report
from entrepot.reports.claim import Claim


def report(text: str, name: str) -> Report:
    return read_report(read_bytes_as_document(text.encode(), name))


def read(text: str) -> tuple[Claim, ...]:
    return report(f"Trade of the week - The Tidewater Gazette\nBy A. Writer, 12 May 2024\n\n{text}\n", "a.txt").claims


ORIGIN = """Pumps for the north - Tidewater Gazette
By A. Writer, 12 May 2024

Orvania sold Belmara 340 pumps in 2023, according to customs data obtained by the Tidewater Gazette and compiled by the aggregator HoldScan.

The engineer Peter Falk said that 27 of them had failed.
"""
RETOLD = """Pumps at sea - Upland News
By B. Writer, 13 May 2024

Orvania shipped about 340 pumps to Belmara last year, the Tidewater Gazette reported on Sunday.
"""
CITED = """Of pumps and ports - Moorland Herald
By C. Writer, 14 May 2024

The Tidewater Gazette said that the port was closed. Customs data showed that 340 pumps went north.
"""
APART = """Orvania's pumps - Southern Courier
By D. Writer, 14 May 2024

Orvania sold 340 pumps to Belmara in 2023, according to figures from the statistics office of Orvania.
"""


def _roots_of(figure: float, *texts: str) -> list[str | None]:
    found = find_roots([report(text, f"{at}.txt") for at, text in enumerate(texts)])
    return [c.root for r in found.reports for c in r.claims if any(q.value == figure for q in c.quantities)]


def test_what_is_credited_to_an_outlet_is_what_stands_behind_its_own_report() -> None:
    assert len(set(_roots_of(340, ORIGIN, RETOLD, CITED))) == 1
    assert len(set(_roots_of(340, RETOLD, CITED, ORIGIN))) == 1
    assert len(set(_roots_of(340, ORIGIN, APART))) == 2


def test_a_rounded_figure_and_a_short_name_of_the_outlet_are_still_a_retelling() -> None:
    origin = ORIGIN.replace("340 pumps", "12.3 tonnes of pumps")
    rounded = RETOLD.replace("about 340 pumps", "more than 12 tonnes of pumps").replace(
        "the Tidewater Gazette", "the Gazette"
    )
    found = find_roots([report(origin, "a.txt"), report(rounded, "b.txt")])
    assert len({c.root for r in found.reports for c in r.claims if any(q.kind == "mass" for q in c.quantities)}) == 1


def test_the_newspaper_is_the_outlet_named_before() -> None:
    claims = read("The Moorland Herald has seen the list of ships. The pumps cost 40 dollars, the newspaper said.")
    assert [h.name.removeprefix("The ") for c in claims if c.quantities for h in c.attribution] == ["Moorland Herald"]


def test_they_show_points_at_the_records_named_before() -> None:
    claims = read(
        "The Gazette went through customs records obtained by the group Tidewatch.\n\nThey show that 46 pumps were sold."
    )
    assert [h.name for c in claims if c.quantities for h in c.attribution] == ["customs records"]
    (claim,) = read("The miners were tired. They showed that 46 pumps were broken.")[-1:]
    assert [h.name for h in claim.attribution] == ["unresolved"]


def test_an_outlet_that_only_its_own_report_shows_to_be_one_is_credited() -> None:
    origin, retold = (text.replace("Tidewater Gazette", "Longshore Angle") for text in (ORIGIN, RETOLD))
    assert len(set(_roots_of(340, origin, retold))) == 1
    assert len(set(_roots_of(340, origin, retold.replace("Longshore Angle", "Inland Angle")))) == 2


def test_a_retelling_does_not_join_two_sources_of_the_report_that_it_credits() -> None:
    found = find_roots([report(ORIGIN, "a.txt"), report(RETOLD, "b.txt")])
    of_first = {c.root for c in found.reports[0].claims if c.quantities}
    assert len(of_first) == 2


def test_a_body_and_its_own_calculations_are_one_source() -> None:
    first = "Salt - The Tidewater Gazette\n\nSalt exports reached 46,000 tonnes in 2023, according to calculations by the Orvanian Salt Institute.\n"
    other = "Salt - Upland News\n\nThe Orvanian Salt Institute said that 46,000 tonnes of salt were exported in 2023.\n"
    assert len(set(_roots_of(46000, first, other))) == 1
    assert len(set(_roots_of(46000, first, other.replace("Orvanian", "Belmaran")))) == 2


def test_documents_of_one_length_and_figure_are_one() -> None:
    first = "Salt - The Tidewater Gazette\n\nAn 11-page memo obtained by the Tidewater Gazette says that 730 wagons were lost in 2023.\n"
    other = "Wagons - Upland News\n\nThe 11-page memo says that 730 wagons were lost.\n"
    assert len(set(_roots_of(730, first, other))) == 1
    assert len(set(_roots_of(730, first, other.replace("11-page", "30-page")))) == 2


@pytest.mark.parametrize(
    ("title", "outlet", "speaker"),
    [
        ("Reply to a question of the assembly", "Ministry of Trade of Orvania", "Ministry of Trade of Orvania"),
        ("Statement on reports about pumps", "Falk Marine", "Falk Marine"),
        ("Pumps go north", "Falk Marine", None),
        ("Statement on pumps divides the port", "Tidewater Gazette", None),
    ],
)
def test_a_statement_is_its_publishers_own(title: str, outlet: str, speaker: str | None) -> None:
    (claim,) = report(f"{title} - {outlet}\n\nIn 2023 we sold 340 pumps to Belmara.\n", "a.txt").claims
    assert [h.name for h in claim.attribution] == ([speaker] if speaker else [])
    assert claim.own_voice == (speaker is None)


def test_answers_of_an_interview_are_the_guests() -> None:
    claims = read(
        "Petra Sandell runs the port of Orvania.\n\nQ: How many ships came?\n\nA: We counted 46 ships in 2023.\n\nSandell: They brought 900 tons of salt."
    )
    told = [c for c in claims if any(q.value in (46, 900) for q in c.quantities)]
    assert [[h.name for h in c.attribution] for c in told] == [["Petra Sandell"]] * 2


@pytest.mark.parametrize(
    ("words", "value", "first", "last"),
    [
        ("Sales rose threefold to $9 million in 2022 from $3 million in 2021.", 3e6, "2021-01-01", "2021-12-31"),
        ("The memo, dated May 2023, says sales rose from $3 million in 2020 to $9 million in 2021.", 9e6, "2021-01-01", "2021-12-31"),
        ("The mill bought 36 tons of salt in 2022, against 4 tons a year before.", 4, "2021-01-01", "2021-12-31"),
        ("In the fiscal year that ended in March 2023 the yard built 86 ships.", 86, "2022-04-01", "2023-03-31"),
        ("In the year ended 30 June 2023 the yard built 86 ships.", 86, "2022-07-01", "2023-06-30"),
        ("Falk Marine today reported sales of $86 million for the third quarter of 2023.", 86e6, "2023-07-01", "2023-09-30"),
        ("Sales fell from $9 million in 2021 to $6 million in 2022, a drop of a third.", 33.3333, "2022-01-01", "2022-12-31"),
        ("Sales rose from $3 million in the second quarter of 2022 to $9 million in the third quarter.", 9e6, "2022-07-01", "2022-09-30"),
        ("The yard built 86 ships in the first half of 2023, compared with 61 in the same period of 2022.", 61, "2022-01-01", "2022-06-30"),
    ],
)  # fmt: skip
def test_a_figure_with_its_own_time_is_a_claim_of_its_own(words: str, value: float, first: str, last: str) -> None:
    (claim,) = [c for c in read(words) if any(q.value == value for q in c.quantities)]
    assert claim.period is not None
    assert (claim.period.first, claim.period.last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Exports were worth $76 million in 2022, up 12 percent from the year before.", "money"),
        ("Exports fell by a fifth in 2023, after $76 million in 2022.", "money"),
        ("Exports fell by about $76 million in 2023.", "change"),
        ("Exports rose $76 million in 2023.", "change"),
    ],
)
def test_a_sum_is_a_change_only_where_it_says_by_how_much(words: str, kind: str) -> None:
    found = {q.kind for c in read(words) for q in c.quantities if q.value == 76e6}
    assert found == {kind}


def test_customs_speak_and_local_customs_do_not() -> None:
    (claim,) = read("Exports reached 40 tons in 2022, according to Chinese customs.")
    assert [h.name for h in claim.attribution] == ["Chinese customs"]
    (claim,) = read("The two clans shared 40 tons of salt according to local customs.")
    assert claim.own_voice


def test_china_behind_a_year_is_no_middle_of_it() -> None:
    claim = report(
        "海关报道\n\n2023年中国出口轴承3万吨，这是海关总署在本周的新闻发布会上公布的数据。\n", "a.txt"
    ).claims[-1]
    assert claim.period is not None
    assert (claim.period.first, claim.period.last) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def test_german_sentences_go_on_with_the_outlet_that_is_credited() -> None:
    text = (
        "Pumpen für den Norden\n\nDer Grenzdienst warnt in einem Papier vor dem Schmuggel von Pumpen. Das berichtet die Abendpost.\n\n"
        "Demnach stiegen die Ausfuhren von 12 Millionen Dollar im Jahr 2021 auf 40 Millionen Dollar im Jahr 2022. Der Hafen war im Mai geschlossen.\n"
    )
    claims = report(text, "a.txt").claims
    assert [[h.name for h in c.attribution] for c in claims] == [["Abendpost"]] * 4 + [[]]
    years = {q.value: c.period.first.year for c in claims for q in c.quantities if c.period and c.period.first}
    assert years == {12e6: 2021, 40e6: 2022}
