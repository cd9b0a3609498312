"""Text to cleaner text: encoding damage, ligatures and invisible characters. Pure.

Nothing is rephrased: words, figures, quotes and dashes stay as the author wrote them, and so do
the signs that a dose or a finding hangs on (µ, °, ±, ≥, ½, ², −, ′).
"""

import re
import unicodedata

import ftfy

from ingest.symbol_font import without_private_characters

# Line and page layout is gone by now; what is left to mend is the characters themselves.
# Curly quotes, full-width forms and case are the author's.
_FIXES = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_character_width=False,
    normalization="NFC",
    explain=False,
)
# Soft hyphens, zero-width spaces and joins, direction marks, invisible operators of formulas,
# the place of an object that is not text.
_INVISIBLE = re.compile(
    "[\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffc]"
)
_SOFT_HYPHEN = re.compile("\u00ad+(?:[^\\S\n]*\n[^\\S\n]*)?")
_PARTING = re.compile("[\v\f\x1c-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HYPHENS = re.compile("[\u2010\u2011]")
# Keyboards of two alphabets: "сell" with a Cyrillic "с". Of Greek letters only omicron is no sign.
_LOOK_ALIKES = str.maketrans("аеорсухіјѕАВЕЅІЈКМНОРСТХοΟ", "aeopcyxijsABESIJKMHOPCTXoO")
_OTHER_LETTER = re.compile("[\u0400-\u04ffοΟ]")
_MIXED_WORD = re.compile(
    r"\b(?=[A-Za-z]*[\u0400-\u04ffοΟ])(?=[\u0400-\u04ffοΟ]*[A-Za-z])[A-Za-z\u0400-\u04ffοΟ]+\b"
)
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{2,}")


def clean(text: str) -> str:
    r"""One block of text with its characters mended and its white space folded.

    A single newline stays (list items stand on lines of their own), blank lines do not.
    Direction marks go: they can make a text read otherwise than it is written. Hyphens that only
    forbid a line break become plain ones: "51‑year‑old" and "51-year-old" are one word.

    >>> clean("  eﬀusion\u200b of  the\tknee \n\n was seen ")
    'effusion of the knee\nwas seen'
    """
    mended = _mended(text)
    # What was hidden between two characters can have kept them from being mended.
    while mended != text and (again := _mended(mended)) != mended and len(again) <= len(mended):
        mended = again
    return mended


def words_in(text: str) -> int:
    """How many words `text` has, as white space parts them."""
    return len(text.split())


def _mended(text: str) -> str:
    # ftfy drops control characters; those that part lines and records part words as well.
    text = _SOFT_HYPHEN.sub("", _INVISIBLE.sub("", _PARTING.sub(" ", text)))
    text = without_private_characters(ftfy.fix_text(text, _FIXES))
    text = _CONTROLS.sub("", text)
    if _OTHER_LETTER.search(text):
        text = _MIXED_WORD.sub(_in_latin, text)
    text = _HYPHENS.sub("-", unicodedata.normalize("NFC", text))
    text = _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n", text).strip()


def _in_latin(word: re.Match[str]) -> str:
    """A word of Latin letters and of others that look like them; one with yet others stays."""
    latin = word[0].translate(_LOOK_ALIKES)
    return latin if latin.isascii() else word[0]
