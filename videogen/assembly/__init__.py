"""From a Timeline to a file; the only room that knows MoviePy and the frame reader."""
