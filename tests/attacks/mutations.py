"""Break one rule at a time and see that a test notices: `python -m tests.attacks.mutations`.

Each mutation replaces one line of the rules in a copy of the tree and runs the tests that should fail. A mutation that
survives is a rule that nothing holds to; the script names it and exits with 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULES = Path("assessment") / "disclosure"
COPIED = ("assessment", "tests", "data", "pyproject.toml")
UNIT = "tests/disclosure"
WORLDS = "60"


@dataclass(frozen=True)
class Mutation:
    """One broken rule: the file, what stands there, what takes its place, and the tests that must notice."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


MUTATIONS = (
    Mutation("threshold off by one", "people.py", "return n >= k", "return n >= k - 1", (UNIT,)),
    Mutation("threshold one too high", "people.py", "return n >= k", "return n > k", (UNIT,)),
    Mutation(
        "remainder check removed",
        "planner.py",
        "while found.shown and not nobody_or_enough(who.rest(found.shown), k):",
        "while False:",
        (UNIT,),
    ),
    Mutation(
        "remainder may be one short", "people.py", "return n == 0 or n >= k", "return n == 0 or n >= k - 1", (UNIT,)
    ),
    Mutation(
        "audit skipped",
        "planner.py",
        "while exposed(rows(who, atoms, found), sizes, rules.k):",
        "while False:",
        ("tests/attacks/test_sums.py",),
    ),
    Mutation(
        "audit looks at singles only",
        "linear.py",
        "small = people < k",
        "small = people < 2",
        ("tests/attacks/test_sums.py",),
    ),
    Mutation(
        "a told organisation of few left out of the audit",
        "linear.py",
        "told = told[people[told] >= k]",
        "told = told[people[told] >= 0]",
        (UNIT,),
    ),
    Mutation(
        "second lens let through by the audit",
        "planner.py",
        "less = give_up(who, found, rules)",
        "if found.both:\n            return found\n        less = give_up(who, found, rules)",
        ("tests/attacks/test_sums.py",),
    ),
    Mutation(
        "second lens let through among few",
        "planner.py",
        "few = rules.protection is Protection.GUARDED and who.people < SEVERAL",
        "few = False",
        (UNIT, "tests/attacks/test_insider.py"),
    ),
    Mutation(
        "second lens let through at its extremes",
        "lenses.py",
        "return above and below",
        "return True",
        ("tests/attacks/test_cases.py",),
    ),
    Mutation(
        "second lens withheld at the very extreme alone",
        "lenses.py",
        "return above and below",
        "return low + away <= most and least <= high - away",
        ("tests/attacks/test_cases.py",),
    ),
    Mutation(
        "second lens let through beside a coded end",
        "tally.py",
        'if bound_of(first, measure.points) != "exact":',
        "if False:",
        ("tests/attacks/test_cases.py",),
    ),
    Mutation(
        "organisations as one in a role",
        "planner.py",
        ">= FEWEST_ORGANISATIONS and 2 * int(organisations.max()) <= people",
        ">= 1",
        (UNIT,),
    ),
    Mutation(
        "two organisations are an alliance",
        "planner.py",
        "FEWEST_ORGANISATIONS = 3",
        "FEWEST_ORGANISATIONS = 2",
        (UNIT,),
    ),
    Mutation(
        "a role of few where organisations are not stored",
        "planner.py",
        "return None if holders >= 2 * rules.k else Withheld.FEW",
        "return None",
        (UNIT,),
    ),
    Mutation(
        "groups beside columns of few",
        "planner.py",
        "beside = who.people >= (MANY if columns else SEVERAL) or",
        "beside = True or",
        (UNIT,),
    ),
    Mutation(
        "rounding removed",
        "averages.py",
        "return FINE if mean.n >= FINE_FROM else COARSE",
        "return Fraction(1, 1000)",
        (UNIT,),
    ),
    Mutation("rounding too fine for few", "averages.py", "FINE if mean.n >= FINE_FROM else COARSE", "FINE", (UNIT,)),
    Mutation("end-coding removed", "averages.py", "if low <= below:", "if False:", (UNIT,)),
    Mutation("end-coding without slack", "averages.py", "SLACK = 2", "SLACK = 0", (UNIT,)),
    Mutation(
        "coded end tells the number of people",
        "averages.py",
        "fewest = lowest(band(mean.n)) if mean.voices == mean.n else mean.voices",
        "fewest = mean.voices",
        (UNIT,),
    ),
    Mutation(
        "groups kept beside an end-coded one",
        "drafting.py",
        "if self._squeezed(measure, [means[i] for i in exact], exact):",
        "if False:",
        (UNIT,),
    ),
    Mutation(
        "empty column shown", "columns.py", "(people > 0 or protection is Protection.GUARDED)", "people > 0", (UNIT,)
    ),
    Mutation("column of two shown", "columns.py", "FEWEST_IN_COLUMN = 3", "FEWEST_IN_COLUMN = 2", (UNIT,)),
    Mutation("columns of eight answers", "columns.py", "FEWEST_ANSWERS = 9", "FEWEST_ANSWERS = 8", (UNIT,)),
    Mutation("two columns shown", "columns.py", "FEWEST_COLUMNS = 3", "FEWEST_COLUMNS = 2", (UNIT,)),
    Mutation(
        "band from the exact spread",
        "people.py",
        "return n >= MANY",
        "return True",
        (UNIT,),
    ),
    Mutation(
        "gap with the exact spread of few",
        "gaps.py",
        "if by_people and own_spread(own.n) and not",
        "if by_people and not",
        (UNIT,),
    ),
    Mutation(
        "gap with a new spread beside repeated averages", "gaps.py", "if repeats != {None}:", "if False:", (UNIT,)
    ),
    Mutation("spread tells that all are alike", "averages.py", "NEIGHBOURS = 0.25", "NEIGHBOURS = -0.15", (UNIT,)),
    Mutation("spread tells that all are at the ends", "averages.py", "WIDE = 0.8", "WIDE = 1.5", (UNIT,)),
    Mutation(
        "one person's move told",
        "changes.py",
        "moved = [i for i in places if not _still(family[i])]",
        "moved = places",
        ("tests/attacks/test_rounds.py", UNIT),
    ),
    Mutation(
        "earlier average not repeated",
        "drafting.py",
        "if self.tally.rules.protection is not Protection.GUARDED:",
        "if True:",
        ("tests/attacks/test_rounds.py",),
    ),
    Mutation(
        "new columns beside old ones",
        "changes.py",
        "return max(sum(m for m in moves if m > 0), -sum(m for m in moves if m < 0)) < k",
        "return False",
        (UNIT, "tests/attacks/test_rounds.py"),
    ),
    Mutation(
        "another breakdown of an earlier round forgotten",
        "drafting.py",
        "return beside_earlier(self.tally, measure, found, self.earlier) if found.shown else found",
        "return found",
        ("tests/attacks/test_crossing.py",),
    ),
    Mutation(
        "all measures together not audited",
        "scopes.py",
        "if not found:",
        "if True:",
        ("tests/attacks/test_joint.py",),
    ),
    Mutation(
        "a dimension minus its questions",
        "scopes.py",
        "return Scope(whole and nobody_or_enough(sum(partial), k), exact)",
        "return Scope(whole, exact)",
        ("tests/attacks/test_composites.py",),
    ),
    Mutation(
        "a dimension beside a coded question",
        "drafting.py",
        "self._draft_alliance(measure, found, scope.whole and not coded)",
        "self._draft_alliance(measure, found, scope.whole)",
        ("tests/attacks/test_composites.py",),
    ),
    Mutation(
        "texts of nine people",
        "people.py",
        "return answered >= k_text and",
        "return answered >= k_text - 1 and",
        (UNIT,),
    ),
    Mutation("texts of four writers", "people.py", "FEWEST_WRITERS = 5", "FEWEST_WRITERS = 4", (UNIT,)),
    Mutation(
        "every ballot counted aloud", "people.py", "STEP = 5", "STEP = 1", (UNIT, "assessment/disclosure/people.py")
    ),
    Mutation(
        "organisations kept against the promise",
        "tally.py",
        "return replace(answers, organisation=np.full(answers.people, NOWHERE, np.intp))",
        "return answers",
        (UNIT,),
    ),
    Mutation(
        "a verdict tells where in a coded end",
        "comparing.py",
        "nearest(one.known(points), other.known(points))",
        "(one.mean, other.mean)",
        ("tests/attacks/test_two_rounds.py",),
    ),
    Mutation(
        "a repeated average tells where in a coded end",
        "changes.py",
        "now.held(points), now.shared_by, sums.held(points)",
        "now.mean, now.shared_by, sums.mean",
        ("tests/attacks/test_two_rounds.py",),
    ),
    Mutation("alpha of few", "reliability.py", "< JUDGEMENT.reliability_people", "< 3", (UNIT,)),
    Mutation(
        "alpha of questions without columns",
        "reliability.py",
        "if len(people) < len(shown):",
        "if not people:",
        ("tests/attacks/test_reliability.py",),
    ),
    Mutation(
        "alpha of few to two digits",
        "reliability.py",
        "FINE_FROM = 100",
        "FINE_FROM = 30",
        ("tests/attacks/test_reliability.py",),
    ),
    Mutation("a value made outside the door", "door.py", "if not _opened.get():", "if False:", (UNIT,)),
)


def survives(mutation: Mutation, tree: Path) -> bool:
    """Apply a mutation in a copied tree, run its tests, put the rule back; tell whether nothing failed."""
    file = tree / RULES / mutation.file
    text = file.read_text(encoding="utf-8")
    if mutation.before not in text:
        raise LookupError(f"{mutation.name}: {mutation.file} no longer holds {mutation.before!r}")
    file.write_text(text.replace(mutation.before, mutation.after, 1), encoding="utf-8")
    try:
        return _passes(tree, mutation.tests)
    finally:
        file.write_text(text, encoding="utf-8")


def _passes(tree: Path, tests: tuple[str, ...]) -> bool:
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=1"]
    command = [sys.executable, "-B", "-m", "pytest", *options, *tests]
    environment = {**os.environ, "TEND_ATTACK_WORLDS": WORLDS, "TEND_MUTATED": "1", "HYPOTHESIS_MAX_EXAMPLES": WORLDS}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode == 0


def copied(folder: Path) -> Path:
    """Copy what the tests need into a folder of its own, so that nobody else's tree is touched."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.db*"))
        else:
            shutil.copy(source, folder / name)
    return folder


def run(chosen: tuple[Mutation, ...] = MUTATIONS) -> list[str]:
    """Try mutations and return the names of those that no test noticed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        survivors = []
        for mutation in chosen:
            alive = survives(mutation, tree)
            print(f"{'SURVIVED' if alive else 'caught  '}  {mutation.name}", flush=True)
            survivors += [mutation.name] if alive else []
    return survivors


def main() -> int:
    """Run all mutations, or those whose name holds a word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("word", nargs="?", default="", help="only mutations whose name holds this")
    word = parser.parse_args().word
    return 1 if run(tuple(m for m in MUTATIONS if word in m.name)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
