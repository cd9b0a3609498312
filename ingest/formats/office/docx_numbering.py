"""The marks of a Word file's lists: counted here, as the file only names the list."""

import re
from collections import defaultdict

from lxml import etree

from ingest.formats.office.docx_package import attribute, child, name_of, value, whole
from ingest.formats.office.docx_styles import Styles

BULLET = "•"
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_ROMAN_ONES = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_NUMBER = 3999
"""Roman numerals end there, and so does any list that a person wrote."""


class Numbering:
    """Gives each paragraph of a list its mark, in the order of the document."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        elements = list(root) if root is not None else []
        self._styles = styles
        self._abstract = {
            attribute(one, "abstractNumId"): one
            for one in elements
            if name_of(one) == "abstractNum"
        }
        self._lists = {attribute(one, "numId"): one for one in elements if name_of(one) == "num"}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph_properties: etree._Element | None, style_id: str) -> str:
        """The mark before a paragraph ("2.", "•"); "" for one that is in no list."""
        own = child(paragraph_properties, "numPr")
        by_style = self._styles.numbering(style_id)
        list_id = value(own, "numId") or by_style[0]
        written = value(own, "ilvl") or by_style[1] or self._level_of_style(list_id, style_id)
        level = whole(written, 0)
        definition = self._level(list_id, level)
        if definition is None:
            return ""
        number = self._count(list_id, level)
        if value(definition, "numFmt") == "bullet":
            return BULLET
        return self._written(list_id, definition, level, number)

    def _written(self, list_id: str, definition: etree._Element, level: int, number: int) -> str:
        counts = self._counts[self._abstract_id(list_id)]

        def filled(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = self._level(list_id, at)
            own = child(definition, "isLgl") is not None and at < level
            style = "decimal" if own or shown is None else value(shown, "numFmt")
            return _numeral(number if at == level else counts.get(at, 1), style)

        return _PLACEHOLDER.sub(filled, value(definition, "lvlText")).strip()

    def _count(self, list_id: str, level: int) -> int:
        """Count one up; what is counted below it begins anew."""
        counts = self._counts[self._abstract_id(list_id)]
        start = self._start(list_id, level)
        first = (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        restarted = first and self._override(list_id, level) is not None
        counts[level] = start if restarted or level not in counts else counts[level] + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return counts[level]

    def _start(self, list_id: str, level: int) -> int:
        written = value(self._override(list_id, level), "startOverride") or value(
            self._level(list_id, level), "start"
        )
        return whole(written, 1)

    def _override(self, list_id: str, level: int) -> etree._Element | None:
        for one in self._lists.get(list_id, ()):
            if name_of(one) == "lvlOverride" and attribute(one, "ilvl") == str(level):
                return one
        return None

    def _level(self, list_id: str, level: int) -> etree._Element | None:
        own = child(self._override(list_id, level), "lvl")
        if own is not None:
            return own
        for one in self._definition(list_id):
            if name_of(one) == "lvl" and attribute(one, "ilvl") == str(level):
                return one
        return None

    def _level_of_style(self, list_id: str, style_id: str) -> str:
        for one in self._definition(list_id):
            if name_of(one) == "lvl" and value(one, "pStyle") == style_id:
                return attribute(one, "ilvl")
        return ""

    def _definition(self, list_id: str) -> list[etree._Element]:
        found = self._abstract.get(self._abstract_id(list_id))
        return list(found) if found is not None else []

    def _abstract_id(self, list_id: str) -> str:
        """The definition of a list; one that only names a style is that of the style's list."""
        abstract_id = value(self._lists.get(list_id), "abstractNumId")
        link = value(self._abstract.get(abstract_id), "numStyleLink")
        linked = self._styles.numbering(link)[0] if link else ""
        return value(self._lists.get(linked), "abstractNumId") or abstract_id


def _numeral(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and 0 < number <= _MAX_NUMBER:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style in ("lowerRoman", "upperRoman") and 0 < number <= _MAX_NUMBER:
        return _roman(number).upper() if style.startswith("upper") else _roman(number)
    return "" if style == "none" else f"0{number}" if _padded(style, number) else str(number)


def _padded(style: str, number: int) -> bool:
    return style == "decimalZero" and number < 10


def _roman(number: int) -> str:
    written = ""
    for amount, letters in (*_ROMAN, *_ROMAN_ONES):
        written += letters * (number // amount)
        number %= amount
    return written
