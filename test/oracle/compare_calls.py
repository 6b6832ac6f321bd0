"""Compares what `tconv check` finds in a folder of Python code with what CPython's own parser finds there.

    npm run build && python test/oracle/compare_calls.py FOLDER [--report FILE] [--cli FILE]

For every `.py` and `.ipynb` under FOLDER: each call that resolves through imports to a transposed convolution
must be among the layers of the JSON report, at the same place, with the same literal arguments. FOLDER is
usually a folder of cloned repositories; nothing from it is kept. Exit status 1 when something differs.
"""

from __future__ import annotations

import argparse
import ast
import collections
import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, Iterator

import known_calls
from python_names import Call, calls_of

ROOT = Path(__file__).resolve().parents[2]

# Numbers for each axis, which the report always writes out.
PER_AXIS = {"kernel_size", "stride", "strides", "padding", "output_padding", "dilation", "dilation_rate", "dilations", "rate"}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--report", type=Path, help="write every difference there, as Markdown")
    options.add_argument("--cli", type=Path, default=ROOT / "dist" / "cli.js", help="the command line to run, by default the built one")
    given = options.parse_args()
    warnings.simplefilter("ignore")

    counts: collections.Counter[str] = collections.Counter()
    differences: list[str] = []
    repositories = sorted(path for path in given.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    for repository in repositories:
        compare_repository(repository, given.cli.resolve(), counts, differences)
        print(f"{repository.name}: {counts['calls by CPython']} calls so far", file=sys.stderr, flush=True)
    summary = [f"{name}: {counts[name]}" for name in [
        "repositories", "repositories with calls", "files", "files with calls", "files that CPython cannot parse", "files not read",
        "calls by CPython", "calls found", "calls missed", "further calls found by us", "literal arguments", "arguments that differ", "crashes",
    ]]
    print("\n".join([*differences, "", *summary]))
    if given.report:
        given.report.write_text("\n".join(["# Differences", "", *(f"- {line}" for line in differences), "", "# Counts", "", *(f"- {line}" for line in summary), ""]))
    return 1 if counts["calls missed"] or counts["arguments that differ"] or counts["crashes"] else 0


def compare_repository(repository: Path, cli: Path, counts: collections.Counter[str], differences: list[str]) -> None:
    counts["repositories"] += 1
    found_before = counts["calls by CPython"]
    report = check(repository, cli, counts, differences)
    for error in report.get("errors", []):
        counts["files not read"] += 1
        differences.append(f"{error['path']}: not read: {error['message']}")
    layers = {file["path"]: file["layers"] for file in report.get("files", [])}
    for path in sorted([*repository.rglob("*.py"), *repository.rglob("*.ipynb")]):
        name = str(path.relative_to(repository))
        counts["files"] += 1
        found = calls_of(path)
        if found is None:
            counts["files that CPython cannot parse"] += 1
            continue
        compare_file(f"{repository.name}/{name}", found, layers.get(name, []), counts, differences)
    counts["repositories with calls"] += counts["calls by CPython"] > found_before


def check(repository: Path, cli: Path, counts: collections.Counter[str], differences: list[str]) -> dict[str, Any]:
    """The JSON report of the command line, run in the folder so that its paths are relative."""
    command = ["node", str(cli), "check", "--format", "json", "--exit-zero", "."]
    run = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=600)
    try:
        return json.loads(run.stdout)
    except json.JSONDecodeError:
        counts["crashes"] += 1
        differences.append(f"{repository.name}: no report, exit status {run.returncode}: {run.stderr[-500:]}")
        return {}


def compare_file(name: str, calls: list[Call], layers: list[dict[str, Any]], counts: collections.Counter[str], differences: list[str]) -> None:
    counts["files with calls"] += bool(calls)
    at = {place(layer["range"]): layer for layer in layers}
    for call in calls:
        counts["calls by CPython"] += 1
        layer = at.pop(call.range, None)
        where = f"{name}:{call.range[1]}:{call.range[2]}" + (f" cell {call.range[0]}" if call.range[0] is not None else "")
        if layer is None:
            counts["calls missed"] += 1
            differences.append(f"missed {where} {call.name}: {call.text}")
            continue
        counts["calls found"] += 1
        for fault in argument_faults(call, layer, counts):
            counts["arguments that differ"] += 1
            differences.append(f"argument {where} {call.name}: {fault} in {call.text}")
    counts["further calls found by us"] += len(at)
    for range_, layer in at.items():
        differences.append(f"further {name}:{range_[1]}:{range_[2]}" + (f" cell {range_[0]}" if range_[0] is not None else "") + f" {layer['api']}")


def place(range_: dict[str, Any]) -> tuple[int | None, int, int, int, int]:
    start, end = range_["start"], range_["end"]
    return range_.get("cell"), start["line"], start["column"], end["line"], end["column"]


def argument_faults(call: Call, layer: dict[str, Any], counts: collections.Counter[str]) -> Iterator[str]:
    bound = known_calls.bind(call.name, call.positional, call.keywords)
    for parameter, value in bound.items():
        # What is read from a tensor, or has no part in the report, is not compared.
        reported = [instance["arguments"][parameter] for instance in layer["instances"] if parameter in instance["arguments"]]
        if not reported:
            continue
        counts["literal arguments"] += 1
        for actual in reported:
            if not same(parameter, value, actual, layer["rank"]):
                yield f"{parameter}={value!r} reported as {json.dumps(actual)}"
                break


def same(parameter: str, value: Any, actual: Any, rank: int | None) -> bool:
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, str) and isinstance(actual, str):
        return value.lower() == actual.lower()
    if value == actual:
        return True
    if parameter in PER_AXIS and rank is not None and isinstance(actual, list):
        if isinstance(value, list) and len(value) == rank + 2:
            return actual in (value[1:-1], value[2:], value)
        numbers = value if isinstance(value, list) else [value]
        return actual == (numbers * rank if len(numbers) == 1 else numbers)
    return False


if __name__ == "__main__":
    sys.exit(main())
