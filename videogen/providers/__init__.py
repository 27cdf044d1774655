"""The services that write, speak and find footage, one a file."""
