"""Whether who visits the page may read or build.

    if may(BUILD): ...          to show a button
    require(BUILD)              first in every callback that changes anything

Hiding a page or a button protects nothing: a browser can send any callback of a page that it has
drawn once. Without `[auth]` in the secrets file whoever sits at this machine may do both, and
nobody else anything. With it, the roles of `[casebook.roles]` decide (`ui/rules.py`).
"""

import time
from collections.abc import Mapping
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from ui.activity import Activity, SignIn
from ui.rules import BUILD, READ, Role, Rules, RulesError, allowed, rules_of

__all__ = [
    "BUILD",
    "READ",
    "NotAllowedError",
    "Role",
    "end_sign_in",
    "is_loopback",
    "may",
    "require",
    "rules",
    "signed_in",
    "signed_in_name",
]
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Set by a proxy: who sent these does not sit at this machine."""


class NotAllowedError(Exception):
    """Somebody asked for what they may not do."""

    def __init__(self, role: Role) -> None:
        what = "change the library" if role == BUILD else "read here"
        super().__init__(
            f"You may not {what}, or you were signed out. Sign in again, or ask whoever runs "
            "this server."
        )


def may(role: Role) -> bool:
    """Whether the visitor may do this now. Looking is not using: it keeps no sign-in alive."""
    return _may(role, using=False)


def require(role: Role) -> None:
    """Pass if the visitor may do this, and note that they are here; else `NotAllowedError`."""
    if not _may(role, using=True):
        raise NotAllowedError(role)


def rules() -> Rules | None:
    """The rules in force; None without sign-in. Raises `RulesError`."""
    if not st.secrets.load_if_toml_exists():
        # Streamlit takes a file that it cannot read for none, which would let people in.
        for path in map(str, st.get_option("secrets.files")):
            if Path(path).exists():
                raise RulesError(f"{path} cannot be read as TOML.")
        return None
    return rules_of(st.secrets.to_dict())


def end_sign_in() -> None:
    """Forget the visitor's sign-in on the server, whatever cookies are left in browsers."""
    in_force = rules()
    claims = _claims()
    if in_force and claims is not None:
        _activity(in_force.idle_minutes).end(_sign_in(claims), time.time())


def signed_in() -> bool:
    """Whether the browser brought a sign-in, ended or not."""
    return _claims() is not None


def signed_in_name() -> str:
    """What the visitor is called, as the provider says it; as escaped as any other text."""
    claims = _claims() or {}
    return str(claims.get("name") or claims.get("email") or claims.get("sub") or "somebody")


def _may(role: Role, using: bool) -> bool:
    try:
        in_force = rules()
    except RulesError:
        return False
    if in_force is None:
        return _at_this_machine()
    claims = _claims()
    if claims is None or not allowed(in_force, claims, role):
        return False
    activity = _activity(in_force.idle_minutes)
    look = activity.use if using else activity.alive
    return look(_sign_in(claims), _issued(claims), time.time())


def _at_this_machine() -> bool:
    """Connected over loopback, by a loopback name, without a proxy between.

    Streamlit gives None for loopback, and AppTest, which connects nobody, no text either.
    """
    headers = st.context.headers
    if isinstance(st.context.ip_address, str) or any(name in headers for name in _FORWARDED):
        return False
    return is_loopback(headers.get("host", "localhost"))


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine and nothing else.

    >>> is_loopback("127.0.0.1:8501"), is_loopback("[::1]"), is_loopback("evil.example:8501")
    (True, True, False)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _claims() -> Mapping[str, object] | None:
    """What the provider says of the visitor; None where nobody has signed in."""
    claims = st.user.to_dict()
    return claims if claims.get("is_logged_in") is True else None


def _sign_in(claims: Mapping[str, object]) -> SignIn:
    return str(claims.get("iss")), str(claims.get("sub")), str(claims.get("iat"))


def _issued(claims: Mapping[str, object]) -> float:
    """Seconds since 1970; a token that does not say so is taken for long idle."""
    issued = claims.get("iat")
    return float(issued) if isinstance(issued, int | float) else 0.0


@cache
def _activity(idle_minutes: float) -> Activity:
    return Activity(idle_minutes * 60)
