"""The page: cards as pure HTML, and the real app on a small real index."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from ingest.documents import Metadata, Origin
from tests.shown_cards import HOSTILE, Letters, hit, hostile_hit, passage
from ui.cards import card, without_overlap
from ui.failures import unforeseen
from ui.markup import is_web_address, link_or_text
from ui.notices import EXAMPLES_HEADING, NOTHING_FITS, problem
from ui.search_page import EXAMPLES

APP = Path(__file__).resolve().parent.parent / "app.py"
CALF = """Title: Calf pain in a runner
Year: 2021
Type: case report

Treatment

Under ultrasound, saline was injected between soleus and gastrocnemius. The plane opened. The
runner was free of pain for twelve weeks.
"""
KNEE = """Title: Swollen knee of a carpenter
Year: 2009
Type: letter

Findings

The bursa in front of the patella was red and warm. Fluid was drawn off and grew staphylococci.
"""
QUESTION = "saline injection for calf pain in a runner"


# Cards


def test_a_card_marks_the_answering_sentence_and_nothing_else() -> None:
    assert re.findall("<mark>(.*?)</mark>", card(hit())) == ["Two."]


def test_a_card_shows_the_passage_word_for_word() -> None:
    assert "One.\nTwo < Three." in Letters(card(hit("One.\nTwo < Three."))).text


@pytest.mark.parametrize(
    ("pages", "shown"),
    [((3, 3), "Findings, page 3"), ((3, 4), "Findings, pages 3–4"), ((None, None), "Findings")],
)
def test_a_card_says_section_and_pages(pages: tuple[int | None, int | None], shown: str) -> None:
    assert f">{shown}</p>" in card(hit(pages=pages))


def test_a_card_names_pages_as_the_document_does() -> None:
    shown = hit(pages=(5, 6))
    named = replace(shown.passage, page_name="iii", last_page_name="iv")
    assert "Findings, pages iii–iv" in card(replace(shown, passage=named))


def test_a_card_names_the_case_where_a_document_has_several() -> None:
    shown = hit()
    second = replace(shown, passage=replace(shown.passage, case=2))
    assert "Findings, case 2 of 3" in card(replace(second, case_count=3))
    assert "case" not in card(replace(second, case_count=1)).partition("cb-place")[2][:30]


def test_a_card_says_what_was_inferred() -> None:
    stated = Metadata(document_type="review", origins=(Origin("document_type", "inferred: title"),))
    assert '<span class="cb-inferred" title="Read in: inferred: title">review' in card(
        hit(metadata=stated)
    )


def test_a_card_warns_of_a_retraction() -> None:
    assert ">retracted</span>" in card(hit(metadata=Metadata(notice="retracted")))


def test_a_card_warns_of_recognised_letters() -> None:
    shown = hit()
    recognised = replace(shown, passage=replace(shown.passage, recognised=True))
    assert ">read by OCR</span>" in card(recognised)


def test_a_card_says_year_journal_and_document_type() -> None:
    stated = Metadata(year=2021, journal="PM&R", document_type="case report")
    assert "2021PM&Rcase report" in Letters(card(hit(metadata=stated))).text


def test_a_card_names_the_site_where_no_journal_is_stated() -> None:
    assert ">clinic.example<" in card(hit(source="https://www.clinic.example/a"))


def test_a_card_says_its_relevance_to_people_and_to_screen_readers() -> None:
    shown = card(hit())
    assert 'aria-valuenow="0.42"' in shown and "Relevance 0.42" in Letters(shown).text


def test_a_section_named_like_the_document_is_not_said_twice() -> None:
    assert Letters(card(hit(title="Findings"))).text.count("Findings") == 1


# Text that would like to be markup


def test_hostile_text_opens_no_tag_in_a_card() -> None:
    assert set(Letters(card(hostile_hit())).tags) == set(Letters(card(hit())).tags)


def test_hostile_text_is_shown_letter_by_letter() -> None:
    assert Letters(card(hostile_hit())).text.count(HOSTILE) == 5


def test_hostile_text_around_the_passage_opens_no_tag() -> None:
    shown = hostile_hit()
    after = passage(shown.passage.end, HOSTILE, 1, HOSTILE)
    assert "script" not in Letters(card(shown, [shown.passage, after])).tags


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


# Context


def test_the_sentence_that_passages_share_is_shown_once() -> None:
    before, centre, after = passage(0, "A. B."), passage(3, "B. C."), passage(6, "C. D.")
    assert without_overlap([before, centre, after], 1) == ["A.", "B. C.", "D."]


def test_a_card_in_context_still_has_one_mark() -> None:
    shown = hit()
    context = [passage(80, "Before this.", 0), shown.passage, passage(120, "After it.", 2)]
    text = card(shown, context)
    assert text.count("<mark>") == 1 and text.index("Before") < text.index("Two.") < text.index(
        "After"
    )


def test_a_card_without_its_passage_in_the_context_stays_alone() -> None:
    assert card(hit(), [passage(0, "Other.")]) == card(hit())


# Errors


def test_an_unforeseen_error_is_logged_under_its_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reference = re.search("Reference ([0-9a-f]{8})", unforeseen(ValueError("x")))
    assert reference and reference[1] in caplog.text


def test_the_log_never_holds_the_question(caplog: pytest.LogCaptureFixture) -> None:
    unforeseen(ValueError("Mrs Miller's knee"))
    assert "Miller" not in caplog.text


# The real app on a real index


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    hostile = (
        f"Title: {HOSTILE}\nType: <u>:red[odd]</u>\n\nNotes\n\nOn gout {HOSTILE} of the toe.\n"
    )
    for name, text in (("calf", CALF), ("knee", KNEE), ("hostile", hostile)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build_index(sorted(folder.glob("*.txt")), folder / "index", choose_encoder(PACKAGED_MODEL))
    return folder / "index"


@pytest.fixture
def app(small_index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("CASEBOOK_INDEX", str(small_index))
    yield AppTest.from_file(str(APP), default_timeout=120).run()


def html(app: AppTest) -> str:
    """All that the page draws itself."""
    return "".join(element.proto.body for element in app.get("html"))


def ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="question").set_value(question)
    return app.button[0].click().run()


def test_an_empty_page_offers_examples(app: AppTest) -> None:
    assert [button.label for button in app.button][1:] == list(EXAMPLES)


def test_a_page_says_how_much_is_searched(app: AppTest) -> None:
    assert "3 documents, 3 passages" in html(app)


def test_a_question_is_answered_by_cards_with_one_mark_each(app: AppTest) -> None:
    cards = html(ask(app, QUESTION)).split("<article")[1:]
    assert [text.count("<mark>") for text in cards] == [1] * 3


def test_the_best_card_stands_first(app: AppTest) -> None:
    assert "Calf pain in a runner" in html(ask(app, QUESTION)).split("<article")[1]


def test_the_question_stays_in_the_box(app: AppTest) -> None:
    assert ask(app, QUESTION).text_input(key="question").value == QUESTION


def test_an_example_is_asked_when_it_is_clicked(app: AppTest) -> None:
    app.button[1].click().run()
    assert app.text_input(key="question").value == EXAMPLES[0]
    assert EXAMPLES_HEADING not in html(app)


def test_what_nothing_answers_is_said_plainly(app: AppTest) -> None:
    assert NOTHING_FITS in html(ask(app, "capital of Mongolia"))


def test_the_nearest_misses_are_folded_away(app: AppTest) -> None:
    (fold,) = ask(app, "capital of Mongolia").expander
    assert not fold.proto.expanded and "<article" in fold.get("html")[0].proto.body


def test_a_year_filter_leaves_older_documents_out(app: AppTest) -> None:
    app.number_input[0].set_value(2015)
    assert "carpenter" not in html(ask(app, QUESTION))


def test_a_type_filter_leaves_other_documents_out(app: AppTest) -> None:
    app.multiselect[0].set_value(["letter"])
    assert html(ask(app, QUESTION)).count("<article") == 1


def test_active_filters_are_in_sight_and_cleared_at_once(app: AppTest) -> None:
    app.number_input[1].set_value(2015).run()
    assert "<li>to 2015</li>" in html(app)
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert "<li>to 2015</li>" not in html(app)


def test_years_that_cannot_be_are_one_line_and_no_cards(app: AppTest) -> None:
    app.number_input[0].set_value(2015)
    app.number_input[1].set_value(2010)
    assert "No year lies from 2015 to 2010" in html(ask(app, QUESTION))


def test_a_question_without_words_is_one_line(app: AppTest) -> None:
    assert "The question is empty" in html(ask(app, "???"))


def test_a_card_opens_in_its_context(app: AppTest) -> None:
    ask(app, QUESTION).toggle[0].set_value(True).run()
    assert html(app).count('class="cb-context"') == 1


def test_a_hostile_document_opens_no_tag_on_the_page(app: AppTest) -> None:
    shown = Letters(html(ask(app, "gout of the toe")))
    assert HOSTILE in shown.text and not {"img", "script", "u"} & set(shown.tags)


def test_a_new_generation_is_asked_without_a_new_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, folder, choice = tmp_path / "a.txt", tmp_path / "index", choose_encoder(PACKAGED_MODEL)
    monkeypatch.setenv("CASEBOOK_INDEX", str(folder))
    source.write_text(KNEE)
    build_index([source], folder, choice)
    app = ask(AppTest.from_file(str(APP), default_timeout=120).run(), "bursa of the patella")
    source.write_text(KNEE.replace("carpenter", "gardener"))
    build_index([source], folder, choice)
    assert "Swollen knee of a gardener" in html(app.run())


def test_an_index_that_is_not_one_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.doc").write_text("not an index")
    monkeypatch.setenv("CASEBOOK_INDEX", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    assert "is not an index" in html(app) and not app.exception
