"""A project: its folder and its row, opened by one process at a time, and what a person changes of it."""
