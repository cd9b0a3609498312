"""python -m index build | info | verify | models: makes an index, tells of it, proves it whole."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index.errors import CatalogError, NothingToIndexError, PathMissingError
from index.location import DEFAULT_FOLDER, FOLDER_VARIABLE, index_folder
from ingest.errors import IngestError

DEFAULT_CORPUS = Path("corpus")
UNUSABLE, WRONG_ARGUMENTS = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0, 1 (index unusable) or 2 (wrong arguments)."""
    options = _parser().parse_args(arguments)
    if options.command == "models":
        return _models(options.json)
    folder = index_folder(options.index)
    try:
        if options.command == "build":
            return _build(options.paths, folder, options.model, options.afresh, options.json)
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
    build = commands.add_parser("build", help="make the index hold exactly these documents")
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
    info = commands.add_parser("info", help="say what an index holds")
    verify = commands.add_parser("verify", help="check that an index is whole, say what mends it")
    models = commands.add_parser("models", help="list the known models that --model takes")
    for command in (build, info, verify):
        command.add_argument(
            "--index", metavar="DIR", help=f"default: ${FOLDER_VARIABLE}, else {DEFAULT_FOLDER}/"
        )
    for command in (build, info, verify, models):
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _build(paths: Sequence[Path], folder: Path, model: str, afresh: bool, as_json: bool) -> int:
    from index.build import build_index
    from index.encoders import choose_encoder
    from index.terminal import TerminalProgress

    # Naming a model is asking for it: this is the one command that may use the network.
    choice = choose_encoder(model, may_download=True)
    with TerminalProgress() as progress:
        report = build_index(paths, folder, choice, progress.show, afresh=afresh)
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
    sys.exit(main())
