"""Tables about what was read and what could not be read."""

from entrepot.model.schema import Table, bigint, date, text

SOURCES = Table(
    "sources",
    "Every readable part of every file in the case: a file, a sheet of a workbook, a member of an archive.",
    (
        text(
            "source_id",
            "First 16 hex digits of the file's SHA-256; for parts after the first, `-` and the part's number.",
            required=True,
        ),
        text("sha256", "SHA-256 of the file.", required=True),
        text("path", "Path as the user gave it.", required=True),
        text("part", "Sheet or archive member, where the file has several."),
        text(
            "kind",
            "What the file was recognised as.",
            required=True,
            choices=("shipments", "list", "controls", "flows", "report", "ownership"),
        ),
        text("format", "Reader that reads it, with its layout, for example `ofac-sdn-csv`."),
        text("title", "What the publisher calls it."),
        text("publisher", "Who published it."),
        text("licence", "Licence or terms, as given by the user or the file."),
        date("retrieved", "Day on which it was retrieved, as given by the user."),
        text("synthetic", "Non-NULL, with the reason, where the content is generated and not real."),
        bigint("size_bytes", "Size of the file.", unit="bytes"),
        bigint("rows_in", "Rows found in this part.", required=True),
        bigint("rows_kept", "Rows that became records.", required=True),
        bigint("rows_rejected", "Rows that became rejects. rows_in = rows_kept + rows_rejected.", required=True),
    ),
    key=("source_id",),
    row="one readable part of one file",
)

REJECTS = Table(
    "rejects",
    "Rows that could not be used, each with its reason. Nothing is dropped silently.",
    (
        text("source_id", "Source part.", required=True),
        bigint(
            "row_number",
            "Row in the file or sheet, counted from 1 with the header and empty rows included.",
            required=True,
        ),
        text("reason", "Stable code of the reason, for example `too_many_cells`.", required=True),
        text("message", "What is wrong and what would be accepted, one sentence.", required=True),
        text("column_name", "Column of the source, where one is to blame."),
        text("value", "The offending value as read."),
        text("original", "The row as read, JSON."),
    ),
    key=("source_id", "row_number"),
    row="one rejected row",
)

READING_PROBLEMS = Table(
    "reading_problems",
    "Values that could not be read (the field is NULL, the row is kept) and peculiarities of a column.",
    (
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file; NULL where the whole column is meant."),
        text("column_name", "Column of the source.", required=True),
        text("field", "Canonical column that stayed NULL."),
        text(
            "problem",
            "Stable code, for example `unknown_country`, `bad_date`, `negative_weight`, `zero_for_unknown`.",
            required=True,
        ),
        text("value", "The value as read."),
        text("message", "What is wrong and what would be accepted."),
        bigint(
            "occurrences",
            "How many rows have this problem with this value, where rows are counted together.",
            required=True,
        ),
    ),
    key=("source_id", "column_name", "problem", "value", "row_number"),
    row="one problem of one value",
)

TABLES = (SOURCES, REJECTS, READING_PROBLEMS)
