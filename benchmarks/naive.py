"""The yardstick: one row per answer in a tidy table, and pandas over it. What a first version would do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.questionnaire.values import Questionnaire
from assessment.statistics.answers import Answers


def tidy(asked: Questionnaire, answers: Answers) -> pd.DataFrame:
    """Return one row per person and question that was answered: question, organisation, value."""
    given = (answers.codes != 0) & (answers.codes != 255)
    person, question = np.nonzero(given)
    names = pd.Categorical.from_codes(question, categories=pd.Index([q.id for q in asked.coded]))
    return pd.DataFrame(
        {"question": names, "organisation": answers.organisation[person], "value": answers.codes[given]}
    )


def screen(table: pd.DataFrame) -> pd.DataFrame:
    """Compute what a screen shows: the average, spread and number of every question, in all and by organisation."""
    whole = table.groupby("question", observed=True)["value"].agg(["count", "mean", "std"])
    groups = table.groupby(["organisation", "question"], observed=True)["value"].agg(["count", "mean", "std"])
    shares = table.groupby("question", observed=True)["value"].value_counts(normalize=True)
    return pd.concat([whole, groups]).assign(shares=len(shares))
