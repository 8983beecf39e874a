"""What a contradiction may rest on: the same time, scope, side and unit as the claim. The records here are synthetic."""

from __future__ import annotations

import csv

import pytest

from entrepot.casework.case import Case
from entrepot.casework.views_reports import checks_of
from tests.reports_in_case import build_for_checks

FLOWS = (
    "freqCode,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
    "partnerDesc,partner2Code,partner2ISO,classificationCode,cmdCode,cmdDesc,customsCode,motCode,motDesc,qtyUnitAbbr,qty,"
    "netWgt,cifvalue,fobvalue,primaryValue\n"
)


def _flow(year: int, month: int, code: str, usd: float) -> str:
    when = f"M,{year},{month},{year}{month:02d}" if month else f"A,{year},52,{year}"
    return f"{when},792,TUR,Turkey,X,Export,268,GEO,Georgia,0,W00,H6,{code},Goods,C00,0,TOTAL MOT,kg,1,1,,{usd},{usd}\n"


CLAIMS = (
    # a sum beside another, with a time of its own
    ("Turkish exports of tyres to Georgia rose to $30 million in 2022 from $20 million in 2021.", ["supported"] * 2),
    ("Turkish exports of tyres to Georgia fell to $15 million in 2023, after $30 million in 2022.", ["supported"] * 2),
    ("Turkish exports of tyres to Georgia were worth $30 million in 2022, up 50% from the year before.", ["supported"] * 2),
    ("Turkish exports of tyres to Georgia were worth $20 million in 2022.", ["contradicted"]),
    # what a growth is reckoned from
    ("Turkish exports of tyres to Georgia fell by a quarter in 2023 compared with 2021.", ["supported"]),
    ("Turkish exports of tyres to Georgia halved in 2023.", ["supported"]),
    ("Turkish exports of tyres to Georgia have more than doubled since 2019.", ["not testable"]),
    ("Turkish exports of tyres to Georgia rose by 50 percentage points in 2022.", ["not testable"]),
    ("Turkish exports of tyres to Georgia fell from $30 million in 2022 to $15 million in 2023, a drop of a half.", ["supported"] * 3),
    ("Turkish exports of bearings to Georgia rose from $3 million in the first quarter of 2022 to $9 million in the second quarter, or by 200 percent.", ["contradicted", "not testable", "not testable"]),
    # rates
    ("Turkish exports of tyres to Georgia were worth $2.5 million per month in 2022.", ["supported"]),
    ("Turkish exports of tyres to Georgia were worth $30 million per month in 2022.", ["contradicted"]),
    ("Turkish exports of tyres to Georgia were worth $2.5 million a month.", ["not testable"]),
    ("Turkish exports of tyres to Georgia were worth $20 million in the fiscal year 2022.", ["not testable"]),
    ("In June 2022 Kenya bought 1,000 rifles from Turkey at an average price of $18.", ["supported", "not testable"]),
    ("In June 2022 Kenya received 1,000 rifles from Turkey for $18 each.", ["supported", "not testable"]),
    # the other side's statistics, and what is no price
    ("Georgia imported tyres worth $32 million from Turkey in 2022.", ["not testable"]),
    ("Georgia paid Turkey $32 million in transit fees for tyres in 2022.", ["not testable"]),
    # only a part of the period is published
    ("Turkish exports of bearings to Georgia were worth $36 million in 2022.", ["not testable"]),
    ("Turkish exports of bearings to Georgia were worth $6 million in 2022.", ["contradicted"]),
    # a heading beside its subheading is counted once
    ("Turkish exports of smartphones to Georgia were worth $8 million in 2022.", ["supported"]),
    # shipments: pieces as customs files code them, no period, more than the records tell apart
    ("Kenya received 1,000 rifles from Turkey in June 2022.", ["supported"]),
    ("Kenya received 9,000 rifles from Turkey in June 2022.", ["contradicted"]),
    ("Kenya received 8,000 rifles from Turkey.", ["not testable"]),
    ("Kenya received 40 gyroscopic bongs from Turkey in June 2022.", ["not testable"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Yearly and monthly exports of one country, a few shipments, and one report of the claims above."""
    folder = tmp_path_factory.mktemp("caution")
    rows = [_flow(y, 0, "4011", usd) for y, usd in ((2021, 20e6), (2022, 30e6), (2023, 15e6))]
    rows += [_flow(2022, 0, "8517", 9e6), _flow(2022, 0, "851713", 8e6), _flow(2022, 0, "85171300", 8e6)]
    (folder / "yearly.csv").write_text(FLOWS + "".join(rows), encoding="utf-8")
    (folder / "monthly.csv").write_text(FLOWS + "".join(_flow(2022, m, "8482", 3e6) for m in range(1, 5)), "utf-8")
    header = ["Date", "Shipper", "Shipper Country", "Consignee", "Consignee Country", "HS Code", "Goods Description"]
    header += ["Net Weight KG", "Value USD", "Quantity", "Quantity Unit", "Country of Origin", "Country of Destination"]
    with (folder / "dump.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow(header)
        for day, number in (("2022-03-02", 50), ("2022-06-03", 700), ("2022-06-20", 300), ("2022-09-09", 80)):
            out.writerow([day, "ANKA AV AS", "TR", "NAROK SPORTS LTD", "KE", "930330", "HUNTING RIFLES", 900, 9000, number, "PCS", "TR", "KE"])  # fmt: skip
    words = "\n\n".join(words for words, _ in CLAIMS)
    (folder / "claims.txt").write_text(f"Claims to be tested\nBy A. Tester, 12 May 2024\n\n{words}\n", "utf-8")
    made = Case.init(folder / "case")
    for name in ("yearly.csv", "monthly.csv", "dump.csv"):
        made.add(folder / name, confirm=lambda _path, _part: True)
    made.add(folder / "claims.txt", kind="report")
    build_for_checks(made)
    return made


@pytest.mark.parametrize(("words", "verdicts"), CLAIMS)
def test_verdicts(case: Case, words: str, verdicts: list[str]) -> None:
    found = [row for row in checks_of(case) if str(row["quote"]).rstrip(".") in words and row["number"] is not None]
    assert [row["verdict"] for row in found] == verdicts, [
        (row["claimed"], row["why"], row["reading"]) for row in found
    ]


def test_what_is_taken_back_still_shows_the_figure_found(case: Case) -> None:
    (row,) = [r for r in checks_of(case) if str(r["quote"]).startswith("Kenya received 8,000 rifles from Turkey.")]
    assert row["found"] == 1130
    assert "names no period" in str(row["why"])
    assert row["needed"]
