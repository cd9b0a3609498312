"""Kills writers at random moments and says what was found after each kill.

Half of the moments are drawn evenly from the length of an undisturbed run. The other half are
aimed: a phase is drawn from those that an undisturbed run goes through, and the kill comes at a
random moment after that phase has begun, so that phases of a few milliseconds are hit as well.
"""

import time
from collections.abc import Callable
from pathlib import Path

from tests.crash.examination import examine
from tests.crash.killed import Kill, KillRun
from tests.crash.phases import COMMITTED, Watch, published, vector_hashes
from tests.crash.processes import Child
from tests.crash.victim import Victim

DOCUMENTS = 12
"""Some 270 passages, whose vectors are committed in several parts."""
_KILLED_AGAIN = 0.5
"""Of the builds that go on after a kill, the share that is killed as well."""
_LATER = 1.05
"""Moments are drawn up to a little after the end, so that the last instants are hit too."""
_PAUSE_SECONDS = 0.0005


def run_kills(
    home: Path,
    model: Path,
    count: int,
    seed: int,
    say: Callable[[str], None],
    documents: int = DOCUMENTS,
) -> KillRun:
    """Kill so many writers, each kind in its turn; about five seconds a kill."""
    run, victim = KillRun(seed), Victim(home, model, seed, documents)
    for writer in victim.writers:
        victim.turn_to(writer)
        watch, child = victim.start()
        victim.timelines[writer] = _timeline(watch, child)
        child.result()
        _is_published(victim, run)
    while len(run.kills) < count:
        victim.turn_to(victim.writers[run.finished % len(victim.writers)])
        while _kill(victim, run) and len(run.kills) < count:
            if victim.chance.random() >= _KILLED_AGAIN:
                break
        _go_on(victim, run)
        last = f"{run.kills[-1].writer}, {run.kills[-1].phase}" if run.kills else "none yet"
        say(f"{len(run.kills)} of {count}: {last}; {len(run.wrong)} wrong")
    return run


def _kill(victim: Victim, run: KillRun) -> bool:
    """Kill a writer that is started now, and compare what is served with the files.

    Gives whether there is anything left to do for the next writer. One that has come to its
    end before the moment is not counted.
    """
    started = time.monotonic()
    watch, child = victim.start()
    aimed = victim.chance.random() < 0.5
    if aimed:
        _wait_for_phase(victim, watch, child)
    else:
        time.sleep(victim.chance.uniform(0, _LATER * victim.seconds))
    had_ended = not child.running
    child.kill()
    if had_ended:
        return False
    after = time.monotonic() - started
    phase = watch.phase()
    found = examine(victim.folder, victim.model, victim.expected)
    problems = list(found.problems)
    if phase == COMMITTED and found.generation != victim.generation + 1:
        problems.append("what had been committed is not served")
    run.kills.append(
        Kill(victim.writer, phase, aimed, round(after, 3), found.generation, found.passages,
             tuple(problems))
    )  # fmt: skip
    return found.generation == victim.generation


def _go_on(victim: Victim, run: KillRun) -> None:
    """Let the writer that was killed go on to its end; it must encode nothing twice.

    One that had published already finds nothing to do; but taking back would take back again.
    """
    kept = vector_hashes(victim.folder)
    done = victim.writer == "rollback" and published(victim.folder) > victim.generation
    report = {"encoded": 0} if done else victim.start()[1].result()
    made = vector_hashes(victim.folder) - kept
    run.finished += 1
    run.kept_vectors += len(kept)
    run.encoded_twice += max(0, int(report["encoded"]) - len(made))
    _is_published(victim, run)


def _is_published(victim: Victim, run: KillRun) -> None:
    """What was wanted is the next generation, and it alone is served."""
    victim.publish()
    found = examine(victim.folder, victim.model, {victim.generation: victim.contents})
    run.problems.extend(f"after a whole {victim.writer}: {problem}" for problem in found.problems)


def _timeline(watch: Watch, child: Child) -> list[tuple[str, float]]:
    """The phases of a run with the seconds that each takes, in order."""
    seen = [(watch.phase(), time.monotonic())]
    while child.running:
        phase = watch.phase()
        if phase != seen[-1][0]:
            seen.append((phase, time.monotonic()))
        time.sleep(_PAUSE_SECONDS)
    ends = [begun for _, begun in seen[1:]] + [time.monotonic()]
    return [(phase, end - begun) for (phase, begun), end in zip(seen, ends, strict=True)]


def _wait_for_phase(victim: Victim, watch: Watch, child: Child) -> None:
    """Until a drawn phase has gone on for a while, of at most the time that it takes."""
    phase, seconds = victim.chance.choice(victim.timelines[victim.writer])
    while child.running and watch.phase() != phase:
        time.sleep(_PAUSE_SECONDS)
    time.sleep(victim.chance.uniform(0, seconds))
