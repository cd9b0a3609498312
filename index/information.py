"""What an index holds, told without loading a model or an engine."""

import sqlite3
from pathlib import Path
from typing import Any

from index.base import changed_since
from index.catalog import catalog_path
from index.location import Place
from index.manifest import Manifest
from index.stores.opening import published_at


def describe(place: Place) -> dict[str, Any]:
    """Counts, sizes in bytes, settings; raises a `CatalogError` if there is no usable index."""
    with published_at(place) as (connection, manifest):
        types = connection.execute(
            "SELECT coalesce(nullif(document_type, ''), 'not stated'), count(*) "
            "FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        formats = connection.execute(
            "SELECT format, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        years = connection.execute("SELECT min(year), max(year) FROM documents").fetchone()
        files = connection.execute("SELECT count(*) FROM sources").fetchone()[0]
        # A server keeps no base: what it searches with is its own affair.
        kept = _kept(place, connection, manifest) if isinstance(place, Path) else {}
    return {
        "index": str(place),
        "generation": manifest.generation,
        "published_at": manifest.published_at,
        "model": manifest.settings.model,
        "dim": manifest.dim,
        "selection": manifest.settings.selection.to_text() or "everything",
        "documents": manifest.documents,
        "files": files,
        "passages": manifest.passages,
        "passage_tokens": manifest.settings.budget.tokens,
        **kept,
        "document_types": dict(types),
        "formats": dict(formats),
        "years": list(years),
        "unrelated_cosine": round(manifest.calibration.unrelated, 3),
    }


def _kept(folder: Path, connection: sqlite3.Connection, manifest: Manifest) -> dict[str, Any]:
    """What a folder keeps to search fast, and to go back to."""
    base = manifest.base
    added, removed = changed_since(connection, base)
    generations = [g for (g,) in connection.execute("SELECT generation FROM generations")]
    return {
        "generations_kept": generations,
        "engine": base.vector_engine,
        "recall_at_50": base.recall,
        "keyword_engine": base.keyword_engine,
        "base": base.folder,
        "passages_in_base": base.passages,
        "passages_since": added,
        "passages_removed_since": removed,
        "catalog_bytes": catalog_path(folder).stat().st_size,
        "base_bytes": sum(file.bytes for file in base.files),
    }
