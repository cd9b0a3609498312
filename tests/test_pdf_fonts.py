"""Which lines of a page stand out by their font."""

from ingest.formats.pdf_fonts import PageText, Run, Style, emphasised_lines, largest_text

BODY = Run("The patient was a dancer of 24 years who had turned her ankle.\n" * 3, 10, False)


def lines(*runs: Run) -> list[str]:
    page = PageText("".join(run.text for run in runs), runs)
    return sorted(emphasised_lines([page])[0])


def test_larger_lines_stand_out() -> None:
    assert lines(Run("Outcome\n", 12, False), BODY) == ["Outcome"]


def test_a_line_that_stands_out_is_given_with_its_style() -> None:
    page = PageText("", (Run("Outcome\n", 12, True), BODY))
    assert emphasised_lines([page]) == [{"Outcome": Style(12, True)}]


def test_bold_lines_stand_out() -> None:
    assert lines(Run("Outcome\n", 10, True), BODY) == ["Outcome"]


def test_small_bold_print_does_not_stand_out() -> None:
    assert lines(Run("Figure 1\n", 7, True), BODY) == []


def test_where_much_is_bold_nothing_stands_out() -> None:
    assert lines(Run(BODY.text, 10, True), BODY) == []


def test_a_page_without_letters_has_no_such_lines() -> None:
    assert lines() == []


def test_the_title_is_in_the_largest_letters() -> None:
    runs = (Run("A sprained ankle\n", 20, True), Run("in a dancer\n", 20, True), BODY)
    assert largest_text(PageText("", runs)) == "A sprained ankle in a dancer"


def test_a_large_word_alone_is_a_logo_and_not_the_title() -> None:
    runs = (Run("TRIALS", 40, True), Run("A sprained ankle in a dancer", 20, True), BODY)
    assert largest_text(PageText("", runs)) == "A sprained ankle in a dancer"


def test_a_page_of_nothing_has_no_title() -> None:
    assert largest_text(PageText("")) == ""
