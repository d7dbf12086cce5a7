"""The numbers behind a chart as a table: the same values, the same gaps, each with its reason."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from assessment.disclosure.values import ALLIANCE, Average, Group, PublishedRelease, Result, Withheld
from assessment.findings.cells import safe
from assessment.findings.changes import changes
from assessment.findings.moments import Timeline, day
from assessment.findings.overview import VERDICT_WORDS
from assessment.findings.results import Results
from assessment.findings.words import explanation, number, reason, score, share_of
from assessment.questionnaire.values import Question


class Table(NamedTuple):
    """A table of words: its file name, its column titles, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def csv_text(table: Table) -> str:
    """Return a table as CSV of which a spreadsheet runs nothing as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (table.columns, *table.rows):
        writer.writerow([safe(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def ranking_table(
    results: Results, chosen: tuple[Result, ...] | None = None, name: str = "dimensions", labels: tuple[str, ...] = ()
) -> Table:
    """Return the dimensions as the overview ranks them, or chosen results in their order, called by `labels`."""
    columns = ("Measure", "Average", "Likely between", "Other lens", "People", "Since the round before")
    shown = results.dimensions if chosen is None else chosen
    called = labels or tuple(results.name(r.measure) for r in shown)
    rows = tuple((label, *_ranking_row(results, r)) for label, r in zip(called, shown, strict=True))
    return Table(_file(results.release, name), columns, rows)


def group_table(results: Results, groups: tuple[Group, ...]) -> Table:
    """Return the averages of the alliance and of groups, one row each by dimension; a gap carries its short reason."""
    whole = tuple(g for g in results.release.groups if g.key == ALLIANCE)
    rows = tuple(
        (results.name(r.measure), group_name(results, g), _shown(results, results.release.result(r.measure, g.key)))
        for r in results.dimensions
        for g in (*whole, *groups)
    )
    return Table(_file(results.release, "groups"), ("Measure", "Group", "Average"), rows)


def group_name(results: Results, group: Group) -> str:
    """Return what a group is called: a role by its words, everything else by its name."""
    return results.texts.choice.get(group.name, group.name)


def _shown(results: Results, result: Result | None) -> str:
    if result is None:
        return ""
    if result.average is not None:
        return score(result.average)
    return reason(result.why or Withheld.PROTECTED, results.release.rules.k)


def answers_table(results: Results, questions: tuple[Question, ...], section: str) -> Table:
    """Return the answers of a section's questions, one row per shown column, or one with the reason."""
    rows = [row for q in questions for row in _answer_rows(results, q)]
    return Table(
        _file(results.release, f"answers-{section}"), ("Question", "Answer", "People", "Share", "Average"), tuple(rows)
    )


def gaps(results: Results, measures: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (what, why) of everything that is withheld of some measures of the alliance."""
    k = results.release.rules.k
    found: list[tuple[str, str]] = []
    for result in filter(None, map(results.release.result, measures)):
        name = results.name(result.measure)
        if result.why is not None:
            found.append((name, explanation(result.why, k)))
        elif result.why_columns is not None and results.measures[result.measure].kind == "question":
            found.append((f"{name} (single answers)", explanation(result.why_columns, k)))
    return tuple(found)


def _ranking_row(results: Results, result: Result) -> tuple[str, ...]:
    k = results.release.rules.k
    if result.average is None:
        return (reason(result.why or Withheld.PROTECTED, k), "", "", result.people or "", "")
    change = results.change(result)
    return (
        score(result.average),
        _between(result.average),
        score(result.other_lens) if result.other_lens else reason(result.why_other_lens or Withheld.PROTECTED, k),
        result.people or "",
        VERDICT_WORDS.get(change.verdict, change.verdict.replace("_", " ")) if change else "",
    )


def _between(average: Average) -> str:
    return f"{number(average.band90[0])} and {number(average.band90[1])}" if average.band90 else ""


def _answer_rows(results: Results, question: Question) -> list[tuple[str, ...]]:
    result = results.release.result(question.id)
    asked = results.texts.question[question.id]
    if result is None:
        return []
    average = score(result.average) if result.average else ""
    if result.columns is None:
        why = reason(result.why_columns or result.why or Withheld.COLUMNS, results.release.rules.k)
        return [(asked, why, "", "", average)]
    total = result.columns.people
    rows: list[tuple[str, ...]] = [
        (asked, answer_words(results, question, c.codes), str(c.people), share_of(c.people, total), average)
        for c in result.columns.columns
    ]
    if result.columns.dont_know is not None:
        rows.append((asked, results.texts.dont_know, "", f"about {round(100 * result.columns.dont_know)}%", ""))
    return rows


def answer_words(results: Results, question: Question, codes: tuple[int, ...]) -> str:
    """Return the words of a column: its answers joined by "or"; a long list of choices is "other answers"."""
    if question.scale:
        labels = results.texts.counted(question)
        return " or ".join(labels[code - 1] for code in codes)
    if len(codes) > 1:
        return "Other answers"
    return results.texts.choice[question.choices[codes[0] - 1]]


def _file(release: PublishedRelease, what: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in release.facts.round_name.lower())
    return f"{kept}-{what}"


def change_table(results: Results, earlier: str) -> Table:
    """Return every dimension against one earlier round."""
    columns = ("Dimension", results.earlier[earlier], results.release.facts.round_name, "What may be said")
    rows = tuple(
        (
            c.name,
            number(c.before) if c.before is not None else "",
            number(c.now) if c.now is not None else "",
            c.sentence,
        )
        for c in changes(results, earlier)
    )
    return Table(_file(results.release, "change"), columns, rows)


def trend_table(history: tuple[Results, ...]) -> Table:
    """Return every dimension of the newest of some rounds (oldest first) over all of them; a gap says why."""
    newest = history[-1]
    names = (r.release.facts.round_name for r in history)
    rows = tuple(
        (newest.name(d.measure), *(_shown(r, r.release.result(d.measure)) for r in history)) for d in newest.dimensions
    )
    return Table(_file(newest.release, "all-rounds"), ("Dimension", *names), rows)


def timeline_table(results: Results, shown: Timeline) -> Table:
    """Return what stands on the time axis, the earliest first."""
    rows = tuple((day(one.on), one.words, one.under) for one in shown.moments)
    return Table(_file(results.release, "time-axis"), ("When", "What", "More"), rows)
