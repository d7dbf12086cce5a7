"""An alliance with an open round, made from rows alone, and people who visit its members' door."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment.collect.web import routes
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.snapshot import fingerprint, freeze
from assessment.questionnaire.values import Questionnaire
from assessment.settings import ROOT, Settings
from assessment.storage import ballots as rows
from assessment.storage.boxes import make_boxes
from assessment.storage.engine import Store, migrate, open_store
from assessment.storage.tables import Alliance, Ballot, Instance, Organisation, RosterEntry, Round, State
from assessment.tokens import new_token, short_digest

BASE = "http://127.0.0.1"
ORGANISATIONS = ("Dockers' Union", "Harbour Choir", "Tenants of Quay Street")


@dataclass(frozen=True, repr=False)
class World:
    """An open round and the store that holds it."""

    store: Store
    settings: Settings
    round_id: str
    questionnaire: Questionnaire
    organisations: tuple[str, ...]

    def code(self, seats: int = 1, organisation: str | None = None) -> str:
        """Make a code and return it in plain."""
        code = new_token()
        row = {
            "code_hash": short_digest(code),
            "round_id": self.round_id,
            "organisation_id": organisation,
            "seats": seats,
        }
        with self.store.write() as session:
            rows.insert_codes(session, [row])
        return code

    def ballots(self) -> list[Ballot]:
        """Return every ballot as stored."""
        with self.store.read() as session:
            return list(session.scalars(select(Ballot).order_by(Ballot.key_hash)))

    def close(self) -> None:
        """Seal the round as far as the members' door can tell: state and ballots."""
        with self.store.write() as session:
            session.execute(update(Round).where(Round.id == self.round_id).values(state=State.SEALED))
            rows.destroy_ballots(session, self.round_id)

    def app(self) -> Starlette:
        """Return the members' door alone."""
        return Starlette(routes=routes(self.store, self.settings))

    def visitor(self, **options: object) -> TestClient:
        """Return a new browser without scripts and without cookies; redirects are followed."""
        headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
        return TestClient(self.app(), base_url=BASE, headers=headers, **options)  # type: ignore[arg-type]

    def joined(self, code: str | None = None, **choices: str) -> TestClient:
        """Return a visitor who has begun to answer."""
        visitor = self.visitor()
        assert visitor.post("/join", data={"code": code or self.code()}).status_code == 200
        begun = visitor.post("/start", data=choices)
        assert begun.url.path.startswith("/answer/"), begun.text
        return visitor


def core() -> Questionnaire:
    """Return the core questionnaire as it is shipped."""
    return load_questionnaire(ROOT / "data" / "instruments" / "core")


def bilingual(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire that can also be read from right to left."""
    english = questionnaire.texts["en"]
    arabic = dataclasses.replace(english, language="ar", direction="rtl", title="كيف حال تحالفنا؟", dont_know="لا أعرف")
    return dataclasses.replace(questionnaire, texts={"en": english, "ar": arabic})


def make_world(
    url: str, rules: Rules | None = None, questionnaire: Questionnaire | None = None, *, sample: bool = False
) -> World:
    """Migrate an empty database and open a round in it."""
    migrate(url)
    store, rules, asked = open_store(url), rules or Rules(), questionnaire or core()
    frozen = freeze(asked)
    with store.write() as session:
        session.execute(update(Instance).values(sample=sample))
        alliance = Alliance(id="alliance", name="Harbour Alliance", language="en", created_at=datetime.now(UTC))
        session.add(alliance)
        session.flush()
        round_ = Round(
            id="spring",
            alliance_id="alliance",
            name="Spring 2027",
            state=State.OPEN,
            short_form=False,
            languages=list(asked.texts),
            questionnaire=frozen,
            questionnaire_hash=fingerprint(frozen),
            k=rules.k,
            k_text=rules.k_text,
            protection=rules.protection,
            attribution=rules.attribution,
            breakdown=rules.breakdown,
            lens=rules.lens,
            created_at=datetime.now(UTC),
            opened_at=datetime.now(UTC),
            ends_on=date(2099, 12, 12),
        )
        session.add(round_)
        session.flush()
        for number, name in enumerate(ORGANISATIONS):
            one = Organisation(id=f"org{number}", alliance_id="alliance", name=name, short_name=name[:24], headcount=9)
            session.add(one)
            session.flush()
            session.add(RosterEntry(round_id="spring", organisation_id=one.id, name=name, chapter=None, headcount=9))
        session.flush()
        make_boxes(session, "spring")
    return World(store, Settings(url, None, ROOT / "data"), "spring", asked, ("org0", "org1", "org2"))


ATTRIBUTED = Rules(attribution=Attribution.OWN, breakdown=Breakdown.ORGANISATIONS, lens=Lens.ORGANISATIONS)
OPEN_LEVEL = Rules(protection=Protection.OPEN, breakdown=Breakdown.ROLES)
