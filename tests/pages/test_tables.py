"""Tables of numbers on a screen: what people typed is shown as it is, and every column stays."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def a_table() -> None:
    from assessment.ui import panels

    panels.rows(("Dimension", "![x](http://evil)", "Dimension"), [("Trust", "3.1", "3.4")])


@pytest.fixture
def shown() -> Any:
    return AppTest.from_function(a_table, default_timeout=60).run().table[0].value


def test_a_column_that_is_called_like_another_one_stays(shown: Any) -> None:
    assert list(shown.iloc[0]) == ["Trust", "3\\.1", "3\\.4"]
    assert [name.strip() for name in shown.columns][::2] == ["Dimension", "Dimension"]


def test_the_name_of_a_round_is_no_markdown(shown: Any) -> None:
    assert shown.columns[1].startswith("\\!\\[x\\]")
