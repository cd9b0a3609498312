"""What a server would have to keep of an index, and each of its readers, by size of the index.

Nothing is sent: documents are made into rows and records as they are sent (`index.stores.served`),
and their bytes counted; cards are written and packed. How a server packs its files is its own.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.quality_report import write_results
from evaluation.tables import markdown_table
from index.catalog import published
from index.progress import Progress
from index.stores.cards import FILES, pack, write_cards
from index.stores.milvus.packing import packed
from index.stores.milvus.rows import PassageRow
from index.stores.served_documents import served_document

NAME = "speed-served"
SAMPLED = 4_000
"""Documents whose rows are made, evenly over the index: a mean over more says the same."""
NUMBER_BYTES, HALF_BYTES, POSTING_BYTES = 8, 2, 8
"""Of an INT64, of a half float, and of a term of a sparse vector (its number and its weight)."""
_MB = 1_000_000


@dataclass(frozen=True)
class ServedSize:
    """Bytes of one physical collection with its records, without indexes, and of the cards.

    `sparse_bytes` are the vectors that BM25 makes of the terms, `field_bytes` all other fields of
    passages, their terms as text among them, `record_bytes` whole documents. Cards are fetched as
    `cards_bytes` and kept as `kept_cards_bytes`. All but the cards are estimated from `sampled`
    documents.
    """

    passages: int
    documents: int
    sampled: int
    vector_bytes: int
    sparse_bytes: int
    field_bytes: int
    record_bytes: int
    cards_bytes: int
    kept_cards_bytes: int


def measure_served(folder: Path, progress: Progress, most: int = SAMPLED) -> ServedSize:
    """Count what a server that serves the published generation of an index folder would keep."""
    with published(folder) as (connection, manifest):
        ids = [one for (one,) in connection.execute("SELECT doc_id FROM documents ORDER BY number")]
        chosen = ids[:: max(1, len(ids) // most)]
        progress("Counting what a server would keep", 0, len(ids))
        read = [served_document(connection, one, manifest) for one in chosen]
        rows = [row for one in read for row in one.rows]
        share = manifest.passages / len(rows)
        progress("Writing cards", 0, 1)
        packed_bytes, kept_bytes = _cards(connection)
        return ServedSize(
            passages=manifest.passages,
            documents=manifest.documents,
            sampled=len(chosen),
            vector_bytes=manifest.passages * manifest.dim * HALF_BYTES,
            sparse_bytes=round(share * sum(map(_sparse_bytes, rows))),
            field_bytes=round(share * sum(map(_field_bytes, rows))),
            record_bytes=round(share * sum(len(one.text.encode()) for one in read)),
            cards_bytes=packed_bytes,
            kept_cards_bytes=kept_bytes,
        )


def write_served(results: Sequence[ServedSize], folder: Path) -> str:
    """Write JSON and Markdown; gives the Markdown."""
    text = to_markdown(results)
    write_results(folder / f"{NAME}.json", {"sizes": [asdict(one) for one in results]}, text)
    return text


def to_markdown(results: Sequence[ServedSize]) -> str:
    """A row for each size, in MB."""
    head = ["passages", "vectors, MB", "sparse vectors, MB", "other fields, MB", "documents, MB"]
    rows = (
        [
            f"{one.passages:,}",
            *(
                f"{value / _MB:,.1f}"
                for value in (
                    one.vector_bytes, one.sparse_bytes, one.field_bytes, one.record_bytes,
                    one.cards_bytes, one.kept_cards_bytes,
                )
            ),
        ]
        for one in results
    )  # fmt: skip
    table = markdown_table([*head, "cards fetched, MB", "cards kept, MB"], rows)
    note = (
        "One physical collection as it is sent, counted on a sample of documents, without what a "
        "server's indexes add; and the cards that each reader fetches and keeps."
    )
    return f"# What a server would keep, by size of the index\n\n{note}\n\n{table}\n"


def _sparse_bytes(row: PassageRow) -> int:
    return POSTING_BYTES * len(set(packed(row)["terms"].split()))


def _field_bytes(row: PassageRow) -> int:
    values = [value for name, value in packed(row).items() if name != "vector"]
    return sum(len(one.encode()) if isinstance(one, str) else NUMBER_BYTES for one in values)


def _cards(connection: sqlite3.Connection) -> tuple[int, int]:
    """Bytes of the cards, packed and as they are kept."""
    with tempfile.TemporaryDirectory(prefix="casebook-") as name:
        folder = Path(name)
        write_cards(connection, folder)
        kept = sum((folder / file).stat().st_size for file in FILES)
        pack(folder, folder / "cards.zip")
        return (folder / "cards.zip").stat().st_size, kept
