"""The options that name a selection, the same for every command that reads documents."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # --help imports nothing heavy
    from ingest.selection import Selection


def add_selection_options(parser: argparse.ArgumentParser) -> None:
    """Add `--article-type`, `--mesh` and `--title-word`."""
    group = parser.add_argument_group(
        "selection",
        "Which documents are wanted. Each option may be given more than once, and then any of its "
        "values will do; of several options each must hold. A * at the end stands for any ending.",
    )
    for option, name, meaning in (
        (
            "--article-type",
            "TYPE",
            'kind of article, such as case-report (MEDLINE: "Case Reports")',
        ),
        ("--mesh", "NAME", "descriptor of MeSH (JATS and BMC: keyword)"),
        ("--title-word", "WORD", "whole word of the title, or words that follow each other"),
    ):
        group.add_argument(
            option, metavar=name, action="append", default=[], type=_condition, help=meaning
        )


def selection_of(options: argparse.Namespace) -> "Selection":
    """The selection that the options name."""
    from ingest.selection import Selection

    return Selection(tuple(options.article_type), tuple(options.mesh), tuple(options.title_word))


def _condition(text: str) -> str:
    """A condition without blanks around it; raises `argparse.ArgumentTypeError`."""
    condition = " ".join(text.split())
    if not any(c.isalnum() for c in condition) or "*" in condition[:-1]:
        raise argparse.ArgumentTypeError(
            f"{text!r} names nothing: give words, with a * at the very end if at all"
        )
    return condition
