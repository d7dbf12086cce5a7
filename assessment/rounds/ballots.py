"""All ballots of a round on their way into sealing: one row of bytes a person, and nothing else."""

from __future__ import annotations

import numpy as np

from assessment.statistics.answers import Answers, Roster

PLACE = 4
"""Bytes of an organisation's index, counted from 1 (0: stored nowhere); they sort as numbers do."""
HEAD = PLACE + 1
"""Bytes before a person's answers: the organisation, and whether they wish to be counted in the total only."""


class Ballots:
    """Takes ballots one by one, in any order, and gives them as a matrix in the order of their content.

    A million people are a million short rows of bytes, sorted in place: no object of each stays in memory.
    """

    def __init__(self, people: int, questions: int) -> None:
        self._people, self._width = people, HEAD + questions
        self._bytes = bytearray(people * self._width)
        self._filled = 0

    def add(self, organisation: int, only_total: bool, answers: bytes) -> None:
        """Take one ballot; raise ValueError where its answers do not fit the questionnaire."""
        row = (organisation + 1).to_bytes(PLACE, "big") + bytes([only_total]) + answers
        if len(row) != self._width:
            raise ValueError(f"a ballot holds {len(answers)} answers to {self._width - HEAD} coded questions")
        end = self._filled + self._width
        self._bytes[self._filled : end] = row
        self._filled = end

    def counted(self, roster: Roster) -> Answers:
        """Return all ballots by content, not by key: the same set of them gives the same release to the last byte.

        Raises ValueError where fewer were taken than announced.
        """
        if self._filled != self._people * self._width:
            raise ValueError(f"{self._filled // self._width} ballots were read where {self._people} were counted")
        rows = np.frombuffer(self._bytes, np.uint8).reshape(self._people, self._width)
        rows.view(f"S{self._width}").sort(axis=0)
        organisation = rows[:, :PLACE].copy().view(">u4")[:, 0].astype(np.int32) - 1
        return Answers(rows[:, HEAD:], organisation, rows[:, PLACE].astype(bool), roster)
