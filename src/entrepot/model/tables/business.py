"""What the names and addresses of parties state: trades, and places that are one in two spellings."""

from entrepot.model.schema import Table, text

NAME_TRADES = Table(
    "name_trades",
    "Names that state a trade, and the goods that go with it. What a firm is called is not all that it may do.",
    (
        text("source_id", "Source part.", required=True),
        text("name", "The name as read.", required=True),
        text("trade", "The trade.", required=True),
        text("word", "Word of the name that states it.", required=True),
        text(
            "fits",
            "HS prefixes of two or four digits that go with the trade, joined by `;`, as in `;06;12;`.",
            required=True,
        ),
    ),
    key=("source_id", "name"),
    row="one name of one source that states one narrow trade and no broad one",
)

ADDRESS_KEYS = Table(
    "address_keys",
    "Postal addresses of records and lists that are told by a number and a street: one key for every spelling and script of one place.",
    (
        text(
            "contact",
            "The folded address as in `contacts`, or the address as the list has it in `list_places`.",
            required=True,
        ),
        text("place_key", "Country, UN/LOCODE of the town, how the other words sound, and the numbers.", required=True),
    ),
    key=("contact",),
    row="one address",
)

TABLES = (NAME_TRADES, ADDRESS_KEYS)
