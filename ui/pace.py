"""How fast a build goes and how long its step will take, from what it says of itself. Pure.

A build reads files and encodes passages in turns, and says after each how far it is; the figures
of a step go on where it stopped when its turn comes again.
"""

from dataclasses import dataclass, field

ENCODING = "Encoding passages"
READING = "Reading files"
SETTLED_SECONDS = 2.0
"""A pace measured for less time than this jumps about."""


@dataclass(frozen=True)
class Stage:
    """What a build is doing, and how much of it is done.

    `per_second` and `seconds_left` are of this step alone, None before they can be told.
    """

    what: str = "Starting"
    done: int = 0
    total: int = 0
    per_second: float | None = None
    seconds_left: float | None = None
    files: int = 0
    """Read so far."""
    passages: int = 0
    """Encoded so far."""


@dataclass
class _Step:
    """One kind of work: units done in turns that ended, seconds at it, and the turn under way."""

    finished: int = 0
    seconds: float = 0.0
    done: int = 0


@dataclass
class Pace:
    """Takes the progress of one build, with times in seconds of any one clock."""

    stage: Stage = field(default_factory=Stage)
    _steps: dict[str, _Step] = field(default_factory=dict)
    _last: float | None = None

    def note(self, what: str, done: int, total: int, now: float) -> Stage:
        """Take one word of progress; gives what can be said now."""
        step = self._steps.setdefault(what, _Step())
        if what == self.stage.what and self._last is not None:
            step.seconds += now - self._last
        if done < step.done:
            step.finished += step.done
        step.done, self._last = done, now
        speed = self._speed(step)
        self.stage = Stage(
            what, done, total, speed, (total - done) / speed if speed else None,
            self._done(READING), self._done(ENCODING),
        )  # fmt: skip
        return self.stage

    def _speed(self, step: _Step) -> float | None:
        units = step.finished + step.done
        return units / step.seconds if units and step.seconds >= SETTLED_SECONDS else None

    def _done(self, what: str) -> int:
        step = self._steps.get(what)
        return step.finished + step.done if step else 0


def duration(seconds: float) -> str:
    """A time left as people say it.

    >>> duration(8), duration(75), duration(4000)
    ('a few seconds', 'about 1 min', 'about 1 h 7 min')
    """
    if seconds < 15:
        return "a few seconds"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} s"
    minutes = max(1, round(seconds / 60))
    hours, rest = divmod(minutes, 60)
    return f"about {hours} h {rest} min" if hours else f"about {minutes} min"
