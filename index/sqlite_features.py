"""Whether this machine's SQLite can do what the catalog needs; it comes with Python or the system.

Needed: FTS5 with external content (https://sqlite.org/fts5.html), JSON functions
(https://sqlite.org/json1.html), stored generated columns (3.31, https://sqlite.org/gencol.html)
and `RETURNING` (3.35, https://sqlite.org/lang_returning.html).
"""

import sqlite3
from collections.abc import Collection

from index.errors import SqliteLacksError

OLDEST_VERSION = (3, 35, 0)
"""March 2021; Python 3.11's installers for Windows and macOS bring 3.37 or newer."""
MODULES = ("fts5", "fts5vocab", "json_each")
FUNCTIONS = ("json_extract", "bm25")


def check_sqlite(connection: sqlite3.Connection) -> None:
    """Raise `SqliteLacksError` if the library behind a connection lacks what an index needs."""
    try:
        modules = {name for (name,) in connection.execute("PRAGMA module_list")}
        functions = {row[0] for row in connection.execute("PRAGMA function_list")}
    except sqlite3.DatabaseError:  # the library can, the file cannot: its opener says so
        return
    lacking = missing_features(sqlite3.sqlite_version_info, modules, functions)
    if lacking:
        raise SqliteLacksError(sqlite3.sqlite_version, lacking)


def missing_features(
    version: tuple[int, ...], modules: Collection[str], functions: Collection[str]
) -> tuple[str, ...]:
    """What a library of this version, with these virtual tables and functions, lacks.

    >>> missing_features((3, 34, 1), ["fts5vocab", "json_each"], ["json_extract", "bm25"])
    ('version 3.35.0', 'fts5')
    """
    old = (".".join(map(str, OLDEST_VERSION)),) if version < OLDEST_VERSION else ()
    return (
        *(f"version {oldest}" for oldest in old),
        *(name for name in MODULES if name not in modules),
        *(name for name in FUNCTIONS if name not in functions),
    )
