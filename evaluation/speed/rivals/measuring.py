"""The whole comparison: every program is installed, builds, answers, changes and is killed."""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from evaluation.speed.rivals.kills import measure_kills
from evaluation.speed.rivals.process import Process, ProgramError
from evaluation.speed.rivals.programs import (
    RIVALS,
    Rival,
    RivalMissingError,
    install,
    own_versions,
)
from evaluation.speed.rivals.results import RivalRow, RivalsResult
from evaluation.speed.rivals.texts import Texts, choose_questions, write_texts
from evaluation.speed.rivals.turns import (
    disk_mb,
    measure_build,
    measure_changes,
    measure_questions,
)
from index.model_table import PACKAGED_MODEL
from index.models import find_model
from index.progress import Progress

WORK = Path(".casebook") / "evaluation" / "speed" / "rivals"
"""Where environments, documents and indexes are kept; not part of the repository."""
DOCUMENTS = 1_000
"""With the kills a quarter of an hour on two cores that are otherwise idle."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    questions: int = 100
    kill_documents: int = 100
    kills: int = 6
    seed: int = 20261122


PLAN = Plan()
"""A hundred questions give a 95th percentile; six kills for each program take half of the time."""


class _Bench:
    """The folders and programs of one run."""

    def __init__(self, texts: Texts, work: Path, plan: Plan, progress: Progress) -> None:
        self.texts, self.work, self.plan, self.progress = texts, work.resolve(), plan, progress
        self.model = find_model(PACKAGED_MODEL).folder
        self.pythons: dict[str, Path] = {}
        self.rows = {r.name: RivalRow(r.name, r.label, r.splitting, r.updating) for r in RIVALS}

    def folder(self, rival: Rival) -> Path:
        """Where a program keeps what is its own."""
        return self.work / Path(rival.script).stem

    def able(self) -> list[Rival]:
        """The programs that have not failed."""
        return [rival for rival in RIVALS if not self.rows[rival.name].failure]

    def fails(self, rival: Rival, error: Exception) -> None:
        """Say in the table why a program has no more figures."""
        self.rows[rival.name] = replace(self.rows[rival.name], failure=str(error))

    def start(self, rival: Rival, store: Path) -> Process:
        """Start a program."""
        log = self.folder(rival) / "errors.txt"
        return Process(rival, self.pythons[rival.name], store, self.model, log)


def measure_rivals(texts: Texts, work: Path, progress: Progress, plan: Plan = PLAN) -> RivalsResult:
    """Compare all programs on these texts; environments and indexes stay in the folder `work`."""
    bench = _Bench(texts, work, plan, progress)
    for rival in RIVALS:
        try:
            bench.pythons[rival.name] = install(rival, bench.work / "environments", progress)
        except RivalMissingError as error:
            bench.fails(rival, error)
    _build(bench)
    _ask_and_change(bench)
    _kill(bench)
    return RivalsResult(
        documents=len(texts),
        words=sum(len(text.split()) for text in texts.values()),
        questions=plan.questions,
        kill_documents=min(plan.kill_documents, len(texts)),
        versions=own_versions(),
        rows=tuple(bench.rows.values()),
    )


def _build(bench: _Bench) -> None:
    """Each program makes an index of all texts, in a process of its own, one after the other."""
    for number, rival in enumerate(bench.able()):
        bench.progress(f"Building with {rival.name}", number, len(RIVALS))
        folder = bench.folder(rival)
        shutil.rmtree(folder / "index", ignore_errors=True)
        write_texts(bench.texts, folder / "documents")
        try:
            with bench.start(rival, folder / "index") as process:
                built = measure_build(process, folder / "documents")
        except ProgramError as error:
            bench.fails(rival, error)
            continue
        # What a program writes when it ends is on its disk too.
        built = replace(built, disk_mb=disk_mb(folder / "index"))
        bench.rows[rival.name] = replace(bench.rows[rival.name], build=built)


def _ask_and_change(bench: _Bench) -> None:
    """All programs run at once, as each has to wait for its turn: nothing else differs."""
    with ExitStack() as stack:
        running: dict[str, Process] = {}
        for rival in bench.able():
            try:
                process = bench.start(rival, bench.folder(rival) / "index")
                running[rival.name] = stack.enter_context(process)
            except ProgramError as error:
                bench.fails(rival, error)
        questions = choose_questions(bench.texts, bench.plan.questions)
        asked = measure_questions(running, questions, bench.progress)
        for rival in bench.able():
            found = asked[rival.name]
            if isinstance(found, ProgramError):
                bench.fails(rival, found)
            else:
                bench.rows[rival.name] = replace(bench.rows[rival.name], asked=found)
        _change(bench, {rival.name: running[rival.name] for rival in bench.able()})


def _change(bench: _Bench, running: dict[str, Process]) -> None:
    folders = {rival.name: bench.folder(rival) / "documents" for rival in RIVALS}
    changed = measure_changes(running, bench.texts, folders, bench.progress)
    for rival in bench.able():
        done = changed[rival.name]
        if isinstance(done, ProgramError):
            bench.fails(rival, done)
        else:
            bench.rows[rival.name] = replace(bench.rows[rival.name], change=done)


def _kill(bench: _Bench) -> None:
    """Each program is killed on the same texts at the same shares of its own update."""
    plan, texts = bench.plan, bench.texts
    chosen = dict(list(texts.items())[-plan.kill_documents :])
    for rival in bench.able():
        try:
            killed = measure_kills(
                partial(bench.start, rival),
                chosen,
                bench.folder(rival) / "killed",
                plan.kills,
                Random(plan.seed),
                partial(_tell, bench, rival),
            )
        except ProgramError as error:
            bench.fails(rival, error)
            continue
        bench.rows[rival.name] = replace(bench.rows[rival.name], kills=killed)


def _tell(bench: _Bench, rival: Rival, done: int) -> None:
    bench.progress(f"Killing {rival.name}", done, bench.plan.kills)
