"""What a word processor writes into a file's properties by itself, and no author did. Pure."""

import re

_TOOL_TITLE = re.compile(
    r"^(?:microsoft word|document\s?\d*$|(?:unknown |no )?title$|untitled|word document|\S+$"
    r"|slide \d|powerpoint)"
    r"|\.(?:docx?|rtf|pdf|odt|tmp|dotx?)$",
    re.IGNORECASE,
)
_TOOL_AUTHOR = re.compile(
    r"^(?:.*\b(?:users?|admin\w*|owner|windows|microsoft|office|python-docx|openpyxl|libreoffice"
    r"|openoffice|unknown|author|anonymous|student|laptop|desktop|acer|dell|lenovo|asus|toshiba"
    r"|editor|typesetter|proof\w*)\b.*|.*@.*|\S+)$",
    re.IGNORECASE,
)


def is_tool_title(title: str) -> bool:
    """Whether a title is a file's name or a program's, or empty.

    >>> is_tool_title("Microsoft Word - final2.doc"), is_tool_title("Calf pain in a runner")
    (True, False)
    """
    return not title.strip() or bool(_TOOL_TITLE.search(title.strip()))


def is_tool_author(name: str) -> bool:
    """Whether a name is a computer's or an account's; one word alone is one.

    >>> is_tool_author("Microsoft Office User"), is_tool_author("Ana Lima")
    (True, False)
    """
    return bool(_TOOL_AUTHOR.match(name.strip()))
