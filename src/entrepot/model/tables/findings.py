"""Findings of indicators, with their components and the rows that prove them."""

from entrepot.model.schema import Table, bigint, boolean, date, integer, number, text

SUBJECTS = ("party", "country", "goods", "route", "shipment", "report")

FINDINGS = Table(
    "findings",
    "Indicators that fired: what is stated, how strongly, against which comparison. An indicator is not a verdict.",
    (
        text("finding_id", "Stable hash of indicator and subject.", required=True),
        text("indicator", "The indicator that fired.", required=True),
        text("subject_kind", "What the finding is about.", required=True, choices=SUBJECTS),
        text("subject_key", "Key of the subject: a name key, a country, an HS code.", required=True),
        text("subject", "Name of the subject as in the records.", required=True),
        text("statement", "What the records show, one sentence.", required=True),
        number(
            "strength",
            "0 to 1, from the components below by the indicator's own rule; it orders findings of one indicator.",
            required=True,
        ),
        text("country", "Country of destination or of the subject."),
        text("hs6", "Goods."),
        date("date_from", "First day of the evidence."),
        date("date_to", "Last day of the evidence."),
        bigint("rows", "Number of shipments that the finding rests on.", required=True),
        number("value_usd", "Their value.", unit="USD"),
        number("net_kg", "Their weight.", unit="kg"),
        text("components", "What the strength is made of: JSON object from name to value.", required=True),
        bigint("fires_on", "Subjects on which the indicator fires in this case.", required=True),
        bigint("compared", "Comparable subjects in this case: the base rate is fires_on / compared."),
        text("synthetic", "Non-NULL where the rows are generated and not real."),
    ),
    key=("finding_id",),
    row="one indicator that fired on one subject",
)

EVIDENCE = Table(
    "evidence",
    "Rows that a finding rests on.",
    (
        text("finding_id", "The finding.", required=True),
        integer("position", "Order within the finding, from 1.", required=True),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the source.", required=True),
        text("why", "What the row contributes.", required=True),
    ),
    key=("finding_id", "position"),
    row="one row of a source behind one finding",
)

LOG_FACTORIALS = Table(
    "log_factorials",
    "Natural logarithms of factorials, for exact tests in SQL.",
    (
        integer("n", "Whole number.", required=True),
        number("log_factorial", "ln n!, by the log-gamma function.", required=True),
    ),
    key=("n",),
    row="one whole number",
)

INDICATORS = Table(
    "indicators",
    "The catalogue of indicators as it was when the case was built.",
    (
        text("indicator", "Identifier.", required=True),
        text("title", "Title.", required=True),
        text("meaning", "What it means in plain words.", required=True),
        text("source", "Where it is published.", required=True),
        text("innocent", "Innocent explanations that the literature gives.", required=True),
        text("parameters", "Parameters with their values, JSON.", required=True),
        text("query", "The query with its parameters filled in.", required=True),
        bigint("findings", "On how many subjects it fired.", required=True),
        bigint("compared", "How many subjects it could have fired on."),
        boolean("added", "True where the case added it."),
    ),
    key=("indicator",),
    row="one indicator",
)

TABLES = (FINDINGS, EVIDENCE, LOG_FACTORIALS, INDICATORS)
