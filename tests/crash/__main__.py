"""python -m tests.crash kills | soak: the long proofs, written to evaluation/results/."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.crash.killed import KillRun
from tests.crash.kills import DOCUMENTS, run_kills
from tests.crash.soak import SoakRun, run_soak
from tests.tiny_models import save_plain

RESULTS = Path("evaluation/results")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        model = save_plain(home / "model")
        run: KillRun | SoakRun
        if options.proof == "kills":
            run = run_kills(home, model, options.count, options.seed, _say, options.documents)
        else:
            run = run_soak(home, model, options.seconds, options.seed)
    options.results.mkdir(parents=True, exist_ok=True)
    name = "crash" if options.proof == "kills" else "soak"
    stored = json.dumps(run.to_dict(), indent=1, ensure_ascii=False)
    (options.results / f"{name}.json").write_text(stored + "\n", "utf-8")
    (options.results / f"{name}.md").write_text(run.to_markdown(), "utf-8")
    print(run.to_markdown())
    return 0 if run.clean else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    proofs = parser.add_subparsers(dest="proof", required=True)
    kills = proofs.add_parser("kills", help="kill writers at random moments")
    kills.add_argument("--count", type=int, default=200, help="kills (default: 200)")
    kills.add_argument("--documents", type=int, default=DOCUMENTS)
    soak = proofs.add_parser("soak", help="four readers and a writer")
    soak.add_argument("--seconds", type=float, default=300, help="how long (default: 300)")
    for proof in (kills, soak):
        proof.add_argument("--seed", type=int, default=20261122)
        proof.add_argument("--results", type=Path, default=RESULTS)
    return parser


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
