"""Reads XML without entities, network or limits lifted."""

from __future__ import annotations

from lxml import etree

from entrepot.errors import InputError
from entrepot.readers.files.content import read_bytes
from entrepot.readers.files.part import Part


def parse_xml(part: Part) -> etree._ElementTree:
    """The tree of an XML part.

    Raises:
        InputError: not well-formed, too large, or it declares entities (external entities and entity expansion are
            how XML files attack their readers; no list that is published needs them).
    """
    return parse_xml_bytes(read_bytes(part), part.label)


def parse_xml_bytes(data: bytes, label: str) -> etree._ElementTree:
    """As `parse_xml`, of bytes; `label` names them in errors."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"not well-formed XML ({error.msg})",
            file=label,
            row=error.lineno,
            remedy="download the file again",
        ) from error
    tree = root.getroottree()
    dtd = tree.docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise InputError(
            "the XML declares entities, which are not expanded here because they can read files or exhaust memory",
            file=label,
            remedy="ask the publisher for the file without a DOCTYPE, or remove the declarations",
        )
    return tree
