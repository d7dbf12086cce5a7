"""Read a TOML file into its shape, or say of every fault where it is and how to mend it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from assessment.errors import Fault


class Table(BaseModel):
    """A table of a file: exactly its own keys, each of exactly its own kind."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


File = TypeVar("File", bound=Table)

_TYPES = {
    "string_type": "a text in quotation marks",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
}


def read_file(path: Path, shape: type[File]) -> tuple[File | None, list[Fault]]:
    """Read one TOML file; return it, or None and everything that keeps it from having its shape."""
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return None, [Fault(path.name, "file", "is missing", "Create it; data/README.md shows one")]
    except OSError as error:
        return None, [Fault(path.name, "file", f"cannot be read ({error.strerror})", "Check its permissions")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [Fault(path.name, f"line {line}", "is not UTF-8", "Save the file with the encoding UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(path.name, *_syntax(str(error)))]
    try:
        return shape.model_validate(raw), []
    except ValidationError as error:
        return None, [_fault(path.name, raw, shape, detail) for detail in error.errors()]


def suggestion(unknown: str, known: Iterable[str], otherwise: str) -> str:
    """Return "Did you mean …?" where a known name is near, else the other sentence."""
    near = difflib.get_close_matches(unknown, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise


def _syntax(message: str) -> tuple[str, str, str]:
    what, _, where = message.rstrip(")").partition(" (at ")
    return where or "file", f"is not TOML: {what[:1].lower()}{what[1:]}", "Compare it with data/README.md"


def _fault(file: str, raw: Mapping[str, Any], shape: type[BaseModel], detail: ErrorDetails) -> Fault:
    loc = [step for step in detail["loc"] if step != "[key]"]
    what, mend = _told(loc, shape, detail)
    return Fault(file, _place(raw, loc), what, mend)


def _told(loc: list[int | str], shape: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    name, kind, context = str(loc[-1]) if loc else "file", detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return f"{name} is missing", f"Add {name} = … ; data/README.md says what it holds"
    if kind == "extra_forbidden":
        return f"unknown key {name!r}", suggestion(name, _keys(shape), "Remove it; data/README.md lists the keys")
    if kind in {"literal_error", "enum"}:
        return f"{name} is {detail['input']!r}", f"Write {context['expected']}"
    if kind in {"greater_than_equal", "less_than_equal"}:
        side, bound = ("at least", context["ge"]) if "ge" in context else ("at most", context["le"])
        return f"{name} is {detail['input']!r}", f"Write a whole number of {side} {bound}"
    if kind in {"string_pattern_mismatch", "string_too_long"}:
        return _misspelt(name, str(detail["input"]), kind, context)
    return f"{name} is {detail['input']!r}", f"Write {_TYPES.get(kind, detail['msg'])}"


def _misspelt(name: str, given: str, kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "string_too_long":
        return f"{given[:30]!r}… is too long", f"Use at most {context['max_length']} characters"
    if name == "language":
        return f"language is {given!r}", "Write a language tag such as en, pt-BR or zh-Hant"
    if context["pattern"].startswith("^[a-z]"):
        return f"{given!r} cannot be a key", "Use a-z, 0-9 and _, a letter first; dots only in ids"
    if not given.strip():
        return f"{name} has no text", "Write the text"
    return f"{name} holds a line break or an invisible control character", "Write it in one line of visible characters"


def _place(raw: Any, loc: list[int | str]) -> str:
    """Name the table that holds a fault by its own id or key, or by its place in the list."""
    names: list[str] = []
    for step in loc[:-1]:
        raw = _inside(raw, step)
        own = (raw.get("id") or raw.get("key")) if isinstance(raw, dict) else None
        names.append(str(own) if isinstance(own, str) else str(step + 1) if isinstance(step, int) else str(step))
    return " / ".join(names) or "file"


def _inside(raw: Any, step: int | str) -> Any:
    if isinstance(raw, list) and isinstance(step, int):
        return raw[step]
    return raw.get(step) if isinstance(raw, dict) else None


def _keys(shape: type[BaseModel]) -> list[str]:
    schema = shape.model_json_schema()
    tables = [schema, *schema.get("$defs", {}).values()]
    return [key for table in tables for key in table.get("properties", {})]
