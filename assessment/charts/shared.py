"""Finished figures that many screens show: drawn once, and turned into plain data once."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Shared(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that nothing changes any more: it gives the same plain data every time it is asked.

    Streamlit asks on every run of a screen, and Plotly would copy the whole figure each time: four fifths of what it
    costs to show it again.
    """

    def __init__(self, drawn: go.Figure) -> None:
        super().__init__(drawn)
        self._plain: dict[str, Any] = super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain data, always the same; whoever wants to change it takes a copy."""
        return self._plain
