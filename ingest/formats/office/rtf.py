r"""Rich Text Format: its text with headings, lists, tables and notes, as Word would show it.

striprtf (BSD) was tried: it reads "5 μg" as "5 mg" where the μ is set in the Symbol font, keeps
what was deleted and hidden, and loses notes, text boxes, styles and the numbers of lists.
"""

from ingest.bylines import split_names
from ingest.cleaning import clean
from ingest.documents import Metadata, first_stated, read_in
from ingest.doubts import text_doubts
from ingest.errors import UnreadableFileError
from ingest.first_page import stated_on_first_page
from ingest.formats.office.rtf_source import Source
from ingest.formats.office.styled import blocks_of
from ingest.formats.office.styled_front import find_title, styled_front
from ingest.formats.office.styled_lines import unbroken_items
from ingest.formats.office.word_properties import is_tool_author, is_tool_title
from ingest.formats.reading import Reading
from ingest.identifiers import find_doi


def read_rtf(raw: bytes) -> Reading:
    """Read a file in Rich Text Format; pictures are left out."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableFileError("not an RTF file", "open it in Word, save it as .docx")
    source = Source()
    items = source.read(raw)
    title = find_title(items)
    front, kept = styled_front(items, title)
    blocks = blocks_of(unbroken_items(kept), title)
    information = source.groups.information
    named, authors = clean(information.get("title", "")), information.get("author", "")
    properties = Metadata(
        title="" if is_tool_title(named) else named,
        authors=tuple(n for n in split_names(clean(authors)) if not is_tool_author(n)),
    )
    page_doi = Metadata(doi=find_doi(" ".join(source.groups.page_texts)))
    metadata = first_stated(
        front,
        stated_on_first_page(blocks),
        read_in("RTF properties", properties),
        read_in("page header", page_doi),
    )
    doubts = text_doubts([block.text for block in blocks])
    return Reading(metadata, tuple(blocks), (*source.warnings, *doubts))
