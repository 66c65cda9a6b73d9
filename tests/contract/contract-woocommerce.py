#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the town's shop, and what our client sends to it, against the published samples of WooCommerce's REST API."""
import glob
import json
import os
import re
import sys

from shape import Shape
from town import Tap, Town, client, contracts

# Samples that show replies broken on purpose, or of something other than a plain order.
NOT_TAKEN = ("broken", "error", "faulty", "alternative", "minimal", "nested", "stats", "statuses", "shipping-labels", "auto-draft")

# Plug-ins may put any value into meta data.
FREE = ("value", "display_value")

# What shops gained after the samples were taken; each is said by the schema of a running 11.0 shop.
LATER = ("global_unique_id", "nominal_amount", "free_shipping", "discount_type", "low_stock_amount", "tax_status")


def samples(folder, *patterns):
    """The JSON of all files that match, without the envelope some of them wear."""
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(folder, "**", pattern), recursive=True)):
            if any(word in os.path.basename(path) for word in NOT_TAKEN):
                continue
            try:
                value = json.load(open(path, encoding="utf-8"))
            except ValueError:  # a few samples of the apps have a comma too many
                continue
            if isinstance(value, dict) and isinstance(value.get("data"), (dict, list)):
                value = value["data"]
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "id" in one:
                    yield one


def shape_of(documents, others):
    """Members as the official documentation has them; types as any sample has them."""
    shape = Shape()
    for one in documents:
        shape.learn(one)
    wanted = dict(shape.seen), shape.objects
    for one in others:
        shape.learn(one)
    shape.seen, shape.objects = wanted
    loosen(shape)
    return shape


def loosen(shape):
    """Below the top, samples of different ages are mixed: only types and names count there."""
    for member in shape.members.values():
        member.seen = {name: 0 for name in member.seen}
        loosen(member)
    if shape.elements is not None:
        shape.elements.seen = {name: 0 for name in shape.elements.seen}
        loosen(shape.elements)


def judge(tap, name, shape, values):
    """All of these must have that shape; the same fault of many is said once."""
    faults = {}
    for value in values:
        for fault in shape.faults(value, free=FREE):
            if not fault.split(":")[0].split(".")[-1] in LATER:
                faults.setdefault(re.sub(r"\[\d+\]", "[]", fault), value.get("id"))
    tap.check(f"{name} ({len(values)})", [f"{fault} (first in {where})" for fault, where in sorted(faults.items())])


def read_all(town, path):
    rows, page = [], 1
    while True:
        reply = town.shop("GET", path, [("per_page", 100), ("page", page), ("orderby", "id"), ("order", "asc")]
                          if path == "/orders" else [("per_page", 100), ("page", page)])
        if not reply.json:
            return rows
        rows += reply.json
        page += 1


class Samples:
    def __init__(self):
        docs = contracts("woocommerce", "docs-samples")
        apps = contracts("woocommerce", "ios-test-responses")
        self.order = shape_of(samples(docs, "orders__retrieve*", "orders__list*"),
                              samples(apps, "order.json", "order-*.json", "orders-load-all*.json"))
        self.note = shape_of(samples(docs, "order-notes__*response.json"), samples(apps, "order-notes*.json"))
        self.refund = shape_of(samples(docs, "order-refunds__*response.json"), samples(apps, "refund*.json", "order-560-all-refunds.json"))
        self.product = shape_of(samples(docs, "products__retrieve*", "products__list*"), samples(apps, "product.json", "products-load-all*.json"))
        self.variation = shape_of(samples(docs, "product-variations__retrieve*", "product-variations__list*"),
                                  samples(apps, "product-variation.json", "product-variations-load-all.json"))
        for line in (self.order.members["line_items"].elements, self.refund.members["line_items"].elements or Shape()):
            for name in ("sku", "parent_name"):
                line.members.setdefault(name, Shape()).kinds |= {"string", "null"}
        self.refund.members["line_items"].elements = self.refund.members["line_items"].elements or self.order.members["line_items"].elements
        # Quoted in the field notes of running shops: an image without a picture has the id "", stock may be the parent's.
        for place in (self.order, self.refund):
            image = place.members["line_items"].elements.members.setdefault("image", Shape())
            image.learn({"id": "", "src": ""})
            image.learn({"id": 7, "src": ""})
        self.variation.members["manage_stock"].kinds |= {"string"}
        self.variation.members.setdefault("name", Shape()).kinds |= {"string"}
        for place in (self.product, self.variation):
            place.members["stock_quantity"].kinds |= {"number"}
        # A line of a refund is a line, with the meta data of one.
        line = self.order.members["line_items"].elements.members["meta_data"]
        self.refund.members["line_items"].elements.members["meta_data"] = line
        text = json.load(open(contracts("woocommerce", "order-fulfillments", "samples.json"), encoding="utf-8"))
        self.fulfillment, self.fulfillment_request = Shape(), Shape()
        for one in text["samples"]:
            if re.search(r"/fulfillments(/<fulfillment_id>)?(\?|$)", one["op"]) and "DELETE" not in one["op"]:
                for row in one["response"] if isinstance(one["response"], list) else [one["response"]]:
                    self.fulfillment.learn(row)
                if "request" in one:
                    self.fulfillment_request.learn(one["request"])


def judge_orders(tap, known, town, version):
    orders = read_all(town, "/orders")
    judge(tap, f"{version} orders", known.order, orders)
    judge(tap, f"{version} order", known.order, [town.shop("GET", f"/orders/{orders[0]['id']}").json])
    first = orders[0]["id"]
    judge(tap, f"{version} order put", known.order, [town.shop("PUT", f"/orders/{first}", body={"status": "processing"}).json])
    note = town.shop("POST", f"/orders/{first}/notes", body={"note": "Paket unterwegs", "customer_note": True}).json
    judge(tap, f"{version} notes", known.note, [note, *town.shop("GET", f"/orders/{first}/notes").json])
    paid = next(o for o in orders if o["payment_method"] == "stripe" and o["status"] == "processing" and o["date_paid"] and o["id"] != first)
    line = paid["line_items"][0]
    refund = town.shop("POST", f"/orders/{paid['id']}/refunds", body={"amount": "1.00", "line_items": [
        {"id": line["id"], "quantity": 1, "refund_total": 1.00}]})
    tap.check(f"{version} refund is taken", [] if refund.status == 201 else [refund.text])
    refunds = [row for o in orders if o["refunds"] or o["id"] == paid["id"] for row in town.shop("GET", f"/orders/{o['id']}/refunds").json]
    judge(tap, f"{version} refunds", known.refund, refunds)


def judge_products(tap, known, town, version):
    products = read_all(town, "/products")
    judge(tap, f"{version} products", known.product, products)
    variations = [row for p in products for row in (read_all(town, f"/products/{p['id']}/variations") if p["variations"] else [])]
    judge(tap, f"{version} variations", known.variation, variations)


def judge_house(tap, known, town, version):
    """What a shop says of itself, and an order made through its API."""
    docs = contracts("woocommerce", "docs-samples")
    read = lambda name: json.load(open(os.path.join(docs, name), encoding="utf-8"))
    totals, setting, hook = Shape(), Shape(), Shape()
    for row in read("reports__retrieve-orders-totals.response.json"):
        totals.learn(row)
    judge(tap, f"{version} statuses", totals, town.shop("GET", "/reports/orders/totals").json)
    setting.learn(read("setting-options__retrieve-a-setting-option.response.json"))
    loosen(setting)
    setting.seen = {name: 0 for name in setting.seen}
    unit = town.shop("GET", "/settings/products/woocommerce_weight_unit").json
    judge(tap, f"{version} setting", setting, [{name: unit[name] for name in unit if name != "options"}])
    tap.check(f"{version} unit of weight", [] if unit["value"] in ("kg", "g", "lbs", "oz") else [unit["value"]])
    request = read("webhooks__create-a-webhook.request.json")
    hook.learn(read("webhooks__create-a-webhook.response.json"))
    made = town.shop("POST", "/webhooks", body=dict(request, secret="practice"))
    judge(tap, f"{version} webhook", hook, [made.json])
    asked = read("orders__create-an-order.request.json")
    for row, product in zip(asked["line_items"], (12, 13)):  # what the documents' shop sells, this one does not
        row.pop("variation_id", None)
        row["product_id"] = product
    order = town.shop("POST", "/orders", body=asked)
    tap.check(f"{version} order is made", [] if order.status == 201 else [order.text])
    judge(tap, f"{version} order made", known.order, [order.json])


def judge_fulfillments(tap, known, town):
    line = town.shop("GET", "/orders/1000").json["line_items"][0]["id"]
    body = {"status": "fulfilled", "is_fulfilled": True, "meta_data": [
        {"key": "_items", "value": [{"item_id": line, "qty": 1}]}, {"key": "_tracking_number", "value": "LX123"},
        {"key": "_shipment_provider", "value": "dhl"}]}
    made = town.shop("POST", "/orders/1000/fulfillments", [("notify_customer", "true")], body)
    tap.check("fulfilment is taken", [] if made.status == 201 else [made.text])
    town.shop("PUT", f"/orders/1000/fulfillments/{made.json['id']}", body=body)
    rows = [made.json, *town.shop("GET", "/orders/1000/fulfillments").json,
            town.shop("GET", f"/orders/1000/fulfillments/{made.json['id']}").json]
    judge(tap, "fulfilments", known.fulfillment, rows)


def judge_requests(tap, known, town):
    """What our client writes: notes, states and fulfilments, in the documented words and types."""
    orders = Shape()
    for body in ({"status": "completed"}, {"meta_data": [{"key": "a", "value": "b"}]}):
        orders.learn(body)
    notes = Shape().learn({"note": "text", "customer_note": True})
    shapes = ((r"/orders/\d+$", orders), (r"/orders/\d+/notes$", notes), (r"/fulfillments(/\d+)?$", known.fulfillment_request))
    town.control("DELETE", "/log")
    code, said = client(shop=f"{town.base}/shop", order="1006")
    tap.check("our client gets through", [] if code == 0 else [f"exit {code}", *said.splitlines()])
    written = [e for e in town.control("GET", "/log") if e["method"] in ("PUT", "POST") and e["body"]]
    tap.check("our client reports", [] if len(written) > 1 else [f"only {len(written)} requests"])
    for entry in written:
        shape = next((s for pattern, s in shapes if re.search(pattern, entry["path"])), None)
        faults = shape.faults(json.loads(entry["body"]), demand=False, free=FREE) if shape else ["no sample of such a request"]
        tap.check(f"request {entry['method']} {re.sub(r'[0-9]+', '*', entry['path'][len('/shop/wp-json/wc/v3'):])}", faults)


def main():
    known, tap = Samples(), Tap()
    for version in ("11.0", "7.9"):
        with Town("--orders", "120", "--version", version) as town:
            judge_orders(tap, known, town, version)
            judge_products(tap, known, town, version)
            judge_house(tap, known, town, version)
            judge_requests(tap, known, town)
    with Town("--orders", "40", "--fulfillments") as town:
        judge_fulfillments(tap, known, town)
        judge_requests(tap, known, town)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
