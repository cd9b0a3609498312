"""Formulas of JATS as a line that can be read: from MathML, else from TeX.

"CF = (CMₜ − CM)/(CMₜ)" says what is divided by what; bare characters in a row would not. What is
a picture only is counted, for nothing of it can be read. Source of the element names:
https://www.w3.org/TR/MathML3/chapter3.html
"""

import re

from lxml import etree

from ingest.formats.xml.jats_tex import tex_text
from ingest.formats.xml.raised import LOWERED, RAISED, in_place
from ingest.formats.xml.tree import inline_text, local_name, take_out

_FORMULAS = ("inline-formula", "disp-formula", "chem-struct")
_PICTURES = ("graphic", "inline-graphic", "media", "inline-media", "object-id")
_READABLE_FIRST = ("math", "tex-math", "textual-form", "table", "array", "preformat", "code")
# Plus and minus stand apart only between two things: "−5", but "a − 5".
_SPACED = frozenset("=<>≤≥≦≧≈≅≃≠±∓+−-×∗*÷→←⇒⇔↔∈∉∼~≡≪≫∝⊂⊆∪∩∧∨|")
_SIGNS = frozenset("±∓+−-*~∼|")
_INVISIBLE = dict.fromkeys(range(0x2061, 0x2065), "")
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "_": "\u0304", "^": "\u0302", "ˆ": "\u0302"} | {
    "~": "\u0303", "˜": "\u0303", "˙": "\u0307", "→": "\u20d7", "⃗": "\u20d7"
}  # fmt: skip
_SIMPLE = re.compile(r"[\w.,²³ⁿ₀-₉%]+|\w\W")


def write_formulas(root: etree._Element) -> int:
    """Write each formula's text in its place; how many are pictures only."""
    for alternatives in root.iter("alternatives"):
        _keep_readable(alternatives)
    for formula in list(root.iter("math")):
        _fill(formula, mathml_text(formula))
    for formula in list(root.iter("tex-math")):
        parent = formula.getparent()
        if parent is not None and parent.find("math") is not None:
            take_out(formula)
        else:
            _fill(formula, tex_text("".join(map(str, formula.itertext()))))
    return sum(1 for formula in root.iter(*_FORMULAS) if _is_picture(formula)) + sum(
        1 for picture in root.iter("inline-graphic") if _stands_alone(picture)
    )


def _keep_readable(alternatives: etree._Element) -> None:
    """Of several forms of one thing keep the first that reads best."""
    for name in _READABLE_FIRST:
        if alternatives.find(name) is not None:
            for form in [child for child in alternatives if local_name(child) != name]:
                alternatives.remove(form)
            return


def _fill(formula: etree._Element, text: str) -> None:
    for child in list(formula):
        formula.remove(child)
    formula.text = text


def _is_picture(formula: etree._Element) -> bool:
    has_picture = next(formula.iter(*_PICTURES), None) is not None
    return has_picture and not inline_text(formula, ("label",))


def _stands_alone(picture: etree._Element) -> bool:
    return not any(local_name(node) in _FORMULAS for node in picture.iterancestors())


def mathml_text(node: etree._Element) -> str:
    """One MathML element on one line."""
    return " ".join(_text(node).split())


def _text(node: etree._Element) -> str:
    name = local_name(node)
    children = [child for child in node if isinstance(child.tag, str)]
    if name in ("annotation", "annotation-xml", "maligngroup", "malignmark", "none"):
        return ""
    if name == "semantics":
        return _text(children[0]) if children else ""
    if name in ("mi", "mn", "mo", "mtext", "ms", "ci", "cn"):
        return (inline_text(node) or " ").translate(_INVISIBLE)
    if name == "mspace":
        return " "
    parts = [_text(child) for child in children]
    if name in _ARRANGED and len(parts) == len(_ARRANGED[name]):
        return _arrange(name, [part.strip() for part in parts])
    if name == "mfenced":
        fences = (node.get("open", "("), node.get("close", ")"))
        return fences[0] + ", ".join(part.strip() for part in parts) + fences[1]
    if name == "mtable":
        return "; ".join(part.strip() for part in parts)
    if name in ("mtr", "mlabeledtr"):
        return " ".join(part.strip() for part in parts)
    text = _in_a_row(children, parts)
    return f"√({text.strip()})" if name == "msqrt" else text


def _in_a_row(children: list[etree._Element], parts: list[str]) -> str:
    row = ""
    for child, part in zip(children, parts, strict=True):
        if local_name(child) == "mo" and part.strip() in _SPACED:
            sign = part.strip()
            before = row.rstrip()
            alone = sign in _SIGNS and (not before or before[-1] in _SPACED or before[-1] in "([{,")
            row += sign if alone else f" {sign} "
        elif local_name(child) == "mo" and part.strip() in (",", ";"):
            row = f"{row.rstrip()}{part.strip()} "
        else:
            row += part
    return row


_ARRANGED = {
    "mfrac": ("over", "under"),
    "msup": ("base", "raised"),
    "msub": ("base", "lowered"),
    "msubsup": ("base", "lowered", "raised"),
    "mroot": ("base", "index"),
    "mover": ("base", "over"),
    "munder": ("base", "under"),
    "munderover": ("base", "under", "over"),
}
"""What the children of an element mean, in their order."""


def _arrange(name: str, parts: list[str]) -> str:
    base, rest = parts[0], parts[1:]
    if name == "mfrac":
        return f"{_in_brackets(base)}/{_in_brackets(rest[0])}"
    if name == "mroot":
        return f"{in_place(rest[0], RAISED)}√({base})"
    if name == "mover" and rest[0] in _ACCENTS:
        return base + _ACCENTS[rest[0]] if len(base) == 1 else f"{rest[0]}({base})"
    if name in ("mover", "munder", "munderover"):
        limits = "…".join(part for part in rest if part)
        return f"{base}({limits})" if limits else base
    lowered = in_place(rest[0], LOWERED) if name != "msup" else ""
    if name == "msub":
        return base + lowered
    return base + lowered + (_raised(rest[-1]) if base else in_place(rest[-1], RAISED))


def _raised(text: str) -> str:
    """A power that Unicode cannot raise is marked as one, unless it is no letter: "x′"."""
    raised = in_place(text, RAISED)
    if raised != text or not any(c.isalnum() for c in text):
        return raised
    return f"^{text}" if len(text) == 1 else f"^({text})"


def _in_brackets(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
