"""`make fuzz`: every parser with many damaged examples, going on where an earlier call was stopped."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
STATE = TESTS.parent / "build" / "fuzz.json"
STEP = 1000
LONGEST = 1.0  # second of the processor


def main(cases: int) -> int:
    """Run up to `cases` of each parser; print what each found, as rows of a table."""
    sys.path.insert(0, str(TESTS))
    from fuzz.cases import findings
    from fuzz.parsers import PARSERS

    logging.disable(logging.CRITICAL)
    STATE.parent.mkdir(exist_ok=True)
    done = json.loads(STATE.read_text()) if STATE.exists() else {}
    for name, parser in PARSERS.items():
        count, found = done.get(name, (0, []))
        while count < cases:
            numbers = range(count, min(cases, count + STEP))
            found += [f"{one.number}: {one.what}" for one in findings(parser, numbers, LONGEST)]
            count = min(cases, count + STEP)
            done[name] = count, found
            STATE.write_text(json.dumps(done, indent=1))
        print(f"| {name} | {count:,} | {len(found)} |", flush=True)
        for line in found[:10]:
            print(f"  {line}", file=sys.stderr)
    return 1 if any(found for _, found in done.values()) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100_000))
