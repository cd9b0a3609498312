"""Other programs on the same texts: what they answer is read, judged and put into tables."""

import sys
from pathlib import Path
from random import Random

import pytest

from evaluation.datasets import DatasetError
from evaluation.speed.rivals.kills import judge, measure_kills
from evaluation.speed.rivals.measuring import WORK
from evaluation.speed.rivals.process import (
    Hits,
    Process,
    ProgramError,
    read_answer,
    read_hits,
    read_indexed,
)
from evaluation.speed.rivals.programs import (
    BASELINE,
    OURS,
    RIVALS,
    TORCH,
    Rival,
    find_python,
    install,
    surroundings,
)
from evaluation.speed.rivals.texts import (
    Question,
    choose_questions,
    read_texts,
    second_version,
    write_texts,
)
from evaluation.speed.rivals.turns import ChangeResult, measure_changes, measure_questions
from index.models import PACKAGED_MODEL, find_model

REPOSITORY = Path(__file__).parent.parent
SCRIPTED = next(rival for rival in RIVALS if rival.name == BASELINE)
TEXTS = {
    "ear.txt": "The boy heard nothing on the left after he had dived for coins in cold water.",
    "eye.txt": "A painter saw two horizons whenever she looked down, and one when she looked up.",
    "hip.txt": "Stairs hurt the postman's groin until the torn labrum of his hip was sewn.",
    "skin.txt": "Blisters came on both hands each time that the gardener had cut the rue.",
    "tooth.txt": "Her molar ached on every flight, and never on the ground between the flights.",
}
OLD, NEW = {"a": "onetwothree", "b": "four"}, {"a": "onetwofive", "b": "four"}


def test_an_answer_is_a_line_of_json() -> None:
    assert read_answer(b'{"ready": true}\n') == {"ready": True}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "has ended"),
        (b"Loading weights\n", "no JSON"),
        (b"[1]\n", "no object"),
        (b'{"error": "OSError: gone"}\n', "OSError: gone"),
    ],
)
def test_what_is_no_answer_is_an_error_in_one_line(line: bytes, reason: str) -> None:
    with pytest.raises(ProgramError, match=reason):
        read_answer(line)


def test_hits_are_file_names_with_texts() -> None:
    assert read_hits({"hits": [["ear.txt", "Deaf."]]}) == [("ear.txt", "Deaf.")]


def test_an_answer_without_counts_is_no_build() -> None:
    with pytest.raises(ProgramError, match="documents"):
        read_indexed({"seconds": 1.0})


@pytest.mark.parametrize(
    ("hits", "state"),
    [
        ([("a", "Two, three")], "old"),
        ([("a", "two five")], "new"),
        ([("a", "three"), ("a", "five")], "mixed"),
        ([("a", "two"), ("b", "four")], "mixed"),
        ([("a", "four")], "wrong"),
        ([("a", "three"), ("c", "three")], "wrong"),
        ([], "wrong"),
    ],
)
def test_answers_tell_which_version_is_served(hits: Hits, state: str) -> None:
    assert judge([hits], OLD, NEW) == state


def test_old_and_new_answers_together_are_a_mixture() -> None:
    assert judge([[("a", "three")], [("a", "five")]], OLD, NEW) == "mixed"


def test_each_passage_of_six_words_is_another_in_the_second_version() -> None:
    assert second_version("a b c d e f g\nh i") == "a b c d e g\nh i"


def test_questions_are_spread_over_all_documents() -> None:
    texts = {"1": "one " * 90, "2": "two " * 90, "3": "three " * 90, "4": "four " * 90}
    assert [one.document for one in choose_questions(texts, 2)] == ["1", "3"]


def test_a_question_is_twelve_words_from_inside_its_document() -> None:
    text = " ".join(map(str, range(60)))
    asked = choose_questions({"a": text}, 1)
    assert asked == [Question(" ".join(map(str, range(8, 20))), "a")]


def test_a_folder_of_texts_holds_nothing_else(tmp_path: Path) -> None:
    write_texts({"a.txt": "A", "b.txt": "B"}, tmp_path)
    write_texts({"b.txt": "C"}, tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("b.txt", "C")]


def test_a_folder_without_case_texts_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"corpus\.jsonl"):
        read_texts(tmp_path, 5)


def test_real_texts_are_as_many_as_asked_for_and_the_same_each_time(shared: Path) -> None:
    first = read_texts(shared / "data", 250)
    assert len(first) == 250
    assert list(first) == list(read_texts(shared / "data", 250))


def test_torch_is_held_at_our_own_version() -> None:
    assert TORCH in (REPOSITORY / "requirements.txt").read_text("utf-8").splitlines()


def test_only_our_own_program_sees_our_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    seen = {rival.name for rival in RIVALS if "PYTHONPATH" in surroundings(rival)}
    assert seen == {OURS}


def test_no_program_may_use_the_network() -> None:
    assert {surroundings(rival)["HF_HUB_OFFLINE"] for rival in RIVALS} == {"1"}


def test_a_program_that_is_not_installed_has_no_python(tmp_path: Path) -> None:
    found = {rival.name for rival in RIVALS if find_python(rival, tmp_path)}
    assert found == {BASELINE, OURS}


def test_an_environment_of_other_versions_is_made_anew(tmp_path: Path) -> None:
    needy = Rival("Needy", "use_needy.py", ("needy==2",), "", "")
    (tmp_path / "needy" / "bin").mkdir(parents=True)
    (tmp_path / "needy" / "bin" / "python").touch()
    (tmp_path / "needy" / "installed.json").write_text('["needy==1"]')
    assert find_python(needy, tmp_path) is None


def test_what_needs_nothing_runs_on_our_python(tmp_path: Path) -> None:
    assert install(SCRIPTED, tmp_path, _quiet) == Path(sys.executable)


def _quiet(_what: str, _done: int, _all: int) -> None:
    pass


def _start(rival: Rival, python: Path, store: Path) -> Process:
    model = find_model(PACKAGED_MODEL).folder
    return Process(rival, python, store, model, store.parent / "errors.txt")


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_a_program_indexes_finds_and_takes_a_change(rival: Rival, tmp_path: Path) -> None:
    python = find_python(rival, WORK / "environments")
    if python is None:
        pytest.skip(
            f"the environment of {rival.name} has not been made (evaluation speed makes it)"
        )
    documents = tmp_path / "documents"
    write_texts(TEXTS, documents)
    with _start(rival, python, tmp_path / "index") as process:
        assert process.build(documents).documents == len(TEXTS)
        asked = measure_questions({"it": process}, [Question("deaf diver", "ear.txt")], _quiet)
        change = measure_changes({"it": process}, TEXTS, {"it": documents}, _quiet)["it"]
    assert getattr(asked["it"], "found", asked["it"]) == 1.0
    assert isinstance(change, ChangeResult) and change.found


def test_a_killed_script_encodes_everything_again(tmp_path: Path) -> None:
    def start(store: Path) -> Process:
        return _start(SCRIPTED, Path(sys.executable), store)

    found = measure_kills(start, TEXTS, tmp_path, 1, Random(3), lambda _done: None)
    assert (found.whole, found.encoded, len(found.kills)) == ("new", 5, 1)
    assert found.kills[0].served in ("old", "new")
    assert found.kills[0].encoded_again == 1.0


def test_what_dies_at_once_is_an_error(tmp_path: Path) -> None:
    broken = Rival("Broken", "no_such_script.py", (), "", "")
    with pytest.raises(ProgramError, match="has ended"):
        _start(broken, Path(sys.executable), tmp_path / "index")
