"""The options of `python -m evaluation speed`, and what each of its benchmarks runs.

encoding     ours against plain sentence-transformers
questions    a question by size of the index: time, memory, opening, recall
update       one document added, changed and deleted, by size of the index
served       what a server and each of its readers would keep, by size of the index
rivals       against what people would use instead
cluster      a build on Ray against one without it (needs requirements-ray.txt)
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path

from evaluation.datasets import SHARED
from evaluation.quality_report import write_results
from evaluation.speed.building import SpeedCorpus
from evaluation.speed.questions import measure_questions
from evaluation.speed.questions_report import to_markdown, write_questions
from evaluation.speed.served import measure_served, write_served
from evaluation.speed.stand_in import passage_texts
from evaluation.speed.update import Update, measure_update, update_by_command
from evaluation.speed.update_report import to_markdown as updates_text
from evaluation.speed.update_report import write_updates
from index.encoders import EncoderChoice, choose_encoder, loaded
from index.models import PACKAGED_MODEL
from index.progress import Progress

SIZES = (10_000, 100_000, 1_000_000)
"""Passages of the indexes that are asked."""
ENCODED = 512
"""Passages that both ways of encoding are given: enough to check an exported model on."""
_UNITS = {"k": 1_000, "m": 1_000_000}


def add_speed_options(command: argparse.ArgumentParser, results: Path, work: Path) -> None:
    """The options of the command; `work` keeps built indexes for the next run."""
    command.add_argument("benchmark", choices=BENCHMARKS, help="what is timed")
    command.add_argument(
        "--sizes",
        type=sizes,
        default=SIZES,
        help="passages of the indexes, as 10k,100k,1m (which is the default)",
    )
    command.add_argument("--results", type=Path, default=results, help="folder for results")
    command.add_argument(
        "--work", type=Path, default=work / "speed", help="folder that keeps built indexes"
    )


def run_speed(options: argparse.Namespace, progress: Progress) -> str:
    """Run a benchmark and write its results; gives the table for people."""
    return BENCHMARKS[options.benchmark](options, progress)


def sizes(text: str) -> tuple[int, ...]:
    """Sizes from text, smallest first.

    >>> sizes("1m,10k,500")
    (500, 10000, 1000000)
    """
    return tuple(sorted(_size(part.strip().lower()) for part in text.split(",")))


def _size(text: str) -> int:
    number, unit = (text[:-1], _UNITS[text[-1]]) if text[-1:] in _UNITS else (text, 1)
    if not number.isdigit() or not int(number):
        raise argparse.ArgumentTypeError(f"'{text}' is no size such as 500, 10k or 1m")
    return int(number) * unit


def _corpus(options: argparse.Namespace, choice: EncoderChoice, progress: Progress) -> SpeedCorpus:
    options.work.mkdir(parents=True, exist_ok=True)
    return SpeedCorpus(choice, options.work, progress)


def _encoding(options: argparse.Namespace, progress: Progress) -> str:
    from evaluation.speed.encoding import measure_encoding

    plain = choose_encoder(PACKAGED_MODEL, export_from=None)
    documents = _corpus(options, plain, progress).base().documents
    every = chain.from_iterable(passage_texts(one) for one in documents)
    texts = list(islice(every, ENCODED))
    progress("Encoding in turns", 0, 1)
    result = measure_encoding(texts, choose_encoder(PACKAGED_MODEL, export_from=1), plain)
    text = f"# Encoding against plain sentence-transformers\n\n{result.to_markdown()}\n"
    write_results(options.results / "speed-encoding.json", result.to_dict(), text)
    return text


def _questions(options: argparse.Namespace, progress: Progress) -> str:
    choice = loaded(choose_encoder(PACKAGED_MODEL))
    corpus = _corpus(options, choice, progress)
    built = [corpus.index(size) for size in options.sizes]
    results = [measure_questions(one, choice.load(), progress) for one in built]
    write_questions(results, options.results)
    return to_markdown(results)


def _rivals(options: argparse.Namespace, progress: Progress) -> str:
    from evaluation.speed.rivals.measuring import DOCUMENTS, measure_rivals
    from evaluation.speed.rivals.texts import read_texts

    texts = read_texts(SHARED / "data", DOCUMENTS)
    result = measure_rivals(texts, options.work / "rivals", progress)
    result.write(options.results)
    return result.to_markdown()


def _cluster(options: argparse.Namespace, progress: Progress) -> str:
    from evaluation.speed.cluster import measure_cluster
    from index.cluster.reader import address_of_cluster, refuse_without_ray

    refuse_without_ray()
    choice = loaded(choose_encoder(PACKAGED_MODEL))
    work, address = options.work / "cluster", address_of_cluster()
    result = measure_cluster(SHARED / "data", work, choice, progress, address)
    text = result.to_markdown()
    write_results(options.results / "speed-cluster.json", result.to_dict(), text)
    return text


def _update(options: argparse.Namespace, progress: Progress) -> str:
    from index.build import update_index

    choice = loaded(choose_encoder(PACKAGED_MODEL))
    corpus = _corpus(options, choice, progress)

    def by_page(paths: Sequence[Path], folder: Path) -> None:
        update_index(paths, folder, lambda _model: choice)

    ways: dict[str, Update] = {"page": by_page, "command": update_by_command}
    results = [
        measure_update(corpus.index(size), choice, corpus.article(), by, update, progress)
        for size in options.sizes
        for by, update in ways.items()
    ]
    write_updates(results, options.results)
    return updates_text(results)


def _served(options: argparse.Namespace, progress: Progress) -> str:
    corpus = _corpus(options, loaded(choose_encoder(PACKAGED_MODEL)), progress)
    folders = [corpus.index(size).folder for size in options.sizes]
    return write_served([measure_served(one, progress) for one in folders], options.results)


BENCHMARKS: dict[str, Callable[[argparse.Namespace, Progress], str]] = {
    "encoding": _encoding,
    "questions": _questions,
    "update": _update,
    "served": _served,
    "rivals": _rivals,
    "cluster": _cluster,
}
