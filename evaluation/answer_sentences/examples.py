"""Judged sentences as rows of features: one example for each passage of each judged document.

`judgements/sentences.tsv` has query id, document id, start, end and grade of every sentence
that was read: 2 answers by itself, 1 answers in part or needs its neighbour, 0 does not answer.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.datasets import Dataset
from evaluation.judged_set import JUDGEMENTS
from index.encoders import choose_encoder
from index.keywords import query_terms, terms
from index.models import PACKAGED_MODEL
from ingest.corpus import doc_id_of, read_document
from ingest.documents import Passage
from ingest.files import find_files
from ingest.passages import PassageBudget, split_passages
from ingest.sentences import sentence_spans
from search.answering.features import FEATURES, read_question, rows_of

GRADES = JUDGEMENTS / "sentences.tsv"

Grades = dict[tuple[str, str], dict[tuple[int, int], int]]
"""Query and document id to start and end of a sentence to its grade."""


@dataclass(frozen=True)
class Example:
    """A passage under a query; a row of features and a grade for each sentence that was read."""

    query: str
    document: str
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    features: NDArray[np.float64]
    grades: NDArray[np.int64]


def read_grades(path: Path = GRADES) -> Grades:
    """The judged sentences of every query and document."""
    grades: Grades = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, start, end, grade = line.split("\t")
        grades.setdefault((query, document), {})[int(start), int(end)] = int(grade)
    return grades


def load_examples(dataset: Dataset, grades: Grades, work: Path) -> list[Example]:
    """The passages of the judged documents, as the index would cut them, under their queries."""
    passages = _judged_passages(dataset, {document for _, document in grades}, work)
    rarity = _rarity(passages)
    examples = []
    for (query, document), graded in grades.items():
        text = dataset.queries[query]
        weights = {term: rarity.get(term, rarity[""]) for term in query_terms(text)}
        asked = read_question(text, weights)
        for passage in passages.get(document, ()):
            spans = sentence_spans(passage.text)
            if not spans:
                continue
            rows = rows_of([passage.text[a:b] for a, b in spans], passage.kind, asked)
            found = [graded.get((passage.start + a, passage.start + b), 0) for a, b in spans]
            features = np.array(rows).reshape(-1, len(FEATURES))
            examples.append(
                Example(query, document, asked.kinds, asked.forms, features, np.array(found))
            )
    return examples


def _judged_passages(dataset: Dataset, wanted: set[str], work: Path) -> dict[str, list[Passage]]:
    corpus = dataset.prepare(work)
    count_tokens = choose_encoder(PACKAGED_MODEL).load().count_tokens
    passages: dict[str, list[Passage]] = {}
    for path, names in _judged_files(corpus.paths, corpus.ids):
        if wanted & set(names):
            split = split_passages(read_document(path), PassageBudget(), count_tokens)
            passages |= dict.fromkeys(names, split)
    return passages


def _judged_files(
    paths: tuple[Path, ...], ids: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for path in find_files(paths)[0]:
        names = ids.get(doc_id_of(hashlib.sha256(path.read_bytes()).hexdigest()))
        if names:
            yield path, names


def _rarity(passages: Mapping[str, list[Passage]]) -> dict[str, float]:
    """The rarity of each term, as `search.keyword_leg` has it; under "" that of an unknown one."""
    counts: Counter[str] = Counter()
    number = 0
    for of_document in passages.values():
        number += len(of_document)
        for passage in of_document:
            counts.update(set(terms(passage.text)))
    rarity = {term: math.log(1 + number / count) for term, count in counts.items()}
    return rarity | {"": math.log(1 + number / 0.5)}
