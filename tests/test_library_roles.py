"""Every callback that changes the library refuses who may only read, whatever their page shows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build_index
from index.library import published_state
from index.uploads import Upload, keep_upload, waiting_uploads
from tests.conftest import hashing_choice, write_small_corpus
from ui import access, library_changes, library_watch
from ui.access import NotAllowedError
from ui.building import Builder, shared_builder
from ui.library_jobs import renewing
from ui.rules import Rules

Call = Callable[[Path, Upload], None]
CALLBACKS: dict[str, Call] = {
    "_keep": lambda folder, _: library_changes._keep(folder, 0),
    "_add_waiting": lambda folder, one: library_changes._add_waiting(folder, [one], False),
    "_discard": lambda folder, one: library_changes._discard(folder, [one]),
    "_add_path": lambda folder, _: library_changes._add_path(folder, False),
    "_renew": lambda folder, _: library_changes._renew(folder, True),
    "_go_back": lambda folder, _: library_changes._go_back(folder),
    "begin": lambda folder, _: library_watch.begin(folder, renewing(folder, False)),
    "_stop": lambda folder, _: library_watch._stop(Builder(folder)),
}
"""Each by its name in `ui.library_changes` or `ui.library_watch`."""
HARMLESS = {"_put_away"}
"""Changes what the visitor's own page shows, and nothing else."""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build_index([write_small_corpus(tmp_path / "documents")], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor has signed in, and may read."""
    monkeypatch.setattr(access, "rules", lambda: Rules(read=("sub=ruth",), build=("sub=bea",)))
    monkeypatch.setattr(access, "_claims", lambda: {"sub": "ruth", "iat": 2.0**40})


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("name", CALLBACKS)
def test_who_may_only_read_changes_nothing(index: Path, name: str) -> None:
    upload, before = keep_upload(index, "rower.txt", b"A rower had pain."), published_state(index)
    with pytest.raises(NotAllowedError):
        CALLBACKS[name](index, upload)
    assert not shared_builder(str(index)).running
    assert (published_state(index), waiting_uploads(index)) == (before, [upload])


def test_no_callback_of_the_page_is_left_out() -> None:
    named = set[str]()
    for module in (library_changes, library_watch):
        assert module.__file__ is not None
        text = Path(module.__file__).read_text("utf-8")
        for event in ("on_click=", "on_change="):
            named |= {part.partition(",")[0].strip() for part in text.split(event)[1:]}
    assert named == CALLBACKS.keys() | HARMLESS
