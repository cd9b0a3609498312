"""The pages of a PDF as they were printed, with the passage outlined, and pages to turn."""

import streamlit as st

from ingest.errors import UnreadableFileError
from ingest.files import SourceFile
from ingest.page_boxes import part_on_page
from ingest.page_pictures import PagePicture, PageRequest
from ingest.picture_process import PagePainter
from search.hits import Hit
from search.service import SearchService
from ui import notices

_TURNED = "turned pages"


def show_pages(service: SearchService, hit: Hit) -> None:
    """One page with its neighbours to turn to; why there is none, in a line."""
    passage = hit.passage
    number = _turned_to().get(passage.passage_id, passage.page or 1)
    try:
        picture = _picture(service, hit, number)
    except UnreadableFileError as error:
        st.html(notices.problem(f"No picture of the page: {error}."))
        return
    _turn(passage.passage_id, number, picture.page_count)
    st.html(page_line(hit, number, picture))
    # Said by its pages alone: what they say is read as text, one click away.
    st.image(picture.png, width="stretch", alt=picture_words(number, picture))


def picture_words(number: int, picture: PagePicture) -> str:
    """What a screen reader says of the picture.

    >>> picture_words(3, PagePicture(b"", 1, 1, 8, (), 0.0))
    'Page 3 of 8 as printed.'
    """
    marked = " The passage is outlined and the answering sentence marked." if picture.boxes else ""
    return f"Page {number} of {picture.page_count} as printed.{marked}"


def page_line(hit: Hit, number: int, picture: PagePicture) -> str:
    """What is to be seen on the page, as HTML."""
    first, last = hit.passage.page or 1, hit.passage.last_page or hit.passage.page or 1
    if not first <= number <= last:
        told = "The passage is not on this page."
    elif hit.passage.recognised:
        told = "This page is a scan: its letters were recognised, and cannot be outlined."
    elif not picture.boxes:
        told = "The passage stands on this page, but its place could not be found."
    else:
        told = "The passage is outlined, the answering sentence marked."
    return f'<p class="cb-aside" role="status">{told}</p>'


def _picture(service: SearchService, hit: Hit, number: int) -> PagePicture:
    passage = hit.passage
    document, files = service.document(passage.doc_id), service.source_files(passage.doc_id)
    if document is None or not files:
        raise UnreadableFileError("the index has changed", "search again")
    sentence = (hit.snippet.start, hit.snippet.end)
    shown, marked = part_on_page(document, passage, sentence, number)
    return _first_drawn(files, number, "" if passage.recognised else shown, marked)


def _first_drawn(
    files: list[SourceFile], number: int, passage: str, sentence: tuple[int, int]
) -> PagePicture:
    """From the first file that is still there: a document may have been read from several."""
    failure: UnreadableFileError | None = None
    for file in files:
        try:
            return _painter().draw(
                PageRequest(file.path, file.file_hash, number, passage, sentence)
            )
        except UnreadableFileError as error:
            failure = failure or error
    raise failure or UnreadableFileError("no file is known", "rebuild the index")


@st.cache_resource(show_spinner=False)
def _painter() -> PagePainter:
    return PagePainter()


def begin_at_the_passage() -> None:
    """Forget what pages were turned to: whoever opens a hit anew looks for its passage."""
    _turned_to().clear()


def _turned_to() -> dict[str, int]:
    """The pages that a person has turned to, by passage."""
    turned: dict[str, int] = st.session_state.setdefault(_TURNED, {})
    return turned


def _turn(passage_id: str, number: int, page_count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="turn-pages"):
        st.button("Previous page", key="page back", disabled=number <= 1,
                  on_click=_go_to, args=(passage_id, number - 1))  # fmt: skip
        st.html(f'<p class="cb-page">Page {number} of {page_count}</p>', width="content")
        st.button("Next page", key="page on", disabled=number >= page_count,
                  on_click=_go_to, args=(passage_id, number + 1))  # fmt: skip


def _go_to(passage_id: str, number: int) -> None:
    _turned_to()[passage_id] = number
