"""The way to outside services: bounded in time and size, to allowed addresses only."""
