"""Identifiers by shape and check digit, columns of them, and names freed of them. Numbers of fictional or public bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.readers.values import identifier_column, identify, normal_identifier, split_name, valid
from entrepot.readers.values.check_digits import RULES
from entrepot.readers.values.lists import table

# Public examples: those of the rule's own documents, or of well-known public bodies.
EXAMPLES = [
    ("inn", "7707083893"),
    ("inn", "500100732259"),
    ("ogrn", "1027700132195"),
    ("ogrn", "304500116000157"),
    ("bin", "020240000555"),
    ("edrpou", "20077720"),
    ("unp", "200988541"),
    ("uscc", "91110000600037341L"),
    ("gstin", "27AAPFU0939F1ZV"),
    ("vkn", "4540536920"),
    ("tckn", "17291716060"),
    ("rfc", "GODE561231GR8"),
    ("rut", "760864285"),
    ("cnpj", "16727230000197"),
    ("cnpj", "12ABC34501DE35"),
    ("cpf", "39053344705"),
    ("cuit", "20055361682"),
    ("ruc", "20512333797"),
    ("nit", "2131234321"),
    ("brn", "1168119948"),
    ("jcn", "5835678256246"),
    ("mst", "0100233488"),
    ("nip", "8567346215"),
    ("piva", "00743110157"),
    ("siren", "552008443"),
    ("lei", "213800KUD8LAJWSQ9D15"),
    ("imo", "9074729"),
]


@pytest.mark.parametrize(("kind", "number"), EXAMPLES)
def test_check_digits_hold_and_any_changed_digit_is_noticed(kind: str, number: str) -> None:
    assert valid(kind, number) is True
    last = number[-1]
    changed = number[:-1] + ("1" if last != "1" else "2")
    assert valid(kind, changed) is False


def test_every_rule_has_a_kind_and_kinds_without_rule_say_so() -> None:
    kinds = {row[0] for row in table("identifiers")}
    assert set(RULES) <= kinds
    assert {kind for kind in kinds if valid(kind, "") is None} == {"kpp", "iec", "pan"}


@given(st.sampled_from(sorted(RULES)), st.text(alphabet="0123456789ABCKXZÑ&", max_size=20))
def test_any_text_is_valid_or_not(kind: str, text: str) -> None:
    assert valid(kind, text) in (True, False)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("7707083893", "RU", "inn:7707083893"),
        ("7707083893.0", "RU", "inn:7707083893"),
        ("7707083893", None, "tax:7707083893"),
        ("4540536920", "TR", "vkn:4540536920"),
        ("76.086.428-5", "CL", "rut:760864285"),
        ("16.727.230/0001-97", "BR", "cnpj:16727230000197"),
        ("AAKCP9842L", None, "pan:AAKCP9842L"),
        ("0516926616", "IN", "iec:0516926616"),
        ("91110000600037341L", None, "uscc:91110000600037341L"),
        ("GODE561231GR8", None, "rfc:GODE561231GR8"),
        ("12345", None, None),
        ("0000000000", "RU", None),
        ("NULL", None, None),
        (None, None, None),
        ("SOME NAME LTD", None, None),
    ],
)
def test_what_a_number_is(text: str | None, country: str | None, expected: str | None) -> None:
    identifier = identify(text, country)
    assert (None if identifier is None else str(identifier)) == expected


def _numbers(kind: str, template: str, count: int) -> list[str]:
    """Numbers of a kind, made by trying last digits."""
    made = []
    for n in range(10_000):
        number = template.format(n)
        if RULES[kind](number):
            made.append(number)
        if len(made) == count:
            break
    return made


def test_a_column_of_tax_numbers_shows_its_kind_and_a_column_of_row_numbers_none() -> None:
    assert identifier_column(_numbers("inn", "77220{:05d}", 30)).kind == "inn"
    assert identifier_column([*_numbers("vkn", "45405{:05d}", 30), "x", None]).kind == "vkn"
    assert identifier_column([str(7_700_000_000 + n) for n in range(300)]).kind is None
    assert identifier_column([f"AAKCP{n:04}L" for n in range(40)]).kind == "pan"
    assert identifier_column([]).kind is None
    assert identifier_column(_numbers("inn", "77220{:05d}", 30), "TR").kind is None


@pytest.mark.parametrize(
    ("text", "country", "name", "identifiers"),
    [
        ("7707083893 770701001 OOO ZARYA", None, "OOO ZARYA", ["inn:7707083893", "kpp:770701001"]),
        ("7707083893 OOO ZARYA", "RU", "OOO ZARYA", ["inn:7707083893"]),
        ("ООО ЗАРЯ ИНН 7707083893", None, "ООО ЗАРЯ", ["inn:7707083893"]),
        ("ООО ЗАРЯ, ИНН/КПП 7707083893/770701001", None, "ООО ЗАРЯ", ["inn:7707083893", "kpp:770701001"]),
        ("ООО ЗАРЯ (ИНН: 7707083893)", None, "ООО ЗАРЯ", ["inn:7707083893"]),
        ("ТОО ЗАРЯ БИН 020240000555", None, "ТОО ЗАРЯ", ["bin:020240000555"]),
        ("ТОВ ЗОРЯ, код ЄДРПОУ 20077720", None, "ТОВ ЗОРЯ", ["edrpou:20077720"]),
        ("ZARYA LTD. 4540536920", "TR", "ZARYA LTD.", ["vkn:4540536920"]),
        ("ZARYA SPA RUT: 76.086.428-5", "CL", "ZARYA SPA", ["rut:760864285"]),
        ("COMERCIAL ZARYA SA DE CV GODE561231GR8", None, "COMERCIAL ZARYA SA DE CV", ["rfc:GODE561231GR8"]),
        ("91110000600037341L 曙光贸易有限公司", None, "曙光贸易有限公司", ["uscc:91110000600037341L"]),
        ("ZARYA LLC TAX ID 123456789", None, "ZARYA LLC", ["tax:123456789"]),
        ("RAHIMOV FOR ZARYA INN 010085635", None, "RAHIMOV FOR ZARYA", ["tax:010085635"]),
        ("AQUATUS LLC 6881", None, "AQUATUS LLC 6881", []),
        ("5 ELEMENTS", None, "5 ELEMENTS", []),
        ("41ZERO42 SRL", None, "41ZERO42 SRL", []),
        ("1000123456 ONTARIO INC", "CA", "1000123456 ONTARIO INC", []),
        ("PLANT 2024 OOO", None, "PLANT 2024 OOO", []),
        ("BINGO TRADING 777", None, "BINGO TRADING 777", []),
        ("VAT SYSTEMS LTD", None, "VAT SYSTEMS LTD", []),
        ("7707083893", "RU", None, ["inn:7707083893"]),
        ("NULL", None, None, []),
        (None, None, None, []),
    ],
)
def test_names_are_freed_of_numbers(
    text: str | None, country: str | None, name: str | None, identifiers: list[str]
) -> None:
    parts = split_name(text, country)
    assert parts.name == name
    assert [str(identifier) for identifier in parts.identifiers] == identifiers


@given(st.text(max_size=60))
def test_any_text_can_be_split(text: str) -> None:
    parts = split_name(text)
    assert parts.name != ""


def test_normal_form() -> None:
    assert normal_identifier(" 76.086.428-k ") == "76086428K"
    assert normal_identifier("-") is None
