"""What takes seconds in a large library, done beside the page: reading its titles, counting them.

Each is done once for a publication and all visitors, when somebody first wants it, in a thread:
the page says how far it is, and whoever waits for it may do something else.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Thread
from typing import Generic, TypeVar

import streamlit as st

from index.location import index_place
from index.progress import Progress
from index.titles import Titles, read_titles
from ui.coverage import coverage_charts

PATIENCE_SECONDS = 0.5
"""A small library is counted within it, and nobody sees that there was something to wait for."""
LOOK_SECONDS = 0.5
Result = TypeVar("Result")


@dataclass
class Counting(Generic[Result]):
    """Work under way in a thread: `done` of `total`, and what comes of it."""

    work: Callable[[Progress], Result]
    done: int = 0
    total: int = 0
    future: "Future[Result]" = field(default_factory=Future)

    def __post_init__(self) -> None:
        Thread(target=self._run, name="library counts", daemon=True).start()

    def _run(self) -> None:
        try:
            self.future.set_result(self.work(self._tell))
        except Exception as error:
            self.future.set_exception(error)

    def _tell(self, _what: str, done: int, total: int) -> None:
        self.done, self.total = done, total


@st.cache_resource(show_spinner=False, max_entries=1)
def titles_of(place: str, published_at: str) -> Counting[Titles]:
    """The titles of the publication of that moment; those of the one before are let go of."""
    return Counting(lambda progress: read_titles(index_place(place), progress))


@st.cache_resource(show_spinner=False, max_entries=1)
def charts_of(place: str, published_at: str) -> Counting[str]:
    """What one publication covers, as HTML."""
    titles = titles_of(place, published_at)

    def count(progress: Progress) -> str:
        from index.coverage import count_coverage

        return coverage_charts(count_coverage(titles.future.result(), progress))

    return Counting(count)


def finished(counting: Counting[Result]) -> Result | None:
    """What came of it; None while it is under way, and then the page says so and looks again.

    Raises what went wrong; whoever asks next has it tried again.
    """
    try:
        return counting.future.result(timeout=PATIENCE_SECONDS)
    except TimeoutError:
        _wait_for(counting)
        return None
    except Exception:
        titles_of.clear()
        charts_of.clear()
        raise


@st.fragment(run_every=LOOK_SECONDS)
def _wait_for(counting: Counting[Result]) -> None:
    if counting.future.done():
        st.rerun()
    st.html(counting_line(counting.done, counting.total))


def counting_line(done: int, total: int) -> str:
    """How far it is.

    >>> counting_line(250, 1000)
    '<p class="cb-empty" role="status">Counting … 25 %</p>'
    """
    share = f" {done / total:.0%}".replace("%", " %") if total else ""
    return f'<p class="cb-empty" role="status">Counting …{share}</p>'
