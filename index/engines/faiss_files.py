"""What all engines of FAISS share: a sample to train on, mapped files, vectors in their place."""

import os
from pathlib import Path
from typing import Any

import faiss as wrapped_faiss
import numpy as np

from index.encoders import Vectors
from index.engines import Batches
from index.engines.halves import Halves

faiss: Any = wrapped_faiss
"""Without its types: they leave out what FAISS's Python layer adds to the wrapped classes."""


def read_engine(name: str, path: Path) -> Any:
    """Map a saved FAISS index; raises `ValueError` if the file holds none."""
    try:
        _read_ahead(path)
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except OSError as error:
        raise ValueError(f"{path.name}: {error.strerror}") from error
    except RuntimeError as error:
        raise ValueError(f"{path.name} holds no engine {name!r}") from error


def write_engine(index: Any, path: Path) -> None:
    """Write a FAISS index to a file, and have it on the disk before coming back.

    Raises `OSError` where the disk is full or refuses.
    """
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))
        file.flush()
        os.fsync(file.fileno())


def fill(index: Any, count: int, batches: Batches) -> None:
    """Store all vectors in a trained index under their rows.

    Raises `ValueError` where the batches hold more or fewer than `count`.
    """
    for rows, vectors in batches():
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), rows)
    if index.ntotal != count:
        raise ValueError(f"{index.ntotal} vectors came to be stored, not {count}")


def sample(size: int, count: int, dim: int, batches: Batches) -> Vectors:
    """So many of the vectors, each as likely as the others and the same each time.

    Raises `ValueError` where the batches hold more or fewer than `count`.
    """
    chosen = np.random.default_rng(0).choice(count, min(size, count), replace=False)
    chosen.sort()
    found = np.empty((len(chosen), dim), dtype=np.float32)
    seen = 0
    for _, vectors in batches():
        first, last = np.searchsorted(chosen, (seen, seen + len(vectors)))
        found[first:last] = vectors[chosen[first:last] - seen]
        seen += len(vectors)
    if seen != count:
        raise ValueError(f"the batches hold {seen} vectors, not {count}")
    return found


def _read_ahead(path: Path) -> None:
    """Have the system begin to read a file: FAISS asks it to read each page when it is needed.

    Else the first questions after a start wait for the disk many times.
    """
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def halves_in(index: Any) -> Halves:
    """The (n, dim) vectors of FAISS's index of half floats: no copy, so `index` must stay."""
    codes, dim = index.codes, int(index.d)
    if not codes.size():
        return np.empty((0, dim), np.float16)
    halves: Halves = faiss.rev_swig_ptr(codes.data(), codes.size())
    return halves.view(np.float16).reshape(-1, dim)
