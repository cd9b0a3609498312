"""Errors as text for people, on the page."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st

from index.errors import CatalogError
from search.errors import QueryError
from ui import notices
from ui.access import READ, NotAllowedError, may

_LOG = logging.getLogger("casebook.ui")


@contextmanager
def failures_shown() -> Iterator[None]:
    """Show what goes wrong inside as one line; what nobody foresaw, as a reference into the log.

    Raises `NotAllowedError` for who may not read: a dialog or fragment is drawn anew without
    passing the door (`ui.sign_in`), also after its visitor was signed out.
    """
    if not may(READ):
        raise NotAllowedError(READ)
    try:
        yield
    except (QueryError, CatalogError, NotAllowedError) as error:
        st.html(notices.problem(str(error)))
    except Exception as error:
        st.html(notices.problem(unforeseen(error)))


def unforeseen(error: Exception) -> str:
    """Log an error without its message, which may quote the question; gives a line for people."""
    reference = uuid4().hex[:8]
    frames = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("reference %s: %s\n%s", reference, type(error).__qualname__, frames)
    return (
        f"This could not be done, and it is not your question's fault. Reference {reference}: "
        "the log of the server names the place under it."
    )
