"""The stages within a run: what is read before each, made once and kept, and recorded after."""
