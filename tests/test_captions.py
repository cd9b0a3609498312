"""Captions, told from sentences about figures."""

import pytest

from ingest.captions import caption_label, is_table_label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Figure 2. Sagittal view of the tear.", "Figure 2"),
        ("Fig. 3: Axial view", "Figure 3"),
        ("FIG 4 – The wound after two weeks", "Figure 4"),
        ("Table 1", "Table 1"),
        ("Table 1 Baseline characteristics", "Table 1"),
        ("Supplementary Table S2. Doses", "Supplementary Table S2"),
        ("Figure 1A. Before surgery", "Figure 1A"),
        ("Video 1. The injection", "Video 1"),
    ],
)
def test_a_caption_gives_its_label(text: str, label: str) -> None:
    assert caption_label(text) == label


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2 shows the tear.",
        "Table 1 lists them.",
        "Figures were drawn.",
        "The figure 2. Was it?",
        "Table of contents",
        "Plate 2 was removed after a year.",
        "Box jellyfish stung him.",
        f"Figure 1. {'word ' * 300}",
    ],
)
def test_a_sentence_is_no_caption(text: str) -> None:
    assert caption_label(text) == ""


@pytest.mark.parametrize(
    ("label", "is_table"),
    [("Table 2", True), ("Figure 2", False), ("Supplementary Table S1", True)],
)
def test_a_tables_label_says_so(label: str, is_table: bool) -> None:
    assert is_table_label(label) is is_table
