r"""Rich Text Format to tokens: braces, control words, and text in its characters.

Source: Rich Text Format Specification 1.9.1, Microsoft 2008. Bytes are read as Latin-1, one
character a byte, until the font in use tells what they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<code>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
CHARACTER_SETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
r"""Code page of each \fcharset, as the specification lists them."""
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
DEFAULT_PAGE = "cp1252"


@dataclass(frozen=True)
class Token:
    r"""A brace, a control word or symbol with its number, or bytes of text.

    `kind` is "{", "}", "word" (`text` is the word), "symbol", "code" (one byte written as \'xx)
    or "text".
    """

    kind: str
    text: str = ""
    number: int | None = None


def tokens_of(raw: bytes) -> Iterator[Token]:
    r"""The tokens of a file; the bytes after \bin, which are pictures, are passed over."""
    source = raw.decode("latin-1")
    place = 0
    while match := _TOKEN.search(source, place):
        place = match.end()
        word = match["word"]
        if word is not None:
            number = int(match["number"]) if match["number"] is not None else None
            if word == "bin":
                place += max(0, number or 0)
            else:
                yield Token("word", word, number)
        elif match["code"] is not None:
            yield Token("code", chr(int(match["code"], 16)))
        elif match["symbol"] is not None:
            yield Token("symbol", match["symbol"])
        elif match["brace"] is not None:
            yield Token(match["brace"])
        else:
            yield Token("text", match["text"])


def page_of_word(word: str, number: int | None) -> str:
    r"""The code page that a word of the header names ("\ansicpg1252"); "" for other words."""
    if word == "ansicpg" and number:
        page = {65001: "utf-8", 10000: "mac_roman", 1361: "johab"}.get(number, f"cp{number}")
        try:
            b"".decode(page)
        except LookupError:
            return DEFAULT_PAGE
        return page
    return _PAGES.get(word, "")
