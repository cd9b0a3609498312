"""A Word file as a package of parts: each found by its relationship, and read within limits.

Parts are named in ECMA-376, part 2 (https://ecma-international.org/publications-and-standards/
standards/ecma-376/); the "strict" dialect has other namespaces and the same names, so elements
and attributes are known here by their names alone.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.office.zip_parts import ZipParts

_SAVE_AGAIN = "open it in Word, save it again as .docx"


class WordPackage:
    """The parts of one Word file; `relationships` of a part lead to others."""

    def __init__(self, raw: bytes) -> None:
        self._parts = ZipParts(raw, "Word file", _SAVE_AGAIN)
        self.main = next(self.related("", "officeDocument"), "word/document.xml")
        if self.main not in self._parts.names:
            raise UnreadableFileError(f"a Word file without its text ({self.main})", _SAVE_AGAIN)

    def part(self, name: str) -> etree._Element:
        """The root of a part; raises `UnreadableFileError` where it is absent or damaged."""
        return self._parts.xml(name)

    def part_or_none(self, name: str) -> etree._Element | None:
        """The root of a part that a document can do without; None where it is damaged too."""
        return self._parts.xml_or_none(name)

    def related(self, name: str, kind: str) -> Iterator[str]:
        """The parts that a part ("" for the package) is related to as `kind` ("styles" …)."""
        for target_kind, target in self.relationships(name).values():
            if target_kind == kind:
                yield target

    def relationships(self, name: str) -> dict[str, tuple[str, str]]:
        """Each relationship of a part by its id: its kind, and the part that it leads to."""
        folder, base = posixpath.split(name)
        root = self.part_or_none(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            relationship.get("Id", ""): (
                posixpath.basename(relationship.get("Type", "")),
                _resolved(folder, relationship.get("Target", "")),
            )
            for relationship in (root if root is not None else ())
            if relationship.get("TargetMode") != "External"
        }

    def has_pictures(self) -> bool:
        """Whether the file holds pictures."""
        return any("/media/" in name for name in self._parts.names)


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str:
    """The value of an attribute, whatever its namespace; "" where it is absent."""
    if element is None:
        return ""
    return next((str(v) for key, v in element.attrib.items() if _local(str(key)) == name), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name; with several names, the child of the child and so on."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def value(element: etree._Element | None, *path: str) -> str:
    """The `val` of what `child` finds."""
    return attribute(child(element, *path), "val")


def is_on(element: etree._Element | None, *path: str) -> bool:
    """Whether a property that is on by being there is there, and not turned off."""
    found = child(element, *path)
    return found is not None and attribute(found, "val") not in ("0", "false", "off", "none")


def whole(written: str, otherwise: int) -> int:
    """A whole number as XML writes it; `otherwise` for what is none."""
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else otherwise


def _local(key: str) -> str:
    return key.rpartition("}")[2]


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
