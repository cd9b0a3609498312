"""Equations of Word files (Office Math) as a line of text: "x²", "(a+b)/2", "√(x)". Pure.

The line is for reading and searching. It follows Unicode's nearly plain-text encoding of
mathematics (https://www.unicode.org/notes/tn28/): brackets stand where a part has several signs.
"""

import unicodedata
from collections.abc import Callable

from lxml import etree

from ingest.formats.office.docx_package import child, name_of, value

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SPACED = frozenset("=<>≤≥≈≠±→∈")


def math_text(element: etree._Element | None) -> str:
    """The text of an equation, or of a part of one.

    >>> from lxml import etree
    >>> math_text(etree.fromstring("<f><num><r><t>1</t></r></num><den><r><t>2</t></r></den></f>"))
    '1/2'
    """
    if element is None:
        return ""
    name = name_of(element)
    if name in _WRITERS:
        return _WRITERS[name](element)
    if name == "t":
        return _spaced(element.text or "")
    if name.endswith("Pr") or name in ("del", "moveFrom", "delText", "instrText"):
        return ""
    return "".join(math_text(part) for part in element)


def _part(element: etree._Element, name: str) -> str:
    return math_text(child(element, name)).strip()


def _bracketed(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() or _is_bracketed(text) else f"({text})"


def _is_bracketed(text: str) -> bool:
    return text[0] == "(" and text[-1] == ")" and text.count("(") == 1


def _spaced(text: str) -> str:
    return "".join(f" {c} " if c in _SPACED else c for c in text)


def _raised(text: str) -> str:
    raised = text.translate(_RAISED)
    return raised if not set(text) & set(raised) else f"^{_bracketed(text)}" if text else ""


def _lowered(text: str) -> str:
    lowered = text.translate(_LOWERED)
    return lowered if not set(text) & set(lowered) else f"_{_bracketed(text)}" if text else ""


def _fraction(element: etree._Element) -> str:
    return f"{_bracketed(_part(element, 'num'))}/{_bracketed(_part(element, 'den'))}"


def _script(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return f"{_bracketed(_part(element, 'e'))}{_lowered(below)}{_raised(above)}"


def _before(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return f"{_lowered(below)}{_raised(above)}{_part(element, 'e')}"


def _root(element: etree._Element) -> str:
    inside = _part(element, "e")
    return f"{_raised(_part(element, 'deg')).lstrip('^')}√({inside})"


def _sum(element: etree._Element) -> str:
    sign = value(element, "naryPr", "chr") or "∫"
    limits = f"{_lowered(_part(element, 'sub'))}{_raised(_part(element, 'sup'))}"
    return f"{sign}{limits} {_part(element, 'e')}"


def _brackets(element: etree._Element) -> str:
    properties = child(element, "dPr")
    begin, end = (
        "" if found is not None and not value(found) else value(found) or otherwise
        for found, otherwise in (
            (child(properties, "begChr"), "("),
            (child(properties, "endChr"), ")"),
        )
    )
    separator = value(properties, "sepChr") or "|"
    inside = separator.join(math_text(part).strip() for part in element if name_of(part) == "e")
    return f"{begin}{inside}{end}"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _accent(element: etree._Element) -> str:
    base, sign = _part(element, "e"), value(element, "accPr", "chr") or "\u0302"
    return unicodedata.normalize("NFC", base + sign) if unicodedata.combining(sign[0]) else base


def _bar(element: etree._Element) -> str:
    above = value(element, "barPr", "pos") == "top"
    return _part(element, "e") + ("\u0304" if above else "\u0332")


def _limit(sign: Callable[[str], str]) -> Callable[[etree._Element], str]:
    return lambda element: f"{_part(element, 'e')}{sign(_part(element, 'lim'))} "


def _matrix(element: etree._Element) -> str:
    rows = [
        ", ".join(math_text(cell).strip() for cell in row)
        for row in element
        if name_of(row) == "mr"
    ]
    return f"[{'; '.join(rows)}]"


def _lines(element: etree._Element) -> str:
    return "; ".join(math_text(part).strip() for part in element if name_of(part) == "e")


_WRITERS: dict[str, Callable[[etree._Element], str]] = {
    "f": _fraction,
    "sSup": _script,
    "sSub": _script,
    "sSubSup": _script,
    "sPre": _before,
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "limLow": _limit(_lowered),
    "limUpp": _limit(_raised),
    "m": _matrix,
    "eqArr": _lines,
}
