"""Writers killed at random moments: nothing wrong is served, and nothing is begun from nothing.

The long run is `make crash`; its results are in evaluation/results/crash.md.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.corpora import change_contents, make_contents, problem_with
from tests.crash.examination import examine
from tests.crash.killed import KillRun
from tests.crash.kills import run_kills
from tests.crash.processes import Child, ChildFailed, call
from tests.crash.victim import Victim
from tests.tiny_models import save_plain

KILLS, DOCUMENTS = 5, 4
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_plain(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, model: Path) -> KillRun:
    home = tmp_path_factory.mktemp("killed")
    return run_kills(home, model, KILLS, seed=5, say=lambda _: None, documents=DOCUMENTS)


def test_every_answer_after_a_kill_is_of_one_whole_generation(run: KillRun) -> None:
    assert run.wrong == []


def test_what_was_encoded_before_a_kill_is_not_encoded_again(run: KillRun) -> None:
    assert (run.encoded_twice, run.finished > 0) == (0, True)


def test_the_kills_hit_several_phases(run: KillRun) -> None:
    assert len(run.kills) >= KILLS
    assert len({kill.phase for kill in run.kills}) > 1


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Victim]:
    """An index of one generation."""
    one = Victim(tmp_path_factory.mktemp("whole"), model, seed=1, documents=DOCUMENTS)
    one.turn_to("first build")
    one.start()[1].result()
    one.publish()
    yield one


def test_other_contents_than_the_files_would_be_noticed(victim: Victim, model: Path) -> None:
    other = change_contents(victim.contents, random.Random(2))
    assert examine(victim.folder, model, {1: victim.contents}).problems == ()
    assert examine(victim.folder, model, {1: other}).problems != ()


def test_another_generation_would_be_noticed(victim: Victim, model: Path) -> None:
    problems = examine(victim.folder, model, {2: victim.contents}).problems
    assert "generation 1 is served, which is not to be" in problems


def test_a_passage_of_an_older_text_would_be_noticed() -> None:
    old, new = make_contents(random.Random(1), 1), make_contents(random.Random(2), 1)
    (name,), (text,) = new.keys(), old.values()
    assert problem_with(new, "any", [(name, text[30:60])]).startswith(f"{name} has no such passage")


def test_a_child_that_fails_says_why() -> None:
    with pytest.raises(ChildFailed, match="ValueError: invalid literal"):
        call(int, "seven")


def test_a_killed_child_gives_nothing() -> None:
    child = Child(input)
    child.kill()
    with pytest.raises(ChildFailed, match="it died"):
        child.result()
