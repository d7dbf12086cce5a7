"""Freeze a questionnaire into a round, tell two apart by a fingerprint, and thaw it again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from functools import lru_cache

from pydantic import TypeAdapter

from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Section, Texts

_ADAPTER = TypeAdapter(Questionnaire)


def freeze(questionnaire: Questionnaire) -> str:
    """Return canonical JSON: sorted keys, no spaces, nothing that a default already says.

    Leaving defaults out keeps the fingerprints of old rounds when a later version learns a new key.
    """
    plain = _ADAPTER.dump_python(questionnaire, mode="json", exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fingerprint(frozen: str) -> str:
    """Return the SHA-256 of a frozen questionnaire in hexadecimal."""
    return hashlib.sha256(frozen.encode("utf-8")).hexdigest()


@lru_cache(maxsize=64)
def thaw(frozen: str) -> Questionnaire:
    """Return the questionnaire that was frozen, equal in every value. Callers share it: do not change its mappings."""
    return _ADAPTER.validate_json(frozen)


def short_form(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questions marked `pulse` as a questionnaire of its own, with what readings say about them.

    Ids, scales and text versions stay, so that the trend lines of these questions go on.
    """
    kept = {q.id for q in questionnaire.questions if q.pulse}
    sections = tuple(_short_section(section, kept) for section in questionnaire.sections)
    short = dataclasses.replace(
        questionnaire,
        minutes=questionnaire.pulse_minutes,
        sections=tuple(section for section in sections if section.questions),
        readings=(),
    )
    return dataclasses.replace(
        short,
        texts={tag: _short_texts(texts, short) for tag, texts in questionnaire.texts.items()},
        readings=tuple(r for r in (_short_reading(r, short) for r in questionnaire.readings) if r.parts),
    )


def _short_section(section: Section, kept: set[str]) -> Section:
    return Section(section.key, tuple(_alone(q, kept) for q in section.questions if q.pulse))


def _alone(question: Question, kept: set[str]) -> Question:
    return question if question.pair in kept else dataclasses.replace(question, pair=None)


def _short_texts(texts: Texts, short: Questionnaire) -> Texts:
    """Keep only the words that are used: a reworded question that is not asked must not change the fingerprint."""
    sections = {section.key for section in short.sections}
    scales = {q.scale.key for q in short.questions if q.scale}
    choices = {choice for q in short.questions for choice in q.choices}
    return dataclasses.replace(
        texts,
        scale={key: labels for key, labels in texts.scale.items() if key in scales},
        dimension={key: name for key, name in texts.dimension.items() if key in short.dimensions},
        section={key: text for key, text in texts.section.items() if key in sections},
        question={key: text for key, text in texts.question.items() if key in short.by_id},
        choice={key: text for key, text in texts.choice.items() if key in choices},
        versions={key: number for key, number in texts.versions.items() if key in short.by_id},
    )


def _short_reading(reading: Reading, short: Questionnaire) -> Reading:
    parts = (_short_part(part, short) for part in reading.parts)
    return dataclasses.replace(
        reading, parts=tuple(p for p in parts if p.questions or p.two_sided or p.choices or p.dimension)
    )


def _short_part(part: Part, short: Questionnaire) -> Part:
    def asked(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in short.by_id)

    return dataclasses.replace(
        part,
        questions=asked(part.questions),
        two_sided=asked(part.two_sided),
        choices=asked(part.choices),
        dimension=part.dimension if part.dimension in short.dimensions else None,
    )
