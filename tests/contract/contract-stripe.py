#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts Stripe's own OpenAPI document, by Prism as a proxy, between our client and the town: it judges both sides."""
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from town import Tap, Town, call, client, contracts, skip_all

START_SECONDS = 90


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
        kept = {n: v for n, v in self.headers.items() if n.lower() in ("authorization", "content-type", "idempotency-key")}
        reply = call(self.command, self.server.target + self.path, body, kept)
        if self.server.spoil:
            text = json.dumps(self.server.spoil(reply.json)).encode()
        else:
            text = reply.text.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Prism:
    """The judge: passes requests on to the town, and says in a header what breaks the document."""

    def __init__(self, upstream):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.folder = tempfile.TemporaryDirectory()
        specification = os.path.join(self.folder.name, "stripe.json")
        with open(contracts("stripe", "spec3.fulfilment-prism.json"), encoding="utf-8") as published:
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

    def ask(self, method, path, form=None, key=None, token="sk_test_practice"):
        headers = {"Authorization": f"Bearer {token}"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if key is not None:
            headers["Idempotency-Key"] = key
        return call(method, self.base + path, form, headers)


def violations(reply, side=None):
    """What Prism says of request and reply. Its own refusal (a problem document) is one too."""
    found = json.loads(reply.headers.get("sl-violations") or "[]")
    if isinstance(reply.json, dict) and str(reply.json.get("type", "")).startswith("https://stoplight.io"):
        found.append({"location": ["request"], "message": reply.json.get("title", ""), "detail": reply.json.get("detail")})
    return [v for v in found if side is None or v["location"][:1] == [side]]


def tell(entries):
    return [f"{'.'.join(str(p) for p in e['location'])}: {e.get('message')}" for e in entries]


class Walk:
    """Everything the town's gateway can say, good and bad, each reply judged."""

    def __init__(self, tap, prism, town):
        self.tap, self.prism, self.town = tap, prism, town
        self.intents, self.disputed = {}, None
        for index in range(40):
            order = town.control("GET", f"/orders/{1000 + 3 * index}")
            if order["transaction_id"].startswith("pi_"):
                self.intents.setdefault(order["status"], []).append(order["transaction_id"])

    def take(self, status="on-hold"):
        return self.intents[status].pop(0)

    def judge(self, name, expected, method, path, form=None, **more):
        reply = self.prism.ask(method, path, form, **more)
        faults = [] if reply.status == expected else [f"{reply.status} instead of {expected}: {reply.text[:300]}"]
        self.tap.check(f"{name}: {method} {expected}", faults + tell(violations(reply)))
        return reply.json

    def run(self):
        one, two, sold = self.take(), self.take(), self.take("processing")
        self.judge("account", 200, "GET", "/v1/account")
        self.judge("open", 200, "GET", f"/v1/payment_intents/{one}")
        self.judge("too much", 400, "POST", f"/v1/payment_intents/{one}/capture", "amount_to_capture=99999999", key="w1")
        self.judge("less", 200, "POST", f"/v1/payment_intents/{one}/capture", "amount_to_capture=400&metadata[parcel]=P-1", key="w2")
        self.judge("again", 200, "POST", f"/v1/payment_intents/{one}/capture", "amount_to_capture=400&metadata[parcel]=P-1", key="w2")
        self.judge("other words", 400, "POST", f"/v1/payment_intents/{one}/capture", "amount_to_capture=401", key="w2")
        self.judge("twice", 400, "POST", f"/v1/payment_intents/{one}/capture", "amount_to_capture=400", key="w3")
        charge = self.judge("captured", 200, "GET", f"/v1/payment_intents/{one}")["latest_charge"]
        transaction = self.judge("charge", 200, "GET", f"/v1/charges/{charge}")["balance_transaction"]
        self.judge("transaction", 200, "GET", f"/v1/balance_transactions/{transaction}")
        self.judge("cancel", 200, "POST", f"/v1/payment_intents/{two}/cancel", "cancellation_reason=requested_by_customer")
        self.judge("cancel again", 400, "POST", f"/v1/payment_intents/{two}/cancel", "")
        refund = self.judge("refund", 200, "POST", "/v1/refunds", f"payment_intent={sold}&amount=100", key="w4")
        self.judge("a refund", 200, "GET", f"/v1/refunds/{refund['id']}")
        self.judge("its transaction", 200, "GET", f"/v1/balance_transactions/{refund['balance_transaction']}")
        self.judge("refund too much", 400, "POST", "/v1/refunds", f"payment_intent={sold}&amount=99999999")
        self.judge("refunds", 200, "GET", f"/v1/refunds?payment_intent={sold}&limit=100")
        self.judge("events", 200, "GET", "/v1/events?limit=3")
        self.judge("no such payment", 404, "GET", "/v1/payment_intents/pi_none")
        self.judge("wrong key", 401, "GET", f"/v1/payment_intents/{one}", token="sk_test_wrong")
        three = self.take()
        self.town.control("POST", f"/payments/{three}", {"declines": True})
        self.judge("declined", 402, "POST", f"/v1/payment_intents/{three}/capture", "amount_to_capture=300", key="w5")
        self.judge("after that", 200, "GET", f"/v1/payment_intents/{three}")
        kept = self.take(), self.take()
        for intent in kept:
            self.town.control("POST", f"/payments/{intent}", {"capture_before": int(time.time()) + 60 * 86400})
        self.books(one, three)
        return kept

    def books(self, captured, disputed):
        """What the gateway says of its own books: the balance, what was paid out, what was disputed."""
        self.disputed = disputed
        self.town.control("POST", f"/payments/{disputed}", {"declines": False})
        self.judge("before a dispute", 200, "POST", f"/v1/payment_intents/{disputed}/capture", "amount_to_capture=300", key="w6")
        dispute = self.town.control("POST", "/money", {"dispute": disputed})["made"]
        self.town.control("POST", "/money", {"movement": -250, "type": "stripe_fee", "description": "Card account updater"})
        self.judge("disputed", 200, "GET", f"/v1/payment_intents/{disputed}")
        self.judge("disputes", 200, "GET", f"/v1/disputes?payment_intent={disputed}&limit=100")
        self.judge("a dispute", 200, "GET", f"/v1/disputes/{dispute}")
        self.judge("no such dispute", 404, "GET", "/v1/disputes/dp_none")
        self.town.control("POST", "/money", {"by_hand": 700})
        self.town.control("POST", "/clock", {"advance": 12 * 86400})
        self.judge("balance", 200, "GET", "/v1/balance_transactions?limit=100")
        self.judge("balance of one source", 200, "GET", f"/v1/balance_transactions?source={captured.replace('pi_', 'ch_')}")
        payouts = self.judge("payouts", 200, "GET", "/v1/payouts?limit=100")["data"]
        automatic = [p["id"] for p in payouts if p["automatic"]][-1]
        by_hand = [p["id"] for p in payouts if not p["automatic"]][0]
        self.judge("a payout", 200, "GET", f"/v1/payouts/{automatic}")
        self.judge("what is in it", 200, "GET", f"/v1/balance_transactions?payout={automatic}&limit=100")
        self.judge("what is in one by hand", 400, "GET", f"/v1/balance_transactions?payout={by_hand}")
        self.town.control("POST", "/money", {"payout": automatic, "failed": True})
        self.judge("a failed payout", 200, "GET", f"/v1/payouts/{automatic}")
        self.judge("no such payout", 404, "GET", "/v1/payouts/po_none")
        self.judge("events of some kinds", 200, "GET", "/v1/events?limit=100&types[]=charge.captured&types[]=charge.dispute.created")
        self.town.control("POST", "/clock", {"advance": -12 * 86400})


def check_the_judge(tap, prism, bender, intent, charge):
    """A judge that never finds anything is none: these must not pass."""
    def wrong(name):
        return lambda reply: {**reply, name: {"not": "this"}}

    asked = prism.ask("POST", f"/v1/payment_intents/{intent}/capture", "amount_to_capture=much")
    tap.check("Prism sees a wrong request", [] if violations(asked, "request") else ["it does not"])
    spoilt = ((f"/v1/payment_intents/{intent}", wrong("amount")), (f"/v1/charges/{charge}", wrong("captured")),
              (f"/v1/balance_transactions/{charge.replace('ch_', 'txn_')}", wrong("fee")), ("/v1/refunds", wrong("has_more")),
              ("/v1/account", wrong("charges_enabled")), ("/v1/events", wrong("data")),
              ("/v1/balance_transactions", wrong("has_more")), ("/v1/payouts", wrong("data")), ("/v1/disputes", wrong("has_more")),
              ("/v1/payment_intents/pi_none", lambda reply: {"error": {"message": 5}}))
    for path, spoil in spoilt:
        bender.spoil = spoil
        reply = prism.ask("GET", path)
        tap.check(f"Prism sees a wrong reply to {path.split('_3W')[0]}", [] if violations(reply, "response") else ["it does not"])
    bender.spoil = None


def main():
    prism_path()
    contracts("stripe", "spec3.fulfilment-prism.json")
    tap = Tap()
    with Town("--orders", "40") as town, Bender(f"{town.base}/stripe") as bender, Prism(bender.base) as prism:
        walk = Walk(tap, prism, town)
        sold = walk.take("processing")
        check_the_judge(tap, prism, bender, sold, sold.replace("pi_", "ch_"))
        first, second = walk.run()
        intents = f"{first},{second},{walk.disputed}"
        town.control("POST", "/clock", {"advance": 9 * 86400})
        town.control("DELETE", "/log")
        code, said = client(stripe=f"{town.base}/stripe", intents=intents)
        tap.check("our client gets through", [] if code == 0 else [f"exit {code}", *said.splitlines()])
        sent = [e for e in town.control("GET", "/log") if e["service"] == "stripe"]
        tap.check("our client asked something", [] if len(sent) > 15 else [f"only {len(sent)} requests"])
        for entry in sent:
            path = entry["path"][len("/stripe"):] + ("?" + entry["query"] if entry["query"] else "")
            form = entry["body"] or "" if entry["method"] == "POST" else None
            reply = prism.ask(entry["method"], path, form)
            tap.check(f"our request {entry['method']} {entry['path'].split('/pi_')[0]}", tell(violations(reply, "request")))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
