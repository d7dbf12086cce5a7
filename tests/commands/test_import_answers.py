"""import-answers: everything of another tool's export, or nothing; faults by row and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assessment.alliance import organisations, setup
from assessment.alliance.values import OrganisationDraft
from assessment.questionnaire.values import DONT_KNOW
from assessment.rounds import list_rounds, questionnaire_of
from assessment.storage.ballots import read_sent
from assessment.storage.engine import Store
from assessment.storage.tables import Alliance, Ballot, Organisation, Round, State
from tests.commands.conftest import Said, Tend
from tests.questionnaire.small import write_small

HEADER = "who,q1,q2,q3,kind,text"
ROWS = (
    "Reed,4,Often,2,loose,Sing more",
    "Reed,4.0,5,Right,Close,",
    'Fern,99,"2,0",,,',
    "Moss,1,1,1,2,  Rest. ",
    ",3,3,3,,",
)
MAPPING = """\
[round]
name = "Spring"
create = true
instrument = "small"
attribution = "visible"
breakdown = "organisations"

[organisation]
column = "who"
create = true
headcounts = { Reed = 5, Fern = 4 }
chapters = { Moss = "Hill" }

[answers]
dont_know = ["99"]

[answers.columns]
q1 = "trust.promises"
q2 = "trust.hidden"
q3 = "energy.meetings"
kind = "form.now"
text = "words.keep"
"""

Import = Callable[..., Said]


@pytest.fixture
def bring(tend: Tend, alliance: str, tmp_path: Path) -> Import:
    """Import rows by a mapping; both have defaults, and `edit` changes one place of the mapping."""
    write_small(tmp_path)

    def run(
        *rows: str,
        header: str = HEADER,
        edit: tuple[str, str] = ("", ""),
        content: bytes | None = None,
        more: tuple[str, ...] = (),
    ) -> Said:
        if edit[0]:
            assert MAPPING.count(edit[0]) == 1
        (tmp_path / "map.toml").write_text(MAPPING.replace(*edit) if edit[0] else MAPPING, encoding="utf-8")
        plain = "\n".join([header, *(rows or ROWS)]).encode()
        (tmp_path / "answers.csv").write_bytes(plain if content is None else content)
        return tend("import-answers", str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "map.toml"), *more)

    return run


def stored(store: Store) -> tuple[int, int, int]:
    """Count rounds, organisations and ballots."""
    with store.read() as session:
        counted = [session.scalar(select(func.count()).select_from(table)) for table in (Round, Organisation, Ballot)]
    return (counted[0] or 0, counted[1] or 0, counted[2] or 0)


def ballots(store: Store) -> dict[str | None, tuple[dict[str, int], dict[str, str]]]:
    """Return codes and texts by organisation; the last one of each."""
    with store.read() as session:
        row = session.scalars(select(Round)).one()
        names = {o.id: o.name for o in session.scalars(select(Organisation))}
        questions = questionnaire_of(store, row.id).coded
        return {
            names.get(sent.organisation_id or ""): (
                {q.id: code for q, code in zip(questions, sent.answers, strict=True) if code},
                dict(sent.texts),
            )
            for sent in read_sent(session, row.id)
        }


def test_rows_become_sent_ballots_of_their_organisations(bring: Import, store: Store) -> None:
    said = bring()
    assert said == (
        0,
        "5 people's answers are in the new round Spring.\n4 questions of the round have no column in the file.\n",
        "",
    )
    found = ballots(store)
    assert found["Fern"] == ({"trust.promises": DONT_KNOW, "trust.hidden": 2}, {})
    assert found["Moss"] == (
        {"trust.promises": 1, "trust.hidden": 1, "energy.meetings": 1, "form.now": 2},
        {"words.keep": "Rest."},
    )
    assert found[None][0] == {"trust.promises": 3, "trust.hidden": 3, "energy.meetings": 3}


def test_labels_keys_and_decimal_numbers_are_understood(bring: Import, store: Store) -> None:
    bring("Reed,very OFTEN,4.00,too much,Close,", "Fern,1,1,1,,", "Moss,1,1,1,,")
    expected = {"trust.promises": 5, "trust.hidden": 4, "energy.meetings": 3, "form.now": 2}
    assert ballots(store)["Reed"] == (expected, {})


def test_organisations_are_made_with_their_headcounts(bring: Import, store: Store) -> None:
    bring()
    with store.read() as session:
        made = {o.name: (o.headcount, o.chapter) for o in session.scalars(select(Organisation))}
    assert made == {"Reed": (5, None), "Fern": (4, None), "Moss": (None, "Hill")}


def test_named_values_are_read_by_their_names_alone(bring: Import, store: Store) -> None:
    named = ('dont_know = ["99"]', 'dont_know = ["99"]\nvalues = { often = { "a bit" = 2, "7" = 5 } }')
    assert bring("Reed,a bit,7.0,2,,", "Fern,7,,,,", "Moss,7,,,,", edit=named).status == 0
    assert ballots(store)["Reed"][0] == {"trust.promises": 2, "trust.hidden": 5, "energy.meetings": 2}


def test_a_number_beside_named_values_is_a_fault(bring: Import) -> None:
    named = ('dont_know = ["99"]', 'values = { often = { "a bit" = 2 } }')
    assert "row 2, column q1: '4'" in bring("Reed,4,a bit,2,,", edit=named).err


def test_every_fault_is_told_by_row_and_column_and_nothing_is_kept(bring: Import, store: Store) -> None:
    before = stored(store)
    status, out, err = bring("Reed,6,Often,2,loose,x", "Fern,3.5,0,nan,maybe,\x00", "Moss,1,1,1,2", "Moss,1e9,-1,,,")
    assert (status, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()[:-1]] == [
        "row 2, column q1",
        "row 3, column q1",
        "row 3, column q2",
        "row 3, column q3",
        "row 3, column kind",
        "row 3, column text",
        "row 4",
        "row 5, column q1",
        "row 5, column q2",
    ]
    assert err.endswith("Nothing was imported.\n")
    assert stored(store) == before


def test_very_many_faults_are_counted_and_not_listed(bring: Import) -> None:
    err = bring(*["Reed,9,9,9,9,"] * 100).err
    assert len(err.splitlines()) == 42
    assert "and 360 more faults" in err


def test_a_round_that_cannot_be_opened_leaves_no_organisation_behind(bring: Import, store: Store) -> None:
    before = stored(store)
    status, _, err = bring("Reed,1,1,1,,", "Fern,1,1,1,,")
    assert status == 2
    assert "2 organisations" in err
    assert stored(store) == before


def test_more_rows_than_people_asked_is_a_fault(bring: Import, store: Store) -> None:
    before = stored(store)
    err = bring(*["Fern,1,1,1,,"] * 5, "Reed,1,1,1,,", "Moss,1,1,1,,").err
    assert "Fern has 5 rows, but only 4 people were asked there" in err
    assert stored(store) == before


def test_unknown_organisations_are_a_fault_unless_they_are_made(bring: Import, store: Store) -> None:
    with store.read() as session:
        alliance_id = session.scalars(select(Alliance.id)).one()
    organisations.add(store, alliance_id, [OrganisationDraft(name) for name in ("Reed", "Fern", "Oak")])
    status, _, err = bring(edit=('column = "who"\ncreate = true', 'column = "who"'))
    assert status == 2
    assert "row 5, column who: 'Moss' is not asked in this round" in err


def test_named_organisations_are_the_only_ones(bring: Import, store: Store) -> None:
    named = ("headcounts = { Reed = 5, Fern = 4 }", 'names = { "1" = "Reed", "2" = "Fern", "3" = "Moss" }')
    assert "row 4, column who: '4' is no organisation" in bring("1,1,1,1,,", "2.0,1,1,1,,", "4,1,1,1,,", edit=named).err
    assert bring("1,1,1,1,,", "2.0,1,1,1,,", "3,1,1,1,,", edit=named).status == 0
    assert set(ballots(store)) == {"Reed", "Fern", "Moss"}


def test_without_an_organisation_table_answers_belong_to_none(bring: Import, store: Store) -> None:
    table = MAPPING[MAPPING.index("[organisation]") : MAPPING.index("[answers]")]
    rules = 'attribution = "visible"\nbreakdown = "organisations"\n\n'
    said = bring("4,4,2,loose,x", header="q1,q2,q3,kind,text", edit=(rules + table, ""))
    assert said.status == 0
    assert set(ballots(store)) == {None}


def test_an_open_round_takes_more_answers(bring: Import, store: Store) -> None:
    bring()
    said = bring("Reed,4,,,,", edit=("create = true\ninstrument", "instrument"))
    assert said.out.startswith("1 people's answers are in the round Spring.")
    assert stored(store) == (1, 3, 6)


def test_the_round_can_be_named_on_the_command_line(bring: Import, store: Store) -> None:
    bring(more=("--round", "Autumn"))
    with store.read() as session:
        assert session.scalars(select(Round.name)).all() == ["Autumn"]


def test_a_round_that_is_not_there_is_told(bring: Import) -> None:
    err = bring(edit=("create = true\ninstrument", "instrument")).err
    assert "There is no round 'Spring'" in err


def test_a_draft_takes_no_answers(bring: Import, store: Store) -> None:
    bring()
    with store.write() as session:
        session.scalars(select(Round)).one().state = State.DRAFT
    assert "The round 'Spring' is draft. Only an open round takes answers." in bring().err


def test_rows_without_an_answer_are_left_out_and_counted(bring: Import, store: Store) -> None:
    said = bring(*ROWS, "Reed,NA,,,,", "", ",,,,,")
    assert "2 rows without an answer were left out" in said.out
    assert stored(store)[2] == 5


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("who,q1,q2,q3,kind,texts", "column 'text' is missing. Did you mean 'texts'?"),
        ("who,q1,q2,q3,kind,text,age", "column 'age' is not in the mapping. Map it, or add it to ignore"),
        ("who,q1,q1,q3,kind,text", "column 'q1' is there twice"),
        ("", "is empty"),
        ("who;q1;q2;q3;kind;text", "Name its delimiter under [file]"),
    ],
)
def test_a_header_that_does_not_fit_is_told(bring: Import, header: str, told: str) -> None:
    status, _, err = bring(header=header)
    assert status == 2
    assert told in err


def test_ignored_columns_are_not_brought_in(bring: Import) -> None:
    ignoring = ('dont_know = ["99"]', 'ignore = ["age"]')
    assert bring("Reed,4,4,2,,,41", "Fern,1,,,,,2", "Moss,1,,,,,3", header=HEADER + ",age", edit=ignoring).status == 0


def test_other_delimiters_and_encodings_are_read(bring: Import, store: Store) -> None:
    table = ("[round]", '[file]\ndelimiter = ";"\nencoding = "cp1252"\n\n[round]')
    content = "who;q1;q2;q3;kind;text\nRéed;4;4;2;;Œuvre\nFern;1;;;;\nMoss;1;;;;\n".encode("cp1252")
    assert bring(edit=table, content=content).status == 0
    assert ballots(store)["Réed"][1] == {"words.keep": "Œuvre"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"who,q1,q2,q3,kind,text\nR\xe9ed,4,4,2,,\n", "is not written in utf-8-sig"),
        (b'who,q1,q2,q3,kind,text\nReed,"4,4,2,,\n', "is no CSV"),
        (b'who,q1,q2,q3,kind,text\nReed,"4"x,4,2,,\n', "is no CSV"),
        (b"who,q1,q2,q3,kind,text\nReed,4,4,2,," + b"x" * 200_000 + b"\n", "is no CSV"),
        (b"", "is empty"),
        (b"who,q1,q2,q3,kind,text\n", "holds no row with an answer"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(bring: Import, store: Store, content: bytes, told: str) -> None:
    status, out, err = bring(content=content)
    assert (status, out) == (2, "")
    assert told in err
    assert stored(store) == (0, 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('q1 = "trust.promises"', 'q1 = "trust.promise"', "unknown question 'trust.promise'. Did you mean"),
        ('q1 = "trust.promises"', 'q1 = "trust.hidden"', "trust.hidden is answered by 'q1' already"),
        (
            'attribution = "visible"',
            'attribution = "seen"',
            "attribution is 'seen'. Write 'alliance', 'own' or 'visible'",
        ),
        ("create = true\ninstrument", "crate = true\ninstrument", "unknown key 'crate'. Did you mean 'create'?"),
        ('instrument = "small"', 'instrument = "smaller"', "There is no questionnaire 'smaller'"),
        ('dont_know = ["99"]', "values = { often = { x = 6 } }", "'x' means 6. Use codes from 1 to 5"),
        ('dont_know = ["99"]', "values = { oftn = { x = 1 } }", "Did you mean 'often'?"),
        ('name = "Spring"', f'name = "{"x" * 81}"', "Use at most 80 characters"),
        ('breakdown = "organisations"', "k = 3", "Write a whole number of at least 5"),
        ('breakdown = "organisations"', 'languages = ["fr"]', "not there in fr"),
        ("[round]", '[file]\nencoding = "klingon"\n[round]', "'klingon' is no encoding"),
        ("[round]", "[round", "is not TOML"),
    ],
)
def test_faults_of_the_mapping_are_told(bring: Import, store: Store, old: str, new: str, told: str) -> None:
    status, out, err = bring(edit=(old, new))
    assert (status, out) == (2, "")
    assert told in err
    assert stored(store) == (0, 0, 0)


def test_missing_files_are_told(tend: Tend, bring: Import, tmp_path: Path) -> None:
    bring()
    gone = tend("import-answers", str(tmp_path / "gone.csv"), "--mapping", str(tmp_path / "map.toml"), "--round", "Two")
    assert gone.status == 2
    assert "gone.csv cannot be read: No such file or directory" in gone.err
    unmapped = tend("import-answers", str(tmp_path / "answers.csv"), "--mapping", str(tmp_path / "gone.toml"))
    assert unmapped.status == 2
    assert "gone.toml: file: is missing" in unmapped.err


def test_without_an_alliance_there_is_nothing_to_import_into(tend: Tend, store: Store, tmp_path: Path) -> None:
    said = tend("import-answers", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "m.toml"))
    assert said.status == 2
    assert "No alliance is set up here yet" in said.err
    assert setup.is_empty(store)


def test_the_short_form_takes_only_its_questions(bring: Import, store: Store) -> None:
    short = ('instrument = "small"', 'instrument = "small"\nshort_form = true')
    err = bring(edit=short).err
    assert "unknown question 'trust.hidden'" in err


def test_only_the_alliance_s_round_keeps_no_organisation(bring: Import, store: Store) -> None:
    rules = ('attribution = "visible"\nbreakdown = "organisations"', 'attribution = "alliance"')
    assert bring(edit=rules).status == 0
    assert set(ballots(store)) == {None}
    with store.read() as session:
        assert list_rounds(store, session.scalars(select(Alliance.id)).one())[0].name == "Spring"
