"""Our own judged questions, over real documents and the starter corpus.

`judgements/` holds questions, grades, document ids and offsets, none of the documents' text. The
documents are found where they are: files of `seeds/` and `maccrobat/` in ../shared/data and of
`corpus/` as they stand, and the records of `e3c/corpus.jsonl` each as a text file with what the
record states. Their ids:

    seeds/000_6d65d7073e025098    maccrobat/15939911    e3c/EN100017    corpus/calf.md
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from evaluation.datasets import (
    SHARED,
    Corpus,
    Dataset,
    DatasetError,
    load_dataset,
    read_records,
    write_if_other,
)
from ingest.corpus import doc_id_of
from ingest.files import find_files

NAME = "judged"
"""What stands for this set where a dataset's folder is asked for."""
JUDGEMENTS = Path(__file__).parent / "judgements"
CORPUS = Path(__file__).parent.parent / "corpus"
_FIELDS = {"doi": "DOI", "url": "Source", "source": "Journal", "licence": "Licence", "date": "Date"}


def load_judged_set(
    split: str = "test", data: Path = SHARED / "data", judgements: Path = JUDGEMENTS
) -> Dataset:
    """The judged questions; raises `DatasetError` where the documents are not on this machine."""
    if not (data / "e3c" / "corpus.jsonl").is_file():
        raise DatasetError(f"the judged documents are not in {data} (set CASEBOOK_SHARED)")
    read = load_dataset(judgements, split)
    return replace(read, name=NAME, prepare=partial(prepare_judged_documents, data))


def prepare_judged_documents(data: Path, work: Path) -> Corpus:
    """The folders to index, with records that are no files yet written to work/e3c."""
    written = _write_records(data / "e3c" / "corpus.jsonl", work / "e3c")
    folders = {
        "seeds": data / "seeds",
        "maccrobat": data / "maccrobat",
        "corpus": CORPUS,
        "e3c": written,
    }
    ids: dict[str, tuple[str, ...]] = {}
    for folder, path in folders.items():
        for file in find_files([path])[0]:
            name = file.name if folder == "corpus" else file.stem
            doc_id = doc_id_of(hashlib.sha256(file.read_bytes()).hexdigest())
            ids[doc_id] = (*ids.get(doc_id, ()), f"{folder}/{name}")
    return Corpus(tuple(folders.values()), ids)


def _write_records(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    left = set(folder.iterdir())
    for record in read_records(source):
        path = folder / f"{record['_id']}.txt"
        write_if_other(path, _as_text(record).encode())
        left.discard(path)
    for path in left:
        path.unlink()
    return folder


def _as_text(record: Mapping[str, Any]) -> str:
    """What a record states as header fields, then its text."""
    stated = record.get("metadata") or {}
    fields = {"Title": record.get("title"), **{_FIELDS[k]: stated.get(k) for k in _FIELDS}}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{record['text']}\n"
