"""What the files of a model say of themselves, read without loading it.

A folder may hold a `casebook.json`, which wins over the rest, for what its other files leave open:

    model             the name that it is known by (python -m index models): a copy has its prompts
    pooling           "cls", "mean", …: how token vectors become one, where modules.json is missing
    query_prompt      what is put before a question
    passage_prompt    what is put before a passage
    query_encoder     the folder of the encoder for questions, seen from this one
    passage_encoder   the folder of the encoder for passages, seen from this one

Whatever makes a model unusable is found here, before seconds are spent on loading it.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.file_hashes import file_sha256

OWN_WORDS = "casebook.json"
POOLINGS = ("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken")
"""What sentence-transformers can do, by its names."""
_PASSAGE_KEYS = ("document", "passage", "corpus")
"""How models name the prompt of a passage; the order is sentence-transformers' own."""
_CONTENT_SUFFIXES = frozenset({".safetensors", ".json", ".txt", ".model"})
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model")
_LIBRARY = "sentence_transformers."


class UnusableModelError(Exception):
    """Why a model is not used, in a few words; whoever asked for it says which, and the way out."""


@dataclass(frozen=True)
class OwnWords:
    """A folder's `casebook.json`; None and "" where it says nothing."""

    model: str = ""
    pooling: str = ""
    query_prompt: str | None = None
    passage_prompt: str | None = None
    query_encoder: str = ""
    passage_encoder: str = ""


NO_WORDS = OwnWords()
"""A folder without a `casebook.json`."""


def read_own_words(folder: Path) -> OwnWords:
    """The folder's `casebook.json`; raises `UnusableModelError` if it makes no sense."""
    values = read_json(folder / OWN_WORDS)
    try:
        words = OwnWords(**values)
    except TypeError:
        unknown = ", ".join(sorted(values.keys() - OwnWords.__dataclass_fields__.keys()))
        raise UnusableModelError(f"{OWN_WORDS} says what is not known: {unknown}") from None
    if any(not isinstance(value, str) for value in values.values()):
        raise UnusableModelError(f"{OWN_WORDS} may only hold texts")
    if words.pooling and words.pooling not in POOLINGS:
        raise UnusableModelError(
            f"{OWN_WORDS} names the pooling '{words.pooling}', not one of {', '.join(POOLINGS)}",
        )
    return words


def is_model(folder: Path) -> bool:
    """Whether a folder holds one model, of sentence-transformers or plain transformers."""
    return has_modules(folder) or (folder / "config.json").is_file()


def has_modules(folder: Path) -> bool:
    """Whether the files say what happens to token vectors; a plain transformers folder does not."""
    return (folder / "modules.json").is_file()


def stated_name(folder: Path) -> str:
    """The name that a plain folder was saved under; "" where it is gone or was a path."""
    return str(read_json(folder / "config.json").get("_name_or_path") or "")


def stated_prompts(folder: Path) -> tuple[str, str]:
    """The prompts of a query and of a passage in the model's own files, "" for none."""
    stated = read_json(folder / "config_sentence_transformers.json").get("prompts")
    prompts = stated if isinstance(stated, dict) else {}
    passage = next((str(prompts[key]) for key in _PASSAGE_KEYS if prompts.get(key)), "")
    return str(prompts.get("query") or ""), passage


def has_default_prompt(folder: Path) -> bool:
    """Whether the files name a prompt for every text; it is not used here, as in a search."""
    stated = read_json(folder / "config_sentence_transformers.json")
    return bool(stated.get("default_prompt_name"))


def check_encoder(folder: Path) -> None:
    """Raise `UnusableModelError` for what cannot, or must not, be loaded as an encoder."""
    kind = read_json(folder / "config_sentence_transformers.json").get("model_type")
    if kind == "CrossEncoder" or (not has_modules(folder) and is_classifier(folder)):
        raise UnusableModelError("it scores pairs of texts and makes no vectors")
    if kind not in (None, "SentenceTransformer"):
        raise UnusableModelError(f"it is a {kind}, which makes no single vectors")
    problem = files_problem(folder)
    if problem:
        raise UnusableModelError(problem)


def is_classifier(folder: Path) -> bool:
    """Whether config.json names a transformer that gives scores instead of token vectors."""
    architectures = read_json(folder / "config.json").get("architectures") or []
    return any(str(one).endswith("ForSequenceClassification") for one in architectures)


def files_problem(folder: Path) -> str:
    """Why these files must not be loaded at all, in a line; "" where they may."""
    parts = _parts(folder)
    if any(not kind.startswith(_LIBRARY) for kind, _ in parts):
        return "it needs code of its own, and no code of a model is run"
    for part in (folder, *(part for _, part in parts)):
        if _any(part, _PICKLES) and not _any(part, ("*.safetensors",)):
            return "its weights are pickled, which can hide code: it takes a safetensors file"
    if not any(folder.rglob("*.safetensors")):
        return "it has no weights (*.safetensors)"
    if not any(True for pattern in _TOKENIZERS for _ in folder.rglob(pattern)):
        return "its tokenizer is missing (tokenizer.json or vocab.txt)"
    return ""


def _parts(folder: Path) -> list[tuple[str, Path]]:
    """The class and the folder of each module, and of what a module that forks leads to."""
    modules = read_json(folder / "modules.json", [])
    parts = [(str(one.get("type")), folder / str(one.get("path", ""))) for one in modules]
    for _, part in list(parts):
        routes = read_json(part / "router_config.json").get("types", {})
        parts.extend((str(kind), part / name) for name, kind in routes.items())
    return parts


def fingerprint(folder: Path) -> str:
    """One hash over the names and contents of all files that shape a vector."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _CONTENT_SUFFIXES and path.name != "data_config.json":
            total.update(str(path.relative_to(folder)).encode())
            total.update(sha256(path).encode())
    return total.hexdigest()[:16]


def sha256(path: Path) -> str:
    """A file's hash, computed once as long as its size and time stay."""
    stat = path.stat()
    return _sha256_of(str(path), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=256)
def _sha256_of(path: str, _size: int, _modified_ns: int) -> str:
    return file_sha256(Path(path))


def read_json(path: Path, absent: Any = None) -> Any:
    """A JSON file's value, of the type of `absent` (an object); `absent` where there is no file."""
    default: Any = {} if absent is None else absent
    if not path.is_file():
        return default
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableModelError(f"{path.name} cannot be read") from error
    if not isinstance(value, type(default)):
        raise UnusableModelError(f"{path.name} is not what it should be")
    return value


def _any(folder: Path, patterns: tuple[str, ...]) -> bool:
    return any(True for pattern in patterns for _ in folder.glob(pattern))
