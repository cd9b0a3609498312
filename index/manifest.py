"""What an index was built with. Stored in the catalog, published in the same transaction."""

import json
from dataclasses import asdict, dataclass

from ingest.passages import PassageBudget


@dataclass(frozen=True)
class BuildSettings:
    """Everything that shapes passages and vectors; another value means another index."""

    model: str
    fingerprint: str
    query_prompt: str
    passage_prompt: str
    budget: PassageBudget
    reading_version: int
    analyzer_version: int


@dataclass(frozen=True)
class Calibration:
    """How near this very corpus comes to questions that it cannot answer.

    Means of the best cosine over unrelated questions, and over shuffled words of the corpus.
    """

    unrelated: float
    shuffled: float


@dataclass(frozen=True)
class Manifest:
    """One published generation: its settings, its size, and the file of its vectors."""

    generation: int
    published_at: str
    settings: BuildSettings
    calibration: Calibration
    documents: int
    passages: int
    dim: int
    engine: str
    vectors_file: str
    vectors_sha256: str

    def to_json(self) -> str:
        """The manifest as the catalog stores it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(stored: str) -> "Manifest":
        """Read a stored manifest; raises KeyError, TypeError or ValueError if it is not one."""
        values = json.loads(stored)
        settings = values.pop("settings")
        budget = PassageBudget(**settings.pop("budget"))
        return Manifest(
            settings=BuildSettings(budget=budget, **settings),
            calibration=Calibration(**values.pop("calibration")),
            **values,
        )
