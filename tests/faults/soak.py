"""The whole of the trials, resumable: `make soak` goes on where it stopped and writes docs/reliability.md.

Each outcome is a line of build/soak/outcomes.jsonl; a trial that has one is not made again. What `make fuzz`
counted is taken over from build/fuzz.json.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from faults.damage import WAYS
from faults.disk import CODES, KINDS, built, over_it
from faults.many import Held, slopes
from fuzz.media import outcomes as media_outcomes
from fuzz.soak import STATE as FUZZED

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / "build" / "soak"
_PAGE = _ROOT / "docs" / "reliability.md"
_FILMS = 100
_MOMENTS = 130  # with each naming and each seventh commit, more than 200 kills
# How many runs are made at once, in trials of which none is asked twice.
_TOGETHER = ({"runs": 2}, {"runs": 3}, {"runs": 2, "again": 1}, {"runs": 3, "again": 1})
_LANES = 2
_MEDIA, _MEDIA_STEP = 500, 50


@dataclass(frozen=True)
class Trial:
    """One trial: the script that makes it, what it is asked, and the row that counts it."""

    script: str
    row: str
    question: Any

    @property
    def name(self) -> str:
        """What its outcome is kept under."""
        return f"{self.script} {json.dumps(self.question, sort_keys=True)}"


class Ledger:
    """The outcomes so far, each written down as it comes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._lock = path, threading.Lock()
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self.outcomes: dict[str, dict[str, Any]] = {
            one["name"]: one for one in map(json.loads, lines)
        }

    def add(self, trial: Trial, came: dict[str, Any]) -> None:
        """Write down what came of a trial."""
        one = {"name": trial.name, "row": trial.row, **came}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            self.outcomes[trial.name] = one
            file.write(f"{json.dumps(one)}\n")


def _sweeps(calls: dict[str, int]) -> Iterator[Trial]:
    for kind in KINDS:
        # Spread, so that a soak that is stopped early has seen the whole of a run.
        order = list(range(1, calls[kind] + 1))
        random.Random(kind).shuffle(order)
        for at in order:
            for code, lasting in ((CODES[at % 2], False), (CODES[1 - at % 2], True)):
                row = f"{kind} fails {'from the n-th call on' if lasting else 'at the n-th call'}"
                fault = {"kind": kind, "at": at, "code": code, "lasting": lasting}
                yield Trial("sweep", row, fault)


def _kills(calls: dict[str, int]) -> Iterator[Trial]:
    moments = random.Random("moments")
    for _ in range(_MOMENTS):
        moment = {"share": round(moments.uniform(0.01, 1.0), 4)}
        yield Trial("kills", "SIGKILL at a random moment", moment)
    for kind, row in (
        ("rename", "SIGKILL at each file's naming"),
        ("commit", "SIGKILL in commits"),
    ):
        for at in range(1, calls[kind] + 1, 1 if kind == "rename" else 7):
            yield Trial("kills", row, {"kind": kind, "at": at})


def _made(library: Path, trials: Iterable[Trial], ledger: Ledger, until: float) -> None:
    """Make what has no outcome yet, side by side; a script that dies is an outcome too."""
    waiting = [trial for trial in trials if trial.name not in ledger.outcomes]
    with ThreadPoolExecutor(_LANES) as lanes:
        shares = [waiting[lane::_LANES] for lane in range(_LANES)]
        list(lanes.map(lambda share: _made_in_a_lane(library, share, ledger, until), shares))


def _made_in_a_lane(library: Path, waiting: list[Trial], ledger: Ledger, until: float) -> None:
    while waiting and time.monotonic() < until:
        with over_it(library, waiting[0].script) as talk:
            talk.heard()
            while waiting and time.monotonic() < until:
                trial = waiting.pop(0)
                try:
                    came = talk.ask(trial.question)
                except EOFError as exc:
                    ledger.add(trial, {"verdict": str(exc)})
                    break
                ledger.add(trial, came)
                print(trial.name, came["verdict"] or "ok", flush=True)


def _calls(library: Path) -> dict[str, int]:
    """Return how many calls of each kind a whole run makes."""
    with over_it(library, "sweep") as talk:
        calls: dict[str, int] = talk.heard()
    return calls


def _media(ledger: Ledger, until: float) -> None:
    for first in range(0, _MEDIA, _MEDIA_STEP):
        trial = Trial("media", "damaged media files", first)
        if trial.name in ledger.outcomes or time.monotonic() > until:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = media_outcomes(Path(folder), range(first, first + _MEDIA_STEP))
        wrong = {what: count for what, count in found.items() if what not in {"shown", "refused"}}
        verdict = json.dumps(wrong) if wrong else ""
        ledger.add(trial, {"verdict": verdict, "times": _MEDIA_STEP, "wrong": sum(wrong.values())})


def _films(library: Path, ledger: Ledger) -> None:
    trial = Trial("many", f"{_FILMS} films in one process", _FILMS)
    if trial.name in ledger.outcomes:
        return
    with over_it(library, "many") as many:
        held = [Held(**many.ask(_FILMS)), *(Held(**many.heard()) for _ in range(_FILMS - 1))]
    grows = asdict(slopes(held))
    ledger.add(trial, {"verdict": "", "grows": grows, "films": _FILMS})


def _page(ledger: Ledger) -> str:
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in ledger.outcomes.values():
        if one.get("failed", 1) and one.get("killed", True):
            rows.setdefault(one["row"], []).append(one)
    lines = ["| trial | times | all was well | lost or wrong |", "|---|---|---|---|"]
    for row, outcomes in sorted(rows.items()):
        times = sum(one.get("times", one.get("files", 1)) for one in outcomes)
        wrong = sum(one.get("wrong", bool(one["verdict"])) for one in outcomes)
        lines.append(f"| {row} | {times:,} | {times - wrong:,} | {wrong} |")
    for one in ledger.outcomes.values():
        if grows := one.get("grows"):
            told = ", ".join(f"{what} {slope:+g}" for what, slope in grows.items())
            lines += [
                "",
                f"Over {one['films']} films in one process, each adds: {told} (memory in MiB).",
            ]
    return "\n".join(lines)


def _fuzzed() -> str:
    counted = json.loads(FUZZED.read_text("utf-8"))
    rows = (f"| {name} | {cases:,} | {len(found)} |" for name, (cases, found) in counted.items())
    return "\n".join(["| parser | cases | not borne |", "|---|---|---|", *rows])


def main() -> None:
    """Make what is left of the trials, for at most as many seconds as are given."""
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else "inf")
    ledger = Ledger(_FOLDER / "outcomes.jsonl")
    library = built(_FOLDER)
    calls = _calls(library)
    together = [Trial("company", "runs and resumes at once", n) for n in _TOGETHER]
    damage = [Trial("damage", f"kept files: {way}", way) for way in WAYS]
    for trials in (damage, together, _kills(calls)):
        _made(library, trials, ledger, until)
        _write(ledger)
    if time.monotonic() < until:
        _films(library, ledger)
    _media(ledger, until)
    _write(ledger)
    _made(library, _sweeps(calls), ledger, until)
    _write(ledger)
    wrong = [one for one in ledger.outcomes.values() if one["verdict"]]
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


def _write(ledger: Ledger) -> None:
    _put("soak", _page(ledger))
    if FUZZED.exists():
        _put("fuzz", _fuzzed())


def _put(name: str, table: str) -> None:
    """Write a table between its marks in the page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = _PAGE.read_text("utf-8").split(begin)
    after = rest.split(end)[1]
    _PAGE.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()
