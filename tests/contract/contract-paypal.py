#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts PayPal's own OpenAPI documents, by Prism as a proxy, between our client and the town: they judge both sides."""
import base64
import http.server
import json
import sys
import threading
import urllib.parse

from prism import HOP_BY_HOP, Bender, Prism, prism_path, tell, violations
from town import Tap, Town, call, client, contracts

DOCUMENTS = {"/v2/checkout/": "checkout_orders_v2.json", "/v2/payments/": "payments_payment_v2.json",
             "/v1/reporting/": "reporting_transactions_v1.json"}
# A day on which nothing happened: PayPal answers with an empty list, its document wants one row at least.
TOO_STRICT = "transaction_details must NOT have fewer than 1 items"
# The token is in none of the documents; it is fetched from the town itself.
UNDOCUMENTED = "/v1/oauth2/token"


class Court(http.server.ThreadingHTTPServer):
    """Looks like PayPal to our client: leads each request to the judge whose document has its path, and keeps what they say."""

    def __init__(self, town, judges):
        super().__init__(("127.0.0.1", 0), Usher)
        self.town, self.judges, self.heard = town, judges, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def lead(self, method, path, body, headers):
        if path.split("?")[0] == UNDOCUMENTED:
            return call(method, f"{self.town}{path}", body, headers)
        judge = next(judge for start, judge in self.judges.items() if path.startswith(start))
        reply = judge.send(method, path, body, headers)
        self.heard.append((method, path, reply, violations(reply)))
        return reply


class Usher(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else None
        kept = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        reply = self.server.lead(self.command, self.path, body, kept)
        text = reply.text.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.headers.get("Content-Type") or "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *_):
        pass


def sales(town):
    """What was paid from an account and not yet charged, by the names that the shop knows."""
    orders = (town.control("GET", f"/orders/{number}") for number in range(1000, 1180))
    return [o["transaction_id"] for o in orders if o and str(o.get("transaction_id", "")).startswith("0A")]


def where(method, path):
    """A request without the names of its objects: each kind of request is one test."""
    words = [w for w in urllib.parse.urlsplit(path).path.split("/") if w]
    return f"{method} /" + "/".join("*" if any(c.isdigit() for c in w) and w not in ("v1", "v2") else w for w in words)


class Walk:
    """What the town says when something is wrong, each refusal judged too."""

    def __init__(self, tap, court, token):
        self.tap, self.court, self.token = tap, court, token

    def ask(self, method, path, body=None, token=None, key=None):
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"}
        if key:
            headers["PayPal-Request-Id"] = key
        return self.court.lead(method, path, json.dumps(body) if body is not None else None, headers)

    def judge(self, name, expected, *question, **more):
        reply = self.ask(*question, **more)
        faults = [] if reply.status == expected else [f"{reply.status} instead of {expected}: {reply.text[:300]}"]
        self.tap.check(f"{name}: {expected}", faults + tell(violations(reply)))
        return reply.json

    def run(self, sale):
        self.judge("an authorisation", 200, "GET", f"/v2/payments/authorizations/{sale}")
        self.judge("no such order", 404, "GET", "/v2/checkout/orders/0A000000000000000")
        self.judge("no such authorisation", 404, "GET", "/v2/payments/authorizations/0A000000000000000")
        self.judge("no such capture", 404, "GET", "/v2/payments/captures/0A000000000000000")
        self.judge("a wrong token", 401, "GET", "/v2/payments/captures/0A000000000000000", token="wrong")


def check_the_judges(tap, walk, benders):
    """A judge that never finds anything is none: these must not pass."""
    asked = walk.ask("POST", "/v2/payments/captures/0A000000000000000/refund", {"amount": {"value": 5, "currency_code": "EURO"}})
    tap.check("Prism sees a wrong refund", [] if violations(asked, "request") else ["it does not"])
    asked = walk.ask("POST", "/v2/payments/authorizations/0A000000000000000/capture", {"final_capture": "perhaps"})
    tap.check("Prism sees a wrong capture", [] if violations(asked, "request") else ["it does not"])
    asked = walk.ask("GET", "/v1/reporting/transactions?start_date=yesterday&end_date=today")
    tap.check("Prism sees a wrong period", [] if violations(asked, "request") else ["it does not"])
    for bender in benders:
        bender.spoil = lambda reply: {**reply, "id": {"not": "this"}, "transaction_details": "none", "name": 7}
    sale = walk.sale
    for path in (f"/v2/checkout/orders/{sale}", "/v2/payments/captures/0A000000000000000",
                 "/v1/reporting/transactions?start_date=2026-11-01T00:00:00Z&end_date=2026-11-20T00:00:00Z"):
        reply = walk.ask("GET", path)
        tap.check(f"Prism sees a wrong reply to {where('GET', path)}", [] if violations(reply, "response") else ["it does not"])
    for bender in benders:
        bender.spoil = None


def hear(tap, court):
    """All that went past the judges, by kind of request: the requests are ours, the replies the town's."""
    kinds = {}
    for method, path, reply, found in court.heard:
        kinds.setdefault((where(method, path), reply.status), []).append((path, found))
    for (kind, status), all_of_it in sorted(kinds.items()):
        for side in ("request", "response"):
            faults = [f"{path}: {word}" for path, found in all_of_it
                      for word in tell([v for v in found if v["location"][:1] == [side]]) if not word.endswith(TOO_STRICT)]
            tap.check(f"{side} {kind} {status}, {len(all_of_it)} times", faults)
    return kinds


def main():
    prism_path()
    for name in DOCUMENTS.values():
        contracts("paypal", "prism-fixed", name)
    tap = Tap()
    with Town("--orders", "120", "--paypal") as town:
        upstream = f"{town.base}/paypal"
        benders = [Bender(upstream) for _ in DOCUMENTS]
        judges = {start: Prism(bender.base, "paypal", "prism-fixed", name) for (start, name), bender in zip(DOCUMENTS.items(), benders)}
        started = []
        try:
            for judge in judges.values():
                started.append(judge.__enter__())
            court = Court(upstream, judges)
            basic = base64.b64encode(b"practice-client:practice-secret").decode()
            token = call("POST", f"{upstream}{UNDOCUMENTED}", "grant_type=client_credentials",
                         {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}).json["access_token"]
            refs = sales(town)
            tap.check("there are sales", [] if len(refs) > 3 else [f"only {len(refs)}"])
            walk = Walk(tap, court, token)
            walk.sale = refs[0]
            check_the_judges(tap, walk, benders)
            walk.run(refs[0])
            court.heard.clear()
            code, said = client(paypal=court.base, sales=",".join(refs))
            tap.check("our client gets through", [] if code == 0 else [f"exit {code}", *said.splitlines()])
            kinds = hear(tap, court)
            needed = ("capture", "refund", "reauthorize", "void", "transactions")
            seen = " ".join(kind for kind, status in kinds if status < 300)
            tap.check("our client asked everything", [f"no {word}" for word in needed if f"/{word}" not in seen])
        finally:
            for judge in started:
                judge.__exit__()
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
