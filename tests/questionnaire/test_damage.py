"""However a file is damaged, loading gives a questionnaire or a list of faults, and nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from assessment.errors import Fault, FaultyFile
from assessment.questionnaire.loading import load_questionnaire
from assessment.questionnaire.measures import measures
from assessment.questionnaire.snapshot import freeze, short_form, thaw
from assessment.questionnaire.values import Questionnaire
from tests.questionnaire.small import ENGLISH, QUESTIONS, READINGS, write_small

FILES = {"questions": QUESTIONS, "en": ENGLISH, "readings": READINGS}
VALUES = st.sampled_from(
    ["", "0", "-1", "true", '""', "[]", "{}", "1.5", "nan", '"often"', '"a.b"', "[[1]]", "1979-05-27"]
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Cut, repeat or overwrite a piece of one of the three files."""
    stem = draw(st.sampled_from(sorted(FILES)))
    raw = FILES[stem].encode()
    start = draw(st.integers(0, len(raw)))
    end = min(len(raw), start + draw(st.integers(0, 60)))
    piece = draw(st.one_of(st.just(b""), st.just(raw[start:end] * 2), st.binary(max_size=8), VALUES.map(str.encode)))
    return stem, raw[:start] + piece + raw[end:]


@st.composite
def misvalued(draw: st.DrawFn) -> tuple[str, bytes]:
    """Give one key of one of the three files another value: still TOML, seldom still a questionnaire."""
    stem = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[stem].splitlines()
    keyed = [i for i, line in enumerate(lines) if " = " in line and not line.endswith("[")]
    chosen = draw(st.sampled_from(keyed))
    head, _, tail = lines[chosen].rpartition(" = ")
    closing = tail[tail.index(" }") :] if " }" in tail else ""
    lines[chosen] = f"{head} = {draw(VALUES.filter(bool))}{closing}"
    return stem, "\n".join(lines).encode()


def loaded(folder: Path) -> Questionnaire | tuple[Fault, ...]:
    try:
        return load_questionnaire(folder)
    except FaultyFile as error:
        return error.faults


@given(damaged() | misvalued())
def test_damage_is_told_as_faults(damage: tuple[str, bytes]) -> None:
    with TemporaryDirectory() as root:
        folder = write_small(Path(root))
        stem, raw = damage
        ((folder.parent if stem == "readings" else folder) / f"{stem}.toml").write_bytes(raw)
        found = loaded(folder)
    if isinstance(found, Questionnaire):
        assert thaw(freeze(found)) == found
        assert measures(found)
        assert thaw(freeze(short_form(found))) == short_form(found)
    else:
        assert found
        assert all(fault.file and fault.where and fault.what and fault.mend for fault in found)
