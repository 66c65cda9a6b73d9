#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that each check can fail: plants one fault in a small sound tree and expects the check to name it (TAP)."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later\n * A file for the tests of the checks. */\n"

# A house in small that passes every check.
SOUND = {
    "src/base/wb-money.h": HEAD + "int wb_money (void);\n",
    "src/base/wb-money.c": HEAD + '#include "wb-money.h"\n\nint\nwb_money (void)\n{\n  return 1;\n}\n',
    "src/store/wb-book.h": HEAD + '#include "wb-money.h"\n',
    "src/store/wb-book.c": HEAD + "#include <sqlite3.h>\n\n#include \"wb-book.h\"\n",
    "src/net/wb-http.h": HEAD,
    "src/desk/wb-ship.h": HEAD,
    "src/shops/wb-shop.h": HEAD + '#include "wb-http.h"\n',
    "src/carriers/wb-carrier.h": HEAD,
    "src/statements/wb-csv.c": HEAD + 'static const char *why = "Orders";\n',
    "src/inbox/wb-sentences.c": HEAD + 'static const char *const sentences[] = {\n  N_ ("Orders"),\n  NULL,\n};\n',
    "src/practice/wb-town.h": HEAD + '#include "wb-money.h"\n',
    "src/client/wb-page.c": HEAD + '#include <adwaita.h>\n\nstatic const char *title = N_ ("Orders");\n',
    "ui/wb-page.ui": '<interface><template class="WbPage"><property name="x" translatable="yes">Orders</property>'
                     "</template></interface>\n",
    "ui/waybill.gresource.xml": "<gresources><gresource><file>wb-page.ui</file></gresource></gresources>\n",
    "src/client/wb-window.c": HEAD + '\nvoid\nx (void)\n{\n  g_settings_set_int (s, "width", 3);\n}\n',
    "data/org.waybill.Waybill.gschema.xml": '<schemalist><schema id="x"><key name="width" type="i"/></schema></schemalist>\n',
    "po/LINGUAS": "xx\n",
    "po/POTFILES.in": "data/org.waybill.Waybill.gschema.xml\nsrc/client/wb-page.c\nsrc/inbox/wb-sentences.c\nui/wb-page.ui\n",
    "po/xx.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
                '"Project-Id-Version: x\\n"\n"PO-Revision-Date: 2026-11-22 00:00+0000\\n"\n"Last-Translator: x\\n"\n'
                '"Language-Team: x\\n"\n"Language: xx\\n"\n"MIME-Version: 1.0\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
                'msgid "Orders"\nmsgstr "Xorders"\n',
    "run.sh": "#!/bin/sh\necho \"$1\"\n",
    "meson.build": "project('x')\n",
}

LONG = HEAD + "int x;\n" * 900

# (check, what is planted, the files changed, words the answer must hold)
PLANTED = [
    ("../check-layers", "a lower room sees a higher one", {"src/base/wb-money.c": HEAD + '#include "wb-ship.h"\n'}, "base must not see desk"),
    ("../check-layers", "a carrier sees a shop", {"src/carriers/wb-carrier.h": HEAD + '#include "wb-shop.h"\n'}, "carriers must not see shops"),
    ("../check-layers", "the store sees the net", {"src/store/wb-book.h": HEAD + '#include "wb-http.h"\n'}, "store must not see net"),
    ("../check-layers", "practice sees the net", {"src/practice/wb-town.h": HEAD + '#include "wb-http.h"\n'}, "practice must not see net"),
    ("../check-layers", "the engine sees practice", {"src/desk/wb-ship.h": HEAD + '#include "wb-town.h"\n'}, "desk must not see practice"),
    ("../check-layers", "the engine sees what is counted after it",
     {"src/desk/wb-ship.c": HEAD + '#include "wb-gaps.h"\n', "src/accounts/wb-gaps.h": HEAD}, "desk must not see accounts"),
    ("../check-layers", "a room looks into another's own header",
     {"src/desk/wb-ship-private.h": HEAD, "src/accounts/wb-gaps.c": HEAD + '#include "wb-ship-private.h"\n'}, "is for desk alone"),
    ("../check-layers", "SQLite out of its room", {"src/desk/wb-ship.c": HEAD + "#include <sqlite3.h>\n"}, "<sqlite3.h> belongs to store"),
    ("../check-layers", "CUPS out of its room", {"src/client/wb-page.c": HEAD + "#include <cups/cups.h>\n"}, "<cups/cups.h> belongs to paper"),
    ("../check-layers", "GTK in the engine", {"src/desk/wb-ship.c": HEAD + "#include <gtk/gtk.h>\n"}, "<gtk/gtk.h> belongs to client"),
    ("../check-layers", "libsoup in a shop", {"src/shops/wb-shop.h": HEAD + "#include <libsoup/soup.h>\n"}, "<libsoup/soup.h> belongs to"),
    ("../check-layers", "a session in the practice town", {"src/practice/wb-town.c": HEAD + "SoupSession *s;\n"}, "SoupSession belongs to net"),
    ("../check-layers", "libsecret in a second place", {"src/client/wb-keys.c": HEAD + "#include <libsecret/secret.h>\n"}, "<libsecret/secret.h> belongs to"),
    ("../check-layers", "an unknown header", {"src/base/wb-money.c": HEAD + '#include "wb-nothing.h"\n'}, "no header of src/"),
    ("../check-layers", "an unknown room", {"src/attic/wb-old.c": HEAD}, "attic is no room"),
    ("../check-layers", "a header of two rooms", {"src/net/wb-money.h": HEAD}, "may be meant in base or net"),
    ("check-size", "a long file", {"src/base/wb-money.c": LONG}, "at most 800"),
    ("check-size", "a long line", {"src/base/wb-money.c": HEAD + "// " + "x" * 130 + "\n"}, "133 columns"),
    ("check-size", "no licence", {"src/base/wb-money.c": "int x;\n"}, "must begin with"),
    ("check-size", "no purpose", {"src/base/wb-money.c": "/* SPDX-License-Identifier: GPL-3.0-or-later */\nint x;\n"}, "what the file is for"),
    ("check-size", "a goto", {"src/base/wb-money.c": HEAD + "  goto out;\n"}, "goto"),
    ("check-potfiles", "a text not listed", {"src/desk/wb-ship.c": HEAD + 'char *s = _("Ship");\n'}, "wb-ship.c has text for people"),
    ("check-potfiles", "a view not listed", {"po/POTFILES.in": "data/org.waybill.Waybill.gschema.xml\nsrc/client/wb-page.c\n"}, "ui/wb-page.ui has text"),
    ("check-potfiles", "a file that is gone", {"po/POTFILES.in": "data/org.waybill.Waybill.gschema.xml\nsrc/client/wb-page.c\nui/wb-gone.ui\nui/wb-page.ui\n"}, "ui/wb-gone.ui does not exist"),
    ("check-potfiles", "a text cut by a macro", {"src/client/wb-page.c": HEAD + 'x (_ ("%" G_GINT64_FORMAT " left"), n);\n'}, "wb-page.c:3: a macro"),
    ("check-potfiles", "out of order", {"po/POTFILES.in": "ui/wb-page.ui\nsrc/client/wb-page.c\ndata/org.waybill.Waybill.gschema.xml\n"}, "sorted"),
    ("check-translation", "a new text", {"src/client/wb-page.c": HEAD + 'char *t = _("Parcels");\n'}, "used but not defined"),
    ("check-translation", "an empty translation", {"po/xx.po": SOUND["po/xx.po"].replace("Xorders", "")}, "untranslated"),
    ("check-translation", "a doubtful translation", {"po/xx.po": SOUND["po/xx.po"].replace('msgid "Orders"', '#, fuzzy\nmsgid "Orders"')}, "reviewed"),
    ("check-translation", "a lost placeholder", {
        "src/client/wb-page.c": HEAD + 'char *t = _("%d left");\n',
        "po/xx.po": SOUND["po/xx.po"] + '\n#, c-format\nmsgid "%d left"\nmsgstr "left"\n'}, "format specifications"),
    ("check-ui", "a view without a class", {"ui/wb-lost.ui": '<interface><template class="WbLost"/></interface>\n'}, "no class file wb-lost.c"),
    ("check-ui", "a view under another name", {"ui/wb-page.ui": '<interface><template class="WbOther"/></interface>\n'}, "belongs into wb-other.ui"),
    ("check-ui", "a view in no bundle", {"ui/waybill.gresource.xml": "<gresources/>\n"}, "in no *.gresource.xml"),
    ("check-ui", "a broken view", {"ui/wb-page.ui": "<interface>\n"}, "not well-formed"),
    ("check-ui", "an icon nobody draws", {"src/client/wb-page.c": HEAD + 'x = "no-such-thing-symbolic";\n'}, "no-such-thing-symbolic"),
    ("check-ui", "a class without a view", {"src/client/wb-x.c": HEAD + 'set_template_from_resource (c, WB_RES "wb-x.ui");\n'}, "not in ui/"),
    ("check-tree", "a Stripe key", {"src/base/wb-money.c": HEAD + "// sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc\n"}, "a Stripe key"),
    ("check-tree", "a WooCommerce key", {"README.md": "ck_" + "9b1f07c3d2e84a6650fb13de7c92a8845e3d0c7f\n"}, "a WooCommerce key"),
    ("check-tree", "a private key", {"key.pem": "-----BEGIN RSA " + "PRIVATE KEY-----\n"}, "a private key"),
    ("check-tree", "a path of one machine", {"README.md": "see /ho" + "me/anna/waybill\n"}, "path of one machine"),
    ("check-tree", "work put off", {"src/base/wb-money.c": HEAD + "/* TO" + "DO */\n"}, "finish it"),
    ("check-tree", "an order book", {"orders.sqlite": "x"}, "does not belong"),
    ("check-flatpak", "another permission", {"flatpak/org.waybill.Waybill.yml": ("--socket=cups", "--filesystem=home")}, "--filesystem=home is no permission"),
    ("check-flatpak", "no printers", {"flatpak/org.waybill.Waybill.yml": ("--socket=cups", "--share=ipc")}, "--socket=cups is missing"),
    ("check-flatpak", "another id", {"flatpak/org.waybill.Waybill.yml": ("id: org.waybill.Waybill", "id: org.other.App")}, "id is 'org.other.App'"),
    ("check-flatpak", "an old runtime", {"flatpak/org.waybill.Waybill.yml": ("runtime-version: '4", "runtime-version: '3")}, "or newer"),
    ("check-flatpak", "no checksum", {"flatpak/org.waybill.Waybill.yml": ("sha256: ", "sha256: x")}, "needs an https url and a sha256"),
    ("check-flatpak", "no YAML", {"flatpak/org.waybill.Waybill.yml": ("modules:", "modules: [")}, "cannot be read"),
    ("check-money", "an amount as a double", {"src/desk/wb-ship.c": HEAD + "double amount = 1.5;\n"}, "wb-ship.c:3: floating point"),
    ("check-money", "a text read as a double", {"src/shops/wb-woo.c": HEAD + "x = g_ascii_strtod (t, NULL);\n"}, "floating point"),
    ("check-money", "a sum of the accounts as a double", {"src/accounts/wb-gaps.c": HEAD + "double sum = 0;\n"}, "floating point"),
    ("check-sentences", "a sentence that is said otherwise now", {"src/statements/wb-csv.c": ("Orders", "Order")}, "“Orders” is said nowhere"),
    ("check-sentences", "a sentence that is only told",
     {"src/statements/wb-csv.c": HEAD, "src/client/wb-page.c": HEAD + 'char *t = _ ("Orders");\n'}, "“Orders” is said nowhere"),
    ("check-settings", "an unknown key", {"src/client/wb-window.c": HEAD + 'g_settings_get_int (s, "height");\n'}, "no key “height”"),
    ("check-settings", "a key without a reader", {"src/client/wb-window.c": HEAD}, "nobody reads the key “width”"),
    ("check-shell", "an unquoted variable", {"run.sh": "#!/bin/sh\nrm $1\n"}, "SC2086"),
    ("check-shell", "a broken script", {"run.sh": "#!/bin/sh\nif true; then\n"}, "SC1"),
    ("check-format", "another form", {"src/base/wb-money.c": HEAD + "int x( void ){return 1;}\n"}, "is not in the project's form"),
]


def write(root, files):
    for path, text in files.items():
        whole = os.path.join(root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        if isinstance(text, tuple):
            with open(whole, encoding="utf-8") as file:
                before = file.read()
            assert text[0] in before, f"{path} does not hold {text[0]}"
            text = before.replace(*text)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)


def plant(root, files):
    project = os.path.join(HERE, "..", "..")
    write(root, SOUND)
    os.makedirs(os.path.join(root, "flatpak"))
    shutil.copy(os.path.join(project, "flatpak", "org.waybill.Waybill.yml"), os.path.join(root, "flatpak"))
    shutil.copy(os.path.join(project, ".clang-format"), root)
    write(root, files)


def ask(check, files):
    """The exit status and the words of a check on the sound house with these files changed."""
    with tempfile.TemporaryDirectory() as root:
        plant(root, files)
        done = subprocess.run([sys.executable, os.path.join(HERE, check), root], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout


def main():
    checks = sorted({check for check, *_ in PLANTED})
    print(f"1..{len(checks) + len(PLANTED)}")
    number, failed = 0, 0

    def tell(good, name, said):
        nonlocal number, failed
        number += 1
        skipped = " # SKIP the tool is missing" if said.startswith("skipped:") and not os.environ.get("WAYBILL_STRICT_SKIPS") == "1" else ""
        failed += not (good or skipped)
        print(f"{'ok' if good or skipped else 'not ok'} {number} {name}{skipped}")
        if not good:
            print("".join(f"# {line}\n" for line in said.split("\n") if line), end="")

    for check in checks:
        status, said = ask(check, {})
        tell(status == 0, f"{os.path.basename(check)} passes a sound tree", said)
    for check, name, files, words in PLANTED:
        status, said = ask(check, files)
        tell(status == 1 and words in said, f"{os.path.basename(check)} finds {name}", said)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
