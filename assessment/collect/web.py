"""The members' door as routes: plain pages that need no script, no account and no Streamlit."""

from __future__ import annotations

from starlette.routing import Route

from assessment.collect.answering import AnsweringPages
from assessment.collect.asked import AskedRounds
from assessment.collect.desk import Desk
from assessment.collect.finishing import FinishingPages
from assessment.collect.joining import JoiningPages
from assessment.collect.screens import Screens
from assessment.settings import Settings
from assessment.storage.engine import Store
from assessment.web.routes import Plainly


def routes(store: Store, settings: Settings) -> list[Route]:
    """Return every address of the members' door."""
    desk = Desk(store, settings, AskedRounds(store), Screens())
    joining, answering, finishing = JoiningPages(desk), AnsweringPages(desk), FinishingPages(desk)
    gets = {
        "/join": joining.ask_code,
        "/start": joining.first_page,
        "/return": joining.return_code,
        "/forget": joining.ask_forget,
        "/forgotten": joining.forgotten,
        "/answer": answering.resume,
        "/answer/{section}": answering.show,
        "/review": finishing.review,
        "/send": finishing.before_sending,
        "/mirror": finishing.mirror,
        "/withdraw": finishing.ask_withdraw,
        "/withdrawn": finishing.withdrawn,
    }
    posts = {
        "/join": joining.take_code,
        "/start": joining.start,
        "/return": joining.take_code,
        "/forget": joining.forget,
        "/answer/{section}": answering.save,
        "/send": finishing.send,
        "/withdraw": finishing.withdraw,
    }
    return [
        *(Route(path, Plainly(desk.guarded(handler)), methods=["GET"]) for path, handler in gets.items()),
        *(Route(path, Plainly(desk.guarded(handler)), methods=["POST"]) for path, handler in posts.items()),
    ]
