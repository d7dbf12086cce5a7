"""Accounts of those who may sign in: owners, coordinators, viewers, readers. Members never have one."""

from __future__ import annotations

import re
from unicodedata import category

from assessment import clock
from assessment.alliance import passwords
from assessment.alliance.values import FieldFaults, Person, person
from assessment.errors import TendError
from assessment.storage import alliance as alliances
from assessment.storage import audit, people
from assessment.storage.engine import Store
from assessment.storage.tables import Account, Membership, Role
from assessment.web.forms import unusable

_EMAIL = re.compile(r"[^@\s\"<>,;:]+@[^@\s\"<>,;:]+")

SEEN = frozenset("LNPS")
"""What can be seen: letters, numbers, punctuation, symbols. A name of blanks and invisible joiners is none."""


def one_form(email: str) -> str:
    """Return an e-mail address as it is stored and compared: no blanks around, lower case."""
    return email.strip().lower()


def name_fault(name: str, longest: int = 120, what: str = "name") -> str | None:
    """Return what is wrong with a name, None when it may be stored."""
    if not any(category(letter)[0] in SEEN for letter in name):
        return f"Write a {what}."
    if len(name) > longest:
        return f"The {what} is too long: {longest} characters at most."
    if unusable(name) or name.splitlines() != [name]:
        return f"The {what} holds invisible characters. Type it again."
    return None


def email_fault(email: str) -> str | None:
    """Return what is wrong with an e-mail address, None when it may be stored."""
    if not email.strip():
        return "Write an e-mail address."
    if len(email) > 254 or unusable(email) or not _EMAIL.fullmatch(one_form(email)):
        return "This is not an e-mail address. Write it like name@example.org"
    return None


def create(
    store: Store,
    alliance_id: str,
    name: str,
    email: str,
    role: Role,
    *,
    organisation_id: str | None = None,
    password: str | None = None,
    by: str | None = None,
) -> str:
    """Let somebody sign in to an alliance and return the password, an invented one where none is given.

    `organisation_id` is what a reader may see, and only a reader has one. Raise FieldFaults where a field cannot be
    stored or the address has an account already.
    """
    chosen = password or passwords.invented()
    faults = {
        "name": name_fault(name),
        "email": email_fault(email),
        "password": passwords.fault(chosen, one_form(email), name),
        "role": _role_fault(role, organisation_id),
    }
    refuse(faults)
    stored = passwords.hashed(chosen)
    with store.write() as session:
        if people.find_account(session, one_form(email)):
            raise FieldFaults({"email": "This e-mail address has an account already. Use another one."})
        found = organisation_id and alliances.find_organisation(session, organisation_id)
        if organisation_id and not (found and found.alliance_id == alliance_id):
            raise FieldFaults({"role": "This organisation is not part of the alliance. Choose one of the list."})
        account = Account(email=one_form(email), name=name.strip(), password_hash=stored, created_at=clock.now())
        membership = Membership(alliance_id=alliance_id, role=role, organisation_id=organisation_id)
        people.add_account(session, account, membership)
        audit.note(session, by, "account added", f"{one_form(email)} as {role}")
    return chosen


def list_people(store: Store, alliance_id: str) -> tuple[Person, ...]:
    """Return everybody who may sign in to an alliance, by name."""
    with store.read() as session:
        sample = alliances.peek(session).sample
        return tuple(person(row, sample) for row in people.list_members(session, alliance_id))


def remove(store: Store, alliance_id: str, account_id: str, *, by: str | None = None) -> None:
    """Take the right to sign in from somebody; raise TendError for a stranger and for the last owner."""
    with store.write() as session:
        row = people.find_member(session, account_id, alliance_id)
        if row is None:
            raise TendError("There is no such person in this alliance. Reload the page to see who is there.")
        if row.membership.role == Role.OWNER and people.count_owners(session, alliance_id) == 1:
            raise TendError("This is the only owner. Add another owner first, or nobody could manage who signs in.")
        audit.note(session, by, "account removed", row.account.email)
        people.delete_account(session, account_id)


def _role_fault(role: Role, organisation_id: str | None) -> str | None:
    if (role == Role.READER) != (organisation_id is not None):
        return "A reader reads for one organisation, and nobody else has one. Choose an organisation for a reader."
    return None


def refuse(faults: dict[str, str | None]) -> None:
    """Raise FieldFaults where a field has one."""
    found = {name: fault for name, fault in faults.items() if fault}
    if found:
        raise FieldFaults(found)
