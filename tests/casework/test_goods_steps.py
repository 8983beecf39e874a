"""The goods craft as steps of a build: tables filled, each text looked at once, other files left alone."""

from __future__ import annotations

from pathlib import Path

from entrepot.casework.case import Case
from entrepot.casework.steps_goods import goods_steps
from tests.casework.conftest import HEADER, write_csv


def test_goods_tables_are_filled_and_a_second_file_leaves_the_first_alone(case: Case, tmp_path: Path) -> None:
    first = case.build()
    classes = case.table("goods_classes").to_pylist()
    assert {row["goods_text"] for row in classes} == {"integrated circuits", "wooden furniture", "laptops"}
    best = {row["goods_text"]: row["heading"] for row in classes if row["rank"] == 1}
    assert best["integrated circuits"] == "8542"
    coded = {row["hs_code"] for row in case.table("goods_controls").to_pylist() if row["kind"] == "hs_code"}
    assert coded == {"854231"}
    assert case.table("unit_values").num_rows > 0
    assert {row["measure"] for row in case.table("price_groups").to_pylist()} == {"value_per_kg"}

    extra = [("X1", "2023-05-01", "Lotus Example Works 1 Co Ltd", "Vera Flowers LLC", "CHINA", "RUSSIAN FEDERATION", "6211330000",
              "Vest 6B45 with plates", "12", "900"),
             ("X2", "2023-05-02", "Lotus Example Works 1 Co Ltd", "Vera Flowers LLC", "CHINA", "RUSSIAN FEDERATION", "854231",
              "integrated circuits", "12", "900")]  # fmt: skip
    case.add(write_csv(tmp_path / "more.csv", extra, HEADER), confirm=lambda path, part: True)
    second = case.build()
    kept = [key for key in first if key.startswith(("goods_classes:", "goods_controls:", "name_trades:"))]
    assert kept
    assert all(first[key].fingerprint == second[key].fingerprint for key in kept)
    texts = [row["goods_text"] for row in case.table("goods_classes").to_pylist() if row["rank"] <= 1]
    assert sorted(texts) == sorted(set(texts))
    assert "designator:6B45" in {row["control_id"] for row in case.table("goods_controls").to_pylist()}
    assert {row["trade"] for row in case.table("name_trades").to_pylist()} == {"flowers"}


def test_no_shipments_no_steps() -> None:
    assert goods_steps([]) == []
