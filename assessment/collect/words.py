"""The members' pages' own words: their language, and a round's promises as sentences.

English is the source. A catalogue `data/locale/LANGUAGE/LC_MESSAGES/members.mo` translates it where there is one.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from assessment.alliance.commitments import Told
from assessment.collect.asked import AskedRound
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection
from assessment.settings import ROOT

LOCALE = ROOT / "data" / "locale"
Say = Callable[[str], str]

LANGUAGE_NAMES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sw": "Kiswahili",
    "tl": "Tagalog",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


class Promises(NamedTuple):
    """What the first page says, from the round's real rules."""

    seen: tuple[str, ...]
    not_protected: tuple[str, ...]


@lru_cache(maxsize=32)
def speaker(language: str) -> Say:
    """Return what turns an English sentence of the pages into another language, or leaves it as it is."""
    return gettext.translation("members", LOCALE, languages=[language], fallback=True).gettext


def language_name(language: str) -> str:
    """Return a language's own name, or its tag."""
    return LANGUAGE_NAMES.get(language, language)


def day(when: date) -> str:
    """Return a date as people write it."""
    return f"{when.day} {when:%B} {when.year}"


def promises(asked: AskedRound, _: Say) -> Promises:
    """Say who will see what of this round, and what is not protected."""
    rules = asked.rules
    seen = [
        _("Your own answers are shown to nobody. Results speak of {k} people or more.").format(k=rules.k),
        *_groups(asked, _),
        _LENSES[rules.lens](_),
        _LEVELS[rules.protection](_),
    ]
    if asked.questionnaire.written:
        seen.append(
            _(
                "What you write is read by a moderator first, without a name. It is shown only if {k} or more answer."
            ).format(k=rules.k_text)
        )
    seen.append(_("Until the round is closed, there are no results, only about how many have answered."))
    seen.append(_("When it is closed, single answers are destroyed."))
    if not asked.sample:
        seen.append(_CLOSING[asked.ends_on is not None](_))
    return Promises(tuple(seen), tuple(_not_protected(asked, _)))


def terms(told: Told, _: Say) -> str:
    """Say who sees to a commitment and by when, or that it is kept."""
    if told.kept:
        return _("kept by {owner}").format(owner=told.owner) if told.owner else _("kept")
    until = _("by {day}").format(day=day(told.due_on))
    return f"{told.owner}, {until}" if told.owner else until


def _groups(asked: AskedRound, _: Say) -> list[str]:
    rules = asked.rules
    said = [_BREAKDOWNS[rules.breakdown](_).format(k=rules.k)]
    if not asked.attributed:
        said.append(_("Your organisation is not stored."))
    elif rules.breakdown is not Breakdown.ORGANISATIONS:
        said.append(_("Your organisation is stored with your answers until then. It gets no results of its own."))
    elif rules.attribution is Attribution.OWN:
        said.append(_("The results of an organisation are shown to that organisation only."))
    else:
        said.append(_("Everyone who may sign in sees the results of every organisation."))
    return said


def _not_protected(asked: AskedRound, _: Say) -> list[str]:
    said = [
        _("Somebody who sees your screen, or knows how you write."),
        _("Your network sees that you visited this page."),
        _("Who hands out the codes can find out whether your code was used, never what you answered."),
        _("Whoever runs the server could watch it secretly while the round is open."),
        _("People who put together what they themselves answered learn more about the rest."),
    ]
    if asked.rules.breakdown is Breakdown.ORGANISATIONS:
        if asked.rules.attribution is Attribution.OWN:
            said.append(_("Whoever runs the server can read the results of every organisation."))
        told = _("If your organisation’s results are shown, at least {k} of its people took part.")
        said.append(told.format(k=asked.rules.k))
    return said


_CLOSING: dict[bool, Callable[[Say], str]] = {
    True: lambda _: _("If nobody closes it before, it closes by itself a week after its last day."),
    False: lambda _: _("If nobody closes it before, it closes by itself half a year after it opened."),
}
_BREAKDOWNS: dict[Breakdown, Callable[[Say], str]] = {
    Breakdown.NONE: lambda _: _("There are results for the whole alliance only."),
    Breakdown.ORGANISATIONS: lambda _: _("There are results for an organisation if {k} or more of its people answer."),
    Breakdown.ROLES: lambda _: _("There are results by role: what people mostly do in the alliance."),
    Breakdown.CHAPTERS: lambda _: _("There are results for each chapter of the alliance."),
}
_LENSES: dict[Lens, Callable[[Say], str]] = {
    Lens.PEOPLE: lambda _: _("Every person counts the same."),
    Lens.ORGANISATIONS: lambda _: _("Every organisation counts the same, whatever its size."),
}
_LEVELS: dict[Protection, Callable[[Say], str]] = {
    Protection.GUARDED: lambda _: _(
        "Numbers are rounded and rare answers merged. Even somebody who knows who took part cannot tell what you chose."
    ),
    Protection.OPEN: lambda _: _(
        "This round shows how many chose each answer, also when all agree. "
        "Only answers of one or two people are merged with others."
    ),
}
