"""Who may sign in: accounts, memberships, sessions, known browsers, wrong guesses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assessment.storage.columns import insert_into
from assessment.storage.tables import Account, Alliance, Guess, KnownBrowser, Membership, Role, SignIn

SIGN_IN_LASTS, BROWSER_KNOWN_FOR = timedelta(hours=12), timedelta(days=90)
SKEW = timedelta(hours=1)
"""How far apart the clocks of two servers may be before what one made counts for nothing at the other."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An account with its membership of one alliance."""

    account: Account
    membership: Membership
    alliance: Alliance


def find_account(session: Session, email: str) -> Account | None:
    """Return the account of an e-mail address in its one form, None when there is none."""
    return session.scalars(select(Account).where(Account.email == email)).one_or_none()


def get_account(session: Session, account_id: str) -> Account | None:
    """Return an account by its id."""
    return session.get(Account, account_id)


def add_account(session: Session, account: Account, membership: Membership) -> None:
    """Store an account with its membership."""
    session.add(account)
    session.flush()
    membership.account_id = account.id
    session.add(membership)
    session.flush()


def list_members(session: Session, alliance_id: str) -> list[MemberRow]:
    """Return everybody who may sign in to an alliance, by name."""
    wanted = _members().where(Membership.alliance_id == alliance_id).order_by(Account.name, Account.id)
    return [MemberRow(*row) for row in session.execute(wanted)]


def find_member(session: Session, account_id: str, alliance_id: str) -> MemberRow | None:
    """Return one person's membership."""
    wanted = _members().where(Membership.alliance_id == alliance_id, Account.id == account_id)
    row = session.execute(wanted).one_or_none()
    return MemberRow(*row) if row else None


def count_owners(session: Session, alliance_id: str) -> int:
    """Return how many owners an alliance has; the rows are locked, so that the last one cannot go twice."""
    owners = select(Membership).where(Membership.alliance_id == alliance_id, Membership.role == Role.OWNER)
    return len(session.scalars(owners.with_for_update()).all())


def delete_account(session: Session, account_id: str) -> None:
    """Delete an account with its membership and sessions."""
    session.execute(delete(Account).where(Account.id == account_id))


def add_sign_in(session: Session, token_hash: bytes, account_id: str, expires_at: datetime) -> None:
    """Store a session of somebody who signed in."""
    session.add(SignIn(token_hash=token_hash, account_id=account_id, expires_at=expires_at))


def find_sign_in(session: Session, token_hash: bytes, now: datetime) -> MemberRow | None:
    """Return who signed in with this token; None when it is unknown or has expired."""
    wanted = (
        _members()
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash, _runs(SignIn.expires_at, now, SIGN_IN_LASTS))
        .order_by(Alliance.created_at, Alliance.id)
    )
    row = session.execute(wanted).first()
    return MemberRow(*row) if row else None


def end_sign_in(session: Session, token_hash: bytes) -> None:
    """Forget one session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash))


def end_sign_ins(session: Session, account_id: str) -> None:
    """Forget every session and known browser of an account."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    session.execute(delete(KnownBrowser).where(KnownBrowser.account_id == account_id))


def delete_expired(session: Session, now: datetime) -> None:
    """Forget sessions and known browsers whose time has passed."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    session.execute(delete(KnownBrowser).where(KnownBrowser.expires_at <= now))


def add_known_browser(session: Session, token_hash: bytes, account_id: str, expires_at: datetime) -> None:
    """Remember a browser in which an account signed in."""
    session.add(KnownBrowser(token_hash=token_hash, account_id=account_id, expires_at=expires_at))


def knows_browser(session: Session, token_hash: bytes, email: str, now: datetime) -> bool:
    """Tell whether somebody signed in to this very account in this browser before."""
    wanted = (
        select(KnownBrowser.token_hash)
        .join(Account, Account.id == KnownBrowser.account_id)
        .where(KnownBrowser.token_hash == token_hash, Account.email == email)
        .where(_runs(KnownBrowser.expires_at, now, BROWSER_KNOWN_FOR))
    )
    return session.execute(wanted).first() is not None


def is_known_browser(session: Session, token_hash: bytes, now: datetime) -> bool:
    """Tell whether a browser is remembered for any account."""
    runs = _runs(KnownBrowser.expires_at, now, BROWSER_KNOWN_FOR)
    wanted = select(KnownBrowser.token_hash).where(KnownBrowser.token_hash == token_hash, runs)
    return session.execute(wanted).first() is not None


def subject(email: str) -> bytes:
    """Return under what wrong guesses at an address are counted; "" stands for all of them together."""
    return hashlib.sha256(email.encode()).digest()


def failures(session: Session | Connection, subject: bytes, now: datetime, window: timedelta) -> int:
    """Return how many wrong guesses a subject had in the window that still runs."""
    wanted = select(Guess.failures).where(Guess.subject == subject, _in_window(now, window))
    return session.scalar(wanted) or 0


def note_failure(
    session: Session | Connection, subject: bytes, now: datetime, window: timedelta, times: int = 1
) -> int:
    """Count more wrong guesses for a subject, and forget windows that have passed; return how many it has now.

    Whoever counts for the same subject at the same moment waits until this transaction ends.
    """
    session.execute(delete(Guess).where(not_(_in_window(now, window))))
    put = insert_into(session.connection() if isinstance(session, Session) else session)(Guess)
    put = put.values(subject=subject, failures=times, since=now)
    more = {"failures": Guess.failures + put.excluded.failures}
    counted = put.on_conflict_do_update(index_elements=[Guess.subject], set_=more).returning(Guess.failures)
    return int(session.execute(counted).scalar_one())


def forget_failures(session: Session, subject: bytes) -> None:
    """Start a subject's count anew."""
    session.execute(delete(Guess).where(Guess.subject == subject))


def _runs(expires_at: InstrumentedAttribute[datetime], now: datetime, lasts: timedelta) -> ColumnElement[bool]:
    """Whether something has not expired, and was not made by a clock that was years ahead."""
    return and_(expires_at > now, expires_at <= now + lasts + SKEW)


def _in_window(now: datetime, window: timedelta) -> ColumnElement[bool]:
    return and_(Guess.since > now - window, Guess.since <= now + SKEW)


def _members() -> Select[Account, Membership, Alliance]:
    return (
        select(Account, Membership, Alliance)
        .join(Membership, Membership.account_id == Account.id)
        .join(Alliance, Alliance.id == Membership.alliance_id)
    )
