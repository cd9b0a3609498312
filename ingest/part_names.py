"""Names of the parts of one file, each used once."""

from collections import Counter


class PartNames:
    """Tells the same name apart where a file has it twice: "PMID 1", "PMID 1 (2)"."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many names were given."""
        return self._used.total()

    def unique(self, name: str) -> str:
        """The name, with a number behind it where it is not the first."""
        self._used[name] += 1
        return name if self._used[name] == 1 else f"{name} ({self._used[name]})".strip()
