"""How wide the viewer's window is: the one thing about a screen that Streamlit does not tell the script."""

from __future__ import annotations

import streamlit as st

NARROW = 1180
"""Pixels below which charts put labels above the lines: beside them, and beside the sidebar, too little is left."""

_KEY = "tend_viewport"
_SCRIPT = f"""
export default function (component) {{
  component.parentElement.querySelector("span").dataset.narrow = Boolean(component.data.narrow)
  const query = window.matchMedia("(max-width: {NARROW}px)")
  const tell = () => component.setStateValue("narrow", query.matches)
  // What the script assumes already need not be said: it would only run it twice.
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
    """Tell whether charts are drawn for a narrow window; a phone's is taken to be one until it says otherwise."""
    told = st.session_state.get(_KEY, {}).get("narrow")
    return "Mobi" in (st.context.headers.get("User-Agent") or "") if told is None else bool(told)


def is_dark() -> bool:
    """Tell whether the viewer sees the dark appearance."""
    return st.context.theme.type == "dark"
