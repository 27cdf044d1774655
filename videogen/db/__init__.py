"""The record in the database: engine, models, records, drift."""
