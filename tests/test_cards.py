"""Cards as pure HTML: their parts, and text of documents that would like to be markup."""

import re
from dataclasses import replace

import pytest

from ingest.documents import Metadata, Origin, Patient
from search.vocabulary import Expansion
from tests.shown_cards import HOSTILE, Letters, hit, hostile_hit, passage
from ui.cards import card, expansions_in, without_overlap
from ui.markup import is_web_address, link_or_text
from ui.notices import problem


def test_a_card_marks_the_answering_sentence_and_nothing_else() -> None:
    assert re.findall("<mark>(.*?)</mark>", card(hit())) == ["Two."]


def test_a_card_shows_the_passage_word_for_word() -> None:
    assert "One.\nTwo < Three." in Letters(card(hit("One.\nTwo < Three."))).text


@pytest.mark.parametrize(
    ("pages", "shown"),
    [((3, 3), "Findings, page 3"), ((3, 4), "Findings, pages 3–4"), ((None, None), "Findings")],
)
def test_a_card_says_section_and_pages(pages: tuple[int | None, int | None], shown: str) -> None:
    assert f"<span>{shown}</span>" in card(hit(pages=pages))


def test_a_card_names_pages_as_the_document_does() -> None:
    shown = hit(pages=(5, 6))
    named = replace(shown.passage, page_name="iii", last_page_name="iv")
    assert "Findings, pages iii–iv" in card(replace(shown, passage=named))


def test_a_card_names_the_case_where_a_document_has_several() -> None:
    shown = hit()
    second = replace(shown, passage=replace(shown.passage, case=2))
    assert "Findings, case 2 of 3" in card(replace(second, case_count=3))
    assert "case" not in card(replace(second, case_count=1)).partition("cb-place")[2][:30]


def test_a_card_says_year_journal_and_document_type() -> None:
    stated = Metadata(year=2021, journal="PM&R", document_type="case report")
    assert "2021PM&Rcase report" in Letters(card(hit(metadata=stated))).text


def test_a_year_that_was_concluded_looks_so() -> None:
    stated = Metadata(year=2021, origins=(Origin("year", "inferred from the footer"),))
    assert '<span class="cb-inferred" title="Read in: inferred from the footer">2021' in card(
        hit(metadata=stated)
    )


def test_a_card_says_whom_it_is_about_and_what_it_was_read_from() -> None:
    shown = replace(hit(), patient=Patient(54.0, "female"), source_type="PDF")
    assert "Findingswoman, 54PDF" in Letters(card(shown)).text


def test_a_card_shows_the_expansion_that_found_it_and_no_other() -> None:
    found = Expansion("PRP", "platelet-rich plasma", "abbreviation")
    other = Expansion("ACL", "anterior cruciate ligament", "abbreviation")
    shown = card(hit("Platelet-rich plasma helped.", (0, 28)), [found, other])
    assert "Found by PRP → platelet-rich plasma" in Letters(shown).text
    assert "ACL" not in shown


def test_an_expansion_is_not_found_inside_another_word() -> None:
    assert not expansions_in("A scarlet rash.", [Expansion("wound", "scar", "synonym")])


def test_a_card_names_the_site_where_no_journal_is_stated() -> None:
    assert ">clinic.example<" in card(hit(source="https://www.clinic.example/a"))


def test_a_card_says_its_relevance_to_people_and_to_screen_readers() -> None:
    shown = card(hit())
    assert 'aria-valuenow="0.42"' in shown and "Relevance 0.42" in Letters(shown).text


def test_a_section_named_like_the_document_is_not_said_twice() -> None:
    shown = card(hit(title="Findings")).partition("cb-origin")[0]
    assert Letters(shown).text.count("Findings") == 1


# Text that would like to be markup


def test_hostile_text_opens_no_tag_in_a_card() -> None:
    assert set(Letters(card(hostile_hit())).tags) == set(Letters(card(hit())).tags)


def test_hostile_text_is_shown_letter_by_letter() -> None:
    assert Letters(card(hostile_hit())).text.count(HOSTILE) == 6


def test_an_error_that_quotes_a_path_opens_no_tag() -> None:
    assert Letters(problem(HOSTILE)).tags == ["p"]


def test_marks_that_turn_text_round_are_shown_as_what_they_are() -> None:
    assert "dose [U+202E]gm 01" in Letters(card(hit("dose \u202egm 01", (0, 4)))).text


def test_right_to_left_text_stays_as_it_is() -> None:
    assert "كسر في الكتف" in Letters(card(hit("كسر في الكتف", (0, 3)))).text


@pytest.mark.parametrize(
    "source",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "file:///etc", "https://"],
)
def test_only_web_addresses_become_links(source: str) -> None:
    assert "<a" not in link_or_text(source)


def test_a_link_hides_where_it_came_from() -> None:
    assert 'rel="noopener noreferrer"' in link_or_text("https://a.example/x")


def test_an_address_cannot_leave_its_attribute() -> None:
    assert '"><' not in link_or_text('https://a.example/"><script>')


def test_an_unreadable_address_is_text() -> None:
    assert not is_web_address("http://[::1")


# Neighbours


def test_the_sentence_that_passages_share_is_shown_once() -> None:
    before, centre, after = passage(0, "A. B."), passage(3, "B. C."), passage(6, "C. D.")
    assert without_overlap([before, centre, after], 1) == ["A.", "B. C.", "D."]
