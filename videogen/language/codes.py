"""What files call the languages that espeak-ng names."""

from __future__ import annotations

# The three letters of ISO 639-2/T.
ISO_639_2 = {
    "en-us": "eng",
    "en-gb": "eng",
    "es": "spa",
    "fr-fr": "fra",
    "hi": "hin",
    "it": "ita",
    "ja": "jpn",
    "pt-br": "por",
    "zh": "zho",
}
