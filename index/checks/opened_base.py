"""The files of a base, opened once for all checks; none that is not as it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.base import FACETS_FILE, KEYWORDS_FOLDER, VECTORS_FILE
from index.engines.base_engine import BaseEngine
from index.engines.opening import open_engine
from index.facet_columns import Column, read_columns
from index.file_hashes import file_sha256
from index.keyword_engines import KEYWORD_ENGINES
from index.keyword_engines.tantivy_engine import TantivyBase
from index.manifest import Base

BASE_NAME = re.compile(r"base-[0-9]+")
"""What a base may be called; a manifest that names another folder was not written by a build."""


@dataclass(frozen=True)
class UsableBase:
    """What can be used of a base, and what is wrong with the rest.

    All is held open: the folder may go while it is looked at. `keywords` is None as well where
    the catalog has them. `damaged` are files that are not as they were written, by name;
    `unusable` says what cannot be used although it is as it was written.
    """

    engine: BaseEngine | None
    facets: Mapping[str, Column] | None
    keywords: TantivyBase | None
    damaged: Mapping[str, str]
    unusable: Sequence[str]


def open_usable(folder: Path, base: Base) -> UsableBase:
    """Compare all files with the manifest, then open those that are as they were written."""
    damaged = damaged_files(folder, base)
    engine = facets = keywords = None
    unusable = []
    home = folder / base.folder
    if not {VECTORS_FILE, base.folder} & damaged.keys():
        try:
            engine = open_engine(base.vector_engine, home / VECTORS_FILE, base.probes)
        except (ValueError, KeyError) as error:
            unusable.append(f"{base.folder}/{VECTORS_FILE} cannot be used ({error})")
    if not {FACETS_FILE, base.folder} & damaged.keys():
        try:
            facets = read_columns(home / FACETS_FILE)
        except ValueError as error:
            unusable.append(f"{base.folder}/{FACETS_FILE} cannot be used ({error})")
    if has_keyword_files(base) and not any(n.startswith(KEYWORDS_FOLDER) for n in damaged):
        try:
            keywords = TantivyBase.open(home / KEYWORDS_FOLDER)
        except ValueError as error:
            unusable.append(f"{base.folder}/{KEYWORDS_FOLDER} cannot be used ({error})")
    named = {file.name for file in base.files}
    unusable += [
        f"the manifest names no {name}" for name in (VECTORS_FILE, FACETS_FILE) if name not in named
    ]
    return UsableBase(engine, facets, keywords, damaged, unusable)


def has_keyword_files(base: Base) -> bool:
    """Whether the keywords of its passages are in files of the base, and not in the catalog."""
    engine = KEYWORD_ENGINES.get(base.keyword_engine)
    return engine is not None and engine.in_base


def damaged_files(folder: Path, base: Base) -> dict[str, str]:
    """The files of a base that are not as they were written, with what is wrong with each."""
    if not BASE_NAME.fullmatch(base.folder):
        return {base.folder: f"no base is called {base.folder!r}"}
    damaged = {}
    for file in base.files:
        path, name = folder / base.folder / file.name, f"{base.folder}/{file.name}"
        try:
            size = path.stat().st_size
            if size != file.bytes:
                damaged[file.name] = f"{name} has {size:,} bytes, not {file.bytes:,}"
            elif file_sha256(path) != file.sha256:
                damaged[file.name] = f"{name} is not as it was written"
        except OSError as error:
            damaged[file.name] = f"{name}: {error.strerror}"
    return damaged
