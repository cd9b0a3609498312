"""What an index folder holds, told without loading a model or an engine."""

from pathlib import Path
from typing import Any

from index.base import changed_since
from index.catalog import catalog_path, published


def describe(folder: Path) -> dict[str, Any]:
    """Counts, sizes in bytes, settings; raises a `CatalogError` if there is no usable index."""
    with published(folder) as (connection, manifest):
        types = connection.execute(
            "SELECT coalesce(nullif(document_type, ''), 'not stated'), count(*) "
            "FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        formats = connection.execute(
            "SELECT format, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        years = connection.execute("SELECT min(year), max(year) FROM documents").fetchone()
        files = connection.execute("SELECT count(*) FROM sources").fetchone()[0]
        added, removed = changed_since(connection, manifest.base)
        generations = [g for (g,) in connection.execute("SELECT generation FROM generations")]
    base = manifest.base
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
        "document_types": dict(types),
        "formats": dict(formats),
        "years": list(years),
        "unrelated_cosine": round(manifest.calibration.unrelated, 3),
    }
