"""Attack 4: two rounds that differ by one person, and what their difference shows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.disclosure.release import Earlier, SealedRound
from assessment.disclosure.rules import Breakdown, Lens
from assessment.disclosure.values import Result, Verdict
from tests.attacks.worlds import World, worlds

ATTACKS = settings.get_profile("attacks")
MOVED = {Verdict.UP, Verdict.DOWN, Verdict.MAYBE_UP, Verdict.MAYBE_DOWN}


def earlier(world: World, sealed: SealedRound) -> Earlier:
    return Earlier(sealed.release, sealed.statistics, world.asked)


@st.composite
def one_move(draw: st.DrawFn, world: World) -> World:
    """The same alliance a round later: one person joined, left, or answered otherwise."""
    who = draw(st.integers(0, world.people - 1))
    kind = draw(st.sampled_from(("joins", "leaves", "changes")))
    if kind == "leaves":
        kept = [i for i in range(world.people) if i != who]
    else:
        kept = list(range(world.people))
    moved = replace(
        world,
        organisation=tuple(world.organisation[i] for i in kept),
        role=tuple(world.role[i] for i in kept),
        answers=tuple(world.answers[i] for i in kept),
    )
    answer = tuple(draw(st.integers(0, world.points)) for _ in world.answers[0])
    if kind == "changes":
        return moved.with_answers([answer if i == who else a for i, a in enumerate(moved.answers)])
    if kind == "joins":
        return replace(
            moved,
            organisation=(*moved.organisation, draw(st.integers(-1, max(world.organisation)))),
            role=(*moved.role, 1),
            answers=(*moved.answers, answer),
        )
    return moved


def shown(sealed: SealedRound) -> dict[tuple[str, str], Result]:
    return {(r.group, r.measure): r for r in sealed.release.results}


@settings(ATTACKS)
@given(data=st.data())
def test_one_persons_move_is_never_shown(data: st.DataObject) -> None:
    breakdown, lens = data.draw(st.sampled_from(Breakdown)), data.draw(st.sampled_from(Lens))
    first = data.draw(worlds(breakdown, lens, most=30, organisations=5))
    second = data.draw(one_move(first))
    assume(max(second.organisation, default=-1) >= 0)
    one = first.seal()
    two = second.seal([earlier(first, one)], "r2")
    before = shown(one)
    for key, result in shown(two).items():
        assert not {change.verdict for change in result.changes} & MOVED
        if key not in before or result.average is None or before[key].average is None:
            continue
        if one.release.rules == two.release.rules:
            assert result.average.value == before[key].average.value
            assert result.columns is None or before[key].columns is None


@settings(ATTACKS)
@given(data=st.data())
def test_one_persons_move_after_three_rounds_is_no_change_either(data: st.DataObject) -> None:
    first = data.draw(worlds(Breakdown.NONE, most=24))
    other = data.draw(worlds(Breakdown.NONE, points=(first.points,), most=24))
    third = data.draw(one_move(first))
    assume(max(third.organisation, default=-1) >= 0)
    one = first.seal()
    two = other.seal([earlier(first, one)], "r2")
    three = third.seal([earlier(first, one), earlier(other, two)], "r3")
    result, before = three.release.result("q0"), one.release.result("q0")
    assert result is not None
    assert before is not None
    assert not {change.verdict for change in result.changes if change.round_id == "r1"} & MOVED
    if result.columns is not None:
        assert before.columns is None
