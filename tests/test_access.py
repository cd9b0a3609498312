"""Who may read and who may build, and when a sign-in ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from ui.access import is_loopback
from ui.activity import Activity, SignIn
from ui.rules import BUILD, READ, Rules, RulesError, allowed, rules_of

AUTH = {"auth": {"client_id": "casebook"}}
ANA = {"sub": "1", "email": "ana@hospital.example", "groups": ["library", "ward 4"]}
SIGN_IN: SignIn = ("https://id.example", "1", "1000")


def asking(role: str) -> AppTest:
    """A page that says whether its visitor may do this."""
    return AppTest.from_string(
        "import streamlit as st\n"
        "from ui.access import may, require\n"
        f"st.text(may('{role}'))\n"
        f"st.button('do it', on_click=require, args=('{role}',))\n"
    )


# Rules


def test_without_sign_in_there_are_no_rules() -> None:
    assert rules_of({}) is None


def test_a_sign_in_without_roles_lets_nobody_in() -> None:
    rules = rules_of(AUTH)
    assert rules is not None
    assert not allowed(rules, ANA, READ)


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        ("*", True),
        ("email=ana@hospital.example", True),
        ("groups=library", True),
        ("sub=1", True),
        ("email=ana@hospital", False),
        ("groups=ward", False),
        ("department=None", False),
    ],
)
def test_an_entry_names_a_claim_and_its_whole_value(entry: str, fits: bool) -> None:
    assert allowed(Rules(read=(entry,)), ANA, READ) is fits


@pytest.mark.parametrize("verified", [False, "false"])
def test_an_address_that_the_provider_has_not_verified_counts_for_nothing(
    verified: object,
) -> None:
    claims = {**ANA, "email_verified": verified}
    assert not allowed(Rules(read=("email=ana@hospital.example",)), claims, READ)


def test_who_builds_may_read() -> None:
    assert allowed(Rules(build=("sub=1",)), ANA, READ)


def test_who_reads_may_not_build() -> None:
    assert not allowed(Rules(read=("*",)), ANA, BUILD)


@pytest.mark.parametrize(
    ("casebook", "said"),
    [
        ({"role": {}}, "[casebook] has 'role'"),
        ({"roles": {"admin": ["*"]}}, "[casebook.roles] has 'admin'"),
        ({"roles": {"read": "*"}}, "must be a list"),
        ({"roles": {"read": ["ana"]}}, "'ana'"),
        ({"roles": ["*"]}, "'roles' must be a table"),
        ({"idle_minutes": 0}, "above 0"),
        ({"idle_minutes": "15"}, "must be a number"),
    ],
)
def test_a_slip_in_the_rules_is_named(casebook: object, said: str) -> None:
    with pytest.raises(RulesError) as error:
        rules_of({**AUTH, "casebook": casebook})
    assert said in str(error.value)


def test_roles_without_a_provider_are_refused() -> None:
    with pytest.raises(RulesError, match="needs"):
        rules_of({"casebook": {"roles": {"read": ["*"]}}})


# Idle sign-ins


def test_a_sign_in_ends_when_it_lies_unused() -> None:
    activity = Activity(idle_seconds=60)
    activity.use(SIGN_IN, 1000, now=1050)
    assert (activity.alive(SIGN_IN, 1000, 1110), activity.alive(SIGN_IN, 1000, 1111)) == (
        True,
        False,
    )


def test_looking_does_not_keep_a_sign_in_alive() -> None:
    activity = Activity(idle_seconds=60)
    activity.alive(SIGN_IN, 1000, now=1050)
    assert not activity.alive(SIGN_IN, 1000, now=1070)


def test_an_old_cookie_opens_nothing() -> None:
    assert not Activity(idle_seconds=60).use(SIGN_IN, 1000, now=5000)


def test_an_idle_sign_in_is_not_revived_by_using_it() -> None:
    activity = Activity(idle_seconds=60)
    activity.use(SIGN_IN, 1000, now=1100)
    assert not activity.alive(SIGN_IN, 1000, now=1101)


def test_signing_out_ends_the_sign_in_for_every_tab() -> None:
    activity = Activity(idle_seconds=60)
    activity.use(SIGN_IN, 1000, now=1010)
    activity.end(SIGN_IN, now=1020)
    assert not activity.use(SIGN_IN, 1000, now=1021)


def test_another_sign_in_of_the_same_person_goes_on() -> None:
    activity = Activity(idle_seconds=60)
    activity.end(SIGN_IN, now=1020)
    assert activity.use((*SIGN_IN[:2], "1015"), 1015, now=1021)


# The page


@pytest.mark.parametrize("role", [READ, BUILD])
def test_at_this_machine_without_rules_everything_is_allowed(role: str) -> None:
    page = asking(role).run()
    assert page.text[0].value == "True"
    assert not page.button[0].click().run().exception


@pytest.fixture(
    params=[
        pytest.param('[auth]\nclient_id = "x"\n[casebook.roles]\nread = ["*"]', id="signed out"),
        pytest.param("[auth", id="not TOML"),
        pytest.param('[casebook.roles]\nread = ["*"]', id="no provider"),
    ]
)
def closed(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A secrets file by which the visitor may do nothing; forgotten again by the process."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(request.param, "utf-8")
    monkeypatch.chdir(tmp_path)
    yield
    secrets_singleton._reset()


@pytest.mark.usefixtures("closed")
def test_who_is_not_let_in_may_neither_look_nor_call() -> None:
    page = asking(READ).run()
    assert page.text[0].value == "False"
    assert page.button[0].click().run().exception


@pytest.mark.usefixtures("closed")
def test_a_dialog_shows_nothing_to_who_is_not_let_in() -> None:
    page = AppTest.from_string(
        "import streamlit as st\n"
        "from ui.failures import failures_shown\n"
        "with failures_shown():\n"
        "    st.text('a passage')\n"
    ).run()
    assert not page.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("[::1]:8501", True),
        ("casebook.hospital.example", False),
        ("127.0.0.1.evil.example:8501", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_only_loopback_names_are_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here
