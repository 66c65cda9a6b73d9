#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that tests/count-results never calls a broken run sound (TAP)."""
import json
import os
import subprocess
import sys
import tempfile

COUNT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "count-results")

TAP = "TAP version 13\n# random seed: R02S\n1..3\nok 1 /a/b\nok 2 /a/c # SKIP no contracts\nok 3 /a/d\n"

# (name, the log's lines or None for no log, expected last line, expected status)
CASES = [
    ("cases of TAP are counted one by one", [("t", "OK", TAP)], "2 passed, 0 failed, 1 skipped", 0),
    ("a test without TAP counts as one", [("t", "OK", "fine\n")], "1 passed, 0 failed, 0 skipped", 0),
    ("a failed case", [("t", "FAIL", TAP + "not ok 4 /a/e\n")], "2 passed, 1 failed, 1 skipped", 1),
    ("a crash after sound cases", [("t", "ERROR", TAP)], "2 passed, 1 failed, 1 skipped", 1),
    ("a time-out", [("t", "TIMEOUT", "")], "0 passed, 1 failed, 0 skipped", 1),
    ("a test killed from outside", [("t", "INTERRUPT", "ok 1 x\n")], "1 passed, 1 failed, 0 skipped", 1),
    ("a whole test skipped", [("t", "SKIP", "1..0 # SKIP no display\n"), ("u", "OK", "")], "1 passed, 0 failed, 1 skipped", 0),
    ("only skips is no success", [("t", "SKIP", "skipped: no tool\n")], "0 passed, 0 failed, 1 skipped", 1),
    ("an empty log", [], "0 passed, 1 failed, 0 skipped", 1),
    ("no log", None, "0 passed, 1 failed, 0 skipped", 1),
    ("a log cut off", ['{"name": "t", "res'], "0 passed, 1 failed, 0 skipped", 1),
]


def line_of(entry):
    if isinstance(entry, str):
        return entry
    return json.dumps({"name": entry[0], "result": entry[1], "stdout": entry[2], "returncode": 0})


def ask(entries):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "testlog.json")
        if entries is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(line_of(entry) + "\n" for entry in entries)
        done = subprocess.run([sys.executable, COUNT, path], stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout.rstrip("\n").split("\n")[-1], done.returncode


def main():
    print(f"1..{len(CASES)}")
    failed = 0
    for number, (name, entries, words, status) in enumerate(CASES, 1):
        got = ask(entries)
        good = got == (words, status)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} {name}")
        if not good:
            print(f"# expected {words!r} and {status}, got {got}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
