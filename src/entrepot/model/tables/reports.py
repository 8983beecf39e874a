"""Published reports, taken apart: documents, paragraphs, claims, who really says so, and what retelling changed."""

from entrepot.model.schema import Table, bigint, boolean, date, integer, number, text

STANCES = ("asserts", "shows", "alleges", "denies", "estimates", "fears", "no_comment")
QUANTITY_KINDS = ("count", "mass", "money", "share", "ratio", "change")
ROLES = ("outlet", "document", "agency", "person", "data", "unnamed")
RELATIONS = ("obtained", "reviewed", "authored", "provided", "said", "cited", "compiled")
DIFFERENCES = ("dropped", "added", "sharpened", "softened", "changed", "turned_round")
PRECISIONS = ("day", "week", "month", "season", "quarter", "half", "year", "years", "decade", "open")

DOCUMENTS = Table(
    "documents",
    "Published reports as they were read. `text` is the stored original: every offset of this room counts in it.",
    (
        text("document_id", "Source part that holds the report (`sources.source_id`).", required=True),
        text("name", "File name.", required=True),
        text("format", "Reader: `text`, `markdown`, `html`, `pdf`, `docx`, `eml`.", required=True),
        text("text", "The whole text with its boilerplate, exactly as offsets count it.", required=True),
        text("title", "Title, where one was found."),
        text("outlet", "Who published it, where it says so."),
        text("author", "Author, where it says so."),
        date("published", "Day of publication, where it says so."),
        text("language", "ISO 639-1 code of the language, `und` where it could not be told.", required=True),
        bigint("characters", "Length of the text.", unit="characters", required=True),
        bigint("paragraphs", "Number of paragraphs, boilerplate included.", required=True),
    ),
    key=("document_id",),
    row="one report",
)

PARAGRAPHS = Table(
    "paragraphs",
    "Paragraphs of reports. Boilerplate and readers' comments are marked and kept.",
    (
        text("document_id", "The report.", required=True),
        integer("paragraph", "Number in the report, from 1.", required=True),
        bigint("start_char", "First character in the report's text.", unit="characters", required=True),
        bigint("end_char", "One past the last character.", unit="characters", required=True),
        text(
            "kind",
            "What it is.",
            required=True,
            choices=("prose", "title", "heading", "caption", "boilerplate", "comment", "byline", "not_prose", "header"),
        ),
        text("reason", "Rule that marked it, where it is not prose."),
        integer("page", "Page, for paged formats."),
        bigint("source_start", "First character in the file's markup, where the file is markup.", unit="characters"),
        bigint("source_end", "One past the last character in the file's markup.", unit="characters"),
    ),
    key=("document_id", "paragraph"),
    row="one paragraph of one report",
)

CLAIMS = Table(
    "claims",
    "What reports say, clause by clause, each with its exact words.",
    (
        text("claim_id", "The report's identifier, `-c` and the claim's number.", required=True),
        text("document_id", "The report.", required=True),
        integer("paragraph", "Paragraph.", required=True),
        text("quote", "The words, exactly: text[start_char:end_char].", required=True),
        bigint("start_char", "First character in the report's text.", unit="characters", required=True),
        bigint("end_char", "One past the last character.", unit="characters", required=True),
        text("stance", "How the source stands to it.", required=True, choices=STANCES),
        boolean("hedged", "Whether it is said with reserve (may, reportedly, appears).", required=True),
        boolean("negated", "Whether it says that something is not so.", required=True),
        boolean("own_voice", "Whether the outlet says it without naming a source.", required=True),
        text("subject", "Who or what it is about."),
        text("relation", "What is said to be done or to be so."),
        text("object", "To whom or what."),
        text("goods", "Goods named, joined by `;`."),
        text("places", "Places named, joined by `;`."),
        date("period_from", "First day of the period; NULL where open."),
        date("period_to", "Last day of the period; NULL where open."),
        text("period_text", "The words that give the period."),
        text("period_precision", "How fine the period is.", choices=PRECISIONS),
        text("root_id", "The root that it goes back to; NULL for the outlet's own voice."),
        boolean(
            "secondhand", "Whether the report retells another outlet, or what that outlet obtained.", required=True
        ),
    ),
    key=("claim_id",),
    row="one claim",
)

CLAIM_QUANTITIES = Table(
    "claim_quantities",
    "Figures in claims. A bound that is open is NULL; a bare figure has low = value = high.",
    (
        text("claim_id", "The claim.", required=True),
        integer("number", "Number within the claim, from 1.", required=True),
        number("value", "The figure as stated.", unit="column `unit`"),
        number("low", "Lower bound; NULL where open.", unit="column `unit`"),
        number("high", "Upper bound; NULL where open.", unit="column `unit`"),
        text("unit", "`t`, `kg`, an ISO 4217 code, `percent`, `times`, or the thing that is counted.", required=True),
        text("kind", "What is measured.", required=True, choices=QUANTITY_KINDS),
        text("of", "What it is a count, mass, price or share of, with its scope."),
        boolean("approx", "Whether the report says about, almost, around.", required=True),
        bigint("start_char", "First character in the report's text.", unit="characters", required=True),
        bigint("end_char", "One past the last character.", unit="characters", required=True),
    ),
    key=("claim_id", "number"),
    row="one figure in one claim",
)

ATTRIBUTIONS = Table(
    "attributions",
    "Hops from the outlet to whoever knows, per claim, in that order.",
    (
        text("claim_id", "The claim.", required=True),
        integer("hop", "Number of the hop, from 1, nearest to the reader first.", required=True),
        text(
            "name",
            "Who or what, as named; `unresolved` after a word such as `he` that points nowhere near.",
            required=True,
        ),
        text("role", "What it is.", required=True, choices=ROLES),
        text("relation", "What it did.", required=True, choices=RELATIONS),
        bigint("start_char", "First character in the report's text.", unit="characters", required=True),
        bigint("end_char", "One past the last character.", unit="characters", required=True),
        text("mention", "The words that stand in the text, where `name` is what they refer to."),
        text("rule", "Rule that saw it.", required=True),
    ),
    key=("claim_id", "hop"),
    row="one hop of one claim",
)

REPORT_MENTIONS = Table(
    "report_mentions",
    "Names of parties, places, goods and designators as reports write them, for the crafts that know them.",
    (
        text("document_id", "The report.", required=True),
        text("claim_id", "The claim that holds it, where one does."),
        text(
            "kind",
            "What it seems to be.",
            required=True,
            choices=("organisation", "person", "place", "goods", "designator"),
        ),
        text("name", "The name, with its acronym resolved where the report introduces one.", required=True),
        text("mention", "The words in the text.", required=True),
        bigint("start_char", "First character in the report's text.", unit="characters", required=True),
        bigint("end_char", "One past the last character.", unit="characters", required=True),
    ),
    key=("document_id", "start_char", "end_char", "kind"),
    row="one name at one place in one report",
)

ROOTS = Table(
    "roots",
    "Primary sources that claims go back to, across all reports of the case.",
    (
        text("root_id", "`root-` and eight hex digits over its key.", required=True),
        text("label", "The root in words.", required=True),
        text("kind", "What it is.", required=True, choices=ROLES),
        text("obtained_by", "Who obtained or reviewed it."),
        text("author", "Who authored, compiled or provided it."),
        date("written_from", "First day on which it may have been written."),
        date("written_to", "Last day on which it may have been written."),
        text("known_through", "How it is known.", required=True, choices=("obtained", "seen", "retold", "said")),
        integer("claims", "Claims that rest on it.", required=True),
        integer("documents", "Reports that rest on it.", required=True),
        integer("outlets", "Different outlets among them, reprints counted once.", required=True),
        text("evidence", "Which facts join its reports, one sentence.", required=True),
    ),
    key=("root_id",),
    row="one primary source",
)

ROOT_CLAIMS = Table(
    "root_claims",
    "Which claims rest on which root.",
    (
        text("root_id", "The root.", required=True),
        text("claim_id", "The claim.", required=True),
        text("document_id", "The report.", required=True),
    ),
    key=("root_id", "claim_id"),
    row="one claim on one root",
)

DIFFERENCES_TABLE = Table(
    "differences",
    "What a retelling did to a claim that shares its root with another report's claim.",
    (
        text("root_id", "The root.", required=True),
        text("claim_id", "The claim nearer to the root, or as near.", required=True),
        text("other_claim_id", "The claim that retells it.", required=True),
        text("change", "Kind of change.", required=True, choices=DIFFERENCES),
        text(
            "what",
            "What changed: `hedge`, `scope`, `number`, `unit`, `direction`, `agent`, `date`, `term`, `negation`, `qualifier`.",
            required=True,
        ),
        text("before", "The words in the first claim."),
        text("after", "The words in the other claim."),
        text("message", "The difference in one sentence.", required=True),
    ),
    key=("root_id", "claim_id", "other_claim_id", "what", "before", "after"),
    row="one difference between two claims",
)

REPRINTS = Table(
    "reprints",
    "Reports whose words are copies of one another: one telling, not two.",
    (
        text("document_id", "The report.", required=True),
        text("other_document_id", "The report that shares its words.", required=True),
        number(
            "shared",
            "Share of the shorter report's five-word runs that both have.",
            unit="share, 0 to 1",
            required=True,
        ),
        text("kind", "How close.", required=True, choices=("exact", "near")),
    ),
    key=("document_id", "other_document_id"),
    row="one pair of reports",
)

MODEL_READINGS = Table(
    "model_readings",
    "What a second reader (a model endpoint that the user configured) said, beside the rules' answer.",
    (
        text("document_id", "The report.", required=True),
        integer("paragraph", "Paragraph.", required=True),
        text("model", "Name of the model.", required=True),
        text("prompt_version", "Version of the prompt.", required=True),
        text(
            "outcome",
            "What came of it.",
            required=True,
            choices=("agrees", "disagrees", "only_model", "only_rules", "rejected", "failed"),
        ),
        text("claim_id", "The rules' claim, where there is one."),
        text("field", "Field in which the two differ."),
        text("rules_value", "The rules' value."),
        text("model_value", "The model's value."),
        text("quote", "The model's quote, found in the text or the reason for rejecting it."),
        text("message", "One sentence.", required=True),
    ),
    key=("document_id", "paragraph", "claim_id", "field", "quote"),
    row="one statement of the second reader",
)

TABLES = (
    DOCUMENTS,
    PARAGRAPHS,
    CLAIMS,
    CLAIM_QUANTITIES,
    ATTRIBUTIONS,
    REPORT_MENTIONS,
    ROOTS,
    ROOT_CLAIMS,
    DIFFERENCES_TABLE,
    REPRINTS,
    MODEL_READINGS,
)
