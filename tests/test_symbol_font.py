"""What the fonts of pictures print."""

import pytest

from ingest.symbol_font import in_symbol_font, symbol_field, without_private_characters


@pytest.mark.parametrize(
    ("text", "font", "printed"),
    [
        ("m", "Symbol", "μ"),
        ("\uf06d", "Symbol", "μ"),
        ("\uf0b3", "Symbol", "≥"),
        ("\uf0b0", "SymbolMT", "°"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf0fc", "Wingdings", "✓"),
        ("\uf022", "Wingdings", "□"),
        ("μ ± é", "Symbol", "μ ± é"),
        ("m", "Arial", "m"),
    ],
)
def test_a_font_prints_its_own_characters(text: str, font: str, printed: str) -> None:
    assert in_symbol_font(text, font) == printed


@pytest.mark.parametrize(
    ("instruction", "printed"),
    [
        (r'SYMBOL 109 \f "Symbol" \s 12', "μ"),
        (r"SYMBOL 0xB3 \f Symbol", "≥"),
        ("SYMBOL 176", "°"),
        ("SYMBOL 8805", "≥"),
        ("SYMBOL FF", ""),
        ("PAGE", ""),
    ],
)
def test_a_symbol_field_prints_what_it_names(instruction: str, printed: str) -> None:
    assert symbol_field(instruction) == printed


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("5 \uf06dg", "5 μg"),
        ("\uf0b3 3", "≥ 3"),
        ("\uf071 Rest\n\uf0a7 Ice", "• Rest\n• Ice"),
        ("pain \uf0e0 rest", "pain → rest"),
        ("\ue000", "\ue000"),
    ],
)
def test_a_private_character_is_what_it_most_likely_prints(text: str, likely: str) -> None:
    assert without_private_characters(text) == likely
