"""The six layouts in which vendors sell such records: columns, languages, forms of dates and numbers."""

from __future__ import annotations

from .names import COUNTRY, CYRILLIC, TURKISH
from .records import Row
from .writer import PORTS, POSTS, VAGUE, Table, Writer, comma, plain, turkish


def russian(w: Writer) -> Table:
    """A leaked-declarations layout: Cyrillic headers, decimal comma, tax number in its own column."""
    head = [
        "Номер ДТ",
        "Дата регистрации",
        "№ товара",
        "ИНН получателя",
        "Получатель",
        "Адрес получателя",
        "Отправитель",
        "Адрес отправителя",
        "Страна отправления",
        "Страна происхождения",
        "Страна назначения",
        "Код ТН ВЭД",
        "Описание товара",
        "Вес нетто, кг",
        "Вес брутто, кг",
        "Доп. ед. изм. кол-во",
        "Условия поставки",
        "Вид транспорта",
        "Таможенный пост",
        "Статистическая стоимость, долл. США",
    ]
    modes = {
        "road": "АВТОМОБИЛЬНЫЙ",
        "air": "ВОЗДУШНЫЙ",
        "sea": "МОРСКОЙ",
        "rail": "ЖЕЛЕЗНОДОРОЖНЫЙ",
        "post": "ПОЧТОВОЕ ОТПРАВЛЕНИЕ",
    }

    def cells(r: Row) -> list[str]:
        date = f"{r.date:%m.%Y}" if w.noise else f"{r.date:%d.%m.%Y}"
        post = POSTS[int(w.rng.integers(len(POSTS)))]
        sender = r.shipper.address("ru" if r.shipper.country in CYRILLIC and w.chance(0.7) else "en")
        return [
            f"{post[:8]}/{r.date:%d%m%y}/{int(w.rng.integers(1000, 3999999)):07d}",
            date,
            str(1 + int(w.rng.geometric(0.7))),
            w.maybe(r.consignee.tax, 0.04),
            w.who(r.consignee, "ru", r.consignee_as),
            w.maybe(r.consignee.address("ru"), 0.05),
            w.who(r.shipper, "ru", r.shipper_as),
            w.maybe(sender.translate(TURKISH), 0.12),
            COUNTRY[r.dispatch][1],
            COUNTRY[r.origin][1],
            COUNTRY[r.dest][1],
            w.hs(r, 10),
            w.text(r, "ru"),
            w.kg(r, r.kg, comma),
            w.kg(r, r.gross, comma),
            w.maybe(f"{w.pieces(r)} ШТ", 0.3),
            r.incoterm,
            modes[r.mode],
            post,
            comma(r.usd),
        ]

    return [], head, cells


def turkish_exports(w: Writer) -> Table:
    """An exporters' union's list: three lines of title, dots for thousands, Turkish names of countries."""
    titles = [["SENTETİK VERİ - İHRACAT BEYANNAMELERİ (KALEM BAZINDA)"], ["Dönem: 01.01.2019 - 31.12.2024"], []]
    head = [
        "SIRA",
        "BEYANNAME NO",
        "TESCİL TARİHİ",
        "İHRACATÇI UNVANI",
        "VERGİ NO",
        "İHRACATÇI ADRESİ",
        "ALICI UNVANI",
        "ALICI ADRESİ",
        "VARIŞ ÜLKESİ",
        "MENŞE ÜLKE",
        "GTİP",
        "TİCARİ TANIM",
        "NET KG",
        "BRÜT KG",
        "MİKTAR",
        "ÖLÇÜ BİRİMİ",
        "TESLİM ŞEKLİ",
        "ÇIKIŞ GÜMRÜĞÜ",
        "İSTATİSTİKİ KIYMET (USD)",
    ]

    def cells(r: Row) -> list[str]:
        return [
            str(int(w.rng.integers(1, 999999))),
            f"{r.date:%y}{int(w.rng.integers(10, 99))}0{int(w.rng.integers(100, 999))}00EX{int(w.rng.integers(100000, 999999))}",
            f"{r.date:%d.%m.%Y}",
            w.who(r.shipper, "tr", r.shipper_as),
            r.shipper.tax,
            w.maybe(r.shipper.address("tr"), 0.1),
            w.who(r.consignee, "en", r.consignee_as),
            w.maybe(r.consignee.address("en"), 0.08),
            COUNTRY[r.dest][2],
            COUNTRY[r.origin][2],
            w.hs(r, 12),
            w.text(r, "tr"),
            w.kg(r, r.kg, turkish),
            w.kg(r, r.gross, turkish),
            turkish(float(w.pieces(r))),
            "ADET",
            r.incoterm,
            "MERSİN" if r.mode == "sea" else "KAPIKULE" if r.mode == "road" else "İSTANBUL HAVALİMANI",
            turkish(r.usd),
        ]

    return titles, head, cells


def lading(w: Writer) -> Table:
    """A bill-of-lading vendor: gross weights, English dates, values often not given."""
    head = [
        "Bill of Lading",
        "Arrival Date",
        "Shipper",
        "Shipper Address",
        "Consignee",
        "Consignee Address",
        "Notify Party",
        "Country of Origin",
        "Country of Dispatch",
        "Destination Country",
        "Port of Lading",
        "Port of Unlading",
        "Mode",
        "Carrier",
        "HS Code",
        "Product Description",
        "Packages",
        "Gross Weight (kg)",
        "Estimated Value (USD)",
    ]

    def cells(r: Row) -> list[str]:
        text = VAGUE[int(w.rng.integers(3))] if not r.text and w.chance(0.025) else w.text(r, "en").upper()
        lead = (
            f"{int(w.rng.integers(1, 60))} {'PALLETS' if (r.kg or 0) > 300 else 'CTNS'} STC "
            if not r.text and w.chance(0.4)
            else ""
        )
        code = w.hs(r, 6)
        value = "" if id(r) not in w.whole and w.chance(0.18) else plain(r.usd)
        return [
            f"SYNU{int(w.rng.integers(10**8, 10**9))}",
            f"{r.date:%d-%b-%Y}",
            w.who(r.shipper, "en", r.shipper_as),
            w.maybe(r.shipper.address("en"), 0.08),
            w.who(r.consignee, "en", r.consignee_as),
            w.maybe(r.consignee.address("en"), 0.06),
            r.notify or ("SAME AS CONSIGNEE" if w.chance(0.4) else ""),
            COUNTRY[r.origin][0],
            COUNTRY[r.dispatch][0],
            COUNTRY[r.dest][0],
            w.maybe(PORTS[r.dispatch], 0.06),
            r.port_to or w.maybe(PORTS[r.dest], 0.06),
            r.mode.upper(),
            w.maybe(
                ("ORIENT BLUE LINES", "MERIDIA SHIPPING", "EMS" if r.mode == "post" else "TRANSKONT")[
                    int(w.rng.integers(3))
                ]
                if r.mode != "post"
                else "EMS",
                0.15,
            ),
            code[:4] + "." + code[4:] if w.chance(0.5) else code,
            lead + text,
            str(int(w.rng.integers(1, 80))),
            w.kg(r, r.gross, plain),
            value,
        ]

    return [], head, cells


def chinese(w: Writer) -> Table:
    """A Chinese export list as a workbook: one line of title, Han headers, no addresses."""
    head = [
        "出口日期",
        "报关单号",
        "境内发货人",
        "境外收货人",
        "最终目的国",
        "运抵国",
        "原产国",
        "指运港",
        "商品编码",
        "商品名称及规格型号",
        "数量",
        "单位",
        "净重(千克)",
        "毛重(千克)",
        "美元总价",
        "运输方式",
        "成交方式",
        "出境关别",
    ]
    modes = {"road": "公路运输", "air": "航空运输", "sea": "水路运输", "rail": "铁路运输", "post": "邮件运输"}

    def cells(r: Row) -> list[str]:
        return [
            f"{r.date:%Y-%m}" if w.noise else f"{r.date:%Y-%m-%d}",
            f"{int(w.rng.integers(10**8, 10**9))}{int(w.rng.integers(10**8, 10**9))}",
            w.who(r.shipper, "zh", r.shipper_as),
            w.who(r.consignee, "en", r.consignee_as),
            COUNTRY[r.dest][3],
            COUNTRY[r.dest][3],
            COUNTRY[r.origin][3],
            w.maybe(PORTS[r.dest], 0.2),
            w.hs(r, 10),
            w.text(r, "zh"),
            str(w.pieces(r)),
            "个",
            w.kg(r, r.kg, plain),
            w.kg(r, r.gross, plain, 0.05),
            plain(r.usd),
            modes[r.mode],
            r.incoterm if r.incoterm in ("FOB", "CIF", "EXW") else "FOB",
            ("霍尔果斯", "满洲里", "阿拉山口", "深圳海关", "宁波海关", "上海浦东")[
                int(w.rng.integers(3)) + (0 if r.mode in ("road", "rail") else 3)
            ],
        ]

    return [["合成数据 出口报关明细 2019-2024"]], head, cells


def monthly(w: Writer) -> Table:
    """A vendor's summary of five countries' imports: months only, capitals, NULL for what is missing."""
    head = [
        "IMPORT_COUNTRY",
        "IMPORTER_NAME_EN",
        "SUPPLIER_NAME_EN",
        "ORIGIN_COUNTRY",
        "DISPATCH_COUNTRY",
        "HS_CODE",
        "PRODUCT_DESCRIPTION",
        "TOTAL_NET_WEIGHT_KG",
        "TOTAL_VALUE_USD",
        "MONTHYEAR",
    ]

    def cells(r: Row) -> list[str]:
        text = w.text(r, "ru" if w.chance(0.3) else "en").upper()
        line = [
            COUNTRY[r.dest][0].upper(),
            w.who(r.consignee, "en", r.consignee_as),
            w.who(r.shipper, "en", r.shipper_as),
            COUNTRY[r.origin][0].upper(),
            w.maybe(COUNTRY[r.dispatch][0].upper(), 0.05),
            w.hs(r, 10),
            w.maybe(text, 0.06),
            w.kg(r, r.kg, plain),
            plain(r.usd),
            f"{r.date:%b %Y}",
        ]
        return [c or "NULL" for c in line]

    return [], head, cells


def hubs(w: Writer) -> Table:
    """Re-exports of five hubs, tab-separated UTF-16 as a spreadsheet saves Unicode text; telephones in their own column."""
    head = [
        "Exp Date",
        "Reporting Country",
        "Exporter Name",
        "Exporter Address",
        "Foreign Buyer",
        "Buyer Address",
        "Buyer Phone",
        "Destination",
        "Country of Origin",
        "Tariff",
        "Item Description",
        "Qty",
        "UQC",
        "Net Wt Kgs",
        "FOB Value USD",
        "Port of Exit",
        "Port of Discharge",
    ]

    def cells(r: Row) -> list[str]:
        native = r.shipper.spell.get("native")
        buyer = "ru" if r.consignee.country in CYRILLIC and w.chance(0.06) else "en"
        return [
            f"{r.date:%Y/%m/%d}",
            COUNTRY[r.dispatch][0],
            w.who(r.shipper, "en", r.shipper_as or (native[0] if native and w.chance(0.12) else "")),
            w.maybe(r.shipper.address("en"), 0.1),
            w.who(r.consignee, buyer, r.consignee_as),
            w.maybe(r.consignee.address("en", phone=False), 0.06),
            w.maybe(r.consignee.phone, 0.15),
            COUNTRY[r.dest][0],
            COUNTRY[r.origin][0],
            w.hs(r, 8),
            w.text(r, "en"),
            str(w.pieces(r)),
            "PCS",
            w.kg(r, r.kg, plain),
            plain(r.usd),
            w.maybe(PORTS[r.dispatch], 0.05),
            r.port_to or w.maybe(PORTS[r.dest], 0.2),
        ]

    return [], head, cells
