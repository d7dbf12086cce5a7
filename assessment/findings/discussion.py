"""One question to talk about, for whatever is shown: a screen, a finding, a part of a reading, a step in a room.

A question asks for what people have seen themselves. It never says why something is as it is, and never more than the
finding beside it. At most 20 words, so that it is read from the back row.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from assessment.questionnaire.values import Part, Reading, Shape


class Topic(StrEnum):
    """What is talked about: a picture as a whole, or one kind of finding in it."""

    HEARD = "heard"
    OVERALL = "overall"
    ALIKE = "alike"
    SPLIT = "split"
    BALANCE = "balance"
    STEERING = "steering"
    SUCCESS = "success"
    WINS_AHEAD = "wins_ahead"
    POWER_AHEAD = "power_ahead"
    CHANGE = "change"
    UP = "up"
    DOWN = "down"
    MAYBE = "maybe"
    GROUPS = "groups"
    SMALL_LOWER = "small_lower"
    SMALL_HIGHER = "small_higher"
    CANNOT_JUDGE = "cannot_judge"
    READING = "reading"
    WORDS = "words"
    COMMITMENTS = "commitments"
    SMALL_GROUPS = "small_groups"


QUESTIONS: Mapping[Topic, str] = {
    Topic.HEARD: "Whose voice is missing here, and how do we get to hear it?",
    Topic.OVERALL: "Which of these surprises you, and what have you seen yourself that fits it or does not?",
    Topic.ALIKE: "What do we do that all of us notice, and would not want to lose?",
    Topic.SPLIT: "What does each side see that the other one does not?",
    Topic.BALANCE: "What would we do less of, to have more of what we need?",
    Topic.STEERING: "Which decisions do we want to take together, and which on our own?",
    Topic.SUCCESS: "What did our last win leave behind that is still there?",
    Topic.WINS_AHEAD: "How could our next win leave more ties and more leaders behind?",
    Topic.POWER_AHEAD: "What are we strong enough to win now?",
    Topic.CHANGE: "Which of these changes have you noticed yourself, and where?",
    Topic.UP: "Where do you notice it, and what would you not want to stop doing?",
    Topic.DOWN: "Where do you notice it, and what would help first?",
    Topic.MAYBE: "Do you see it too, and where?",
    Topic.GROUPS: "What could one group show the others?",
    Topic.SMALL_LOWER: "What do small organisations meet that large ones do not see?",
    Topic.SMALL_HIGHER: "What do large organisations meet that small ones do not see?",
    Topic.CANNOT_JUDGE: "Who of us could tell the others about it, and when?",
    Topic.READING: "Which of these, if it were better, would help the others most?",
    Topic.WORDS: "Which of these sentences stays with you?",
    Topic.COMMITMENTS: "What is the smallest step that all of us would notice by the next round?",
    Topic.SMALL_GROUPS: "What would your organisation do about it before the next round?",
}

OF_A_SHAPE: Mapping[Shape, str] = {
    "ranked": QUESTIONS[Topic.READING],
    "two_by_two": QUESTIONS[Topic.SUCCESS],
    "warnings": "What do we see in our daily work that fits the warning, or speaks against it?",
    "sequence": "Which step needs us first?",
    "counts": "Where today and our wish differ: who would have to do what?",
}
"""What is asked about a reading as a whole, and about a part whose file asks nothing of its own."""


def question(topic: Topic) -> str:
    """Return the one question that a topic is talked about with."""
    return QUESTIONS[topic]


def part_question(reading: Reading, part: Part) -> str:
    """Return the question about one part of a reading: its own, else the one of the reading's shape."""
    return part.discuss or OF_A_SHAPE[reading.shape]
