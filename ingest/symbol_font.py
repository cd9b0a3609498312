"""Letters of the Symbol and Wingdings fonts to the characters that they print. Pure.

Word writes "5 μg" typed in Symbol as the letter "m" in another font, or as U+F06D of Unicode's
private use area. Read as it stands it would be "5 mg".
Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt
"""

import re

_SYMBOL_20 = (
    " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"
)
_SYMBOL_A0 = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_SYMBOL = {
    **{0x20 + place: character for place, character in enumerate(_SYMBOL_20)},
    **{0xA0 + place: character for place, character in enumerate(_SYMBOL_A0)},
    **{0xF1 + place: character for place, character in enumerate("〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")},
}
_WINGDINGS = {
    **{0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖"},
    **{0x77: "•", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢"},
    **{0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗"},
    **{0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
"""Of its 200 pictures those that texts use: bullets, arrows and boxes to tick."""
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_FONTS = {
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": {},
}
_UNKNOWN_PICTURE = "□"
_FIELD = re.compile(
    r"^\s*SYMBOL\s+(?P<hexadecimal>0x)?(?P<code>[0-9A-F]{1,5})\b"
    r'(?:.*?\\f\s*(?:"(?P<font>[^"]*)"|(?P<bare>\S+)))?',
    re.IGNORECASE | re.DOTALL,
)
_NEVER_SYMBOL = frozenset({0x6F, 0x76, 0xA7, 0xA8, 0xD8, 0xE0, 0xFC, 0xFE})
"""Codes that are bullets, arrows and ticks in Wingdings and hardly ever printed in Symbol."""
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_BULLETS = frozenset(
    {0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x75, 0x76, 0x77, 0x9F, 0xA1, 0xA7, 0xA8, 0xAB, 0xB7, 0xD8}
)
"""Codes that stand before list items, in either font; none of them is a sign before a number."""
_AS_BULLET = re.compile(
    rf"(?m)^([^\S\n]*)[{''.join(chr(0xF000 + code) for code in sorted(_BULLETS))}](?=\s)"
)


def in_symbol_font(text: str, font: str) -> str:
    """What `text` prints in a font of pictures; other fonts leave it as it is.

    Characters beyond ASCII and the private use area are Unicode already, whatever the font.

    >>> in_symbol_font("m", "Symbol"), in_symbol_font("m", "Arial")
    ('μ', 'm')
    """
    printed = _FONTS.get(font.lower())
    if printed is None:
        return text
    return "".join(
        printed.get(_code(c), _UNKNOWN_PICTURE) if "!" <= c <= "~" or _PRIVATE.match(c) else c
        for c in text
    )


def symbol_field(instruction: str) -> str:
    r"""What Word prints for a field that names a character by its code; "" for other fields.

    >>> symbol_field(r'SYMBOL 109 \f "Symbol" \s 12')
    'μ'
    """
    match = _FIELD.match(instruction)
    if match is None:
        return ""
    try:
        code = int(match["code"], 16 if match["hexadecimal"] else 10)
    except ValueError:
        return ""
    font = match["font"] or match["bare"] or ""
    if code > 0xFF:
        return chr(code)
    is_picture = font.lower() in _FONTS
    return (
        in_symbol_font(chr(0xF000 + code), font)
        if is_picture
        else bytes([code]).decode("cp1252", errors="replace")
    )


def without_private_characters(text: str) -> str:
    """Text of an unnamed font with its private characters written as what they most likely print.

    One that stands alone at the start of a line is a bullet, unless it is a sign such as "≥".

    >>> without_private_characters("\uf0a7 5 \uf06dg")
    '• 5 μg'
    """
    return _PRIVATE.sub(_likely, _AS_BULLET.sub(r"\1•", text))


def _likely(match: re.Match[str]) -> str:
    code = _code(match[0])
    if code in _NEVER_SYMBOL:
        return _WINGDINGS[code]
    return _SYMBOL.get(code, match[0])


def _code(character: str) -> int:
    code = ord(character)
    return code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
