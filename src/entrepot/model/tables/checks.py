"""Published claims held against the records: what was tested, the figure found, the verdict and why."""

from entrepot.model.schema import Table, bigint, integer, number, text

VERDICTS = ("supported", "contradicted", "partly supported", "not testable", "no records")
"""What the records say of one reading of a claim. `no records`: the scope is covered and has no rows."""

CHECK_KINDS = ("count", "mass", "volume", "money", "share", "first_date", "last_date", "growth", "route", "listing", "label", "implied", "other")  # fmt: skip
"""What is tested."""

CHECKS = Table(
    "checks",
    "Claims that name something measurable, each held against the records. A verdict is on one reading of the claim, "
    "never on whoever made it.",
    (
        text("check_id", "The claim's identifier, `-k` and the number of the check.", required=True),
        text("claim_id", "The claim.", required=True),
        text("document_id", "The report.", required=True),
        integer("number", "Figure of the claim that is tested (`claim_quantities.number`); NULL where none."),
        text("kind", "What is tested.", required=True, choices=CHECK_KINDS),
        text("reading", "How the claim was read, one clause: what is measured, of whom, of what, when.", required=True),
        text("verdict", "What the records say of this reading.", required=True, choices=VERDICTS),
        text("why", "The verdict in one sentence.", required=True),
        text("source_table", "Table that was asked; NULL where none could test it."),
        text("query", "The statement that was run, with its values; NULL where none could test it."),
        text("claimed", "The figure or date as the claim has it."),
        number("claimed_low", "Lower end of what counts as agreement; NULL where open.", unit="column `unit`"),
        number("claimed_high", "Upper end of what counts as agreement; NULL where open.", unit="column `unit`"),
        text("unit", "Unit of the figures: `kg`, `barrels`, an ISO 4217 code, `percent`, `times`, or what is counted."),
        number("found", "The figure found.", unit="column `unit`"),
        text("found_text", "The figure or date found, in words, with its currency and valuation where it has them."),
        text("tolerance", "Which differences count as agreement, and why."),
        bigint("rows", "Rows of the table within the scope of the claim."),
        text("near_miss", "Another reading of the claim that the records would support."),
        text("needed", "What would be needed to test it, where it could not be tested."),
        text("synthetic", "Non-NULL where rows that were asked are generated and not real."),
    ),
    key=("check_id",),
    row="one reading of one claim held against the records",
)

TABLES = (CHECKS,)
