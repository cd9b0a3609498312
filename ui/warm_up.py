"""The search service opened, its model loaded and a question asked before anybody else asks.

A first question finds what is imported late and read late: that takes longer than an answer.
"""

import gc
import time
from collections.abc import Callable

from index.errors import CatalogError, IndexMissingError
from index.location import Place
from index.store_errors import StoreGoneError, StoreUnreachableError
from ui.failures import unforeseen

RETRY_SECONDS = 2.0
"""Between two looks for an index: the first one is built when the first page opens."""


class WarmUp:
    """Loads what answering needs, in a thread of its own."""

    def __init__(self, find_place: Callable[[], Place]) -> None:
        self._find_place = find_place
        self._waiting_for: str | None = "the model"

    def waiting_for(self) -> str | None:
        """What is still missing before a question can be answered at once; None when nothing."""
        return self._waiting_for

    def run(self) -> None:
        """Load; returns when a question would be answered at once, or never could be."""
        while self._waiting_for is not None:
            try:
                self._load()
            except IndexMissingError:
                self._waiting_for = "an index"
                time.sleep(RETRY_SECONDS)
            except (StoreUnreachableError, StoreGoneError) as error:
                self._waiting_for = str(error)  # a server comes back
                time.sleep(RETRY_SECONDS)
            except CatalogError as error:
                self._waiting_for = str(error)  # the page says the same
                return
            except Exception as error:
                self._waiting_for = unforeseen(error)
                return

    def _load(self) -> None:
        from search.queries import Query
        from ui import library_page, search_page  # noqa: F401 - what else a first visit would read
        from ui.cards import card
        from ui.opening import shared_service
        from ui.search_page import EXAMPLES

        service = shared_service(str(self._find_place()))
        answer = service.search(Query(EXAMPLES[0]))
        for hit in answer.hits:
            card(hit, answer.expansions)
        self._waiting_for = None
        _leave_out_of_collections()


def _leave_out_of_collections() -> None:
    """Have the garbage collector look no more at what is loaded now, and stays.

    Streamlit 1.67 collects all garbage after each run of a page: 40 ms of each answer's 90 went
    into looking through modules that never go.
    """
    gc.collect()
    gc.freeze()
