"""What may be said: every sentence follows from published values, and nothing is said beyond them."""

from __future__ import annotations

import csv
import io
import re

import pytest

from assessment.disclosure.rules import Lens, Rules
from assessment.disclosure.values import Average, Verdict, Withheld
from assessment.findings import agreement, answers, overview, standouts, tables, tattersall, words
from assessment.findings.cells import safe
from assessment.statistics.agreement import Agreement
from tests.published import QUESTIONNAIRE, average, change, columns, gap, result, told, whole_round

HIGH, LOW = average(4.3), average(2.5)
DISAGREED = QUESTIONNAIRE.by_id["direction.needed"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (average(4.3, 0.2), "strong"),
        (average(4.1, 0.2), None),
        (average(3.5, 0.4), "mixed"),
        (average(2.5, 0.2), "weak"),
        (average(2.95, 0.1), None),
        (average(2.9, None), "weak"),
        (average(4.6, bound="at_least"), "strong"),
        (average(1.4, bound="at_most"), "weak"),
    ],
)
def test_a_band_is_named_only_when_the_whole_interval_lies_in_it(value: Average, said: str | None) -> None:
    assert words.band_word(value, 5) == said


def test_bands_move_with_the_number_of_points() -> None:
    assert words.band_word(average(4.9, 0.1), 6) == "strong"
    assert words.band_word(average(4.6, 0.1), 6) == "mixed"


def test_a_coded_end_is_written_as_a_limit() -> None:
    assert words.score(average(4.6, bound="at_least")) == "at least 4.6"
    assert words.score(average(1.4, bound="at_most")) == "at most 1.4"


def test_strongest_and_weakest_are_named_when_their_intervals_do_not_overlap() -> None:
    said = overview.headline(told(result("purpose", HIGH), result("power", LOW)))
    assert said == "Strongest: shared purpose. Weakest: power and fairness."


def test_nothing_is_strongest_when_the_intervals_overlap() -> None:
    said = overview.headline(told(result("purpose", average(3.5, 0.3)), result("power", average(3.2, 0.3))))
    assert said == "No score stands clearly apart."


def test_the_title_says_when_small_organisations_see_the_weakest_side_lower() -> None:
    shown = told(result("purpose", HIGH), result("power", LOW, other_lens=average(2.0, None)))
    assert overview.headline(shown).endswith("Small organisations see it lower still.")


def test_the_lens_is_read_from_the_rounds_rules() -> None:
    by_people = told(result("power", average(2.5), other_lens=average(2.0, None)))
    by_organisations = told(
        result("power", average(2.5), other_lens=average(2.0, None)), rules=Rules(lens=Lens.ORGANISATIONS)
    )
    assert [overview.lens_gap(r, r.dimensions[0]) for r in (by_people, by_organisations)] == [-1, 1]


def test_lenses_that_are_almost_equal_get_no_word() -> None:
    shown = told(result("power", average(2.5), other_lens=average(2.4, None)))
    assert overview.lens_gap(shown, shown.dimensions[0]) == 0


def test_a_round_in_which_nothing_is_shown_says_so() -> None:
    assert overview.headline(told(result("purpose", None))) == "Nothing can be shown from this round"


def test_too_few_heard_means_no_words_no_verdicts_and_a_warning() -> None:
    shown = told(
        result("purpose", HIGH, changes=(change(Verdict.UP),)), result("power", LOW), answered=20, speaks_for_all=False
    )
    assert overview.headline(shown) == "The views of those who answered"
    assert overview.caution(shown) == "These are the views of those who answered, not of the alliance."
    assert overview.row_words(shown, shown.dimensions[0]) == ""
    assert standouts.standouts(shown) == ()


@pytest.mark.parametrize(
    ("trust", "leaders", "said"),
    [
        (Verdict.UP, Verdict.NONE, "Trust went up since Spring 2026; nothing clearly went down."),
        (Verdict.NONE, Verdict.DOWN, "More leaders went down since Spring 2026; nothing clearly went up."),
        (Verdict.UP, Verdict.DOWN, "Since Spring 2026, trust went up and more leaders went down."),
        (Verdict.MAYBE_UP, Verdict.NOT_COMPARABLE, "Nothing clearly changed since Spring 2026."),
    ],
)
def test_the_subtitle_tells_clear_changes_only(trust: Verdict, leaders: Verdict, said: str) -> None:
    shown = told(result("trust", HIGH, changes=(change(trust),)), result("leaders", LOW, changes=(change(leaders),)))
    assert overview.subtitle(shown) == f"142 of 188 people answered, from 15 of 16 organisations. {said}"


def test_a_first_round_is_compared_with_nothing() -> None:
    said = overview.subtitle(told(result("trust", HIGH), earlier={}, invited=None, organisations_heard=None))
    assert said == "142 people answered."


def test_only_the_round_just_before_counts_as_a_change() -> None:
    shown = told(result("trust", HIGH, changes=(change(Verdict.UP, round_id="r1"), change(Verdict.NONE))))
    assert overview.moved(shown, Verdict.UP) == []


def test_a_clear_change_stands_out_with_its_numbers() -> None:
    found = standouts.standouts(told(result("trust", average(3.8), changes=(change(Verdict.UP, 3.1),))))
    assert (found[0].headline, found[0].detail) == (
        "Trust went up",
        "From 3.1 in Spring 2026 to 3.8. This is more than chance.",
    )


def test_a_possible_change_asks_people_and_claims_nothing() -> None:
    found = standouts.standouts(told(result("trust", average(3.8), changes=(change(Verdict.MAYBE_UP, None),))))
    assert found[0].headline == "Trust may have gone up"
    assert "chance" not in found[0].detail
    assert "Ask people" in found[0].detail


def test_a_split_is_told_by_its_two_camps() -> None:
    shown = told(result("direction.needed", average(3.0), columns=columns(12, 40, 20, 40, 10)))
    found = standouts.standouts(shown)
    assert found[0].headline == "We are split: how should we be steered for the work ahead?"
    assert found[0].detail == (
        "43% say “Every group acts on its own” or “Mostly on its own”, "
        "41% say “Mostly directed together” or “One centre directs everything”."
    )


def test_many_who_cannot_judge_are_a_finding() -> None:
    shown = told(result("network.news", average(3.0), columns=columns(20, 20, 30, 20, 20, dont_know=0.4)))
    assert any("could not judge" in found.headline for found in standouts.standouts(shown))


def test_a_merged_column_makes_spread_a_range_and_words_cautious() -> None:
    spread = agreement.spread(DISAGREED, columns(((1, 2), 50), ((3,), 40), ((4, 5), 50)))
    assert spread.least < spread.most
    assert agreement.steps(spread).startswith("on average about")
    plain = agreement.spread(DISAGREED, columns(0, 50, 40, 50, 0))
    assert plain.least == plain.most == spread.least


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 2, 30, 2, 0), Agreement.ALIKE),
        ((12, 40, 20, 40, 10), Agreement.SPLIT),
        ((22, 22, 22, 22, 22), Agreement.SPLIT),
        ((24, 14, 46, 14, 24), Agreement.DIFFERENT),
        ((5, 20, 30, 20, 5), Agreement.SOME),
    ],
)
def test_agreement_has_the_designs_words(counts: tuple[int, ...], word: Agreement) -> None:
    assert agreement.spread(DISAGREED, columns(*counts)).word is word


def test_the_answers_title_names_a_split_before_anything_else() -> None:
    shown = told(
        result("trust.safety", average(3.0), columns=columns(24, 14, 46, 14, 24)),
        result("direction.needed", average(3.0), columns=columns(12, 40, 20, 40, 10)),
    )
    assert answers.headline(shown) == "We are split: how should we be steered for the work ahead?"


def test_too_few_heard_make_no_title_of_what_all_of_us_see() -> None:
    split = result("direction.needed", average(3.0), columns=columns(12, 40, 20, 40, 10))
    assert answers.headline(told(split, answered=20, speaks_for_all=False)) == "What did people answer?"


def test_without_columns_the_answers_title_is_a_question() -> None:
    assert answers.headline(told(result("trust.safety", average(3.0)))) == "What did people answer?"


@pytest.mark.parametrize(
    ("value", "half", "said"),
    [
        (0.8, 0.2, "Wins run ahead of the power we build"),
        (-0.8, 0.2, "We build power faster than we win"),
        (0.8, 0.9, ""),
        (0.1, 0.05, ""),
    ],
)
def test_the_gap_between_wins_and_power_needs_a_clear_difference(value: float, half: float, said: str) -> None:
    axes = result("tattersall/social_change", average(3.0 + value)), result("tattersall/social_power", average(3.0))
    found = tattersall.gap_finding(told(*axes, gaps=(gap(value, half),)))
    assert (found.headline if found else "") == said


def test_a_coded_end_gives_no_gap() -> None:
    coded = result("tattersall/social_change", average(4.7, bound="at_least"))
    assert tattersall.gap(told(coded, result("tattersall/social_power", average(2.0)), gaps=(gap(2.7),))) is None


def test_every_gap_in_a_table_carries_its_reason() -> None:
    shown = told(result("power", None, why=Withheld.PROTECTED), result("purpose", HIGH))
    table = tables.ranking_table(shown)
    assert table.rows[-1][:2] == ("Power and fairness", "not shown, to protect a small group")
    assert tables.gaps(shown, ("power", "purpose")) == (
        ("Power and fairness", words.explanation(Withheld.PROTECTED, 5)),
    )


def test_every_reason_has_its_words() -> None:
    for why in Withheld:
        assert "{" not in words.reason(why, 7) + words.explanation(why, 7)


def test_a_download_holds_what_the_table_shows_and_runs_no_formula() -> None:
    table = tables.Table("x", ("=1+1", "b"), (("@cmd", "-2"), ("a,b", 'say "no"')))
    read = list(csv.reader(io.StringIO(tables.csv_text(table).removeprefix("\ufeff"))))
    assert read == [["'=1+1", "b"], ["'@cmd", "'-2"], ["a,b", 'say "no"']]


STARTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r1", " =1", "\u00a0=1", "\ufeff=1", "\n=1"]
WIDE = ["\u3000＝1", "＋1", "－1", "＠A"]


@pytest.mark.parametrize("cell", STARTS + WIDE)
def test_no_cell_can_run_as_a_formula(cell: str) -> None:
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@A", "＝1", " =1"])
@pytest.mark.parametrize("end", [";", "\t", "\n", "\r\n", "; "])
def test_nothing_runs_after_what_some_spreadsheets_split_at(end: str, start: str) -> None:
    guarded = safe(f"Choir{end}{start}")
    assert [part.lstrip()[:1] for part in re.split("[;\t\r\n]+", guarded)] == ["C", "'"]


@pytest.mark.parametrize("cell", ["Trust", "a = b", "3-4", "", "one; two", "first\nsecond"])
def test_harmless_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def test_the_answers_table_tells_every_column_and_who_could_not_say() -> None:
    shown = whole_round({})
    asked = QUESTIONNAIRE.by_id["trust.safety"]
    rows = tables.answers_table(shown, (asked,), "trust").rows
    assert [row[1] for row in rows] == [*QUESTIONNAIRE.texts["en"].scale["degree"], "Not my area / can't say"]
    assert [row[3] for row in rows] == ["7%", "14%", "28%", "35%", "15%", "about 10%"]


def test_sections_keep_the_order_of_the_questionnaire() -> None:
    found = answers.sections(whole_round({}))
    assert [s.key for s in found] == [s.key for s in QUESTIONNAIRE.sections]
    assert answers.section_of(whole_round({}), "wins") == "achieved"
    assert answers.section_of(whole_round({}), "trust.safety") == "trust"
    assert answers.section_of(whole_round({}), "nobody") is None


def test_what_we_see_differently_is_never_called_close() -> None:
    split = columns(40, 8, 4, 8, 40)
    shown = told(result("trust.safety", average(3.0), columns=split), result("trust.ties", average(3.0)))
    found = agreement.spreads(shown)
    assert [s.question.id for s in agreement.furthest(found)] == ["trust.safety"]
    assert agreement.closest(found) == ()
