"""Raw data of published reliability examples: people x questions."""

from __future__ import annotations

import numpy as np

_BY_QUESTION = """
357261426544564
243452345432553
465363545653655
135354335422245
456242571355323
514245226533321
123242125324213
453663242132442
356675463743463
255352352214554
"""
PINGOUIN = np.array([[float(answer) for answer in row] for row in _BY_QUESTION.split()]).T
"""Example `cronbach_alpha` of pingouin's documentation: 15 people, 10 questions."""

_BY_PERSON = """
11111111111
11111111010
-011-111100
11101101100
11111000100
01-01111000
11110010000
11111000000
01011000010
10010100-00
11100000000
10010000000
"""
WITH_GAPS = np.array([[np.nan if answer == "-" else float(answer) for answer in row] for row in _BY_PERSON.split()])
"""Example `cronbach_wide_missing` of pingouin's documentation: 12 people, 11 questions, four answers missing."""
