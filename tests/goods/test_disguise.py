"""Declared codes that the words contradict, and honest ones that they do not."""

from __future__ import annotations

import pytest

from entrepot.errors import InputError
from entrepot.goods.classify import Classifier
from entrepot.goods.disguise import contradiction, contradictions
from entrepot.goods.results import classes, contradicted, controls
from entrepot.model.tables.goods import GOODS_CLASSES, GOODS_CONTRADICTIONS, GOODS_CONTROLS


@pytest.mark.parametrize(
    ("text", "declared", "rule"),
    [
        ("CQ-A rifle 5.56x45", "930330", "military_rifle_as_sporting"),
        ("винтовка М16, охотничья", "9303300000", "military_rifle_as_sporting"),
        ("ballistic plates NIJ IV", "5407.52", "armour_plate_as_textile"),
        ("бронепластины керамические Бр5", "630790", "armour_plate_as_textile"),
        ("camera drone DJI Mavic 3", "950300", "drone_as_other"),
        ("Toy: gimbal camera with zoom for unmanned aircraft", "950300", "drone_camera_as_other"),
        ("gimbal camera with zoom for unmanned aircraft", "852589", None),
        ("sporting carbine, selective fire", "930330", "military_rifle_as_sporting"),
        ("bulletproof vest cover", "392690", None),
        ("bulletproof vest cover", "520811", "body_armour_as_other"),
        ("thermal sight for rifle", "901310", None),
        ("thermal sight for rifle", "940540", "night_vision_as_other"),
        ("laptop computer 15 inch", "392690", "classifier"),
        ("thermal weapon sight, rail mount", "900510", "weapon_sight_as_parts"),
        ("прицелы ночного видения с креплением", "852990", "weapon_sight_as_parts"),
        ("прицелы ночного видения с креплением", "901310", None),
        ("carp fishing pole 'rifle' 3.6 m", "950710", None),
        ("carbon pole «rifle», 3.6 m", "950710", None),
        ("rifle 3.6 kg 'Alpine'", "950710", "firearm_as_other"),
        ("toy quadcopter with camera, age 8+", "950300", None),
    ],
)
def test_contradictions_are_named(text: str, declared: str, rule: str | None) -> None:
    found = contradiction(text, declared)
    assert (found.rule if found else None) == rule
    if found:
        assert found.text == text
        assert found.words
        assert found.expected_headings


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("hunting rifle .308 with scope mount", "930330"),
        ("women's cotton t-shirt", "610910"),
        ("toy drone for kids", "950300"),
        ("drone with camera", "880622"),
        ("drone with camera", "880220"),  # HS 2017
        ("ceramic floor tiles", "690721"),
        ("Saiga hunting carbine 7.62x39", "930330"),
        ("parts", "854231"),
        ("", "854231"),
    ],
)
def test_honest_declarations_do_not_fire(text: str, declared: str) -> None:
    assert contradiction(text, declared) is None


@pytest.mark.parametrize("code", ["", "12", "ABCD", "8542x1", "123456789012345"])
def test_codes_of_wrong_form_are_refused(code: str) -> None:
    with pytest.raises(InputError, match="not an HS code"):
        contradiction("laptop computer", code)


def test_in_bulk_unusable_pairs_give_none() -> None:
    assert contradictions([(None, "8542"), ("laptop computer", None), ("laptop computer", "85")]) == [None, None, None]


def test_a_heading_of_another_edition_is_not_judged_by_words() -> None:
    assert contradiction("laptop computer 15 inch", "8469") is None


def test_the_tables_hold_what_was_found() -> None:
    classifier = Classifier.default()
    goods = [("CQ-A rifle 5.56x45", "930330", 3), ("parts", None, 1), (None, "8542", 2)]
    made = next(controls(goods))
    GOODS_CONTROLS.validate(made)
    assert set(made.column("rows").to_pylist()) == {3}
    made = next(contradicted(goods, classifier))
    GOODS_CONTRADICTIONS.validate(made)
    assert made.column("rule").to_pylist() == ["military_rifle_as_sporting"]
    made = next(classes(["parts", "laptop computer"], classifier))
    GOODS_CLASSES.validate(made)
    assert made.column("rank").to_pylist() == [0, 1, 2, 3, 4, 5]
    assert list(classes([], classifier)) == []
