# SPDX-License-Identifier: GPL-3.0-or-later
"""Prism, which holds traffic against a vendor's own OpenAPI document, and what stands around it."""
import http.server
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time

from town import call, contracts, skip_all

START_SECONDS = 90
HOP_BY_HOP = ("host", "connection", "content-length", "accept-encoding", "transfer-encoding")


def prism_path():
    """Prism's program, installed by the lock file beside this test into a folder of the build."""
    folder = os.environ.get("WAYBILL_PRISM", "")
    path = os.path.join(folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js")
    if not os.path.exists(path):
        skip_all("Prism is not installed (npm ci with tests/contract/package-lock.json)")
    try:
        version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        skip_all("Node is not on this machine")
    if int(version.lstrip("v").split(".")[0]) < 18:
        skip_all(f"Node {version.strip()} is too old for Prism")
    return path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def without_traps(schema):
    """Prism drops its whole check of a body, silently, where "nullable" stands without a type: says the same otherwise."""
    if isinstance(schema, list):
        return [without_traps(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: without_traps(value) for name, value in schema.items()}
    if schema.get("nullable") is True and "type" not in schema:
        del schema["nullable"]
        schema = {"anyOf": [*(schema.pop("anyOf", None) or [schema]), {"enum": [None]}], **({} if "$ref" in schema else schema)}
    return schema


class Bender(http.server.ThreadingHTTPServer):
    """Stands between Prism and the town and passes everything on; on demand it spoils a reply, to see Prism notice."""

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), Messenger)
        self.target, self.spoil = target, None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Messenger(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else None
        kept = {n: v for n, v in self.headers.items() if n.lower() not in HOP_BY_HOP}
        reply = call(self.command, self.server.target + self.path, body, kept)
        if self.server.spoil:
            text = json.dumps(self.server.spoil(reply.json)).encode()
        else:
            text = reply.text.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.headers.get("Content-Type") or "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Prism:
    """The judge: passes requests on to the town, and says in a header what breaks the document."""

    def __init__(self, upstream, *contract):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.folder = tempfile.TemporaryDirectory()
        specification = os.path.join(self.folder.name, contract[-1])
        with open(contracts(*contract), encoding="utf-8") as published:
            document = without_traps(json.load(published))
        with open(specification, "w", encoding="utf-8") as own:
            json.dump(document, own)
        self.words = open(os.path.join(self.folder.name, "words"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            ["node", prism_path(), "proxy", "-h", "127.0.0.1", "-p", str(self.port), specification, upstream],
            stdout=self.words, stderr=subprocess.STDOUT, text=True, env={**os.environ, "NODE_NO_WARNINGS": "1"},
            start_new_session=True)

    def __enter__(self):
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        self.words.seek(0)
        words = self.words.read()[-2000:]
        self.__exit__()
        raise RuntimeError("Prism does not start: " + words)

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.words.close()
        self.folder.cleanup()

    def send(self, method, path, body=None, headers=None):
        """One request by way of the judge."""
        return call(method, self.base + path, body, headers)


def violations(reply, side=None):
    """What Prism says of request and reply. Its own refusal (a problem document) is one too."""
    words = reply.headers.get("sl-violations") or "[]"
    # A long list is cut to fit into a header: then it begins with a sentence.
    found = json.loads(words if words.startswith("[") else words[words.index("["):])
    if isinstance(reply.json, dict) and str(reply.json.get("type", "")).startswith("https://stoplight.io"):
        found.append({"location": ["request"], "message": reply.json.get("title", ""), "detail": reply.json.get("detail")})
    return [v for v in found if side is None or v["location"][:1] == [side]]


def tell(entries):
    return [f"{'.'.join(str(p) for p in e['location'])}: {e.get('message')}" for e in entries]
