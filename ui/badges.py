"""What a reader should know of a hit's document before trusting it, as badges with reasons. Pure.

plain      what kind of work it is
warning    why its words may mislead: written to sell, letters recognised by a machine
alarm      what its publisher took back or mended; stands as a line of its own
"""

from dataclasses import dataclass
from typing import Literal

from search.hits import Hit
from ui.markup import escape

Tone = Literal["plain", "warning", "alarm"]

KINDS: dict[str, str] = {
    "case report": "One patient's story: shows what can happen, not how often",
    "case series": "Several patients' stories, without others to compare them with",
    "abstract": "A short account only: the whole work may say more, or otherwise",
    "article": "Methods and results of a study",
    "trial": "A study in which patients were assigned to treatments",
    "study protocol": "What a study was going to do: it has no results yet",
    "review": "Sums up what others found",
    "guideline": "What a group of experts recommends",
    "clinic page": "A clinic's own page: nobody outside has reviewed it",
    "promotional": "Written to sell: it names a price, asks for a booking, or praises its maker",
}
"""Document type to what it means for a reader."""
NOTICES: dict[str, str] = {
    "retracted": "Retracted: its publisher withdrew it. Do not rely on it.",
    "corrected": "Corrected since it was published: read the correction too.",
    "expression of concern": "Its publisher has doubts about it: an expression of concern.",
    "retraction notice": "This is the notice of a retraction, not the work itself.",
    "correction notice": "This is a correction of another work, not the work itself.",
}
"""Notice to a line for people; a notice that is not here is shown in its own words."""
_WARNED_OF = ("promotional", "clinic page")
_RECOGNISED = "Letters were recognised in a picture of the page: some may be wrong"
_RETOLD = "Told again in other words: what is quoted is not the source's own text"


@dataclass(frozen=True)
class Badge:
    """A few words, and why they stand there."""

    text: str
    reason: str
    tone: Tone = "plain"

    @property
    def html(self) -> str:
        """The badge; one that warns takes the focus, so that its reason shows without a mouse."""
        reachable = "" if self.tone == "plain" else ' tabindex="0"'
        return (
            f'<span class="cb-badge cb-{self.tone}" title="{escape(self.reason)}"{reachable}>'
            f'{escape(self.text)}<span class="cb-sr">: {escape(self.reason)}</span></span>'
        )


def badges_of(hit: Hit) -> list[Badge]:
    """The badges of a hit in their order: the kind of work, then what warns.

    A document type that is not one of `KINDS` is a badge too, with where it was read as reason.
    """
    stated = hit.metadata
    found = []
    if stated.document_type:
        tone: Tone = "warning" if stated.document_type in _WARNED_OF else "plain"
        found.append(Badge(stated.document_type, _kind_reason(hit), tone))
    if stated.retold_from:
        found.append(Badge("retelling", _RETOLD, "warning"))
    if hit.passage.recognised:
        found.append(Badge("read by OCR", _RECOGNISED, "warning"))
    return found


def notice_line(notice: str) -> str:
    """What became of a document since, as a line above its passage; "" where nothing did."""
    if not notice:
        return ""
    words = NOTICES.get(notice.lower(), f"{notice[:1].upper()}{notice[1:]}")
    return f'<p class="cb-alarm" role="note" dir="auto">{escape(words)}</p>'


def _kind_reason(hit: Hit) -> str:
    meaning = KINDS.get(hit.metadata.document_type, "")
    origin = hit.metadata.origin_of("document_type")
    if origin.startswith("inferred"):
        read = f"Not stated; {origin}"
    else:
        read = f"Read in: {origin}" if origin else ""
    return ". ".join(part for part in (meaning, read) if part) or "As the document says of itself"
