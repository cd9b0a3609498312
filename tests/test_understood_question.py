"""How a question was read, through the real service: the command line, the JSON and the page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.build import build_index
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from query import main
from tests.shown_cards import Letters
from ui.notices import OWN_WORDS_ONLY

APP = Path(__file__).resolve().parent.parent / "app.py"
NERVE = """Title: A hand that would not open
Year: 2018

Findings

The posterior interosseous nerve (PIN) was pressed by a ganglion. The wrist could be raised but
the fingers could not. Ultrasound showed no tear of the triceps tendon.
"""
ANKLE = """Title: {title}
Year: 2020

Course

A dancer of 23 years turned her ankle on a wet stage and could not put weight on it that evening.
A radiograph taken on the next day was normal. The lateral ligaments were tender, the drawer test
was loose, and a boot was worn for three weeks. She trained her balance on one leg twice a day,
first on the floor and later on a cushion, and danced again after nine weeks without a brace.
"""
SHORT, LONG = "PIN", "posterior interosseous nerve"
ABBREVIATED = "PIN palsy after a ganglion"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a nerve's story, and of one ankle's story told under two titles."""
    place = tmp_path_factory.mktemp("understood")
    (place / "nerve.txt").write_text(NERVE, "utf-8")
    for name in ("first", "second"):
        (place / f"{name}.txt").write_text(ANKLE.format(title=f"An ankle, {name} print"), "utf-8")
    build_index(sorted(place.glob("*.txt")), place / "index", choose_encoder(PACKAGED_MODEL))
    return place / "index"


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("CASEBOOK_INDEX", str(folder))
    yield AppTest.from_file(str(APP), default_timeout=120).run()


def asked(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints."""
    assert main([*arguments, "--index", str(folder)]) == 0
    return capsys.readouterr().out


def ask(app: AppTest, question: str) -> str:
    app.text_input(key="question").set_value(question)
    return html(app.button[0].click().run())


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


# The command line


def test_the_command_says_on_top_what_it_searched_for_as_well(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = asked(folder, capsys, ABBREVIATED).splitlines()[0]
    assert first == f"Also searched for: {SHORT} → {LONG} (abbreviation)"


def test_no_expansion_searches_for_the_words_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(asked(folder, capsys, ABBREVIATED, "--no-expansion", "--format", "json"))
    assert told["expansions"] == []
    assert LONG not in asked(folder, capsys, ABBREVIATED, "--no-expansion").splitlines()[0]


def test_json_says_what_was_added_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(asked(folder, capsys, ABBREVIATED, "--format", "json"))
    assert told["expansions"] == [{"asked": SHORT, "added": LONG, "reason": "abbreviation"}]


def test_json_names_the_twin_of_a_hit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(asked(folder, capsys, "a dancer turned her ankle", "--format", "json"))
    titles = {told["hits"][0]["title"], *(twin["title"] for twin in told["hits"][0]["twins"])}
    assert titles == {"An ankle, first print", "An ankle, second print"}


def test_json_says_where_a_sentence_says_no(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "Is there a tear of the triceps tendon on ultrasound?"
    hit = json.loads(asked(folder, capsys, question, "--format", "json"))["hits"][0]
    [[start, end]] = hit["snippet"]["denied"]
    assert "tear" in hit["text"][start - hit["start"] : end - hit["start"]]


# The page


def test_the_page_says_what_it_searched_for_as_well(app: AppTest) -> None:
    assert f"{SHORT} → {LONG} (abbreviation)" in Letters(ask(app, ABBREVIATED)).text


def test_a_question_without_expansions_has_no_switch(app: AppTest) -> None:
    ask(app, "a dancer turned her ankle")
    assert "Search only my own words" not in [toggle.label for toggle in app.toggle]


def test_the_switch_searches_again_for_the_words_alone(app: AppTest) -> None:
    ask(app, ABBREVIATED)
    shown = html(app.toggle(key="own words").set_value(True).run())
    assert OWN_WORDS_ONLY in shown and f"{SHORT} →" not in Letters(shown).text


def test_the_switch_can_be_taken_back(app: AppTest) -> None:
    ask(app, ABBREVIATED)
    app.toggle(key="own words").set_value(True).run()
    shown = html(app.toggle(key="own words").set_value(False).run())
    assert OWN_WORDS_ONLY not in shown and f"{SHORT} →" in Letters(shown).text


def test_the_switch_stays_for_the_next_question_and_after_an_error(app: AppTest) -> None:
    ask(app, ABBREVIATED)
    app.toggle(key="own words").set_value(True).run()
    assert "The question is empty" in ask(app, "???")
    assert OWN_WORDS_ONLY in ask(app, "a dancer turned her ankle")


def test_neither_question_nor_switch_is_in_the_address(app: AppTest) -> None:
    ask(app, ABBREVIATED)
    app.toggle(key="own words").set_value(True).run()
    assert app.query_params == {}


def test_the_page_names_the_twin(app: AppTest) -> None:
    shown = ask(app, "a dancer turned her ankle").split("<article")[1]
    assert "Nearly the same text in:" in shown
    assert "first print" in shown and "second print" in shown


def test_the_page_labels_a_sentence_that_says_no(app: AppTest) -> None:
    shown = ask(app, "Is there a tear of the triceps tendon on ultrasound?").split("<article")[1]
    assert 'class="cb-denied"' in shown and 'class="cb-no"' in shown
