"""A plan as plain JSON data. It is stored with the retreat, so every field is checked when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from assessment.slides.step_faults import PlanError, checked
from assessment.slides.steps import Kind, Plan, Step

LONGEST_ID, LONGEST_NAME = 20, 80
"""Characters of a step's id, and of the id of what it shows."""
UNREADABLE = "This plan cannot be read. Make a new one from the results."
_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "kind": (str,),
    "question": (str,),
    "title": (str, type(None)),
    "measure": (str, type(None)),
    "options": (list,),
    "text_id": (str, type(None)),
    "minutes": (int, type(None)),
    "predict": (bool,),
    "guess": (str,),
}


def to_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as dicts, lists and plain values."""
    steps = [asdict(step) | {"kind": str(step.kind), "options": list(step.options)} for step in plan]
    return {"steps": steps}


def from_data(data: object) -> Plan:
    """Read a plan back from what JSON gives, {} as none; raise PlanError for anything that `to_data` never wrote."""
    if data == {}:
        return ()
    if not isinstance(data, dict) or set(data) != {"steps"} or not isinstance(data["steps"], list):
        raise PlanError(UNREADABLE)
    return checked(tuple(_read(one) for one in data["steps"]))


def _read(one: object) -> Step:
    names = {field.name for field in fields(Step)}
    if not isinstance(one, dict) or set(one) != names or any(type(one[n]) not in _TYPES[n] for n in names):
        raise PlanError(UNREADABLE)
    long = any(len(one[name] or "") > LONGEST_NAME for name in ("measure", "text_id"))
    if (
        long
        or not 0 < len(one["id"]) <= LONGEST_ID
        or one["kind"] not in set(Kind)
        or any(type(o) is not str for o in one["options"])
    ):
        raise PlanError(UNREADABLE)
    return Step(**(one | {"kind": Kind(one["kind"]), "options": tuple(one["options"])}))
