"""How a document is set."""

from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.print import Box, Line, PrintedPage

BODY = Line("The patient was a dancer of 24 years who had turned her ankle.", 10, "Times")


def typography(*lines: Line) -> Typography:
    return Typography.of([PrintedPage((*lines, *[BODY] * 20))])


def test_the_size_of_most_letters_is_that_of_the_text() -> None:
    assert typography(Line("Outcome", 14)).size == 10


def test_larger_lines_stand_out() -> None:
    line = Line("Outcome", 12)
    assert typography(line).stands_out(line)


def test_bold_lines_stand_out() -> None:
    line = Line("Outcome", 10, bold=True)
    assert typography(line).stands_out(line)


def test_small_bold_print_does_not_stand_out() -> None:
    line = Line("Figure 1", 7, bold=True)
    assert not typography(line).stands_out(line)


def test_lines_in_a_font_of_their_own_stand_out() -> None:
    line = Line("Outcome", 10, "Helvetica")
    assert typography(line).stands_out(line)
    assert not typography(line).stands_out(BODY)


def test_where_much_is_bold_bold_means_nothing() -> None:
    line = Line(BODY.text, 10, bold=True)
    assert not typography(*[line] * 20).stands_out(line)


def test_a_line_of_unknown_size_is_text_and_does_not_stand_out() -> None:
    line = Line("Outcome")
    assert typography(line).is_text_size(line) and not typography(line).stands_out(line)


def test_lines_without_letters_have_no_size() -> None:
    assert Typography.of([PrintedPage()]).size == 0


def test_the_distance_of_lines_is_the_usual_one_of_their_size() -> None:
    tops = (100, 112, 124, 150)
    lines = [Line("text", 10, box=Box(50, top, 200, top + 9)) for top in tops]
    assert Typography.of([PrintedPage(tuple(lines))]).pitch(lines[0]) == 12
