#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts Stripe's own OpenAPI document, by Prism as a proxy, between our client and the town: it judges both sides."""
import sys
import time

from prism import Bender, Prism, prism_path, tell, violations
from town import Tap, Town, client, contracts


class Stripe(Prism):
    """Asks as our client asks."""

    def ask(self, method, path, form=None, key=None, token="sk_test_practice"):
        headers = {"Authorization": f"Bearer {token}"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.send(method, path, form, headers)


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
    with Town("--orders", "40") as town, Bender(f"{town.base}/stripe") as bender, Stripe(bender.base, "stripe", "spec3.fulfilment-prism.json") as prism:
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
