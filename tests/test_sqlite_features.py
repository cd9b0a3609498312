"""What an index needs of SQLite, asked of the real library and of hand-made ones."""

import sqlite3

import pytest

from index.errors import SqliteLacksError
from index.sqlite_features import FUNCTIONS, MODULES, check_sqlite, missing_features


class WithoutFts5(sqlite3.Connection):
    """The real library, but for one table of its answer: none is built here without FTS5."""

    def execute(self, sql: str, values: object = ()) -> sqlite3.Cursor:
        if sql == "PRAGMA module_list":
            sql = "SELECT name FROM pragma_module_list WHERE name NOT LIKE 'fts5%'"
        return super().execute(sql)


def test_this_machine_has_all_that_is_needed() -> None:
    check_sqlite(sqlite3.connect(":memory:"))


def test_a_library_without_fts5_is_one_line_with_the_way_out() -> None:
    connection = sqlite3.connect(":memory:", factory=WithoutFts5)
    with pytest.raises(SqliteLacksError, match=r"lacks fts5, fts5vocab\. Use a Python from") as it:
        check_sqlite(connection)
    assert "\n" not in str(it.value)


def test_an_old_library_lacks_its_version() -> None:
    assert missing_features((3, 34, 1), MODULES, FUNCTIONS) == ("version 3.35.0",)


def test_a_library_without_json_lacks_its_parts() -> None:
    assert missing_features((3, 45, 0), ("fts5", "fts5vocab"), ("bm25",)) == (
        "json_each",
        "json_extract",
    )
