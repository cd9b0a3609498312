"""The page: the real app on a small real index, without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from search.hits import IndexState
from search.queries import Query
from search.ranking import Ranking
from search.service import SearchService
from tests.shown_cards import HOSTILE, Letters
from ui.failures import unforeseen
from ui.notices import EXAMPLES_HEADING, NOTHING_FITS, SERVER, WAITING, header, index_line
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


def click(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_an_empty_page_offers_examples(app: AppTest) -> None:
    labels = [button.label for button in app.button]
    assert labels[-len(EXAMPLES) :] == list(EXAMPLES)


def test_a_page_says_how_much_is_searched(app: AppTest) -> None:
    assert "3 documents, 3 passages" in html(app)


def test_where_people_sign_in_everything_stays_on_the_server() -> None:
    told = header(SERVER) + index_line(IndexState(1, "a model", 3, 3), SERVER)
    assert told.count("this server") == 2 and "machine" not in told


def test_a_question_is_answered_by_cards_with_one_mark_each(app: AppTest) -> None:
    cards = html(ask(app, QUESTION)).split("<article")[1:]
    assert [text.count("<mark>") for text in cards] == [1] * 3


def test_the_best_card_stands_first(app: AppTest) -> None:
    assert "Calf pain in a runner" in html(ask(app, QUESTION)).split("<article")[1]


def test_the_question_stays_in_the_box(app: AppTest) -> None:
    assert ask(app, QUESTION).text_input(key="question").value == QUESTION


def test_an_example_is_asked_when_it_is_clicked(app: AppTest) -> None:
    click(app, EXAMPLES[0])
    assert app.text_input(key="question").value == EXAMPLES[0]
    assert EXAMPLES_HEADING not in html(app)


def test_what_nothing_answers_is_said_plainly(app: AppTest) -> None:
    assert NOTHING_FITS in html(ask(app, "capital of Mongolia"))


def test_the_nearest_misses_are_folded_away(app: AppTest) -> None:
    (fold,) = ask(app, "capital of Mongolia").expander
    assert not fold.proto.expanded and "<article" in fold.get("html")[0].proto.body


def test_a_year_filter_leaves_older_documents_out(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[0].set_value(2015)
    assert "carpenter" not in html(ask(app, QUESTION))


def test_a_type_filter_leaves_other_documents_out(app: AppTest) -> None:
    click(app, "Filters")
    app.multiselect[0].set_value(["letter"])
    assert html(ask(app, QUESTION)).count("<article") == 1


def test_active_filters_are_in_sight_and_cleared_at_once(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[1].set_value(2015).run()
    assert ">year to 2015</span>" in html(app)
    click(app, "Clear filters")
    assert ">year to 2015</span>" not in html(app)


def test_one_of_two_filters_is_cleared_alone(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[1].set_value(2015)
    app.multiselect[0].set_value(["letter"]).run()
    click(app, "Clear year")
    assert "year to" not in html(app) and ">document type: letter</span>" in html(app)


def test_a_choice_says_how_many_documents_it_would_leave(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[0].set_value(2015).run()
    assert app.multiselect[0].options == ["case report (1)"]


def test_filters_stand_in_the_address(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[0].set_value(2015)
    app.multiselect[0].set_value(["case report"]).run()
    assert app.query_params == {"year-from": "2015", "type": "case report"}


def test_an_address_brings_its_filters(app: AppTest) -> None:
    app.query_params["type"] = "letter"
    assert html(ask(app.run(), QUESTION)).count("<article") == 1


def test_what_the_index_does_not_know_goes_from_the_address(app: AppTest) -> None:
    app.query_params["type"] = "<b>"
    app.query_params["admin"] = "1"
    assert app.run().query_params == {}


def test_a_link_with_a_question_asks_it_and_leaves_the_address(app: AppTest) -> None:
    app.query_params["question"] = QUESTION
    assert "<article" in html(app.run())
    assert app.text_input(key="question").value == QUESTION and app.query_params == {}


def test_a_link_is_made_only_when_it_is_asked_for(app: AppTest) -> None:
    assert not ask(app, QUESTION).code
    click(app, "Make the link")
    assert "question=saline%20injection" in app.code[0].value and app.query_params == {}


def test_a_long_text_opens_the_larger_box_and_is_asked(app: AppTest) -> None:
    case = "A runner had calf pain. Saline was injected. " * 150
    ask(app, case)
    assert app.text_area(key="case").value == case.strip() and "<article" in html(app)


def test_what_was_typed_is_kept_when_the_box_is_changed(app: AppTest) -> None:
    app.text_input(key="question").set_value("calf pain")
    click(app, "Paste a whole case")
    assert app.text_area(key="case").value == "calf pain" and "<article" not in html(app)
    click(app, "Use one line")
    assert app.text_input(key="question").value == "calf pain"


def test_years_that_cannot_be_are_one_line_and_no_cards(app: AppTest) -> None:
    click(app, "Filters")
    app.number_input[0].set_value(2015)
    app.number_input[1].set_value(2010)
    assert "No year lies from 2015 to 2010" in html(ask(app, QUESTION))


def test_a_question_without_words_is_one_line(app: AppTest) -> None:
    assert "The question is empty" in html(ask(app, "???"))


def test_a_hostile_document_opens_no_tag_on_the_page(app: AppTest) -> None:
    shown = Letters(html(ask(app, "gout of the toe")).partition("<article")[2])
    assert HOSTILE in shown.text and not {"img", "script", "u"} & set(shown.tags)


def test_an_error_that_nobody_foresaw_is_a_reference_and_the_log_has_no_question(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(service: SearchService, query: Query, ranking: Ranking) -> None:
        raise ValueError(f"could not read {query.text}")

    monkeypatch.setattr(SearchService, "search", fail)
    shown = html(ask(app, QUESTION))
    assert "Reference " in shown and WAITING not in shown
    assert "ValueError" in caplog.text and "saline" not in caplog.text


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
