"""From a path to readable parts and rows of text: any encoding, delimiter, workbook, archive, and hostile input.

`parts(path)` says what a file holds (content decides, never its name); `rows(part)` gives the cells of each record as
text, numbered as a person counts them; `read_bytes`, `open_text`, `parse_xml` serve lists and reports.
"""

from entrepot.readers.files.content import extracted, open_text, read_bytes
from entrepot.readers.files.fast import Order, duckdb_csv_options, order_of
from entrepot.readers.files.part import Part, Row, RowProblem
from entrepot.readers.files.reading import parts, rows
from entrepot.readers.files.xml import parse_xml

__all__ = [
    "Order",
    "Part",
    "Row",
    "RowProblem",
    "duckdb_csv_options",
    "extracted",
    "open_text",
    "order_of",
    "parse_xml",
    "parts",
    "read_bytes",
    "rows",
]
