"""Finds and loads a cross-encoder by its name on the hub, if it is on this machine, or by folder.

Nothing is fetched here: who asks a question does not ask for a download.
"""

from pathlib import Path

from index.errors import CatalogError
from index.model_files import UnusableModelError, files_problem, is_classifier, read_json
from index.models import from_hub
from index.sentence_models import PairModel, load_pair_model


class RerankerUnavailableError(CatalogError):
    """The cross-encoder is not on this machine, or not what it should be."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"the reranker '{model}' cannot be used: {reason}. "
            "Search without --reranker, or fetch one of the model hub first: hf download NAME"
        )


def load_cross_encoder(model: str) -> PairModel:
    """Load a model that scores pairs of texts; raises `RerankerUnavailableError`."""
    folder = Path(model).expanduser()
    try:
        folder = folder.resolve() if folder.is_dir() else from_hub(model, may_download=False)
        _check(folder)
        loaded = load_pair_model(folder)
    except UnusableModelError as error:
        raise RerankerUnavailableError(model, str(error)) from error
    except OSError as error:
        raise RerankerUnavailableError(model, error.strerror or str(error)) from error
    if loaded.scores_a_pair != 1:
        raise RerankerUnavailableError(
            model, f"it gives a pair {loaded.scores_a_pair} scores, not one"
        )
    return loaded


def _check(folder: Path) -> None:
    """Refuse what is no cross-encoder: it would load with a last layer of random numbers."""
    kind = read_json(folder / "config_sentence_transformers.json").get("model_type")
    if kind != "CrossEncoder" and not is_classifier(folder):
        raise UnusableModelError("it is no cross-encoder, which gives a pair of texts a score")
    problem = files_problem(folder)
    if problem:
        raise UnusableModelError(problem)
