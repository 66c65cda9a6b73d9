#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the town's EasyPost, and what our client sends to it, against the vendor's recorded exchanges and documented replies."""
import glob
import json
import os
import re
import sys
import urllib.parse

from shape import Shape, words
from town import Tap, Town, client, contracts

# Names of members that say how far something has come: no other words than the vendor's.
STATES = ("status", "status_detail", "refund_status", "mode", "object", "batch_status")
# What a merchant may write into freely.
FREE = ("options", "metadata")

DOCS = {
    ("POST", "/addresses"): ["addresses-create", "addresses-verify-param", "addresses-verify-strict-param"],
    ("GET", "/addresses/*"): ["addresses-retrieve"],
    ("GET", "/addresses/*/verify"): ["addresses-verify"],
    ("POST", "/parcels"): ["parcels-create"],
    ("POST", "/shipments"): ["shipments-create", "shipments-one-call-buy"],
    ("GET", "/shipments/*"): ["shipments-retrieve"],
    ("GET", "/shipments"): ["shipments-list"],
    ("POST", "/shipments/*/buy"): ["shipments-buy"],
    ("POST", "/shipments/*/refund"): ["shipping-refund-refund"],
    ("GET", "/shipments/*/label"): ["shipments-label"],
    ("POST", "/shipments/*/rerate"): ["rates-regenerate"],
    ("GET", "/rates/*"): ["rates-retrieve"],
    ("GET", "/trackers/*"): ["trackers-retrieve"],
    ("POST", "/trackers"): ["trackers-create"],
}


def template(path):
    """"/shipments/shp_1/buy" and "/shipments/wb-7/buy" are both "/shipments/*/buy"."""
    parts = path.strip("/").split("/")
    if len(parts) > 1 and parts[1] not in ("create_and_verify",):
        parts[1] = "*"
    return "/" + "/".join(parts)


class Recorded:
    """All that was recorded, by call: shapes of requests and of replies, and every state word."""

    def __init__(self):
        self.requests, self.replies, self.words = {}, {}, {}
        self.bodies = {}
        for path in sorted(glob.glob(os.path.join(contracts("easypost", "har"), "*", "*", "recording.har"))):
            for entry in json.load(open(path, encoding="utf-8"))["log"]["entries"]:
                self.take(entry)
        self.take_documents()

    def take(self, entry):
        url = urllib.parse.urlsplit(entry["request"]["url"])
        if not url.path.startswith("/v2/"):
            return
        call = (entry["request"]["method"], template(url.path[3:]))
        text = (entry["request"].get("postData") or {}).get("text") or ""
        if text and entry["response"]["status"] < 400:
            body = json.loads(text)
            self.requests.setdefault(call, Shape()).learn(body)
            self.bodies.setdefault(call, []).append(body)
        reply = entry["response"]["content"].get("text") or ""
        if reply:
            body = json.loads(reply)
            good = entry["response"]["status"] < 400
            self.replies.setdefault((*call, good), Shape()).learn(body)
            words(body, STATES, self.words)

    def take_documents(self):
        """The documented replies widen the shapes; they are newer than some recordings and have fewer members."""
        folder = contracts("easypost", "docs-examples", "docs", "responses")
        files = {os.path.basename(f)[:-5]: f for f in glob.glob(os.path.join(folder, "*", "*.json"))}
        for call, names in DOCS.items():
            for name in names:
                if name in files:
                    body = json.load(open(files[name], encoding="utf-8"))
                    self.replies.setdefault((*call, True), Shape()).learn(body)
        folder = contracts("easypost", "docs-examples")
        for file in glob.glob(os.path.join(folder, "**", "*.json"), recursive=True):
            words(json.load(open(file, encoding="utf-8")), STATES, self.words)
            for text in re.findall(r'\\"(status|status_detail)\\": ?\\"(\w+)\\"', open(file, encoding="utf-8").read()):
                self.words.setdefault(text[0], set()).add(text[1])
        # One shape for each of the vendor's objects: what may be null in one call may be so in another.
        self.objects = {}
        for shape in self.replies.values():
            gather(shape, self.objects)


def gather(shape, into):
    """Nothing but the shape of a whole shipment, address, rate, parcel or tracker, wherever it stands."""
    names = set(shape.members)
    for object_name, mark in (("Shipment", "usps_zone"), ("Address", "street1"), ("Rate", "carrier_account_id"),
                              ("Parcel", "predefined_package"), ("Tracker", "tracking_details"), ("PostageLabel", "label_resolution"),
                              ("CarrierDetail", "container_type"), ("TrackingLocation", "zip"),
                              ("CustomsInfo", "eel_pfc"), ("CustomsItem", "hs_tariff_number")):
        if mark in names and "object" in names:
            into.setdefault(object_name, []).append(shape)
    for member in shape.members.values():
        gather(member, into)
    if shape.elements is not None:
        gather(shape.elements, into)


def widened(recorded, shape):
    """Lets each of the vendor's objects be what it is anywhere in the recordings."""
    for shapes in recorded.objects.values():
        for one in shapes:
            for other in shapes:
                for name, member in other.members.items():
                    one.members.setdefault(name, member)
                    one.members[name].kinds |= member.kinds
                    if one.members[name].elements is None:
                        one.members[name].elements = member.elements
    return shape




class Judge:
    def __init__(self, recorded, tap):
        self.recorded, self.tap, self.done = recorded, tap, set()

    def reply(self, method, path, reply, note=""):
        """A reply of the town must look like those recorded for the same call."""
        call = (method, template(path.split("?")[0]))
        good = reply.status < 400
        shape = self.recorded.replies.get((*call, good))
        if shape is None and not good:
            shape = self.recorded.replies.get(("POST", "/shipments", False))
        faults = shape.faults(reply.json, free=FREE) if shape is not None else [f"nothing was recorded for {call}"]
        known = self.recorded.words
        for name, said in words(reply.json, STATES, {}).items():
            faults += [f"{name} “{word}”: never recorded" for word in sorted(said - known.get(name, set()))]
        self.tap.check(f"reply {method} {call[1]} {reply.status} {note}".rstrip(), faults)

    def request(self, entry):
        """A request of ours must look like those recorded: the same names in the same types, though perhaps fewer."""
        path = entry["path"][len("/easypost/v2"):]
        call = (entry["method"], template(path))
        if entry["method"] != "POST" or not entry["body"] or (call, entry["body"]) in self.done:
            return
        self.done.add((call, entry["body"]))
        shape = self.recorded.requests.get(call)
        body = json.loads(entry["body"])
        faults = shape.faults(body, demand=False, free=FREE) if shape is not None else ["no such request was recorded"]
        if (entry["content_type"] or "").split(";")[0] != "application/json":
            faults.append(f"content type {entry['content_type']}")
        self.tap.check(f"request {call[0]} {call[1]}", faults)


def buy(town, body):
    created = town.easypost("POST", "/shipments", body)
    rate = created.json["rates"][0]["id"]
    return created, town.easypost("POST", f"/shipments/{created.json['id']}/buy", {"rate": {"id": rate}})


def judge_addresses(town, judge, recorded):
    for body in recorded.bodies[("POST", "/addresses")]:
        if body.get("verify_carrier"):
            continue
        reply = town.easypost("POST", "/addresses", body)
        judge.reply("POST", "/addresses", reply, "verified" if len(body) > 1 else "")
    made = town.easypost("POST", "/addresses", recorded.bodies[("POST", "/addresses")][0]).json
    judge.reply("GET", f"/addresses/{made['id']}", town.easypost("GET", f"/addresses/{made['id']}"))
    bad = town.easypost("POST", "/addresses", {"address": {"street1": "invalid"}}).json
    judge.reply("GET", f"/addresses/{bad['id']}/verify", town.easypost("GET", f"/addresses/{bad['id']}/verify"))
    american = {"address": {"name": "Elizabeth Swan", "street1": "179 N Harbor Dr", "city": "Redondo Beach", "state": "CA",
                            "zip": "90277", "country": "US"}}
    good = town.easypost("POST", "/addresses", american).json
    judge.reply("GET", f"/addresses/{good['id']}/verify", town.easypost("GET", f"/addresses/{good['id']}/verify"))
    judge.reply("POST", "/addresses/create_and_verify", town.easypost("POST", "/addresses/create_and_verify", american))


def judge_shipments(town, judge, recorded):
    bodies = [b for b in recorded.bodies[("POST", "/shipments")] if "id" not in (b["shipment"].get("to_address") or {})]
    for body in bodies[:6]:
        judge.reply("POST", "/shipments", town.easypost("POST", "/shipments", body))
    plain = next(b for b in bodies if "service" not in b["shipment"])
    created, bought = buy(town, plain)
    shipment = created.json["id"]
    judge.reply("POST", f"/shipments/{shipment}/buy", bought)
    judge.reply("POST", f"/shipments/{shipment}/buy", town.easypost("POST", f"/shipments/{shipment}/buy", {"rate": {"id": "x"}}), "again")
    judge.reply("GET", f"/shipments/{shipment}", town.easypost("GET", f"/shipments/{shipment}"))
    judge.reply("GET", f"/shipments/{shipment}/label", town.easypost("GET", f"/shipments/{shipment}/label?file_format=ZPL"))
    judge.reply("GET", "/trackers/x", town.easypost("GET", f"/trackers/{bought.json['tracker']['id']}"))
    judge.reply("POST", f"/shipments/{shipment}/refund", town.easypost("POST", f"/shipments/{shipment}/refund", {}))
    other = town.easypost("POST", "/shipments", plain).json
    judge.reply("GET", f"/rates/{other['rates'][0]['id']}", town.easypost("GET", f"/rates/{other['rates'][0]['id']}"))
    judge.reply("POST", "/shipments/x/rerate", town.easypost("POST", f"/shipments/{other['id']}/rerate", {}))
    judge.reply("GET", "/shipments", town.easypost("GET", "/shipments?page_size=5"))
    judge.reply("POST", "/shipments", town.easypost("POST", "/shipments", {}))
    judge.reply("GET", "/shipments/shp_none", town.easypost("GET", "/shipments/shp_none"))
    for days in (1, 2, 3):
        town.control("POST", "/clock", {"advance": 30 * 3600})
        judge.reply("GET", "/trackers/x", town.easypost("GET", f"/trackers/{bought.json['tracker']['id']}"), f"after {days} steps")


def main():
    recorded, tap = Recorded(), Tap()
    judge = Judge(recorded, tap)
    widened(recorded, None)
    with Town("--orders", "4") as town:
        judge_addresses(town, judge, recorded)
        judge_shipments(town, judge, recorded)
        town.control("DELETE", "/log")
        code, said = client(easypost=f"{town.base}/easypost")
        tap.check("our client gets through", [] if code == 0 else [f"exit {code}", *said.splitlines()])
        sent = [e for e in town.control("GET", "/log") if e["service"] == "easypost"]
        tap.check("our client asked something", [] if len(sent) > 3 else [f"only {len(sent)} requests"])
        for entry in sent:
            judge.request(entry)
        tap.check("our client asks only what is recorded", sorted({f"{e['method']} {template(e['path'][12:])}" for e in sent
                  if (e["method"], template(e["path"][12:])) not in {(m, p) for m, p, _ in recorded.replies}
                  and not re.search(r"/labels/", e["path"])}))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
