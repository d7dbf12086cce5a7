"""Rules with a threshold that no alliance may choose, to try the arithmetic on very small worlds."""

from __future__ import annotations

from dataclasses import fields

from assessment.disclosure.rules import Rules


def lowered(rules: Rules, k: int) -> Rules:
    """Return the same rules with another k, past the check that forbids it."""
    made = object.__new__(Rules)
    for field in fields(Rules):
        object.__setattr__(made, field.name, k if field.name == "k" else getattr(rules, field.name))
    return made
