"""What one document states of itself, as far as a selection asks (`ingest.selection`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Traits:
    """Kinds of article and a title as stated; `mesh` are descriptors, in JATS and BMC keywords."""

    article_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    title: str = ""
