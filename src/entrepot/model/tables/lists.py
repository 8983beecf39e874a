"""Lists of sanctioned or controlled parties, controls on goods, and the Harmonized System."""

from entrepot.model.schema import Table, bigint, boolean, date, integer, number, text

SCHEMAS = ("Person", "Company", "Organization", "LegalEntity", "Vessel", "Airplane", "Address", "Security", "Thing")
"""What an entry is, in FollowTheMoney's words."""

LIST_ENTRIES = Table(
    "list_entries",
    "Entities on sanctions or control lists, one row per version of the list.",
    (
        text("list_id", "The list, for example `ofac-sdn`, `uk-sanctions`, `un-sc`, `eu-833`.", required=True),
        date("list_date", "Date of this version of the list."),
        text("entry_id", "The publisher's identifier of the entry.", required=True),
        text("source_id", "Source part.", required=True),
        bigint(
            "row_number",
            "Row in the file; for XML and JSON the position of the element, counted from 1.",
            required=True,
        ),
        text("schema", "What the entry is.", required=True, choices=SCHEMAS),
        text("name", "Primary name.", required=True),
        text("program", "Sanctions programs or regimes, joined by `;`."),
        text("authority", "Who listed it."),
        date("listed", "Date of listing, where given."),
        date("delisted", "Date of delisting, where given."),
        text("remarks", "Remarks as published."),
    ),
    key=("list_id", "entry_id", "source_id"),
    row="one entity in one version of one list",
)

LIST_NAMES = Table(
    "list_names",
    "Names of list entries: primary, alias, weak alias, former, native script.",
    (
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file.", required=True),
        text("name", "The name as published.", required=True),
        text("kind", "Kind of name.", required=True, choices=("primary", "alias", "weak", "former", "native")),
        text("script", "ISO 15924 code of the script, for example `Latn`, `Cyrl`, `Hani`."),
    ),
    key=("list_id", "entry_id", "name", "kind", "source_id"),
    row="one name of one entry",
)

LIST_IDENTIFIERS = Table(
    "list_identifiers",
    "Identifiers of list entries.",
    (
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file.", required=True),
        text(
            "kind",
            "Kind: `inn`, `ogrn`, `uscc`, `lei`, `imo`, `mmsi`, `swift`, `passport`, `national`, `registration`, `tax`, `duns`, `crypto`, `website`, `email`, `phone`, `other`.",
            required=True,
        ),
        text("value", "The identifier, normalised (upper case, no spaces or dashes).", required=True),
        text("country", "Country that issued it, ISO 3166-1 alpha-2."),
        text("original", "As published."),
    ),
    key=("list_id", "entry_id", "kind", "value", "source_id"),
    row="one identifier of one entry",
)

LIST_PLACES = Table(
    "list_places",
    "Countries, addresses and birth dates of list entries.",
    (
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file.", required=True),
        text(
            "kind",
            "What the row states.",
            required=True,
            choices=(
                "address",
                "nationality",
                "birth",
                "registration",
                "flag",
                "country",
                "birth_date",
                "incorporation_date",
            ),
        ),
        text("country", "ISO 3166-1 alpha-2."),
        text("text", "Address or place or date as published."),
        date("date", "For dates: first day of the interval."),
        text("date_precision", "How exact the date is.", choices=("day", "month", "year")),
    ),
    key=("list_id", "entry_id", "kind", "text", "country", "source_id"),
    row="one address, country or date of one entry",
)

OWNERSHIP = Table(
    "ownership",
    "Statements that one party owns or controls another, from lists and ownership files.",
    (
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file.", required=True),
        text("owner_list_id", "List of the owner, where it is a list entry."),
        text("owner_entry_id", "Entry of the owner."),
        text("owner_name", "Name of the owner.", required=True),
        text("owned_list_id", "List of the owned, where it is a list entry."),
        text("owned_entry_id", "Entry of the owned."),
        text("owned_name", "Name of the owned.", required=True),
        number("share", "Stake, 0 to 100; NULL where not stated.", unit="percent"),
        text(
            "relation",
            "What is stated.",
            required=True,
            choices=("owns", "controls", "acts for", "subsidiary", "family", "linked"),
        ),
        date("since", "Since when, where stated."),
        date("until", "Until when, where stated."),
        date("as_of", "Day for which the source states it, where it says so."),
        text("stated_by", "Who states it, where the file says so."),
        text("original", "As published."),
    ),
    key=("source_id", "row_number", "owner_name", "owned_name", "relation"),
    row="one statement of ownership or control",
)

CONTROLS = Table(
    "controls",
    "Why goods are controlled: HS codes on lists, designators, part numbers, text rules.",
    (
        text("control_id", "Stable identifier: list, kind and value.", required=True),
        text("source_id", "Source part; `bundled:` and the file name for data shipped with Entrepot.", required=True),
        bigint("row_number", "Row in the file.", required=True),
        text("control_list", "The list, for example `chpl`.", required=True),
        text("kind", "How goods are recognised.", required=True, choices=("hs", "designator", "part_number", "text")),
        text("value", "HS code, designator, part number or rule.", required=True),
        text("hs_edition", "For HS codes: the edition they are written in."),
        text("tier", "Tier on the list, for example `1`, `3.A`."),
        text("description", "What the publisher calls the goods."),
        date("valid_from", "From when the control applies, where given."),
    ),
    key=("control_id",),
    row="one control",
)

HS_CODES = Table(
    "hs_codes",
    "The nomenclature of the Harmonized System by edition.",
    (
        text("hs_edition", "Edition, for example `HS2017`.", required=True),
        text("hs_code", "Two, four or six digits.", required=True),
        integer("level", "2, 4 or 6.", required=True),
        text("parent", "The code one level up."),
        text("section", "Section, Roman numeral."),
        text("description", "Text of the code.", required=True),
        text("source_id", "Source part.", required=True),
    ),
    key=("hs_edition", "hs_code"),
    row="one code of one edition",
)

HS_CONCORDANCE = Table(
    "hs_concordance",
    "Which codes of one edition correspond to which of another.",
    (
        text("from_edition", "Edition.", required=True),
        text("from_code", "Six digits.", required=True),
        text("to_edition", "Edition.", required=True),
        text("to_code", "Six digits.", required=True),
        text("relation", "How many codes on each side.", choices=("1:1", "1:n", "n:1", "n:n")),
        boolean("unchanged", "True where the code kept its number."),
        text("source_id", "Source part.", required=True),
    ),
    key=("from_edition", "from_code", "to_edition", "to_code"),
    row="one pair of corresponding codes",
)

HS_CONTROL_CODES = Table(
    "hs_control_codes",
    "Codes of each edition of the Harmonized System that fall under a control, which is written in one edition.",
    (
        text("control_id", "The control.", required=True),
        text("hs_edition", "Edition of the code; the edition of the declaration.", required=True),
        text("hs6", "Six digits.", required=True),
        boolean("exact", "True where all goods of the code are controlled.", required=True),
        text(
            "relation",
            "`same`: all goods; `kept`: the number stayed, some goods left or joined; `moved`: the number is gone, part of "
            "its goods is controlled.",
            required=True,
            choices=("same", "kept", "moved"),
        ),
        text("note", "The correspondence in words.", required=True),
    ),
    key=("control_id", "hs_edition", "hs6"),
    row="one code of one edition that falls under one control",
)

TABLES = (
    HS_CONTROL_CODES,
    LIST_ENTRIES,
    LIST_NAMES,
    LIST_IDENTIFIERS,
    LIST_PLACES,
    OWNERSHIP,
    CONTROLS,
    HS_CODES,
    HS_CONCORDANCE,
)
