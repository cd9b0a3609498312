"""The real texts in which sentence boundaries were judged, as they were judged.

Taken without our own readers, whose work on them changes: a text file as it is, a record of a
JSON lines file by its `_id` (name#id), a paragraph of an XML file by its number from 0 (name#3).
Every white space is one space, so that the line breaks of the files give no boundary away.
"""

import hashlib
import json
import re
from pathlib import Path

from lxml import etree

DIGEST_DIGITS = 12
"""Hexadecimal digits of a text's hash: enough to notice that it is not the one judged."""


def load_texts(data: Path, digests: dict[str, str]) -> dict[str, str]:
    """Texts of the folder `data` by their names; `digests` gives the hash that each should have.

    Raises `ValueError` where a text has another one, `OSError` where a file cannot be read.
    """
    texts: dict[str, str] = {}
    for file in sorted({name.partition("#")[0] for name in digests}):
        texts |= {name: text for name, text in _texts(data, file).items() if name in digests}
    changed = [name for name, digest in digests.items() if text_digest(texts.get(name)) != digest]
    if changed:
        raise ValueError(
            f"{len(changed)} texts are not those judged, the first is {changed[0]}: "
            "judge them anew, or take them out of evaluation/sentence_places.tsv"
        )
    return texts


def text_digest(text: str | None) -> str:
    """The beginning of the hash of a text; "" where there is none."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()[:DIGEST_DIGITS]


def _texts(data: Path, file: str) -> dict[str, str]:
    path = data / file
    if path.suffix == ".jsonl":
        records = (json.loads(line) for line in path.read_text("utf-8").split("\n") if line)
        return {f"{file}#{record['_id']}": _even(record["text"]) for record in records}
    if path.suffix in (".xml", ".nxml"):
        return {f"{file}#{number}": text for number, text in enumerate(_paragraphs(path))}
    return {file: _even(path.read_bytes().decode("utf-8"))}


def _even(text: str) -> str:
    """Each white space as one space; offsets stay."""
    return re.sub(r"\s", " ", text)


def _paragraphs(path: Path) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(str(path), parser).getroot()
    return [" ".join("".join(map(str, p.itertext())).split()) for p in root.iter("{*}p")]
