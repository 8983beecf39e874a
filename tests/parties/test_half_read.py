"""Names read in part, in several languages, or by both parts of a word, beside names that share only one of these; made of generic words,
public bodies and places, no firm is meant."""

from __future__ import annotations

import pytest

from entrepot.parties.compare import compare

ALIKE = [
    # a trade name of three syllables that is read in full outweighs that each side says another business
    ("深圳市明瑞达科技有限公司", "Mingruida Electronics Ltd"),
    # Latin letters before a Han name, and a name of which a translation is another form
    ("K7菲利普斯导航公司", "K7Phillips Navigation, Inc"),
    ("QRX回声通信株式会社", "QRX Echoes Communications Co., Ltd"),
    # the beginnings of both words, a word without its beginning, a reading that ends in what the firm does
    ("东港海事技术有限公司", "Donggang Maritech Co., Ltd"),
    ("海洋环境公司", "Ocean Vironment"),
    ("维雅卫星公司", "Viasat"),
    ("天空直升机公司", "Skycopter"),
    ("海岸间贸易公司", "Inter-Coastal Trading"),
    ("红色六公司", "Red 6"),
    # Sino-Korean readings, as the North and the South spell them
    ("金策機械工場", "Kim Chaek Machinery Works"),
    ("龍城機械工場", "Ryongsong Machinery Works"),
    ("龍城機械工場", "Yongseong Machinery Works"),
    # the spelling that firms give another character of the same syllable
    ("华远精工有限公司", "Hwayuan Precision Co., Ltd."),
    # Russian compounds by both parts, and what else is written out
    ("ЗАО «Промэлектроника»", "Industrial Electronics CJSC"),
    ("ЗАО «Промэлектроника»", "Promelektronika"),
    ("ООО «ПЛАЗ»", "PLAZ LLC"),
    ("Институт науки и технологий «Сокол»", "Sokol Institute of Science and Technology"),
    ("Дубровинский завод", "Dubrovino Plant"),
    # Arabic: behind the article, broken by a space, with English words as Urdu writes them, with links that Arabic letters do not write
    ("شركة النعمة للصرافة", "Al-Nimah Exchange Company"),
    ("تنظيم القا عدة", "Al-Qaida Organization"),
    ("سلسلة الذهب للصرافة", "Selselat Al-Dhahab Exchange"),
    ("خان انڈسٹریز لمیٹڈ", "Khan Industries Limited"),
    ("د رحمان او ستار صرافي", "Rahman and Sattar Money Exchange"),
    ("جیش محمد", "Jaish-e-Mohammed"),
    ("الفرقة الرابعة", "Fourth Division"),
    ("メスバ・エネルギー社", "Mesbah Energy Company"),
    ("제2자연과학원", "Second Academy of Natural Sciences"),
]
APART = [
    # two syllables are many firms' name: another business beside them stays open
    ("深圳市恒达科技有限公司", "Hengda Electronics Ltd"),
    ("K7菲利普斯导航公司", "K7Sanders Navigation, Inc"),
    ("K7菲利普斯导航公司", "M3Phillips Navigation, Inc"),
    ("东港海事技术有限公司", "Donggang Martrans Co., Ltd"),
    ("维雅卫星公司", "Viatrans"),
    ("维雅卫星公司", "Dorasat"),
    ("天空直升机公司", "Starcopter"),
    ("红色六公司", "Red 7"),
    ("金策機械工場", "Hwanghae Machinery Works"),
    ("龍城機械工場", "Huichon Machinery Works"),
    ("华远精工有限公司", "Hwatai Precision Co., Ltd."),
    ("ЗАО «Промэлектроника»", "PT Electronics Ltd"),
    ("АО «Авиаавтоматика»", "Joint Stock Company Concern Avtomatika"),
    ("АО «Авиаавтоматика»", "Radioavtomatika"),
    ("ООО «ПЛАЗ»", "OOO Planar"),
    ("АО «НИИ «Штиль»", "JSC NII Steel"),
    ("Дубровинский завод", "Dubna Plant"),
    ("شركة النعمة للصرافة", "Al-Rahmah Exchange Company"),
    ("سلسلة الذهب للصرافة", "Selselat Al-Fidda Exchange"),
    ("جیش محمد", "Jaish-e-Ansar"),
    ("الفرقة الرابعة", "Fifth Division"),
    ("カーン研究所", "Yichang Research Institute"),
    ("제2자연과학원", "Third Academy of Natural Sciences"),
]


@pytest.mark.parametrize(("native", "latin"), ALIKE)
def test_names_read_in_part_match(native: str, latin: str) -> None:
    found = compare(native, latin, "Company")
    assert found.match, found.explanation


@pytest.mark.parametrize(("native", "latin"), APART)
def test_names_that_share_less_do_not_match(native: str, latin: str) -> None:
    found = compare(native, latin, "Company")
    assert not found.match, found.explanation
