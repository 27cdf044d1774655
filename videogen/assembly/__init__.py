"""From a Timeline to a file; the only package that knows MoviePy."""
