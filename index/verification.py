"""Is an index whole? Reads all of one published generation, changes nothing.

`CHECKS` is the table of what is looked at; the checks themselves are in `index.checks`. Damage
never raises here: whatever a check falls over is what is wrong.

What it cannot see: whether a vector is the one that the encoder would give (that needs the
encoder), and a change of what no passage and no other table is made from, such as the year of a
document or the text of its references.
"""

import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.catalog import latest_manifest, open_for_reading
from index.checks import Mend, OpenedIndex, Tally
from index.checks.base_checks import (
    check_base,
    check_base_files,
    check_facets,
    check_keyword_files,
    check_recall,
    check_removed_rows,
)
from index.checks.catalog_checks import (
    check_database,
    check_manifest,
    check_near_duplicates,
    check_references,
    check_signatures,
    note_leftovers,
)
from index.checks.document_checks import check_documents, check_encoded_texts, check_passages
from index.checks.keyword_checks import (
    check_abbreviations,
    check_keyword_index,
    check_keyword_rows,
    check_keyword_terms,
    check_site_paragraphs,
    check_words,
)
from index.checks.opened_base import open_usable
from index.checks.undo_checks import check_undo
from index.checks.vector_checks import (
    check_file_against_catalog,
    check_search,
    check_vector_rows,
    check_vectors,
)
from index.errors import IndexDamagedError, IndexMissingError
from index.manifest import Manifest
from index.models import PACKAGED_MODEL

_ATTEMPTS = 5


@dataclass(frozen=True)
class Check:
    """One thing that must be true of an index, and what makes it true again."""

    name: str
    claim: str
    run: Callable[[OpenedIndex, Tally], None]
    mend: Mend


CHECKS = (
    Check("catalog file", "pages of the catalog are sound", check_database, Mend.ELSEWHERE),
    Check("manifest", "counts of the manifest are right", check_manifest, Mend.AFRESH),
    Check("references", "documents and sources belong together", check_references, Mend.AFRESH),
    Check("documents", "documents can be read", check_documents, Mend.AFRESH),
    Check("passages", "passages stand in their documents", check_passages, Mend.AFRESH),
    Check("near-duplicates", "groups have leaders", check_near_duplicates, Mend.AFRESH),
    Check("signatures", "near-duplicates can be looked up", check_signatures, Mend.AFRESH),
    Check("keyword rows", "passages have their keywords", check_keyword_rows, Mend.AFRESH),
    Check("keyword terms", "keywords are the analyzer's", check_keyword_terms, Mend.AFRESH),
    Check("keyword index", "keyword search lists them all", check_keyword_index, Mend.AFRESH),
    Check("words", "words of documents are counted", check_words, Mend.AFRESH),
    Check("abbreviations", "abbreviations are explained", check_abbreviations, Mend.AFRESH),
    Check("site paragraphs", "web sites' texts are known", check_site_paragraphs, Mend.AFRESH),
    Check("vectors", "passages have unit vectors", check_vectors, Mend.AFRESH),
    Check("encoded texts", "vectors are of today's texts", check_encoded_texts, Mend.AFRESH),
    Check("base files", "files of the base have their checksums", check_base_files, Mend.BUILD),
    Check("base", "files of the base can be used", check_base, Mend.AFRESH),
    Check("removed rows", "base's rows are known", check_removed_rows, Mend.AFRESH),
    Check("vector rows", "vector file has the base's rows", check_vector_rows, Mend.AFRESH),
    Check("file's vectors", "vector file has the catalog's", check_file_against_catalog,
          Mend.AFRESH),
    Check("facets", "filters look at what documents state", check_facets, Mend.AFRESH),
    Check("keyword files", "keyword files have the base's rows", check_keyword_files, Mend.AFRESH),
    Check("search", "passages find themselves", check_search, Mend.AFRESH),
    Check("recall", "nearest passages are found", check_recall, Mend.AFRESH),
    Check("undo", "the last publication can be taken back", check_undo, Mend.AFRESH),
    Check("other files", "files in the folder", note_leftovers, Mend.NOTHING),
)  # fmt: skip


@dataclass(frozen=True)
class Verification:
    """What was found in one generation, check by check, and the command that mends it."""

    index: str
    generation: int
    seconds: float
    findings: tuple[tuple[Check, Tally], ...]
    model: str

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not any(tally.damaged for _, tally in self.findings)

    @property
    def mend(self) -> str:
        """The command that mends all that was found, "" where nothing is to be mended."""
        needed = self._needed
        if needed is Mend.NOTHING:
            return ""
        model = "" if self.model == PACKAGED_MODEL else f" --model {shlex.quote(self.model)}"
        afresh = " --afresh" if needed is Mend.AFRESH else ""
        folder = shlex.quote(self.index + ("-new" if needed is Mend.ELSEWHERE else ""))
        return f"python -m index build PATH …{model}{afresh} --index {folder}"

    @property
    def _needed(self) -> Mend:
        return max((c.mend for c, tally in self.findings if tally.damaged), default=Mend.NOTHING)

    @property
    def _effort(self) -> str:
        """What the command costs, for a person to read before it."""
        if self._needed is Mend.ELSEWHERE:
            return "build another, which encodes all text again"
        return "mend it, which encodes only what has no sound vector"

    def to_dict(self) -> dict[str, Any]:
        """For programs; `checked` counts what was looked at, `out_of` what is there."""
        return {
            "index": self.index,
            "generation": self.generation,
            "whole": self.whole,
            "mend": self.mend,
            "seconds": self.seconds,
            "checks": [
                {
                    "name": check.name,
                    "claim": check.claim,
                    "checked": tally.checked,
                    "out_of": tally.out_of or tally.checked,
                    "damaged": tally.damaged,
                    "examples": tally.examples,
                    "notes": tally.notes,
                }
                for check, tally in self.findings
            ],
        }

    def to_text(self) -> str:
        """One line a check, and a last one that says "whole" or how to mend it."""
        lines = [_line(check, tally) for check, tally in self.findings]
        if self.whole:
            lines.append(f"whole: generation {self.generation} in {self.index}")
        else:
            lines.append(f"damaged; {self._effort}: {self.mend}")
        return "\n".join(lines)


def verify(folder: Path) -> Verification:
    """Run all checks on the published generation; raises a `CatalogError` if there is none."""
    started = time.monotonic()
    with _opened(folder) as opened:
        findings = tuple((check, _run(check, opened)) for check in CHECKS)
        manifest = opened.manifest
    seconds = round(time.monotonic() - started, 2)
    return Verification(
        str(folder), manifest.generation, seconds, findings, manifest.settings.model
    )


def _run(check: Check, opened: OpenedIndex) -> Tally:
    tally = Tally()
    try:
        check.run(opened, tally)
    except Exception as error:
        # Damage takes any form: text where a number was, no JSON, pages of zeros.
        tally.wrong(f"it cannot be checked to its end ({type(error).__name__}: {error})")
    return tally


@contextmanager
def _opened(folder: Path) -> Iterator[OpenedIndex]:
    """The published generation in a read transaction, with its engine if that can be used."""
    for attempt in range(_ATTEMPTS):
        connection = open_for_reading(folder)
        try:
            connection.execute("BEGIN")
            manifest = latest_manifest(connection, folder)
            if manifest is None:
                raise IndexMissingError(folder)
            base = open_usable(folder, manifest.base)
            if base.damaged and attempt + 1 < _ATTEMPTS and _superseded(folder, manifest):
                continue  # two builds have published meanwhile, and its base is gone
            yield OpenedIndex(folder, connection, manifest, base)
            return
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(folder, str(error)) from error
        finally:
            connection.close()


def _superseded(folder: Path, manifest: Manifest) -> bool:
    connection = open_for_reading(folder)
    try:
        return latest_manifest(connection, folder) != manifest
    finally:
        connection.close()


def _line(check: Check, tally: Tally) -> str:
    of = f" of {tally.out_of:,}, a sample" if tally.out_of else ""
    line = f"{check.claim}: {tally.checked:,}{of} checked"
    if tally.damaged:
        more = "; …" if tally.damaged > len(tally.examples) else ""
        line += f", {tally.damaged:,} WRONG: {'; '.join(tally.examples)}{more}"
    return "; ".join([line, *tally.notes])
