"""python -m evaluation quality DATASET …: measures search on judged datasets."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation.datasets import DatasetError, load_dataset
from evaluation.quality import QualityResult, measure_quality
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
        choice = choose_encoder(options.model)
        for folder in options.datasets:
            dataset = load_dataset(folder, options.split)
            with TerminalProgress() as progress:
                result = measure_quality(dataset, WORK / dataset.name, choice, progress.show)
            _write(result, options.results)
            print(json.dumps(result.to_dict()) if options.json else _line(result))
    except (DatasetError, CatalogError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser("quality", help="ranking quality on BEIR folders")
    quality.add_argument("datasets", metavar="DATASET", nargs="+", type=Path)
    quality.add_argument("--split", default="test", help="which qrels (default: test)")
    quality.add_argument("--model", default=PACKAGED_MODEL, help="a model's name or folder")
    quality.add_argument("--results", type=Path, default=RESULTS, help="folder for results")
    quality.add_argument("--json", action="store_true", help="print one JSON object a dataset")
    return parser


def _write(result: QualityResult, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"quality-{result.dataset}.json"
    path.write_text(json.dumps(result.to_dict(), indent=2) + "\n", "utf-8")


def _line(result: QualityResult) -> str:
    figures = ", ".join(f"{name} {value:.3f}" for name, value in result.measures.items())
    return f"{result.dataset}: {figures} ({result.queries} queries, {result.answered} answered)"


if __name__ == "__main__":
    sys.exit(main())
