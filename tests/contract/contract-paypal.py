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
# Sales that our client leaves alone, so that each refusal can be brought about.
KEPT = 12
NUMBERS = range(1000, 1720)  # that the shop gives its orders


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
    orders = (town.control("GET", f"/orders/{number}") for number in NUMBERS)
    return [o["transaction_id"] for o in orders if o and str(o.get("transaction_id", "")).startswith("0A")]


def numbers(town):
    """The shop's number of each sale."""
    orders = ((number, town.control("GET", f"/orders/{number}")) for number in NUMBERS)
    return {o["transaction_id"]: number for number, o in orders if o and o.get("transaction_id")}


def where(method, path):
    """A request without the names of its objects: each kind of request is one test."""
    words = [w for w in urllib.parse.urlsplit(path).path.split("/") if w]
    return f"{method} /" + "/".join("*" if any(c.isdigit() for c in w) and w not in ("v1", "v2") else w for w in words)


def names_in(schema, schemas, found):
    """All that a schema allows as the name of what is wrong."""
    if isinstance(schema, list):
        for one in schema:
            names_in(one, schemas, found)
    elif isinstance(schema, dict):
        if "$ref" in schema:
            names_in(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, found)
        issue = schema.get("properties", {}).get("issue", {})
        found.update(issue.get("enum", []))
        for name, one in schema.items():
            if name != "$ref":
                names_in(one, schemas, found)
    return found


def issues_of(document):
    """By kind of request: the names that PayPal's document has for a refusal (422)."""
    issues = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = operation.get("responses", {}).get("422") if isinstance(operation, dict) else None
            if answer:
                kind = f"{method.upper()} " + "/".join("*" if w.startswith("{") else w for w in path.split("/"))
                issues[kind] = names_in(answer, document["components"]["schemas"], set())
    return issues


class Walk:
    """What the town says when something is wrong, each refusal judged too."""

    def __init__(self, tap, court, token, town):
        self.tap, self.court, self.token, self.town = tap, court, token, town
        with open(contracts("paypal", "payments_payment_v2.json"), encoding="utf-8") as file:
            document = json.load(file)
        self.issues, self.numbers = issues_of(document), {}
        self.error = {name: schema for name, schema in document["components"]["schemas"]["error_422"]["properties"].items() if name != "links"}

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

    def tell(self, path, body):
        """To the town itself: the document words each of some thirty refusals, ours are in other words, and Prism would list them all."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Prefer": "return=representation"}
        return call("POST", f"{self.town.base}/paypal{path}", json.dumps(body) if body is not None else None, headers)

    def refuse(self, name, issue, path, body):
        """A refusal of the town: by a name that PayPal's document has for this request, and in its shape."""
        reply, kind = self.tell(path, body), where("POST", path)
        said = reply.json if isinstance(reply.json, dict) else {}
        details = said.get("details") if isinstance(said.get("details"), list) and said["details"] else [{}]
        faults = [] if reply.status == 422 else [f"{reply.status} instead of 422: {reply.text[:300]}"]
        faults += [] if details[0].get("issue") == issue else [f"{details[0].get('issue')} instead of {issue}"]
        faults += [] if issue in self.issues[kind] else [f"PayPal's document has no {issue} for {kind}"]
        for member, allowed in self.error.items():
            value = said.get(member)
            if not isinstance(value, {"array": list}.get(allowed.get("type"), str)) or value not in allowed.get("enum", [value]):
                faults.append(f"{member}: {value!r} is not as the document has it")
        faults += [f"a detail without {word}" for one in details for word in ("issue", "description") if not isinstance(one.get(word), str)]
        self.tap.check(f"{name}: 422 {issue}", faults)

    def capture(self, sale, value, number=None, currency="EUR", final=False):
        body = {"amount": {"value": value, "currency_code": currency}, "final_capture": final}
        return f"/v2/payments/authorizations/{sale}/capture", body | ({"invoice_id": number} if number else {})

    def made(self, question):
        reply = self.tell(*question)
        self.tap.check(f"{where('POST', question[0])} is made", [] if reply.status in (200, 201, 204) else [reply.text[:300]])
        return reply.json

    def renewed(self):
        """The name of an authorisation that has taken another's place: our client renews one."""
        for _, _, reply, _ in self.court.heard:
            if reply.status == 201 and "expiration_time" in reply.text and reply.json.get("id", "").startswith("0A"):
                return reply.json["id"]
        return None

    def refusals(self, sales):
        """Each refusal that the town knows, brought about."""
        open_ones = [one for one in (self.ask("GET", f"/v2/payments/authorizations/{sale}").json for sale in sales) if one["status"] == "CREATED"]
        newest_first = [one["id"] for one in sorted(open_ones, key=lambda one: one["create_time"], reverse=True)]
        self.tap.check("enough of them are open", [] if len(newest_first) > 3 else [f"only {len(newest_first)}"])
        early, taken, given_up, dry = newest_first[:4]
        self.refuse("another currency", "AUTH_CAPTURE_CURRENCY_MISMATCH", *self.capture(taken, "1.00", currency="USD"))
        self.refuse("nothing", "CANNOT_BE_ZERO_OR_NEGATIVE", *self.capture(taken, "0.00"))
        self.refuse("a tenth of a cent", "DECIMAL_PRECISION", *self.capture(taken, "1.001"))
        self.refuse("far too much", "MAX_CAPTURE_AMOUNT_EXCEEDED", *self.capture(taken, "99999.00"))
        self.made(self.capture(taken, "1.00", "WB-1"))
        self.refuse("the same number", "DUPLICATE_INVOICE_ID", *self.capture(taken, "1.00", "WB-1"))
        capture = self.made(self.capture(taken, "2.00", "WB-2", final=True))["id"]
        self.refuse("captured before", "AUTHORIZATION_ALREADY_CAPTURED", *self.capture(taken, "1.00", "WB-3"))
        self.refuse("to void what is captured", "PREVIOUSLY_CAPTURED", f"/v2/payments/authorizations/{taken}/void", None)
        refund = f"/v2/payments/captures/{capture}/refund"
        self.refuse("back in another currency", "REFUND_CAPTURE_CURRENCY_MISMATCH", refund, {"amount": {"value": "1.00", "currency_code": "USD"}})
        self.refuse("more back", "REFUND_AMOUNT_EXCEEDED", refund, {"amount": {"value": "2.01", "currency_code": "EUR"}})
        self.made((refund, {"amount": {"value": "2.00", "currency_code": "EUR"}}))
        self.refuse("all is back", "CAPTURE_FULLY_REFUNDED", refund, {"amount": {"value": "1.00", "currency_code": "EUR"}})
        self.made((f"/v2/payments/authorizations/{given_up}/void", None))
        self.refuse("voided before", "PREVIOUSLY_VOIDED", f"/v2/payments/authorizations/{given_up}/void", None)
        self.refuse("to capture what is voided", "AUTHORIZATION_VOIDED", *self.capture(given_up, "1.00"))
        renewed = self.renewed()
        again = f"/v2/payments/authorizations/{renewed}"
        self.refuse("to renew what is renewed", "REAUTHORIZATION_NOT_SUPPORTED", f"{again}/reauthorize", {"amount": {"value": "1.00", "currency_code": "EUR"}})
        self.refuse("to void what is renewed", "CANNOT_BE_VOIDED", f"{again}/void", None)
        self.town.control("POST", f"/payments/{self.numbers[dry]}", {"declines": True})
        self.refuse("the bank says no", "TRANSACTION_REFUSED", *self.capture(dry, "1.00"))
        renew = f"/v2/payments/authorizations/{early}/reauthorize"
        self.refuse("too early", "TRANSACTION_REFUSED", renew, {"amount": {"value": "1.00", "currency_code": "EUR"}})

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
    with Town("--orders", "240", "--paypal") as town:
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
            walk = Walk(tap, court, token, town)
            walk.sale, walk.numbers = refs[0], numbers(town)
            for sale in refs:
                town.control("POST", f"/payments/{walk.numbers[sale]}", {"declines": False})
            check_the_judges(tap, walk, benders)
            walk.run(refs[0])
            court.heard.clear()
            code, said = client(paypal=court.base, sales=",".join(refs[:-KEPT]))
            tap.check("our client gets through", [] if code == 0 else [f"exit {code}", *said.splitlines()])
            kinds = hear(tap, court)
            walk.refusals(refs[-KEPT:])
            needed = ("capture", "refund", "reauthorize", "void", "transactions")
            seen = " ".join(kind for kind, status in kinds if status < 300)
            tap.check("our client asked everything", [f"no {word}" for word in needed if f"/{word}" not in seen])
        finally:
            for judge in started:
                judge.__exit__()
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
