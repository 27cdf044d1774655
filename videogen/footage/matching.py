"""Rows matched with columns at the least cost in all: the linear assignment problem.

One shortest augmenting path a row, after Jonker and Volgenant (1987), for more columns than rows as
Crouse tells it: "On implementing 2D rectangular assignment algorithms" (2016).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def matched(costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the column of each row; `costs` are finite, with at least as many columns as rows."""
    rows, columns = costs.shape
    row_prices, column_prices = np.zeros(rows), np.zeros(columns)
    column_of, row_of = np.full(rows, -1), np.full(columns, -1)
    for new in range(rows):
        reached, before = np.full(columns, np.inf), np.full(columns, -1)
        open_distances = reached.copy()  # infinite again once a column is done
        row, distance = new, 0.0
        done: list[int] = []
        while True:
            through = distance + costs[row] - row_prices[row] - column_prices
            through[done] = np.inf
            nearer = through < reached
            reached[nearer] = open_distances[nearer] = through[nearer]
            before[nearer] = row
            column = int(open_distances.argmin())
            distance = float(reached[column])
            open_distances[column] = np.inf
            done.append(column)
            if row_of[column] < 0:
                break
            row = int(row_of[column])
        row_prices[new] += distance
        row_prices[row_of[done[:-1]]] += distance - reached[done[:-1]]
        column_prices[done] -= distance - reached[done]
        while column >= 0:
            row = int(before[column])
            row_of[column] = row
            column, column_of[row] = int(column_of[row]), column
    return column_of
