"""A screen of ten figures for Streamlit to run: shared as the product shares them, or built anew each run."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from assessment.charts.shared import Shared

TEN = 10


def figure(number: int) -> go.Figure:
    """Draw forty ranked dots with their bars, as an overview does."""
    rows, values = [f"Row {i}" for i in range(40)], [1 + (i * (number + 3)) % 40 / 10 for i in range(40)]
    drawn = go.Figure(go.Scatter(x=values, y=rows, mode="markers", marker={"size": 11}))
    for value, row in zip(values, rows, strict=True):
        drawn.add_shape(type="line", x0=1, x1=value, y0=row, y1=row)
        drawn.add_annotation(x=value, y=row, text=f"{value:.1f}", showarrow=False)
    return drawn.update_layout(height=900, margin={"l": 200}, xaxis={"range": [1, 5]})


@st.cache_resource(show_spinner=False)
def shared(number: int) -> go.Figure:
    """Draw a figure once, as `assessment.ui.panels` does."""
    return Shared(figure(number))


draw = figure if st.context.cookies.get("tend_sign_in") == "anew" else shared
for number in range(TEN):
    st.plotly_chart(draw(number), theme=None, key=f"figure {number}")
