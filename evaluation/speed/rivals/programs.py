"""What is compared, and the environment of its own that each is installed in, kept for next time.

torch is held at the version of our own requirements: a newer one brings gigabytes of CUDA.
"""

import importlib.metadata
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from index.progress import Progress

SCRIPTS = Path(__file__).parent / "scripts"
REPOSITORY = Path(__file__).parents[3]
TORCH = "torch==2.13.0"
INSTALL_SECONDS = 1800
"""Half an hour: torch alone is some hundred megabytes."""
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
}
_INSTALLED = "installed.json"


class RivalMissingError(Exception):
    """A program that cannot be installed here: one line that says why."""


@dataclass(frozen=True)
class Rival:
    """A program: its script, what it needs (nothing: what we need ourselves), and how it is used.

    `splitting` and `updating` are what its users get or do, in a few words for the table.
    """

    name: str
    script: str
    needs: tuple[str, ...]
    splitting: str
    updating: str

    @property
    def label(self) -> str:
        """The name with the version that is installed."""
        return f"{self.name} {self.needs[0].partition('==')[2]}" if self.needs else self.name


BASELINE = "30-line script"
OURS = "Casebook"
RIVALS = (
    Rival(BASELINE, "thirty_lines.py", (), "150 words", "everything anew"),
    Rival(
        "txtai",
        "use_txtai.py",
        ("txtai==9.14.0", "sentence-transformers==6.2.0", "transformers==5.23.0"),
        "its paragraphs",
        "delete and upsert the document, save all",
    ),
    Rival(
        "LlamaIndex + FAISS",
        "use_llamaindex.py",
        (
            "llama-index-core==0.14.25",
            "llama-index-vector-stores-faiss==0.7.0",
            "llama-index-embeddings-huggingface==0.8.0",
            "faiss-cpu==1.15.1",
            "sentence-transformers==6.2.0",
            "transformers==5.23.0",
        ),
        "its SentenceSplitter: 1,024 tokens",
        "everything anew: it cannot delete",
    ),
    Rival(
        "Chroma",
        "use_chroma.py",
        ("chromadb==1.5.9", "sentence-transformers==6.2.0", "transformers==5.23.0"),
        "it has none: 150 words",
        "upsert the document, delete what is left",
    ),
    Rival(OURS, "use_casebook.py", (), "sentences up to the model's limit", "index update"),
)
"""Newest versions of 2026-11; each was seen to install with the others of its row."""


def find_python(rival: Rival, environments: Path) -> Path | None:
    """The Python of a program's environment; None where that has not been made."""
    if not rival.needs:
        return Path(sys.executable)
    try:
        installed = json.loads((environments / _folder(rival) / _INSTALLED).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    python = environments / _folder(rival) / "bin" / "python"
    return python if installed == list(rival.needs) and python.exists() else None


def install(rival: Rival, environments: Path, progress: Progress) -> Path:
    """The Python of a program's environment, made where it is missing.

    Raises `RivalMissingError` where what it needs cannot be installed.
    """
    python = find_python(rival, environments)
    if python is not None:
        return python
    progress(f"Installing {rival.name}", 0, 1)
    folder = (environments / _folder(rival)).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    _run([*pip, TORCH, *rival.needs])
    (folder / _INSTALLED).write_text(json.dumps(list(rival.needs)), "utf-8")
    return python


def _run(command: list[str]) -> None:
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RivalMissingError(f"could not be installed: {error}") from error
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise RivalMissingError(f"could not be installed: {lines[-1].strip()[:300]}")


def _folder(rival: Rival) -> str:
    return Path(rival.script).stem.removeprefix("use_")


def surroundings(rival: Rival) -> dict[str, str]:
    """Environment variables for a program: no network, and our modules for our own only."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ours = {"PYTHONPATH": str(REPOSITORY)} if rival.name == OURS else {}
    return {**kept, **_OFFLINE, **ours}


def own_versions() -> dict[str, str]:
    """Of the libraries that the 30-line script and Casebook run on."""
    names = ("torch", "sentence-transformers", "faiss-cpu")
    return {name: importlib.metadata.version(name) for name in names}
