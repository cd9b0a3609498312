"""Licences, however a document words them."""

import pytest

from ingest.licences import find_licence


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("http://creativecommons.org/licenses/by/2.0", "CC BY 2.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"),
        ("http://creativecommons.org/\nlicenses/by/4.0", "CC BY 4.0"),
        ("published under CC BY-NC 4.0.", "CC BY-NC 4.0"),
        ("(CC-BY-SA)", "CC BY-SA"),
        ("the Creative Commons Attribution License, which permits", "CC BY"),
        ("Creative Commons Attribution 4.0 International License", "CC BY 4.0"),
        ("Creative Commons Attribution-NonCommercial-NoDerivs License", "CC BY-NC-ND"),
        ("Creative Commons Attribution Non-Commercial ShareAlike 3.0", "CC BY-NC-SA 3.0"),
        ("Creative Commons Attribution License (CC BY).", "CC BY"),
        ("http://creativecommons.org/publicdomain/zero/1.0/ applies to the data", "CC0"),
        ("© 2015 Ankle Press. All rights reserved.", ""),
        ("CC BYLINE", ""),
    ],
)
def test_a_licence_has_one_short_form(text: str, licence: str) -> None:
    assert find_licence(text) == licence


def test_an_address_says_more_than_the_words_before_it() -> None:
    text = "Creative Commons Attribution License (https://creativecommons.org/licenses/by/4.0)"
    assert find_licence(text) == "CC BY 4.0"
