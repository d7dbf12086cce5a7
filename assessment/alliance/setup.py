"""The first minutes of an instance: the one-time link, the sample alliance, an alliance of one's own."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from assessment import clock, tokens
from assessment.alliance import passwords, sign_in
from assessment.alliance.accounts import email_fault, name_fault, one_form
from assessment.alliance.values import FieldFaults
from assessment.errors import TendError
from assessment.rounds.collecting import finish_purge
from assessment.storage import alliance as alliances
from assessment.storage import audit, people
from assessment.storage.engine import Store
from assessment.storage.tables import Account, Alliance, Instance, Membership, Role

SAMPLE_EMAIL = "coordinator@sample.invalid"
STALE_LINK = (
    "This link is not valid any more. Whoever runs this server gets a fresh one with: python -m assessment setup-link"
)
TAKEN = (
    "An alliance is set up here already. Sign in; who forgot the password runs: "
    "python -m assessment doctor --reset-password EMAIL"
)

FILLING = (
    "The sample alliance is being written here at this moment. Look around in it first; it can be emptied for your own."
)


class NotAllowed(TendError):
    """Refuse an act of setting up: without the link, or in an instance that is set up."""

    http_status = 403


def setup_link(store: Store, base: str) -> str:
    """Return a fresh one-time link for the first page; older ones end. Raise NotAllowed in an alliance's own instance.

    In an instance of the sample the link signs its holder in again.
    """
    token = tokens.new_token()
    with store.write() as session:
        row = alliances.instance(session)
        if not (row.sample or alliances.is_empty(session)):
            raise NotAllowed(TAKEN)
        row.setup_hash = tokens.digest(token)
    return f"{base.rstrip('/')}/setup/{token}"


def is_empty(store: Store) -> bool:
    """Tell whether nobody has set up an alliance here."""
    with store.read() as session:
        return alliances.is_empty(session)


def is_sample(store: Store) -> bool:
    """Tell whether this instance is marked as a sample."""
    with store.read() as session:
        return alliances.peek(session).sample


def sample_code(store: Store) -> str | None:
    """Return the shared code of the sample's open round, to be shown to everyone; None elsewhere."""
    with store.read() as session:
        row = alliances.peek(session)
        return row.sample_code if row.sample else None


def keep_sample_code(store: Store, code: str) -> None:
    """Keep the shared code of the sample's open round in the clear: it protects nobody, and only there."""
    with store.write() as session:
        row = alliances.instance(session)
        if not row.sample:
            raise NotAllowed("Only a sample instance shows a code to everyone.")
        row.sample_code = code


def holds_link(store: Store, token: str | None) -> bool:
    """Tell whether a token is the one of the current set-up link."""
    with store.read() as session:
        return _fits(alliances.peek(session), token)


def set_up(store: Store, token: str | None, alliance_name: str, owner_name: str, email: str, password: str) -> str:
    """Set up an alliance with its owner and return the owner's sign-in token; the link is used up.

    Raise FieldFaults for what cannot be stored, NotAllowed without the link or where an alliance is already.
    """
    with store.read() as session:  # before a stranger costs us the hashing of a password
        _check_set_up(session, token)
    faults = {
        "alliance": name_fault(alliance_name, what="name for the alliance"),
        "name": name_fault(owner_name),
        "email": email_fault(email),
        "password": passwords.fault(password, one_form(email), alliance_name, owner_name),
    }
    if any(faults.values()):
        raise FieldFaults({name: fault for name, fault in faults.items() if fault})
    account = Account(
        email=one_form(email), name=owner_name.strip(), password_hash=passwords.hashed(password), created_at=clock.now()
    )
    with store.write() as session:
        row = alliances.instance(session)
        _check_set_up(session, token)
        row.setup_hash = None
        alliance_id = alliances.add_alliance(session, Alliance(name=alliance_name.strip(), created_at=clock.now()))
        people.add_account(session, account, Membership(alliance_id=alliance_id, role=Role.OWNER))
        audit.note(session, account.id, "alliance set up", alliance_name.strip())
    return sign_in.start_without_password(store, account.id)


def fill_with_sample(store: Store, token: str | None, fill: Callable[[Store], object] | None = None) -> str:
    """Fill an empty instance with the sample alliance and return its coordinator's sign-in token.

    `fill` writes the sample (default: `assessment.demo.fill`). The instance is marked as a sample before the first
    row of it, and is empty again, with its link, where filling failed. Raise NotAllowed as `set_up`.
    """
    with store.write() as session:
        row = alliances.instance(session)
        used = row.setup_hash
        _use_link(row, token, alliances.is_empty(session))
        row.sample = True
    try:
        (fill or _demo())(store)
        return _sample_sign_in(store)
    except BaseException:
        _empty(store, used)
        raise


def enter_sample(store: Store, token: str | None) -> str:
    """Sign the holder of a set-up link in to the sample again; raise NotAllowed elsewhere."""
    with store.write() as session:
        row = alliances.instance(session)
        if not row.sample:
            raise NotAllowed(TAKEN)
        _use_link(row, token, True)
    return _sample_sign_in(store)


def start_our_own(store: Store) -> str:
    """Empty an instance that is a sample and return the token of a fresh set-up link; raise NotAllowed elsewhere."""
    token = tokens.new_token()
    with store.read() as session:
        if not alliances.peek(session).sample:
            raise NotAllowed("This is not a sample: it holds a real alliance and is not emptied.")
    _empty(store, tokens.digest(token))
    return token


def _fits(row: Instance, token: str | None) -> bool:
    plain = tokens.read_token(token) if token else None
    return plain is not None and row.setup_hash is not None and tokens.digest(plain) == row.setup_hash


def _check_set_up(session: Session, token: str | None) -> None:
    row = alliances.peek(session)
    _check_link(row, token, alliances.is_empty(session))
    if row.sample:
        raise NotAllowed(FILLING)


def _check_link(row: Instance, token: str | None, empty: bool) -> None:
    if not empty:
        raise NotAllowed(TAKEN)
    if not _fits(row, token):
        raise NotAllowed(STALE_LINK)


def _use_link(row: Instance, token: str | None, empty: bool) -> None:
    _check_link(row, token, empty)
    row.setup_hash = None


def _empty(store: Store, setup_hash: bytes | None) -> None:
    with store.write() as session:
        row = alliances.instance(session)
        if not row.sample:
            raise NotAllowed("This is not a sample: it holds a real alliance and is not emptied.")
        alliances.delete_everything(session)
        row.sample, row.sample_code, row.setup_hash, row.purge_due = False, None, setup_hash, True
    # Whoever keeps the files busy delays the cleaning only: the instance is empty by now.
    finish_purge(store)


def _sample_sign_in(store: Store) -> str:
    stored = passwords.hashed(passwords.invented())
    with store.write() as session:
        account = people.find_account(session, SAMPLE_EMAIL)
        if account is None:
            alliance = alliances.first_alliance(session)
            if alliance is None:
                raise TendError("The sample is empty. Fill it again: python -m assessment demo")
            account = Account(
                email=SAMPLE_EMAIL, name="Sample coordinator", password_hash=stored, created_at=clock.now()
            )
            people.add_account(session, account, Membership(alliance_id=alliance.id, role=Role.COORDINATOR))
    return sign_in.start_without_password(store, account.id)


def _demo() -> Callable[[Store], object]:
    # Imported when it is needed: an alliance's own instance never loads it.
    from assessment.demo import fill

    return fill
