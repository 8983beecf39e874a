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
        text("shipper_id", "Tax or registration number of the shipper as read."),
        text("shipper_country", "Country of the shipper; the dispatch country where none is stated."),
        text("consignee_key", "Name key of the consignee, or `id:` and its identifier where it has no name."),
        text("consignee_name", "Name of the consignee as read."),
        text("consignee_id", "Tax or registration number of the consignee as read."),
        text("consignee_country", "Country of the consignee; the destination where none is stated."),
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

_MATCH = (
    text("name", "The name as read.", required=True),
    text("name_key", "Its key."),
    text("list_id", "The list.", required=True),
    text("entry_id", "The entry.", required=True),
    text("entry_name", "Primary name of the entry.", required=True),
    text("matched_name", "The name of the entry that was met.", required=True),
    number("score", "0 to 1.", required=True),
    text("decision", "What the score means.", required=True, choices=("match", "possible", "no")),
    text("explanation", "What matched what, by which rule, what speaks against.", required=True),
)

SCREENED = Table(
    "screened",
    "Names in the records that meet names on lists, as the comparison decides; `matches` has them after judgements.",
    _MATCH,
    key=("name", "list_id", "entry_id"),
    row="one name and one list entry",
)

MATCHES = Table(
    "matches",
    "Names in the records that meet names on lists, with score and explanation. A listing is not a conviction. Where a person "
    "judged, the decision is theirs.",
    (
        *_MATCH,
        text("judgement", "What a person decided, where one did.", choices=("same", "different", "unsure")),
        text("judgement_id", "That judgement."),
    ),
    key=("name", "list_id", "entry_id"),
    row="one name and one list entry",
)

PARTIES = Table(
    "parties",
    "Parties: names that are taken for one company, agency or person, over files and scripts.",
    (
        text("party_id", "Stable identifier, made from `party_key`.", required=True),
        text(
            "party_key",
            "The `name_key` under which the party's shipments are counted: of the name by which it was first seen, in the "
            "order in which files were added.",
            required=True,
        ),
        text(
            "name_key",
            "Key of names of the party. Where other parties bear the name too, all but the first of them have `#` with their "
            "number and country behind it; `id:` and the identifier where the records give no name.",
            required=True,
        ),
        text("name", "Most frequent name.", required=True),
        integer("names", "Number of spellings.", required=True),
        text("country", "Most frequent country."),
        text("identifier", "Most frequent identifier given in the records, `kind:value` where the kind is known."),
        bigint("rows", "Number of appearances in shipments, over all roles.", required=True),
        date("first_date", "Earliest shipment."),
        date("last_date", "Latest shipment."),
        text("roles", "Roles in which it appears, joined by `;`.", required=True),
        boolean("possible_namesakes", "True where another party bears the name too.", required=True),
    ),
    key=("name_key",),
    row="one name key of one party; keys that are one party share a party_id",
)

PARTY_MEMBERS = Table(
    "party_members",
    "Which names, with which number and in which country, belong to which party, and why.",
    (
        text("party_id", "The party.", required=True),
        text("party_key", "Key under which the party's shipments are counted.", required=True),
        text(
            "name_key",
            "Key of the name as in `trade`; `id:` and the identifier where the records give no name.",
            required=True,
        ),
        text("identifier", "Identifier beside the name as read; '' where there is none.", required=True),
        text("country", "Country beside the name; '' where there is none.", required=True),
        text("name", "Most frequent spelling.", required=True),
        integer("names", "Number of spellings.", required=True),
        bigint("rows", "Number of appearances in shipments, over all roles.", required=True),
        date("first_date", "Earliest shipment."),
        date("last_date", "Latest shipment."),
        text("source_id", "Source part of the first row that gives it.", required=True),
        bigint("row_number", "That row.", required=True),
        text("why", "By which rule or judgement it is one party with another name; NULL where it was joined to none."),
    ),
    key=("name_key", "identifier", "country"),
    row="one name key with one identifier in one country",
)

PARTY_PAIRS = Table(
    "party_pairs",
    "Parties that are possibly the same and were not merged: what `entrepot review` asks about.",
    (
        text("pair_id", "Stable identifier.", required=True),
        text("left_party", "A party.", required=True),
        text("right_party", "Another party.", required=True),
        text("left_name", "Its name that met the other's.", required=True),
        text("right_name", "The other's name.", required=True),
        text("left_identifier", "Given where the name alone does not say which party is meant."),
        text("right_identifier", "The same of the other."),
        number("score", "Likeness of the names with what else is known, 0 to 1.", required=True),
        text("explanation", "What met what, by which rule, what speaks against.", required=True),
        bigint("rows", "Appearances of the party that has fewer: what a merge would move.", required=True),
        integer("list_entries", "List entries that one of the two meets and the other does not.", required=True),
    ),
    key=("pair_id",),
    row="one pair of parties",
)

OWNED_PARTIES = Table(
    "owned_parties",
    "Parties that listed parties own or control by the statements in the case, under each regime's rule. Statements may be old, "
    "incomplete or wrong; a rule applied to statements is not a legal finding.",
    (
        text("owned_id", "Stable identifier.", required=True),
        text("rule", "The rule: `ofac-50`, `eu-2018`, `eu-2024`, `uk-50`.", required=True),
        text("rule_title", "The rule in words.", required=True),
        text("name", "Name of the owned party as stated.", required=True),
        text("name_key", "Its key."),
        text("party_id", "Party in the records that bears the name, where exactly one does."),
        text("party_key", "Key under which its shipments are counted."),
        text(
            "status",
            "`owned`; `controlled`; `unknown` where stakes whose percentage is not stated could make it owned.",
            required=True,
            choices=("owned", "controlled", "unknown"),
        ),
        number(
            "share", "Stakes of listed parties and of parties owned by them, as the rule counts them.", unit="percent"
        ),
        date("from_date", "First day on which the rule is met; NULL where no statement gives one."),
        text("owners", "Listed parties at the start of the steps, with list and entry, joined by `; `.", required=True),
        text("steps", "Each stake with its percentage, day and source, in words.", required=True),
        text("notes", "Stale stakes, missing percentages, cycles, sums over 100; NULL where there is nothing to say."),
        boolean("stale", "True where a stake it rests on is stale.", required=True),
    ),
    key=("owned_id",),
    row="one owned party under one rule",
)

OWNERSHIP_STEPS = Table(
    "ownership_steps",
    "The stakes that each row of `owned_parties` rests on, owners' before those of the owned.",
    (
        text("owned_id", "The result.", required=True),
        integer("position", "From 1.", required=True),
        text("owner_name", "Owner.", required=True),
        text("owned_name", "Owned.", required=True),
        text("list_id", "List of the owner, where it is listed."),
        text("entry_id", "Entry of the owner."),
        text("relation", "What is stated.", required=True),
        number("share", "Stake; NULL where not stated.", unit="percent"),
        date("since", "Since when, where stated."),
        date("as_of", "Day for which it is stated; of a list, the date of its version."),
        text("stated_by", "Who states it, where the file says so."),
        boolean(
            "stale", "True where it is stated for a day more than two years before the newest statement.", required=True
        ),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the file.", required=True),
    ),
    key=("owned_id", "position"),
    row="one stake of one result",
)

TABLES = (
    NAME_KEYS,
    TRADE,
    LIST_PRESENCE,
    LIST_KEYS,
    SCREENED,
    MATCHES,
    PARTIES,
    PARTY_MEMBERS,
    PARTY_PAIRS,
    OWNED_PARTIES,
    OWNERSHIP_STEPS,
)
