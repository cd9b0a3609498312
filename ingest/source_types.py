"""What kind of file a document was read from, in the words of people who look for one."""

SOURCE_TYPES: dict[str, str] = {
    "pdf": "PDF",
    "html": "web page",
    "jats": "journal XML",
    "bmc": "journal XML",
    "medline": "MEDLINE record",
    "docx": "Word file",
    "rtf": "Word file",
    "epub": "e-book",
    "markdown": "text file",
    "text": "text file",
}
"""Format (`Document.format`) to its source type, for each of `ingest.formats.READERS`."""


def source_type_of(format_name: str) -> str:
    """The source type of a format; a format that is not known is called by its own name.

    >>> source_type_of("pdf"), source_type_of("rtf")
    ('PDF', 'Word file')
    """
    return SOURCE_TYPES.get(format_name, format_name)


def formats_of(source_type: str) -> tuple[str, ...]:
    """The formats of a source type, whatever the case of its letters; none for one not known.

    >>> formats_of("Journal xml")
    ('jats', 'bmc')
    """
    wanted = source_type.lower()
    return tuple(name for name, words in SOURCE_TYPES.items() if words.lower() == wanted)
