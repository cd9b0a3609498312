"""Who may do what on the page, read from the secrets file. Pure.

    [casebook]
    idle_minutes = 15

    [casebook.roles]
    read = ["*"]
    build = ["groups=casebook-builders", "email=ana@hospital.example"]

An entry is "*" for everybody who has signed in, or `claim=value`: a claim of the identity token
that is that value, or a list that has it. Who builds may also read. What is not named is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["read", "build"]
READ: Final = "read"
BUILD: Final = "build"
EVERYBODY: Final = "*"
IDLE_MINUTES = 15.0
"""After which an unused sign-in ends: what NIST SP 800-63B asks for at its highest level (AAL3)."""


class RulesError(Exception):
    """The secrets file cannot be understood; nobody is let in then."""


@dataclass(frozen=True)
class Rules:
    """Who may read and who may build, and when an unused sign-in ends."""

    read: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    idle_minutes: float = IDLE_MINUTES


def rules_of(secrets: Mapping[str, object]) -> Rules | None:
    """The rules of a secrets file; None where it sets up no sign-in. Raises `RulesError`."""
    section = _table(secrets, "casebook")
    if "auth" not in secrets:
        if section:
            raise RulesError("[casebook] needs [auth] beside it: without, nobody can sign in.")
        return None
    roles = _table(section, "roles")
    _refuse_unknown("[casebook]", section, ("roles", "idle_minutes"))
    _refuse_unknown("[casebook.roles]", roles, (READ, BUILD))
    return Rules(_entries(roles, READ), _entries(roles, BUILD), _minutes(section))


def allowed(rules: Rules, claims: Mapping[str, object], role: Role) -> bool:
    """Whether somebody with these claims may do this.

    >>> allowed(Rules(build=("groups=library",)), {"groups": ["library", "ward 4"]}, "read")
    True
    """
    entries = rules.build if role == BUILD else rules.read + rules.build
    return any(_fits(entry, claims) for entry in entries)


def _fits(entry: str, claims: Mapping[str, object]) -> bool:
    if entry == EVERYBODY:
        return True
    claim, _, value = entry.partition("=")
    if claim == "email" and str(claims.get("email_verified", True)).lower() == "false":
        return False  # the provider itself does not know whose address it is
    found = claims.get(claim)
    return value in found if isinstance(found, list | tuple) else found == value


def _table(parent: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = parent.get(name, {})
    if not isinstance(table, Mapping):
        raise RulesError(f"'{name}' must be a table.")
    return table


def _refuse_unknown(where: str, table: Mapping[str, object], known: Sequence[str]) -> None:
    for name in table:
        if name not in known:
            raise RulesError(f"{where} has '{name}'; it may have {' and '.join(known)}.")


def _entries(roles: Mapping[str, object], role: Role) -> tuple[str, ...]:
    entries = roles.get(role, [])
    if not isinstance(entries, list | tuple):
        raise RulesError(f"'{role}' in [casebook.roles] must be a list.")
    for entry in entries:
        claim, _, value = str(entry).partition("=")
        if entry != EVERYBODY and not (claim and value):
            raise RulesError(f'\'{entry}\' in [casebook.roles] must be "*" or "claim=value".')
    return tuple(str(entry) for entry in entries)


def _minutes(section: Mapping[str, object]) -> float:
    minutes = section.get("idle_minutes", IDLE_MINUTES)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not minutes > 0:
        raise RulesError("idle_minutes in [casebook] must be a number above 0.")
    return float(minutes)
