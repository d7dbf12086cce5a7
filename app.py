"""Tend: members' pages, sign-in and the screens of coordinators in one process."""

import streamlit as st
from starlette.middleware import Middleware

from assessment.alliance import sheet
from assessment.alliance import web as alliance
from assessment.alliance.gate import Gate
from assessment.collect import web as collect
from assessment.reports import web as results
from assessment.retreat import web as room
from assessment.settings import ROOT
from assessment.ui.instance import settings, store
from assessment.ui.navigation import FIRST
from assessment.web.compressed import Compressed

doors = (alliance, collect, sheet, results, room)
routes = [route for door in doors for route in door.routes(store(), settings())]

app = st.App(
    ROOT / "assessment" / "ui" / "shell.py",
    routes=routes,
    lifespan=room.lifespan(store()),
    middleware=[
        Middleware(Gate, store=store(), settings=settings(), routes=routes, first_page=FIRST),
        Middleware(Compressed),
    ],
)
