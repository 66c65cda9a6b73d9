/* SPDX-License-Identifier: GPL-3.0-or-later
 * shipments, print, reprint, accept, void: what was shipped, and its label and slip. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-file.h"
#include "wb-refusals.h"

#include <glib/gi18n.h>

static void
print_shipments (WbBook *book, GPtrArray *shipments)
{
  static const WbColumn columns[] = {
    { N_ ("No."), TRUE, 0 },       { N_ ("Order"), FALSE, 14 }, { N_ ("State"), FALSE, 0 },
    { N_ ("Service"), FALSE, 30 }, { N_ ("Price"), TRUE, 0 },   { N_ ("Captures"), TRUE, 0 },
    { N_ ("Tracking"), FALSE, 0 }, { N_ ("Made"), FALSE, 0 },   { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < shipments->len; i++)
    {
      gpointer              shipment = shipments->pdata[i];
      gint64                order_id = wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID);
      GPtrArray            *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
      g_autoptr (GPtrArray) heads = wb_book_list_order_heads (book, &order_id, 1, NULL);
      g_autofree char      *id =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (shipment, WB_SHIPMENT_ID));
      g_autofree char *service =
          g_strdup_printf ("%s %s", wb_record_get_text (shipment, WB_SHIPMENT_CARRIER),
                           wb_record_get_text (shipment, WB_SHIPMENT_SERVICE));
      g_autofree char *price = wb_money_to_text (wb_record_get_money (shipment, WB_SHIPMENT_COST));
      g_autofree char *captures =
          wb_money_to_text (wb_money (wb_record_get_int (shipment, WB_SHIPMENT_CAPTURE_AMOUNT),
                                      wb_record_get_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY)));
      g_autofree char *made = wb_cli_when (wb_record_get_int (shipment, WB_SHIPMENT_CREATED_AT));

      wb_table_add (
          table, id,
          heads != NULL && heads->len > 0 ? wb_record_get_text (heads->pdata[0], WB_ORDER_NUMBER)
                                          : "",
          wb_record_get_text (shipment, WB_SHIPMENT_STATE), service, price, captures,
          parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING) : "", made);
    }
  wb_table_print (table);
}

static gboolean
cmd_shipments (WbCli *self, GError **error)
{
  static const char *const known[] = { WB_SHIPMENT_PLANNED, WB_SHIPMENT_LABELLED,
                                       WB_SHIPMENT_SHIPPED, WB_SHIPMENT_VOID, NULL };
  WbBook                  *book = wb_cli_book (self, error);
  const char              *state = wb_cli_option (self, "state");
  g_autoptr (WbOrder)      order = NULL;
  g_autoptr (GPtrArray)    shipments = NULL;
  gint64                   limit = 50;

  if (book == NULL || !wb_cli_number (self, "limit", 1, &limit, error))
    return FALSE;
  if (state != NULL && !g_strv_contains (known, state))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("There is no state “%s” of a shipment"),
                   state);
      return FALSE;
    }
  if (self->words->len == 0)
    shipments = wb_book_list_recent_shipments (book, state, (guint) MIN (limit, G_MAXINT32), error);
  else if ((order = wb_cli_find_order (self, wb_cli_word (self, 0), error)) != NULL)
    shipments = wb_book_list_shipments (book, wb_record_get_int (order, WB_ORDER_ID), error);
  if (shipments == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (shipments));
  else if (shipments->len == 0)
    wb_cli_say (self, "%s", _ ("There are no such shipments."));
  else
    print_shipments (book, shipments);
  return TRUE;
}

/* “7 label”: number of the shipment and the kind of document. */
static gboolean
read_words (WbCli *self, gint64 *id, const char **document, GError **error)
{
  *document = wb_cli_word (self, 1);
  if (!g_str_equal (*document, WB_DOCUMENT_LABEL) && !g_str_equal (*document, WB_DOCUMENT_SLIP))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say “label” or “slip”, not “%s”"),
                   *document);
      return FALSE;
    }
  return wb_cli_parse_id (wb_cli_word (self, 0), _ ("shipment"), id, error) &&
         wb_cli_open (self, error) != NULL;
}

/* The bytes into a file: for a machine without a printer. */
static gboolean
save_to (WbCli *self, gint64 id, const char *document, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = g_str_equal (document, WB_DOCUMENT_LABEL)
                                 ? wb_desk_get_label (self->desk, id, NULL, error)
                                 : wb_desk_make_slip (self->desk, id, error);

  if (bytes == NULL || !wb_file_write (path, bytes, 0600, error))
    return FALSE;
  wb_cli_say (self, _ ("Written to “%s”."), path);
  return TRUE;
}

static gboolean
cmd_print (WbCli *self, GError **error)
{
  const char      *document = NULL;
  g_autofree char *outcome = NULL;
  gint64           id = 0;

  if (!read_words (self, &id, &document, error))
    return FALSE;
  if (wb_cli_has (self, "to"))
    return save_to (self, id, document, wb_cli_option (self, "to"), error);
  if (!wb_desk_print_document (self->desk, id, document, &outcome, self->cancellable, error))
    return FALSE;
  wb_cli_say (self, "%s", outcome);
  return TRUE;
}

static gboolean
cmd_reprint (WbCli *self, GError **error)
{
  const char      *document = NULL;
  g_autofree char *outcome = NULL;
  gint64           id = 0;

  if (!read_words (self, &id, &document, error) ||
      !wb_desk_reprint (self->desk, id, document, &outcome, self->cancellable, error))
    return FALSE;
  wb_cli_say (self, "%s", outcome);
  return TRUE;
}

/* The label that stands on the parcel of a shipment. */
static WbLabel *
live_label (WbCli *self, gint64 shipment_id, GError **error)
{
  WbBook                *book = wb_cli_book (self, error);
  g_autoptr (WbShipment) shipment =
      book != NULL ? wb_book_get_shipment (book, shipment_id, error) : NULL;
  GPtrArray *parcels = shipment != NULL ? wb_record_get_many (shipment, WB_SHIPMENT_PARCELS) : NULL;

  if (parcels == NULL || parcels->len == 0)
    return NULL;
  return wb_book_get_live_label (book, wb_record_get_int (parcels->pdata[0], WB_PARCEL_ID), error);
}

static gboolean
cmd_void (WbCli *self, GError **error)
{
  g_autoptr (WbLabel) label = NULL;
  g_autofree char    *outcome = NULL;
  g_autofree char    *cost = NULL;
  g_autofree char    *question = NULL;
  gint64              id = 0;

  if (!wb_cli_parse_id (wb_cli_word (self, 0), _ ("shipment"), &id, error) ||
      (label = live_label (self, id, error)) == NULL)
    return FALSE;
  cost = wb_money_to_text (wb_record_get_money (label, WB_LABEL_COST));
  /* Translators: tracking number, price */
  question = g_strdup_printf (_ ("Void label %s (%s)? The parcel must not leave with it."),
                              wb_record_get_text (label, WB_LABEL_TRACKING), cost);
  if (!wb_cli_confirm (self, question, error) ||
      !wb_desk_void_label (self->desk, wb_record_get_int (label, WB_LABEL_ID), &outcome,
                           self->cancellable, error))
    return FALSE;
  wb_cli_say (self, "%s", outcome);
  return TRUE;
}

/* The picture of what the printer would burn, into a file, for a person to look at. */
static gboolean
write_preview (WbCli *self, gint64 label, const char *change, const char *path, GError **error)
{
  g_autoptr (GBytes) png = wb_desk_preview_label (self->desk, label, change, error);

  if (png == NULL || !wb_file_write (path, png, 0600, error))
    return FALSE;
  wb_cli_say (self, _ ("Written to “%s”."), path);
  return TRUE;
}

/* With --proposed: turned or cut out as proposed; else as it is. */
static gboolean
cmd_accept (WbCli *self, GError **error)
{
  g_autoptr (WbLabel) label = NULL;
  g_autofree char    *change = NULL, *words = NULL, *question = NULL, *doubt = NULL;
  gint64              id = 0, label_id;

  if (!wb_cli_parse_id (wb_cli_word (self, 0), _ ("shipment"), &id, error) ||
      wb_cli_open (self, error) == NULL || (label = live_label (self, id, error)) == NULL)
    return FALSE;
  label_id = wb_record_get_int (label, WB_LABEL_ID);
  if (wb_cli_has (self, "proposed"))
    {
      if (!wb_desk_propose_label (self->desk, label_id, &change, &words, error))
        return FALSE;
      wb_cli_say (self, "%s", words);
    }
  if (wb_cli_has (self, "preview"))
    return write_preview (self, label_id, change, wb_cli_option (self, "preview"), error);
  doubt = wb_label_dup_doubt (label);
  if (doubt != NULL)
    wb_cli_say (self, "%s", doubt);
  /* Translators: tracking number */
  question = g_strdup_printf (_ ("Accept label %s in spite of what was found?"),
                              wb_record_get_text (label, WB_LABEL_TRACKING));
  if (!wb_cli_confirm (self, question, error) ||
      !wb_desk_accept_label (self->desk, label_id, change, error))
    return FALSE;
  wb_cli_say (self, _ ("Accepted. “waybillctl print %s label” prints it."), wb_cli_word (self, 0));
  return TRUE;
}

const WbCommand wb_commands_paper[] = {
  { "shipments",
    N_ ("[ORDER]"),
    0,
    1,
    N_ ("list shipments, newest first"),
    N_ ("States: planned, labelled, shipped, void."),
    cmd_shipments,
    { { "state", N_ ("STATE"), N_ ("only those in this state") },
      { "limit", N_ ("N"), N_ ("at most so many (50)") } } },
  { "print",
    N_ ("SHIPMENT label|slip"),
    2,
    2,
    N_ ("print a label or a packing slip that was not printed yet"),
    N_ ("What has been printed is not printed again; that is what “reprint” is for."),
    cmd_print,
    { { "to", N_ ("FILE"), N_ ("write it to a file and print nothing") } } },
  { "reprint",
    N_ ("SHIPMENT label|slip"),
    2,
    2,
    N_ ("print a label or a packing slip once more; buys nothing"),
    NULL,
    cmd_reprint,
    { { NULL } } },
  { "accept",
    N_ ("SHIPMENT"),
    1,
    1,
    N_ ("let a label be printed although it failed a check"),
    N_ ("The other way out is “void”, and then “ship” once more. Who accepted it is kept."),
    cmd_accept,
    { { "proposed", NULL, N_ ("turned or cut out so that it fits the roll, never scaled") },
      { "preview", N_ ("FILE"), N_ ("write a picture of what would come out; accept nothing") },
      { "yes", NULL, N_ ("do not ask") } } },
  { "void",
    N_ ("SHIPMENT"),
    1,
    1,
    N_ ("ask the carrier for a label's money back"),
    NULL,
    cmd_void,
    { { "yes", NULL, N_ ("do not ask") } } },
  { NULL },
};
