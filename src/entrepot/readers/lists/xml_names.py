"""Elements of XML lists by their local names: publishers change namespaces with their websites."""

from __future__ import annotations

from lxml import etree

from entrepot.errors import InputError
from entrepot.readers.files import Part, parse_xml
from entrepot.readers.lists.entries import clean


def plain_root(part: Part, expected: str) -> etree._Element:
    """The root of a part, with all namespaces taken off the names of its elements.

    Raises:
        InputError: the root has another name, or the XML is refused (see `parse_xml`).
    """
    root = parse_xml(part).getroot()
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            element.tag = element.tag.rsplit("}", 1)[1]
    if root.tag != expected:
        raise InputError(
            "not the list that was expected", file=part.label, value=root.tag, remedy=f"a file whose root is {expected}"
        )
    return root


def text_of(element: etree._Element, path: str) -> str | None:
    """The text of the first child at `path`, white space squeezed; None where it is empty or not there."""
    found: str | None = element.findtext(path)
    return clean(found)


def shown(element: etree._Element) -> str:
    """An element as text for a reject, cut at a length that a person reads."""
    return str(etree.tostring(element, encoding="unicode"))[:2000]
