"""What a reader should know before trusting a hit."""

from dataclasses import replace

import pytest

from ingest.documents import Metadata, Origin
from search.hits import Hit
from tests.shown_cards import HOSTILE, Letters, hit
from ui.badges import badges_of, notice_line
from ui.cards import card


def of_type(document_type: str, origin: str = "") -> Hit:
    origins = (Origin("document_type", origin),) if origin else ()
    return hit(metadata=Metadata(document_type=document_type, origins=origins))


def test_a_case_report_says_what_it_is_worth_and_where_it_says_so() -> None:
    (badge,) = badges_of(of_type("case report", "page 1"))
    assert badge.reason == (
        "One patient's story: shows what can happen, not how often. Read in: page 1"
    )


def test_a_type_that_was_concluded_says_from_what() -> None:
    (badge,) = badges_of(of_type("review", "inferred from the title"))
    assert badge.reason == "Sums up what others found. Not stated; inferred from the title"


@pytest.mark.parametrize("document_type", ["promotional", "clinic page"])
def test_what_nobody_reviewed_warns(document_type: str) -> None:
    assert badges_of(of_type(document_type))[0].tone == "warning"


def test_a_type_of_its_own_is_a_badge_too() -> None:
    (badge,) = badges_of(of_type("letter"))
    assert (badge.text, badge.reason, badge.tone) == (
        "letter", "As the document says of itself", "plain",
    )  # fmt: skip


def test_a_document_that_says_nothing_of_itself_has_no_badge() -> None:
    assert badges_of(hit()) == []


def test_recognised_letters_and_a_retelling_warn() -> None:
    shown = hit(metadata=Metadata(retold_from="J Cases"))
    recognised = replace(shown, passage=replace(shown.passage, recognised=True))
    assert [(one.text, one.tone) for one in badges_of(recognised)] == [
        ("retelling", "warning"),
        ("read by OCR", "warning"),
    ]


def test_a_warning_can_be_reached_with_the_keyboard_and_what_is_plain_is_passed_over() -> None:
    assert 'tabindex="0"' in badges_of(of_type("promotional"))[0].html
    assert "tabindex" not in badges_of(of_type("review"))[0].html


def test_a_reason_is_read_to_who_cannot_hover() -> None:
    (badge,) = badges_of(of_type("review"))
    assert Letters(badge.html).text == "review: Sums up what others found"


def test_a_retraction_is_a_line_of_its_own() -> None:
    retracted = card(hit(metadata=Metadata(notice="retracted")))
    assert "Do not rely on it." in Letters(retracted).text


def test_a_notice_in_other_words_is_shown_in_them() -> None:
    assert ">Under investigation</p>" in notice_line("under investigation")


def test_a_hostile_type_and_notice_are_letters() -> None:
    (badge,) = badges_of(of_type(HOSTILE))
    assert set(Letters(badge.html + notice_line(HOSTILE)).tags) == {"span", "p"}
