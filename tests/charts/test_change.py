"""Two rounds as dumbbells, three and more as small lines."""

from __future__ import annotations

import pytest

from assessment.charts.dumbbell import Dumbbell, draw_dumbbell, dumbbell
from assessment.charts.tokens import LIGHT
from assessment.charts.trend import draw_trend, trend
from assessment.disclosure.values import Verdict, Withheld
from assessment.findings import changes, overview
from assessment.findings.results import Results
from assessment.findings.tables import trend_table
from tests.published import average, change, result, told


def moved() -> Results:
    return told(
        result("trust", average(3.8), changes=(change(Verdict.UP, 3.1),)),
        result("power", average(2.9), changes=(change(Verdict.MAYBE_DOWN, 3.4),)),
        result("wins", average(3.3), changes=(change(Verdict.NONE, 3.2),)),
        result("purpose", None, why=Withheld.PROTECTED, changes=(change(Verdict.TOO_FEW, None),)),
    )


def test_clear_changes_stand_first_then_possible_ones_then_by_size() -> None:
    rows = dumbbell(moved(), "r2").rows
    assert [(row.measure, row.strength) for row in rows] == [("trust", 2), ("power", 1), ("wins", 0), ("purpose", 0)]


def test_a_row_tells_from_where_to_where() -> None:
    first = dumbbell(moved(), "r2").rows[0]
    assert (first.before, first.now, first.numbers, first.words) == (3.1, 3.8, "3.1 → 3.8", "went up")


def test_a_hidden_dimension_keeps_its_row_without_numbers() -> None:
    last = dumbbell(moved(), "r2").rows[-1]
    assert (last.before, last.now, last.numbers) == (None, None, "")
    assert last.words == "not shown, to protect a small group"


def test_the_alternative_text_tells_clear_changes_and_counts_the_rest() -> None:
    said = dumbbell(moved(), "r2").alt
    assert "Trust went up, from 3.1 to 3.8. This is more than chance." in said
    assert said.endswith("2 dimensions did not clearly change. 1 dimension cannot be compared.")


def test_lines_are_thick_thin_or_dotted_by_how_sure_a_change_is() -> None:
    drawn = draw_dumbbell(dumbbell(moved(), "r2"), LIGHT)
    lines = [(trace.line.width, trace.line.dash) for trace in drawn.data if trace.mode == "lines"]
    assert lines == [(1.5, "dot"), (2, "solid"), (6, "solid")]
    assert [a.text for a in drawn.layout.annotations].count("Trust") == 1


def test_no_rows_give_an_empty_figure() -> None:
    assert len(draw_dumbbell(Dumbbell((), 5, "", ""), LIGHT).data) == 0


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.UP, "Trust went up, from 3.1 to 3.8. This is more than chance."),
        (Verdict.DOWN, "Trust went down, from 3.1 to 3.8. This is more than chance."),
        (Verdict.MAYBE_UP, "Trust may have gone up, from 3.1 to 3.8. Ask people if they see it too."),
        (Verdict.NONE, "Trust: no clear change. Only a change of about 0.3 could have been noticed."),
        (Verdict.TOO_FEW, "Trust: too few answers to compare."),
        (Verdict.UNHEARD, "Trust: too few were heard to compare."),
        (Verdict.NOT_COMPARABLE, "Trust: not comparable, as not the same was asked."),
    ],
)
def test_every_verdict_has_the_designs_sentence(verdict: Verdict, said: str) -> None:
    shown = told(result("trust", average(3.8), changes=(change(verdict, 3.1),)))
    assert changes.changes(shown, "r2")[0].sentence == said


def test_the_title_tells_clear_changes_only() -> None:
    assert changes.headline(moved(), "r2") == "Trust went up"
    unclear = told(result("trust", average(3.8), changes=(change(Verdict.NONE),)))
    assert changes.headline(unclear, "r2") == "Nothing clearly changed"


@pytest.mark.parametrize("verdict", [Verdict.TOO_FEW, Verdict.UNHEARD, Verdict.NOT_COMPARABLE])
def test_where_nothing_can_be_compared_nobody_says_that_nothing_changed(verdict: Verdict) -> None:
    shown = told(result("trust", average(3.8), changes=(change(verdict, 3.1),)))
    assert changes.headline(shown, "r2") == "These rounds cannot be compared"
    assert dumbbell(shown, "r2").alt == "Two averages for each dimension. 1 dimension cannot be compared."
    assert "changed" not in overview.subtitle(shown)


def test_a_coded_end_is_told_in_words_only() -> None:
    end = average(4.7, bound="at_least")
    row = dumbbell(told(result("trust", end, changes=(change(Verdict.UP, None),))), "r2").rows[0]
    assert (row.now, row.numbers, row.words) == (None, "", "went up")


def rounds(*verdicts: Verdict) -> tuple[Results, ...]:
    made = []
    for place, verdict in enumerate(verdicts):
        earlier = {f"r{i}": f"Round {i}" for i in range(place)}
        against = (change(verdict, 3.0, f"r{place - 1}"),) if place else ()
        made.append(told(result("trust", average(3.0 + place / 10), changes=against), earlier=earlier))
    return tuple(made)


def test_a_line_joins_what_may_be_compared_and_parts_where_not() -> None:
    history = rounds(Verdict.NONE, Verdict.UP, Verdict.NOT_COMPARABLE)
    assert [p.joined for p in trend(history).lines[0].points] == [False, True, False]
    joined = [trace for trace in draw_trend(trend(history), LIGHT).data if trace.mode == "lines" and len(trace.x) == 2]
    assert len([trace for trace in joined if trace.line.width == 2]) == 1


def test_a_round_that_hides_a_dimension_leaves_a_gap() -> None:
    history = (*rounds(Verdict.NONE), told(result("trust", None), earlier={"r0": "Round 0"}), *rounds(Verdict.NONE)[:1])
    assert [p.value for p in trend(history).lines[0].points] == [3.0, None, 3.0]
    assert "not shown" in trend(history).alt


@pytest.mark.parametrize("narrow", [False, True])
def test_each_panel_is_named_once(narrow: bool) -> None:
    drawn = draw_trend(trend(rounds(Verdict.NONE, Verdict.UP, Verdict.UP)), LIGHT, narrow)
    assert [a.text for a in drawn.layout.annotations].count("Trust") == 1


def test_the_table_over_all_rounds_says_why_a_value_is_missing() -> None:
    hidden = told(result("trust", None), round_name="Second", earlier={"r0": "Round 0"})
    shown = told(result("trust", average(3.4)), round_name="Third")
    rows = trend_table((hidden, shown)).rows
    assert rows == (("Trust", "not shown: fewer than 5 answers", "3.4"),)
