"""A topic or a file becomes a script, and the script paced scenes."""
