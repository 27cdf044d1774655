"""From a candidate to a local clip, by the bytes that are shown."""
