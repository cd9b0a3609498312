"""Articles as their publishers show them, held against the publishers' own XML."""

from pathlib import Path

import pytest

from evaluation.articles import articles
from evaluation.faithfulness import html_rows
from tests.conftest import SHARED

MIN_FOUND = 0.96
MAX_EXTRA = 0.05
READ = [one for one in articles(SHARED) if one.html and one.xml]


@pytest.mark.parametrize("name", [one.name for one in READ] or ["none"])
def test_the_body_is_found_and_little_else(shared: Path, name: str) -> None:
    row = next(html_rows(one for one in READ if one.name == name))
    assert (row.found >= MIN_FOUND, row.extra <= MAX_EXTRA, row.out_of_order) == (True, True, 0)
