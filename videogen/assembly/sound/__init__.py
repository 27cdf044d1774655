"""The cut's sound: narration, music, loudness."""
