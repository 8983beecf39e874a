"""Names in two scripts that share a part and are not one firm's, beside spellings of one name; made of generic words, no firm is meant."""

from __future__ import annotations

import pytest

from entrepot.parties.compare import compare

APART = [
    # a word that says what firms do differs, and the name is written in Latin letters, not translated
    ("ООО «Волга-Логик Электроника»", "LLC Volga Kholding Elektronika"),
    ("ООО «Заря Стандарт Компьютер»", "OOO Zarya-Kholding Kompyuter"),
    ("АО «Дельта-Альянс Компьютер»", "Delta-Proekt Kompyuter AO"),
    ("ООО «Озон-Ресурс»", "LLC Ozon-Import"),
    # a long word of which a part agrees
    ("ООО «Уралресурс»", "Buran Resurs LLC"),
    ("ООО «Янтарьальянс Станко»", "OOO Yantarpartner Stanko"),
    ("ООО «Кедрхолдинг Станко»", "OOO Yantarkholding"),
    ("ООО «Энергопромсервис»", "Energopromstroy LLC"),
    # a place, or a word that says what firms do, read as a part of a trade name
    ("深圳市达鑫贸易有限公司", "Guangzhou Shengchuangxun Trading Co., Ltd."),
    # a reading that is not sure, and each side states another town
    ("东莞万隆睿贸易有限公司", "Xiamen Mairui Trading Co., Ltd."),
    ("شركة بادر-مارات", "Al Badr-Sharq Trading LLC"),
]
ALIKE = [
    ("ООО «Волга-Логик Электроника»", "LLC Volga-Logik Elektronika"),
    ("ООО «Волга-Логик Электроника»", "Volga-Logic Electronics LLC"),
    ("ООО «Уралресурс»", "Uralresurs LLC"),
    ("ООО «Энергопромсервис»", "Energopromservice LLC"),
    ("ООО «Рубин Солюшенс»", "Rubin Solutions LLC"),
    ("АО «Завод Прибой»", "Priboy Plant JSC"),
    ("深圳市达鑫贸易有限公司", "Shenzhen Daxin Trading Co., Ltd."),
    ("شركة بادر للتجارة", "Badr Trading Company"),
]


@pytest.mark.parametrize(("native", "latin"), APART)
def test_names_that_share_a_part_do_not_match(native: str, latin: str) -> None:
    found = compare(native, latin, "Company")
    assert not found.match, found.explanation


@pytest.mark.parametrize(("native", "latin"), ALIKE)
def test_spellings_of_one_name_match(native: str, latin: str) -> None:
    found = compare(native, latin, "Company")
    assert found.match, found.explanation
