"""Which shipments carry a code that their goods text does not bear out: the statement and its measured thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from entrepot.engine.sql import Value, load

STATEMENT = load(Path(__file__).parent / "sql" / "code_doubts.sql")
"""Rows of `code_doubts` over `shipments` and `goods_classes`."""

PARAMETERS: Mapping[str, Value] = MappingProxyType(
    {"least_chapter": 0.3, "least_heading": 0.7, "customary_share": 0.25, "least_customary": 4}
)
"""How likely the likeliest chapter or heading must be before a code outside the five likeliest subheadings is doubted.

Texts in whose words the classification saw the same are goods of one kind. A heading under which a quarter of at least
four such shipments is declared is what declarants call these goods, and the classification is wrong, not they.

Measured on a generated file with one wrong code in twenty: they find four wrong codes in five and doubt one right code in
fifty. A doubted row is only left out of counts of controlled goods, so that a wrong doubt costs a row, not a finding.
"""
