"""What an index was built with. Stored in the catalog, published in the same transaction."""

import json
from dataclasses import asdict, dataclass

from ingest.passages import PassageBudget
from ingest.selection import EVERYTHING, Selection


@dataclass(frozen=True)
class BuildSettings:
    """Everything that shapes passages and vectors; another value means another index.

    `selection` is what was wanted of the files; another one means that they are read again.
    """

    model: str
    fingerprint: str
    query_prompt: str
    passage_prompt: str
    budget: PassageBudget
    reading_version: int
    analyzer_version: int
    selection: Selection = EVERYTHING


@dataclass(frozen=True)
class Calibration:
    """How near this very corpus comes to questions that it cannot answer.

    The mean of the best cosines of everyday questions that are far from any clinic.
    """

    unrelated: float


@dataclass(frozen=True)
class BaseFile:
    """A file of a base: its name with "/" between parts, its size, and what its bytes hash to."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Base:
    """What was derived from the passages up to `last_row`, and is never changed afterwards.

    `passages` counts those that it holds. `probes` are the inverted lists that a search looks
    into, 0 where the engine is exact; `recall` is recall@50 as measured when it was written.
    """

    folder: str
    last_row: int
    passages: int
    vector_engine: str
    probes: int
    recall: float
    keyword_engine: str
    files: tuple[BaseFile, ...]


@dataclass(frozen=True)
class Manifest:
    """One published generation: its settings, its size, and the base that it is read with.

    `identity` is drawn when an index is made, and kept by all its generations: another index in
    the same folder has another, whatever else of it is the same.
    """

    identity: str
    generation: int
    published_at: str
    settings: BuildSettings
    calibration: Calibration
    documents: int
    passages: int
    dim: int
    base: Base

    def to_json(self) -> str:
        """The manifest as the catalog stores it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(stored: str) -> "Manifest":
        """Read a stored manifest; raises KeyError, TypeError or ValueError if it is not one."""
        values = json.loads(stored)
        settings = values.pop("settings")
        budget = PassageBudget(**settings.pop("budget"))
        wanted = settings.pop("selection", {})  # indexes of before 2026-11-22 state none
        selection = Selection(**{name: tuple(values) for name, values in wanted.items()})
        base = values.pop("base")
        files = tuple(BaseFile(**file) for file in base.pop("files"))
        return Manifest(
            settings=BuildSettings(budget=budget, selection=selection, **settings),
            calibration=Calibration(**values.pop("calibration")),
            base=Base(files=files, **base),
            **values,
        )
