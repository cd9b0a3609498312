"""Warnings about how pages were read."""

from ingest.formats.pdf.print import Line, PrintedPage
from ingest.formats.pdf.vocabulary import Vocabulary
from ingest.formats.pdf.warnings import page_warnings

GOOD = "the patient had turned her left ankle and could not stand on the foot at all"


def warnings(*lines: str) -> list[str]:
    pages = [PrintedPage(tuple(map(Line, [GOOD] * 5))), PrintedPage(tuple(map(Line, lines)))]
    return page_warnings(pages, Vocabulary(page.text for page in pages))


def test_pages_of_words_give_no_warning() -> None:
    assert warnings(*[GOOD] * 5) == []


def test_letters_that_make_no_words_are_told() -> None:
    nonsense = "uif qbujfou ibe uvsofe ifs mfgu boltm boe dpvme opu tuboe po uif gppu"
    (told,) = warnings(*(" ".join(w[n:] + w[:n] for w in nonsense.split()) for n in range(5)))
    assert told.startswith("letters probably wrong (damaged encoding): page 2")


def test_words_whose_second_halves_are_elsewhere_tell_of_mixed_columns() -> None:
    halves = ["a swol-", "because of treat-", "limped with pa-", "snow and frac-", "brother who-"]
    (told,) = warnings(*[f"she had {half}" for half in halves], GOOD)
    assert told.startswith("probably two columns mixed: page 2")


def test_words_that_go_on_in_the_next_line_do_not() -> None:
    assert warnings(*["she had a swol-", "len foot and a treat-", "ment of rest."] * 3) == []
