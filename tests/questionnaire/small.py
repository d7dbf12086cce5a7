"""A small questionnaire in two languages, to be broken one line at a time."""

from __future__ import annotations

from pathlib import Path

QUESTIONS = """\
key = "small"
version = 1
minutes = 4
pulse_minutes = 1

[scales]
often = 5
worth = 4
right = { points = 3, best = "middle" }
range = { points = 11, best = "none" }

[[section]]
key = "first"
questions = [
  { id = "trust.promises", dimension = "trust", scale = "often", pulse = true },
  { id = "trust.hidden", dimension = "trust", scale = "often", reverse = true },
  { id = "energy.meetings", dimension = "energy", scale = "right", pole = "inward" },
  { id = "steer.now", dimension = "steer", scale = "range", pair = "steer.wished" },
  { id = "steer.wished", dimension = "steer", scale = "range", pair = "steer.now" },
  { id = "value.return", dimension = "value", scale = "worth" },
]

[[section]]
key = "last"
questions = [
  { id = "form.now", choices = ["loose", "close"] },
  { id = "words.keep", kind = "text" },
  { id = "you.role", choices = ["lead", "help", "visit"], use = "role" },
]
"""

ENGLISH = """\
language = "en"
direction = "ltr"
status = "reviewed"
title = "How are we?"
dont_know = "Can't say"

[scale]
often = ["Never", "Rarely", "Sometimes", "Often", "Very often"]
worth = ["None", "Little", "Some", "Much"]
right = ["Too little", "Right", "Too much"]
range = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]

[dimension]
trust = "Trust"
energy = "Energy"
steer = "Steering"
value = "Value"

[section]
first = { title = "Together", frame = "Think of this year." }
last = { title = "You", frame = "Optional." }

[question]
"trust.promises" = "How often do we keep promises?"
"trust.hidden" = "How often do we hide bad news?"
"energy.meetings" = "Our meetings are …"
"steer.now" = "How are we steered?"
"steer.wished" = "How should we be steered?"
"value.return" = "What do we get back?"
"form.now" = "What are we?"
"words.keep" = "What should stay?"
"you.role" = "What do you do?"

[choice]
loose = "Loose"
close = "Close"
lead = "I lead"
help = "I help"
visit = "I visit"

[versions]
"trust.promises" = 2
"""

READINGS = """\
[[reading]]
key = "look"
title = "A way to look"
source = "Nobody"
shape = "ranked"
parts = [
  { key = "promise", title = "Promises", questions = ["trust.promises"], two_sided = ["energy.meetings"] },
  { key = "kind", title = "Kinds", choices = ["form.now"] },
]

[[reading]]
key = "elsewhere"
title = "Of other questions"
source = "Nobody"
shape = "ranked"
parts = [ { key = "a", title = "A", questions = ["not.here"] } ]
"""


def write_small(root: Path, **edits: tuple[str, str]) -> Path:
    """Write the small questionnaire under `root` and return its folder; `edits` maps a file's stem to (old, new)."""
    folder = root / "small"
    folder.mkdir()
    files = {"questions": QUESTIONS, "en": ENGLISH, "readings": READINGS}
    for stem, (old, new) in edits.items():
        assert files[stem].count(old) == 1, f"{old!r} is not once in {stem}.toml"
        files[stem] = files[stem].replace(old, new)
    for stem, text in files.items():
        place = root if stem == "readings" else folder
        (place / f"{stem}.toml").write_text(text, encoding="utf-8")
    return folder
