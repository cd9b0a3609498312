"""The documents of the library as an HTML table. Pure: every text escaped."""

from collections.abc import Callable, Sequence

from index.library import ListedDocument
from ui.markup import escape, few_and_more

_FEW_WARNINGS, _FEW_ALIKE = 2, 2
_HEADINGS = ("Document", "Type", "Year", "Passages", "To look at")


def document_table(documents: Sequence[ListedDocument], named: Callable[[str], str]) -> str:
    """One row a document; `named` gives a source as people know it."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    rows = "".join(_row(one, named) for one in documents)
    return (
        '<table class="cb-documents"><caption class="cb-sr">Documents in the library, newest '
        f"first</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def nothing_listed(searched: bool) -> str:
    """An empty list, and why."""
    why = "No title has these words." if searched else "No document is of this kind."
    return f'<p class="cb-empty" role="status">{why}</p>'


def range_line(first: int, shown: int, total: int) -> str:
    """Which part of the list is in sight; `first` counts from 0.

    >>> range_line(50, 10, 60)
    '<p class="cb-range" role="status">51 to 60 of 60</p>'
    """
    return (
        f'<p class="cb-range" role="status">{first + 1:,} to {first + shown:,} of {total:,}</p>'
        if shown
        else ""
    )


def _row(one: ListedDocument, named: Callable[[str], str]) -> str:
    sources = "".join(f'<p class="cb-from" dir="auto">{escape(named(s))}</p>' for s in one.sources)
    extent = [f"{one.pages:,} pages" if one.pages > 1 else ""]
    extent.append(f"{one.cases:,} cases" if one.cases > 1 else "")
    more = ", ".join(filter(None, extent))
    return (
        f'<tr><th scope="row"><span dir="auto">{escape(one.title)}</span>{sources}</th>'
        f'<td data-label="Type" dir="auto">{escape(one.document_type) or _unknown()}</td>'
        f'<td data-label="Year">{one.year or _unknown()}</td>'
        f'<td data-label="Passages" class="cb-number">{one.passages:,}'
        f"{f'<p>{more}</p>' if more else ''}</td>"
        f'<td data-label="To look at">{_to_look_at(one)}</td></tr>'
    )


def _unknown() -> str:
    return '<span class="cb-unknown">not stated</span>'


def _to_look_at(one: ListedDocument) -> str:
    warnings = [f'<span dir="auto">{escape(warning)}</span>' for warning in one.warnings]
    alike = [f'<span dir="auto">{escape(title)}</span>' for title in one.alike]
    parts = [few_and_more(warnings, _FEW_WARNINGS)] if warnings else []
    if alike:
        parts.append(f"<p>Nearly the same text as:</p>{few_and_more(alike, _FEW_ALIKE)}")
    return "".join(parts)
