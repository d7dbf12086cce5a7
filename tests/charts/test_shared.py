"""A shared figure is the figure that was drawn, and is not copied to be shown again."""

from __future__ import annotations

import json

import plotly
import plotly.graph_objects as go

from assessment.charts.shared import Shared


def drawn() -> go.Figure:
    figure = go.Figure(go.Scatter(x=[1, 2], y=["a", "b"], text=["<1", "2"]))
    return figure.add_shape(type="line", x0=1, x1=2, y0="a", y1="b").update_layout(width=300)


def test_it_says_what_the_drawn_figure_says() -> None:
    shared = Shared(drawn())
    assert shared.to_dict() == drawn().to_dict()
    assert shared.layout.width == 300
    told, anew = (json.loads(plotly.io.to_json(figure, validate=False)) for figure in (shared, drawn()))
    assert told == anew


def test_what_streamlit_asks_for_is_made_once() -> None:
    shared = Shared(drawn())
    first, again = (plotly.tools.return_figure_from_figure_or_data(shared, True) for _ in range(2))
    assert first is again
    assert first is not drawn().to_dict()
