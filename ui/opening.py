"""The search service behind the page: one for all who visit, over the index folder."""

from pathlib import Path
from threading import Thread

import streamlit as st

from index.errors import CatalogError, IndexMissingError
from search.hits import IndexState
from search.service import SearchService
from ui.building import shared_builder
from ui.failures import unforeseen
from ui.first_build import start_first_build, watch


def service_or_build(folder: Path) -> tuple[SearchService, IndexState] | None:
    """The service and what it would answer from; None while the first index is built.

    That is shown then.
    """
    try:
        service = shared_service(str(folder))
        return service, service.state()
    except IndexMissingError:
        start_first_build(shared_builder(str(folder)))
        watch(str(folder))
        return None


@st.cache_resource(show_spinner=False)
def shared_service(folder: str) -> SearchService:
    """The one service of this process; raises a `CatalogError` where there is none to open."""
    service = SearchService.open(Path(folder))
    # The model loads while the first question is being typed.
    Thread(target=_warm_up, args=(service,), name="warm-up", daemon=True).start()
    return service


def _warm_up(service: SearchService) -> None:
    try:
        service.warm_up()
    except CatalogError:
        pass  # the first question says the same, where somebody reads it
    except Exception as error:
        unforeseen(error)
