#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that translations reach people: the program, the desktop entry and the metainfo speak German (TAP).

Usage: test-german.py BUILD-ROOT WAYBILLCTL
"""
import os
import subprocess
import sys


def spoken(program, build, language):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language, "WAYBILL_LOCALEDIR": os.path.join(build, "po")}
    done = subprocess.run([program, "--help"], stdout=subprocess.PIPE, env=environment, check=False)
    return done.stdout.decode()


def read(build, name):
    with open(os.path.join(build, "data", name), encoding="utf-8") as file:
        return file.read()


def main():
    build, program = sys.argv[1:3]
    cases = [
        ("the command line speaks English", spoken(program, build, "en"), "Options of every command:"),
        ("the command line speaks German", spoken(program, build, "de"), "Optionen jedes Befehls:"),
        ("the desktop entry speaks German", read(build, "org.waybill.Waybill.desktop"), "\nGenericName[de]=Auftragsabwicklung\n"),
        ("the metainfo speaks German", read(build, "org.waybill.Waybill.metainfo.xml"), '<summary xml:lang="de">Bestellungen'),
    ]
    print(f"1..{len(cases)}")
    for number, (name, text, words) in enumerate(cases, 1):
        print(f"{'ok' if words in text else 'not ok'} {number} {name}")
        if words not in text:
            print(f"# {words!r} is not said")
    return 0 if all(words in text for _, text, words in cases) else 1


if __name__ == "__main__":
    sys.exit(main())
