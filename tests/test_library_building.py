"""Builds of the server: one at a time, stopped on wish, their failures one line."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from index.adding import renew_documents
from index.build import build_index
from index.catalog import published
from index.errors import IndexBusyError
from index.library import ListedDocument
from index.lock import writer_lock, writer_of
from index.options import BuildOptions
from index.progress import Progress
from index.report import BuildReport
from ingest.documents import SkippedFile
from tests.conftest import hashing_choice, write_small_corpus
from tests.shown_cards import HOSTILE, Letters
from ui import build_notices
from ui.building import Builder, Ended, Job
from ui.coverage import by_span
from ui.document_list import document_table
from ui.pace import ENCODING, READING, Pace, Stage

PATIENCE_S = 60
MORE = 12
"""Documents beside the three: fewer could not lose as many hits as people are asked about."""


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    documents = write_small_corpus(tmp_path / "documents")
    for number in range(MORE):
        words = f"Walker {number} came {number} times with pain of the foot. Rest helped walker."
        (documents / f"more-{number}.txt").write_text(
            f"Title: Walker {number}\n\nFoot\n\n{words}\n"
        )
    build_index([documents], tmp_path / "index", hashing_choice())
    builder = Builder(tmp_path / "index")
    yield builder
    builder.cancel()
    finish(builder)


def finish(builder: Builder) -> Ended | None:
    """How the build that is under way ends."""
    if builder._thread is not None:
        builder._thread.join(PATIENCE_S)
        assert not builder.running
    return builder.ended


def endless(progress: Progress, _may_lose: bool) -> BuildReport | None:
    while True:
        progress("Working", 0, 1)
        Event().wait(0.01)


def renewal(folder: Path) -> Job:
    """Looking again, with an encoder that needs no loading."""

    def work(progress: Progress, may_lose: bool) -> BuildReport:
        options = BuildOptions(agree=lambda _: may_lose)
        return renew_documents(folder, lambda _: hashing_choice(), progress, options)

    return Job("Looking again", work)


def generation(folder: Path) -> int:
    with published(folder) as (_, manifest):
        return manifest.generation


# The builder


def test_a_build_ends_with_its_report(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "documents" / "calf.txt").write_text("Title: Another\n\nNotes\n\nAnother text.\n")
    builder.start(replace(renewal(builder.folder), may_lose=True))
    ended = finish(builder)
    assert ended and ended.how == "done" and ended.report
    assert len(ended.report.changed) == 1 and generation(builder.folder) == 2


def test_a_second_build_is_refused_and_the_first_goes_on(builder: Builder) -> None:
    builder.start(Job("The first", endless))
    with pytest.raises(IndexBusyError, match='by this server: "The first"'):
        builder.start(Job("The second", endless))
    assert builder.running and builder.job and builder.job.title == "The first"


def test_a_build_stops_when_it_is_asked_to(builder: Builder) -> None:
    builder.start(Job("Endless", endless))
    builder.cancel()
    ended = finish(builder)
    assert ended and ended.how == "stopped" and "nothing was published" in ended.line


def test_after_a_stopped_build_another_can_run(builder: Builder) -> None:
    builder.start(Job("Endless", endless))
    builder.cancel()
    finish(builder)
    builder.start(renewal(builder.folder))
    ended = finish(builder)
    assert ended and (ended.how, ended.number) == ("done", 2)


def test_a_build_while_another_process_writes_is_refused_with_a_line(builder: Builder) -> None:
    with writer_lock(builder.folder):
        builder.start(renewal(builder.folder))
        ended = finish(builder)
    assert ended and ended.how == "failed" and "is being built since" in ended.line


def test_a_patient_build_waits_until_the_other_has_ended(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.building.RETRY_SECONDS", 0.02)
    with writer_lock(builder.folder):
        builder.start(replace(renewal(builder.folder), patient=True))
        for _ in range(500):
            if builder.waiting:
                break
            Event().wait(0.02)
        assert builder.waiting and "is being built" in builder.waiting
    ended = finish(builder)
    assert ended and ended.how == "done"


def test_a_build_that_waits_can_be_stopped(builder: Builder) -> None:
    with writer_lock(builder.folder):
        builder.start(replace(renewal(builder.folder), patient=True))
        builder.cancel()
        ended = finish(builder)
    assert ended and ended.how == "stopped"


def test_what_loses_much_is_published_only_on_wish(builder: Builder, tmp_path: Path) -> None:
    for number in range(MORE):
        (tmp_path / "documents" / f"more-{number}.txt").unlink()
    builder.start(renewal(builder.folder))
    refused = finish(builder)
    assert refused and refused.how == "refused" and generation(builder.folder) == 1
    builder.start(replace(refused.job, may_lose=True))
    ended = finish(builder)
    assert ended and ended.how == "done" and generation(builder.folder) == 2


def test_an_unforeseen_failure_is_a_reference(builder: Builder) -> None:
    def fail(_progress: Progress, _may_lose: bool) -> BuildReport | None:
        raise ValueError("a secret")

    builder.start(Job("Failing", fail))
    ended = finish(builder)
    assert ended and "Reference" in ended.line and "secret" not in ended.line


def test_the_process_that_writes_is_named_while_it_writes(builder: Builder) -> None:
    with writer_lock(builder.folder):
        writer = writer_of(builder.folder)
    assert writer and writer.process > 0 and writer_of(builder.folder) is None


# Pace


def test_a_pace_is_told_once_it_has_settled() -> None:
    pace = Pace()
    told = [pace.note(ENCODING, 64 * second, 640, float(second)) for second in range(4)]
    assert [stage.per_second for stage in told] == [None, None, 64.0, 64.0]
    assert told[-1].seconds_left == (640 - 192) / 64


def test_turns_of_a_step_add_up() -> None:
    pace = Pace()
    for step, done in ((READING, 1), (ENCODING, 0), (ENCODING, 50), (READING, 2), (ENCODING, 0)):
        pace.note(step, done, 100, 0.0)
    stage = pace.note(ENCODING, 30, 100, 0.0)
    assert (stage.files, stage.passages) == (2, 80)


def test_time_in_other_steps_does_not_slow_a_step() -> None:
    pace = Pace()
    for step, done, now in ((READING, 0, 0), (READING, 10, 5), (ENCODING, 0, 5), (READING, 10, 90)):
        pace.note(step, done, 20, now)
    assert pace.note(READING, 20, 20, 95).per_second == 2.0


# What is shown


def listed(text: str) -> ListedDocument:
    return ListedDocument("1", text, text, 2020, "text", 0, 1, 3, (text,), (text,), (text,))


def report(text: str, rehearsed: bool = False) -> BuildReport:
    from index.near_duplicate_groups import NearDuplicates

    return BuildReport(
        "index", 2, "model", 1, 1, 1, 1.0, 1.0, (text,), (text,), (text,), 0, (f"{text} = b",),
        NearDuplicates(1, ((text, "b"),)), (SkippedFile(text, text, text),), (),
        published=not rehearsed, rehearsed=rehearsed,
    )  # fmt: skip


def job(title: str) -> Job:
    return Job(title, endless)


@pytest.mark.parametrize(
    "drawn",
    [
        lambda text: document_table([listed(text)], str),
        lambda text: build_notices.outcome(Ended(1, job(text), "done", report(text)), str),
        lambda text: build_notices.outcome(Ended(1, job(text), "failed", line=text), str),
        lambda text: build_notices.under_way(text, Stage(text), 1, False),
        build_notices.built_elsewhere,
        build_notices.waits,
    ],
)
def test_hostile_text_opens_no_tag(drawn: "build_notices.Named") -> None:
    hostile, harmless = Letters(drawn(HOSTILE)), Letters(drawn("harmless"))
    assert HOSTILE in hostile.text and hostile.tags == harmless.tags


def test_a_dry_run_says_that_nothing_was_published() -> None:
    ended = Ended(1, job("Adding"), "done", report("a", rehearsed=True))
    assert "Nothing was published" in build_notices.outcome(ended, str)


def test_sources_are_named_as_people_know_them() -> None:
    shown = build_notices.outcome(Ended(1, job("Adding"), "done", report("a")), lambda s: f"<{s}>")
    assert "&lt;a&gt; = &lt;b&gt;" in shown and "&lt;a&gt; ~ &lt;b&gt;" in shown


def test_a_build_that_is_asked_to_stop_says_so() -> None:
    assert "Stopping" in build_notices.under_way("Adding", Stage(), 1, True)


def test_years_are_taken_together_until_they_fit_a_glance() -> None:
    assert len(by_span({1700: 1, 2020: 1})) <= 14 and by_span({}) == {}
