"""Texts to typed values, by the evidence of a whole column and never by locale.

For each kind of value: `infer_X_style(samples)` says how a column writes it, `read_X(text, style)` gives the value or
the problem, and `X_sql(expression, style)` is the same reading as a DuckDB expression (NULL where it cannot be read).
"""

from entrepot.readers.values.codes import currency, incoterm, is_currency_sign, transport_mode
from entrepot.readers.values.date_evidence import infer_date_style
from entrepot.readers.values.date_sql import date_precision_sql, date_sql
from entrepot.readers.values.dates import DateStyle, DateValue, parse_date, read_date
from entrepot.readers.values.hs import HsStyle, HsValue, parse_hs, read_hs
from entrepot.readers.values.hs_evidence import infer_hs_style
from entrepot.readers.values.hs_sql import hs_sql
from entrepot.readers.values.identifiers import (
    Identifier,
    IdentifierColumn,
    identifier_column,
    identify,
    normal_identifier,
    valid,
)
from entrepot.readers.values.names import NameParts, split_name
from entrepot.readers.values.nulls import NULL_TEXTS, clean, is_null, null_sql
from entrepot.readers.values.number_evidence import infer_number_style
from entrepot.readers.values.number_sql import affix_sql, number_sql
from entrepot.readers.values.numbers import NumberStyle, NumberValue, parse_number, read_number
from entrepot.readers.values.periods import Period, parse_period
from entrepot.readers.values.units import kilograms_per, quantity_unit, weight_in_kg, weight_sql

__all__ = [
    "NULL_TEXTS",
    "DateStyle",
    "DateValue",
    "HsStyle",
    "HsValue",
    "Identifier",
    "IdentifierColumn",
    "NameParts",
    "NumberStyle",
    "NumberValue",
    "Period",
    "affix_sql",
    "clean",
    "currency",
    "date_precision_sql",
    "date_sql",
    "hs_sql",
    "identifier_column",
    "identify",
    "incoterm",
    "infer_date_style",
    "infer_hs_style",
    "infer_number_style",
    "is_currency_sign",
    "is_null",
    "kilograms_per",
    "normal_identifier",
    "null_sql",
    "number_sql",
    "parse_date",
    "parse_hs",
    "parse_number",
    "parse_period",
    "quantity_unit",
    "read_date",
    "read_hs",
    "read_number",
    "split_name",
    "transport_mode",
    "valid",
    "weight_in_kg",
    "weight_sql",
]
