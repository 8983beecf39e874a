"""Each attribution rule with a sentence in which it fires and a look-alike in which it must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from entrepot.reports.attribution.chains import chain_of
from entrepot.reports.attribution.nesting import outermost_first
from entrepot.reports.attribution.relations import find_attributions
from entrepot.reports.language import EnglishParser
from entrepot.reports.wording import even
from tests.reports.test_claims import read


def rules(sentence: str) -> Iterator[str]:
    """Ids of the rules that fire: of attributions (before and after the colon) and of hops."""
    doc = next(iter(EnglishParser().parse([even(sentence)])))
    found = find_attributions(doc)
    for one in found:
        yield one.rule
        yield from one.rule.split(":")
    yield from (hop.rule for hop in chain_of(doc, outermost_first(found)))


CASES = [
    ("according-to", "The port is closed, according to the ministry.", "The goods were sorted according to size."),
    ("per", "Per customs data, 40 crates left the port.", "The pumps cost 40 dollars per unit."),
    (
        "as-reported-by",
        "As first reported by the Northern Star, the yard is closed.",
        "As first planned by the Northern Star, the yard is closed.",
    ),
    ("hearsay-adverb", "The firm reportedly sold 40 pumps.", "The firm repeatedly sold 40 pumps."),
    ("colon", "Report: Firm sold 40 pumps to Orvania", "Prices: 40 dollars a pump"),
    ("ccomp", "The minister said that the port was closed.", "The minister closed the port that was damaged."),
    ("speech", '"We never sold them a single pump," said Oskar Lind.', 'The "Lind" pump was sold in May.'),
    (
        "name-verb-after",
        '"We have never sold them a single pump," Lind notes.',
        'The "best pumps that there are" notes were lost.',
    ),
    (
        "comma-name-verb",
        "The port had been closed for weeks, the Evening Herald reported on Friday.",
        "The port, the ministry and the navy moved on Friday.",
    ),
    ("document-says", "The list names 77 firms.", "The ministry names its ships after rivers."),
    (
        "passive-agent",
        "The firm is believed by the police to sell pumps.",
        "The firm was bought by the ministry in May.",
    ),
    ("passive", "The firm is said to sell pumps to Orvania.", "The firm is bound to sell pumps to Orvania."),
    (
        "noun-clause",
        "The ministry's claim that the port is closed angered the crews.",
        "The ministry's port that is closed angered the crews.",
    ),
    ("as", "As the Morning Herald reported, the port is closed.", "As the storm came nearer, the port was closed."),
    (
        "obtained",
        "Invoices obtained by the Daily News show that the pumps were sold.",
        "Prizes obtained by the Daily News show that it is respected.",
    ),
    (
        "reviewed",
        "Documents reviewed by the Daily News indicate that the pumps were sold.",
        "Films reviewed by the Daily News indicate that taste has changed.",
    ),
    (
        "passed-to",
        "A memo leaked to the Daily News says that the port will close.",
        "A memo attached to the plans says that the port will close.",
    ),
    (
        "provided",
        "Data provided by Seaview show that 40 ships left.",
        "Food provided by Seaview shows that the crews were welcome.",
    ),
    (
        "compiled",
        "Figures compiled by Seaview show that 40 ships left.",
        "Crates stacked by Seaview show that 40 ships left.",
    ),
    (
        "authored",
        "A study published by the Selwyn Institute says that prices fell.",
        "A study praised by the Selwyn Institute says that prices fell.",
    ),
    (
        "from-author",
        "A memo from the ministry says that the port will close.",
        "A memo from May says that the port will close.",
    ),
    (
        "possessive",
        "The ministry's report says that the port will close.",
        "This year's report says that the port will close.",
    ),
    (
        "compound",
        "A United Nations report says that the port will close.",
        "A weather report says that the port will close.",
    ),
    (
        "based-on",
        "A study based on customs data found that prices fell.",
        "A study based on a hunch found that prices fell.",
    ),
    (
        "citing",
        "The Daily News reported, citing two officials, that the port will close.",
        "The Daily News reported, closing its office, that the port will close.",
    ),
    (
        "relative-citing",
        "Petra Sandell, who cited police figures, said that thefts doubled.",
        "Petra Sandell, who disliked police figures, said that thefts doubled.",
    ),
    (
        "told-to",
        "Marek Olden told the Daily News that the pumps had been sold.",
        "Marek Olden told the crowd that the pumps had been sold.",
    ),
    (
        "speaks-in",
        "In a report, the Selwyn Institute said that prices fell.",
        "In a hurry, the Selwyn Institute said that prices fell.",
    ),
    (
        "quoted-by",
        "According to the police, quoted by the Daily News, nine trucks were seized.",
        "According to the police, feared by the Daily News, nine trucks were seized.",
    ),
    (
        "has-seen",
        "The Daily News has seen an order of the ministry that closes the port.",
        "The Daily News has seen a ship of the ministry that closes the port.",
    ),
    (
        "which-obtained",
        "The Globe Register, which obtained the contract, says that the firm paid.",
        "The Globe Register, which lost the contract, says that the firm paid.",
    ),
    (
        "reporting-by",
        "Reporting by the Globe Register shows that the boats were never delivered.",
        "Painting by the Globe Register shows that the boats were never delivered.",
    ),
    ("analysis-of", "An analysis of flight data shows 44 landings.", "An analysis of the weather shows 44 storms."),
    (
        "made-for",
        "A survey conducted for the Weekly Herald found that 58% oppose the deal.",
        "A survey conducted for the third time found that 58% oppose the deal.",
    ),
    (
        "passed-on",
        "According to a letter published by the Daily News, the port will close.",
        "According to a letter burned by the Daily News, the port will close.",
    ),
    (
        "presents",
        "The Daily News obtained documents showing that the port will close.",
        "The Daily News burned documents showing that the port will close.",
    ),
    (
        "as-outlet",
        "In a memo of the ministry, as the Daily Herald over the weekend, the navy warns that the port will close.",
        "In a memo of the ministry, as a rule over the weekend, the navy warns that the port will close.",
    ),
    (
        "passive-in-document",
        "In the report, the port is described as a serious threat to the navy.",
        "In the harbour, the port is described as a serious threat to the navy.",
    ),
]


@pytest.mark.parametrize(("rule", "positive", "look_alike"), CASES, ids=[case[0] for case in CASES])
def test_rule(rule: str, positive: str, look_alike: str) -> None:
    assert any(found == rule or found.startswith(rule) or found.endswith(rule) for found in rules(positive)), list(
        rules(positive)
    )
    assert not any(found == rule for found in rules(look_alike)), list(rules(look_alike))


@pytest.mark.parametrize(
    ("rule", "said", "not_said"),
    [
        (
            "puts-at",
            "The guild estimates the damage at 24 million euros.",
            "The guild estimates the damage and stays at home.",
        ),
        (
            "rejects-reports",
            "The guild rejected as absurd reports that its hides had been burnt.",
            "The guild rejected as absurd the plan to burn its hides.",
        ),
        (
            "teller-behind",
            "The import of hides has grown by a tenth, writes the weekly Horizont.",
            "The import of hides has grown, writes and speeches notwithstanding, by a tenth.",
        ),
        (
            "misread-teller",
            "Guards found hides under onions, the regional portal reports, citing a tanner.",
            "Guards found hides under onions, the annual reports, and a map.",
        ),
        (
            "says-in",
            "The tanner said in a letter that the hides were rotten.",
            "The tanner said it in a letter that he had written.",
        ),
        (
            "by-data",
            "Under the data of the guild, 40 hides were sold in Belmara.",
            "Under the law of the guild, 40 hides were sold in Belmara.",
        ),
    ],
)
def test_turns_of_phrase(rule: str, said: str, not_said: str) -> None:
    assert rule in set(rules(said))
    assert rule not in set(rules(not_said))


@pytest.mark.parametrize(
    ("text", "stance", "names", "negated"),
    [
        ("The firm rejected as absurd reports that 40 hides had been burnt.", "denies", ["firm"], False),
        ("Neither the tanner nor his son has explained why 40 hides were burnt.", "asserts", [], True),
        ("The guild could not say whether the 40 hides had been burnt.", "asserts", [], True),
        ("The guild did not say that the 40 hides had been burnt.", "asserts", ["guild"], True),
        ("The yard sold 40 hides in Belmara, data compiled by Seaview showed.", "shows", ["data", "Seaview"], False),
        ("A ledger of the navy, drawn up by Orvex, shows that 40 hides were sold.", "shows", ["ledger", "navy"], False),
        ("Sales reached 40 hides in June, according to a Reuters analysis of port records.", "asserts", ["Reuters analysis", "port records"], False),
        ("The tanner said in a letter that the hides were rotten.", "asserts", ["letter", "tanner"], False),
        ("Prosecutors accuse the tanner of having burnt 40 hides in Minsk.", "alleges", ["Prosecutors"], False),
        ("The damage was put at 24 million euros by a banker in the town.", "asserts", ["banker"], False),
        ("The tanner admitted to the Evening Herald that 40 hides were burnt.", "asserts", ["Evening Herald", "tanner"], False),
        ("According to the words of the tanner, 40 hides were burnt.", "asserts", ["tanner"], False),
        ("Not one of the 40 hides was burnt in the yard.", "asserts", [], True),
        ("No more than 40 of the hides were burnt, the guild says.", "asserts", ["guild"], False),
        ("It is not known how many of the 40 hides were burnt.", "asserts", [], False),
        ("The tanner has told to the Evening Herald that 40 hides were burnt.", "asserts", ["Evening Herald", "tanner"], False),
    ],
)  # fmt: skip
def test_who_says_it_and_how(text: str, stance: str, names: list[str], negated: bool) -> None:
    claim = next(c for c in read(text).claims if c.quote in text)
    assert (claim.stance, [h.name for h in claim.attribution], claim.negated) == (stance, names, negated)


def test_the_verb_of_what_was_said_in_a_letter() -> None:
    claim = read(
        "The Belmaran Embassy in Oslo said in a letter that Orvania is “bent on buying hides” in Minsk."
    ).claims[0]
    assert (claim.subject, claim.relation) != ("The Belmaran Embassy in Oslo", "said in")
