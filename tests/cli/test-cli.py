#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""waybillctl as its users meet it: help, exit codes, tables, JSON, backup and restore, bad input, manual and completion."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

SOURCE, BUILD = os.environ["WAYBILL_SOURCE"], os.environ["WAYBILL_BUILD"]
PROGRAM = os.path.join(BUILD, "src", "cli", "waybillctl")
FOLDER = tempfile.mkdtemp(prefix="waybill-test-cli-")
PRACTICE = os.path.join(FOLDER, "practice")
KEYS = os.path.join(FOLDER, "keys.json")


def ctl(*words, code=0, text="", env=None):
    """Runs it. Returns (stdout, stderr) after the exit code was as expected."""
    ran = subprocess.run([PROGRAM, *words], input=text, capture_output=True, text=True, timeout=60, check=False,
                         env={**os.environ, "LANGUAGE": "en", **(env or {})})
    assert ran.returncode == code, f"{words}: exit {ran.returncode}, not {code}\n{ran.stdout}{ran.stderr}"
    return ran.stdout, ran.stderr


def practice(*words, code=0):
    return ctl("--practice", PRACTICE, *words, code=code)


def commands():
    """The commands as the help lists them."""
    out, _ = ctl("--help")
    return [line.split()[0] for line in out.split("\n") if re.match(r"  [a-z]", line)]


def options(text):
    return re.findall(r"^  --([a-z-]+)", text, re.M)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_help():
    assert len(commands()) >= 25
    for name in commands():
        out, _ = ctl(name, "--help")
        assert out.startswith(f"Usage: waybillctl {name}") and "Options of every command" in out
        assert ctl("help", name)[0] == out
    assert ctl("--version")[0] == ctl("version")[0]
    assert json.loads(ctl("version", "--json")[0])["program"] == "waybillctl"
    assert "Usage" in ctl(code=2)[0]


def test_usage_errors():
    book = os.path.join(FOLDER, "usage.waybill")
    for words in (["nonsense"], ["orders", "--nonsense"], ["orders", "-x"], ["orders", "superfluous"], ["show"],
                  ["orders", "--limit"], ["orders", "--limit", "many"], ["orders", "--limit", "-1"], ["orders", "--stage", "nowhere"],
                  ["orders", "--json=1"], ["operations", "--state", "odd"], ["help", "nonsense"], ["practice-day"],
                  ["print", "1", "poster"], ["print", "one", "label"], ["resolve", "--happened"], ["package", "add"],
                  ["package", "add", "Box", "--size", "1x2"], ["package", "add", "Box", "--size", "ax2x3"],
                  ["origin", "add", "Here", "--street", "x"], ["printer", "label"], ["printer", "label", "--queue", "a", "--folder", "b"],
                  ["printer", "label", "--queue", "a", "--format", "gif"], ["connect", "bank"], ["connect", "shop"],
                  ["connect", "shop", "--url", "https://shop.example"], ["orders", "--workspace", "../escape"]):
        where = [] if "--workspace" in words else ["--book", book]
        out, err = ctl(*where, "--secrets-file", KEYS, *words, code=2)
        assert err.startswith("waybillctl: ") and out == "", words


def test_not_there():
    book = os.path.join(FOLDER, "empty.waybill")
    assert "no order" in ctl("--book", book, "show", "4711", code=8)[1]
    ctl("--book", book, "ship", "4711", "--yes", code=8)
    ctl("--book", book, "disconnect", "Nobody", "--yes", code=8)
    ctl("--book", book, "sync", "Nobody", code=8)
    ctl("--book", book, "resolve", "99", code=8)
    ctl("--book", os.path.join(FOLDER, "none.waybill"), "backup", os.path.join(FOLDER, "b"), code=8)
    ctl("--book", book, "restore", os.path.join(FOLDER, "none"), "--yes", code=8)
    ctl("--book", book, "printer", "label", "--folder", os.path.join(FOLDER, "none"), code=8)
    assert json.loads(ctl("--book", book, "orders", "--json")[0]) == []


def test_bad_books():
    damaged, text = os.path.join(FOLDER, "damaged.waybill"), os.path.join(FOLDER, "text.waybill")
    shutil.copy(os.path.join(PRACTICE, "practice.waybill"), damaged)
    with open(text, "w", encoding="utf-8") as file:
        file.write("This is no order book.\n" * 100)
    for path in (text, FOLDER, os.path.join(text, "below")):
        _, err = ctl("--book", path, "orders", code=6)
        assert err.startswith("waybillctl: ")
    with open(text, encoding="utf-8") as file:
        assert file.read() == "This is no order book.\n" * 100, "a foreign file was touched"
    ctl("--book", damaged, "restore", text, "--yes", code=6)
    assert json.loads(ctl("--book", damaged, "orders", "--json")[0]), "the book is gone after a restore that was refused"


def test_secrets_file():
    book, keys = os.path.join(FOLDER, "keys.waybill"), os.path.join(FOLDER, "open.json")
    with open(keys, "w", encoding="utf-8") as file:
        file.write("{}")
    os.chmod(keys, 0o644)
    assert "chmod 600" in ctl("--book", book, "--secrets-file", keys, "orders", code=7)[1]
    os.chmod(keys, 0o600)
    ctl("--book", book, "--secrets-file", keys, "orders")
    words = ["--book", book, "--secrets-file", keys, "connect", "gateway", "stripe", "--url", "http://127.0.0.1:9", "--yes"]
    ctl(*words, text="sk_test_x\n", code=5)
    ctl(*words, text="", code=2)
    ctl("--book", book, "--secrets-file", keys, "connect", "gateway", "stripe", "--url", "http://example.com", "--yes", text="sk_test_x\n", code=2)
    assert "sk_test_x" not in open(book, "rb").read().decode("latin-1")


def test_practice_orders():
    practice("sync")
    orders = json.loads(practice("orders", "--json", "--limit", "0")[0])
    assert len(orders) == 40
    table, _ = practice("orders", "--limit", "0")
    lines = table.rstrip("\n").split("\n")
    assert len(lines) == 41
    place = lines[0].index("Stage")
    for line in lines[1:]:
        cut, columns = 0, 0
        while columns < width(lines[0][:place]):
            columns += width(line[cut])
            cut += 1
        assert columns == place and re.match(r"(Awaiting payment|To ship|On hold|Partly shipped|Shipped|Nothing to ship|Cancelled)", line[cut:]), line
    assert "no orders" in practice("orders", "--search", "zzzz")[0].lower()
    found = json.loads(practice("orders", "--search", "hopital", "--json")[0])
    assert len(found) >= 1 and all("pital" in order["customer_name"] for order in found)
    ready = json.loads(practice("orders", "--stage", "ready,hold", "--json")[0])
    assert ready and all(order["stage"] in ("ready", "hold") for order in ready)


def test_practice_show():
    shown = json.loads(practice("show", "1003", "--json")[0])
    assert shown["number"] == "1003" and shown["lines"] and isinstance(shown["total"], str)
    raw = json.loads(practice("show", "1003", "--raw")[0])
    assert raw["id"] == 1003 and raw["total"] == shown["total"]
    text, _ = practice("show", "Practice shop:1003")
    assert "L’Hôpital" in text
    assert practice("show", f"@{shown['id']}")[0] == text


def test_practice_ship():
    before = json.loads(practice("operations", "--json", "--limit", "0")[0])
    dry, _ = practice("ship", "1003", "--weight", "700", "--dry-run")
    assert "captures" in dry and "EUR" in dry
    assert json.loads(practice("operations", "--json", "--limit", "0")[0]) == before
    assert "--yes" in practice("ship", "1003", "--weight", "700", code=2)[1]
    assert "grams" in practice("ship", "1003", "--yes", code=2)[1]
    practice("ship", "1003", "--weight", "700", "--service", "Teleport", "--yes", code=8)
    practice("ship", "1003", "--weight", "700", "--line", "1:99", "--yes", code=3)
    practice("ship", "1003", "--weight", "700", "--line", "99:1", "--yes", code=2)
    part, _ = practice("ship", "1003", "--weight", "700", "--line", "1:1", "--yes")
    assert "customs form" in part and part.count("✓") == 7 and part.count("–") == 1  # it goes abroad
    done = json.loads(practice("ship", "1003", "1000", "4711", "--weight", "700", "--yes", "--json", code=8)[0])
    assert [row["ok"] for row in done] == [True, True, False] and done[2]["error"] == "not-found"
    assert [step["step"] for step in done[0]["steps"]][-1] == "mark"
    practice("ship", "1003", "--weight", "700", "--yes", code=3)
    assert len(json.loads(practice("shipments", "1003", "--json")[0])) == 2


def test_practice_hold_and_void():
    practice("hold", "1006", "--reason", "wait for the customer")
    assert "wait for the customer" in practice("exceptions", code=4)[0]
    practice("ship", "1006", "--weight", "500", "--yes", code=3)
    practice("release", "1006")
    practice("ship", "1006", "--weight", "500", "--yes")
    shipment = json.loads(practice("shipments", "1006", "--json")[0])[0]
    practice("reprint", str(shipment["id"]), "label")
    target = os.path.join(FOLDER, "slip.pdf")
    practice("print", str(shipment["id"]), "slip", "--to", target)
    with open(target, "rb") as file:
        assert file.read(5) == b"%PDF-"
    practice("void", str(shipment["id"]), code=2)
    practice("void", str(shipment["id"]), "--yes")
    practice("resolve")


def test_practice_pieces():
    orders = [order for order in json.loads(practice("orders", "--stage", "ready", "--json", "--limit", "0")[0])
              if order["charge_state"] == "authorised"]
    shown = json.loads(practice("show", orders[0]["number"], "--json")[0])
    number, line = shown["number"], next(row for row in shown["lines"] if row["kind"] == "item")
    listed, _ = practice("pieces", number)
    assert line["name"][:20] in listed and line["remote_id"] in listed
    more = f"{line['remote_id']}={line['quantity'] + 2}"
    dry = json.loads(practice("pieces", number, more, "--dry-run", "--json")[0])
    assert not dry["made"] and dry["after"] > dry["before"] and dry["missing"] == dry["after"] - dry["covered"]
    assert "ask the customer" in practice("pieces", number, more, "--dry-run")[0]
    assert json.loads(practice("show", number, "--json")[0]) == shown
    assert "--yes" in practice("pieces", number, more, code=2)[1]
    for words in ("nonsense", "no-such-sku=1", f"{line['remote_id']}=many", f"{line['remote_id']}={line['quantity']}"):
        practice("pieces", number, words, "--yes", code=2)
    done = json.loads(practice("pieces", number, more, "--reason", "By phone", "--yes", "--json")[0])
    assert done["made"] and "neither paid nor authorised" in done["outcome"]
    after = json.loads(practice("show", number, "--json")[0])
    assert next(row for row in after["lines"] if row["remote_id"] == line["remote_id"])["quantity"] == line["quantity"] + 2
    assert float(after["total"]) > float(shown["total"])
    practice("pieces", number, f"{line['remote_id']}={line['quantity']}", "--yes")
    assert json.loads(practice("show", number, "--json")[0])["total"] == shown["total"]


def fetched(walk):
    return [line["fetched"] for line in walk["lines"]]


def test_waves():
    assert json.loads(practice("waves", "--json")[0]) == []
    practice("wave", "make", "--method", "flock", code=2)
    practice("wave", "make", "--ship-by", "tomorrow", code=2)
    practice("wave", "make", "--zone", "nowhere", code=8)
    practice("wave", "4711", code=8)
    made = json.loads(practice("wave", "make", "--method", "cluster", "--totes", "red,blue", "--json")[0])
    number = str(made["wave"]["id"])
    assert [row["tote"] for row in made["orders"]] == ["red", "blue"] and made["wave"]["method"] == "cluster"
    bins = [line["bin"] for line in made["lines"] if line["bin"]]
    assert bins == sorted(bins, key=lambda bin: [int(n) if n.isdigit() else n for n in re.split(r"(\d+)", bin)])
    assert number in practice("waves")[0] and "red" in practice("wave", number)[0]
    # What is not wanted is told by words and by the exit code, and counts nothing.
    assert "no such code" in practice("wave", number, "scan", "no such code", code=4)[0]
    assert sum(fetched(json.loads(practice("wave", number, "--json")[0]))) == 0
    # A line by hand, and taken back; more than is wanted is refused.
    wanted = made["lines"][0]["wanted"]
    practice("wave", number, "pick", "1", str(wanted + 1), code=3)
    assert fetched(json.loads(practice("wave", number, "pick", "1", str(wanted), "--json")[0]))[0] == wanted
    assert fetched(json.loads(practice("wave", number, "back", "1", "--json")[0]))[0] == wanted - 1
    practice("wave", number, "pick", "99", code=2)
    # Not there, and there after all.
    short = json.loads(practice("wave", number, "short", "1", "--json")[0])["lines"][0]
    assert short["not_there"] == 1
    assert json.loads(practice("wave", number, "found", "1", "--json")[0])["lines"][0]["not_there"] == 0
    # One order leaves, and comes back.
    order = made["lines"][0]["orders"][0]["order"]
    out = json.loads(practice("wave", number, "take-out", order, "--json")[0])
    assert all(part["order"] != order for line in out["lines"] for part in line["orders"])
    back = json.loads(practice("wave", number, "put-in", order, "--json")[0])
    assert [line["wanted"] for line in back["lines"]] == [line["wanted"] for line in made["lines"]]
    # On paper: as a file, and through the journal as often as it is asked for.
    target = os.path.join(FOLDER, "walk.pdf")
    practice("wave", number, "list", "--out", target)
    with open(target, "rb") as file:
        assert file.read(5) == b"%PDF-"
    for times in (1, 2):
        practice("wave", number, "print")
        lists = [one for one in json.loads(practice("operations", "--json", "--limit", "0")[0])
                 if one["kind"] == "print" and ":pick-list:" in one["key"]]
        assert len(lists) == times and all(one["state"] == "done" for one in lists)
    # All that is left is not there: the wave ends; nothing is left to print.
    ended = json.loads(practice("wave", number, "finish", "--json")[0])
    assert ended["wave"]["state"] == "done"
    practice("wave", number, "print", code=2)
    assert number not in practice("waves")[0] and number in practice("waves", "--all")[0]
    again = json.loads(practice("wave", "make", "--most", "1", "--json")[0])["wave"]["id"]
    assert json.loads(practice("wave", str(again), "cancel", "--json")[0])["wave"]["state"] == "cancelled"


def test_declined():
    """The practice day's declined card is told by its exit code, and the label is not bought again."""
    out, _ = ctl("practice-day", "--folder", PRACTICE, "--orders", "12")
    assert out.rstrip("\n").split("\n")[-1].endswith("books agree")
    refused = json.loads(practice("operations", "--state", "refused", "--json")[0])
    assert len(refused) == 1 and refused[0]["error_code"] == "declined"
    order = f"@{refused[0]['order_id']}"
    _, err = practice("ship", order, "--yes", code=3)
    assert "declined" in err and "Keep the parcel here" in err
    labels = json.loads(practice("show", order, "--json")[0])["labels"]
    assert len(labels) == 1


def test_json_everywhere():
    ready = json.loads(practice("orders", "--stage", "ready", "--json")[0])[0]["number"]
    for words in (["orders"], ["show", "1003"], ["rates", ready, "--weight", "300"], ["shipments"], ["operations"], ["events"],
                  ["connections"], ["origin"], ["package"], ["printer"], ["sync"]):
        json.loads(practice(*words, "--json")[0])
    json.loads(practice("exceptions", "--json", code=4)[0])
    findings = json.loads(practice("doctor", "--json", code=1)[0])
    assert {row["ok"] for row in findings} == {True, False}
    _, err = practice("show", "4711", "--json", code=8)
    assert json.loads(err)["error"] == "not-found"


def test_own_orders():
    """Orders out of a spreadsheet and over the counter, and out again as a spreadsheet."""
    table = os.path.join(FOLDER, "fair.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("Order no,Date,Name,Street,Zip,City,Country,SKU,Item,Qty,Price\n"
                   "F-1,2026-11-20,Ida Voss,Ring 1,10115,Berlin,DE,CUP,Cup,2,9.50\n"
                   "F-2,2026-11-20,Bo Dahl,Ring 2,10115,Berlin,DE,CUP,Cup,none,9.50\n")
    practice("connect", "shop", "csv", "--name", "Fair", "--capturer", "none", "--yes")
    out, told = practice("orders-import", "Fair", table, "--preview", "--currency", "EUR", code=4)
    assert "F-1" in out and "2 rows: 1 orders; 1 rows would be set aside" in out, out
    out, told = practice("orders-import", "Fair", table, "--currency", "EUR", "--json", code=4)
    assert json.loads(out) == {"rows": 2, "added": 1, "changed": 0, "unchanged": 0, "bad": 1}, out
    assert "line 3" in told and "none" in told, told
    assert "F-2" in practice("orders-aside", code=4)[0]
    out, _ = practice("orders-import", "Fair", table, "--json", code=4)
    assert json.loads(out)["unchanged"] == 1, out
    practice("orders-import", "Fair", table, "--columns", "colour=SKU", code=2)
    rows = practice("orders-export", "--channel", "Fair")[0].split("\n")
    assert rows[0].startswith("number,placed,") and rows[1].startswith('"F-1",2026-11-20,'), rows
    add = ("order-add", "--currency", "EUR", "--line", "CUP*2@9.50=Cup", "--shipping", "4.90", "--name", "Ida Voss", "--street",
           "Ring 1", "--postcode", "10115", "--city", "Berlin", "--country", "DE", "--paid", "cash", "--id", "call-1", "--json")
    first = json.loads(practice(*add)[0])
    assert first["number"] == "C-1001" and json.loads(practice(*add)[0]) == first
    assert "23.90" in practice("show", "C-1001")[0]
    practice("order-add", "--currency", "EUR", "--line", "CUP*x", code=2)


def test_backup():
    book, copy = os.path.join(PRACTICE, "practice.waybill"), os.path.join(FOLDER, "backup.waybill")
    ctl("--book", book, "backup", copy)
    _, err = ctl("--book", book, "backup", copy, code=4)
    assert "overwrites nothing" in err
    before = ctl("--book", book, "orders", "--json", "--limit", "0")[0]
    last = json.loads(ctl("--book", book, "events", "--json")[0])[-1]["id"]
    ctl("--book", book, "hold", "1012")
    assert ctl("--book", book, "orders", "--json", "--limit", "0")[0] != before
    ctl("--book", book, "restore", copy, code=2)
    ctl("--book", book, "restore", copy, "--yes")
    assert ctl("--book", book, "orders", "--json", "--limit", "0")[0] == before
    assert json.loads(ctl("--book", book, "events", "--json")[0])[-1]["id"] == last
    assert any(".before-restore-" in name for name in os.listdir(PRACTICE))


def test_follow():
    book = os.path.join(PRACTICE, "practice.waybill")
    with subprocess.Popen([PROGRAM, "--book", book, "events", "--follow", "--after", "0", "--json"], stdout=subprocess.PIPE, text=True) as child:
        first = json.loads(child.stdout.readline())
        ctl("--book", book, "hold", "1012", "--reason", "followed")
        for line in child.stdout:
            if json.loads(line)["kind"] == "held":
                break
        child.terminate()
        child.stdout.read()
        assert child.wait(timeout=20) == 0 and first["id"] == 1


def test_german():
    out, _ = ctl("--help", env={"LANGUAGE": "de"})
    assert "Usage" in out or "Aufruf" in out or "Verwendung" in out


def test_manual():
    path = os.path.join(SOURCE, "data", "waybillctl.1")
    with open(path, encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    for name in commands():
        assert re.search(rf'^\.BR? ["]?{name}\b|", " {name}\b', page, re.M), f"the manual does not tell about {name}"
        for option in options(ctl(name, "--help")[0]):
            assert f"--{option}" in page, f"the manual does not tell about --{option} of {name}"
    if shutil.which("groff") is None:
        return
    told = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", path], capture_output=True, text=True, check=True)
    assert told.stderr == "", told.stderr


def complete(*words):
    script = ('source "$1"; shift; COMP_WORDS=(waybillctl "$@"); COMP_CWORD=$#; COMPREPLY=(); _waybillctl; '
              'printf "%s\\n" "${COMPREPLY[@]}"')
    path = os.path.join(SOURCE, "data", "completions", "waybillctl.bash")
    ran = subprocess.run(["bash", "-c", script, "bash", path, *words], capture_output=True, text=True, check=True, cwd=FOLDER)
    assert ran.stderr == "", ran.stderr
    return ran.stdout.split("\n")[:-1]


def test_completion():
    if shutil.which("bash") is None:
        return
    assert set(commands()) <= set(complete(""))
    assert complete("orders-i") == ["orders-import"]
    assert complete("--book", "x", "orders", "--st") == ["--stage"]
    assert complete("orders", "--stage", "re") == ["ready"]
    assert complete("connect", "shop", "--capturer", "") == ["gateway", "shop", "none"]
    assert complete("print", "7", "l") == ["label"]
    for name in commands():
        offered = complete(name, "--")
        for option in options(ctl(name, "--help")[0]):
            assert f"--{option}" in offered or offered == [], f"{name} --{option} is not completed"


def main():
    tests = [test_help, test_usage_errors, test_not_there, test_practice_orders, test_practice_show, test_practice_ship,
             test_practice_hold_and_void, test_practice_pieces, test_waves, test_declined, test_json_everywhere, test_own_orders, test_bad_books, test_secrets_file, test_backup,
             test_follow, test_german, test_manual, test_completion]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as error:  # every failure is told, none hides the tests after it
            failed += 1
            for line in str(error).split("\n"):
                print(f"# {line}")
            print(f"not ok {number} {test.__name__}: {type(error).__name__}", flush=True)
    shutil.rmtree(FOLDER)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
