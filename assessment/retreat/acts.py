"""What a leader may do on the remote: each act by its name in the form that sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessment.retreat.steering import Steering
from assessment.web.forms import Form, Refused

FOREIGN = "Something arrived that this page never asks. Go back to the remote and send it from there."

ACTS: Mapping[str, Callable[[Steering, int], None]] = {
    "next": lambda steering, pages: steering.next(pages),
    "back": lambda steering, pages: steering.back(),
    "reveal": lambda steering, pages: steering.reveal(),
    "blank": lambda steering, pages: steering.blank(True),
    "show": lambda steering, pages: steering.blank(False),
    "small": lambda steering, pages: steering.size(True),
    "big": lambda steering, pages: steering.size(False),
    "dark": lambda steering, pages: steering.light(True),
    "light": lambda steering, pages: steering.light(False),
}


def act(steering: Steering, form: Form, pages: int) -> None:
    """Do what a form says, on a step of so many screens; raise Refused for what the remote never sends."""
    if form.faults or form.foreign(("act", "seen", "timer", "jump")):
        raise Refused(400, FOREIGN)
    if "timer" in form.values:
        steering.timer(whole(form, "timer", 3))
    elif "jump" in form.values:
        steering.jump(whole(form, "jump", 3))
    elif form.text("act") in ACTS:
        ACTS[form.text("act")](steering, pages)
    else:
        raise Refused(400, FOREIGN)


def whole(form: Form, name: str, digits: int) -> int:
    """Return a whole number of at most so many digits; raise Refused."""
    typed = form.text(name)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= digits):
        raise Refused(400, FOREIGN)
    return int(typed)
