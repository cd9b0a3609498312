"""Chooses the constants of the ranking on judged queries, and says how they were chosen.

legs.py        what both legs find for every query of a dataset
weights.py     the dense leg's part of the fused score, for each kind of query
relevance.py   how likely a hit is, and from where it is shown as weak and as strong
report.py      both as results files
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evaluation.datasets import Dataset
from evaluation.fitting.legs import FoundByLegs, found_by_legs
from evaluation.fitting.relevance import NEAR_MISS, cross_validated, evidence, fit_relevance
from evaluation.fitting.report import write_relevance, write_weights
from evaluation.fitting.weights import JudgedLegs, choose_weights
from evaluation.quality import open_dataset
from index.encoders import EncoderChoice
from index.progress import Progress

__all__ = ("fit",)


def fit(
    datasets: Sequence[Dataset],
    work: Path,
    choice: EncoderChoice,
    results: Path,
    progress: Progress,
) -> Iterator[str]:
    """Fit on datasets and write results files; gives their texts.

    Relevance is fitted on the datasets that have queries without an answer.
    """
    encoder = choice.load()
    judged = []
    for dataset in datasets:
        folder = work / dataset.name
        opened = open_dataset(dataset, folder, choice, progress)
        found = tuple(found_by_legs(opened, folder / "index", encoder, progress))
        judged.append(JudgedLegs(dataset.name, found, dataset.qrels))
    yield write_weights(choose_weights(judged), results)
    for dataset, one in zip(datasets, judged, strict=True):
        if any(dataset.is_unanswerable(query) for query in dataset.queries):
            yield _relevance(dataset, one.found, results)


def _relevance(dataset: Dataset, found: Sequence[FoundByLegs], results: Path) -> str:
    queries = [one.query for one in found]
    strata = [dataset.strata.get(query, "") for query in queries]
    features = np.array([evidence(one) for one in found])
    answerable = np.array([not dataset.is_unanswerable(query) for query in queries])
    near_miss = np.array([stratum == NEAR_MISS for stratum in strata])
    fitted = fit_relevance(features, answerable, near_miss)
    shown = cross_validated(queries, strata, features, answerable)
    return write_relevance(fitted, shown, results)
