"""Several use cases as one transaction: all of them are kept, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from assessment.storage.engine import Store


@contextmanager
def together(store: Store) -> Iterator[Store]:
    """Give a store whose reads and writes all happen in one transaction of `store`, committed on leaving.

    Not for sealing, which cleans the files between transactions.
    """
    with store.write() as session:
        yield _Joined(store, session)


class _Joined(Store):
    """A store that is inside a transaction already."""

    def __init__(self, outer: Store, session: Session) -> None:
        self.url = outer.url
        self.engine = outer.engine
        self._session = session

    @contextmanager
    def read(self) -> Iterator[Session]:
        yield self._session

    @contextmanager
    def write(self) -> Iterator[Session]:
        yield self._session
        self._session.flush()

    def purge(self) -> None:
        raise RuntimeError("cleaning the files inside a transaction is not possible")
