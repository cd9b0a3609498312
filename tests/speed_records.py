"""Made-up records for the corpus of the speed benchmarks."""

import json
from pathlib import Path
from random import Random

from evaluation.speed.corpus import RECORDS_PER_DOCUMENT


def write_records(path: Path, documents: int) -> Path:
    """Records for so many base documents, each a sentence and 120 made-up words."""
    chance = Random(1)
    texts = [_text(record, chance) for record in range(documents * RECORDS_PER_DOCUMENT)]
    lines = [json.dumps({"_id": str(i), "text": text}) for i, text in enumerate(texts)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _text(record: int, chance: Random) -> str:
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(4, 9))) for _ in range(120)]
    return f"Patient {record} was seen. " + " ".join(words).capitalize() + "."
