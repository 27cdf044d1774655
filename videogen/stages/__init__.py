"""The stages: plain functions from explicit inputs to a value and files."""
