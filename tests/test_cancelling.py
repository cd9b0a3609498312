"""A build that is asked to stop: safe at every place where it says how far it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index, update_index
from index.cancelling import BuildCancelledError, Cancelling
from index.catalog import published
from index.progress import Progress, no_progress
from index.verification import verify
from tests.conftest import HashingEncoder, hashing_choice, write_small_corpus
from tests.index_contents import contents

Places = list[str]


def each_once(progress: Progress) -> Progress:
    """Without the words that are said again while a file is waited for: a slow disk has more."""
    said = [("Reading files", 0, 0)]

    def told(what: str, done: int, total: int) -> None:
        if (what, done, total) not in (said[-1], ("Reading files", 0, total)):
            progress(what, done, total)
        said.append((what, done, total))

    return told


def stop_at(wanted: int) -> Progress:
    """A progress that asks its own build to stop at one of its words, counted from 0."""
    cancelling, told = Cancelling(), [0]

    def counted(_what: str, _done: int, _total: int) -> None:
        told[0] += 1
        if told[0] == wanted:
            cancelling.ask()

    if wanted == 0:
        cancelling.ask()
    return cancelling.watched(each_once(counted))


def places_of_a_build(folder: Path) -> Places:
    places: Places = []
    build_index(
        [write_small_corpus(folder / "documents")], folder / "index", hashing_choice(),
        each_once(lambda what, _done, _total: places.append(what)),
    )  # fmt: skip
    return places


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    yield places_of_a_build(tmp_path_factory.mktemp("whole"))


def test_a_build_can_be_stopped_at_every_step(places: Places) -> None:
    assert set(places) >= {
        "Looking for changes", "Reading files", "Loading the model", "Encoding passages",
        "Storing documents", "Comparing documents", "Writing vectors", "Writing keywords",
        "Asking probe questions",
    }  # fmt: skip


def test_wherever_it_is_stopped_the_next_build_goes_on_from_there(
    places: Places, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    build_index([write_small_corpus(tmp_path / "documents")], whole, hashing_choice())
    for place in range(len(places)):
        folder, encoder = tmp_path / str(place), HashingEncoder()
        with pytest.raises(BuildCancelledError):
            build_index([tmp_path / "documents"], folder, hashing_choice(encoder), stop_at(place))
        build_index([tmp_path / "documents"], folder, hashing_choice(encoder))
        passages = [text for text in encoder.encoded if len(text) > 0]
        assert len(passages) == len(set(passages)), f"encoded twice, stopped at {places[place]}"
        assert contents(folder) == contents(whole) and verify(folder).whole, places[place]


def test_what_was_published_before_is_served_on(places: Places, tmp_path: Path) -> None:
    documents, folder = write_small_corpus(tmp_path / "documents"), tmp_path / "index"
    build_index([documents], folder, hashing_choice())
    (documents / "calf.txt").write_text("Title: Another calf\n\nNotes\n\nIt was not the calf.\n")
    before = contents(folder)
    for place in range(len(places)):
        try:
            update_index(
                [documents / "calf.txt"], folder, lambda _: hashing_choice(), stop_at(place)
            )
            break
        except BuildCancelledError:
            assert contents(folder) == before and verify(folder).whole
    with published(folder) as (_, manifest):
        assert place > 5 and manifest.generation == 2


def test_no_child_that_reads_files_outlives_a_stopped_build(tmp_path: Path) -> None:
    from multiprocessing import active_children

    documents = write_small_corpus(tmp_path / "documents")
    for number in range(8):
        (documents / f"{number}.txt").write_text(f"Title: Number {number}\n\nNotes\n\nA word.\n")
    cancelling = Cancelling()

    def stop_in_reading(what: str, _done: int, _total: int) -> None:
        if what == "Reading files":
            cancelling.ask()

    with pytest.raises(BuildCancelledError):
        build_index(
            [documents], tmp_path / "index", hashing_choice(), cancelling.watched(stop_in_reading)
        )
    assert active_children() == []


def test_a_stopped_build_frees_the_lock(tmp_path: Path) -> None:
    documents = write_small_corpus(tmp_path / "documents")
    with pytest.raises(BuildCancelledError):
        build_index([documents], tmp_path / "index", hashing_choice(), stop_at(0))
    assert build_index([documents], tmp_path / "index", hashing_choice()).published


def test_asking_a_build_that_has_ended_does_nothing(tmp_path: Path) -> None:
    documents, cancelling = write_small_corpus(tmp_path / "documents"), Cancelling()
    report = build_index(
        [documents], tmp_path / "index", hashing_choice(), cancelling.watched(no_progress)
    )
    cancelling.ask()
    assert report.published and cancelling.asked
