"""What a card and the lines over the cards say of strength, twins, denial and expansions."""

import re
from dataclasses import replace

import pytest

from ingest.documents import Metadata
from search.hits import Answer, Hit, IndexState, Twin
from search.output import NEARLY_THE_SAME, NOTHING_SURE, STRENGTH_WORDS, to_json
from search.relevance import Strength
from search.vocabulary import Expansion
from tests.shown_cards import HOSTILE, Letters, hit
from ui.badges import NOTICES, badges_of
from ui.cards import card
from ui.notices import expansions_line, found_line

STATE = IndexState(1, "mini", 3, 9)
TWIN = Twin("e", "A case, told twice", "/b/c.pdf", "Doe J. A case, told twice.")
PIN = Expansion("PIN", "posterior interosseous nerve", "abbreviation")


def denying(*places: tuple[int, int], text: str = "One. No tear. Three.") -> Hit:
    """A hit whose answering sentence is "No tear.", with places of it that are denied."""
    shown = hit(text, (5, 13))
    denied = tuple((100 + start, 100 + end) for start, end in places)
    return replace(shown, snippet=replace(shown.snippet, denied=denied))


def answer(*strengths: Strength, expansions: tuple[Expansion, ...] = ()) -> Answer:
    hits = tuple(replace(hit(), rank=n, strength=one) for n, one in enumerate(strengths, 1))
    return Answer("q", STATE, strengths[0], hits, expansions=expansions)


# Strength


@pytest.mark.parametrize("strength", ["weak", "none"])
def test_a_weak_card_says_so_in_words(strength: Strength) -> None:
    shown = Letters(card(replace(hit(), strength=strength))).text
    assert STRENGTH_WORDS[strength][1:] in shown


def test_a_strong_card_says_nothing_of_its_strength() -> None:
    assert "cb-strength" not in card(hit()) and "match" not in Letters(card(hit())).text


def test_a_strong_and_a_weak_card_are_of_different_classes() -> None:
    assert 'class="cb-card cb-strong"' in card(hit())
    assert 'class="cb-card cb-weak"' in card(replace(hit(), strength="weak"))


def test_the_meter_says_what_a_score_means() -> None:
    assert "How likely the passage is relevant, calibrated on this index" in card(hit())


def test_a_meter_never_says_that_a_passage_is_certain() -> None:
    assert "Relevance >0.99" in Letters(card(replace(hit(), score=0.9998))).text


def test_the_heading_of_a_weak_answer_promises_nothing() -> None:
    assert Letters(found_line(answer("weak", "none"))).text == NOTHING_SURE


def test_the_heading_counts_strong_and_weak_and_not_the_rest() -> None:
    shown = Letters(found_line(answer("strong", "weak", "weak", "none"))).text
    assert shown == "3 passages, best first: 1 strong match, 2 weak"


def test_the_heading_of_strong_hits_alone_is_short() -> None:
    assert Letters(found_line(answer("strong", "strong"))).text == "2 passages, best first"


# Twins


def test_a_card_names_title_and_source_of_nearly_the_same_text() -> None:
    shown = Letters(card(replace(hit(), twins=(TWIN,)))).text
    assert "Nearly the same text in:A case, told twice /b/c.pdf" in shown


def test_a_card_without_twins_has_no_list_of_them() -> None:
    assert NEARLY_THE_SAME not in card(hit())


def test_many_twins_are_folded_away_with_their_number() -> None:
    shown = card(replace(hit(), twins=(TWIN,) * 9))
    assert shown.count("<li>") == 9 and "<summary>6 more</summary>" in shown


def test_a_hostile_twin_is_shown_letter_by_letter() -> None:
    twin = Twin("e", HOSTILE, f"javascript:{HOSTILE}", HOSTILE)
    shown = Letters(card(replace(hit(), twins=(twin,))))
    assert shown.text.count(HOSTILE) == 2 and not {"img", "script", "a"} & set(shown.tags)


# Denial


def test_denied_words_are_underlined_inside_the_mark() -> None:
    shown = card(denying((5, 7)))
    assert '<mark><span class="cb-denied">No</span> tear.</mark>' in shown


def test_a_label_beside_the_mark_tells_that_it_says_no() -> None:
    label = re.search("</mark><span class=.cb-no.([^>]*)></span> Three", card(denying((5, 7))))
    assert label and 'aria-label="says no.' in label[1] and "title=" in label[1]


def test_a_sentence_that_denies_nothing_has_no_label() -> None:
    assert "cb-no" not in card(hit()) and "cb-denied" not in card(hit())


def test_the_text_of_a_denial_stays_word_for_word() -> None:
    assert "One. No tear. Three." in Letters(card(denying((5, 7)))).text


@pytest.mark.parametrize(
    ("places", "underlined"),
    [
        (((8, 12), (5, 7)), ["No", "tear"]),
        (((5, 9), (7, 12)), ["No t", "ear"]),
        (((0, 7), (8, 20)), ["No", "tear."]),
    ],
    ids=["out of order", "overlapping", "beyond the sentence"],
)
def test_places_that_do_not_fit_lose_no_letter(
    places: tuple[tuple[int, int], ...], underlined: list[str]
) -> None:
    shown = card(denying(*places))
    assert re.findall('cb-denied">(.*?)<', shown) == underlined
    assert "One. No tear. Three." in Letters(shown).text


def test_a_denial_of_hostile_text_opens_no_tag() -> None:
    shown = Letters(card(denying((5, 9), text=f"One. <i>i</i>. {HOSTILE}")))
    assert not {"i", "img", "script"} & set(shown.tags) and HOSTILE in shown.text


# Expansions


def test_the_line_says_what_was_searched_for_as_well_and_why() -> None:
    shown = Letters(expansions_line(answer("strong", expansions=(PIN,)))).text
    assert shown == "Also searched for:PIN → posterior interosseous nerve (abbreviation)"


def test_there_is_no_line_without_expansions() -> None:
    assert expansions_line(answer("strong")) == ""


def test_the_expansions_of_a_long_case_are_folded_after_four() -> None:
    assert "<summary>8 more</summary>" in expansions_line(answer("strong", expansions=(PIN,) * 12))


def test_hostile_words_of_a_question_open_no_tag() -> None:
    hostile = Expansion(HOSTILE, HOSTILE, "spelling")
    shown = Letters(expansions_line(answer("strong", expansions=(hostile,))))
    assert shown.text.count(HOSTILE) == 2 and set(shown.tags) == {
        "div",
        "p",
        "ul",
        "li",
        "span",
        "b",
    }


# The contract with scripts


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def test_every_word_of_a_card_is_in_the_json_too() -> None:
    stated = Metadata(year=2021, journal="PMR", document_type="letter", notice="retracted")
    weak = replace(hit(metadata=stated, pages=(3, 4)), strength="weak", twins=(TWIN,), case_count=2)
    shown = replace(weak, passage=replace(weak.passage, case=1))
    ours = f"Cite Source Rank Relevance of pages Weak {NEARLY_THE_SAME} {STRENGTH_WORDS['weak']}"
    ours += " Copy with citation"
    reasons = f"{badges_of(shown)[0].reason} {NOTICES['retracted']}"
    told = words(" ".join(Letters(card(shown)).chunks)) - words(f"{ours} {reasons}")
    assert {"case", "letter", "2021", "4"} < told
    assert told <= words(to_json(replace(answer("weak"), hits=(shown,))))
