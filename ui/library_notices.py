"""The library page's own words as HTML. Pure."""

from collections.abc import Sequence
from datetime import datetime

from index.library import PublishedState
from index.uploads import MAX_UPLOAD_MB, MAX_WAITING, Upload
from ui.markup import escape, few_and_more

_FEW = 10
HEADER = (
    '<header class="cb-header"><h1>Library</h1>'
    "<p>The documents that are searched, and how they come and go.</p></header>"
)
READING_ONLY = (
    '<p class="cb-aside">You may look at the library. To change it, ask whoever runs this server '
    "for the right to build.</p>"
)
ADD_HEADING = (
    '<h2 class="cb-part">Add documents</h2><p class="cb-aside">PDF, Word, web pages, journal XML, '
    "e-books and text. What a file holds decides, not its name. Adding takes nothing out.</p>"
)
LIMITS = f"Up to {MAX_UPLOAD_MB} MB each, {MAX_WAITING} at a time."
FOLDER_HEADING = '<h3 class="cb-part">From a folder of this machine</h3>'
RENEW_HEADING = (
    '<h2 class="cb-part">Look at all files again</h2><p class="cb-aside">Files that changed are '
    "read anew, and documents whose files are gone leave the library. Nothing is encoded twice.</p>"
)
BACK_HEADING = '<h2 class="cb-part">Take the last change back</h2>'
NO_WAY_BACK = '<p class="cb-aside">There is no earlier state that is kept.</p>'


def changed_elsewhere(address: str) -> str:
    """How documents come to a server: by whoever keeps its index folder."""
    return (
        '<p class="cb-aside">This library is served from elsewhere. It is changed where its '
        "documents are, by <code>python -m index build PATH … --store "
        f"{escape(address)}</code></p>"
    )


def state_line(state: PublishedState) -> str:
    """What is searched now, and since when."""
    return (
        f'<p class="cb-index">{state.documents:,} documents, {state.passages:,} passages. '
        f"Generation {state.generation}, published {_when(state.published_at)}.</p>"
    )


def waiting_list(uploads: Sequence[Upload]) -> str:
    """The files that came and are no part of the library yet."""
    items = [f'<span dir="auto">{escape(one.name)}</span> ({_size(one.size)})' for one in uploads]
    return (
        f'<div class="cb-waiting"><h3>Waiting to be added: {_files(len(uploads))}</h3>'
        f"{few_and_more(items, _FEW)}</div>"
    )


def refused_list(lines: Sequence[str]) -> str:
    """Files that were not taken, each with its reason."""
    items = [f'<span dir="auto">{escape(line)}</span>' for line in lines]
    return (
        f'<div class="cb-problem" role="alert"><p>Not taken: {_files(len(lines))}</p>'
        f"{few_and_more(items, _FEW)}</div>"
    )


def way_back(state: PublishedState) -> str:
    """What going back would mean."""
    now, before = state.documents, state.documents_before
    return (
        f"<p>Generation {state.generation} ({now:,} documents) was published "
        f"{_when(state.published_at)}. Going back publishes the {before:,} documents that were "
        "searched before it. Files stay where they are: they can be added again.</p>"
    )


def _when(stamp: str) -> str:
    """A time in UTC as the clock of this machine shows it."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return escape(stamp)


def _files(count: int) -> str:
    return f"{count:,} file" if count == 1 else f"{count:,} files"


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"
