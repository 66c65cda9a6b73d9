# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the practice town for the contract tests, asks it things, and reports in TAP."""
import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class Reply:
    """An answer: its status, headers, text, and its JSON where it is JSON."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text
        try:
            self.json = json.loads(text)
        except ValueError:
            self.json = None


def call(method, url, body=None, headers=None):
    """One HTTP request without proxies; an error status is an answer too."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    data = body.encode() if isinstance(body, str) else body
    request = urllib.request.Request(url, method=method, data=data, headers=headers or {})
    try:
        with opener.open(request, timeout=60) as answer:
            return Reply(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        return Reply(error.code, error.headers, error.read().decode("utf-8", "replace"))


class Town:
    """A town in a process of its own, ended at the end of the with block."""

    def __init__(self, *options):
        self.options = options
        self.process = None
        self.base = ""

    def __enter__(self):
        self.process = subprocess.Popen([os.environ["WAYBILL_PRACTICE"], *self.options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("port: "):
            raise RuntimeError("the practice town does not start")
        self.base = f"http://127.0.0.1:{int(line[6:])}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    def control(self, method, path, body=None):
        return call(method, f"{self.base}/town{path}", json.dumps(body) if body is not None else None).json

    def easypost(self, method, path, body=None):
        key = base64.b64encode(b"EZTK_practice:").decode()
        headers = {"Authorization": f"Basic {key}", "Content-Type": "application/json"}
        return call(method, f"{self.base}/easypost/v2{path}", json.dumps(body) if body is not None else None, headers)

    def shop(self, method, path, query=(), body=None):
        """Signed as the shop wants it on plain HTTP: OAuth 1.0a, one leg, HMAC-SHA256."""
        def quote(text):
            return urllib.parse.quote(str(text), safe="-._~")

        url = f"{self.base}/shop/wp-json/wc/v3{path}"
        pairs = [*query, ("oauth_consumer_key", "ck_practice"), ("oauth_nonce", os.urandom(10).hex()),
                 ("oauth_signature_method", "HMAC-SHA256"), ("oauth_timestamp", int(time.time()))]
        text = "&".join(f"{name}={value}" for name, value in sorted((quote(n), quote(v)) for n, v in pairs))
        signed = hmac.new(b"cs_practice&", f"{method}&{quote(url)}&{quote(text)}".encode(), hashlib.sha256)
        pairs.append(("oauth_signature", base64.b64encode(signed.digest()).decode()))
        query_text = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
        return call(method, f"{url}?{query_text}", json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})


class Tap:
    """Collects results and prints them as TAP; strict skips are failures."""

    def __init__(self):
        self.count = 0
        self.bad = 0

    def check(self, name, faults):
        """One test: passed when there are no faults; each fault is shown."""
        self.count += 1
        faults = list(faults)
        print(f"{'not ok' if faults else 'ok'} {self.count} {name}")
        for fault in faults[:40]:
            print(f"# {fault}")
        self.bad += bool(faults)

    def finish(self):
        print(f"1..{self.count}")
        return 1 if self.bad else 0


def contracts(*parts):
    """The path of a vendor's contract, or the end of the test as skipped."""
    path = os.path.join(os.environ.get("WAYBILL_CONTRACTS", "../shared/contracts"), *parts)
    if not os.path.exists(path):
        skip_all("the vendors' contracts are not on this machine")
    return path


def skip_all(reason):
    """Ends the test as skipped, or as failed where skips are not allowed."""
    if os.environ.get("WAYBILL_STRICT_SKIPS") == "1":
        print(f"1..1\nnot ok 1 must not be skipped here: {reason}")
        sys.exit(1)
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


def client(**urls):
    """Runs our own client code against the given places. Returns what it printed."""
    arguments = [f"{name}={url}" for name, url in urls.items()]
    done = subprocess.run([os.environ["WAYBILL_CONTRACT_CLIENT"], *arguments], capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def graphql_folder():
    """Where graphql-js lies, installed by the lock file beside this test."""
    folder = os.path.join(os.environ.get("WAYBILL_PRISM", ""), "node_modules")
    if not os.path.exists(os.path.join(folder, "graphql", "package.json")):
        skip_all("graphql-js is not installed (npm ci with tests/contract/package-lock.json)")
    try:
        subprocess.run(["node", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        skip_all("Node is not on this machine")
    return folder
