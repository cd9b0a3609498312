"""What the load test measures with: titles, percentiles, memory, a process."""

import os
from pathlib import Path

import pytest

from tests.browser.driving import free_port
from tests.load import percentile, resident_mib, server_on
from tests.page_client import Shown
from tests.shown_cards import hit
from ui.cards import card


def test_the_titles_of_the_cards_are_read_from_what_is_drawn() -> None:
    assert Shown(bodies=["<p>no card</p>", card(hit())]).titles() == [hit().title]


@pytest.mark.parametrize(("share", "time"), [(0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_percentile_is_a_time_that_somebody_waited(share: float, time: float) -> None:
    assert percentile(list(range(1, 21)), share) == time


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="Linux says how large a process is")
def test_this_process_has_a_size() -> None:
    assert resident_mib(os.getpid()) > 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="Linux says which processes there are")
def test_no_server_is_found_where_none_was_started() -> None:
    with pytest.raises(ProcessLookupError):
        server_on(free_port())
