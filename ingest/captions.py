"""Tells captions from sentences about figures and tables. Pure."""

import re

MAX_CAPTION_WORDS = 250
"""Longer than any legend with its abbreviations; a paragraph beyond is text that begins oddly."""
_CAPTION = re.compile(
    r"^(?P<label>(?:(?:supplementary|supplemental|additional|online|extended data|appendix)\s+)?"
    r"(?P<what>fig(?:ure|s)?\b\.?|table|box|scheme|chart|graph|plate|photo(?:graph)?|image|video"
    r"|panel|illustration|map)\s*(?:[A-Z]\.?)?\d+(?:[.-]\d+)?[A-Za-z]?)"
    r"(?P<mark>\s*[.:|–—-](?:\s+|$)|\s*$|\s+(?=[A-Z(]))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def caption_label(text: str) -> str:
    """What a caption calls its figure or table ("Figure 2"); "" for a text that is no caption.

    >>> caption_label("Fig. 2: Sagittal view"), caption_label("Figure 2 shows a tear.")
    ('Figure 2', '')
    """
    match = _CAPTION.match(text.strip())
    if match is None or len(text.split()) > MAX_CAPTION_WORDS:
        return ""
    # Without a stop after the number only a capital tells a caption from a sentence.
    following = match["rest"][:1]
    if not match["mark"].strip() and following and not (following.isupper() or following == "("):
        return ""
    label = " ".join(match["label"].split())
    return re.sub(r"(?i)\bfigs?\b\.?\s*", "Figure ", label)


def is_table_label(label: str) -> bool:
    """Whether a caption's label names a table."""
    return "table" in label.lower().split()
