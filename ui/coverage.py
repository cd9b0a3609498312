"""What the library covers, as charts that are tables. Pure.

Each bar stands in a row with its name and its number, so that a chart reads the same to the eye
and to a screen reader, needs no script and fetches nothing.
"""

from collections.abc import Mapping

from index.coverage import Coverage
from ui.markup import escape

_MOST_YEAR_ROWS = 14
"""More rows than this are no glance: years are taken together, five or more at a time."""
_SPANS = (1, 5, 10, 20, 50, 100)


def coverage_charts(found: Coverage) -> str:
    """Regions, procedures and years, each with what is not said."""
    return (
        '<div class="cb-coverage">'
        + _chart("Regions", found.regions, found.no_region, "named in no title")
        + _chart("Procedures", found.procedures, found.no_procedure, "named in no title")
        + _chart("Years", by_span(found.years), found.undated, "not stated")
        + "</div>"
        f'<p class="cb-how">{found.documents:,} documents. Regions and procedures are counted by '
        "the words of titles, a document under each that its title names.</p>"
    )


def by_span(years: Mapping[int, int]) -> dict[str, int]:
    """Documents by year, or by spans of years where these would be too many rows.

    >>> by_span({2019: 2, 2021: 1}), by_span({1950: 1, 2021: 3})
    ({'2019': 2, '2020': 0, '2021': 1}, {'1950–1959': 1, '1960–1969': 0, '1970–1979': 0, \
'1980–1989': 0, '1990–1999': 0, '2000–2009': 0, '2010–2019': 0, '2020–2029': 3})
    """
    if not years:
        return {}
    first, last = min(years), max(years)
    span = next((s for s in _SPANS if last // s - first // s < _MOST_YEAR_ROWS), _SPANS[-1])
    counts = dict.fromkeys(range(first // span * span, last + 1, span), 0)
    for year, count in years.items():
        counts[year // span * span] += count
    return {_years(start, span): count for start, count in counts.items()}


def _years(start: int, span: int) -> str:
    return str(start) if span == 1 else f"{start}–{start + span - 1}"


def _chart(title: str, counts: Mapping[str, int], unknown: int, called: str) -> str:
    most = max([*counts.values(), 1])
    rows = "".join(_bar(name, count, most) for name, count in counts.items())
    rest = (
        f'<tr class="cb-rest"><th scope="row">{called}</th><td></td><td>{unknown:,}</td></tr>'
        if unknown
        else ""
    )
    return (
        f'<table class="cb-chart"><caption>{title}</caption><thead class="cb-sr"><tr>'
        '<th scope="col">Name</th><th scope="col">Share</th><th scope="col">Documents</th></tr>'
        f"</thead><tbody>{rows}{rest}</tbody></table>"
    )


def _bar(name: str, count: int, most: int) -> str:
    column = f'<span class="cb-column" style="width: {count / most:.1%}"></span>' if count else ""
    return f'<tr><th scope="row">{escape(name)}</th><td>{column}</td><td>{count:,}</td></tr>'
