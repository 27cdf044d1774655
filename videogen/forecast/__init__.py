"""What a film takes, foretold from what films took: processor time, seconds, bytes, and what is left."""
