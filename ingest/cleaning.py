"""Text to cleaner text: encoding damage, ligatures and invisible characters. Pure.

Nothing is rephrased: words, figures, quotes and dashes stay as the author wrote them.
"""

import re
import unicodedata

import ftfy

# Line and page layout is gone by now; what is left to mend is the characters themselves.
# Curly quotes, full-width forms and case are the author's.
_FIXES = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_character_width=False,
    normalization="NFC",
    explain=False,
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PARTING = re.compile("[\v\f\x1c-\x1f]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{2,}")


def clean(text: str) -> str:
    r"""One block of text with its characters mended and its white space folded.

    A single newline stays (list items stand on lines of their own), blank lines do not.
    Direction marks go: they can make a text read otherwise than it is written.

    >>> clean("  eﬀusion\u200b of  the\tknee \n\n was seen ")
    'effusion of the knee\nwas seen'
    """
    # ftfy drops control characters; those that part lines and records part words as well.
    text = _INVISIBLE.sub("", ftfy.fix_text(_PARTING.sub(" ", text), _FIXES))
    text = "".join(c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) != "Cc")
    text = _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n", text).strip()


def words_in(text: str) -> int:
    """How many words `text` has, as white space parts them."""
    return len(text.split())
