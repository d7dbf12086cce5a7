"""Small plain forms that post to our routes: what must set a cookie or open a page cannot go through Streamlit."""

from __future__ import annotations

import streamlit as st

_HTML = '<form><span></span><button type="submit"></button></form>\n'
_CSS = """
form { margin: 0 }
button {
  font: inherit; font-family: var(--st-font); font-size: .875rem; line-height: 1.6; padding: .25rem .75rem;
  min-height: 2.5rem; border-radius: var(--st-button-radius); border: 1px solid var(--st-border-color);
  background: transparent; color: var(--st-text-color); cursor: pointer; width: auto; text-align: left;
}
button:hover { border-color: var(--st-primary-color); color: var(--st-link-color) }
button:focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px }
form.strong button {
  background: var(--st-primary-color); border-color: var(--st-primary-color); color: var(--st-background-color)
}
form.plain button { border-color: transparent; padding-left: 0; text-decoration: underline }
"""
_SCRIPT = """
export default function ({ data, parentElement }) {
  const form = parentElement.querySelector("form")
  form.action = data.action
  form.method = data.method
  form.className = data.look
  if (data.tab) form.target = "_blank"
  form.querySelector("button").textContent = data.label
  form.querySelector("span").replaceChildren(...Object.entries(data.fields).map(([name, value]) => {
    const input = document.createElement("input")
    Object.assign(input, { type: "hidden", name, value })
    return input
  }))
}
"""

_form = st.components.v2.component("tend_form", html=_HTML, css=_CSS, js=_SCRIPT)


def post_button(
    label: str, action: str, fields: dict[str, str] | None = None, *, look: str = "", tab: bool = False
) -> None:
    """Show a button that posts `fields` to a route of ours; `look` is "", "strong" or "plain"."""
    _show(label, action, "post", fields or {}, look, tab)


def visit_button(label: str, address: str, look: str = "") -> None:
    """Show a button that leaves Streamlit for a page of ours in the same tab."""
    _show(label, address, "get", {}, look, tab=False)


def _show(label: str, action: str, method: str, fields: dict[str, str], look: str, tab: bool) -> None:
    data = {"label": label, "action": action, "method": method, "fields": fields, "look": look, "tab": tab}
    _form(key=f"{method} {action}", data=data)
