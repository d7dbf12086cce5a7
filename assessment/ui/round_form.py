"""The form in which a round is planned: every choice with what it costs and gains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from assessment.disclosure.rules import FEWEST, Rules
from assessment.questionnaire.values import Questionnaire
from assessment.rounds import RoundPlan
from assessment.ui import round_words as words
from assessment.ui.days import day_field, read_day
from assessment.ui.trouble import plain_words

T = TypeVar("T")
MOST = 50
"""Highest threshold that the form offers."""


def plan_form(questionnaire: Questionnaire, plan: RoundPlan, key: str, submit: str) -> RoundPlan | None:
    """Show a plan as a form; return what was typed when it is sent, None before."""
    with st.form(key, border=False):
        name = st.text_input("Name", plan.name, 80, placeholder="Autumn 2027", key=f"{key} name")
        short = _one_of("Questions", words.LENGTHS, plan.short_form, f"{key} length")
        languages = _languages(questionnaire, plan, f"{key} languages")
        rules = _rules(plan.rules, key)
        typed = day_field("Last day (optional)", plan.ends_on, f"{key} end", words.ENDS)
        phase = st.text_input(
            "Phase of the work (optional)", plan.phase or "", 200, help=words.PHASE, key=f"{key} phase"
        )
        if not st.form_submit_button(submit, type="primary", key=f"{key} submit"):
            return None
    typed_plan: RoundPlan | None = None
    with plain_words():
        typed_plan = RoundPlan(name, short, tuple(languages), rules, phase.strip() or None, read_day(typed))
    return typed_plan


def _rules(rules: Rules, key: str) -> Rules:
    attribution = _one_of("Who learns about organisations", words.ATTRIBUTIONS, rules.attribution, f"{key} attribution")
    breakdown = _one_of("Compare", words.BREAKDOWNS, rules.breakdown, f"{key} breakdown")
    lens = _one_of("Whose voice counts one", words.LENSES, rules.lens, f"{key} lens")
    protection = _one_of("Protection", words.PROTECTIONS, rules.protection, f"{key} protection")
    k = st.number_input("Smallest group", FEWEST, MOST, rules.k, help=words.THRESHOLD, key=f"{key} k")
    return Rules(int(k), max(rules.k_text, 2 * int(k)), protection, attribution, breakdown, lens)


def _one_of(label: str, offered: Mapping[T, tuple[str, str]], chosen: T, key: str) -> T:
    options = list(offered)
    picked = st.radio(
        label,
        options,
        options.index(chosen),
        format_func=lambda option: offered[option][0],
        captions=[offered[option][1] for option in options],
        key=key,
    )
    return chosen if picked is None else picked


def _languages(questionnaire: Questionnaire, plan: RoundPlan, key: str) -> list[str]:
    there = {code: _language(code, texts.status) for code, texts in questionnaire.texts.items()}
    if len(there) == 1:
        return list(there)
    chosen = [language for language in plan.languages if language in there]
    return st.multiselect("Languages", list(there), chosen, there.__getitem__, help=words.LANGUAGES, key=key)


def _language(code: str, status: str) -> str:
    return code if status == "reviewed" else f"{code} (draft: two native speakers have not reviewed it yet)"
