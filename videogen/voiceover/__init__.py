"""Paced scenes become voiced scenes."""
