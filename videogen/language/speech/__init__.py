"""From a text as written to a text as spoken, and back again for captions."""
