"""The text of a paragraph of a Word file, as Word shows it with all changes accepted.

What was deleted or moved away, hidden, or typed into a field as its instruction is not text;
what was inserted, stands in a link or a form, or is an equation or a symbol is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.office.docx_math import math_text
from ingest.formats.office.docx_package import attribute, child, is_on, name_of, value, whole
from ingest.formats.office.docx_styles import Styles, is_bold
from ingest.formats.xml.raised import write_raised_digits
from ingest.symbol_font import in_symbol_font, symbol_field

_UNREAD = frozenset(
    """del moveFrom delText delInstrText rPr pPr sdtPr sdtEndPr smartTagPr customXmlPr
    commentReference annotationRef footnoteRef endnoteRef separator continuationSeparator
    shapetype imagedata docPr""".split()
)
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_PICTURES = frozenset({"blip", "imagedata", "chart"})
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RAISED = {"superscript": "sup", "subscript": "sub"}


@dataclass
class Inline:
    """What one paragraph holds: text, and what is anchored in it."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind ("footnote", "endnote") and id of each note referred to."""
    diagrams: list[str] = field(default_factory=list)
    """Relationship of the part with each diagram's words (SmartArt)."""
    has_picture: bool = False
    formulas_unread: int = 0
    is_bold: bool = False
    size: float = 0.0
    """Points of the first run; 0 where there is none."""


@dataclass(frozen=True)
class _Piece:
    text: str
    position: str = ""
    bold: bool = False
    size: float = 0.0


class InlineReader:
    """Reads paragraphs in the order of the document: fields and notes run on between them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # for each open field, whether its instruction is under way
        self._instruction = ""
        self._pieces: list[_Piece] = []
        self._found = Inline()
        self._note_numbers: dict[tuple[str, str], int] = {}

    def read(self, paragraph: etree._Element, style_id: str) -> Inline:
        """The text of a paragraph in a style, and what is anchored in it."""
        outer = self._pieces, self._found
        self._pieces, self._found = [], Inline()
        for part in paragraph:
            self._read(part, style_id)
        # A field that never got to its result would swallow the rest of the document.
        self._fields = [False for _ in self._fields]
        found, pieces = self._found, [piece for piece in self._pieces if piece.text]
        self._pieces, self._found = outer
        found.text = _joined(pieces)
        inked = [piece for piece in pieces if piece.text.strip()]
        found.is_bold = bool(inked) and all(piece.bold for piece in inked)
        found.size = inked[0].size if inked else 0.0
        return found

    def note_number(self, kind: str, note_id: str) -> int:
        """The number of a note, counted in the order of the references to its kind."""
        others = sum(1 for other in self._note_numbers if other[0] == kind)
        return self._note_numbers.setdefault((kind, note_id), others + 1)

    def _read(self, element: etree._Element, style_id: str) -> None:
        name = name_of(element)
        if name in _UNREAD or not name:
            return
        reader = _READERS.get(name)
        if reader is not None:
            reader(self, element, style_id)
            return
        self._found.has_picture |= name in _PICTURES
        for part in element:
            self._read(part, style_id)

    def _run(self, run: etree._Element, style_id: str) -> None:
        properties = child(run, "rPr")
        run_style = value(properties, "rStyle")
        hidden = self._property(properties, "vanish", run_style, style_id)
        if hidden is not None and attribute(hidden, "val") not in ("0", "false"):
            return
        raised = self._property(properties, "vertAlign", run_style, style_id)
        size = self._property(properties, "sz", run_style, style_id)
        half_points = attribute(size, "val")
        look = _Piece(
            "",
            _RAISED.get(attribute(raised, "val"), ""),
            is_bold(properties, self._styles, run_style, style_id),
            whole(half_points, self._styles.default_half_points) / 2,
        )
        font = attribute(child(properties, "rFonts"), "ascii")
        for part in run:
            self._run_part(part, look, font, style_id)

    def _property(
        self, properties: etree._Element | None, name: str, *styles: str
    ) -> etree._Element | None:
        own = child(properties, name)
        return own if own is not None else self._styles.run_property(name, *styles)

    def _run_part(self, part: etree._Element, look: _Piece, font: str, style_id: str) -> None:
        name = name_of(part)
        if name == "t":
            text = part.text or ""
            self._add(in_symbol_font(text, font), look)
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name], look)
        elif name == "sym":
            self._add(_symbol(part), look)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(part, name.removesuffix("Reference"))
        elif name == "object" and attribute(_ole_object(part), "ProgID").startswith("Equation"):
            self._found.formulas_unread += 1
        else:
            self._read(part, style_id)

    def _note(self, reference: etree._Element, kind: str) -> None:
        note_id = attribute(reference, "id")
        if any(self._fields):
            return
        self._found.notes.append((kind, note_id))
        number = self.note_number(kind, note_id)
        if not is_on_reference(reference):
            self._add(str(number), _Piece("", "sup"))

    def _add(self, text: str, look: _Piece) -> None:
        if not any(self._fields):
            self._pieces.append(_Piece(text, look.position, look.bold, look.size))

    def _text(self, element: etree._Element, _style_id: str) -> None:
        """Text outside of a Word run, as in drawings."""
        self._add(element.text or "", _Piece(""))

    def _field_mark(self, mark: etree._Element, _style_id: str) -> None:
        match attribute(mark, "fldCharType"):
            case "begin":
                self._check_box(mark)
                self._fields.append(True)
                self._instruction = ""
            case "separate" if self._fields:
                self._fields[-1] = False
            case "end" if self._fields:
                if self._fields.pop():  # without a result, Word prints what is asked for
                    self._add(symbol_field(self._instruction), _Piece(""))

    def _field_text(self, element: etree._Element, _style_id: str) -> None:
        self._instruction += element.text or ""

    def _check_box(self, mark: etree._Element) -> None:
        box = child(mark, "ffData", "checkBox")
        if box is not None:
            state = "checked" if child(box, "checked") is not None else "default"
            self._add("☒" if is_on(box, state) else "☐", _Piece(""))

    def _form(self, form: etree._Element, style_id: str) -> None:
        """A content control; what only invites to type is not text."""
        content = child(form, "sdtContent")
        if content is not None and not is_on(form, "sdtPr", "showingPlcHdr"):
            for part in content:
                self._read(part, style_id)

    def _alternatives(self, choices: etree._Element, style_id: str) -> None:
        chosen = chosen_alternative(choices)
        for part in chosen if chosen is not None else ():
            self._read(part, style_id)

    def _equation(self, equation: etree._Element, _style_id: str) -> None:
        self._add(math_text(equation), _Piece(""))

    def _ruby(self, ruby: etree._Element, style_id: str) -> None:
        base = child(ruby, "rubyBase")
        if base is not None:
            self._read(base, style_id)

    def _diagram(self, diagram: etree._Element, _style_id: str) -> None:
        self._found.diagrams.append(attribute(diagram, "dm"))

    def _word_art(self, path: etree._Element, _style_id: str) -> None:
        """Letters that old files draw along a line."""
        self._add(attribute(path, "string"), _Piece(""))

    def _box(self, box: etree._Element, _style_id: str) -> None:
        self._found.boxes.append(box)


_READERS: dict[str, Callable[[InlineReader, etree._Element, str], None]] = {
    "r": InlineReader._run,
    "t": InlineReader._text,
    "fldChar": InlineReader._field_mark,
    "instrText": InlineReader._field_text,
    "sdt": InlineReader._form,
    "AlternateContent": InlineReader._alternatives,
    "oMath": InlineReader._equation,
    "ruby": InlineReader._ruby,
    "txbxContent": InlineReader._box,
    "relIds": InlineReader._diagram,
    "textpath": InlineReader._word_art,
}


def chosen_alternative(choices: etree._Element) -> etree._Element | None:
    """The one of several drawings of a thing that has its text: the first, or the fallback."""
    for choice in choices:
        if any(name_of(part) in ("t", "oMath", "blip") for part in choice.iter()):
            return choice
    return next(iter(choices), None)


def is_on_reference(reference: etree._Element) -> bool:
    """Whether a note's mark is typed after the reference, not counted."""
    return attribute(reference, "customMarkFollows") in ("1", "true", "on")


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char")
    try:
        return in_symbol_font(chr(int(code, 16)), attribute(element, "font"))
    except (ValueError, OverflowError):
        return ""


def _ole_object(element: etree._Element) -> etree._Element | None:
    return next((part for part in element.iter() if name_of(part) == "OLEObject"), None)


def _joined(pieces: list[_Piece]) -> str:
    """The pieces as one text, raised and lowered digits as such."""
    if not any(piece.position for piece in pieces):
        return "".join(piece.text for piece in pieces)
    root = etree.Element("p")
    root.text = ""
    last: etree._Element | None = None
    for piece in pieces:
        text = _NOT_XML.sub("", piece.text)
        if piece.position:
            if last is not None and last.tag == piece.position and not last.tail:
                last.text = (last.text or "") + text
            else:
                last = etree.SubElement(root, piece.position)
                last.text = text
        elif last is not None:
            last.tail = (last.tail or "") + text
        else:
            root.text += text
    write_raised_digits(root)
    return "".join(map(str, root.itertext()))
