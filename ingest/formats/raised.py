"""Raised and lowered digits of markup to the characters that Unicode has for them.

Without them "10<sup>9</sup>/L" would be read as 109/L, and "shown<sup>1,2</sup>" as shown1,2.
"""

import re

from lxml import etree

_CHARACTERS = {
    "sup": str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
# A letter or bracket tells that more is meant than a number: "1st", "[5]".
_DIGITS_AND_SIGNS = re.compile(r"[^\w()\[\]]*[\d+−-](?:[^\w()\[\]]|\d)*|\s*n\s*")
_DASH_AS_MINUS = re.compile(r"^(\s*)–(?=\s*\d)")


def write_raised_digits(root: etree._Element) -> None:
    """Change the text of each `sup` and `sub` that holds nothing but digits and signs."""
    for element in root.iter("sup", "sub"):
        if not _DIGITS_AND_SIGNS.fullmatch("".join(map(str, element.itertext()))):
            continue
        characters = _CHARACTERS[element.tag]
        element.text = _DASH_AS_MINUS.sub(r"\1-", element.text or "")
        for node in element.iter():
            if isinstance(node.tag, str):
                node.text = (node.text or "").translate(characters)
            if node is not element:
                node.tail = (node.tail or "").translate(characters)
