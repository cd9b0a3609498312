"""Pages as pypdf reads them: lines with the size of their letters, without their places."""

from typing import Any

from pypdf import PageObject

from ingest.formats.pdf.print import Line, PrintedPage

_BOLD_NAMES = ("bold", "black", "heavy", "semibold")


def read_text(page: PageObject) -> PrintedPage:
    """Read the lines of a page; whatever pypdf raises is passed on."""
    lines = map(_folded, page.extract_text().splitlines())
    return PrintedPage(tuple(Line(line) for line in lines if line))


def read_page(page: PageObject) -> PrintedPage:
    """Read a page with the sizes of its letters; whatever pypdf raises is passed on."""
    styles: dict[str, tuple[float, bool]] = {}

    def note(
        text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float
    ) -> None:
        scale = abs(text_matrix[3] or text_matrix[1]) * abs(matrix[3] or matrix[1])
        name = str((font or {}).get("/BaseFont", "")).lower()
        bold = any(mark in name for mark in _BOLD_NAMES) or name.endswith(".b")
        for line in text.splitlines():
            styles[_folded(line)] = round(size * scale, 1), bold

    lines = []
    for text in page.extract_text(visitor_text=note).splitlines():
        if folded := _folded(text):
            size, bold = styles.get(folded, (0.0, False))
            lines.append(Line(folded, size=size, bold=bold))
    return PrintedPage(tuple(lines))


def _folded(line: str) -> str:
    return " ".join(line.split())
