"""How wide the viewer's window is: the one thing about a screen that Streamlit does not tell the script."""

from __future__ import annotations

import streamlit as st

NARROW = 760
"""Pixels below which charts put their labels above the lines instead of beside them."""

_KEY = "tend_viewport"
_SCRIPT = f"""
export default function (component) {{
  const query = window.matchMedia("(max-width: {NARROW}px)")
  const tell = () => component.setStateValue("narrow", query.matches)
  // A wide window is what the script assumes anyway: saying so would only run it twice.
  if (query.matches !== Boolean(component.data.narrow)) tell()
  query.onchange = tell
  return () => {{ query.onchange = null }}
}}
"""

_watch = st.components.v2.component("tend_viewport", html="<span hidden></span>\n", js=_SCRIPT)


def watch_viewport() -> None:
    """Place the invisible watcher; it runs the script again only when the window crosses the limit."""
    _watch(key=_KEY, data={"narrow": is_narrow()}, on_narrow_change=lambda: None)


def is_narrow() -> bool:
    """Tell whether charts are drawn for a narrow window; wide until the browser says otherwise."""
    return bool(st.session_state.get(_KEY, {}).get("narrow", False))


def is_dark() -> bool:
    """Tell whether the viewer sees the dark appearance."""
    return st.context.theme.type == "dark"
