"""Raised and lowered digits of markup to the characters that Unicode has for them.

Without them "10<sup>9</sup>/L" would be read as 109/L, and "shown<sup>1,2</sup>" as shown1,2.
"""

import re

from lxml import etree

MAX_CHARACTERS = 200
"""More digits and signs are no number, and not even a list of references."""
RAISED = "sup"
LOWERED = "sub"
_CHARACTERS = {
    RAISED: str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"),
    LOWERED: str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
# A letter or bracket tells that more is meant than a number: "1st", "[5]".
_DIGITS_AND_SIGNS = re.compile(r"[^\w()\[\]]*[\d+−-](?:[^\w()\[\]]|\d)*|\s*n\s*")
_DASH_AS_MINUS = re.compile(r"^(\s*)–(?=\s*\d)")


def write_raised_digits(root: etree._Element) -> None:
    """Change the text of each `sup` and `sub` that holds nothing but digits and signs."""
    for element in root.iter(RAISED, LOWERED):
        if is_number("".join(map(str, element.itertext()))):
            write_as(element, element.tag)


def is_number(text: str) -> bool:
    """Whether a text has digits and signs and nothing else, so that it can be raised."""
    return len(text) <= MAX_CHARACTERS and _DIGITS_AND_SIGNS.fullmatch(text) is not None


def write_as(element: etree._Element, place: str) -> None:
    """Raise or lower all that an element holds."""
    characters = _CHARACTERS[place]
    element.text = _DASH_AS_MINUS.sub(r"\1-", element.text or "")
    for node in element.iter():
        if isinstance(node.tag, str):
            node.text = (node.text or "").translate(characters)
        if node is not element:
            node.tail = (node.tail or "").translate(characters)


def in_place(text: str, place: str) -> str:
    """A number in raised or lowered characters; other texts as they are.

    >>> in_place("2+", RAISED), in_place("max", LOWERED)
    ('²⁺', 'max')
    """
    return text.translate(_CHARACTERS[place]) if is_number(text) else text
