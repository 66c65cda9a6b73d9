#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the Shopify module and the practice shop against Shopify's published schema: runs the module's tests in a shop
that keeps what was asked and answered, and has graphql-js judge it."""
import os
import subprocess
import sys
import tempfile

from town import contracts, graphql_folder


def main():
    schema = contracts("shopify", "admin-2026-07.graphql")
    modules = graphql_folder()
    here = os.path.dirname(os.path.abspath(__file__))
    documents = os.path.join(here, "..", "..", "src", "shops", "shopify")
    with tempfile.TemporaryDirectory() as folder:
        exchanges = os.path.join(folder, "exchanges")
        for client in os.environ["WAYBILL_SHOPIFY_CLIENTS"].split(":"):
            done = subprocess.run([client], env={**os.environ, "WAYBILL_SHOPIFY_RECORD": exchanges},
                                  capture_output=True, text=True, timeout=100, check=False)
            if done.returncode != 0:
                print("1..1\nnot ok 1 the module's own tests")
                print("\n".join("# " + line for line in (done.stdout + done.stderr).splitlines()[-20:]))
                return 1
        return subprocess.run(["node", os.path.join(here, "contract-shopify.cjs"), schema, documents, exchanges],
                              env={**os.environ, "NODE_PATH": modules}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
