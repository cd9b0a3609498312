r"""The control words of an RTF file that change its text: breaks, looks and settings."""

from collections.abc import Callable
from dataclasses import replace

from ingest.formats.office.rtf_groups import TEXT, Groups
from ingest.formats.office.rtf_story import Look, Setting
from ingest.formats.office.rtf_tokens import Token, tokens_of
from ingest.formats.office.styled import Item
from ingest.sections import FOOTNOTE

_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "mden": "/",
    "mrad": "√",
}
_SYMBOLS = {
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "\u2011",
    "\\": "\\",
    "{": "{",
    "}": "}",
}
_PAGE_WORDS = frozenset({"ansi", "mac", "pc", "pca", "ansicpg"})
_TABLE_WORDS = frozenset({"fcharset", "outlinelevel", "s"})


def _end_paragraph(groups: Groups) -> None:
    groups.story.end_paragraph(groups.styles)


def _note_number(groups: Groups) -> None:
    """The number of a note where the text refers to it; the note itself has it as its mark."""
    if groups.story.kind != FOOTNOTE:
        groups.story.add(str(groups.notes + 1), replace(groups.group.look, position="sup"))


_BREAKS: dict[str, Callable[[Groups], None]] = {
    "par": _end_paragraph,
    "sect": _end_paragraph,
    "cell": lambda groups: groups.story.end_cell(groups.styles, 1),
    "nestcell": lambda groups: groups.story.end_cell(groups.styles, 2),
    "row": lambda groups: groups.story.end_row(1),
    "nestrow": lambda groups: groups.story.end_row(2),
    "chftn": _note_number,
    "ftnalt": lambda groups: groups.end_note_is_last(),
}
_LOOKS: dict[str, Callable[[Look, int | None], Look]] = {
    "b": lambda look, number: replace(look, is_bold=number != 0),
    "v": lambda look, number: replace(look, is_hidden=number != 0),
    "deleted": lambda look, number: replace(look, is_deleted=number != 0),
    "super": lambda look, number: replace(look, position="sup" if number != 0 else ""),
    "sub": lambda look, number: replace(look, position="sub" if number != 0 else ""),
    "nosupersub": lambda look, _number: replace(look, position=""),
    "up": lambda look, number: replace(look, position="" if number == 0 else "sup"),
    "dn": lambda look, number: replace(look, position="" if number == 0 else "sub"),
    "msup": lambda look, _number: replace(look, position="sup"),
    "msub": lambda look, _number: replace(look, position="sub"),
    "fs": lambda look, number: replace(look, size=(number or 24) / 2),  # half points
}
_SETTINGS: dict[str, Callable[[Setting, int | None], Setting]] = {
    "pard": lambda _setting, _number: Setting(),
    "s": lambda setting, number: replace(setting, style=number or 0),
    "qc": lambda setting, _number: replace(setting, is_centred=True),
    "ql": lambda setting, _number: replace(setting, is_centred=False),
    "intbl": lambda setting, _number: replace(setting, depth=max(1, setting.depth)),
    "itap": lambda setting, number: replace(setting, depth=max(0, number or 0)),
    "outlinelevel": lambda setting, number: replace(
        setting, level=number + 1 if number is not None and 0 <= number < 9 else 0
    ),
}


class Source:
    """A file under way."""

    def __init__(self) -> None:
        self.groups = Groups()
        self.warnings: tuple[str, ...] = ()
        self._is_starred = False
        self._to_skip = 0  # characters that stand in for one in Unicode

    def read(self, raw: bytes) -> list[Item]:
        """All items of the file, notes that are printed at the end last."""
        depth = 0
        for token in tokens_of(raw):
            depth += {"{": 1, "}": -1}.get(token.kind, 0)
            self._take(token)
            if depth == 0:  # what stands behind the last brace is not shown
                break
        self.groups.flush()
        if depth > 0:
            self.warnings = ("its end is missing: it was cut off",)
        while len(self.groups.stack) > 1:
            self.groups.close()
        return self.groups.story.end(self.groups.styles) + self.groups.endnotes

    def _take(self, token: Token) -> None:
        if token.kind in "{}":
            self._to_skip, self._is_starred = 0, False
            if token.kind == "{":
                self.groups.open()
            else:
                self.groups.close()
        elif token.kind in ("text", "code"):
            self._add_bytes(token.text)
        elif token.kind == "symbol":
            self._take_symbol(token.text)
        elif self._to_skip and token.text != "u":
            self._to_skip -= 1
        else:
            self._take_word(token.text, token.number)

    def _add_bytes(self, text: str) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self.groups.add_bytes(text[skipped:])

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_starred = True
        elif symbol in "\r\n":
            self._take_word("par", None)
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _add(self, text: str) -> None:
        self.groups.flush()
        self.groups.add(text)

    def _take_word(self, word: str, number: int | None) -> None:
        groups = self.groups
        groups.flush()
        starred, self._is_starred = self._is_starred, False
        if word == "u":
            self._to_skip = groups.group.fallback
            groups.add_unicode((number or 0) & 0xFFFF)
        elif groups.set_destination(word, starred):
            return
        elif word in _PAGE_WORDS:
            groups.set_page(word, number)
        elif word == "uc":
            groups.group.fallback = max(0, number if number is not None else 1)
        elif word == "f" and number is not None:
            groups.set_font(number)
        elif word == "deff" and number is not None:
            groups.set_default_font(number)
        elif groups.group.destination != TEXT:
            if word in _TABLE_WORDS:
                groups.describe(word, number or 0)
            elif word in _CHARACTERS:
                groups.add(_CHARACTERS[word])
        else:
            self._take_text_word(word, number)

    def _take_text_word(self, word: str, number: int | None) -> None:
        if word in _CHARACTERS:
            self.groups.add(_CHARACTERS[word])
        elif word in _BREAKS:
            _BREAKS[word](self.groups)
        elif word == "plain":
            self.groups.plain()
        elif word in _LOOKS:
            self.groups.group.look = _LOOKS[word](self.groups.group.look, number)
        elif word in _SETTINGS:
            setting = self.groups.story.setting
            self.groups.story.setting = _SETTINGS[word](setting, number)
