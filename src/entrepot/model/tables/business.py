"""Trades that the names of parties state."""

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

TABLES = (NAME_TRADES,)
