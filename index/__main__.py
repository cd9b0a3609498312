"""python -m index build | update | rollback | serve | info | verify | models."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import CatalogError, NothingToIndexError, PathMissingError
from index.location import (
    DEFAULT_FOLDER,
    FOLDER_VARIABLE,
    Place,
    index_folder,
    index_place,
    parse_address,
)
from ingest.closed_pipes import run_command
from ingest.errors import IngestError
from ingest.selection_options import add_selection_options, selection_of

if TYPE_CHECKING:
    from index.options import BuildOptions
    from index.probes import ProbeReport
    from index.readers import Reader
    from index.report import BuildReport
    from index.stores.milvus.server import MilvusServer
    from index.stores.served import Mirrored
    from index.terminal import TerminalProgress

DEFAULT_CORPUS = Path("corpus")
UNUSABLE, WRONG_ARGUMENTS = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0, 1 (index unusable) or 2 (wrong arguments)."""
    options = _parser().parse_args(arguments)
    if options.command == "models":
        return _models(options.json)
    try:
        if options.command in _WRITING:
            return _write(options)
        if options.command == "serve":
            return _serve(options)
        if options.command == "verify":
            return _verify(index_folder(options.index), options.json)
        return _info(index_place(options.index), options.json)
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
    build = _add_build(commands)
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
        command.add_argument(
            "--store", metavar="ADDRESS",
            help="and have this server serve what is published: milvus://HOST:PORT/NAME",
        )  # fmt: skip
    serve = commands.add_parser("serve", help="have a server serve what is published in a folder")
    serve.add_argument(
        "--store", metavar="ADDRESS", required=True, help="milvus://HOST:PORT/NAME"
    )  # fmt: skip
    info = commands.add_parser("info", help="say what an index holds")
    verify = commands.add_parser("verify", help="check that an index is whole, say what mends it")
    models = commands.add_parser("models", help="list the known models that --model takes")
    for command in (build, update, rollback, serve, info, verify):
        command.add_argument(
            "--index", metavar="DIR", help=f"default: ${FOLDER_VARIABLE}, else {DEFAULT_FOLDER}/"
        )
    for command in (build, update, rollback, serve, info, verify, models):
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_build(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
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
    build.add_argument(
        "--on", choices=("ray",),
        help="read and encode on a Ray cluster: that of $RAY_ADDRESS, else one on this machine",
    )  # fmt: skip
    add_selection_options(build)
    return build


def _write(options: argparse.Namespace) -> int:
    """Change the index folder, and have a server serve it where that is asked for."""
    folder = index_folder(options.index)
    if not options.store:
        return _print(_WRITING[options.command](options, folder), None, options.json)
    from index.stores.milvus.server import MilvusServer

    # Before hours of work: whether there is such a server, and whether it lets us in.
    with closing(MilvusServer.connect(parse_address(options.store))) as server:
        report = _WRITING[options.command](options, folder)
        if options.dry_run:
            return _print(report, None, options.json)
        try:
            mirrored = _mirror(folder, server)
        except CatalogError:  # what the folder has now is told all the same
            _print(report, None, options.json)
            raise
    return _print(replace(report, served_behind=""), mirrored, options.json)


def _serve(options: argparse.Namespace) -> int:
    """Have a server serve what is published in a folder already."""
    from index.stores.milvus.server import MilvusServer

    with closing(MilvusServer.connect(parse_address(options.store))) as server:
        mirrored = _mirror(index_folder(options.index), server)
    print(json.dumps(mirrored.to_dict()) if options.json else mirrored.to_text())
    return 0


def _mirror(folder: Path, server: "MilvusServer") -> "Mirrored":
    from index.stores.served import mirror
    from index.terminal import TerminalProgress

    with TerminalProgress() as progress:
        return mirror(folder, server, progress.show)


def _build(options: argparse.Namespace, folder: Path) -> "BuildReport":
    from index.build import build_index
    from index.encoders import choose_encoder
    from index.terminal import TerminalProgress

    reader = _reader(options, folder)
    # Naming a model is asking for it: this is the one command that may use the network.
    choice = choose_encoder(options.model, may_download=True)
    with TerminalProgress() as progress:
        how = replace(_build_options(options, progress), reader=reader)
        return build_index(options.paths, folder, choice, progress.show, how)


def _reader(options: argparse.Namespace, folder: Path) -> "Reader":
    """What reads the files: this machine, or a cluster."""
    from index.readers import read_here

    if options.on != "ray":
        return read_here
    from index.cluster.reader import ClusterReader, address_of_cluster, refuse_without_ray

    refuse_without_ray()
    return ClusterReader(folder, address_of_cluster())


def _update(options: argparse.Namespace, folder: Path) -> "BuildReport":
    from index.build import update_index
    from index.encoders import choose_encoder
    from index.terminal import TerminalProgress

    with TerminalProgress() as progress:
        return update_index(
            options.paths, folder, choose_encoder, progress.show, _build_options(options, progress)
        )


def _roll_back(options: argparse.Namespace, folder: Path) -> "BuildReport":
    from index.encoders import choose_encoder
    from index.rollback import roll_back
    from index.terminal import TerminalProgress

    with TerminalProgress() as progress:
        return roll_back(folder, choose_encoder, progress.show, _build_options(options, progress))


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
    selection = selection_of(options) if options.command == "build" else None
    return BuildOptions(afresh=afresh, rehearsed=options.dry_run, agree=agree, selection=selection)


def _print(report: "BuildReport", mirrored: "Mirrored | None", as_json: bool) -> int:
    if as_json:
        served = {"served": mirrored.to_dict()} if mirrored else {}
        print(json.dumps(report.to_dict() | served, ensure_ascii=False))
    else:
        print("\n".join([report.to_text(), *([mirrored.to_text()] if mirrored else [])]))
    return 0


def _info(place: Place, as_json: bool) -> int:
    from index.information import describe

    information = describe(place)
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
