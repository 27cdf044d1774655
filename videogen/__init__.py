"""From a topic to a narrated video, recorded in the database of an existing web app."""

import os

# ONNX Runtime would tell Microsoft of this machine, under a number that it keeps in the home folder.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
