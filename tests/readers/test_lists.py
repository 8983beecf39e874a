"""Lists in every format, from small synthetic files in the publishers' schemas."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from entrepot.errors import InputError, UsageError
from entrepot.model.tables import lists as tables
from entrepot.readers import lists
from entrepot.readers.files import Part, parts
from entrepot.readers.reading import Reading

FIXTURES = Path(__file__).parent / "lists"
Write = Callable[[str], Part]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes text to a file and gives its one part."""

    def write(text: str) -> Part:
        path = tmp_path / "list"
        path.write_text(text, encoding="utf-8")
        (part,) = parts(path)
        return part

    return write


def load(part: Part, **options: object) -> Reading:
    """Recognise, read, and check every table by its declaration."""
    known = lists.recognise(part)
    assert known is not None
    reading = lists.read(part, source_id="s1", format=known, **options)  # type: ignore[arg-type]  # test options
    for table in (
        tables.LIST_ENTRIES,
        tables.LIST_NAMES,
        tables.LIST_IDENTIFIERS,
        tables.LIST_PLACES,
        tables.OWNERSHIP,
    ):
        table.validate(reading.tables[table.name])
        keys = list(zip(*(reading.tables[table.name][k].to_pylist() for k in table.key), strict=True))
        assert len(keys) == len(set(keys)), table.name
    return reading


def fixture(name: str) -> Part:
    (part,) = parts(FIXTURES / name)
    return part


def rows(reading: Reading, table: str, **where: object) -> list[dict[str, object]]:
    return [row for row in reading.tables[table].to_pylist() if all(row[k] == v for k, v in where.items())]


def names(reading: Reading, entry: str) -> set[tuple[str, str, str | None]]:
    return {(r["name"], r["kind"], r["script"]) for r in rows(reading, "list_names", entry_id=entry)}  # type: ignore[misc]


def identifiers(reading: Reading, entry: str) -> set[tuple[str, str, str | None]]:
    return {
        (r["kind"], r["value"], r["country"])  # type: ignore[misc]
        for r in rows(reading, "list_identifiers", entry_id=entry)
    }


def places(reading: Reading, entry: str) -> set[tuple[str, str | None, str | None]]:
    return {(r["kind"], r["text"], r["country"]) for r in rows(reading, "list_places", entry_id=entry)}  # type: ignore[misc]


# --- OFAC


def test_ofac_tidy_csv(written: Write) -> None:
    part = written(
        "uid,name,type,programs,alternate_names\n"
        "1,NORTH FICTION LLC,entity,RUSSIA-EO14024; NPWMD,NFL TRADING; ООО СЕВЕР\n"
        '2,"NEVERMAN, Ivan",individual,SDGT,\n'
        "3,INVENTED STAR,vessel,IRAN,\n"
        "4,EP-FIC,aircraft,IFSR,\n"
        "5,,entity,IRAN,\n"
    )
    reading = load(part, list_date=date(2026, 8, 20))
    assert lists.recognise(part) == "ofac-sdn-csv"
    assert (reading.rows_in, reading.rows_kept, reading.rejects["reason"].to_pylist()) == (5, 4, ["no_name"])
    entries = reading.tables["list_entries"].to_pylist()
    assert [e["schema"] for e in entries] == ["LegalEntity", "Person", "Vessel", "Airplane"]
    assert entries[0]["program"] == "RUSSIA-EO14024;NPWMD"
    assert {e["list_id"] for e in entries} == {"ofac-sdn"}
    assert {e["list_date"] for e in entries} == {date(2026, 8, 20)}
    assert names(reading, "1") == {
        ("NORTH FICTION LLC", "primary", "Latn"),
        ("NFL TRADING", "alias", "Latn"),
        ("ООО СЕВЕР", "alias", "Cyrl"),
    }


def test_ofac_tidy_json_gives_its_own_date(written: Write) -> None:
    part = written(
        '{\n "name": "SDN", "published": "2026-08-20",\n "entries": [\n'
        '  {"uid": 1, "name": "NORTH FICTION LLC", "type": "entity", "programs": ["IRAN"], "alternateNames": ["NF"]}\n]}'
    )
    reading = load(part, list_date=date(2020, 1, 1))
    assert lists.recognise(part) == "ofac-sdn-json"
    assert reading.tables["list_entries"]["list_date"].to_pylist() == [date(2026, 8, 20)]
    assert any("2020-01-01 was not used" in note for note in reading.notes)


RAW = (
    '1,"NORTH FICTION LLC",-0- ,"NPWMD] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 7701234567 (Russia);'
    " Registration Number 1027700000001 (Russia); Organization Established Date 05 Mar 2019; a.k.a. 'NF TRADE'; f.k.a."
    " 'SOUTH FICTION'; Website www.Fiction.example; SWIFT/BIC FICTRUMM; Linked To: POLAR HOLDING.\"\n"
    '2,"NEVERMAN, Ivan",individual,"SDGT","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 01 Jan 1970; alt. DOB circa 1971;'
    ' POB Nowhere, Kazakhstan; nationality Russia; alt. nationality Cyprus; Passport N-00 12 (Russia) expires 01 Jan 2030."\n'
    '3,"INVENTED STAR",vessel,"IRAN",-0- ,"UFIC","Tanker","1000","900","Panama","POLAR HOLDING","Vessel Registration'
    ' Identification IMO 9999991; MMSI 273000001"\n'
    '4,"POLAR HOLDING",-0- ,"NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    "\x1a\n"
)


@pytest.mark.parametrize("header", ["", "ID,Name,Type,Program,Title,F,G,H,I,J,K,Remarks\n"])
def test_ofac_raw_sdn_with_remarks(written: Write, header: str) -> None:
    part = written(header + RAW)
    assert lists.recognise(part) == "ofac-sdn-raw"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (5, 4)
    assert reading.rejects["reason"].to_pylist() == ["end_mark"]
    first, second, third, _ = reading.tables["list_entries"].to_pylist()
    assert (first["schema"], second["schema"], third["schema"]) == ("LegalEntity", "Person", "Vessel")
    assert first["program"] == "NPWMD;IFSR"
    assert names(reading, "1") == {
        ("NORTH FICTION LLC", "primary", "Latn"),
        ("NF TRADE", "weak", "Latn"),
        ("SOUTH FICTION", "former", "Latn"),
    }
    assert identifiers(reading, "1") == {
        ("inn", "7701234567", "RU"),
        ("ogrn", "1027700000001", "RU"),
        ("website", "www.fiction.example", None),
        ("swift", "FICTRUMM", None),
    }
    assert ("incorporation_date", "05 Mar 2019", None) in places(reading, "1")
    assert identifiers(reading, "2") == {("passport", "N0012", "RU")}
    assert places(reading, "2") == {
        ("birth_date", "01 Jan 1970", None),
        ("birth_date", "circa 1971", None),
        ("birth", "Nowhere, Kazakhstan", "KZ"),
        ("nationality", "Russia", "RU"),
        ("nationality", "Cyprus", "CY"),
    }
    assert {("imo", "9999991", None), ("mmsi", "273000001", None)} <= identifiers(reading, "3")
    assert ("flag", "Panama", "PA") in places(reading, "3")
    links = {(o["owner_entry_id"], o["owned_entry_id"], o["relation"]) for o in rows(reading, "ownership")}
    assert links == {("4", "1", "linked"), ("4", "3", "owns")}
    assert any("case.toml" in note for note in reading.notes)
    assert reading.tables["list_entries"]["list_date"].null_count == 4


def test_ofac_raw_addresses_and_aliases(written: Write) -> None:
    part = written('1,10,"Main St. 1","Moscow 101000","Russia",-0- \n1,11,-0- ,-0- ,"Region: Gaza",-0- \n')
    assert lists.recognise(part) == "ofac-sdn-addresses"
    reading = load(part)
    assert places(reading, "1") == {
        ("address", "Main St. 1, Moscow 101000, Russia", "RU"),
        ("address", "Region: Gaza", "PS"),
    }
    part = written('1,20,aka,"NORTHERN FICTION",-0- \n1,21,fka,"SOUTH FICTION",-0- \n')
    assert lists.recognise(part) == "ofac-sdn-aliases"
    assert names(load(part), "1") == {("NORTHERN FICTION", "alias", "Latn"), ("SOUTH FICTION", "former", "Latn")}


def test_ofac_classic_xml() -> None:
    part = fixture("ofac_classic_synthetic.xml")
    assert lists.recognise(part) == "ofac-sdn-xml"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept, reading.rejects["row_number"].to_pylist()) == (4, 3, [4])
    entries = reading.tables["list_entries"].to_pylist()
    assert {e["list_date"] for e in entries} == {date(2024, 3, 2)}  # month first
    assert [(e["name"], e["schema"]) for e in entries] == [
        ("SEVERNY FICTION TRADING LLC", "LegalEntity"),
        ("NEVERMAN, Ivan Invented", "Person"),
        ("INVENTED STAR", "Vessel"),
    ]
    assert names(reading, "900001") == {
        ("SEVERNY FICTION TRADING LLC", "primary", "Latn"),
        ("ООО СЕВЕРНЫЙ ВЫМЫСЕЛ", "alias", "Cyrl"),
        ("SFT", "weak", "Latn"),
        ("YUZHNY FICTION LLC", "former", "Latn"),
    }
    assert identifiers(reading, "900001") == {
        ("inn", "7701234567", "RU"),
        ("ogrn", "1027700000001", "RU"),
        ("crypto", "1FictionAddressXyZ", None),
    }
    assert ("imo", "9999991", None) in identifiers(reading, "900003")
    assert ("birth", "Nowhere, Kazakhstan", "KZ") in places(reading, "900002")
    born = rows(reading, "list_places", kind="birth_date")[0]
    assert (born["date"], born["date_precision"]) == (date(1970, 1, 1), "year")
    stated = {(o["owner_name"], o["owned_name"], o["relation"]) for o in rows(reading, "ownership")}
    assert stated == {
        ("SEVERNY FICTION TRADING LLC", "INVENTED STAR", "owns"),
        ("POLYARNAYA INVENTED HOLDING", "SEVERNY FICTION TRADING LLC", "linked"),
    }


def test_ofac_advanced_xml() -> None:
    part = fixture("ofac_advanced_synthetic.xml")
    assert lists.recognise(part) == "ofac-advanced-xml"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept, reading.rejects["row_number"].to_pylist()) == (3, 2, [3])
    company, person = reading.tables["list_entries"].to_pylist()
    assert (company["schema"], company["program"], company["listed"]) == (
        "LegalEntity",
        "RUSSIA-EO14024",
        date(2023, 5, 19),
    )
    assert (person["schema"], person["name"], person["listed"]) == (
        "Person",
        "NEVERMAN, Ivan Invented",
        date(2022, 2, 25),
    )
    assert company["list_date"] == date(2024, 10, 17)
    assert names(reading, "900001") == {
        ("SEVERNY FICTION TRADING LLC", "primary", "Latn"),
        ("ООО СЕВЕРНЫЙ ВЫМЫСЕЛ", "native", "Cyrl"),
        ("SFT TRADING", "weak", "Latn"),
        ("YUZHNY FICTION LLC", "former", "Latn"),
    }
    assert identifiers(reading, "900001") == {("inn", "7701234567", "RU"), ("website", "fiction.example", None)}
    assert places(reading, "900001") == {("address", "Vymyshlennaya St. 1, Moscow, Russia", "RU")}
    assert identifiers(reading, "900002") == {("passport", "N0012345", "AE")}
    assert ("birth_date", "1970", None) in places(reading, "900002")
    owned = rows(reading, "ownership")
    assert [(o["owner_entry_id"], o["owned_entry_id"], o["relation"]) for o in owned] == [
        ("900002", "900001", "controls")
    ]
    assert any("999999" in note for note in reading.notes)


# --- UK, UN, EU


def test_uk_five_tables(written: Write) -> None:
    subjects = load(
        written(
            "unique_id,subject_type,un_reference_number,ofsi_group_id,date_designated,last_updated\n"
            "RUS9001,entity,,16000,03/02/2023,16/04/2026\nAFG9002,individual,TAi.999,,31/02/2001,01/02/2026\n"
        )
    )
    first, second = subjects.tables["list_entries"].to_pylist()
    assert (first["listed"], first["program"], first["schema"]) == (date(2023, 2, 3), "RUS", "LegalEntity")
    assert second["listed"] is None  # 31 February
    assert "bad_date" in subjects.problems["problem"].to_pylist()
    assert first["list_date"] == date(2026, 4, 16)  # the latest change
    assert subjects.tables["list_names"].num_rows == 0

    found = load(
        written(
            "name_id,unique_id,name_type,alias_strength,full_name,name_non_latin_script\n"
            "1,RUS9001,primary,,NORTH FICTION,СЕВЕРНЫЙ ВЫМЫСЕЛ\n2,RUS9001,alias,low_quality_aka,NF TRADE,\n"
            "3,RUS9001,primary_variation,,FICTION NORTH,\n4,RUS9001,alias,,,\n"
        )
    )
    assert (found.rows_in, found.rows_kept) == (4, 3)
    assert names(found, "RUS9001") == {
        ("NORTH FICTION", "primary", "Latn"),
        ("СЕВЕРНЫЙ ВЫМЫСЕЛ", "native", "Cyrl"),
        ("NF TRADE", "weak", "Latn"),
        ("FICTION NORTH", "alias", "Latn"),
    }

    found = load(
        written(
            "id,unique_id,ofsi_group_id,raw_value,identifier_type,additional_info\n"
            "1,RUS9001,,OGRN – 1025261000042; INN – 5261079332; KPP - 526101001,business_registration_numbers,\n"
            "2,RUS9001,,Tax ID No. 7713076301 (Russia); Registration Number 1027700073466 (Russia),business_registration_numbers,\n"
            "3,RUS9001,,9999991,imo,\n4,AFG9002,,D 00-0011,passport,Invented passport\n"
        )
    )
    assert identifiers(found, "RUS9001") == {
        ("ogrn", "1025261000042", None),
        ("inn", "5261079332", None),
        ("other", "526101001", None),
        ("inn", "7713076301", "RU"),
        ("ogrn", "1027700073466", "RU"),
        ("imo", "9999991", None),
    }
    assert rows(found, "list_identifiers", entry_id="AFG9002")[0]["original"] == "D 00-0011 (Invented passport)"

    found = load(
        written(
            "id,unique_id,raw_value,country_type,iso,resolution_method,iso_available\n"
            "1,RUS9001,Russia,address,RU,direct,True\n2,AFG9002,Former USSR Currently Ukraine,birth,UA,override,True\n"
            "3,AFG9002,Atlantis,nationality,,unmapped,False\n"
        )
    )
    assert places(found, "AFG9002") == {
        ("birth", "Former USSR Currently Ukraine", "UA"),
        ("nationality", "Atlantis", None),
    }
    assert found.problems["value"].to_pylist() == ["Atlantis"]

    found = load(
        written(
            "dob_id,unique_id,year,month,day,precision,parse_issues\n1,AFG9002,1968,,,y,\n2,AFG9002,1969,06,04,d,\n"
        )
    )
    dates = {(r["date"], r["date_precision"]) for r in rows(found, "list_places")}
    assert dates == {(date(1968, 1, 1), "year"), (date(1969, 6, 4), "day")}


def test_un_xml() -> None:
    part = fixture("un_synthetic.xml")
    assert lists.recognise(part) == "un-sc-xml"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (3, 2)
    person, entity = reading.tables["list_entries"].to_pylist()
    assert person["name"] == "IVAN INVENTED NEVERMAN"
    assert (person["listed"], person["list_date"]) == (date(2015, 7, 1), date(2024, 9, 26))
    assert entity["entry_id"] == "KPe.999"
    assert names(reading, "KPi.999") == {
        ("IVAN INVENTED NEVERMAN", "primary", "Latn"),
        ("Иван Неверман", "native", "Cyrl"),
        ("Iwan Newerman", "alias", "Latn"),
        ("The Nobody", "weak", "Latn"),
        ("Nemo Doe", "weak", "Latn"),
        ("So", "weak", "Latn"),  # two letters
    }
    assert places(reading, "KPi.999") == {
        ("nationality", "Democratic People's Republic of Korea", "KP"),
        ("address", "Invented 1, Pyongyang, Democratic People's Republic of Korea", "KP"),
        ("birth", "Nowhere, China", "CN"),
        ("birth_date", "1960 to 1962", None),
        ("birth_date", "circa 1961", None),
    }
    assert {p["value"] for p in reading.problems.to_pylist()} == {"Atlantis", "So"}
    assert names(reading, "KPe.999") >= {("Yuzhny Fiction", "former", "Latn")}


def test_eu_annexes(written: Write) -> None:
    part = written(
        "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,previousName,country,registrationNumber,"
        "imoNumber,address,email\n"
        "32014R0833,1,EU-RUS,IV,Export control,12.9.2014,,LegalEntity,JSC Fiction,АО «Вымысел»; Fiction Works,,,"
        '7704730655 (Tax ID/INN),,"101000, Moscow, Invented Str., 1, Russian Federation",A@fiction.example\n'
        "32014R0833,,EU-RUS,V,Financial restrictions,24 May 2026,,LegalEntity,Bank of Fiction,,,Russia,,,,\n"
        "32014R0833,1,EU-RUS,XLII,Ports,17.12.2024,,Vessel,Invented Star,,Old Star,,,9999991,,\n"
    )
    assert lists.recognise(part) == "eu-annexes-csv"
    reading = load(part)
    entries = reading.tables["list_entries"].to_pylist()
    assert [(e["entry_id"], e["listed"]) for e in entries] == [
        ("IV:1", date(2014, 9, 12)),
        ("V:Bank of Fiction", date(2026, 5, 24)),
        ("XLII:1", date(2024, 12, 17)),
    ]
    assert {e["list_id"] for e in entries} == {"eu-833"}
    assert names(reading, "IV:1") == {
        ("JSC Fiction", "primary", "Latn"),
        ("АО «Вымысел»", "alias", "Cyrl"),
        ("Fiction Works", "alias", "Latn"),
    }
    assert identifiers(reading, "IV:1") == {("inn", "7704730655", None), ("email", "a@fiction.example", None)}
    assert places(reading, "IV:1") == {("address", "101000, Moscow, Invented Str., 1, Russian Federation", "RU")}
    assert identifiers(reading, "XLII:1") == {("imo", "9999991", None)}
    assert ("Old Star", "former", "Latn") in names(reading, "XLII:1")


# --- FollowTheMoney, end users, any table


def test_follow_the_money() -> None:
    part = fixture("entities_synthetic.ftm.json")
    assert lists.recognise(part) == "ftm-json"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (15, 12)
    assert {(r["row_number"], r["reason"]) for r in reading.rejects.to_pylist()} == {
        (6, "not_listed"),
        (8, "unknown_party"),
        (15, "not_a_party"),
    }
    entries = {e["entry_id"]: e for e in reading.tables["list_entries"].to_pylist()}
    assert {k: e["schema"] for k, e in entries.items()} == {
        "syn-co": "Company",
        "syn-person": "Person",
        "syn-vessel": "Vessel",
    }
    company = entries["syn-co"]
    assert company["list_id"] == "synthetic_list"
    assert company["program"] == "sanction;FICTION-1"
    assert (company["listed"], company["delisted"]) == (date(2022, 6, 1), date(2023, 6, 1))
    assert company["list_date"] == date(2024, 5, 2)
    assert names(reading, "syn-co") == {
        ("Severny Fiction Trading LLC", "primary", "Latn"),
        ("ООО Северный Вымысел", "native", "Cyrl"),
        ("SFT Trading", "alias", "Latn"),
        ("SFT", "weak", "Latn"),
        ("Yuzhny Fiction", "former", "Latn"),
    }
    assert {(k, v) for k, v, _ in identifiers(reading, "syn-co")} == {
        ("inn", "7701234567"),
        ("ogrn", "1027700000001"),
        ("lei", "253400FICTION0000042"),
        ("registration", "HRB12345"),
    }
    assert places(reading, "syn-co") >= {
        ("registration", "ru", "RU"),
        ("country", "ua-cri", "UA"),
        ("address", "Vymyshlennaya St. 1, Moscow, Russia", "RU"),
        ("address", "Fiction Tower, Dubai, UAE", "AE"),
    }
    assert identifiers(reading, "syn-person") == {("passport", "N0012345", "KZ")}
    stated = {
        (o["owner_name"], o["owner_entry_id"], o["owned_name"], o["owned_entry_id"], o["relation"], o["share"])
        for o in rows(reading, "ownership")
    }
    assert stated == {
        ("Ivan Neverman", "syn-person", "Severny Fiction Trading LLC", "syn-co", "owns", 51.0),
        ("Ivan Neverman", "syn-person", "Severny Fiction Trading LLC", "syn-co", "acts for", None),
        ("Ivan Neverman", "syn-person", "Anna Neverman", None, "family", None),
        ("Severny Fiction Trading LLC", "syn-co", "INVENTED STAR", "syn-vessel", "linked", None),
        ("Polyarnaya Invented Holding", None, "Severny Fiction Trading LLC", "syn-co", "subsidiary", None),
    }


def test_simple_csv_of_open_sanctions(written: Write) -> None:
    part = written(
        '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
        '"dataset","first_seen","last_seen","last_change"\n'
        '"Q1","Person","Ivan Neverman","Иван Неверман;I. Neverman","1970-04","ru;kz","","7701234567","FICT-1","","",'
        '"Invented List","2024-03-10T15:36:30","2024-03-11T15:36:30","2024-03-10T15:36:30"\n'
    )
    assert lists.recognise(part) == "ftm-simple-csv"
    reading = load(part, list_id="invented")
    (entry,) = reading.tables["list_entries"].to_pylist()
    assert (entry["list_id"], entry["list_date"], entry["program"]) == ("invented", date(2024, 3, 11), "FICT-1")
    assert places(reading, "Q1") == {
        ("country", "ru", "RU"),
        ("country", "kz", "KZ"),
        ("birth_date", "1970-04", None),
    }


def test_end_users(written: Write) -> None:
    part = written(
        '[\n{"id": "jp-1", "list_id": "jp-list", "source_list_name": "End users", "entity_name": "Fiction Institute", '
        '"aliases": ["想像研究所"], "addresses": ["Islamic Republic of Iran"], "country": "jp", "date_added": null, '
        '"entity_type": "organization", "reason": "missiles", "last_verified": "2026-07-20"},\n'
        '{"id": "cn-1", "list_id": "cn-list", "source_list_name": "Watchlist", "entity_name": "Fiction Co.", "aliases": [], '
        '"addresses": ["日本东京都中央区1丁目"], "country": "cn", "date_added": "2026-02-24", "entity_type": "organization"},\n'
        '{"id": "cn-2", "list_id": "cn-list", "source_list_name": "Watchlist", "entity_name": "", "aliases": [], '
        '"addresses": [], "country": "cn", "date_added": null, "entity_type": "organization"}\n]'
    )
    assert lists.recognise(part) == "end-users-json"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (3, 2)
    first, second = reading.tables["list_entries"].to_pylist()
    assert (first["list_id"], second["list_id"], second["listed"]) == ("jp-list", "cn-list", date(2026, 2, 24))
    assert places(reading, "jp-1") == {("country", "Islamic Republic of Iran", "IR")}
    assert places(reading, "cn-1") == {("address", "日本东京都中央区1丁目", "JP")}
    assert ("想像研究所", "alias", "Hani") in names(reading, "jp-1")


def test_any_table_by_the_words_of_its_header(written: Write) -> None:
    part = written(
        "№;Наименование;Псевдонимы;ИНН;Страна;Дата включения;Программа\n"
        "1;ООО Северный Вымысел;Severny Fiction|SFT Trading;7701234567;РОССИЯ;24.02.2023;Выдуманная\n"
    )
    assert lists.recognise(part) == "list-csv"
    reading = load(part, list_id="own", list_date=date(2023, 3, 1))
    (entry,) = reading.tables["list_entries"].to_pylist()
    assert (entry["entry_id"], entry["listed"], entry["program"]) == ("1", date(2023, 2, 24), "Выдуманная")
    assert names(reading, "1") == {
        ("ООО Северный Вымысел", "primary", "Cyrl"),
        ("Severny Fiction", "alias", "Latn"),
        ("SFT Trading", "alias", "Latn"),
    }
    assert identifiers(reading, "1") == {("inn", "7701234567", "RU")}
    assert any("наименование" in note for note in reading.notes)


def test_any_table_with_a_mapping(written: Write) -> None:
    part = written("Who,When,Nr\nNorth Fiction,Feb 2023,77\n")
    assert lists.recognise(part) is None
    reading = lists.read(
        part,
        source_id="s",
        format="list-csv",
        mapping={"name": "Who", "listed": "When", "identifier:registration": ["Nr"]},
    )
    (entry,) = reading.tables["list_entries"].to_pylist()
    assert (entry["entry_id"], entry["listed"]) == ("North Fiction", None)  # a month is no day
    assert reading.problems["value"].to_pylist() == ["Feb 2023"]
    with pytest.raises(InputError, match="missing"):
        lists.read(part, source_id="s", format="list-csv", mapping={"name": "Whom"})
    with pytest.raises(InputError, match="do not have"):
        lists.read(part, source_id="s", format="list-csv", mapping={"name": "Who", "colour": "Nr"})
    with pytest.raises(InputError, match="no column"):
        lists.read(part, source_id="s", format="list-csv")


def test_a_table_of_names_is_a_list_where_the_user_says_so(written: Write) -> None:
    part = written("id,name,country\n1,North Fiction,RU\n")
    assert lists.recognise(part) is None
    assert lists.recognise(part, said=True) == "list-csv"
    assert lists.recognise(written("naam,land\nNorth Fiction,NL\n"), said=True) is None


def test_customs_files_are_no_lists(written: Write) -> None:
    assert (
        lists.recognise(written("Company name,Country,HS code,Net weight,List date\nA,RU,854231,5,2023-01-01\n"))
        is None
    )
    assert lists.recognise(written("Company,Country,Source,Start date,End date\nA,RU,x,2023-01-01,\n")) is None
    assert lists.recognise(written("year,reporter,partner,value\n2020,RU,CN,5\n")) is None
    assert lists.recognise(written('{"a": 1}\n{"a": 2}\n')) is None
    assert lists.recognise(written("<?xml version='1.0'?><other/>")) is None


def test_an_unknown_format_is_an_error_of_the_caller(written: Write) -> None:
    with pytest.raises(UsageError):
        lists.read(written("a,b\n1,2\n"), source_id="s", format="ofac")


@pytest.mark.parametrize(
    ("first", "header", "reference"),
    [
        (
            "Report Date: 16-Apr-2026",
            "Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name type,Alias strength,Name non-latin script,Regime Name,"
            "Designation Type,Date Designated,D.O.B,Nationality(/ies),Address Line 1,Address Country,"
            "Business registration number (s),IMO number,Parent company",
            "RUS9001",
        ),
        (
            "Last Updated,16/04/2026",
            "X,Group ID,Y,Name 6,Name 1,Alias Type,Alias Quality,Name Non-Latin Script,Regime,Group Type,Listed On,DOB,"
            "Nationality,Address 1,Country,Business registration number,IMO number,Parent company",
            "16001",
        ),
    ],
)
def test_uk_as_the_publisher_gives_it(written: Write, first: str, header: str, reference: str) -> None:
    part = written(
        f"{first}\n{header}\n"
        f"16/04/2026,{reference},1,NEVERMAN,Ivan,Primary Name,,Иван НЕВЕРМАН,Russia,Individual,03/02/2023,dd/mm/1970,"
        "(1) Russia (2) Cyprus,Invented St 1,Russia,,,\n"
        f"16/04/2026,{reference},1,NEWERMAN,Iwan,AKA,Low quality a.k.a,,Russia,Individual,03/02/2023,,,,,,,\n"
        "16/04/2026,SHIP1,2,INVENTED STAR,,Primary Name,,,Russia,Ship,17/12/2024,,,,,"
        "INN 7701234567; OGRN 1027700000001,9999991,FICTION HOLDING\n"
        "16/04/2026,NONE,2,,,Primary Name,,,Russia,Ship,17/12/2024,,,,,,,\n"
    )
    assert lists.recognise(part) == "uk-sanctions-csv"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (4, 3)
    person, ship = reading.tables["list_entries"].to_pylist()
    assert (person["entry_id"], person["name"], person["schema"]) == (reference, "Ivan NEVERMAN", "Person")
    assert (person["listed"], person["list_date"]) == (date(2023, 2, 3), date(2026, 4, 16))
    assert ship["schema"] == "Vessel"
    assert names(reading, reference) == {
        ("Ivan NEVERMAN", "primary", "Latn"),
        ("Иван НЕВЕРМАН", "native", "Cyrl"),
        ("Iwan NEWERMAN", "weak", "Latn"),
    }
    assert places(reading, reference) == {
        ("nationality", "Russia", "RU"),
        ("nationality", "Cyprus", "CY"),
        ("address", "Invented St 1, Russia", "RU"),
        ("birth_date", "dd/mm/1970", None),
    }
    assert {(k, v) for k, v, _ in identifiers(reading, "SHIP1")} == {
        ("inn", "7701234567"),
        ("ogrn", "1027700000001"),
        ("imo", "9999991"),
    }
    assert rows(reading, "ownership")[0]["owner_name"] == "FICTION HOLDING"


@pytest.mark.parametrize("header", ["Наименование лица", "Name of the sanctioned party", "Nombre del sancionado"])
def test_other_names_are_not_taken_for_the_names_where_a_header_says_name(written: Write, header: str) -> None:
    part = written(
        f"Запись;{header};Псевдонимы;ИНН;Дата включения\n"
        "S-1;ООО Северный Вымысел;Severny Fiction|SFT;7701234567;24.02.2023\nS-2;АО Южный Вымысел;;;\n"
    )
    assert lists.recognise(part) == "list-csv"
    reading = load(part)
    assert (reading.rows_in, reading.rows_kept) == (2, 2)
    assert reading.tables["list_entries"]["name"].to_pylist() == ["ООО Северный Вымысел", "АО Южный Вымысел"]
    assert ("Severny Fiction", "alias", "Latn") in names(reading, "ООО Северный Вымысел")


def test_other_names_are_the_names_only_where_no_column_is_left(written: Write) -> None:
    assert lists.infer_mapping(written("aka,program\nNorth Fiction,X\n")) == {"name": ["aka"], "program": ["program"]}
    assert "name" not in lists.infer_mapping(written("whoever,aka,program\nNorth Fiction,NF,X\n"))
