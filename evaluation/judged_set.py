"""Our own judged questions, over the documents of `shared` and of the starter corpus.

`judgements/` holds questions, grades and document ids, none of the documents' text. The
documents are found where they are: files of `seeds/` and `maccrobat/` and of `corpus/` as they
stand, and the records of `e3c/corpus.jsonl` each as a text file with what the record states.

    seeds/000_6d65d7073e025098    maccrobat/15939911    e3c/EN100017    corpus/calf.md
"""

import hashlib
import json
from pathlib import Path

from evaluation.datasets import SHARED, Dataset, DatasetError, load_dataset
from ingest.corpus import doc_id_of
from ingest.files import find_files

JUDGEMENTS = Path(__file__).parent / "judgements"
CORPUS = Path(__file__).parent.parent / "corpus"
_FIELDS = {"doi": "DOI", "url": "Source", "source": "Journal", "licence": "Licence", "date": "Date"}


def load_judged_set(split: str = "test") -> Dataset:
    """The judged questions; raises `DatasetError` where the documents are not on this machine."""
    if not (SHARED / "data" / "e3c" / "corpus.jsonl").is_file():
        raise DatasetError(f"the judged documents are not in {SHARED} (set CASEBOOK_SHARED)")
    return load_dataset(JUDGEMENTS, split)


def prepare_judged_documents(work: Path) -> tuple[list[Path], dict[str, str]]:
    """The paths to index, and the judged set's id of every doc_id."""
    data = SHARED / "data"
    written = _write_records(data / "e3c" / "corpus.jsonl", work / "e3c")
    folders = {"seeds": data / "seeds", "maccrobat": data / "maccrobat", "corpus": CORPUS}
    names: dict[str, str] = {}
    for folder, path in {**folders, "e3c": written}.items():
        for file in find_files([path])[0]:
            name = file.name if folder == "corpus" else file.stem
            doc_id = doc_id_of(hashlib.sha256(file.read_bytes()).hexdigest())
            names.setdefault(doc_id, f"{folder}/{name}")
    return [*folders.values(), written], names


def _write_records(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with source.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            raw = _as_text(record).encode()
            path = folder / f"{record['_id']}.txt"
            if not path.exists() or path.read_bytes() != raw:
                path.write_bytes(raw)
    return folder


def _as_text(record: dict[str, object]) -> str:
    """What a record states as header fields, then its text."""
    stated = record.get("metadata") or {}
    assert isinstance(stated, dict)
    fields = {"Title": record.get("title"), **{_FIELDS[k]: stated.get(k) for k in _FIELDS}}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{record['text']}\n"
