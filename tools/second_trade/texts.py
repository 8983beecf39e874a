"""Plants patterns that only the goods text shows: weapons' designators and parts, words against codes, parcels."""

from __future__ import annotations

import datetime as dt

from .basics import D
from .names import Firm
from .world import END, World

# (file, dispatch, destination, code, text); the file decides the language
WEAPON_WORDS = (
    ("ru", "CN", "621143", "ЖИЛЕТЫ ЗАЩИТНЫЕ ТИП 6 Б-45, РАЗМЕР 2, ЧЕХОЛ ЦИФРОВАЯ ФЛОРА"),
    ("ru", "TR", "420292", "РЮКЗАКИ ПАТРУЛЬНЫЕ 6Ш117 ТЕКСТИЛЬНЫЕ С ПОДСУМКАМИ"),
    ("hub", "AE", "880730", "Servo and body parts for Shahed-136 airframe, composite"),
    ("tr", "TR", "650610", "RATNIK 6B47 TİPİ KORUYUCU BAŞLIK KILIFI"),
    ("ru", "HK", "854231", "МИКРОСХЕМЫ ЭЛЕКТРОННЫЕ TMS320 F28335-PGFA, НЕ БЫВШИЕ В УПОТРЕБЛЕНИИ, 240 ШТ"),
    ("hub", "HK", "854239", "IC AD9361BBCZ RF TRANSCEIVER TRAY 160PCS"),
    ("bol", "MY", "854231", "1 CTN ELECTRONIC COMPONENTS XC3S2000-4FGG456C FPGA"),
    ("hub", "MY", "854232", "Flash M29W040B-70N6 NOS tubes"),
    ("bol", "CN", "930320", "2 CASES CQ-A 5.56MM SEMI AUTOMATIC LONG GUNS CIVILIAN"),
    ("tr", "TR", "854239", "ENTEGRE DEVRE MAX3217EAT+ SSOP 1200 AD."),
    ("ru", "AE", "852691", "МОДУЛИ НАВИГАЦИОННЫЕ U-BLOX NEO M8N ДЛЯ БПЛА"),
    ("hub", "IN", "854239", "LINEAR IC AD8016ARPZ REEL"),
)
WEAPON_LOOKS = (
    ("ru", "CN", "731815", "БОЛТЫ М16Х80 DIN 933 ОЦИНКОВАННЫЕ", "a thread of 16 millimetres"),
    ("hub", "AE", "080410", "SHAHAD KHALAS DATES PREMIUM 5KG BOX", "a brand of dates"),
    ("tr", "TR", "220290", "AK-47 ENERJİ İÇECEĞİ 250 ML KUTU", "an energy drink"),
    (
        "ru",
        "CN",
        "843139",
        "РОЛИК ЛИФТОВЫЙ КАТ. № 6B-45-118, ДЛЯ ЛИФТА ПАССАЖИРСКОГО",
        "a lift maker's catalogue number",
    ),
    ("bol", "CN", "854442", "CABLE ASSY CQ-AV 3.5MM STEREO 1.5M", "an audio cable"),
    ("hub", "IN", "300490", "TMS 320 MG TABLETS TRIMETHOPRIM SULFA", "a tablet's strength"),
    ("tr", "TR", "610910", "RATNIK BASKILI PAMUKLU TİŞÖRT, ART. 117", "printed T-shirts of a fashion brand"),
    ("ru", "CN", "950300", "КОНСТРУКТОР ДЕТСКИЙ «ТАНК Т-34», 505 ДЕТАЛЕЙ, ПЛАСТИК, ОТ 6 ЛЕТ", "a children's kit"),
)
CONTRADICTIONS = (
    ("ru", "TR", "950710", "ВИНТОВКИ ПОЛУАВТОМАТИЧЕСКИЕ КАЛ. 5.56Х45 С ОПТИЧЕСКИМ ПРИЦЕЛОМ, 20 ШТ", 140),
    ("bol", "CN", "930320", "ASSAULT RIFLE TYPE 5.56X45 WITH 30 RD MAGAZINE, 120 PCS", 420),
    ("ru", "TR", "630790", "БРОНЕПЛИТЫ КЕРАМИЧЕСКИЕ КЛАСС ЗАЩИТЫ БР5, 250Х300 ММ", 900),
    ("tr", "TR", "630790", "SERAMİK ZIRH PLAKASI NIJ LEVEL IV 25X30 CM", 700),
    ("cn", "CN", "630790", "防弹插板 NIJ IV级 碳化硼|250x300mm", 640),
    ("ru", "CN", "950300", "КАМЕРА С ПОДВЕСОМ ТЕПЛОВИЗИОННАЯ ДЛЯ БПЛА КВАДРОКОПТЕРА, 640Х512", 25),
    ("cn", "CN", "950300", "无人机云台摄像头 30倍变焦|Z30", 40),
    ("hub", "AE", "900510", "THERMAL WEAPON SIGHT 640 50MM PICATINNY MOUNT", 18),
    ("tr", "TR", "621143", "BALİSTİK YELEK SEVİYE III-A KEVLAR 200 AD", 600),
    ("ru", "CN", "852990", "ПРИЦЕЛЫ НОЧНОГО ВИДЕНИЯ ПОКОЛЕНИЕ 2+, КРЕПЛЕНИЕ ПИКАТИННИ", 30),
    ("bol", "CN", "950300", "BRUSHLESS DRONE MOTORS 2807 1300KV FPV 5000 PCS AND ESC 60A", 320),
    ("hub", "HK", "611020", "ballistic helmets level IIIA aramid fast high cut", 380),
)
CONSISTENT = (
    ("tr", "TR", "930320", "AV TÜFEĞİ YARI OTOMATİK 12 KALİBRE, CEVİZ KUNDAK", "a shotgun under the code of shotguns"),
    ("ru", "CN", "621143", "ЖИЛЕТЫ СИГНАЛЬНЫЕ СВЕТООТРАЖАЮЩИЕ ДЛЯ ДОРОЖНЫХ РАБОЧИХ", "high-visibility vests"),
    (
        "ru",
        "TR",
        "690721",
        "ПЛИТЫ КЕРАМИЧЕСКИЕ ДЛЯ ПОЛА 600Х600 ММ, КЛАСС ИЗНОСОСТОЙКОСТИ PEI 4",
        "floor tiles with a class of wear",
    ),
    ("bol", "CN", "950300", "TOY QUADCOPTER WITH CAMERA AGE 8+ 120 G PLASTIC", "a toy by weight and age"),
    ("cn", "CN", "950300", "儿童玩具枪 水弹 塑料|8岁以上", "water guns for children"),
    ("hub", "AE", "630790", "car seat covers armour brand polyester", "a brand of seat covers"),
    ("bol", "CN", "950710", "FISHING ROD 'RIFLE' SERIES 2.4M CARBON", "a rod's series name"),
    ("tr", "TR", "640399", "TAKTİK BOT TİPİ ERKEK DERİ AYAKKABI", "boots under the code of boots"),
)
PARCELS = (
    "ЖИЛЕТ ТАКТИЧЕСКИЙ 6Б45, Б/У, 1 ШТ",
    "Tactical plate carrier with pouches, used",
    "ШЛЕМ ЗАЩИТНЫЙ 6Б47 С ЧЕХЛОМ",
    "patrol backpack 6Sh117 digital camo",
    "РАЗГРУЗОЧНЫЙ ЖИЛЕТ, ПОДСУМКИ, НАКОЛЕННИКИ ТАКТИЧЕСКИЕ",
    "body armour cover and helmet cover Ratnik type",
)
INNOCENT_PARCELS = (
    "airsoft toy mask and BB pellets",
    "hiking backpack 45L, tourist tent pegs",
    "рабочий жилет сигнальный, каска строительная",
    "Soviet badges and medals, collection",
    "knitted hat and scarf, gift",
    "книги, альбом марок",
)


def _party(w: World, code: str, dispatch: str) -> tuple[Firm, Firm]:
    shippers = w.suppliers["sport"] + w.suppliers["electronics"] + w.suppliers["textile"]
    pool = [f for f in shippers if f.country == dispatch] or [w.firm(dispatch)]
    trade = "electronics" if code[:2] in ("85", "88") else "general"
    return (w.pick(pool) if w.rng.random() < 0.4 else w.firm(dispatch, trade)), w.firm("RU", trade)


def designators(w: World) -> None:
    """Military designators and part numbers found in weapons."""
    for file, dispatch, code, text in WEAPON_WORDS:
        s, f = _party(w, code, dispatch)
        base = w.goods.get(code) or w.goods["630790"]
        at = w.date(D(2022, 3, 1), D(2024, 6, 1))
        rows = [
            w.ship(at + dt.timedelta(days=w.n(0, 200)), s, f, base, hs=code, origin=dispatch, text=text, only=file)
            for _ in range(w.n(1, 6))
        ]
        w.plant("designator_in_text", True, [f, s], rows, "the text names military gear or a part found in weapons")
    for file, dispatch, code, text, note in WEAPON_LOOKS:
        s, f = _party(w, code, dispatch)
        base = w.goods.get(code) or w.goods["180690"]
        w.plant(
            "designator_in_text",
            False,
            [f, s],
            [
                w.ship(w.date(D(2019, 3, 1), END), s, f, base, hs=code, origin=dispatch, text=text, only=file)
                for _ in range(w.n(2, 6))
            ],
            note,
        )


def contradictions(w: World) -> None:
    """Declared codes that the words contradict."""
    for file, dispatch, code, text, kg in CONTRADICTIONS:
        s, f = _party(w, code, dispatch)
        base = w.goods.get(code) or w.goods["930320"]
        at = w.date(D(2021, 6, 1), D(2024, 3, 1))
        rows = [
            w.ship(
                at + dt.timedelta(days=w.n(0, 240)),
                s,
                f,
                base,
                hs=code,
                origin=dispatch,
                text=text,
                kg=kg * w.between(0.5, 1.5),
                price=w.between(2, 6),
                only=file,
            )
            for _ in range(w.n(1, 5))
        ]
        w.plant("code_contradicts_text", True, [f, s], rows, "the words name other goods than the code")
    for file, dispatch, code, text, note in CONSISTENT:
        s, f = _party(w, code, dispatch)
        base = w.goods.get(code) or w.goods["611020"]
        w.plant(
            "code_contradicts_text",
            False,
            [f, s],
            [
                w.ship(w.date(D(2019, 3, 1), END), s, f, base, hs=code, origin=dispatch, text=text, only=file)
                for _ in range(w.n(2, 6))
            ],
            note,
        )


def parcels(w: World) -> None:
    """Small parcels with tactical gear sent out of the country by post."""
    people = [
        "Сомов",
        "Гусева",
        "Ким",
        "Ташматов",
        "Белкин",
        "Орехова",
        "Лапшин",
        "Юн",
        "Фомичев",
        "Дорофеев",
        "Ермолин",
        "Цой",
        "Пак",
        "Шубин",
        "Вяземская",
        "Крылатов",
        "Мухин",
        "Абдиев",
    ]
    w.rng.shuffle(people)
    for i in range(16):
        positive = i < 9
        sender = w.names.firm("RU" if i % 4 else "BY", "general", (people[i], ""))
        sender.spell = {
            "ru": [f"{people[i].upper()} {'АВЕДК'[i % 5]}."],
            "en": [
                f"{w.pick(['Andrey', 'Liu', 'Marina', 'Timur'])} {sender.spell['en'][0].split(maxsplit=1)[1]}".upper().replace(
                    '"', ""
                )
            ],
        }
        receiver = w.firm("CN" if i % 3 else "HK", "general")
        at, texts = w.date(D(2021, 3, 1), D(2024, 6, 1)), PARCELS if positive else INNOCENT_PARCELS
        rows = [
            w.ship(
                at + dt.timedelta(days=w.n(0, 120)),
                sender,
                receiver,
                w.goods["630790"],
                kg=round(w.between(0.8, 9), 1),
                price=w.between(2, 6),
                only="bol",
                mode="post",
                hs=w.pick(["630790", "420292", "650610"]) if positive else "630790",
                text="EMS PARCEL: " + w.pick(texts),
            )
            for _ in range(w.n(2, 8))
        ]
        w.plant(
            "tactical_parcels",
            positive,
            [sender],
            rows,
            "private parcels of military gear out of the country"
            if positive
            else "private parcels of toys, workwear, collections",
        )
