"""Constructions that look like reported speech, each beside one that is; and claims inside claims."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.readers.documents import read_bytes_as_document
from entrepot.reports import Claim, find_roots, read_report
from entrepot.reports.reading import Report


def read(text: str) -> Report:
    return read_report(read_bytes_as_document(("Pumps are shipped to Orvania\n\n" + text).encode(), "report.txt"))


def one(text: str, start: str) -> Claim:
    found = [claim for claim in read(text).claims if claim.quote.startswith(start)]
    assert found, [claim.quote for claim in read(text).claims]
    return found[0]


def chain(claim: Claim) -> list[tuple[str, str]]:
    return [(hop.name, hop.relation) for hop in claim.attribution]


@pytest.mark.parametrize(
    ("rule", "nothing", "reported"),
    [
        (
            "reduced relative",
            "The truce declared in May between the two fleets ended in a new war in June.",
            "The ministry declared in May that the two fleets had ended the war.",
        ),
        (
            "after a colon",
            "The shift is plain in one thing: Belmara has dropped a claim to the port.",
            "The shift is plain, Belmara has said.",
        ),
        (
            "while they warn",
            "The order comes as ministers of Belmara warn Orvania against buying pumps.",
            "The order was late, as ministers of Belmara warned.",
        ),
        (
            "perceived",
            "Two sailors were seen unloading crates of pumps in the port.",
            "Two sailors were said to be unloading crates of pumps in the port.",
        ),
        (
            "best described",
            "The trade between the ports is best described as a long habit.",
            "The trade between the ports was described as a long habit.",
        ),
        (
            "object control",
            "The find leads us to conclude that the pumps were sold abroad.",
            "The find led the officials to conclude that the pumps were sold abroad.",
        ),
        (
            "not known",
            "It is not known whether the 40 pumps were sold abroad.",
            "It is rumoured that the 40 pumps were sold abroad.",
        ),
        (
            "not clear",
            "It was not immediately clear how many of the pumps were sold abroad.",
            "The ministry was not clear that the pumps were sold abroad, officials said.",
        ),
        (
            "guess",
            "The ministry might have assumed that the pumps were sold abroad.",
            "The ministry has assumed that the pumps were sold abroad.",
        ),
    ],
)
def test_what_only_looks_like_a_report_is_the_outlets_own_voice(rule: str, nothing: str, reported: str) -> None:
    assert all(claim.own_voice for claim in read(nothing).claims), rule
    assert not read(reported).claims[-1].own_voice, rule


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The customs data does not show that the firm is selling pumps.", True),
        ("The customs data shows that the firm is selling pumps.", False),
        ("The firm had no choice but to sell the pumps.", False),
        ("The firm had no right to sell the pumps.", True),
        ("The ministry did not deny that the pumps were sold.", False),
    ],
)
def test_a_denied_cue_denies_and_an_idiom_does_not(text: str, negated: bool) -> None:
    assert read(text).claims[0].negated is negated


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The firm said it did not sell pumps to Orvania.", "denies"),
        ("The firm denied the report, saying that no pumps had been sold since May.", "denies"),
        ("The ministry denied any involvement in the sale of pumps.", "denies"),
        ("The ministry denied the request of the firm for pumps.", "asserts"),
        ("The firm praised the report, saying that no pumps had been sold since May.", "asserts"),
        ("The firm said the port did not close in May.", "asserts"),
        ("The firm said it did not know the buyer.", "asserts"),
        ("The firm said it would not sell pumps to Orvania.", "asserts"),
    ],
)
def test_who_says_not_to_have_done_it_denies_it(text: str, stance: str) -> None:
    assert read(text).claims[0].stance == stance


def test_a_relative_clause_keeps_its_own_figure_and_time() -> None:
    text = "Orvex is a trader that has been under sanctions of the navy since 2021."
    claim = one(text, "a trader")
    assert claim.subject == "Orvex"
    assert claim.period is not None
    assert claim.period.first == date(2021, 1, 1)
    assert one(text, "Orvex").period is None
    apart = read("The memo, which was drafted in May 2021, describes the port.").claims[1]
    assert (apart.subject, apart.period and apart.period.text) == ("The memo", "in May 2021")


def test_a_share_keeps_the_time_of_what_it_is_a_share_of() -> None:
    claims = read("About 70% of the pumps that were sold by Orvania in 2022 came from Belmara.").claims
    assert len(claims) == 1
    assert claims[0].period is not None


def test_what_stands_after_with_is_a_claim_where_it_counts() -> None:
    text = "The trade goes on, with Belmara buying 40 crates of pumps in May 2021."
    assert one(text, "Belmara").quantities[0].value == 40
    assert not one(text, "The trade").quantities
    assert len(read("The trade goes on, with Belmara buying pumps as before.").claims) == 1


def test_a_year_that_names_a_treaty_is_not_when_it_was_broken() -> None:
    assert one("Belmara has broken a 2013 treaty with Orvania.", "Belmara").period is None
    assert one("Belmara sold its 2013 harvest to Orvania.", "Belmara").period is not None


def test_the_time_of_a_rise_holds_for_the_rise_joined_to_it() -> None:
    found = read("Imports of pumps doubled in 2022, and exports of valves rose by 9%. Sales rose by 4%.").claims
    assert [c.period.text if c.period else None for c in found] == ["in 2022", "in 2022", None]


LEAK = "A leaked memo from the Orvanian Coast Guard, obtained by the Daily Herald, says that 40 crates left the port."


def test_a_noun_of_saying_goes_on_with_what_was_said() -> None:
    claim = one(f"{LEAK} The main fear is that Belmara may close the port.", "The main fear")
    assert chain(claim)[0][0] == "Daily Herald"
    assert claim.stance == "fears"
    assert (
        one(f"{LEAK} The navy's fear is that Belmara may close the port.", "The navy's").attribution[0].name
        != "Daily Herald"
    )
    assert one("The crates left. The main fear is that Belmara may close the port.", "The main fear").own_voice


def test_speech_after_a_dash_goes_on_with_who_spoke_last() -> None:
    text = "Petra Sandell says that the crates held pumps.\n- The navy has closed all the ports.\nThe crates are gone from the port."
    assert chain(one(text, "The navy")) == [("Petra Sandell", "said")]
    assert one(text, "The crates are").own_voice


def test_a_credit_line_names_who_reported_the_sentence_before() -> None:
    text = "Police say that the crew sold 40 pumps.\nThe news was first reported by the Evening Herald."
    assert [name for name, _ in chain(one(text, "Police"))] == ["Evening Herald", "Police"]
    other = "Police say that the crew sold 40 pumps.\nThe accounts of the firm were published by the Evening Herald."
    assert [name for name, _ in chain(one(other, "Police"))] == ["Police"]


def test_it_is_the_subject_of_the_clause_or_sentence_before() -> None:
    text = "Customs data provided by Seaview list the ships. Although the data does not show who paid, it reveals that Lind sold pumps."
    assert ("Seaview", "provided") in chain(one(text, "Although"))
    text = f"{LEAK}\nThe memo says that Belmara is near. It portrays Belmara as a rival."
    assert chain(one(text, "It portrays"))[0][0] == "Daily Herald"
    assert one(f"{LEAK}\nThe port was closed in May. It uses Belmara as a hub.", "It uses").own_voice


def test_a_secret_service_is_found_by_its_nation_and_trade() -> None:
    text = "The memo speaks of Orvania's Federal Security Service and its plans.\nThe Orvanian intelligence agency suspects that the port is watched."
    assert one(text, "The Orvanian").attribution[0].name == "Federal Security Service"
    other = text.replace("The Orvanian intelligence", "The Belmaran customs")
    assert one(other, "The Belmaran").attribution[0].name != "Federal Security Service"


def test_data_obtained_in_one_place_and_provided_in_another_is_one() -> None:
    text = (
        "The firm sold 40 pumps, according to customs data obtained by the Daily Herald.\n"
        "The sales took place in May, according to data provided by Seaview.\n"
        "The crew sold 12 valves, according to the data."
    )
    names = [name for name, _ in chain(one(text, "The crew"))]
    assert (names[0], names[-1]) == ("Daily Herald", "Seaview")


def test_a_person_with_and_without_title_is_one_root() -> None:
    text = "Minister Petra Sandell said that the port was closed.\nSandell said that the crates held pumps.\nOskar Lind said that they held valves."
    found = find_roots([read(text)])
    assert sorted(len(root.claim_ids) for root in found.roots) == [1, 2]


def test_a_title_at_a_body_and_the_name_behind_it_are_a_person() -> None:
    hop = one("Belmaran Ambassador to the UN Petra Sandell said that the port was closed.", "Belmaran").attribution[0]
    assert (hop.role, hop.name) == ("person", "Belmaran Ambassador to the UN Petra Sandell")


def test_what_was_said_of_most_is_a_claim_of_its_own() -> None:
    found = read("The vests were made by the Belmaran company Orvex and most were flown in from Turkey.").claims
    assert [(c.subject, c.object) for c in found] == [
        ("The vests", "the Belmaran company Orvex"),
        ("most", "Turkey"),
    ]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("The navy took parts of the region from Belmara.", ()),
        ("The navy took spare parts from the port of Belmara.", ("spare parts",)),
        ("A think tank in Belmara saw the crews leave.", ()),
        ("A fuel tank in Belmara burned for a whole day.", ("fuel tank",)),
        ("The firm sold pump parts – like filters and valves – to Belmara.", ("pump parts", "valves")),
    ],
)
def test_words_for_goods_that_mean_none(text: str, goods: tuple[str, ...]) -> None:
    found = read(text).claims[0].goods
    assert set(goods) <= set(found)
    assert bool(found) is bool(goods)
    assert not any(g.startswith("like ") for g in found)


def test_who_rejects_a_claim_denies_it() -> None:
    claim = one("The ministry rejected claims that it had sold 40 pumps.", "The ministry")
    assert (claim.stance, [hop.name for hop in claim.attribution]) == ("denies", ["ministry"])
    assert one("The ministry repeated claims that it had sold 40 pumps.", "The ministry").stance == "alleges"


def test_who_accuses_somebody_of_a_deed_alleges_it() -> None:
    claim = one("Police accuse the broker of shipping 40 crates of pumps to Orvania.", "Police")
    assert (claim.stance, claim.subject, claim.relation) == ("alleges", "the broker", "shipping")
    assert one("Police relieve the broker of shipping 40 crates of pumps.", "Police").own_voice


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("Neither the ministry nor the firm responded to questions.", True),
        ("Both the ministry and the firm responded to questions.", False),
        ("The customs service declined to say how many trucks had been stopped.", True),
        ("The customs service went on to say how many trucks had been stopped.", False),
    ],
)
def test_who_says_nothing(text: str, silent: bool) -> None:
    assert (read(text).claims[0].stance == "no_comment") is silent


def test_a_document_behind_a_comma_shows_the_sentence() -> None:
    text = "The crew moved 2,150 tons of resin through Busan in 2023, port records reviewed by Seaview News show."
    assert chain(one(text, "The crew")) == [("Seaview News", "reviewed"), ("port records", "said")]
    assert one("The crew moved 2,150 tons of resin for Busan, a famous trade show.", "The crew").own_voice


def test_a_sum_that_was_estimated_by_somebody_is_theirs() -> None:
    claim = one("The loss was estimated at 1.2 billion yen by the Belmaran audit office.", "The loss")
    assert (claim.stance, claim.attribution[0].name) == ("estimates", "Belmaran audit office")
    assert one("The loss was covered at a low rate by the Belmaran audit office.", "The loss").stance == "asserts"


def test_how_many_spoke_is_no_figure_of_what_they_say() -> None:
    assert [q.value for q in one("Three people say that the firm sold 40 pumps.", "Three").quantities] == [40]
    assert [q.value for q in one("Three people sold 40 pumps to Orvania.", "Three").quantities] == [3, 40]


def test_a_time_of_the_verb_comes_before_one_of_an_aside() -> None:
    claim = one("Exports of pumps, almost nil in 2021, climbed to $16 million in 2022.", "Exports")
    assert claim.period is not None
    assert claim.period.text == "in 2022"
    claim = one("Exports of pumps in 2021 climbed to $16 million.", "Exports")
    assert claim.period is not None
    assert claim.period.text == "in 2021"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A memo leaked to the weekly Seaview says that the crates held pumps.", "weekly Seaview"),
        ("Figures compiled by the trading firm TankerWatch show that the crates held pumps.", "TankerWatch"),
        ("According to the bill of lading, the crates held pumps.", "bill of lading"),
        ("The papers, obtained by the news site Seaview Ledger, say that the crates held pumps.", "Seaview Ledger"),
        ("Officials in Belmara say that the crates held pumps.", "Officials in Belmara"),
        ("Officials on strike say that the crates held pumps.", "Officials"),
        ("The ministry's own figures show that the crates held pumps.", "figures"),
    ],
)
def test_what_sources_are_called(text: str, name: str) -> None:
    assert name in [hop.name for hop in read(text).claims[0].attribution]


def test_police_who_cite_a_case_are_its_source() -> None:
    claim = one("Police officials cite the case of a sailor who sold 40 pumps.", "a sailor")
    assert [hop.name for hop in claim.attribution] == ["Police officials"]
    assert claim.quantities[0].value == 40
    assert one("Police officials cite the sailor for speeding in the port.", "Police").own_voice
