"""Cases cut in halves: the first half is asked, and its own second half should be found.

Nobody had to judge anything, so that many pasted cases can be asked; what is asked for is less
than a clinician wants, who looks for another patient like this one. The cases are those of
`e3c/corpus.jsonl` in ../shared/data.
"""

import json
from functools import partial
from itertools import islice
from pathlib import Path

from evaluation.datasets import (
    SHARED,
    Corpus,
    Dataset,
    DatasetError,
    read_records,
    write_documents,
)
from ingest.sentences import sentence_spans

NAME = "case-halves"
"""What stands for this set where a dataset's folder is asked for."""
CASES = 500
LEAST_WORDS = 200
"""Of a case, so that each half is long enough to be a pasted case."""


def load_case_halves(data: Path = SHARED / "data") -> Dataset:
    """The first halves as queries; raises `DatasetError` where the cases are not here."""
    source = data / "e3c" / "corpus.jsonl"
    if not source.is_file():
        raise DatasetError(f"the cases are not in {data} (set CASEBOOK_SHARED)")
    long = (r for r in read_records(source) if len(r["text"].split()) >= LEAST_WORDS)
    halves = {one["_id"]: cut_in_halves(one["text"]) for one in islice(long, CASES)}
    return Dataset(
        name=NAME,
        split="test",
        queries={case: first for case, (first, _) in halves.items()},
        qrels={case: {case: 1} for case in halves},
        prepare=partial(_prepare, {case: second for case, (_, second) in halves.items()}),
        strata={},
        groups={},
    )


def cut_in_halves(text: str) -> tuple[str, str]:
    """A text's two halves, cut where a sentence ends nearest to its middle.

    >>> cut_in_halves("Pain came. It grew. It went. He ran.")
    ('Pain came. It grew.', 'It went. He ran.')
    """
    middle = min(
        (start for start, _ in sentence_spans(text)[1:]),
        key=lambda start: abs(start - len(text) / 2),
        default=len(text),
    )
    return text[:middle].strip(), text[middle:].strip()


def _prepare(halves: dict[str, str], work: Path) -> Corpus:
    work.mkdir(parents=True, exist_ok=True)
    corpus = work / "halves.jsonl"
    lines = (json.dumps({"_id": case, "title": "", "text": text}) for case, text in halves.items())
    corpus.write_text("\n".join(lines) + "\n", "utf-8")
    return write_documents(corpus, work)
