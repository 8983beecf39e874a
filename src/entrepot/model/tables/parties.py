"""Parties as they act in the records, and how their names meet lists."""

from entrepot.model.schema import Table, bigint, boolean, date, integer, number, text

NAME_KEYS = Table(
    "name_keys",
    "Distinct names of one source with the key that spelling variants of one name share.",
    (
        text("source_id", "Source part.", required=True),
        text("name", "The name as read.", required=True),
        text(
            "name_key",
            "Key of the normal form: legal form, script, punctuation and token order removed; NULL where the text names no party.",
        ),
        text("no_party", "Why the text names no party, for example `to order`."),
    ),
    key=("source_id", "name"),
    row="one distinct name of one source",
)

TRADE = Table(
    "trade",
    "What indicators and routes read of a shipment: party keys, goods, places, amounts, controls.",
    (
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the source.", required=True),
        text("direction", "Direction as seen from the reporting country.", choices=("import", "export", "transit")),
        date("date", "Day of the shipment."),
        text("date_precision", "How exact `date` is.", choices=("day", "month", "year")),
        text("shipper_key", "Name key of the shipper, or `id:` and its identifier where it has no name."),
        text("shipper_name", "Name of the shipper as read."),
        text("consignee_key", "Name key of the consignee, or `id:` and its identifier where it has no name."),
        text("consignee_name", "Name of the consignee as read."),
        text("hs6", "First six digits of the code."),
        text("hs_edition", "Edition of the code."),
        text("origin_country", "Origin."),
        text("dispatch_country", "Dispatch; the shipper's country where no other is stated."),
        text(
            "destination_country",
            "Destination; the consignee's country, or the reporter of an import, where no other is stated.",
        ),
        text("transport_mode", "Mode of transport."),
        number("quantity", "Quantity in `quantity_unit`."),
        text("quantity_unit", "Unit."),
        number("net_kg", "Net weight, or gross where no net is stated.", unit="kg"),
        number("value_usd", "Value.", unit="USD"),
        text("control_id", "Strictest control that the declared code comes under."),
        text("control_list", "Its list."),
        text("tier", "Its tier."),
        text("control_note", "How the declared code meets the listed one, where editions differ."),
    ),
    key=("source_id", "row_number"),
    row="one shipment",
)

LIST_PRESENCE = Table(
    "list_presence",
    "From when to when an entry is known to be on its list, over all versions of the list in the case.",
    (
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("name", "Primary name in the newest version.", required=True),
        text("schema", "What the entry is.", required=True),
        text("program", "Programs or regimes."),
        date("listed", "Date of listing as published, where given."),
        date("delisted", "Date of delisting as published, where given."),
        date("first_seen", "Earliest version of the list in this case that has the entry."),
        date("last_seen", "Latest version of the list in this case that has the entry."),
        date("absent_before", "Latest earlier version of the list in this case that does not have it."),
        date("absent_after", "Earliest later version of the list in this case that does not have it."),
        text("source_id", "Source part of the newest version.", required=True),
        bigint("row_number", "Its row there.", required=True),
    ),
    key=("list_id", "entry_id"),
    row="one entry of one list",
)

LIST_KEYS = Table(
    "list_keys",
    "Names of list entries with their keys.",
    (
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("name", "The name as published.", required=True),
        text("kind", "Kind of name.", required=True),
        text("name_key", "Key of the normal form."),
    ),
    key=("list_id", "entry_id", "name", "kind"),
    row="one name of one entry",
)

MATCHES = Table(
    "matches",
    "Names in the records that meet names on lists, with score and explanation. A listing is not a conviction.",
    (
        text("name", "The name as read.", required=True),
        text("name_key", "Its key."),
        text("list_id", "The list.", required=True),
        text("entry_id", "The entry.", required=True),
        text("entry_name", "Primary name of the entry.", required=True),
        text("matched_name", "The name of the entry that was met.", required=True),
        number("score", "0 to 1.", required=True),
        text("decision", "What the score means.", required=True, choices=("match", "possible", "no")),
        text("explanation", "What matched what, by which rule, what speaks against.", required=True),
    ),
    key=("name", "list_id", "entry_id"),
    row="one name and one list entry",
)

PARTIES = Table(
    "parties",
    "Parties: names that are taken for one company, agency or person.",
    (
        text("party_id", "Stable identifier.", required=True),
        text("name_key", "Key of the party's names.", required=True),
        text("name", "Most frequent name.", required=True),
        integer("names", "Number of spellings.", required=True),
        text(
            "country",
            "Most frequent country.",
        ),
        text("identifier", "Identifier given in the records, `kind:value`."),
        bigint("rows", "Number of shipments.", required=True),
        date("first_date", "Earliest shipment."),
        date("last_date", "Latest shipment."),
        text("roles", "Roles in which it appears, joined by `;`.", required=True),
        boolean("possible_namesakes", "True where the names carry different identifiers of one kind.", required=True),
    ),
    key=("name_key",),
    row="one name key; keys that are one party share a party_id",
)

TABLES = (NAME_KEYS, TRADE, LIST_PRESENCE, LIST_KEYS, MATCHES, PARTIES)
