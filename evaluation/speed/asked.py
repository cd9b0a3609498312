"""What is asked in the benchmarks: judged questions, filters, and their vectors made before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.datasets import read_records
from evaluation.judged_set import JUDGEMENTS
from evaluation.question_time import choose_questions
from evaluation.speed.corpus import FIRST_YEAR, YEARS
from evaluation.speed.stand_in import tokens_by_length
from index.encoders import Encoder, EncoderChoice, Vectors
from search.queries import Filters, Query
from search.service import SearchService

_LAST_YEAR = FIRST_YEAR + YEARS - 1
FILTERS: dict[str, Filters] = {
    "none": Filters(),
    "50 %": Filters(year_from=FIRST_YEAR + YEARS // 2),
    "5 %": Filters(year_from=_LAST_YEAR, year_to=_LAST_YEAR),
    "0.5 %": Filters(year_from=_LAST_YEAR, year_to=_LAST_YEAR, document_types=("letter",)),
}
"""By the share of the documents that they let through (`evaluation.speed.corpus`)."""
QUESTIONS = 100
"""Of our own judged questions, every stratum alike: a p95 is then the fifth slowest."""


def benchmark_questions(count: int = QUESTIONS) -> list[str]:
    """The texts of the same questions in every run, pasted cases and keywords among them."""
    records = {record["_id"]: record for record in read_records(JUDGEMENTS / "queries.jsonl")}
    strata = {name: record["metadata"]["stratum"] for name, record in records.items()}
    share = -(-count // len(set(strata.values())))
    chosen = choose_questions(records, strata, share)
    return [str(records[name]["text"]) for name in chosen][:count]


@dataclass
class KnownQueries:
    """An encoder whose queries were encoded before: what it takes is not in any time."""

    name: str
    fingerprint: str
    dim: int
    vectors: dict[str, Vectors]
    model: Encoder | None = None
    max_tokens: int = 254
    max_query_tokens: int = 254
    prompts: tuple[str, str] = ("", "")
    runtime: str = "encoded before"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A guess by length: the model's own count belongs to encoding."""
        return tokens_by_length(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Nobody asks for passages in a search."""
        raise NotImplementedError(f"{len(texts)} passages to encode in a search")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text; with a `model` new texts are encoded, else they are a KeyError."""
        for text in texts:
            if text not in self.vectors and self.model is not None:
                self.vectors[text] = self.model.encode_queries([text])[0]
        return np.stack([self.vectors[text] for text in texts])

    def choice(self) -> EncoderChoice:
        """For `SearchService`: the encoder itself, whatever model is named."""
        return EncoderChoice(self.name, self.fingerprint, lambda: self)

    def save(self, path: Path) -> None:
        """Write name and vectors to two files, `path` and the same with `.npy`."""
        values = {"name": self.name, "fingerprint": self.fingerprint, "texts": list(self.vectors)}
        path.write_text(json.dumps(values), "utf-8")
        np.save(path.with_suffix(".npy"), np.stack(list(self.vectors.values())))

    @staticmethod
    def load(path: Path) -> "KnownQueries":
        """Read what `save` wrote."""
        values = json.loads(path.read_text("utf-8"))
        rows = np.load(path.with_suffix(".npy"))
        vectors = dict(zip(values["texts"], rows, strict=True))
        return KnownQueries(values["name"], values["fingerprint"], rows.shape[1], vectors)


def know_queries(folder: Path, model: Encoder, texts: Sequence[str]) -> KnownQueries:
    """Ask everything once, so that the vector of all that is read into a question is known."""
    known = KnownQueries(model.name, model.fingerprint, model.dim, {}, model)
    service = SearchService.open(folder, lambda _model: known.choice())
    for text in texts:
        service.search(Query(text))
    return known
