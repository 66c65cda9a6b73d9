/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements as banks and carriers send them: CSV in several manners, camt.053, both kinds of OFX;
 * what is wrong is told with its line; files changed at random never do harm. */
#include "wb-statement-file.h"
#include "wb-test.h"

#include <string.h>

#define MUTATIONS 4000

typedef struct
{
  GPtrArray *rows;  /* of WbStatementRow */
  GString   *bad;   /* “line: reason”, a line each */
  GPtrArray *heads; /* of WbStatement */
} Heard;

static gboolean
begin_cb (WbStatement *head, gpointer data, GError **error)
{
  g_ptr_array_add (((Heard *) data)->heads, g_object_ref (head));
  return TRUE;
}

static gboolean
row_cb (WbStatementRow *row, guint line, gpointer data, GError **error)
{
  g_assert_nonnull (wb_record_get_text (row, WB_STATEMENT_ROW_REF));
  g_assert_true (wb_currency_is_valid (wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY)));
  g_assert_cmpint (wb_record_get_int (row, WB_STATEMENT_ROW_AT), >, 0);
  g_ptr_array_add (((Heard *) data)->rows, g_object_ref (row));
  return TRUE;
}

static gboolean
end_cb (WbStatement *head, gpointer data, GError **error)
{
  return TRUE;
}

static void
bad_cb (guint line, const char *reason, const char *raw, gpointer data)
{
  g_assert_true (g_utf8_validate (raw, -1, NULL));
  g_string_append_printf (((Heard *) data)->bad, "%u: %s\n", line, reason);
}

static const WbStatementSink sink = { begin_cb, row_cb, end_cb, bad_cb };

static void
heard_clear (Heard *heard)
{
  g_ptr_array_unref (heard->rows);
  g_ptr_array_unref (heard->heads);
  g_string_free (heard->bad, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

static Heard
heard_new (void)
{
  return (Heard){ g_ptr_array_new_with_free_func (g_object_unref), g_string_new (NULL),
                  g_ptr_array_new_with_free_func (g_object_unref) };
}

static char *
write_file (const char *name, const char *bytes, gssize n)
{
  g_autofree char   *folder = wb_test_temp_folder ();
  char              *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, n, &error);
  g_assert_no_error (error);
  return path;
}

static void
remove_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  wb_test_remove_folder (folder);
  g_free (path);
}

/* Opens, guesses, checks, reads. */
static void
read_text (const char *bytes, gssize n, const char *kind, Heard *heard, GError **error)
{
  char                       *path = write_file ("file.csv", bytes, n);
  g_autoptr (WbStatementFile) file = wb_statement_file_open (path, NULL, error);
  g_autoptr (WbMapping)       mapping = NULL;

  if (file != NULL)
    {
      mapping = wb_statement_file_guess (file, kind);
      if (mapping == NULL || wb_statement_file_check (file, mapping, kind, error))
        wb_statement_file_read (file, mapping, kind, &sink, heard, NULL, error);
    }
  remove_file (path);
}

static void
assert_row (const Heard *heard,
            guint        i,
            const char  *day,
            gint64       amount,
            const char  *currency,
            const char  *in)
{
  WbStatementRow  *row = heard->rows->pdata[i];
  g_autofree char *iso = wb_instant_to_iso (wb_record_get_int (row, WB_STATEMENT_ROW_AT));
  const char      *text = wb_record_get_text (row, WB_STATEMENT_ROW_TEXT);

  g_assert_true (g_str_has_prefix (iso, day));
  g_assert_cmpint (wb_record_get_int (row, WB_STATEMENT_ROW_AMOUNT), ==, amount);
  g_assert_cmpstr (wb_record_get_text (row, WB_STATEMENT_ROW_CURRENCY), ==, currency);
  if (in != NULL)
    g_assert_nonnull (strstr (text != NULL ? text : "", in));
}

/* ---- CSV ---- */

/* As a German bank writes it: words above the table, semicolons, ISO 8859, decimal comma. */
static void
test_german (void)
{
  static const char  text[] = "Umsatzanzeige;Girokonto\r\n\r\nBuchungstag;Verwendungszweck;"
                              "Beg\xfcnstigter;Betrag;W\xe4hrung"
                              "\r\n05.11.2026;\"STRIPE po_1; Auszahlung\";Stripe;1.234,56;EUR\r\n"
                              "17.11.2026;Miete f\xfcr Lager;B\xf6hm;-12,00;EUR\r\n"
                              "17.11.2026;Miete f\xfcr Lager;B\xf6hm;-12,00;EUR\r\n"
                              "18.11.2026;kaputt;Niemand;12,345;EUR\r\n\r\n";
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;

  read_text (text, sizeof text - 1, WB_STATEMENT_BANK, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.rows->len, ==, 3);
  assert_row (&heard, 0, "2026-11-05", 123456, "EUR", "po_1; Ausz");
  assert_row (&heard, 1, "2026-11-17", -1200, "EUR", "Miete für");
  g_assert_cmpstr (wb_record_get_text (heard.rows->pdata[1], WB_STATEMENT_ROW_COUNTERPARTY), ==,
                   "Böhm");
  g_assert_cmpstr (wb_record_get_text (heard.rows->pdata[1], WB_STATEMENT_ROW_REF), !=,
                   wb_record_get_text (heard.rows->pdata[2], WB_STATEMENT_ROW_REF));
  g_assert_true (g_str_has_prefix (heard.bad->str, "7: "));
}

static void
test_american (void)
{
  static const char text[] =
      "\xef\xbb\xbf\"Date\",\"Description\",\"Debit\",\"Credit\",\"Currency\"\n"
      "11/22/2026,\"He said \"\"hi\"\"\nand left\",\"1,250.00\",,usd\n"
      "11/23/2026,Deposit,,$75.10,USD\n";
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;

  read_text (text, sizeof text - 1, WB_STATEMENT_BANK, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (heard.bad->str, ==, "");
  g_assert_cmpuint (heard.rows->len, ==, 2);
  assert_row (&heard, 0, "2026-11-22", -125000, "USD", "said \"hi\" and left");
  assert_row (&heard, 1, "2026-11-23", 7510, "USD", "Deposit");
}

static void
test_utf16 (void)
{
  static const char  text[] = "Date\tAmount (JPY)\tText\n2026-11-22\t94,811\tQui\xc3\xb1ones\n";
  gsize              n = 0;
  g_autofree char   *wide = g_convert (text, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
  g_autofree char   *all = g_malloc (n + 2);
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;

  memcpy (all, "\xff\xfe", 2);
  memcpy (all + 2, wide, n);
  read_text (all, (gssize) n + 2, WB_STATEMENT_BANK, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.rows->len, ==, 1);
  assert_row (&heard, 0, "2026-11-22", 94811, "JPY", "Quiñones");
}

static void
test_carrier (void)
{
  static const char text[] =
      "Tracking Number,Invoice Date,Net Charge,Currency,Rated Weight (lb),Reason,Dispute by\n"
      "1Z999,2026-11-20,12.40,USD,2.5,Weight corrected,2026-12-20\n"
      "1Z999,2026-11-20,-12.40,USD,,Credit,\n"
      "1Z998,2026-13-20,4.00,USD,1,,\n";
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;
  WbStatementRow    *row;

  read_text (text, sizeof text - 1, WB_STATEMENT_CARRIER, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.rows->len, ==, 2);
  row = heard.rows->pdata[0];
  assert_row (&heard, 0, "2026-11-20", 1240, "USD", NULL);
  g_assert_cmpstr (wb_record_get_text (row, WB_STATEMENT_ROW_TRACKING), ==, "1Z999");
  g_assert_cmpint (wb_record_get_int (row, WB_STATEMENT_ROW_WEIGHT_G), ==, 1134);
  g_assert_cmpint (wb_record_get_int (row, WB_STATEMENT_ROW_DISPUTE_BY), ==,
                   wb_record_get_int (row, WB_STATEMENT_ROW_AT) + 30 * 24 * 60 * 60);
  assert_row (&heard, 1, "2026-11-20", -1240, "USD", NULL);
  g_assert_cmpstr (heard.bad->str, ==, "4: “2026-13-20” is not a date (ymd)\n");
}

/* What is wrong with the whole file is told with file, line and column; what is open is asked. */
static void
test_refused (void)
{
  static const struct
  {
    const char *text, *says;
  } files[] = {
    { "", "file.csv: the file is empty" },
    { "just words\nmore words\n", "file.csv, line 1" },
    { "When,Sum\nx,y\n", "file.csv, line 1: no column is said to be the date" },
    { "Date,Sum\n2026-01-02,3\n", "no column is said to be the amount; there are “Date”, “Sum”" },
    { "Date,Amount\n2026-01-02,3\n", "no column tells the currency" },
    { "Date,Amount,Currency\n01/02/2026,3,EUR\n", "say which" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (Heard)     heard = heard_new ();
      g_autoptr (GError) error = NULL;

      read_text (files[i].text, -1, WB_STATEMENT_BANK, &heard, &error);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, i == 1 ? "file.csv" : files[i].says));
      g_assert_cmpuint (heard.rows->len, ==, 0);
    }
}

static void
test_mapping (void)
{
  g_autoptr (WbMapping) mapping = wb_mapping_new (), again = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *json = NULL, *twice = NULL;

  g_assert_true (wb_mapping_set (mapping, "amount", "Betrag “neu”", NULL));
  g_assert_false (wb_mapping_set (mapping, "colour", "x", &error));
  g_clear_error (&error);
  mapping->decimal = ',';
  mapping->dates = WB_DATES_DMY;
  mapping->dispute_days = 60;
  json = wb_mapping_to_json (mapping);
  again = wb_mapping_parse (json, &error);
  g_assert_no_error (error);
  twice = wb_mapping_to_json (again);
  g_assert_cmpstr (json, ==, twice);
}

/* ---- camt.053 and OFX ---- */

static const char camt[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\n"
    "<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S-77</Id>\n"
    "<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
    "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">100.00</Amt>"
    "<CdtDbtInd>CRDT</CdtDbtInd></Bal>\n"
    "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">20.50</Amt>"
    "<CdtDbtInd>DBIT</CdtDbtInd></Bal>\n"
    "<Ntry><Amt Ccy=\"EUR\">64.90</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
    "<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
    "<EndToEndId>po_42</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Stripe &amp; Co</Nm></Pty>"
    "</Dbtr><Cdtr><Pty><Nm>We</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>Payout</Ustrd></RmtInf>"
    "</TxDtls></NtryDtls></Ntry>\n"
    "<Ntry><Amt Ccy=\"EUR\">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>"
    "<BookgDt><DtTm>2026-11-21T08:00:00+01:00</DtTm></BookgDt></Ntry>\n"
    "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry>\n"
    "<Ntry><Amt Ccy=\"EUR\">1.00x</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry>\n"
    "</Stmt></BkToCstmrStmt></Document>\n";

static void
test_camt (void)
{
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;

  read_text (camt, -1, WB_STATEMENT_BANK, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.rows->len, ==, 2);
  assert_row (&heard, 0, "2026-11-20", 6490, "EUR", "Payout po_42");
  g_assert_cmpstr (wb_record_get_text (heard.rows->pdata[0], WB_STATEMENT_ROW_COUNTERPARTY), ==,
                   "Stripe & Co");
  assert_row (&heard, 1, "2026-11-21", -900, "EUR", NULL);
  g_assert_cmpstr (wb_record_get_text (heard.heads->pdata[0], WB_STATEMENT_NUMBER), ==, "S-77");
  g_assert_cmpstr (wb_record_get_text (heard.heads->pdata[0], WB_STATEMENT_ACCOUNT), ==,
                   "DE89370400440532013000");
  g_assert_cmpint (wb_record_get_int (heard.heads->pdata[0], WB_STATEMENT_OPENING), ==, 10000);
  g_assert_cmpint (wb_record_get_int (heard.heads->pdata[0], WB_STATEMENT_CLOSING), ==, -2050);
  g_assert_true (g_str_has_prefix (heard.bad->str, "10: "));
}

/* Entities of one's own, endless depth, a file cut off: refused with the line, quickly. */
static void
test_camt_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("<BkToCstmrStmt>");
  g_autofree char    *cut = g_strndup (camt, sizeof camt - 60);
  const char         *files[] = {
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><BkToCstmrStmt><Stmt><Id>&b;</Id>"
                    "</Stmt></BkToCstmrStmt>",
            "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><BkToCstmrStmt><Stmt><Id>&f;</Id>"
                    "</Stmt></BkToCstmrStmt>",
            NULL, cut, "<BkToCstmrStmt/>"
  };

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  files[2] = deep->str;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (Heard)     heard = heard_new ();
      g_autoptr (GError) error = NULL;

      read_text (files[i], -1, WB_STATEMENT_BANK, &heard, &error);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "file.csv"));
    }
}

static const char sgml[] =
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\n\n<OFX><BANKMSGSRSV1><STMTTRNRS>"
    "<STMTRS><CURDEF>USD\n<BANKACCTFROM><BANKID>1<ACCTID>4711<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
    "<BANKTRANLIST><DTSTART>20261101<DTEND>20261130\n"
    "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261122120000[-5:EST]<TRNAMT>1,064.90<FITID>F1<NAME>STRIPE"
    "<MEMO>po_42 &amp; more</STMTTRN>\n"
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261123<TRNAMT>-3.5<FITID>F2<NAME>Fee\n"
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2026<TRNAMT>-3.5<FITID>F3<NAME>Bad\n"
    "</BANKTRANLIST><LEDGERBAL><BALAMT>250.00<DTASOF>20261130</LEDGERBAL></STMTRS></STMTTRNRS>"
    "</BANKMSGSRSV1></OFX>\n";

static void
check_ofx (const char *text)
{
  g_auto (Heard)     heard = heard_new ();
  g_autoptr (GError) error = NULL;

  read_text (text, -1, WB_STATEMENT_BANK, &heard, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.rows->len, ==, 2);
  assert_row (&heard, 0, "2026-11-22", 106490, "USD", "po_42 & more");
  assert_row (&heard, 1, "2026-11-23", -350, "USD", "Fee");
  g_assert_cmpstr (wb_record_get_text (heard.heads->pdata[0], WB_STATEMENT_ACCOUNT), ==, "4711");
  g_assert_cmpint (wb_record_get_int (heard.heads->pdata[0], WB_STATEMENT_CLOSING), ==, 25000);
  g_assert_nonnull (strstr (heard.bad->str, "is not a date"));
}

static void
test_ofx (void)
{
  static const char *const leaves[] = { "CURDEF", "BANKID",  "ACCTID",   "ACCTTYPE", "DTSTART",
                                        "DTEND",  "TRNTYPE", "DTPOSTED", "TRNAMT",   "FITID",
                                        "NAME",   "MEMO",    "BALAMT",   "DTASOF" };
  g_autoptr (GString) xml = g_string_new ("<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\"?>\n");

  check_ofx (sgml);
  g_string_append (xml, strstr (sgml, "<OFX>"));
  for (guint i = 0; i < G_N_ELEMENTS (leaves); i++)
    {
      g_autofree char   *pattern = g_strdup_printf ("<%s>([^<\\n]*)", leaves[i]);
      g_autofree char   *closed = g_strdup_printf ("<%s>\\1</%s>", leaves[i], leaves[i]);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autofree char   *next = g_regex_replace (regex, xml->str, -1, 0, closed, 0, NULL);

      g_string_assign (xml, next);
    }
  check_ofx (xml->str);
}

/* ---- changed at random ---- */

static GString *
mutate (GRand *chance, const char *text, gsize n)
{
  static const char *const pieces[] = { "\"",   ";",      ",",         "\n",
                                        "<",    ">",      "</",        "&",
                                        "\xff", "<Stmt>", "<STMTTRN>", "99999999999999999999",
                                        "-",    "\r",     "\t" };
  GString                 *changed = g_string_new_len (text, (gssize) n);
  guint                    times = (guint) g_rand_int_range (chance, 1, 8);

  for (guint i = 0; i < times && changed->len > 2; i++)
    {
      gsize at = (gsize) g_rand_int_range (chance, 0, (gint32) changed->len - 1);

      switch (g_rand_int_range (chance, 0, 4))
        {
        case 0:
          changed->str[at] = (char) g_rand_int_range (chance, 0, 256);
          break;
        case 1:
          g_string_erase (changed, (gssize) at,
                          g_rand_int_range (chance, 0, (gint32) MIN (40, changed->len - at)));
          break;
        case 2:
          g_string_insert (changed, (gssize) at,
                           pieces[g_rand_int_range (chance, 0, G_N_ELEMENTS (pieces))]);
          break;
        default:
          g_string_truncate (changed, at + 1);
          break;
        }
    }
  return changed;
}

static void
test_mutations (void)
{
  static const char csv[] = "Tracking Number;Invoice Date;Net Charge;Currency;Text;Reason\r\n"
                            "1Z999;20.11.2026;\"1.212,40\";USD;\"a "
                            "\"\"b\"\"\";Weight\r\n1Z998;21.11.2026;4,00;EUR;x;y\r\n";
  const struct
  {
    const char *text;
    gsize       n;
  } seeds[] = { { csv, sizeof csv - 1 }, { camt, sizeof camt - 1 }, { sgml, sizeof sgml - 1 } };
  guint32           seed = g_test_rand_int ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < MUTATIONS; i++)
    {
      guint               which = i % G_N_ELEMENTS (seeds);
      g_autoptr (GString) text = mutate (chance, seeds[which].text, seeds[which].n);
      g_auto (Heard)      heard = heard_new ();
      g_autoptr (GError)  error = NULL;

      read_text (text->str, (gssize) text->len,
                 i % 2 == 0 ? WB_STATEMENT_CARRIER : WB_STATEMENT_BANK, &heard, &error);
      if (error != NULL)
        g_assert_true (error->domain == WB_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statements/csv/german", test_german);
  g_test_add_func ("/statements/csv/american", test_american);
  g_test_add_func ("/statements/csv/utf16", test_utf16);
  g_test_add_func ("/statements/csv/carrier", test_carrier);
  g_test_add_func ("/statements/csv/refused", test_refused);
  g_test_add_func ("/statements/csv/mapping", test_mapping);
  g_test_add_func ("/statements/camt/read", test_camt);
  g_test_add_func ("/statements/camt/hostile", test_camt_hostile);
  g_test_add_func ("/statements/ofx/read", test_ofx);
  g_test_add_func ("/statements/mutations", test_mutations);
  return g_test_run ();
}
