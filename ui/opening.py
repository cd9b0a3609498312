"""The search service behind the page: one for all who visit, over the index folder or address."""

from pathlib import Path
from threading import Thread

import streamlit as st

from index.errors import CatalogError, IndexMissingError
from index.location import MilvusAddress, Place, index_place
from index.store_errors import StoreAddressError
from search.hits import IndexState
from search.service import SearchService
from ui.building import shared_builder
from ui.failures import unforeseen
from ui.first_build import start_first_build, watch


def service_or_build(place: Place) -> tuple[SearchService, IndexState] | None:
    """The service and what it would answer from; None while the first index is built.

    That is shown then. What a server serves is built elsewhere: `IndexMissingError` says so.
    """
    try:
        service = shared_service(str(place))
        return service, service.state()
    except IndexMissingError:
        if not isinstance(place, Path):
            raise
        start_first_build(shared_builder(str(place)))
        watch(str(place))
        return None


def asked_host(place: Place) -> str:
    """The host of the server that questions go to, "" where they stay in this machine."""
    return place.host if isinstance(place, MilvusAddress) else ""


def is_asked_elsewhere() -> bool:
    """Whether questions leave this machine; what is no address is told of where it is opened."""
    try:
        return bool(asked_host(index_place()))
    except StoreAddressError:
        return False


@st.cache_resource(show_spinner=False)
def shared_service(place: str) -> SearchService:
    """The one service of this process; raises a `CatalogError` where there is none to open."""
    service = SearchService.open(index_place(place))
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
