"""What a run of kills found, for people and for programs."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kill:
    """One kill: what was killed and where, what was served afterwards, and what was wrong.

    `aimed` kills waited for a phase; the others came at a moment drawn from the whole run.
    """

    writer: str
    phase: str
    aimed: bool
    after_seconds: float
    generation: int
    passages: int
    problems: tuple[str, ...]


@dataclass
class KillRun:
    """All kills of one run, and the builds that went on after them.

    `kept_vectors` had been committed before those builds went on; `encoded_twice` of them, or of
    each other, were encoded again.
    """

    seed: int
    kills: list[Kill] = field(default_factory=list)
    finished: int = 0
    encoded_twice: int = 0
    kept_vectors: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """All that was wrong, after kills and after the builds that followed."""
        return [*(problem for kill in self.kills for problem in kill.problems), *self.problems]

    @property
    def clean(self) -> bool:
        """Whether nothing was wrong and nothing was done twice."""
        return not self.wrong and not self.encoded_twice

    def phases(self, writer: str) -> Counter[str]:
        """How many kills hit each phase of a writer."""
        return Counter(kill.phase for kill in self.kills if kill.writer == writer)

    def to_dict(self) -> dict[str, Any]:
        """Everything, kill by kill."""
        writers = sorted({kill.writer for kill in self.kills})
        return {
            "seed": self.seed,
            "kills": len(self.kills),
            "aimed": sum(kill.aimed for kill in self.kills),
            "passages_compared": sum(kill.passages for kill in self.kills),
            "builds_that_went_on": self.finished,
            "vectors_kept_for_them": self.kept_vectors,
            "encoded_twice": self.encoded_twice,
            "wrong": self.wrong,
            "phases": {writer: dict(self.phases(writer)) for writer in writers},
            "each": [asdict(kill) for kill in self.kills],
        }

    def to_markdown(self) -> str:
        """A table of the phases that were hit, under the counts."""
        found = self.to_dict()
        writers = list(found["phases"])
        phases = list(dict.fromkeys(kill.phase for kill in self.kills))
        rows = [
            f"| {phase} | " + " | ".join(str(self.phases(w)[phase]) for w in writers) + " |"
            for phase in sorted(phases, key=lambda one: -sum(self.phases(w)[one] for w in writers))
        ]
        return "\n".join([
            "# Killed at random moments",
            "",
            f"{found['kills']} kills by SIGKILL (seed {self.seed}), {found['aimed']} of them aimed "
            f"at a phase. {found['passages_compared']:,} passages that were shown after them were "
            "compared with the files, word for word.",
            f"**{len(self.wrong)} wrong** (unreadable, of no or of two generations, or not clean "
            f"in `verify`). {self.finished} builds went on, with {self.kept_vectors:,} vectors "
            f"kept for them, and encoded {self.encoded_twice} texts twice.",
            "",
            "| killed in | " + " | ".join(writers) + " |",
            "|---|" + "--:|" * len(writers),
            *rows,
            *[f"- {problem}" for problem in self.wrong],
            "",
        ])  # fmt: skip
