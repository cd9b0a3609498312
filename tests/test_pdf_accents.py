"""Accents that are printed as letters of their own."""

from ingest.formats.pdf.accents import Glyph, composed


def glyphs(*placed: tuple[str, float, float]) -> list[Glyph]:
    return [Glyph(*one) for one in placed]


def text(*placed: tuple[str, float, float]) -> str:
    return "".join(glyph.char for glyph in composed(glyphs(*placed)))


def test_an_accent_after_its_letter_is_put_on_it() -> None:
    assert text(("e", 0, 5), ("´", 1, 4), ("s", 5, 9)) == "és"


def test_an_accent_before_its_letter_is_put_on_it() -> None:
    assert text(("n", 0, 5), ("´", 6, 9), ("e", 5, 10)) == "né"


def test_a_space_that_the_accent_made_goes() -> None:
    assert text(("a", 0, 5), ("´", 1, 4), (" ", 5, 5), ("z", 5, 9)) == "áz"


def test_a_space_between_words_stays() -> None:
    assert text(("a", 0, 5), ("´", 1, 4), (" ", 5, 8), ("I", 8, 11)) == "á I"


def test_a_dotless_letter_gets_the_accent_of_its_kin() -> None:
    assert text(("ı", 0, 3), ("´", 0, 3)) == "í"


def test_an_accent_over_nothing_stays() -> None:
    assert text(("a", 0, 5), ("´", 20, 23), ("z", 40, 45)) == "a´z"


def test_every_glyph_keeps_its_place() -> None:
    assert len(composed(glyphs(("e", 0, 5), ("´", 1, 4), ("s", 5, 9)))) == 3
