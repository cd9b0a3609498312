"""Which documents of large inputs are wanted, by what they state of themselves. Pure.

A selection names kinds of article, MeSH descriptors and words of the title. What a document states
of these (`ingest.traits`) is told from its raw XML, or from the document that was read.

Within one kind of condition any may hold, and each kind that is asked for must. Case does not
count. A `*` at the end stands for any ending. A format that has no subject headings states none:
where MeSH is asked for, its documents are left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from ingest.document_types import NAMES, normalised_type
from ingest.documents import Document
from ingest.traits import Traits

_SHARED_NAMES = frozenset(name.removesuffix("s") for name in NAMES)


@dataclass(frozen=True)
class Selection:
    """What is wanted; nothing in all three is everything.

    `article_types` as any format words them ("case-report" is PubMed's "Case Reports" too),
    `mesh` whole names of descriptors or their beginnings with `*`, `title_words` whole words or
    words that follow each other.
    """

    article_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == EVERYTHING

    def takes(self, traits: Traits) -> bool:
        """Whether a document with these traits is wanted.

        >>> case = Traits(("Case Reports",), ("Tendon Injuries",), "Hydrodissection of a nerve")
        >>> Selection(("case-report",), ("tendon*",), ("hydrodissect*",)).takes(case)
        True
        >>> Selection(title_words=("dissection",)).takes(case)
        False
        """
        title = _folded(traits.title)
        return (
            _any_or_none(self.article_types, lambda one: _is_of_type(one, traits.article_types))
            and _any_or_none(self.mesh, lambda one: _is_among(one, traits.mesh))
            and _any_or_none(self.title_words, lambda one: bool(_words(one).search(title)))
        )

    def to_text(self) -> str:
        """For people: "article type case-report; title word hydrodissect*", "" for everything."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return "; ".join(
            f"{_IN_WORDS[name]} {' or '.join(values)}" for name, values in named.items() if values
        )


EVERYTHING = Selection()
_IN_WORDS = {"article_types": "article type", "mesh": "MeSH", "title_words": "title word"}


def document_traits(document: Document) -> Traits:
    """What a document that was read states, whatever its format; subject headings are not known."""
    return Traits((document.metadata.document_type,), (), document.metadata.title)


def _any_or_none(wanted: tuple[str, ...], holds: Callable[[str], bool]) -> bool:
    return not wanted or any(map(holds, wanted))


def _is_of_type(wanted: str, stated: Iterable[str]) -> bool:
    """Exactly as worded, or of the same kind where the kind is one that all documents share."""
    name = _singular(wanted)
    return any(
        _singular(one) == name
        or (name in _SHARED_NAMES and normalised_type(one).removesuffix("s") == name)
        for one in stated
        if one
    )


def _singular(kind: str) -> str:
    """A type's wording, so that "case-report" and "Case Reports" are one."""
    return _folded(kind).replace("-", " ").removesuffix("s")


def _is_among(wanted: str, names: Iterable[str]) -> bool:
    pattern = _folded(wanted)
    if pattern.endswith("*"):
        return any(_folded(name).startswith(pattern[:-1]) for name in names)
    return any(_folded(name) == pattern for name in names)


@lru_cache
def _words(wanted: str) -> re.Pattern[str]:
    folded = _folded(wanted)
    ending = r"\w*" if folded.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(folded.removesuffix('*'))}{ending}(?!\w)")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
