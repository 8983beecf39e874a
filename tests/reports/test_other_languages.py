"""Figures, periods and names in Russian, German and Chinese, which are read by tables of words. All sentences are written for these tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.reports import read_report
from entrepot.reports.language.russian import has_tagger, russian_names
from entrepot.reports.language.word_figures import find_quantities
from entrepot.reports.language.word_names import names_by_rules
from entrepot.reports.language.word_periods import find_periods

PUBLISHED = date(2024, 3, 1)


def figures(text: str, language: str) -> list[tuple[float | None, str, str, str | None]]:
    periods = tuple((p.start, p.end) for p in find_periods(text, language, PUBLISHED))
    return [(q.value, q.unit, q.kind, q.of) for q in find_quantities(text, language, periods)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Ввезено более 800 тонн бронежилетов на сумму около $10 млн.", [(800, "t", "mass", "бронежилетов"), (1e7, "USD", "money", None)]),
        ("ru", "Экспорт вырос на 17,8%, а импорт сократился на 5 процентов.", [(17.8, "percent", "change", None), (5, "percent", "change", None)]),
        ("ru", "80% критически важных деталей в беспилотниках поступают из Китая.", [(80, "percent", "share", "критически важных деталей в беспилотниках")]),
        ("ru", "Получено не менее 1 200 винтовок и двенадцать партий тепловизоров.", [(1200, "винтовок", "count", None), (12, "партий тепловизоров", "count", None)]),
        ("ru", "Торговля выросла почти вдвое.", [(2, "times", "ratio", None)]),
        ("de", "Mehr als 800 Tonnen Schutzwesten im Wert von rund 10 Millionen Dollar.", [(800, "t", "mass", "Schutzwesten"), (1e7, "USD", "money", None)]),
        ("de", "Die Exporte stiegen um 17,8 Prozent.", [(17.8, "percent", "change", None)]),
        ("de", "80 Prozent der kritischen Bauteile in Drohnen stammen aus China.", [(80, "percent", "share", "der kritischen Bauteile in Drohnen")]),
        ("de", "Es kamen 12 Lieferungen, insgesamt 1.200 Gewehre.", [(12, "Lieferungen", "count", None), (1200, "Gewehre", "count", None)]),
        ("zh", "出口了超过800吨防弹衣，价值约1000万美元。", [(800, "t", "mass", "防弹衣"), (1e7, "USD", "money", None)]),
        ("zh", "出口增长了17.8%。", [(17.8, "percent", "change", None)]),
        ("zh", "无人机中80%的关键电子元件来自中国。", [(80, "percent", "share", "关键电子元件")]),
        ("zh", "十二批无人机零件经土耳其运往俄罗斯，占总额的八成。", [(12, "批无人机零件", "count", None), (80, "percent", "share", "总额")]),
    ],
)  # fmt: skip
def test_a_figure_keeps_its_unit_and_scope(
    language: str, text: str, expected: list[tuple[float | None, str, str, str | None]]
) -> None:
    assert figures(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("ru", "не более 100 тонн", None, 100),
        ("ru", "не менее 100 тонн", 100, None),
        ("ru", "более 100 тонн", 100, None),
        ("de", "nicht mehr als 100 Tonnen", None, 100),
        ("de", "nicht weniger als 100 Tonnen", 100, None),
        ("de", "fast 100 Tonnen", 90, 100),
        ("zh", "不超过100吨", None, 100),
        ("zh", "超过100吨", 100, None),
        ("zh", "多达100吨", None, 100),
    ],
)
def test_of_words_that_bound_a_figure_the_longest_count(
    language: str, text: str, low: float | None, high: float | None
) -> None:
    assert [(q.low, q.high) for q in find_quantities(text, language)] == [(low, high)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Самолёты Су-34 и Ка-52 стоят на 2-й площадке с 14:30."),
        ("ru", "Спустя 3 года и 10 дней всё повторилось."),
        ("de", "Nach 3 Jahren und 10 Tagen, um 14:30 Uhr."),
        ("zh", "第3年第10天，14时30分。"),
    ],
)
def test_model_numbers_times_and_durations_are_no_quantities(language: str, text: str) -> None:
    assert figures(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "precision"),
    [
        ("ru", "в июне 2022 года", date(2022, 6, 1), date(2022, 6, 30), "month"),
        ("ru", "с января по март 2023 года", date(2023, 1, 1), date(2023, 3, 31), "month"),
        ("ru", "12 мая 2023 года", date(2023, 5, 12), date(2023, 5, 12), "day"),
        ("ru", "в декабре прошлого года", date(2023, 12, 1), date(2023, 12, 31), "month"),
        ("ru", "в 2021–2022 годах", date(2021, 1, 1), date(2022, 12, 31), "years"),
        ("de", "zwischen Juni und Dezember 2022", date(2022, 6, 1), date(2022, 12, 31), "month"),
        ("de", "im ersten Quartal 2023", date(2023, 1, 1), date(2023, 3, 31), "quarter"),
        ("de", "im Dezember vergangenen Jahres", date(2023, 12, 1), date(2023, 12, 31), "month"),
        ("zh", "2022年6月至12月", date(2022, 6, 1), date(2022, 12, 31), "month"),
        ("zh", "2023年第一季度", date(2023, 1, 1), date(2023, 3, 31), "quarter"),
        ("zh", "去年12月", date(2023, 12, 1), date(2023, 12, 31), "month"),
    ],
)
def test_periods_have_bounds(language: str, text: str, first: date, last: date, precision: str) -> None:
    found = find_periods(text, language, PUBLISHED)
    assert [(p.first, p.last, p.precision) for p in found] == [(first, last, precision)]


@pytest.mark.parametrize(
    ("language", "text"), [("ru", "в прошлом году"), ("de", "im vergangenen Jahr"), ("zh", "去年")]
)
def test_a_relative_time_stays_open_without_the_documents_day(language: str, text: str) -> None:
    assert [(p.first, p.last, p.precision) for p in find_periods(text, language)] == [(None, None, "open")]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("ru", "Из Китая в Россию через Турцию, Казахстан и Объединенные Арабские Эмираты.", ["Китая", "Россию", "Турцию", "Казахстан", "Объединенные Арабские Эмираты"]),
        ("de", "Aus China über die Türkei nach Russland; Chinas Arm in Kasachstan.", ["China", "Türkei", "Russland", "Chinas", "Kasachstan"]),
        ("zh", "从中国经土耳其运往俄罗斯", ["中国", "土耳其", "俄罗斯"]),
    ],
)  # fmt: skip
def test_countries_are_found_in_any_case(language: str, text: str, places: list[str]) -> None:
    assert [m.name for m in names_by_rules(text, language) if m.kind == "place"] == places


def test_a_company_ends_with_its_form() -> None:
    assert [m.name for m in names_by_rules("据深圳市星海电子有限公司表示", "zh") if m.kind == "organisation"] == [
        "深圳市星海电子有限公司"
    ]
    assert [m.name for m in names_by_rules("купило ООО «Вектор Снаб» вчера", "ru") if m.kind == "organisation"] == [
        "ООО «Вектор Снаб»"
    ]


def test_a_russian_report_gives_claims_with_offsets(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Заголовок о поставках\n\nПо данным таможенной службы, в июне 2022 года Россия ввезла более 800 тонн бронежилетов "
        "из Китая на сумму около $10 млн. Владимир Зельков заявил, что поставки выросли на 17,8% в прошлом году.\n",
        encoding="utf-8",
    )
    report = read_report(path, published=PUBLISHED)
    claims = [claim for claim in report.claims if claim.quantities]
    assert len(claims) == 2
    for claim in report.claims:
        assert claim.quote == report.document.text[claim.start : claim.end]
        for quantity in claim.quantities:
            assert claim.start <= quantity.start < quantity.end <= claim.end
    assert claims[0].places == ("Россия", "Китая")
    assert claims[0].goods == ("бронежилетов",)
    assert claims[0].period is not None
    assert claims[0].period.first == date(2022, 6, 1)
    assert claims[1].attribution[0].name == "Владимир Зельков"
    assert any("without a parser" in note for note in report.notes)


@pytest.mark.skipif(not has_tagger(), reason="natasha is not installed: pip install 'entrepot[russian]'")
def test_the_tagger_finds_persons_and_organisations() -> None:
    found = russian_names("Газета «Коммерсантъ» пишет, что Владимир Зельков посетил Шэньчжэнь.")
    assert found is not None
    assert {("organisation", "Коммерсантъ"), ("person", "Владимир Зельков"), ("place", "Шэньчжэнь")} <= {
        (m.kind, m.name) for m in found
    }


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="0123456789 ,.%$€-–:年月万亿тыс.млнпочтиMai2022bisеёя«»(", max_size=80),
    st.sampled_from(["ru", "de", "zh"]),
)
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    for quantity in find_quantities(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
    for period in find_periods(text, language, PUBLISHED):
        assert text[period.start : period.end] == period.text
