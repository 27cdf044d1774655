"""Rows and columns matched at the least cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from videogen.footage.matching import matched


@given(
    rows=st.integers(1, 12),
    more=st.integers(0, 9),
    kinds=st.sampled_from([3, 10, 100_000]),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_other_matching_costs_less(rows: int, more: int, kinds: int, seed: int) -> None:
    # Few kinds of costs make many that are equal.
    costs = np.random.default_rng(seed).integers(-kinds, kinds, (rows, rows + more)) / 10.0

    columns = matched(costs)

    assert len(set(columns.tolist())) == rows
    least = costs[linear_sum_assignment(costs)].sum()
    assert costs[np.arange(rows), columns].sum() == pytest.approx(least)


def test_a_row_gives_way_to_one_that_has_no_other_column() -> None:
    costs = np.array([[0.0, 1.0, 9.0], [0.0, 9.0, 9.0]])

    assert matched(costs).tolist() == [1, 0]
