"""Who may import whom: reads the imports of every module and fails on an arrow that points up.

The picture is in docs and `architecture.md`: pages and ui on top, then use cases (the only ones that know
storage), then findings and charts, disclosure, statistics, questionnaire, and the floor that all stand on.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOOR = {"errors", "settings", "tokens", "clock", "network"}
PURE = FLOOR | {"questionnaire", "statistics", "disclosure", "findings", "charts", "pictures", "slides"}
USE_CASES = {"collect", "rounds", "alliance", "demo", "importing", "retreat", "reports"}

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "tokens": set(),
    "clock": set(),
    "network": set(),
    "settings": {"errors"},
    "serving": {"errors", "settings", "network"},
    "questionnaire": FLOOR,
    "statistics": FLOOR | {"questionnaire"},
    "disclosure": FLOOR | {"questionnaire", "statistics"},
    "findings": FLOOR | {"questionnaire", "statistics", "disclosure"},
    "charts": PURE - {"pictures", "slides"},
    "pictures": PURE - {"slides"},
    "slides": PURE,
    "storage": FLOOR | {"questionnaire", "disclosure"},
    "web": FLOOR,
    **dict.fromkeys(USE_CASES, PURE | USE_CASES | {"storage", "web"}),
    "commands": PURE | USE_CASES | {"storage"},
    "__main__": {"commands"},
    "ui": PURE | USE_CASES,
    "pages": (PURE | USE_CASES | {"ui"}) - {"statistics"},
    "app": FLOOR | USE_CASES | {"web", "ui"},
}
WIRING = {"assessment/ui/instance.py": {"storage"}}  # the one place where the screens are given their store

SCREEN = {"app", "pages", "ui"}
NUMERIC = {"statistics", "disclosure", "findings", "charts", "ui"} | USE_CASES | {"commands"}
ONLY_IN: dict[str, set[str]] = {
    "streamlit": SCREEN,
    "sqlalchemy": USE_CASES | {"storage", "commands"},
    "alembic": {"storage"},
    "psycopg": {"storage"},
    "starlette": USE_CASES | {"web", "app"},
    "plotly": {"charts", "ui", "reports"},
    "numpy": NUMERIC,
    "scipy": NUMERIC,
    "pandas": NUMERIC,
    "pydantic": {"questionnaire", "disclosure", "importing", "commands"},
}
STANDARD_LIBRARY_ONLY = FLOOR | {"serving"}
VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common", "stuff"}


class Arrow(NamedTuple):
    """One import: which file, of which part, points at which part of ours or at which library."""

    file: str
    part: str
    target: str
    ours: bool


def modules(root: Path) -> list[Path]:
    """Find every module of the product under `root`, as paths relative to it."""
    found = [*root.glob("app.py"), *root.glob("pages/*.py"), *root.glob("assessment/**/*.py")]
    return [path.relative_to(root) for path in found]


def part_of(module: Path) -> str:
    """Name the part that a module belongs to: a package or module of `assessment`, `pages`, or `app`."""
    place = module.with_suffix("").parts
    return place[1] if place[0] == "assessment" and place[1:] != ("__init__",) else place[0]


def imported(tree: ast.Module, module: Path) -> Iterator[str]:
    """Give the full dotted name of everything a module imports, at any depth, relative imports resolved."""
    package = module.parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield from (".".join((*above, *filter(None, (node.module, alias.name)))) for alias in node.names)


def arrows(root: Path) -> list[Arrow]:
    """Read every import that leaves its own part; the standard library does not count."""
    found = []
    for module in modules(root):
        part = part_of(module)
        for name in imported(ast.parse((root / module).read_text(encoding="utf-8")), module):
            first, *rest = name.split(".")
            ours = first == "assessment" and bool(rest)
            target = rest[0] if ours else first
            if target != part and first not in sys.stdlib_module_names:
                found.append(Arrow(module.as_posix(), part, target, ours))
    return found


def wrong(arrow: Arrow) -> str | None:
    """Say what is wrong with an arrow; None when it points where it may."""
    if arrow.part not in MAY_IMPORT:
        return f"{arrow.file}: say in MAY_IMPORT to which layer {arrow.part} belongs"
    if arrow.ours:
        allowed = MAY_IMPORT[arrow.part] | WIRING.get(arrow.file, set())
        return None if arrow.target in allowed else f"{arrow.file}: {arrow.part} must not know {arrow.target}"
    if arrow.part in STANDARD_LIBRARY_ONLY:
        return f"{arrow.file}: {arrow.part} stands on the standard library alone, not on {arrow.target}"
    if arrow.part not in ONLY_IN.get(arrow.target, {arrow.part}):
        return f"{arrow.file}: {arrow.target} is not for {arrow.part}"
    return None


def violations(root: Path) -> list[str]:
    """List every arrow under `root` that points up or at a library that is not for its part."""
    return sorted({said for arrow in arrows(root) if (said := wrong(arrow))})


def asks_for_a_role_first(source: str) -> bool:
    """Tell whether the first thing a page does after its imports is `require(...)` of `assessment.ui`, with a role."""
    body = ast.parse(source).body
    imports = [node for node in body if isinstance(node, ast.ImportFrom)]
    names = {
        f"{alias.asname or alias.name}" + (".require" if node.module == "assessment" else "")
        for node in imports
        for alias in node.names
        if (node.module, alias.name) in {("assessment", "ui"), ("assessment.ui", "require")}
    }
    skipped = (ast.Import, ast.ImportFrom)
    acts = [node for node in body if not isinstance(node, skipped) and not _is_text(node)]
    call = getattr(acts[0], "value", None) if acts else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) in names and bool(call.args)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


PAGES = [path for path in modules(ROOT) if path.parts[0] == "pages"]


def test_there_is_something_to_check() -> None:
    parts = {part_of(module) for module in modules(ROOT)}
    assert len(modules(ROOT)) > 50
    assert {"app", "pages", "ui", "collect", "rounds", "storage", "disclosure", "statistics", "questionnaire"} <= parts
    assert {"streamlit", "sqlalchemy", "starlette", "numpy", "plotly"} <= {arrow.target for arrow in arrows(ROOT)}
    assert len(PAGES) > 2


def test_no_arrow_points_up() -> None:
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("assessment/statistics/means.py", "import streamlit as st", "streamlit is not for statistics"),
        ("assessment/statistics/means.py", "from assessment import disclosure", "statistics must not know disclosure"),
        ("assessment/statistics/means.py", "from ..storage import engine", "statistics must not know storage"),
        (
            "assessment/disclosure/door.py",
            "from assessment.storage.tables import Base",
            "disclosure must not know storage",
        ),
        ("assessment/charts/ranked.py", "def draw():\n    import sqlalchemy.orm", "sqlalchemy is not for charts"),
        ("assessment/findings/words.py", "from assessment.rounds import seal", "findings must not know rounds"),
        ("assessment/questionnaire/values.py", "import numpy as np", "numpy is not for questionnaire"),
        ("assessment/storage/engine.py", "from assessment.collect import web", "storage must not know collect"),
        ("assessment/rounds/sealing.py", "from assessment.ui import panels", "rounds must not know ui"),
        ("assessment/collect/web.py", "import streamlit", "streamlit is not for collect"),
        ("assessment/ui/panels.py", "from assessment.storage.engine import Store", "ui must not know storage"),
        ("assessment/ui/panels.py", "from sqlalchemy import select", "sqlalchemy is not for ui"),
        ("assessment/serving.py", "import requests", "serving stands on the standard library alone, not on requests"),
        ("assessment/novelty.py", "import numpy", "say in MAY_IMPORT to which layer novelty belongs"),
        ("pages/overview.py", "import pandas as pd", "pandas is not for pages"),
        ("pages/overview.py", "import plotly.express as px", "plotly is not for pages"),
        ("pages/overview.py", "from assessment.storage import tables", "pages must not know storage"),
    ],
)
def test_a_planted_arrow_is_caught(tmp_path: Path, file: str, line: str, said: str) -> None:
    planted = tmp_path / file
    planted.parent.mkdir(parents=True)
    planted.write_text(f"from pathlib import Path\nfrom assessment.errors import TendError\n{line}\n")
    assert violations(tmp_path) == [f"{file}: {said}"]


def test_the_app_is_at_most_forty_lines() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_at_most_sixty_lines(page: Path) -> None:
    assert len((ROOT / page).read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_first_asks_for_the_role_it_needs(page: Path) -> None:
    assert asks_for_a_role_first((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ('"""A page."""\nfrom assessment import ui\nperson = ui.require(*ui.EVERYONE)', True),
        ("from assessment.ui import require\nrequire('owner')", True),
        ("from assessment import ui\nui.title('x')\nui.require(*ui.EVERYONE)", False),
        ("from assessment import ui\nperson = ui.require()", False),
        ("from somewhere import ui\nui.require('owner')", False),
        ("from assessment import ui\nif True:\n    ui.require('owner')", False),
        ("from assessment import ui", False),
    ],
)
def test_a_page_that_asks_late_or_not_at_all_is_caught(source: str, asks: bool) -> None:
    assert asks_for_a_role_first(source) is asks


def test_no_module_has_a_vague_name() -> None:
    assert [path for path in modules(ROOT) if VAGUE & {*path.with_suffix("").parts, *path.stem.split("_")}] == []
