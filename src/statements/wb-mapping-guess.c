/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the columns of a CSV are, by the words that banks, gateways and carriers put above them, and
 * how its numbers and dates are written, by the numbers and dates that are there. */
#include "wb-statement-private.h"

#include "wb-text.h"

#include <string.h>

#define MOST_WORDS 24

/* In the order of how sure a word is; compared without case, spaces and signs. */
static const char *const words[WB_N_CELLS][MOST_WORDS] = {
  [WB_CELL_DATE] = { "bookingdate",   "buchungstag",    "buchungsdatum", "transactiondate",
                     "invoicedate",   "rechnungsdatum", "shipdate",      "shipmentdate",
                     "versanddatum",  "postingdate",    "dateposted",    "completeddate",
                     "datecompleted", "availableon",    "created",       "datum",
                     "date",          "fecha",          "data",          "valuta",
                     "valuedate",     "wertstellung" },
  [WB_CELL_AMOUNT] = { "netamount", "netcharge", "totalcharge", "totalcharges", "amount", "betrag",
                       "umsatz", "nettobetrag", "gesamtbetrag", "total", "net", "netto", "charge",
                       "importe", "importo", "montant", "value", "gross" },
  [WB_CELL_IN] = { "credit", "haben", "paidin", "moneyin", "deposit", "gutschrift", "eingang" },
  [WB_CELL_OUT] = { "debit", "soll", "paidout", "moneyout", "withdrawal", "lastschrift",
                    "ausgang" },
  [WB_CELL_CURRENCY] = { "currency", "waehrung", "währung", "currencycode", "curr", "divisa",
                         "devise", "valuta" },
  [WB_CELL_TEXT] = { "description", "verwendungszweck", "reference", "details", "memo", "text",
                     "buchungstext", "narrative", "purpose", "concepto", "libelle" },
  [WB_CELL_COUNTERPARTY] = { "counterparty", "payee", "payer", "name", "beguenstigter",
                             "begünstigter", "auftraggeber", "zahlungspflichtiger",
                             "beguenstigterzahlungspflichtiger", "begünstigterzahlungspflichtiger",
                             "namezahlungsbeteiligter", "partner" },
  [WB_CELL_REF] = { "transactionid", "balancetransactionid", "id", "bankreference", "fitid",
                    "referenznummer", "chargeid", "linenumber" },
  [WB_CELL_TRACKING] = { "trackingnumber", "trackingno", "tracking", "trackingid",
                         "expressorgroundtrackingid", "sendungsnummer", "sendungsnr", "piccode",
                         "awb", "waybill", "waybillnumber", "shipmentnumber", "paketnummer",
                         "barcode" },
  [WB_CELL_SERVICE] = { "service", "servicetype", "product", "produkt", "serviceclass",
                        "mailclass" },
  [WB_CELL_REASON] = { "reason", "adjustmentreason", "chargedescription", "surcharge", "grund",
                       "zuschlag", "note", "adjustment" },
  [WB_CELL_WEIGHT] = { "billedweight", "ratedweight", "ratedweightamount", "chargeableweight",
                       "weight", "gewicht", "abrechnungsgewicht" },
  [WB_CELL_DISPUTE_BY] = { "disputeby", "disputedeadline", "reklamationbis", "disputeuntil" },
};

/** wb_head_bare: Returns: (transfer full): a column's head without case, spaces and signs: “Booking
 * date (UTC)” → “bookingdateutc”. */
char *
wb_head_bare (const char *text)
{
  g_autofree char *low = g_utf8_casefold (text, -1);
  GString         *bare = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_string_free (bare, FALSE);
}

static const char *
find_column (GPtrArray *heads, WbCell cell, const WbMapping *mapping)
{
  for (guint w = 0; w < MOST_WORDS && words[cell][w] != NULL; w++)
    for (guint i = 0; i < heads->len; i++)
      {
        g_autofree char *bare = wb_head_bare (heads->pdata[i]);
        gboolean         taken = FALSE;

        for (guint c = 0; c < WB_N_CELLS; c++)
          taken |= g_strcmp0 (mapping->columns[c], heads->pdata[i]) == 0;
        if (!taken && g_str_equal (bare, words[cell][w]))
          return heads->pdata[i];
      }
  return NULL;
}

static int
place_of (GPtrArray *heads, const char *head)
{
  for (guint i = 0; head != NULL && i < heads->len; i++)
    if (g_str_equal (heads->pdata[i], head))
      return (int) i;
  return -1;
}

static const char *
cell_of (const WbCsvRow *row, int place)
{
  return place >= 0 && (guint) place < row->cells->len ? row->cells->pdata[place] : "";
}

/* The sign that stands last with one or two digits behind it parts the fraction. */
static char
guess_decimal (WbStatementFile *file, const WbMapping *mapping)
{
  static const WbCell amounts[] = { WB_CELL_AMOUNT, WB_CELL_IN, WB_CELL_OUT };
  guint               points = 0, commas = 0;

  for (guint c = 0; c < G_N_ELEMENTS (amounts); c++)
    for (guint i = 0; i < file->samples->len; i++)
      {
        const char *text =
            cell_of (file->samples->pdata[i], place_of (file->heads, mapping->columns[amounts[c]]));
        const char *point = strrchr (text, '.'), *comma = strrchr (text, ',');
        const char *last = point > comma ? point : comma;
        gsize       digits = last != NULL ? strspn (last + 1, "0123456789") : 0;

        if (last == NULL || ((point == NULL || comma == NULL) && digits == 3))
          continue;
        points += last == point;
        commas += last == comma;
      }
  if (points == commas)
    return file->delimiter == ';' ? ',' : '.';
  return commas > points ? ',' : '.';
}

/* Every date that is there must fit; where day and month could be either, a person says. */
static void
guess_dates (WbStatementFile *file, WbMapping *mapping)
{
  int      place = place_of (file->heads, mapping->columns[WB_CELL_DATE]);
  guint    fits[WB_DATES_MDY + 1] = { 0 }, seen = 0;
  gboolean dots = FALSE;

  for (guint i = 0; place >= 0 && i < file->samples->len; i++)
    {
      const char *text = cell_of (file->samples->pdata[i], place);
      WbInstant   at;

      if (!g_ascii_isdigit (*text))
        continue;
      seen++;
      dots |= strchr (text, '.') != NULL;
      for (WbDates dates = WB_DATES_YMD; dates <= WB_DATES_MDY; dates++)
        fits[dates] += wb_cell_date (text, dates, &at, NULL);
    }
  mapping->dates = fits[WB_DATES_YMD] >= MAX (fits[WB_DATES_DMY], fits[WB_DATES_MDY]) ? WB_DATES_YMD
                   : dots || fits[WB_DATES_DMY] >= fits[WB_DATES_MDY]                 ? WB_DATES_DMY
                                                                      : WB_DATES_MDY;
  mapping->dates_open = seen > 0 && !dots && mapping->dates != WB_DATES_YMD &&
                        fits[WB_DATES_DMY] == fits[WB_DATES_MDY];
  if (seen == 0)
    mapping->dates = WB_DATES_UNKNOWN;
}

/* “Amount (EUR)”, “Betrag in EUR”, and units of weight likewise. */
static void
guess_units (WbMapping *mapping)
{
  static const char *const units[] = { "kg", "lb", "oz" };
  const char              *amount = mapping->columns[WB_CELL_AMOUNT];
  g_auto (GStrv)           parts = amount != NULL ? g_strsplit_set (amount, " ()[]_/", -1) : NULL;
  const char              *weight = mapping->columns[WB_CELL_WEIGHT];
  g_autofree char         *low = weight != NULL ? g_ascii_strdown (weight, -1) : g_strdup ("");

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (strlen (parts[i]) == 3 && g_ascii_isupper (parts[i][0]))
      wb_cell_currency (parts[i], mapping->currency);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strstr (low, units[i]) != NULL)
      g_strlcpy (mapping->weight_unit, units[i], sizeof mapping->weight_unit);
}

/* A column whose head is one of the words with a currency or unit behind it. */
static const char *
find_longer (GPtrArray *heads, WbCell cell, const WbMapping *mapping)
{
  for (guint i = 0; i < heads->len; i++)
    {
      g_autofree char *bare = wb_head_bare (heads->pdata[i]);
      gboolean         taken = FALSE;

      for (guint c = 0; c < WB_N_CELLS; c++)
        taken |= g_strcmp0 (mapping->columns[c], heads->pdata[i]) == 0;
      for (guint w = 0; !taken && w < MOST_WORDS && words[cell][w] != NULL; w++)
        if (strlen (words[cell][w]) >= 5 && g_str_has_prefix (bare, words[cell][w]))
          return heads->pdata[i];
    }
  return NULL;
}

/** wb_statement_file_guess_forms: how numbers and dates are written in the columns that @mapping
 * names, by those that are there. */
void
wb_statement_file_guess_forms (WbStatementFile *self, WbMapping *mapping)
{
  guess_units (mapping);
  mapping->decimal = guess_decimal (self, mapping);
  guess_dates (self, mapping);
}

/**
 * wb_statement_file_guess:
 * @kind: WB_STATEMENT_…: a carrier's rows have other columns than a bank's
 *
 * Returns: (transfer full) (nullable): how the CSV seems to be read; a person may correct it. %NULL
 * for a format that needs no mapping.
 */
WbMapping *
wb_statement_file_guess (WbStatementFile *self, const char *kind)
{
  g_autoptr (WbMapping) mapping = NULL;
  gboolean              carrier = g_str_equal (kind, WB_STATEMENT_CARRIER);

  if (self->heads == NULL)
    return NULL;
  mapping = wb_mapping_new ();
  mapping->delimiter = self->delimiter;
  mapping->head_line = self->head_line;
  wb_set_str (&mapping->encoding, self->encoding);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < WB_N_CELLS; i++)
      {
        gboolean carriers = i >= WB_CELL_TRACKING;

        if (mapping->columns[i] != NULL || (carriers && !carrier) ||
            (carrier && (i == WB_CELL_IN || i == WB_CELL_OUT)))
          continue;
        mapping->columns[i] = g_strdup (pass == 0 ? find_column (self->heads, i, mapping)
                                                  : find_longer (self->heads, i, mapping));
      }
  if (mapping->columns[WB_CELL_AMOUNT] != NULL)
    {
      g_clear_pointer (&mapping->columns[WB_CELL_IN], g_free);
      g_clear_pointer (&mapping->columns[WB_CELL_OUT], g_free);
    }
  wb_statement_file_guess_forms (self, mapping);
  return g_steal_pointer (&mapping);
}

static gboolean
fail_column (WbStatementFile *self, const char *cell, const char *head, GError **error)
{
  g_autoptr (GString) heads = g_string_new (NULL);

  for (guint i = 0; i < self->heads->len; i++)
    g_string_append_printf (heads, "%s“%s”", i > 0 ? ", " : "",
                            (const char *) self->heads->pdata[i]);
  if (head != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "%s, line %u: there is no column “%s” (for the %s); there are %s", self->name,
                 self->head_line, head, cell, heads->str);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "%s, line %u: no column is said to be the %s; there are %s", self->name,
                 self->head_line, cell, heads->str);
  return FALSE;
}

static gboolean
check_needed (WbStatementFile *self, const WbMapping *mapping, gboolean carrier, GError **error)
{
  if (mapping->columns[WB_CELL_DATE] == NULL)
    return fail_column (self, wb_cell_id (WB_CELL_DATE), NULL, error);
  if (mapping->columns[WB_CELL_AMOUNT] == NULL && mapping->columns[WB_CELL_IN] == NULL &&
      mapping->columns[WB_CELL_OUT] == NULL)
    return fail_column (self, wb_cell_id (WB_CELL_AMOUNT), NULL, error);
  if (carrier && mapping->columns[WB_CELL_TRACKING] == NULL)
    return fail_column (self, wb_cell_id (WB_CELL_TRACKING), NULL, error);
  return TRUE;
}

/** wb_statement_file_check: %WB_ERROR_INVALID with file, line and column when @mapping does not fit
 * the file or leaves something open. */
gboolean
wb_statement_file_check (WbStatementFile *self,
                         const WbMapping *mapping,
                         const char      *kind,
                         GError         **error)
{
  if (self->heads == NULL)
    return TRUE;
  for (guint i = 0; i < WB_N_CELLS; i++)
    if (mapping->columns[i] != NULL && place_of (self->heads, mapping->columns[i]) < 0)
      return fail_column (self, wb_cell_id (i), mapping->columns[i], error);
  if (!check_needed (self, mapping, g_str_equal (kind, WB_STATEMENT_CARRIER), error))
    return FALSE;
  if (mapping->columns[WB_CELL_CURRENCY] == NULL && mapping->currency[0] == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "%s: no column tells the currency: say which it is", self->name);
      return FALSE;
    }
  if (mapping->dates == WB_DATES_UNKNOWN || mapping->dates_open)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "%s: the dates in column “%s” may be read with the day or the month first: say "
                   "which",
                   self->name, mapping->columns[WB_CELL_DATE]);
      return FALSE;
    }
  return TRUE;
}
