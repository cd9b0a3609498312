"""python -m index build | update | rollback | info | verify | models: makes and keeps an index."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import CatalogError, NothingToIndexError, PathMissingError
from index.location import DEFAULT_FOLDER, FOLDER_VARIABLE, index_folder
from ingest.closed_pipes import run_command
from ingest.errors import IngestError

if TYPE_CHECKING:
    from index.options import BuildOptions
    from index.probes import ProbeReport
    from index.report import BuildReport
    from index.terminal import TerminalProgress

DEFAULT_CORPUS = Path("corpus")
UNUSABLE, WRONG_ARGUMENTS = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0, 1 (index unusable) or 2 (wrong arguments)."""
    options = _parser().parse_args(arguments)
    if options.command == "models":
        return _models(options.json)
    folder = index_folder(options.index)
    try:
        if options.command in _WRITING:
            return _WRITING[options.command](options, folder)
        if options.command == "verify":
            return _verify(folder, options.json)
        return _info(folder, options.json)
    except PathMissingError as error:
        print(f"index: {error}", file=sys.stderr)
        return WRONG_ARGUMENTS
    except (CatalogError, IngestError) as error:
        for skip in error.skipped if isinstance(error, NothingToIndexError) else ():
            print(f"skipped {skip.source}: {skip.reason}; {skip.remedy}", file=sys.stderr)
        print(f"index: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("index: stopped; what was published before is still served", file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser(
        "build", help="make the index hold these documents, uploads and no others"
    )
    build.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, default=[DEFAULT_CORPUS],
        help="files and folders (default: corpus/)",
    )  # fmt: skip
    build.add_argument(
        "--model", default="all-MiniLM-L6-v2",
        help="a known model, any of the model hub, or a folder (default: all-MiniLM-L6-v2)",
    )  # fmt: skip
    build.add_argument(
        "--afresh", action="store_true",
        help="read all files again and make everything anew but sound vectors",
    )  # fmt: skip
    update = commands.add_parser(
        "update", help="bring some files and folders up to date, leave all others"
    )
    update.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path,
        help="files and folders; what is gone from there goes from the index",
    )  # fmt: skip
    rollback = commands.add_parser("rollback", help="take the last publication back")
    for command in (build, update, rollback):
        command.add_argument(
            "--dry-run", action="store_true", help="say what would change and publish nothing"
        )
        command.add_argument("--yes", action="store_true", help="publish also what loses many hits")
    info = commands.add_parser("info", help="say what an index holds")
    verify = commands.add_parser("verify", help="check that an index is whole, say what mends it")
    models = commands.add_parser("models", help="list the known models that --model takes")
    for command in (build, update, rollback, info, verify):
        command.add_argument(
            "--index", metavar="DIR", help=f"default: ${FOLDER_VARIABLE}, else {DEFAULT_FOLDER}/"
        )
    for command in (build, update, rollback, info, verify, models):
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _build(options: argparse.Namespace, folder: Path) -> int:
    from index.build import build_index
    from index.encoders import choose_encoder
    from index.terminal import TerminalProgress

    # Naming a model is asking for it: this is the one command that may use the network.
    choice = choose_encoder(options.model, may_download=True)
    with TerminalProgress() as progress:
        report = build_index(
            options.paths, folder, choice, progress.show, _build_options(options, progress)
        )
    return _print(report, options.json)


def _update(options: argparse.Namespace, folder: Path) -> int:
    from index.build import update_index
    from index.encoders import choose_encoder
    from index.terminal import TerminalProgress

    with TerminalProgress() as progress:
        report = update_index(
            options.paths, folder, choose_encoder, progress.show, _build_options(options, progress)
        )
    return _print(report, options.json)


def _roll_back(options: argparse.Namespace, folder: Path) -> int:
    from index.encoders import choose_encoder
    from index.rollback import roll_back
    from index.terminal import TerminalProgress

    with TerminalProgress() as progress:
        report = roll_back(folder, choose_encoder, progress.show, _build_options(options, progress))
    return _print(report, options.json)


_WRITING = {"build": _build, "update": _update, "rollback": _roll_back}


def _build_options(options: argparse.Namespace, progress: "TerminalProgress") -> "BuildOptions":
    from index.options import BuildOptions

    def agree(probes: "ProbeReport") -> bool:
        if options.yes or options.dry_run or not sys.stdin.isatty():
            return bool(options.yes or options.dry_run)
        progress.clear()
        print(
            f"{probes.lost} of {probes.before} hits of the probe questions would be lost.",
            file=sys.stderr,
        )
        # On standard error, for what is printed may go to a program; Ctrl-D is no.
        print("Publish it all the same? [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    afresh = options.command == "build" and options.afresh
    return BuildOptions(afresh=afresh, rehearsed=options.dry_run, agree=agree)


def _print(report: "BuildReport", as_json: bool) -> int:
    print(json.dumps(report.to_dict(), ensure_ascii=False) if as_json else report.to_text())
    return 0


def _info(folder: Path, as_json: bool) -> int:
    from index.information import describe

    information = describe(folder)
    if as_json:
        print(json.dumps(information, ensure_ascii=False))
    else:
        width = max(len(name) for name in information)
        for name, value in information.items():
            print(f"{name.replace('_', ' '):{width}}  {value}")
    return 0


def _verify(folder: Path, as_json: bool) -> int:
    from index.verification import verify

    found = verify(folder)
    print(json.dumps(found.to_dict(), ensure_ascii=False) if as_json else found.to_text())
    return 0 if found.whole else UNUSABLE


def _models(as_json: bool) -> int:
    from dataclasses import asdict

    from index.model_table import MODELS

    if as_json:
        print(json.dumps([{**asdict(model), "card": model.card} for model in MODELS]))
        return 0
    width = max(len(model.name) for model in MODELS)
    for model in MODELS:
        print(f"{model.name:{width}}  {model.purpose}")
        read = f"{model.max_tokens} tokens read, vectors of {model.dim}"
        print(f"{'':{width}}  {read}, {model.licence}, {model.card}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
