"""Whether the last publication can be taken back."""

from index.checks import OpenedIndex, Tally
from index.checks.document_checks import UNREADABLE
from index.prepared import document_from_json, passages_from_json


def check_undo(opened: OpenedIndex, tally: Tally) -> None:
    """What the last publication took out can be read, and all its passages have their vectors."""
    connection = opened.connection
    for (doc_id,) in connection.execute("SELECT doc_id FROM undo_documents"):
        tally.checked += 1
        stored, passages = connection.execute(
            "SELECT document, passages FROM undo_documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        try:
            names = [
                one.vector_hash for one in passages_from_json(passages, document_from_json(stored))
            ]
        except UNREADABLE as error:
            tally.wrong(f"document {doc_id}, which was taken out last, cannot be read ({error})")
            continue
        lost = [name for name in names if not _has_vector(opened, name)]
        if lost:
            tally.wrong(f"{len(lost)} vectors of document {doc_id}, taken out last, are lost")
    if not tally.checked:
        tally.notes.append("the last publication took nothing out")


def _has_vector(opened: OpenedIndex, name: str) -> bool:
    found = opened.connection.execute(
        "SELECT 1 FROM vectors WHERE vector_hash = ? AND fingerprint = ?",
        (name, opened.manifest.settings.fingerprint),
    ).fetchone()
    return found is not None
