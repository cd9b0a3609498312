"""python query.py "question": asks an index and prints ranked source passages."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.closed_pipes import run_command

if TYPE_CHECKING:
    from search.reranking import Reranker

UNUSABLE, WRONG_ARGUMENTS = 1, 2
FORMATS = ("text", "json", "csv", "trec")
DEFAULT_HITS = 10
CHOICES = {
    "--document-type": '"case report", "article", …',
    "--section-kind": '"diagnostic assessment", "follow-up and outcomes", …',
    "--sex": '"female" or "male"',
    "--language": '"en", "de", … (ISO 639-1)',
    "--source-type": '"PDF", "web page", "journal XML", "Word file", …',
}
"""Filters by words and some of their values; "not stated" is one of each."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one question; gives the exit status: 0, 1 (index unusable) or 2 (wrong arguments)."""
    options = _parser().parse_args(arguments)
    # Imported here: --help and a mistyped option must answer at once.
    from index.errors import CatalogError
    from index.location import index_place
    from ingest.errors import UnreadableFileError
    from search.errors import QueryError
    from search.queries import Filters, Query

    try:
        text = _pasted() if options.question == "-" else _typed(options.question)
        filters = Filters(
            year_from=options.year_from,
            year_to=options.year_to,
            document_types=tuple(options.document_type),
            section_kinds=tuple(options.section_kind),
            age_from=options.age_from,
            age_to=options.age_to,
            sexes=tuple(options.sex),
            languages=tuple(options.language),
            source_types=tuple(options.source_type),
        )
        query = Query(text.strip(), options.k, filters)
        from search.output import WRITERS
        from search.ranking import Ranking
        from search.service import SearchService

        service = SearchService.open(index_place(options.index))
        ranking = Ranking(vocabulary=not options.no_expansion)
        reranker = _reranker(options.reranker) if options.reranker else None
        answer = service.search(query, ranking, reranker)
    except (QueryError, UnreadableFileError) as error:
        print(f"query: {error}", file=sys.stderr)
        return WRONG_ARGUMENTS
    except CatalogError as error:
        print(f"query: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return UNUSABLE
    sys.stdout.write(WRITERS[options.format](answer))
    return 0


def _reranker(model: str) -> "Reranker":
    from search.reranking import CrossEncoderReranker

    return CrossEncoderReranker(model)


def _pasted() -> str:
    """Standard input, in whichever encoding a clipboard or a file has it."""
    from ingest.formats.decoding import decode

    return decode(sys.stdin.buffer.read())[0]


def _typed(argument: str) -> str:
    """An argument with the bytes that are no UTF-8 replaced: no model can read them."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="query.py", description=__doc__)
    parser.add_argument("question", help='a question or a pasted case; "-" reads standard input')
    parser.add_argument("-k", type=int, default=DEFAULT_HITS, metavar="K", help="hits (default 10)")
    parser.add_argument(
        "--index", metavar="PLACE",
        help="index folder, or milvus://HOST:PORT/NAME (default: $CASEBOOK_INDEX, else .casebook/)",
    )  # fmt: skip
    parser.add_argument(
        "--no-expansion", action="store_true",
        help="search for the question's own words only, without the long forms of abbreviations, "
        "corrected spellings and synonyms",
    )  # fmt: skip
    parser.add_argument(
        "--reranker", metavar="NAME",
        help="a cross-encoder, by folder or by name, that puts the first 20 hits in its own "
        "order; it must be on this machine already, none is fetched (default: none)",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    filters = parser.add_argument_group(
        "filters", 'those of words may be given more than once; "not stated" is a word of each'
    )
    filters.add_argument("--year-from", type=int, metavar="YEAR", help="published then or later")
    filters.add_argument("--year-to", type=int, metavar="YEAR", help="published then or earlier")
    filters.add_argument("--age-from", type=int, metavar="AGE", help="of patients so old or older")
    filters.add_argument("--age-to", type=int, metavar="AGE", help="0: not one year old yet")
    for option, values in CHOICES.items():
        filters.add_argument(option, action="append", default=[], metavar="WORD", help=values)
    return parser


if __name__ == "__main__":
    sys.exit(run_command(main))
