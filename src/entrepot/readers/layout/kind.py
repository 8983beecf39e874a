"""What a table is: shipments, aggregated flows, a list of names, or none of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.readers.layout.folding import tokens
from entrepot.readers.layout.header import Heading
from entrepot.readers.layout.layout import Mapped
from entrepot.readers.layout.lexicon import word_set

_PARTIES = frozenset({
    "shipper_name", "consignee_name", "shipper_id", "consignee_id", "notify_name", "manufacturer_name", "forwarder_name",
})  # fmt: skip
_ROLES = frozenset({"SHIPPER", "EXPORTER", "SUPPLIER", "CONSIGNEE", "IMPORTER", "BUYER", "NOTIFY", "COMPANY"})
_PORTS = frozenset({"port_of_loading", "port_of_discharge", "vessel_name"})
_MEASURES = frozenset({"quantity", "net_kg", "gross_kg", "value", "value_usd"})


def kind_of(columns: Mapping[str, Mapped], heads: Sequence[Heading], *, sided: bool = False) -> str:
    """`shipments`, `flows`, `list` or `unknown`; `sided`: a company is named whose side is not known yet.

    A shipment names a party or a declaration beside its goods; a flow names a reporter and partner country, or a direction
    and nothing that tells one consignment from another.
    """
    mapped = columns.keys()
    parties = sided or bool(mapped & _PARTIES)
    goods = bool(mapped & {"hs_code", "goods_text", "hs6"})
    measured = bool(mapped & _MEASURES)
    concepts = [head.concepts for head in heads]
    reporter = any("REPORTER" in said for said in concepts)
    partner = any("PARTNER" in said and not said & {"NAME", "COMPANY", "FOREIGN"} for said in concepts)
    published = any(head.format == "br_comexstat" for head in heads)
    roles = any(said & _ROLES for said in concepts)
    if (
        (not parties or (reporter and not roles))
        and "declaration_no" not in mapped
        and (reporter or partner or published)
    ):
        return "flows"
    if not goods and not measured and _list_like(heads):
        return "list"
    if parties and (goods or measured):
        return "shipments"
    if parties and {"declaration_no", "date"} <= mapped and mapped & _PORTS:
        return "shipments"  # bills of lading without their goods
    if "declaration_no" in mapped and goods and (measured or len(mapped) >= 4):
        return "shipments"
    if goods and measured and len(mapped) >= 4 and mapped & {"date", "origin_country", "destination_country"}:
        return "shipments"
    return "unknown"


def _list_like(heads: Sequence[Heading]) -> bool:
    marks = word_set("list_words")
    texts = [" ".join(tokens(head.text)) for head in heads]
    return sum(any(f" {mark} " in f" {text} " for mark in marks) for text in texts) >= 2
