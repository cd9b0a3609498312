"""What an index folder holds, told without loading a model or an engine."""

import sqlite3
from pathlib import Path
from typing import Any

from index.catalog import catalog_path, latest_manifest, open_for_reading
from index.errors import IndexDamagedError, IndexMissingError


def describe(folder: Path) -> dict[str, Any]:
    """Counts, sizes in bytes, settings; raises a `CatalogError` if there is no usable index."""
    connection = open_for_reading(folder)
    try:
        connection.execute("BEGIN")
        manifest = latest_manifest(connection, folder)
        if manifest is None:
            raise IndexMissingError(folder)
        types = connection.execute(
            "SELECT coalesce(nullif(document_type, ''), 'not stated'), count(*) "
            "FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        formats = connection.execute(
            "SELECT format, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        years = connection.execute("SELECT min(year), max(year) FROM documents").fetchone()
        files = connection.execute("SELECT count(*) FROM sources").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError(folder, str(error)) from error
    finally:
        connection.close()
    vectors = folder / manifest.vectors_file
    return {
        "index": str(folder),
        "generation": manifest.generation,
        "published_at": manifest.published_at,
        "model": manifest.settings.model,
        "dim": manifest.dim,
        "documents": manifest.documents,
        "files": files,
        "passages": manifest.passages,
        "passage_tokens": manifest.settings.budget.tokens,
        "engine": manifest.engine,
        "catalog_bytes": catalog_path(folder).stat().st_size,
        "vectors_bytes": vectors.stat().st_size if vectors.is_file() else None,
        "document_types": dict(types),
        "formats": dict(formats),
        "years": list(years),
        "unrelated_cosine": round(manifest.calibration.unrelated, 3),
        "shuffled_cosine": round(manifest.calibration.shuffled, 3),
    }
