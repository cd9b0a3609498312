"""What passages take by their number: as a results file, as tables, and in the page about scale."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from evaluation.plots import short
from evaluation.quality_report import write_results
from evaluation.scale import (
    COMPUTED,
    EXTRAPOLATED,
    MEASURED,
    NOT_KNOWN,
    PUBLISHED,
    Cell,
    Scale,
    ScaleError,
)
from evaluation.tables import markdown_table

NAME = "scale"
BEGINNING = "<!-- written by python -m evaluation scale -->"
END = "<!-- end of what is written -->"
MARKS = {MEASURED: "m", EXTRAPOLATED: "e", COMPUTED: "c", PUBLISHED: "p", NOT_KNOWN: "not known"}
"""How a cell says what it is."""
LEGEND = (
    "**m** measured (at a size within 1 %), **e** extrapolated (on scales by powers of ten, along "
    "the line through the last two measured sizes), **c** computed (from the design, or from a "
    "speed that was measured; as sure as what it stands on), **p** computed from what others "
    "published. 1 GB = 1,000 MB."
)
ASSUMPTIONS = (
    "Indexes are of real case texts that come again with other words; their vectors are real ones, "
    "moved (`speed-questions.md`). Times and speeds are of this machine: two cores that others use "
    "as well.",
    "Questions that one core answers: 1000 ms over the processor time of a whole question, its "
    "encoding left out, from that of 95 in 100 to the median.",
    "GPU: from our plain torch speed times 24, the ratio of GPU to processor that "
    "[sbert.net](https://sbert.net/docs/sentence_transformer/pretrained_models.html) gives for a "
    "model of this shape, to the 14,200 sentences a second that it gives for this model on a V100. "
    "Sentences are shorter than passages, so expect the slower half.",
    "Milvus, vectors and graph: half floats with 36 links of 4 bytes "
    "([its documentation](https://milvus.io/docs/index-explained.md)) in nine tenths of a query "
    "node's memory ([the same](https://milvus.io/docs/v2.3.x/load_collection.md)), up to 2.3 times "
    "the half floats ([its sizing tool](https://zilliz.com/sizing-tool)); to both the sparse "
    "vectors of BM25, 8 bytes for each term of a passage.",
    "Milvus, every field: what is sent to one collection (`speed-served.md`: vectors of both "
    "kinds, terms, texts, whole documents) and the graph. Both collections stay in memory "
    "from the second publication on, unless somebody releases the one that is not served. Copies "
    "for safety, logs and what waits to be compacted come on top.",
)
_BYTES = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6))


def write_scale(scale: Scale, results: Path, page: Path) -> None:
    """Write JSON and Markdown, and the tables into the page about scale where that is."""
    text = f"# What it takes, by number of passages\n\n{to_markdown(scale)}\n"
    write_results(results / f"{NAME}.json", scale.to_dict(), text)
    if page.exists():
        page.write_text(_with_tables(page, to_markdown(scale)), "utf-8")


def to_markdown(scale: Scale) -> str:
    """A table for each part, with the mark of every cell, and what it stands on."""
    notes = (*ASSUMPTIONS, *scale.notes)
    return "\n\n".join([*_tables(scale), LEGEND, "\n".join(f"- {note}" for note in notes)])


def tables_of(page: str) -> str:
    """What stands between the marks of a page; "" where there are none.

    >>> tables_of(f"text {BEGINNING} | a | {END} text")
    '| a |'
    """
    return page.partition(BEGINNING)[2].partition(END)[0].strip()


def _with_tables(path: Path, tables: str) -> str:
    page = path.read_text("utf-8")
    before, mark, rest = page.partition(BEGINNING)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ScaleError(f"{path} has no lines '{BEGINNING}' and '{END}' to write between")
    return f"{before}{BEGINNING}\n\n{tables}\n\n{END}{after}"


def _tables(scale: Scale) -> Iterator[str]:
    for part, rows in groupby(scale.rows, key=lambda row: row.part):
        head = [f"{part}, passages:", *map(short, scale.sizes)]
        yield markdown_table(
            head, ([row.name, *(_text(c, row.unit) for c in row.cells)] for row in rows)
        )


def _text(cell: Cell, unit: str) -> str:
    """A cell with its mark.

    >>> _text(Cell("computed", 7.68e9, 1.7e10), "bytes")
    '7.68–17 GB c'
    >>> _text(Cell("measured", 0.0131, 0.0131), "seconds")
    '0.0131 s m'
    """
    mark = MARKS[cell.mark]
    if cell.low is None or cell.high is None:
        return mark
    name, size = _scaled(unit, cell.high)
    low, high = _figure(cell.low / size), _figure(cell.high / size)
    values = low if low == high else f"{low}–{high}"
    return f"{values} {name} {mark}" if name else f"{values} {mark}"


def _scaled(unit: str, value: float) -> tuple[str, float]:
    """The name of a unit for people, and what of ours it is."""
    if unit == "bytes":
        return next(((name, size) for name, size in _BYTES if value >= size), _BYTES[-1])
    if unit == "hours":
        return ("h", 1) if value >= 1 else ("min", 1 / 60) if value >= 1 / 60 else ("s", 1 / 3600)
    return {"seconds": "s"}.get(unit, unit), 1


def _figure(value: float) -> str:
    """Three figures that count, thousands apart.

    >>> [_figure(value) for value in (0.98881, 14.0, 14.03, 14036.2)]
    ['0.989', '14', '14', '14,036']
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
