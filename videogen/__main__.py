"""`python -m videogen`, the same as the console script."""

from videogen.cli import main

main()
