"""The fast writer: same columns, right number of rows, many rows to few parties, repeatable."""

import csv
from collections import Counter
from pathlib import Path

from entrepot.demo import generate_big
from entrepot.demo.records import HEADER

ROWS = 20_000


def test_big_file(tmp_path: Path) -> None:
    path = generate_big(tmp_path / "big.csv", ROWS, 3)
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == ROWS + 1
    assert {len(row) for row in rows} == {len(HEADER)}
    assert rows[1][0] == "SYN000000002"
    buyers = Counter(row[HEADER.index("CONSIGNEE_NAME")] for row in rows[1:])
    sellers = Counter(row[HEADER.index("SHIPPER_NAME")] for row in rows[1:])
    assert 0.03 * ROWS < len(buyers | sellers) < 0.06 * ROWS
    assert buyers.most_common(1)[0][1] > 20 * ROWS / len(buyers)
    assert set(buyers) & set(sellers)
    assert path.read_bytes() == generate_big(tmp_path / "again.csv", ROWS, 3).read_bytes()
