"""Formats in the words of people."""

from ingest.formats import READERS
from ingest.source_types import SOURCE_TYPES


def test_every_format_that_can_be_read_has_a_source_type() -> None:
    assert set(SOURCE_TYPES) == set(READERS)
