"""The models that are known: how each wants to be read, and under which licence it may be used.

A row is what a model's card says. What a model's own files say wins over it (`index.models`), so a
row matters where they say nothing: older cards give prompts only in their text, and MedCPT comes
as two plain transformers folders that say neither how to pool nor that they belong together.
`max_tokens` and `dim` are for people to choose by; an encoder states its own.
"""

from dataclasses import dataclass

PACKAGED_MODEL = "all-MiniLM-L6-v2"
SEARCH_PROMPT = "Represent this sentence for searching relevant passages: "
"""What bge, arctic-embed and LEAF put before a question, and not before a passage."""


@dataclass(frozen=True)
class KnownModel:
    """One row. `name` is what `--model` takes; `source` is its name on the model hub.

    `pooling` is "cls" or "mean", or "" where only the model's own files say it. `query_source` is
    the hub's name of the second encoder where questions have one of their own. `max_tokens` count
    special tokens, `max_query_tokens` too; 0 means as many as in a passage. `relatives` are other
    models, of other sizes, that are pooled and prompted in the same way.
    """

    name: str
    source: str
    purpose: str
    pooling: str
    dim: int
    max_tokens: int
    licence: str
    query_prompt: str = ""
    passage_prompt: str = ""
    query_source: str = ""
    max_query_tokens: int = 0
    relatives: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All names that mean this model itself, in both its halves where it has two."""
        return frozenset({self.name, self.source, self.query_source} - {""})

    @property
    def card(self) -> str:
        """The address of its model card."""
        return f"https://huggingface.co/{self.source}"


MODELS: tuple[KnownModel, ...] = (
    # Read in the package itself: modules.json, 1_Pooling, sentence_bert_config.json, README.md.
    KnownModel(
        name=PACKAGED_MODEL,
        source="sentence-transformers/all-MiniLM-L6-v2",
        purpose="the default: comes with the installation, needs no model hub",
        pooling="mean",
        dim=384,
        max_tokens=256,
        licence="Apache-2.0",
    ),
    # Licence, size and purpose from its card; dimension, tokens and prompt from
    # embeddings-benchmark/mteb, mteb/models/mdbr_models.py. Its 1_Pooling and 2_Dense were not
    # read: they are loaded as they are.
    KnownModel(
        name="MongoDB/mdbr-leaf-ir",
        source="MongoDB/mdbr-leaf-ir",
        purpose="recommended where a model hub can be reached: best of its size on questions",
        pooling="",
        dim=768,
        max_tokens=512,
        licence="Apache-2.0",
        query_prompt=SEARCH_PROMPT,
    ),
    # Licence and files from its pages on the hub, dimension and tokens from its config.json. The
    # card shows no prompt; it was made from bge-small-en-v1.5. Its 1_Pooling was not read: it is
    # loaded as it is.
    KnownModel(
        name="abhinand/MedEmbed-small-v0.1",
        source="abhinand/MedEmbed-small-v0.1",
        purpose="made for clinical notes",
        pooling="",
        dim=384,
        max_tokens=512,
        licence="Apache-2.0",
    ),
    # Pooling and dimension from its 1_Pooling/config.json (commit 7e2dac8), tokens from the same
    # file set of its sibling -xs, prompt and licence from its card.
    KnownModel(
        name="Snowflake/snowflake-arctic-embed-s",
        source="Snowflake/snowflake-arctic-embed-s",
        purpose="short questions, English",
        pooling="cls",
        dim=384,
        max_tokens=512,
        licence="Apache-2.0",
        query_prompt=SEARCH_PROMPT,
        relatives=tuple(f"Snowflake/snowflake-arctic-embed-{size}" for size in ("xs", "m", "l")),
    ),
    # Pooling, lengths and dimension from the README of github.com/ncbi/MedCPT, licence and
    # safetensors from the files' pages on the hub. Both config.json say nothing of the other half.
    KnownModel(
        name="MedCPT",
        source="ncbi/MedCPT-Article-Encoder",
        query_source="ncbi/MedCPT-Query-Encoder",
        purpose="PubMed searches: one encoder for questions, one for articles",
        pooling="cls",
        dim=768,
        max_tokens=512,
        max_query_tokens=64,
        licence="public domain",
    ),
    # Prompts, dimension and licence from its card (average pooling is in its example), tokens
    # from its config.json.
    KnownModel(
        name="intfloat/multilingual-e5-small",
        source="intfloat/multilingual-e5-small",
        purpose="about a hundred languages",
        pooling="mean",
        dim=384,
        max_tokens=512,
        licence="MIT",
        query_prompt="query: ",
        passage_prompt="passage: ",
        relatives=(
            *(f"intfloat/multilingual-e5-{size}" for size in ("base", "large")),
            *(f"intfloat/e5-{size}-v2" for size in ("small", "base", "large")),
        ),
    ),
    # Pooling from the 1_Pooling/config.json of bge-small-en, prompt from mteb's table (bge and
    # mixedbread share it), licence from the model's page.
    KnownModel(
        name="BAAI/bge-small-en-v1.5",
        source="BAAI/bge-small-en-v1.5",
        purpose="general English; a common yardstick",
        pooling="cls",
        dim=384,
        max_tokens=512,
        licence="MIT",
        query_prompt=SEARCH_PROMPT,
        relatives=("BAAI/bge-base-en-v1.5", "BAAI/bge-large-en-v1.5"),
    ),
)
"""What `python -m index models` lists, the default first."""


def known_model(name: str) -> KnownModel | None:
    """The row that a name stands for, to the letter; never guessed from a part of it.

    >>> known_model("ncbi/MedCPT-Query-Encoder").name
    'MedCPT'
    >>> known_model("intfloat/e5-base-v2").query_prompt
    'query: '
    >>> known_model("my-copy-of-bge-small-en-v1.5") is None
    True
    """
    for row in MODELS:
        if name in row.names or name in row.relatives:
            return row
    return None
