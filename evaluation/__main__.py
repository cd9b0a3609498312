"""python -m evaluation quality | questions | stores | fit | compare | reading | speed | scale."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from evaluation import quality_report
from evaluation.ablation import measure_ablation
from evaluation.case_halves import NAME as CASE_HALVES
from evaluation.case_halves import load_case_halves
from evaluation.comparison import compare, to_text
from evaluation.datasets import SHARED, Dataset, DatasetError, load_dataset
from evaluation.fitting import fit
from evaluation.judged_set import NAME as JUDGED
from evaluation.judged_set import load_judged_set
from evaluation.quality import measure_quality, open_dataset
from evaluation.question_time import measure_question_time
from evaluation.reading import TABLES, measure_reading
from evaluation.runs import LegResult, read_run
from evaluation.scale import measure_scale
from evaluation.scale_report import to_markdown as to_scale_text
from evaluation.scale_report import write_scale
from evaluation.speed.command import add_speed_options, run_speed
from evaluation.stores import ServedAs, compare_stores
from index.encoders import choose_encoder, loaded
from index.errors import CatalogError
from index.location import parse_address
from index.models import PACKAGED_MODEL
from index.terminal import TerminalProgress
from ingest.closed_pipes import run_command
from ingest.errors import IngestError
from search.errors import QueryError
from search.service import SearchService

RESULTS = Path(__file__).parent / "results"
WORK = Path(".casebook") / "evaluation"
SCALE_PAGE = Path(__file__).parent.parent / "docs" / "scale.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (DatasetError, CatalogError, QueryError, IngestError, ValueError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser("quality", help="ranking quality on judged datasets")
    _add_dataset_options(quality)
    quality.add_argument(
        "--ablation", action="store_true", help="instead: what each ingredient of the ranking gives"
    )
    questions = commands.add_parser("questions", help="what a question costs beside its searches")
    _add_dataset_options(questions)
    stores = commands.add_parser("stores", help="the same questions through folder and server")
    _add_dataset_options(stores)
    stores.add_argument(
        "--store", metavar="ADDRESS", required=True,
        help="milvus://HOST:PORT/NAME, or milvus-lite:///PATH/FILE.db#NAME to try it",
    )  # fmt: skip
    fit = commands.add_parser("fit", help="choose the constants of the ranking on judged datasets")
    _add_dataset_options(fit)
    reading = commands.add_parser("reading", help="how faithfully real documents are read")
    reading.add_argument(
        "tables", metavar="TABLE", nargs="*", type=_table, help=f"of {', '.join(TABLES)}"
    )
    reading.add_argument("--shared", type=Path, default=SHARED, help="folder of real documents")
    reading.add_argument("--results", type=Path, default=RESULTS, help="folder for results")
    paired = commands.add_parser("compare", help="two results files, query by query")
    paired.add_argument("first", metavar="A.json", type=Path)
    paired.add_argument("second", metavar="B.json", type=Path)
    paired.add_argument("--first-leg", default="fused", help="ranking of A (default: fused)")
    paired.add_argument("--second-leg", default="fused", help="ranking of B (default: fused)")
    paired.add_argument("--json", action="store_true", help="print one JSON object")
    speed = commands.add_parser("speed", help="how fast and how small, by size of the index")
    add_speed_options(speed, RESULTS, WORK)
    scale = commands.add_parser("scale", help="what other numbers of passages would take")
    scale.add_argument(
        "--results", type=Path, default=RESULTS, help="folder of results, and for it"
    )
    scale.add_argument("--page", type=Path, default=SCALE_PAGE, help="the page to write it into")
    return parser


def _add_dataset_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "datasets",
        metavar="DATASET",
        nargs="+",
        help=f"a folder in BEIR's layout, '{JUDGED}' (our own judged set) or '{CASE_HALVES}'",
    )
    command.add_argument("--split", default="test", help="which qrels (default: test)")
    command.add_argument("--model", default=PACKAGED_MODEL, help="a model's name or folder")
    command.add_argument("--results", type=Path, default=RESULTS, help="folder for results")
    command.add_argument("--work", type=Path, default=WORK, help="folder that keeps built indexes")
    command.add_argument("--json", action="store_true", help="print one JSON object a dataset")


def _table(name: str) -> str:
    if name not in TABLES:
        raise argparse.ArgumentTypeError(f"'{name}' is none of {', '.join(TABLES)}")
    return name


def _datasets(options: argparse.Namespace) -> Iterator[Dataset]:
    for name in options.datasets:
        if name == JUDGED:
            yield load_judged_set(options.split)
        elif name == CASE_HALVES:
            yield load_case_halves()
        else:
            yield load_dataset(Path(name), options.split)


def _quality(options: argparse.Namespace) -> int:
    choice = choose_encoder(options.model)
    for dataset in _datasets(options):
        with TerminalProgress() as progress:
            opened = open_dataset(dataset, options.work / dataset.name, choice, progress.show)
            if options.ablation:
                ablation = measure_ablation(opened, progress.show)
                ablation.write(options.results)
                values, text = ablation.to_dict(), ablation.to_markdown()
            else:
                result = measure_quality(opened, progress.show)
                quality_report.write_quality(result, options.results)
                values, text = quality_report.to_dict(result), quality_report.to_markdown(result)
        print(json.dumps(values) if options.json else text)
    return 0


def _questions(options: argparse.Namespace) -> int:
    choice = loaded(choose_encoder(options.model))
    for dataset in _datasets(options):
        work = options.work / dataset.name
        with TerminalProgress() as progress:
            opened = open_dataset(dataset, work, choice, progress.show)
            result = measure_question_time(opened, work / "index", choice.load(), progress.show)
        result.write(options.results)
        print(json.dumps(result.to_dict()) if options.json else result.to_markdown())
    return 0


def _stores(options: argparse.Namespace) -> int:
    from index.stores.milvus.server import MilvusServer
    from index.stores.served import mirror

    choice = loaded(choose_encoder(options.model))
    address = parse_address(options.store)
    for dataset in _datasets(options):
        work = options.work / dataset.name
        with TerminalProgress() as progress, closing(MilvusServer.connect(address)) as server:
            opened = open_dataset(dataset, work, choice, progress.show)
            mirror(work / "index", server, progress.show)
            served = SearchService.open(address, lambda _model: choice)
            served_as = ServedAs(f"Milvus {server.version}", server.hybrid)
            result = compare_stores(opened, served, served_as, progress.show)
        result.write(options.results)
        print(json.dumps(result.to_dict()) if options.json else result.to_markdown())
    return 0


def _fit(options: argparse.Namespace) -> int:
    choice = loaded(choose_encoder(options.model))
    with TerminalProgress() as progress:
        for text in fit(
            list(_datasets(options)), options.work, choice, options.results, progress.show
        ):
            print(text)
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


def _speed(options: argparse.Namespace) -> int:
    with TerminalProgress() as progress:
        print(run_speed(options, progress.show))
    return 0


def _scale(options: argparse.Namespace) -> int:
    scale = measure_scale(options.results)
    write_scale(scale, options.results, options.page)
    print(to_scale_text(scale))
    return 0


_COMMANDS = {
    "fit": _fit,
    "stores": _stores,
    "quality": _quality,
    "questions": _questions,
    "compare": _compare,
    "reading": _reading,
    "speed": _speed,
    "scale": _scale,
}


def _leg(path: Path, name: str) -> LegResult:
    run = read_run(path)
    if name not in run.legs:
        raise DatasetError(f"{path} has no ranking '{name}', only {', '.join(run.legs)}")
    return run.legs[name]


if __name__ == "__main__":
    sys.exit(run_command(main))
