"""How goods went on: legs, chains of legs, and the contacts that link one party with another."""

from entrepot.model.schema import Table, bigint, date, integer, number, text

CHAIN_GRADES = ("chain", "weaker")
"""A chain has p below .05 in every link; whatever else fits in time and weight is a weaker candidate."""

GOODS_RELATIONS = ("same", "parts")
"""How the goods of one leg are those of the next: the same subheading, or parts that go into the finished form."""

CONTACT_KINDS = ("identifier", "telephone", "mail address", "address")
"""What two names may share."""

CONTACTS = Table(
    "contacts",
    "What stands beside a name in the records and may be shared with another name: identifier, telephone, mail address, postal address.",
    (
        text("name_key", "Key of the name.", required=True),
        text("name", "One spelling of the name.", required=True),
        text("role", "Role in which it appears.", required=True, choices=("shipper", "consignee")),
        text("country", "Country given beside it, ISO 3166-1 alpha-2."),
        text("kind", "What is shared.", required=True, choices=CONTACT_KINDS),
        text(
            "contact",
            "The identifier, the digits of the telephone, the mail address in small letters, or the folded address.",
            required=True,
        ),
        text("written", "A postal address in capitals, as one of these rows writes it."),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "First row that gives it.", required=True),
        bigint("rows", "Shipments that give it.", required=True),
    ),
    key=("source_id", "name_key", "role", "country", "kind", "contact"),
    row="one contact of one name in one role",
)

CHAINS = Table(
    "chains",
    "Goods that plausibly went on from one leg to the next, each with its score against dates permuted within party and "
    "goods. That goods fit in time, kind and weight does not prove that they are the same goods.",
    (
        text("chain_id", "Stable hash of its shipments.", required=True),
        text("grade", "`chain` where p is below .05 in every link.", required=True, choices=CHAIN_GRADES),
        number(
            "score",
            "Share of the onward weight that the inbound covers, times closeness in time, times 1 - p.",
            unit="0 to 1",
            required=True,
        ),
        number("p_value", "Largest p of its links: how often permuted dates fit as well.", required=True),
        text("hs6", "Goods of the first leg.", required=True),
        text("hs6_last", "Goods of the last leg.", required=True),
        text("goods_relation", "How they are related.", required=True, choices=GOODS_RELATIONS),
        text("countries", "Countries in order, joined by `>`; `?` where unknown.", required=True),
        integer("legs", "Number of legs.", required=True),
        text("first_shipper", "Who sent the first leg.", required=True),
        text("last_consignee", "Who received the last leg.", required=True),
        text("middle_keys", "Keys of the parties between, joined by `;`.", required=True),
        date("first_date", "First day of the first leg.", required=True),
        date("last_date", "Last day of the last leg.", required=True),
        number(
            "quantity_carried", "Weight that reaches the last leg out of the legs before it.", unit="kg", required=True
        ),
        number("value_usd", "Value of the last leg.", unit="USD"),
        number(
            "coverage", "Share of the onward legs' weight that inbound weight covers.", unit="0 to 1", required=True
        ),
        number(
            "closeness",
            "Nearness in time: 1 for the same day, falling with the days between.",
            unit="0 to 1",
            required=True,
        ),
        bigint(
            "other_inbound_rows",
            "Competing explanations: other shipments of the goods to the parties between that could have supplied the onward legs.",
            required=True,
        ),
        number("other_inbound_kg", "Their weight.", unit="kg", required=True),
        bigint("other_inbound_shippers", "From how many other shippers.", required=True),
        text("links", "How each consignee is the next shipper, JSON list of sentences.", required=True),
        text("notes", "What is uncertain, JSON list of sentences.", required=True),
    ),
    key=("chain_id",),
    row="one chain of legs",
)

LEGS = Table(
    "legs",
    "Movements of goods between two countries and two parties that take part in a chain.",
    (
        text("leg_id", "Stable hash of its shipments.", required=True),
        text("shipper_key", "Key of the shipper.", required=True),
        text("shipper", "Its name as read.", required=True),
        text("consignee_key", "Key of the consignee.", required=True),
        text("consignee", "Its name as read.", required=True),
        text("from_country", "Country of dispatch."),
        text("to_country", "Country of destination."),
        text("hs6", "Goods.", required=True),
        date("first_date", "First shipment.", required=True),
        date("last_date", "Last shipment; the last day of its month where only the month is known.", required=True),
        bigint("rows", "Number of shipments.", required=True),
        number("kg", "Weight, estimated weights included.", unit="kg", required=True),
        number("value_usd", "Value.", unit="USD"),
    ),
    key=("leg_id",),
    row="one leg",
)

CHAIN_LEGS = Table(
    "chain_legs",
    "Which legs make which chain, in order.",
    (
        text("chain_id", "The chain.", required=True),
        integer("position", "Order in the chain, from 1.", required=True),
        text("leg_id", "The leg.", required=True),
    ),
    key=("chain_id", "position"),
    row="one leg of one chain",
)

CHAIN_SHIPMENTS = Table(
    "chain_shipments",
    "The shipments of each leg.",
    (
        text("leg_id", "The leg.", required=True),
        integer("position", "Order in the leg, from 1.", required=True),
        text("source_id", "Source part.", required=True),
        bigint("row_number", "Row in the source.", required=True),
        number("kg", "Weight that the chain counts with.", unit="kg", required=True),
        text("kg_from", "Where the weight comes from.", required=True, choices=("stated", "quantity", "value")),
    ),
    key=("leg_id", "position"),
    row="one shipment of one leg",
)

COUNTRY_DISTANCES = Table(
    "country_distances",
    "How far countries lie from each other, on the great circle between the points that stand for them.",
    (
        text("from_country", "Country, ISO 3166-1 alpha-2.", required=True),
        text("to_country", "Country, ISO 3166-1 alpha-2.", required=True),
        integer("km", "Distance; 0 between a country and itself.", unit="km", required=True),
    ),
    key=("from_country", "to_country"),
    row="one ordered pair of countries",
)

TABLES = (CONTACTS, LEGS, CHAINS, CHAIN_LEGS, CHAIN_SHIPMENTS, COUNTRY_DISTANCES)
