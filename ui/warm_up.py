"""The search service opened and its model loaded before anybody asks."""

import time
from pathlib import Path

from index.errors import CatalogError, IndexMissingError
from ui.failures import unforeseen

RETRY_SECONDS = 2.0
"""Between two looks for an index: the first one is built when the first page opens."""


class WarmUp:
    """Loads what answering needs, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
            except CatalogError as error:
                self._waiting_for = str(error)  # the page says the same
                return
            except Exception as error:
                self._waiting_for = unforeseen(error)
                return

    def _load(self) -> None:
        from ui.opening import shared_service

        service = shared_service(str(self._folder))
        service.warm_up()
        self._waiting_for = None
