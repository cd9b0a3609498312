r"""The groups of an RTF file: what text goes where, in which look and which characters.

A group in braces either belongs to the text or is a destination: a table of fonts, a note, a
field's instruction. One that begins with "\*" and is not known here is passed over, as the
specification asks.
"""

from dataclasses import dataclass, field, replace

from ingest.formats.office.rtf_story import Look, Story
from ingest.formats.office.rtf_tokens import CHARACTER_SETS, DEFAULT_PAGE, page_of_word
from ingest.formats.office.styled import Item, Paragraph, level_of_style, plain_text
from ingest.sections import BOXED_TEXT, FOOTNOTE
from ingest.symbol_font import in_symbol_font, symbol_field

TEXT = "text"
SKIPPED = "skipped"
PAGE = "page"
"""The kind of a story that is printed on every page."""
_STORIES = {
    "footnote": FOOTNOTE,
    "shptxt": BOXED_TEXT,
    "dptxbxtext": BOXED_TEXT,
    **dict.fromkeys("header headerl headerr headerf footer footerl footerr footerf".split(), PAGE),
}
_BUFFERED = {
    "listtext": "mark",
    "pntext": "mark",
    "fldinst": "instruction",
    "fonttbl": "fonttbl",
    "stylesheet": "stylesheet",
    "info": "info",
}
_TABLES = frozenset({"fonttbl", "stylesheet"})
_PASSED_OVER = frozenset(
    """colortbl pict objdata shprslt nonesttables sp filetbl listtable listoverridetable revtbl
    rsidtbl xe tc bkmkstart bkmkend mmathPict private template annotation atnid atnauthor mnaryPr
    mfPr mdPr mradPr msSupPr msSubPr msSubSupPr maccPr mbarPr mfuncPr mmPr meqArrPr mctrlPr mrPr
    """.split()
)
_ENTERED = frozenset({"shpinst", "do", "nesttableprops", "moMath", "moMathPara"})
_INFORMATION = frozenset({"title", "author", "doccomm", "subject", "keywords"})
_SYMBOL_CHARSET = 2


@dataclass
class Group:
    """What holds until the closing brace; `outer` is where a skipped group's text would go."""

    destination: str = TEXT
    look: Look = field(default_factory=Look)
    fallback: int = 1
    outer: str = TEXT
    opens_story: bool = False


@dataclass
class Groups:
    """The open groups, the stories they tell, and what the header of the file says."""

    stack: list[Group] = field(default_factory=lambda: [Group()])
    stories: list[Story] = field(default_factory=lambda: [Story()])
    styles: dict[int, tuple[str, int]] = field(default_factory=dict)
    information: dict[str, str] = field(default_factory=dict)
    page_texts: list[str] = field(default_factory=list)
    endnotes: list[Item] = field(default_factory=list)
    notes: int = 0
    page: str = DEFAULT_PAGE
    _fonts: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    _default_font: int | None = None
    _entry: tuple[int | None, int | None, int] = (None, None, 0)
    _buffer: str = ""
    _bytes: list[str] = field(default_factory=list)
    _is_endnote: bool = False
    _has_symbol: bool = False

    @property
    def group(self) -> Group:
        """The innermost group."""
        return self.stack[-1]

    @property
    def story(self) -> Story:
        """The story under way."""
        return self.stories[-1]

    def open(self) -> None:
        """Begin a group: it has all of the one around it."""
        self.flush()
        self.stack.append(replace(self.group, opens_story=False))

    def close(self) -> None:
        """End a group, and the destination that it was."""
        self.flush()
        closed = self.stack.pop() if len(self.stack) > 1 else self.group
        if closed.opens_story:
            self._end_story()
        elif closed.destination != self.group.destination:
            self._end_buffer(closed.destination)

    def add_bytes(self, text: str) -> None:
        """Add bytes, which the font in use tells the characters of."""
        self._bytes.append(text)

    def flush(self) -> None:
        """Turn the bytes so far into characters."""
        if not self._bytes:
            return
        raw, self._bytes = "".join(self._bytes), []
        font = self.group.look.font
        page = self.group.look.page or self.page
        if in_symbol_font("m", font) != "m":
            self.add("".join(in_symbol_font(_private(c), font) for c in raw))
        else:
            self.add(raw.encode("latin-1").decode(page, errors="replace"))

    def add(self, text: str) -> None:
        """Add characters to where the group's text goes."""
        destination = self.group.destination
        if destination == TEXT:
            self.story.add(text, self.group.look)
        elif destination in _TABLES:
            self._add_to_table(destination, text)
        elif destination != SKIPPED:
            self._buffer += text

    def add_unicode(self, code: int) -> None:
        """Add the character of a code; of those beyond U+FFFF each half comes alone."""
        self.flush()
        self.add(in_symbol_font(chr(code), self.group.look.font))

    def set_destination(self, word: str, is_starred: bool) -> bool:
        """Make the group what a word says; False for words that name no destination."""
        group = self.group
        if word in _STORIES and group.destination == TEXT:
            self._begin_story(_STORIES[word])
        elif word == "ud":
            group.destination = group.outer
        elif word == "upr":
            group.outer, group.destination = group.destination, SKIPPED
        elif group.destination == SKIPPED:
            return True
        elif group.destination == "info":
            group.destination = f"info {word}" if word in _INFORMATION else "info"
            self._buffer = ""
        elif word in _BUFFERED:
            group.destination, self._buffer = _BUFFERED[word], ""
        elif self._is_passed_over(word, is_starred):
            group.destination, self._has_symbol = SKIPPED, False
        else:
            return word in _ENTERED
        return True

    def _is_passed_over(self, word: str, is_starred: bool) -> bool:
        """Whether a group is no text, nor known; a result repeats a symbol that was asked for."""
        if word in _PASSED_OVER or (word == "fldrslt" and self._has_symbol):
            return True
        return is_starred and word not in _ENTERED

    def set_font(self, number: int) -> None:
        """Use a font of the table; within the table, describe it."""
        if self.group.destination == "fonttbl":
            self._entry = (number, None, 0)
            return
        name, charset = self._fonts.get(number, ("", None))
        page = CHARACTER_SETS.get(charset, "") if charset is not None else ""
        self.group.look = replace(self.group.look, font=name, page=page)

    def set_default_font(self, number: int) -> None:
        """The font of text that names none."""
        self._default_font = number

    def plain(self) -> None:
        """Set characters as the file sets them by default."""
        self.group.look = Look()
        if self._default_font is not None:
            self.set_font(self._default_font)

    def describe(self, word: str, number: int) -> None:
        """A property of the font or the style that a table is describing."""
        entry, charset, level = self._entry
        if word == "fcharset":
            self._entry = (entry, number, level)
        elif word == "s":
            self._entry = (number, charset, level)
        elif word == "outlinelevel":
            self._entry = (entry, charset, number + 1 if number < 9 else 0)

    def set_page(self, word: str, number: int | None) -> None:
        """Use the code page that the header names."""
        self.page = page_of_word(word, number) or self.page

    def end_note_is_last(self) -> None:
        """Mark the note under way as one that is printed at the end."""
        self._is_endnote = True

    def _add_to_table(self, table: str, text: str) -> None:
        *ended, self._buffer = (self._buffer + text).split(";")
        for name in ended:
            number, charset, level = self._entry
            if table == "fonttbl" and number is not None:
                self._fonts[number] = (name.strip(), charset)
            elif table == "stylesheet":
                named = name.strip().lower()
                self.styles.setdefault(number or 0, (named, level or level_of_style(named)))
            self._entry = (None, None, 0)

    def _end_buffer(self, destination: str) -> None:
        buffer, self._buffer = self._buffer, ""
        if destination == "mark":
            self.story.mark(_list_mark(buffer))
        elif destination == "instruction":
            self._print_symbol(buffer)
        elif destination.startswith("info "):
            self.information[destination.removeprefix("info ")] = buffer.strip()

    def _print_symbol(self, instruction: str) -> None:
        """Add what a field prints that names a character; its result, if any, repeats it."""
        symbol = symbol_field(instruction)
        self.add(symbol)
        self._has_symbol = bool(symbol)

    def _begin_story(self, kind: str) -> None:
        self.group.opens_story, self.group.destination = True, TEXT
        self.stories.append(Story(kind))
        self.notes += kind == FOOTNOTE
        self._is_endnote = False
        self.group.look = Look(page=self.group.look.page)

    def _end_story(self) -> None:
        story = self.stories.pop()
        items = story.end(self.styles)
        if story.kind == PAGE:
            self.page_texts.append(plain_text(items))
            return
        if story.kind == FOOTNOTE:
            items = _numbered(items, self.notes)
            if self._is_endnote:
                self.endnotes += items
                return
        self.story.attach(items)


def _numbered(items: list[Item], number: int) -> list[Item]:
    """The items of a note, the first with the note's number."""
    first = items[0] if items else None
    if isinstance(first, Paragraph):
        return [replace(first, mark=f"{number}."), *items[1:]]
    return items


def _private(character: str) -> str:
    return chr(0xF000 + ord(character)) if "!" <= character <= "\xff" else character


def _list_mark(text: str) -> str:
    mark = " ".join(text.split())
    is_letter_bullet = mark in (
        "o",
        "§",
        "Ø",
        "ü",
        "v",
        "q",
    )  # Wingdings and Courier without a name
    return "•" if mark and (is_letter_bullet or not any(map(str.isalnum, mark))) else mark
