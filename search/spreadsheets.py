"""Cells of a table that a spreadsheet will open. Pure."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a spreadsheet begins a formula. Source: OWASP, CSV Injection."""


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run.

    >>> harmless("=cmd|' /C calc'!A0"), harmless("2 = 2")
    ("'=cmd|' /C calc'!A0", '2 = 2')
    """
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA_STARTS) else cell
