"""Rows for a synthetic layout: seeded, fictional companies, the kinds of value that customs files hold."""

from __future__ import annotations

import random
import re
import string
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Expected:
    """One column of a synthetic layout: its header, the kind of value, and what it should be mapped to."""

    header: str
    kind: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Case:
    """A layout with its right answer."""

    name: str
    lang: str
    home: str
    direction: str
    columns: tuple[Expected, ...]
    pre: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    header2: tuple[str, ...] = ()
    kind: str = "shipments"
    offset: int = 0

    @property
    def header_row(self) -> int:
        return len(self.pre) + (2 if self.header2 else 1)

    def rows(self, count: int = 120, seed: int = 7) -> list[tuple[int, list[str | None]]]:
        """Numbered rows of the sheet, header included."""
        rng = random.Random(f"{seed}:{self.name}")
        width = len(self.columns)
        grid: list[list[str | None]] = [_spread(text, width) for text in self.pre]
        if self.header2:
            grid.append([cell or None for cell in self.header2])
        grid.append([column.header for column in self.columns])
        world = World(rng, self)
        for number in range(1, count + 1):
            values = world.row(number)
            grid.append([world.value(column.kind, values) for column in self.columns])
        grid += [_spread(text, width) for text in self.post]
        return [(number, [None] * self.offset + row) for number, row in enumerate(grid, 1)]


def _spread(text: str, width: int) -> list[str | None]:
    """A title or a row of totals: cells divided by `|`."""
    cells: list[str | None] = [cell.strip() or None for cell in text.split("|")]
    return cells + [None] * (width - len(cells))


def cases(path: Path) -> list[Case]:
    """The layouts of a TOML file (see README.md)."""
    found = []
    for entry in tomllib.loads(path.read_text("utf-8"))["layout"]:
        columns = []
        for line in entry["columns"].strip().splitlines():
            header, kind, canonical = (part.strip() for part in line.rsplit(" | ", 2))
            columns.append(Expected(header, kind, canonical))
        found.append(
            Case(
                entry["name"],
                entry["lang"],
                entry["home"],
                entry["direction"],
                tuple(columns),
                tuple(entry.get("pre", ())),
                tuple(entry.get("post", ())),
                tuple(entry.get("header2", ())),
                entry.get("kind", "shipments"),
                entry.get("offset", 0),
            )
        )
    return found


NAMES = {
    "en": (
        "LAKESIDE TRADING LTD",
        "NORTH GATE SUPPLIES LIMITED",
        "BLUE HERON IMPEX",
        "MORNING STAR GENERAL MERCHANTS",
        "QUARTZ HOLDINGS COMPANY LTD",
        "ADEBAYO FICTION VENTURES",
        "RIVERBEND AGRO PRIVATE LIMITED",
        "ZENITHAL FOODS PLC",
        "MWANGAZA HARDWARE",
        "SILVER OAK ENTERPRISES",
    ),
    "ru": (
        "ООО СЕВЕРНЫЙ КЕДР",
        "ООО ВЫМЫСЕЛ ТРЕЙД",
        "ИП ПРИМЕРОВ И И",
        "ТОО СТЕПНОЙ ВЕТЕР",
        "АО ГОРИЗОНТ ПЛЮС",
        "ООО ТЕХНОЛИНИЯ-М",
        "ЗАО МАЯК СНАБ",
        "ООО ЛЕСНАЯ ТРОПА",
    ),
    "uk": ("ТОВ ВИГАДКА ТРЕЙД", "ПП ЗЕЛЕНИЙ ГАЙ", "ТОВ СТЕПОВИЙ ШЛЯХ", "ФОП ПРИКЛАДЕНКО І І"),
    "tr": (
        "ÖRNEK DIŞ TİCARET LTD. ŞTİ.",
        "YILDIZKAYA MAKİNA SAN. VE TİC. A.Ş.",
        "HAYALİ TEKSTİL SANAYİ A.Ş.",
        "KUMDERE GIDA PAZARLAMA LTD",
    ),
    "es": (
        "COMERCIAL EJEMPLO S.A.",
        "IMPORTADORA LOS ALAMOS SPA",
        "AGRICOLA SIERRA FICTICIA LTDA",
        "GRUPO NORTE IMAGINARIO SA DE CV",
        "DISTRIBUIDORA EL PUENTE S.R.L.",
        "INVERSIONES LAGUNA CLARA C.A.",
    ),
    "pt": (
        "COMERCIO EXEMPLO LTDA",
        "INDUSTRIA IMAGINARIA S.A.",
        "AGRO FICTICIA EXPORTADORA LTDA",
        "PORTO CLARO TRADING EIRELI",
    ),
    "fr": ("SOCIETE EXEMPLE SARL", "ATLAS FICTIF SA", "COMPTOIR DU NORD IMAGINAIRE", "ETABLISSEMENTS RIVIERE SARLAU"),
    "de": ("Beispiel Maschinenbau GmbH", "Fiktive Werkzeuge AG", "Nordhafen Handels GmbH & Co. KG", "Musterstahl GmbH"),
    "it": ("CERAMICHE ESEMPIO S.P.A.", "FINTA MECCANICA S.R.L.", "OLEIFICIO IMMAGINARIO SRL"),
    "pl": ("PRZYKŁAD SP. Z O.O.", "FIKCJA HANDEL S.A.", "ZMYŚLONE NARZĘDZIA SP. Z O.O."),
    "ro": ("EXEMPLU COM SRL", "FICTIV PROD SRL", "IMAGINAR TRANS SA"),
    "vi": ("CÔNG TY TNHH VÍ DỤ", "CÔNG TY CỔ PHẦN HƯ CẤU", "CÔNG TY TNHH THƯƠNG MẠI SAO MAI"),
    "zh": ("虚构贸易有限公司", "示例电子科技有限公司", "江南想象进出口有限公司", "北方样本机械股份有限公司"),
    "ko": ("주식회사 가상무역", "예시전자 주식회사", "(주)상상산업"),
    "ja": ("株式会社サンプル商事", "架空貿易株式会社", "例示電機株式会社"),
    "id": ("PT CONTOH NIAGA", "PT KHAYAL SEJAHTERA", "CV MAJU FIKSI"),
    "ar": ("شركة المثال للتجارة", "مؤسسة الخيال للاستيراد", "شركة النموذج المحدودة"),
}
FOREIGN = (
    "SHENZHEN SAMPLE ELECTRONICS CO LTD",
    "EXAMPLE MASCHINEN GMBH",
    "FICTION CERAMICHE S P A",
    "NOVA IMAGINARIA SL",
    "HANOVER PRETEND TOOLS AG",
    "OCEANIC MAKE-BELIEVE FZE",
    "PT UNREAL SEMESTA",
    "GREENFIELD INVENTED INC",
    "NINGBO NOWHERE IMPORT AND EXPORT CO LTD",
    "INVENTA TRADING FZ LLC",
    "SUNRISE PARABLE PTE LTD",
    "TALE & SONS BV",
)
BROKERS = ("SWIFT CLEARING LOGISTICS", "ABC CUSTOMS AGENCY LTD", "DESPACHOS DEL NORTE", "HARBOUR CLEARING AGENTS")
CARRIERS = ("FABLE SHIPPING LINE", "MYTHIC OCEAN CARRIERS", "LEGEND CONTAINER LINES", "STORYBOOK AIR CARGO")
FORWARDERS = ("UNWRITTEN FORWARDING GMBH", "PARABLE LOGISTICS LTD", "CARGO FICTION SAC")
MAKERS = ("EXAMPLE WORKS LTD", "NOWHERE FACTORY CO", "FINTA MECCANICA SRL", "SAMPLE INDUSTRIES")
BRANDS = ("NOVALUX", "ОТСУТСТВУЕТ", "KERAMO", "ZENTIX", "БЕЗ МАРКИ", "ORBITA")
COUNTRIES = {
    "CN": (
        "CHINA",
        "CHN",
        {
            "ru": "КИТАЙ",
            "uk": "КИТАЙ",
            "tr": "ÇİN",
            "es": "CHINA",
            "pt": "CHINA",
            "fr": "CHINE",
            "vi": "China",
            "zh": "中国",
            "ko": "중국",
            "ja": "中国",
            "id": "CHINA",
            "ar": "الصين",
            "de": "China",
            "it": "CINA",
            "pl": "CHINY",
        },
    ),
    "DE": (
        "GERMANY",
        "DEU",
        {
            "ru": "ГЕРМАНИЯ",
            "uk": "НІМЕЧЧИНА",
            "tr": "ALMANYA",
            "es": "ALEMANIA",
            "pt": "ALEMANHA",
            "fr": "ALLEMAGNE",
            "vi": "Đức",
            "zh": "德国",
            "ko": "독일",
            "ja": "ドイツ",
            "id": "JERMAN",
            "ar": "ألمانيا",
            "de": "Deutschland",
            "it": "GERMANIA",
            "pl": "NIEMCY",
        },
    ),
    "IT": (
        "ITALY",
        "ITA",
        {
            "ru": "ИТАЛИЯ",
            "uk": "ІТАЛІЯ",
            "tr": "İTALYA",
            "es": "ITALIA",
            "pt": "ITALIA",
            "fr": "ITALIE",
            "vi": "Ý",
            "zh": "意大利",
            "ko": "이탈리아",
            "ja": "イタリア",
            "id": "ITALIA",
            "ar": "إيطاليا",
            "de": "Italien",
            "it": "ITALIA",
            "pl": "WŁOCHY",
        },
    ),
    "IN": (
        "INDIA",
        "IND",
        {
            "ru": "ИНДИЯ",
            "uk": "ІНДІЯ",
            "tr": "HİNDİSTAN",
            "es": "INDIA",
            "pt": "INDIA",
            "fr": "INDE",
            "vi": "Ấn Độ",
            "zh": "印度",
            "ko": "인도",
            "ja": "インド",
            "id": "INDIA",
            "ar": "الهند",
            "de": "Indien",
            "it": "INDIA",
            "pl": "INDIE",
        },
    ),
    "US": (
        "UNITED STATES",
        "USA",
        {
            "ru": "США",
            "uk": "США",
            "tr": "ABD",
            "es": "ESTADOS UNIDOS",
            "pt": "ESTADOS UNIDOS",
            "fr": "ETATS-UNIS",
            "vi": "Mỹ",
            "zh": "美国",
            "ko": "미국",
            "ja": "アメリカ合衆国",
            "id": "AMERIKA SERIKAT",
            "ar": "الولايات المتحدة",
            "de": "Vereinigte Staaten",
            "it": "STATI UNITI",
            "pl": "STANY ZJEDNOCZONE",
        },
    ),
    "AE": (
        "UNITED ARAB EMIRATES",
        "ARE",
        {
            "ru": "ОБЪЕДИНЕННЫЕ АРАБСКИЕ ЭМИРАТЫ",
            "es": "EMIRATOS ARABES UNIDOS",
            "zh": "阿联酋",
            "fr": "EMIRATS ARABES UNIS",
        },
    ),
    "ES": (
        "SPAIN",
        "ESP",
        {
            "ru": "ИСПАНИЯ",
            "uk": "ІСПАНІЯ",
            "tr": "İSPANYA",
            "es": "ESPAÑA",
            "pt": "ESPANHA",
            "fr": "ESPAGNE",
            "zh": "西班牙",
            "ko": "스페인",
            "ja": "スペイン",
            "id": "SPANYOL",
            "de": "Spanien",
        },
    ),
    "FR": (
        "FRANCE",
        "FRA",
        {
            "ru": "ФРАНЦИЯ",
            "uk": "ФРАНЦІЯ",
            "tr": "FRANSA",
            "es": "FRANCIA",
            "pt": "FRANCA",
            "fr": "FRANCE",
            "zh": "法国",
            "ko": "프랑스",
            "ja": "フランス",
            "id": "PERANCIS",
            "ar": "فرنسا",
            "de": "Frankreich",
            "it": "FRANCIA",
            "pl": "FRANCJA",
        },
    ),
}
COUNTRY_NUMBERS = {"CN": 156, "DE": 276, "IT": 380, "IN": 356, "US": 840, "AE": 784, "ES": 724, "FR": 250}
GOODS = (
    "CERAMIC TILES 60X60 POLISHED",
    "INTEGRATED CIRCUITS MODEL X200 NEW",
    "HYDRAULIC PUMP FOR EXCAVATOR, STEEL",
    "COTTON T-SHIRTS MENS ASSORTED SIZES",
    "POLYETHYLENE GRANULES IN 25 KG BAGS",
    "LED LAMPS 12W E27",
    "FROZEN SHRIMP BLOCKS 10X2 KG",
    "SPARE PARTS FOR DIESEL ENGINE CAT 3406",
    "CAUSTIC SODA FLAKES 98 PCT",
    "BALL BEARINGS 6204 2RS",
    "WOODEN FURNITURE PARTS UNASSEMBLED",
    "COPPER WIRE ROD 8MM",
)
NATIVE_GOODS = {
    "ru": (
        "ПЛИТКА КЕРАМИЧЕСКАЯ НАПОЛЬНАЯ 60Х60",
        "НАСОС ГИДРАВЛИЧЕСКИЙ ДЛЯ ЭКСКАВАТОРА",
        "СВЕТИЛЬНИКИ СВЕТОДИОДНЫЕ 12 ВТ",
        "ПОДШИПНИКИ ШАРИКОВЫЕ 6204, НОВЫЕ",
        "ФУТБОЛКИ МУЖСКИЕ ТРИКОТАЖНЫЕ ИЗ ХЛОПКА",
    ),
    "uk": ("ПЛИТКА КЕРАМІЧНА ДЛЯ ПІДЛОГИ", "НАСОС ГІДРАВЛІЧНИЙ ДЛЯ ЕКСКАВАТОРА", "ПІДШИПНИКИ КУЛЬКОВІ 6204"),
    "tr": ("SERAMİK YER KAROSU 60X60", "HİDROLİK POMPA EKSKAVATÖR İÇİN", "PAMUKLU ERKEK TİŞÖRT", "BİLYALI RULMAN 6204"),
    "es": (
        "BALDOSAS CERAMICAS 60X60 PULIDAS",
        "BOMBA HIDRAULICA PARA EXCAVADORA",
        "CAMISETAS DE ALGODON PARA HOMBRE",
        "RODAMIENTOS DE BOLAS 6204",
        "PALTA HASS FRESCA EN CAJAS DE 4 KG",
    ),
    "pt": (
        "PISO CERAMICO 60X60 POLIDO",
        "BOMBA HIDRAULICA PARA ESCAVADEIRA",
        "CAMISETAS DE ALGODAO MASCULINAS",
        "ROLAMENTOS DE ESFERAS 6204",
    ),
    "fr": (
        "CARREAUX CERAMIQUES 60X60",
        "POMPE HYDRAULIQUE POUR PELLE",
        "TOMATES FRAICHES EN CARTONS",
        "ROULEMENTS A BILLES 6204",
    ),
    "vi": ("Gạch lát nền 60x60 mới 100%", "Máy bơm thủy lực dùng cho máy đào", "Vòng bi 6204, hàng mới 100%"),
    "zh": ("陶瓷地砖 60X60", "挖掘机用液压泵", "LED灯泡 12W", "滚珠轴承 6204"),
    "ko": ("세라믹 타일 60X60", "굴삭기용 유압펌프", "볼베어링 6204"),
    "ja": ("セラミックタイル 60X60", "油圧ポンプ", "玉軸受 6204"),
    "id": ("UBIN KERAMIK 60X60 BARU", "POMPA HIDROLIK UNTUK EKSKAVATOR", "KAOS KATUN PRIA"),
    "ar": ("بلاط سيراميك 60x60", "مضخة هيدروليكية للحفارات", "مصابيح ليد 12 واط"),
    "de": ("Keramikfliesen 60x60 poliert", "Hydraulikpumpe für Bagger", "Kugellager 6204 2RS"),
    "it": ("PIASTRELLE IN CERAMICA 60X60", "POMPA IDRAULICA PER ESCAVATORE", "CUSCINETTI A SFERE 6204"),
    "pl": ("PŁYTKI CERAMICZNE 60X60", "POMPA HYDRAULICZNA DO KOPARKI", "ŁOŻYSKA KULKOWE 6204"),
    "ro": ("PLACI CERAMICE 60X60", "POMPA HIDRAULICA PENTRU EXCAVATOR", "RULMENTI CU BILE 6204"),
}
HS = (
    "6907210010",
    "8542319000",
    "8413604100",
    "6109100010",
    "3901201000",
    "9405210000",
    "0306171200",
    "8409990099",
    "2815110000",
    "8482101000",
    "9403910000",
    "7407100000",
)
PORTS = {
    "load": ("SHANGHAI", "GENOA", "VALENCIA", "NHAVA SHEVA", "HAMBURG", "JEBEL ALI"),
    "dis": ("PORT FICTION", "MOMBASA", "CALLAO", "LAGOS TIN CAN", "COLOMBO"),
}
LOCAL_PORTS = ("MUNDRA SEA", "MAIN SEA PORT", "AIR CARGO COMPLEX", "INLAND DEPOT NORTH")
VESSELS = ("MSC FABLE", "EVER STORY", "CMA CGM LEGENDE", "MYTH EXPRESS", "OCEAN PARABLE")
CURRENCIES = ("USD", "USD", "EUR", "CNY", "USD", "GBP")
CURRENCY_NAMES = {"USD": "US DOLLAR", "EUR": "EURO", "CNY": "YUAN RENMINBI", "GBP": "POUND STERLING"}
RATE = {"USD": 1.0, "EUR": 1.08, "CNY": 0.14, "GBP": 1.27}
INCOTERMS = ("CIF", "FOB", "EXW", "CPT", "DAP", "FCA")
MODES = ("SEA", "AIR", "ROAD", "SEA", "RAIL")
UNITS = ("KGS", "PCS", "NOS", "SQM", "SET", "MTR")
HS_TEXTS = (
    "OTHER",
    "UNGLAZED TILES OF A WATER ABSORPTION NOT EXCEEDING 0.5%",
    "OTHER PARTS",
    "PROCESSORS AND CONTROLLERS",
    "OF COTTON",
)


class World:
    """The facts behind the rows of one file."""

    def __init__(self, rng: random.Random, case: Case) -> None:
        self.rng = rng
        self.case = case
        self.local = NAMES.get(case.lang, NAMES["en"])
        self.ids: dict[tuple[str, str], str] = {}
        self.fx = rng.choice((83.1, 129.5, 18.4, 3.7, 4100.0))
        self.line = 0
        self.declaration = 0
        self.total: dict[str, float] = {}

    def row(self, number: int) -> dict[str, object]:
        rng = self.rng
        if self.line == 0 or rng.random() < 0.45:
            self.line = 1
            self.declaration += 1
            self.kept = {
                "local": rng.randrange(len(self.local)),
                "foreign": rng.randrange(len(FOREIGN)),
                "cur": rng.choice(CURRENCIES),
                "day": date(2024, 1, 1) + timedelta(days=rng.randrange(330)),
                "decl": f"{rng.randrange(10**9):09d}",
                "broker": rng.choice(BROKERS),
                "carrier": rng.choice(CARRIERS),
                "vessel": rng.choice(VESSELS),
                "fwd": rng.choice(FORWARDERS),
                "partner": rng.choice(tuple(COUNTRIES)),
                "incoterm": rng.choice(INCOTERMS),
                "mode": rng.choice(MODES),
                "load": rng.choice(PORTS["load"]),
                "dis": rng.choice(PORTS["dis"]),
                "plocal": rng.choice(LOCAL_PORTS),
                "factor": 1 + 4 * rng.random(),
            }
        else:
            self.line += 1
        values: dict[str, object] = dict(self.kept)
        hs = rng.randrange(len(HS))
        quantity = round(rng.choice((1, 10, 250, 40, 1200)) * (1 + rng.random() * 9), 2)
        price = round(0.5 + rng.random() * 80, 4)
        amount = round(quantity * price, 2)
        usd = round(amount * RATE[str(values["cur"])], 2)
        net = round(quantity * (0.2 + rng.random() * 3), 2)
        values |= {
            "number": number, "line": self.line, "hs": HS[hs], "goods": hs, "qty": quantity, "price": price, "value": amount, "usd": usd,
            "net": net, "gross": round(net * (1.03 + rng.random() * 0.12), 2), "unit": rng.choice(UNITS),
            "origin": values["partner"] if rng.random() < 0.7 else rng.choice(tuple(COUNTRIES)),
            "dispatch": values["partner"] if rng.random() < 0.8 else rng.choice(tuple(COUNTRIES)),
            "dest": values["partner"],
        }  # fmt: skip
        if self.case.direction == "import":
            values["dest"] = self.case.home
        elif self.case.direction == "export":
            values["origin"] = self.case.home if rng.random() < 0.85 else rng.choice(tuple(COUNTRIES))
            values["dispatch"] = self.case.home
        return values

    def value(self, kind: str, row: dict[str, object]) -> str | None:
        name, _, argument = kind.partition(":")
        made = getattr(self, f"make_{name}", None)
        if made is not None:
            found = made(row, argument)
            return None if found is None else str(found)
        raise ValueError(f"unknown kind {kind!r} in {self.case.name}")

    def pattern(self, pattern: str) -> str:
        rng = self.rng
        return "".join(
            str(rng.randrange(10)) if c == "#" else rng.choice(string.ascii_uppercase) if c == "@" else c
            for c in pattern
        )

    def make_local(self, row: Mapping[str, object], _: str) -> str:
        return self.local[row["local"]]  # type: ignore[call-overload,no-any-return]

    def make_local_en(self, row: Mapping[str, object], _: str) -> str:
        return NAMES["en"][row["local"] % len(NAMES["en"])]  # type: ignore[operator]

    def make_foreign(self, row: Mapping[str, object], _: str) -> str:
        return FOREIGN[row["foreign"]]  # type: ignore[call-overload,no-any-return]

    def make_lid(self, row: Mapping[str, object], pattern: str) -> str:
        key = (pattern, str(row["local"]))
        if key not in self.ids:
            self.ids[key] = self.pattern(pattern)
        return self.ids[key]

    def make_laddr(self, row: Mapping[str, object], _: str) -> str:
        return f"PLOT {10 + int(str(row['local'])) * 7}, INDUSTRIAL AREA ROAD {row['local']}, FICTION TOWN 1{row['local']}3"

    def make_laddr2(self, row: Mapping[str, object], _: str) -> str:
        return f"NEAR OLD MARKET, PHASE {row['local']}"

    def make_faddr(self, row: Mapping[str, object], _: str) -> str:
        return f"NO. {row['foreign']}8 EXAMPLE STREET, BUILDING {row['foreign']}, IMAGINARY CITY 5100{row['foreign']}"

    def make_lcity(self, row: Mapping[str, object], _: str) -> str:
        return ("NAIROBI", "MUMBAI", "LIMA", "LAGOS")[int(str(row["local"])) % 4]

    def make_lstate(self, row: Mapping[str, object], _: str) -> str:
        return ("GUJARAT", "SP", "MAHARASHTRA", "RJ")[int(str(row["local"])) % 4]

    def make_lzip(self, row: Mapping[str, object], _: str) -> str:
        return f"9000{row['local']}"

    def make_phone(self, row: Mapping[str, object], _: str) -> str:
        return f"+1 555 010{row['local']}"

    def make_email(self, row: Mapping[str, object], _: str) -> str:
        return f"info{row['local']}@example.com"

    def make_broker(self, row: Mapping[str, object], _: str) -> object:
        return row["broker"]

    def make_carrier(self, row: Mapping[str, object], _: str) -> object:
        return row["carrier"]

    def make_fwd(self, row: Mapping[str, object], _: str) -> object:
        return row["fwd"]

    def make_notify(self, row: Mapping[str, object], _: str) -> object:
        return "SAME AS CONSIGNEE" if self.rng.random() < 0.3 else self.make_local(row, "")

    def make_maker(self, row: Mapping[str, object], _: str) -> str:
        return self.rng.choice(MAKERS)

    def make_brand(self, row: Mapping[str, object], _: str) -> str:
        return self.rng.choice(BRANDS)

    def make_c(self, row: Mapping[str, object], argument: str) -> str:
        what, _, form = argument.partition(":")
        code = self.case.home if what == "home" else str(row[what])
        if code not in COUNTRIES:
            return {"iso2": code, "iso3": {"TZ": "TZA", "LK": "LKA"}.get(code, code)}.get(
                form, {"RU": "РОССИЯ", "TR": "TÜRKİYE"}.get(code, code_name(code))
            )
        english, alpha3, native = COUNTRIES[code]
        return {"iso2": code, "iso3": alpha3, "en": english}.get(form) or native.get(self.case.lang, english)

    def make_d(self, row: Mapping[str, object], form: str) -> str:
        return row["day"].strftime(form)  # type: ignore[attr-defined,no-any-return]

    def make_d2(self, row: Mapping[str, object], form: str) -> str:
        return (row["day"] - timedelta(days=4)).strftime(form)  # type: ignore[operator]

    make_mon = make_d

    def make_year(self, row: Mapping[str, object], _: str) -> str:
        return self.make_d(row, "%Y")

    def make_monthnum(self, row: Mapping[str, object], _: str) -> str:
        return self.make_d(row, "%m")

    def make_hs(self, row: Mapping[str, object], length: str) -> str:
        return (str(row["hs"]) + "00")[: int(length)]

    def make_goods(self, row: Mapping[str, object], _: str) -> str:
        return f"{GOODS[row['goods']]} LOT {self.rng.randrange(90)}"  # type: ignore[call-overload]

    def make_goodsn(self, row: Mapping[str, object], _: str) -> str:
        texts = NATIVE_GOODS.get(self.case.lang, GOODS)
        return f"{texts[row['goods'] % len(texts)]} {self.rng.randrange(90)}"  # type: ignore[operator]

    def make_hsdesc(self, row: Mapping[str, object], _: str) -> str:
        return HS_TEXTS[int(str(row["goods"])) % len(HS_TEXTS)]

    def make_qty(self, row: Mapping[str, object], _: str) -> object:
        return row["qty"]

    def make_unit(self, row: Mapping[str, object], _: str) -> object:
        return row["unit"]

    def make_unitcode(self, row: Mapping[str, object], _: str) -> str:
        return self.rng.choice(("6", "10", "1"))

    def make_packs(self, row: Mapping[str, object], _: str) -> str:
        return str(1 + int(float(str(row["qty"])) // 20))

    def make_packtype(self, row: Mapping[str, object], _: str) -> str:
        return self.rng.choice(("CTN", "PKG", "PLT", "BAG"))

    def make_net(self, row: Mapping[str, object], _: str) -> object:
        return row["net"]

    def make_gross(self, row: Mapping[str, object], _: str) -> object:
        return row["gross"]

    def make_totgross(self, row: Mapping[str, object], _: str) -> str:
        return f"{1000 * float(str(row['factor'])):.2f}"

    def make_grosslb(self, row: Mapping[str, object], _: str) -> str:
        return f"{2.2046 * float(str(row['gross'])):.1f}"

    def make_ton(self, row: Mapping[str, object], _: str) -> str:
        return f"{float(str(row['gross'])) / 1000:.4f}"

    def make_price(self, row: Mapping[str, object], _: str) -> object:
        return row["price"]

    def make_pusd(self, row: Mapping[str, object], _: str) -> str:
        return f"{float(str(row['usd'])) / float(str(row['qty'])):.4f}"

    def make_plc(self, row: Mapping[str, object], _: str) -> str:
        return f"{self.fx * float(str(row['usd'])) / float(str(row['qty'])):.4f}"

    def make_value(self, row: Mapping[str, object], _: str) -> object:
        return row["value"]

    def make_usd(self, row: Mapping[str, object], _: str) -> object:
        return row["usd"]

    def make_usdk(self, row: Mapping[str, object], _: str) -> str:
        return f"{float(str(row['usd'])) / 1000:.3f}"

    def make_fob(self, row: Mapping[str, object], _: str) -> str:
        return f"{0.93 * float(str(row['usd'])):.2f}"

    def make_cif(self, row: Mapping[str, object], _: str) -> str:
        return f"{1.02 * float(str(row['usd'])):.2f}"

    def make_eur(self, row: Mapping[str, object], _: str) -> str:
        return f"{float(str(row['usd'])) / 1.08:.2f}"

    def make_lc(self, row: Mapping[str, object], _: str) -> str:
        return f"{self.fx * float(str(row['usd'])):.2f}"

    def make_lc2(self, row: Mapping[str, object], _: str) -> str:
        return f"{1.11 * self.fx * float(str(row['usd'])):.2f}"

    def make_tot(self, row: Mapping[str, object], _: str) -> str:
        return f"{10000 * float(str(row['factor'])):.2f}"

    def make_totusd(self, row: Mapping[str, object], _: str) -> str:
        return f"{10000 * float(str(row['factor'])) * RATE[str(row['cur'])]:.2f}"

    def make_rate(self, row: Mapping[str, object], _: str) -> str:
        return f"{self.fx * (0.98 + 0.04 * self.rng.random()):.4f}"

    def make_cur(self, row: Mapping[str, object], _: str) -> object:
        return row["cur"]

    def make_duty(self, row: Mapping[str, object], _: str) -> str:
        return f"{0.1 * self.fx * float(str(row['usd'])):.2f}"

    def make_tax(self, row: Mapping[str, object], _: str) -> str:
        return f"{0.18 * self.fx * float(str(row['usd'])):.2f}"

    def make_freight(self, row: Mapping[str, object], _: str) -> str:
        return f"{0.06 * float(str(row['usd'])):.2f}"

    def make_ins(self, row: Mapping[str, object], _: str) -> str:
        return f"{0.01 * float(str(row['usd'])):.2f}"

    def make_pct(self, row: Mapping[str, object], _: str) -> str:
        return repr(float(str(row["usd"])) / 4.0e8)

    def make_zero(self, row: Mapping[str, object], _: str) -> str:
        return "0.0"

    def make_empty(self, row: Mapping[str, object], _: str) -> None:
        return None

    def make_null(self, row: Mapping[str, object], _: str) -> str:
        return "NULL"

    def make_const(self, row: Mapping[str, object], text: str) -> str:
        return text

    def make_alt(self, row: Mapping[str, object], text: str) -> str:
        return self.rng.choice(text.split(","))

    def make_seq(self, row: Mapping[str, object], _: str) -> object:
        return row["number"]

    def make_line(self, row: Mapping[str, object], _: str) -> object:
        return row["line"]

    def make_uuid(self, row: Mapping[str, object], _: str) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def make_code(self, row: Mapping[str, object], pattern: str) -> str:
        if pattern.count("#") >= 4:  # a number of the declaration: the same on all its lines
            state = self.rng.getstate()
            self.rng.seed(f"{pattern}{row['decl']}")
            made = self.pattern(pattern)
            self.rng.setstate(state)
            return made
        return self.pattern(pattern)

    def make_count(self, row: Mapping[str, object], _: str) -> int:
        return self.rng.randrange(1, 30)

    def make_pload(self, row: Mapping[str, object], _: str) -> object:
        return row["load"]

    def make_pdis(self, row: Mapping[str, object], _: str) -> object:
        return row["dis"]

    def make_plocal(self, row: Mapping[str, object], _: str) -> object:
        return row["plocal"]

    def make_plocalcode(self, row: Mapping[str, object], _: str) -> str:
        return f"IN{str(row['plocal'])[:3]}{1}"

    def make_vessel(self, row: Mapping[str, object], _: str) -> object:
        return row["vessel"]

    def make_imo(self, row: Mapping[str, object], _: str) -> str:
        return ("9074729", "9234630", "9321483", "9811000")[len(str(row["vessel"])) % 4]

    def make_voyage(self, row: Mapping[str, object], _: str) -> str:
        return self.pattern("###@")

    def make_mode(self, row: Mapping[str, object], _: str) -> object:
        return row["mode"]

    def make_incoterm(self, row: Mapping[str, object], _: str) -> object:
        return row["incoterm"]

    def make_place(self, row: Mapping[str, object], _: str) -> str:
        return self.rng.choice(("HUB CITY", "INLAND TOWN", "FREE ZONE"))

    def make_bl(self, row: Mapping[str, object], _: str) -> str:
        return "FABL" + str(row["decl"])

    def make_mbl(self, row: Mapping[str, object], _: str) -> str:
        return "MYTH" + str(row["decl"])

    def make_inv(self, row: Mapping[str, object], _: str) -> str:
        return "INV-" + str(row["decl"])[:5]

    def make_cont(self, row: Mapping[str, object], _: str) -> str:
        return self.pattern("FBLU#######")

    def make_hsdot(self, row: Mapping[str, object], length: str) -> str:
        code = self.make_hs(row, length)
        return ".".join(part for part in (code[:4], code[4:6], code[6:]) if part)

    def make_hsint(self, row: Mapping[str, object], length: str) -> str:
        return str(int(self.make_hs(row, length)))

    def make_comma(self, row: dict[str, object], kind: str) -> str | None:
        made = self.value(kind, row)
        return made and made.replace(".", ",")

    def make_group(self, row: dict[str, object], kind: str) -> str:
        return f"{float(self.value(kind, row) or 0):,.2f}"

    def make_eugroup(self, row: dict[str, object], kind: str) -> str:
        return self.make_group(row, kind).translate(str.maketrans(",.", ".,"))

    def make_sparse(self, row: dict[str, object], argument: str) -> str | None:
        return self._instead(row, argument, None)

    def make_zeros(self, row: dict[str, object], argument: str) -> str | None:
        return self._instead(row, argument, "0")

    def make_nulls(self, row: dict[str, object], argument: str) -> str | None:
        return self._instead(row, argument, "NULL")

    def _instead(self, row: dict[str, object], argument: str, nothing: str | None) -> str | None:
        percent, _, kind = argument.partition(":")
        return nothing if self.rng.random() * 100 < float(percent) else self.value(kind, row)

    def make_fid(self, row: Mapping[str, object], pattern: str) -> str:
        return self.make_lid({"local": f"f{row['foreign']}"}, pattern)

    def make_idlocal(self, row: Mapping[str, object], pattern: str) -> str:
        return f"{self.make_lid(row, pattern)} {self.make_local(row, '')}"

    def make_cc(self, row: Mapping[str, object], what: str) -> str:
        return f"{self.make_c(row, what + ':iso2')} - {self.make_c(row, what + ':en')}"

    def make_qtyunit(self, row: Mapping[str, object], _: str) -> str:
        return f"{row['qty']} {row['unit']}"

    def make_fcity(self, row: Mapping[str, object], _: str) -> str:
        return ("SHENZHEN", "MILANO", "DUBAI", "HAMBURG", "PUSAN")[int(str(row["foreign"])) % 5]

    def make_na(self, row: dict[str, object], argument: str) -> str | None:
        return self._instead(row, argument, "N/A")

    def make_pad(self, row: dict[str, object], kind: str) -> str:
        return f"{self.value(kind, row) or ''}   "

    def make_quoted(self, row: dict[str, object], kind: str) -> str:
        return f"'{self.value(kind, row) or ''}"

    def make_mixdate(self, row: Mapping[str, object], _: str) -> str:
        return self.make_d(row, self.rng.choice(("%d/%m/%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")))

    def make_serial(self, row: Mapping[str, object], _: str) -> int:
        return (row["day"] - date(1899, 12, 30)).days  # type: ignore[operator,no-any-return]

    def make_float(self, row: dict[str, object], kind: str) -> str:
        return f"{int(self.value(kind, row) or 0)}.0"

    def make_with(self, row: dict[str, object], argument: str) -> str:
        unit, _, kind = argument.partition(":")
        return f"{self.value(kind, row)} {unit}"

    def make_cnum(self, row: dict[str, object], what: str) -> str:
        return str(COUNTRY_NUMBERS.get(self.make_c(row, f"{what}:iso2"), 999))

    def make_curname(self, row: Mapping[str, object], _: str) -> str:
        return CURRENCY_NAMES[str(row["cur"])]

    def make_curnum(self, row: Mapping[str, object], _: str) -> str:
        return {"USD": "840", "EUR": "978", "CNY": "156", "GBP": "826"}[str(row["cur"])]

    def make_volume(self, row: Mapping[str, object], _: str) -> str:
        return f"{float(str(row['gross'])) / 400:.2f}"


def code_name(code: str) -> str:
    """English name of a home country that is not among the partners."""
    import pycountry

    return str(pycountry.countries.get(alpha_2=code).name).upper()


STYLES = ("shuffled", "glued", "camel", "title", "lower", "subset")
"""Ways in which the same table could have been written."""


def restyled(case: Case, style: str, seed: int = 3) -> Case:
    """The same layout with its headers written in another style, or its columns in another order, or a part of them."""
    rng = random.Random(f"{seed}:{style}:{case.name}")
    columns = list(case.columns)
    if style == "shuffled":
        rng.shuffle(columns)
    elif style == "subset":
        columns = [column for column in columns if rng.random() < 0.7]
    else:
        columns = [replace(column, header=_restyle(column.header, style)) for column in columns]
    keep_groups = case.header2 if style not in {"shuffled", "subset"} else ()
    return replace(case, name=f"{case.name}/{style}", columns=tuple(columns), header2=keep_groups)


def _restyle(header: str, style: str) -> str:
    if not header.isascii() or any(c in header for c in "()%$#&./'+-"):
        return header
    parts = re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    if style == "glued":
        return "".join(parts).upper()
    if style == "camel":
        return parts[0].lower() + "".join(part.capitalize() for part in parts[1:])
    if style == "title":
        return " ".join(part.capitalize() for part in parts)
    return "_".join(parts).lower()
