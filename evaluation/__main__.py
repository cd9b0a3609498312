"""python -m evaluation quality | compare | reading: is search good, is reading faithful."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evaluation.comparison import compare, to_text
from evaluation.datasets import SHARED, DatasetError, load_dataset
from evaluation.quality import measure_quality
from evaluation.reading import TABLES, measure_reading
from evaluation.runs import LegResult, read_run
from index.encoders import choose_encoder
from index.errors import CatalogError
from index.models import PACKAGED_MODEL
from index.terminal import TerminalProgress

RESULTS = Path(__file__).parent / "results"
WORK = Path(".casebook") / "evaluation"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (DatasetError, CatalogError, ValueError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser("quality", help="ranking quality on BEIR folders")
    quality.add_argument("datasets", metavar="DATASET", nargs="+", type=Path)
    quality.add_argument("--split", default="test", help="which qrels (default: test)")
    quality.add_argument("--model", default=PACKAGED_MODEL, help="a model's name or folder")
    quality.add_argument("--results", type=Path, default=RESULTS, help="folder for results")
    quality.add_argument("--json", action="store_true", help="print one JSON object a dataset")
    reading = commands.add_parser("reading", help="how faithfully real documents are read")
    reading.add_argument("tables", metavar="TABLE", nargs="*", choices=[*TABLES, []])
    reading.add_argument("--shared", type=Path, default=SHARED, help="folder of real documents")
    reading.add_argument("--results", type=Path, default=RESULTS, help="folder for results")
    paired = commands.add_parser("compare", help="two results files, query by query")
    paired.add_argument("first", metavar="A.json", type=Path)
    paired.add_argument("second", metavar="B.json", type=Path)
    paired.add_argument("--first-leg", default="fused", help="ranking of A (default: fused)")
    paired.add_argument("--second-leg", default="fused", help="ranking of B (default: fused)")
    paired.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _quality(options: argparse.Namespace) -> int:
    choice = choose_encoder(options.model)
    for folder in options.datasets:
        dataset = load_dataset(folder, options.split)
        with TerminalProgress() as progress:
            result = measure_quality(dataset, WORK / dataset.name, choice, progress.show)
        result.write(options.results)
        print(json.dumps(result.to_dict()) if options.json else result.to_markdown(), end="\n")
    return 0


def _reading(options: argparse.Namespace) -> int:
    names = options.tables or list(TABLES)
    with TerminalProgress() as progress:
        for text in measure_reading(options.shared, names, options.results, progress.show):
            print(text)
    return 0


def _compare(options: argparse.Namespace) -> int:
    first = _leg(options.first, options.first_leg)
    comparison = compare(first, _leg(options.second, options.second_leg))
    print(json.dumps(asdict(comparison)) if options.json else to_text(comparison))
    return 0


_COMMANDS = {"quality": _quality, "compare": _compare, "reading": _reading}


def _leg(path: Path, name: str) -> LegResult:
    run = read_run(path)
    if name not in run.legs:
        raise DatasetError(f"{path} has no ranking '{name}', only {', '.join(run.legs)}")
    return run.legs[name]


if __name__ == "__main__":
    sys.exit(main())
