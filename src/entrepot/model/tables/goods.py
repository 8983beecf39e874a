"""What goods are: likely HS codes of each text, controls that apply, texts that contradict their code, prices."""

from entrepot.model.schema import Table, bigint, boolean, date, integer, number, text

CONTROL_KINDS = ("hs_code", "designator", "marking", "text_rule")
"""Ways in which goods come under a control."""

PRICE_MEASURES = ("value_per_kg", "value_per_unit", "kg_per_unit")
"""Unit values that are compared within a group."""

PRICE_RULES = ("robust_z", "tukey_fence", "quartile_range", "unit_error", "impossible_value")
"""Rules by which a unit value stands out. The last two are likely errors of the record and never a suspicion."""

GOODS_CLASSES = Table(
    "goods_classes",
    "Likely HS codes of each distinct goods text, with the words that decided.",
    (
        text("goods_text", "Description of the goods as in the record, never a translation.", required=True),
        integer("rank", "1 for the most likely; 0 in the single row of a text that was not classified.", required=True),
        text("hs6", "HS 2022 subheading; NULL where not classified."),
        number("score", "Probability of the subheading as calibrated on held-out descriptions, 0 to 1."),
        text("heading", "First four digits."),
        number("heading_score", "Probability of the heading, 0 to 1."),
        text("chapter", "First two digits."),
        number("chapter_score", "Probability of the chapter, 0 to 1."),
        text("words", "Words of the text that decided, strongest first, joined by `; `."),
        text("abstained", "Why the text was not classified; NULL where it was."),
    ),
    key=("goods_text", "rank"),
    row="one candidate code of one distinct goods text",
)

GOODS_CONTROLS = Table(
    "goods_controls",
    "Controls that distinct goods texts and their declared codes come under, each with what decided.",
    (
        text(
            "goods_text", "Description of the goods as in the record; empty where the record has none.", required=True
        ),
        text("hs_code", "Declared code of the records, digits only; NULL where they have none."),
        text(
            "control_id",
            "Control: `LIST:code`, `designator:6B45`, `marking:STM32F405`, `rule:night_vision`.",
            required=True,
        ),
        text("kind", "How the goods come under it.", required=True, choices=CONTROL_KINDS),
        text("title", "What the control is, in words."),
        text("tier", "Tier of the list, or class of the goods."),
        text("why", "The words or the code that decided.", required=True),
        integer("span_from", "First character of the words in `goods_text`, counted from 0; NULL for codes."),
        integer("span_to", "Character after the last; NULL for codes."),
        number("confidence", "How surely the words mean these goods, 0 to 1, by the rule's own source.", required=True),
        text("source", "Where the rule comes from."),
        bigint("rows", "Number of shipments with this text and code."),
    ),
    key=("goods_text", "hs_code", "control_id", "span_from"),
    row="one control of one distinct pair of goods text and declared code",
)

GOODS_CONTRADICTIONS = Table(
    "goods_contradictions",
    "Distinct goods texts whose words contradict the declared code. An indicator for a person to read, not a verdict.",
    (
        text("goods_text", "Description of the goods as in the record, never a translation.", required=True),
        text("hs_code", "Declared code, digits only.", required=True),
        text("rule", "Named contradiction, or `classifier` where only the words of the text speak.", required=True),
        text("title", "The contradiction in words.", required=True),
        text("expected_headings", "Headings that the words belong to, joined by `; `.", required=True),
        text("words", "Words that speak against the code, joined by `; `.", required=True),
        number("probability", "Probability that the text belongs to the declared heading, 0 to 1.", required=True),
        text("source", "Where the rule comes from."),
        bigint("rows", "Number of shipments with this text and code."),
    ),
    key=("goods_text", "hs_code", "rule"),
    row="one contradiction between one distinct goods text and one declared code",
)

CODE_DOUBTS = Table(
    "code_doubts",
    "Shipments whose goods text, by its words, belongs to other goods than the declared code: a slip of the code is likely, so "
    "that indicators which count controlled goods leave them out.",
    (
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the source.", required=True),
        text("likelier_heading", "Heading that the words belong to most likely.", required=True),
        number("heading_score", "Its probability, 0 to 1.", required=True),
    ),
    key=("source_id", "row_number"),
    row="one shipment whose code its text does not bear out",
)

UNIT_VALUES = Table(
    "unit_values",
    "Unit values of shipments with what they are compared by. Zero and negative weights, quantities and values give none.",
    (
        text("shipment_id", "Shipment.", required=True),
        text("measure", "What is measured.", required=True, choices=PRICE_MEASURES),
        text("hs6", "Subheading as declared.", required=True),
        text("origin_country", "Origin, ISO 3166-1 alpha-2."),
        text("quantity_unit", "Unit of quantity, lower case; NULL for values per kilogram."),
        text("currency", "Currency of the value; `USD` where the source gives dollars; NULL for weights."),
        date("period_from", "First day of the twelve months that the shipment is compared within.", required=True),
        number("unit_value", "The unit value.", required=True),
        number("log_value", "Its natural logarithm.", required=True),
    ),
    key=("shipment_id", "measure"),
    row="one unit value of one shipment",
)

PRICE_RANGES = Table(
    "price_ranges",
    "Possible unit values by code prefix; outside them an error of the record is likelier than a price.",
    (
        text("prefix", "HS code prefix of two, four or six digits; the longest counts.", required=True),
        number("low", "Lowest possible value.", unit="USD/kg", required=True),
        number("high", "Highest possible value.", unit="USD/kg", required=True),
        text("source", "Where the range comes from.", required=True),
    ),
    key=("prefix",),
    row="one range of possible unit values",
)

PRICE_GROUPS = Table(
    "price_groups",
    "Comparison groups of unit values: the same HS6, origin and unit within twelve months.",
    (
        text("group_id", "`measure|hs6|origin|unit|currency|period_from`; `*` for every origin.", required=True),
        text("measure", "What is compared.", required=True, choices=PRICE_MEASURES),
        text("hs6", "Subheading as declared.", required=True),
        text("origin_country", "Origin, ISO 3166-1 alpha-2; NULL where the group takes every origin."),
        text("quantity_unit", "Unit of quantity, lower case; NULL for values per kilogram."),
        text("currency", "Currency of the values; NULL for weights."),
        date("period_from", "First day of the twelve months.", required=True),
        bigint("n", "Number of shipments in the group.", required=True),
        number("quartile_1", "First quartile of the unit value.", required=True),
        number("median", "Median.", required=True),
        number("quartile_3", "Third quartile.", required=True),
        number("log_quartile_1", "First quartile of the natural logarithms.", required=True),
        number("log_median", "Median of the logarithms.", required=True),
        number("log_quartile_3", "Third quartile of the logarithms.", required=True),
        number("log_mad", "Median absolute deviation of the logarithms.", required=True),
    ),
    key=("group_id",),
    row="one comparison group",
)

PRICE_OUTLIERS = Table(
    "price_outliers",
    "Shipments whose unit value stands out of its comparison group, and values that are likely errors of the record.",
    (
        text("shipment_id", "Shipment.", required=True),
        text("measure", "What is compared.", required=True, choices=PRICE_MEASURES),
        number("unit_value", "Unit value of the shipment.", required=True),
        text("rule", "Strictest rule under which it stands out.", required=True, choices=PRICE_RULES),
        text("side", "Above or below its group.", required=True, choices=("above", "below")),
        boolean("likely_error", "True where an error of the record explains it better than the price.", required=True),
        text("error_kind", "Which error: `factor 1000`, `factor 1000000`, `implausible unit value`; NULL otherwise."),
        text("error_field", "Which field the error is likely in.", choices=("weight", "value", "quantity")),
        number("robust_z", "0.6745 (ln p - median) / MAD of the group."),
        text("group_id", "Comparison group; NULL where the group is too small and only the possible range speaks."),
        bigint("n", "Size of the group."),
        number("quartile_1", "First quartile of the group."),
        number("median", "Median of the group."),
        number("quartile_3", "Third quartile of the group."),
    ),
    key=("shipment_id", "measure"),
    row="one shipment under one measure",
)

TABLES = (
    GOODS_CLASSES,
    GOODS_CONTROLS,
    GOODS_CONTRADICTIONS,
    CODE_DOUBTS,
    UNIT_VALUES,
    PRICE_RANGES,
    PRICE_GROUPS,
    PRICE_OUTLIERS,
)
