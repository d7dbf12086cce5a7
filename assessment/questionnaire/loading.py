"""Load questionnaires from their files, or report every fault of all files at once."""

from __future__ import annotations

from pathlib import Path

from assessment.errors import Fault, FaultyFile
from assessment.questionnaire.checking import check_questions, check_texts
from assessment.questionnaire.checking_readings import check_readings
from assessment.questionnaire.shape import (
    PartTable,
    QuestionsFile,
    QuestionTable,
    ReadingsFile,
    ReadingTable,
    TextsFile,
)
from assessment.questionnaire.toml_files import read_file
from assessment.questionnaire.values import (
    Part,
    Question,
    Questionnaire,
    Reading,
    Scale,
    Section,
    SectionText,
    Texts,
)

STRUCTURE = "questions.toml"
READINGS = "readings.toml"


def instruments(root: Path) -> dict[str, Path]:
    """Return the folders under `root` that hold a questionnaire, by name."""
    return {path.parent.name: path.parent for path in sorted(root.glob(f"*/{STRUCTURE}"))}


def load_questionnaire(folder: Path) -> Questionnaire:
    """Load the questionnaire of a folder, with the readings that lie beside the folder.

    Raises FaultyFile with every fault of the structure, the languages and the readings.
    """
    structure, faults = read_file(folder / STRUCTURE, QuestionsFile)
    languages = _languages(folder, faults)
    readings = _readings(folder.parent / READINGS, faults)
    if structure is None:
        raise FaultyFile(faults)
    own = check_questions(STRUCTURE, structure)
    for name, texts in languages.items():
        faults += check_texts(name, texts, structure)
    applying, wrong = check_readings(READINGS, readings, structure)
    faults += [*own, *wrong]
    if faults:
        raise FaultyFile(faults)
    return _questionnaire(structure, list(languages.values()), applying)


def _languages(folder: Path, faults: list[Fault]) -> dict[str, TextsFile]:
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != STRUCTURE]
    if not paths:
        faults.append(Fault(folder.name, "folder", "holds no texts", "Add a file such as en.toml with all words"))
    found: dict[str, TextsFile] = {}
    for path in paths:
        texts, wrong = read_file(path, TextsFile)
        faults += wrong
        if texts is not None:
            found[path.name] = texts
    return found


def _readings(path: Path, faults: list[Fault]) -> list[ReadingTable]:
    if not path.exists():
        return []
    file, wrong = read_file(path, ReadingsFile)
    faults += wrong
    return list(file.reading) if file else []


def _questionnaire(structure: QuestionsFile, languages: list[TextsFile], readings: list[ReadingTable]) -> Questionnaire:
    scales = {key: Scale(key, table.points, table.best) for key, table in structure.scales.items()}
    return Questionnaire(
        key=structure.key,
        version=structure.version,
        minutes=structure.minutes,
        pulse_minutes=structure.pulse_minutes,
        sections=tuple(
            Section(s.key, tuple(_question(s.key, q, scales) for q in s.questions)) for s in structure.section
        ),
        texts={texts.language: _texts(texts) for texts in languages},
        readings=tuple(_reading(reading) for reading in readings),
    )


def _question(section: str, table: QuestionTable, scales: dict[str, Scale]) -> Question:
    return Question(
        id=table.id,
        kind=table.implied_kind,
        section=section,
        dimension=table.dimension,
        scale=scales[table.scale] if table.scale else None,
        choices=tuple(table.choices or ()),
        pulse=table.pulse,
        reverse=table.reverse,
        pole=table.pole,
        pair=table.pair,
        use=table.use,
    )


def _texts(file: TextsFile) -> Texts:
    return Texts(
        language=file.language,
        direction=file.direction,
        status=file.status,
        title=file.title,
        dont_know=file.dont_know,
        scale={key: tuple(labels) for key, labels in file.scale.items()},
        dimension=dict(file.dimension),
        section={key: SectionText(text.title, text.frame) for key, text in file.section.items()},
        question=dict(file.question),
        choice=dict(file.choice),
        versions=dict(file.versions),
    )


def _reading(table: ReadingTable) -> Reading:
    return Reading(
        table.key, table.title, table.source, table.shape, tuple(_part(p) for p in table.parts), table.lit_below
    )


def _part(table: PartTable) -> Part:
    return Part(
        key=table.key,
        title=table.title,
        questions=tuple(table.questions),
        two_sided=tuple(table.two_sided),
        choices=tuple(table.choices),
        dimension=table.dimension,
        axis=table.axis,
        discuss=table.discuss or "",
    )
