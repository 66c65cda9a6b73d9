#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Vendure module against its published schema: runs the module's tests against a real server that keeps what
was asked and answered, and has graphql-js judge it."""
import os
import subprocess
import sys
import tempfile

from town import contracts, graphql_folder, skip_all


def main():
    schema = contracts("vendure", "schema-admin.graphql")
    modules = graphql_folder()
    if not os.path.exists(os.path.join(os.environ.get("WAYBILL_VENDURE", ""), "node_modules", "@vendure", "core")):
        skip_all("Vendure's packages are not installed (./setup.sh test fetches them)")
    here = os.path.dirname(os.path.abspath(__file__))
    documents = os.path.join(here, "..", "..", "src", "shops", "vendure", "graphql")
    with tempfile.TemporaryDirectory() as folder:
        exchanges = os.path.join(folder, "exchanges")
        done = subprocess.run([os.environ["WAYBILL_VENDURE_CLIENT"]], env={**os.environ, "WAYBILL_EXCHANGES": exchanges},
                              capture_output=True, text=True, timeout=280, check=False)
        if done.returncode != 0:
            print("1..1\nnot ok 1 the module's own tests")
            print("\n".join("# " + line for line in (done.stdout + done.stderr).splitlines()[-20:]))
            return 1
        return subprocess.run(["node", os.path.join(here, "contract-vendure.cjs"), schema, documents, exchanges],
                              env={**os.environ, "NODE_PATH": modules}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
