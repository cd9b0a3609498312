"""What can go wrong with a file. Each message is one line for a person.

IngestError
└── UnreadableFileError    this file gives no document; the rest of the batch goes on
"""


class IngestError(Exception):
    """Anything that ingest reports instead of a document."""


class UnreadableFileError(IngestError):
    """A file that cannot be read: what is wrong with it, and what its owner can do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UnreadableFileError"], tuple[str, str]]:
        """Travels between processes with both its parts."""
        return (UnreadableFileError, (self.reason, self.remedy))
