"""Models of two layers and random weights, made when a test runs: real files, real loading."""

import json
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import (
    AutoModel,
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

from index.encoders import Vectors

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] represent this question query passage : . "
    "a of the fever rash knee hip pain swelling tendon torn after fall calf nerve"
).split()
LONGEST = 40
"""Tokens that a tiny model reads, special ones counted."""
DIM = 16


def save_tokenizer(folder: Path, words: list[str] | None = None, longest: int = LONGEST) -> None:
    """A WordPiece tokenizer in which every word is one token."""
    vocabulary = {word: number for number, word in enumerate(words or WORDS)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )  # fmt: skip
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=longest, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]",
    ).save_pretrained(folder)  # fmt: skip


def save_plain(folder: Path, seed: int = 0, dim: int = DIM, longest: int = LONGEST) -> Path:
    """A plain transformers folder: config.json, weights, tokenizer, and no modules.json."""
    torch.manual_seed(seed)
    BertModel(_config(dim, longest=longest)).save_pretrained(folder)
    save_tokenizer(folder, longest=longest)
    return folder


def save_sentence_model(folder: Path, prompts: dict[str, str], pooling: str = "mean") -> Path:
    """A sentence-transformers folder that states its pooling and its prompts."""
    words = Transformer(str(save_plain(folder / "made-from")))
    modules = [words, Pooling(DIM, pooling_mode=pooling)]
    SentenceTransformer(modules=modules, prompts=prompts).save(str(folder))
    for path in (folder / "made-from").iterdir():
        path.unlink()
    (folder / "made-from").rmdir()
    return folder


def save_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A cross-encoder as its makers publish one: a transformers folder with a last layer."""
    torch.manual_seed(3)
    BertForSequenceClassification(_config(DIM, labels)).save_pretrained(folder)
    save_tokenizer(folder)
    return folder


def save_in_hub_cache(cache: Path, name: str, seed: int = 0) -> Path:
    """A plain model where the hub's client keeps what it has fetched."""
    home = cache / f"models--{name.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text("0123abc")
    return save_plain(home / "snapshots" / "0123abc", seed)


def write_words(folder: Path, **words: str) -> None:
    """The folder's casebook.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "casebook.json").write_text(json.dumps(words))


def first_states(folder: Path, text: str) -> Vectors:
    """The last hidden states of a text's tokens, by transformers alone: (tokens, dim)."""
    tokens = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.no_grad():
        states = AutoModel.from_pretrained(folder).eval()(**tokens).last_hidden_state
    found: Vectors = states[0].numpy()
    return found


def _config(dim: int, labels: int = 1, longest: int = LONGEST) -> BertConfig:
    # A wide start, so that two texts differ by more than rounding.
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=dim, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=2 * dim, max_position_embeddings=longest, initializer_range=0.5,
    )  # fmt: skip
    config.num_labels = labels
    return config
