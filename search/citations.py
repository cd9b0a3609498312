"""How a hit is cited: AMA style, from what the document states and nothing else. Pure."""

from ingest.documents import Metadata

MAX_AUTHORS = 6
SHOWN_OF_MANY = 3
"""AMA Manual of Style, 11th edition, 3.7: up to six authors, else three and "et al"."""
_MOST_NAMES = 5
"""Words of a person's name: a group's has more."""
_MOST_INITIALS = 3


def ama_citation(metadata: Metadata, title: str, source: str) -> str:
    """One line; what is not stated is left out, and a retelling is not cited as its source.

    >>> ama_citation(Metadata(title="Calf pain", authors=("Zachary Bailowitz",), year=2021), "", "")
    'Bailowitz Z. Calf pain. 2021.'
    """
    if metadata.retold_from:
        line = f"{(metadata.title or title).rstrip('.')}. Retold from: {metadata.retold_from}"
        return line if "://" in line.rsplit(" ", 1)[-1] else f"{line}."
    parts = []
    if metadata.authors:
        parts.append(_authors(metadata.authors))
    parts.append((metadata.title or title).rstrip("."))
    if metadata.journal:
        parts.append(metadata.journal.rstrip("."))
    if metadata.year is not None:
        parts.append(_issue(metadata))
    if metadata.doi:
        parts.append(f"doi:{metadata.doi}")
    elif metadata.pmid:
        parts.append(f"PMID: {metadata.pmid}")
    elif not metadata.url:
        parts.append(source.replace("\\", "/").rsplit("/", 1)[-1])
    line = ". ".join(part for part in parts if part)
    if metadata.url and not metadata.doi:
        return f"{line}. {metadata.url}"
    return line if line.endswith((".", "?", "!")) else f"{line}."


def _issue(metadata: Metadata) -> str:
    """'2015;16:2-9': year, volume and pages as far as they are stated."""
    volume = f";{metadata.volume}" if metadata.volume else ""
    pages = f":{metadata.page_range}" if volume and metadata.page_range else ""
    return f"{metadata.year}{volume}{pages}"


def _authors(authors: tuple[str, ...]) -> str:
    names = [_family_and_initials(name) for name in authors]
    if len(names) > MAX_AUTHORS:
        return f"{', '.join(names[:SHOWN_OF_MANY])}, et al"
    return ", ".join(names)


def family_and_given(name: str) -> tuple[str, str]:
    """A person's family name and given names; a group has only the former.

    >>> family_and_given("Sabine F van Voorst"), family_and_given("WHO Working Group on the Calf")
    (('van Voorst', 'Sabine F'), ('WHO Working Group on the Calf', ''))
    """
    words = name.split()
    if len(words) < 2 or len(words) > _MOST_NAMES:
        return name, ""
    if words[-1].isupper() and len(words[-1]) <= _MOST_INITIALS:
        return " ".join(words[:-1]), words[-1]
    # Small words belong to the family name: "Sabine F van Voorst".
    first = next((i for i, word in enumerate(words[:-1]) if i and word.islower()), len(words) - 1)
    return " ".join(words[first:]), " ".join(words[:first])


def _family_and_initials(name: str) -> str:
    """'Alan J Forster' as 'Forster AJ'; a name already so, or a group's, stays as it is."""
    family, given = family_and_given(name)
    if not given or given == name.split()[-1]:
        return name
    return f"{family} {''.join(word[0] for word in given.split() if word[0].isalpha())}"
