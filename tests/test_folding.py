"""Letters are compared without accents, capitals and compatibility forms."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.folding import folded


@given(st.text(st.one_of(st.characters(), st.sampled_from("aE \u0301\u0327éΣİﬁ½"))))
def test_text_is_folded_as_if_each_character_were_decomposed(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text)
    assert folded(text) == "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
