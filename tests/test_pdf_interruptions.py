"""What stands between the halves of a sentence."""

from ingest.formats.pdf.captions import Apart
from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.interruptions import Piece, without_interruptions
from ingest.formats.pdf.print import Box, Line
from ingest.sections import FOOTNOTE

TYPOGRAPHY = Typography(size=10)
HALF = "She felt a snap and could not stand on"


def line(text: str, row: float, size: float = 10) -> Line:
    return Line(text, size=size, box=Box(50, 12 * row, 300, 12 * row + size))


def apart(*pieces: Piece) -> list[str]:
    found = without_interruptions(pieces, TYPOGRAPHY)
    return [piece.line.text for piece in found if piece.apart == Apart(FOOTNOTE)]


def test_small_print_within_a_sentence_is_set_apart() -> None:
    note = Piece(line("Lima works in Peru.", 40, size=7), 1)
    assert apart(Piece(line(HALF, 2), 1), note, Piece(line("the foot.", 1), 2)) == [note.line.text]


def test_small_print_between_sentences_stays() -> None:
    pieces = [Piece(line("She fell.", 2), 1), Piece(line("Lima saw it.", 3, size=7), 1)]
    assert apart(*pieces, Piece(line("She rose.", 4), 1)) == []


def test_a_note_with_a_mark_at_the_foot_of_a_page_is_set_apart() -> None:
    note = Piece(line("* Correspondence: lima@example.org", 50, size=7), 1)
    assert apart(Piece(line("She fell.", 2), 1), note) == [note.line.text]


def test_a_line_with_a_mark_over_the_text_stays() -> None:
    note = Piece(line("* Correspondence: lima@example.org", 1, size=7), 1)
    assert apart(note, Piece(line("She fell.", 2), 1)) == []


def test_references_are_small_print_but_no_notes() -> None:
    heading = Piece(line("References", 2), 1)
    assert apart(heading, Piece(line("* Lima A. Ankles. 2001.", 3, size=7), 1)) == []
