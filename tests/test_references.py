"""Where an article stands in its journal, in the forms in which journals print it."""

import pytest

from ingest.documents import Metadata
from ingest.references import read_reference


@pytest.mark.parametrize(
    ("line", "journal", "year", "volume", "pages"),
    [
        ("Trials 2015, 16:2", "Trials", 2015, "16", "2"),
        ("Lima et al. Trials (2015) 16:38", "Trials", 2015, "16", "38"),
        ("Ankles 2014, 4, 932-945; doi:10.5555/a", "Ankles", 2014, "4", "932-945"),
        ("Foot Ecol Biol (2015) 69:1383–1394", "Foot Ecol Biol", 2015, "69", "1383-1394"),
        ("Pan Ank Med J. 2014;17(2):41", "Pan Ank Med J", 2014, "17", "41"),
        ("Journal of Ankles (2013), 63, 50–53", "Journal of Ankles", 2013, "63", "50-53"),
        ("Ankle 27 (2014) 23–29", "Ankle", 2014, "27", "23-29"),
        ("J Ank 2012 Mar;42(3):223-229", "J Ank", 2012, "42", "223-229"),
        ("Journal of Ankles, 22:3, 125-131", "Journal of Ankles", None, "22", "125-131"),
        ("Reports in Feet Volume 2014, Article ID 8016", "Reports in Feet", 2014, "", "8016"),
        ("Ankle. Vol. 12, No. 3, 2014, pp. 23-29", "Ankle", 2014, "12", "23-29"),
        ("BMJ Ank Rep 2013. doi:10.5555/b", "BMJ Ank Rep", 2013, "", ""),
        ("Ankle ONE 9(12): e115884.", "Ankle ONE", None, "9", "e115884"),
        ("Front. Ankle. 5:1582", "Front. Ankle", None, "5", "1582"),
        ("Int. J. Ank. Res. 2019, 16, 1234", "Int. J. Ank. Res", 2019, "16", "1234"),
    ],
)
def test_a_reference_is_read(
    line: str, journal: str, year: int | None, volume: str, pages: str
) -> None:
    stated = Metadata(journal=journal, year=year, volume=volume, page_range=pages)
    assert read_reference(line) == stated


@pytest.mark.parametrize(
    "line",
    [
        "Received 26 September 2013; Revised 13 March 2014",
        "Published 2014, 3:4",
        "she was 24 in 2014, 3:4",
        "Trials 2015",
        "Abstract",
        "",
    ],
)
def test_other_lines_are_no_reference(line: str) -> None:
    assert read_reference(line) == Metadata()
