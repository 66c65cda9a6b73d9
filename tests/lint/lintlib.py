# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of this folder share: the files of the project, and one way to tell faults."""
import os
import shutil
import subprocess
import sys

# Folders that are made, not written.
MADE = {".git", "build", "_build", "node_modules", ".flatpak-builder", "__pycache__", "practice-day"}


class Report:
    """Collects faults, prints each as it is found, and gives the exit status."""

    def __init__(self, name):
        self.name = name
        self.looked = 0
        self.faults = 0

    def fault(self, where, what):
        self.faults += 1
        print(f"{where}: {what}")

    def close(self):
        """Nothing looked at is a fault as well: a check of an empty list would always pass."""
        if self.looked == 0:
            self.fault(self.name, "found nothing to check")
        print(f"{self.name}: {self.looked} looked at, {self.faults} faults")
        return 1 if self.faults else 0


def root_from_arguments():
    """The source folder: the first argument, or two folders above this one."""
    here = os.path.dirname(os.path.abspath(__file__))
    return os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", ".."))


def walk(root, under=""):
    """The paths, relative to root and sorted, of all files below a folder that are written by people."""
    for folder, folders, names in os.walk(os.path.join(root, under)):
        folders[:] = sorted(f for f in folders if f not in MADE and not f.startswith("build-"))
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), root)


def project_files(root):
    """The files that would be in a clone: known to git or about to be; without git, all that are written by people."""
    if os.path.exists(os.path.join(root, ".git")):
        listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
                                 "--exclude-standard"], cwd=root, stdout=subprocess.PIPE, check=False)
        if listed.returncode == 0 and listed.stdout:
            names = {n for n in listed.stdout.decode().split("\0") if n}
            return sorted(n for n in names if os.path.isfile(os.path.join(root, n)))
    return list(walk(root))


def read(root, path):
    """The text of a file, or None when it is not text."""
    try:
        with open(os.path.join(root, path), encoding="utf-8") as file:
            return file.read()
    except UnicodeDecodeError:
        return None


def skip(reason):
    """Ends the check as skipped, or as failed where nothing may be skipped (CI)."""
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("WAYBILL_STRICT_SKIPS") == "1" else 77)


def need(tool):
    """Skips the check when a tool it cannot do without is missing."""
    if shutil.which(tool) is None:
        skip(f"{tool} is not installed")
