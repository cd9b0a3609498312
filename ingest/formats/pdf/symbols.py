"""Signs of symbol fonts that files give without their meaning, and characters that say nothing.

A symbol font without a table of meanings puts its signs at U+F000 and up; where each stands is
given by Adobe's Symbol encoding (ISO 32000-1, annex D.6). Bullets are those of Wingdings where
Symbol has a card or a brace.
"""

NOTHING = "\0"
"""Stands in the place of a character that says nothing, so that the others keep their places."""

_SYMBOL = {
    "abcdefghiklmnopqrstuwxyz": "αβχδεφγηικλμνοπθρστυωξψζ",
    "DFGLPQSWXY": "ΔΦΓΛΠΘΣΩΞΨ",
    "<=>+()[]/%": "<=>+()[]/%",
    "\xb0\xb1\xb2\xb3\xb4\xb7\xb8\xb9\xba\xbb\xa3\xa5\xa2\xae\xac\xd6": "°±″≥×•÷≠≡≈≤∞′→←√",
    "\x2d": "−",
}
_WINGDINGS_BULLETS = "\x9f\xa7\xa8\xd8\xfc"
_SILENT = "\x01\x03\x04\x05\x06\x07\x08\x0e\x0f\x7f\ufeff\u200b"
_PARTING = "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"

SYMBOLS: dict[int, str] = {
    **{0xF000 + ord(sign): "•" for sign in _WINGDINGS_BULLETS},
    **{
        0xF000 + ord(place): sign
        for places, signs in _SYMBOL.items()
        for place, sign in zip(places, signs, strict=True)
    },
    **{ord(char): NOTHING for char in _SILENT},
    **{ord(char): " " for char in _PARTING},
}
"""For `str.translate`: one character each."""
