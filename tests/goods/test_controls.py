"""Designators, markings and text rules, each with look-alikes that must stay silent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.goods.controls import HsControl, find_controls, find_controls_in


def ids(text: str, hs_code: str | None = None) -> set[str]:
    return {hit.control_id for hit in find_controls(text, hs_code)}


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Бронежилет 6Б45", "designator:6B45"),
        ("vest 6B45", "designator:6B45"),
        ("vest 6В45", "designator:6B45"),  # Cyrillic В typed for the Latin B
        ("6 б-45 жилет", "designator:6B45"),
        ("Разгрузочный жилет 6Ш117", "designator:6Sh117"),
        ("6SH117 load bearing system", "designator:6Sh117"),
        ("комплект Ратник", "designator:Ratnik"),
        ("rifle M16A2 cal 5.56", "designator:M16"),
        ("M16 rifle bolt carrier group", "designator:M16"),
        ("винтовка CQ-A", "designator:CQ-A"),
        ("CQ A rifle", "designator:CQ-A"),
        ("АК-74М автомат", "designator:AK-74"),
        ("Shahed 136 engine", "designator:Shahed"),
        ("Герань-2", "designator:Geran"),
        ("бронепластина класс Бр5", "designator:Class Br5"),
        ("ballistic plate NIJ Level IV", "designator:NIJ IV"),
        ("DJI Mavic 3T", "designator:DJI Mavic"),
        ("прибор ночного видения", "rule:night_vision"),
        ("termal nişangah", "rule:thermal_imaging"),
        ("chaleco antibalas", "rule:body_armour"),
        ("防弹衣", "rule:body_armour"),
        ("无人机电机", "rule:drone_parts"),
        ("brushless motors for FPV quadcopter", "rule:drone_parts"),
        ("kurşun geçirmez yelek", "rule:body_armour"),
    ],
)
def test_controlled_goods_are_found(text: str, control: str) -> None:
    assert control in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "M16 x 60 hex bolts zinc plated",
        "Bolt M16",
        "M16 nuts DIN 934",
        "болт М16х60 оцинкованный",
        "cıvata M16",
        "AK-47 toy gun plastic",
        "article no 6B45-77 ceramic tile",
        "art. 6B45",
        "size 6 B 45",
        "vitamin B6 B12",
        "geranium seeds",
        "Герань семена",
        "baby monitor with night vision",
        "carabiner for climbing, steel",
        "нитроцеллюлозный лак",
        "heat gun 2000 W",
        "RS485 cable",
        "toy drone for kids",
        "12 MHz crystal",
        "",
        "\x00",
        "TMS 320 MG TABLETS TRIMETHOPRIM SULFAMETHOXAZOLE",
        "ролик лифтовый кат. № 6B-45-118",
    ],
)
def test_look_alikes_stay_silent(text: str) -> None:
    assert ids(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "T-shirt printed with the words BODY ARMOR",
        "Cotton hoodie, slogan ASSAULT RIFLE, size L",
        "футболка хлопковая с надписью Ратник",
        "Baskılı tişört, piyade tüfeği yazılı",
        "BodyArmor sport drink, Body Armor lemonade 500 ml",
        "Motorcycle body armor jacket with back protector",
        "Poster sniper rifle 50x70 cm",
        "Air rifle pellets M16 magazine style",
        "Airsoft M4A1 6 mm BB electric",
        "Spring powered AK-74 look-alike for leisure",
        "Пневматическая винтовка, копия М16",
        "Havalı tüfek M16 taklit",
        "气步枪 仿真 M16",
        "Board game «Ратник», игра настольная",
        "hunting boots M16 camouflage lining",
        "Toy drone with camera and wifi for children",
        "quadcopter for kids 2.4 GHz ages 8+",
    ],
)
def test_airsoft_prints_toys_and_sportswear_are_no_weapons_or_armour(text: str) -> None:
    military = {"small arms", "body armour", "soldier system", "ML1, 9301", "ML13, 6211.43, 6307, 9020", "ML13"}
    found = find_controls(text)
    assert not [hit for hit in found if hit.tier in military or hit.kind == "designator"]
    assert "rule:drone_camera" not in {hit.control_id for hit in found}


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Rifle with select fire and bayonet mount", "rule:selective_fire"),
        ("карабин, автоматический огонь, пламегаситель", "rule:selective_fire"),
        ("otomatik tüfek", "rule:military_firearm"),
        ("Ceket, kurşun geçirmez panel", "rule:ballistic_textile"),
        ("bullet resistant inserts for garments", "rule:ballistic_textile"),
        ("stabilised gimbal with thermal channel for UAV", "rule:drone_camera"),
        ("камера с подвесом для беспилотника", "rule:drone_camera"),
        ("vest NIJ Level IIIA ballistic", "designator:NIJ IIIA"),
    ],
)
def test_features_of_military_goods_are_found_without_their_names(text: str, control: str) -> None:
    assert control in ids(text)


def test_an_abbreviation_before_a_model_number_is_no_word() -> None:
    assert ids("Rotary drill FPV-7731, battery") == set()
    assert "rule:fpv" in ids("FPV goggles")


def test_propellers_are_not_rifles() -> None:
    assert "rule:drone_parts" not in ids("дрон игровой, винтовка")
    assert "rule:drone_parts" in ids("винты для дрона")


@pytest.mark.parametrize(
    "text",
    [
        "Texas Instruments TMS320F28335",
        "TMS-320 F28335PGFA",
        "tms320f28335-q1",
        "микросхема ТМS320F28335PGFA",  # Cyrillic Т and М
        "TMS320F28335ZJZA processor",
    ],
)
def test_a_part_number_is_found_with_and_without_suffix_and_dashes(text: str) -> None:
    hits = [hit for hit in find_controls(text) if hit.kind == "marking"]
    assert [hit.control_id for hit in hits] == ["marking:TMS320F28335PGFA"]
    assert hits[0].source is not None
    assert hits[0].source.startswith("https://war-sanctions.gur.gov.ua/")


def test_a_module_is_found_without_its_version() -> None:
    [hit] = [hit for hit in find_controls("GNSS module NEO-M8N", "852691") if hit.kind == "marking"]
    assert hit.title.startswith("U-blox NEO-M8N-0-")
    assert not [hit for hit in find_controls("neo m8n shampoo", "330510") if hit.kind == "marking"]


def test_spans_are_positions_in_the_original_text() -> None:
    text = "Комплект: 6Ш117, разгрузка"
    hit = next(hit for hit in find_controls(text) if hit.kind == "designator")
    assert hit.span is not None
    assert text[slice(*hit.span)] == "6Ш117"
    assert hit.why[0] == "6Ш117"


def test_codes_on_a_list_count_by_their_longest_prefix() -> None:
    listed = {"854231": [HsControl("CHPL:854231", "Processors and controllers", "1", "BIS 2024-02-23")]}
    hits = find_controls("", "8542319000", listed)
    assert [(h.control_id, h.kind, h.tier, h.why, h.span) for h in hits] == [
        ("CHPL:854231", "hs_code", "1", ("854231",), None)
    ]
    assert find_controls("", "854232", listed) == []
    assert find_controls(None, None, listed) == []


def test_bulk_gives_the_same_as_one_by_one() -> None:
    goods = [("vest 6B45", None), ("bolts M16", "731815"), ("vest 6B45", None), (None, None)]
    assert find_controls_in(goods) == [find_controls(text, code) for text, code in goods]


def test_a_hundred_kilobytes_take_no_harm() -> None:
    assert "designator:6B45" in ids("cotton fabric " * 7_000 + " vest 6B45")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_spans_lie_within_any_text(text: str) -> None:
    for hit in find_controls(text + " vest 6Б45", least=0.0):
        assert hit.span is not None
        assert 0 <= hit.span[0] < hit.span[1] <= len(text) + len(" vest 6Б45")


@given(st.sampled_from(["6Б45", "6Ш117", "Shahed-136", "TMS320F28335"]), st.sampled_from(["", "\n", " ,", "( "]))
def test_case_and_surroundings_do_not_matter(designator: str, before: str) -> None:
    assert ids(f"{before}{designator.lower()} vest") == ids(f"{designator.upper()} vest")
