/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync, orders, show, hold, release: the orders and where they stand. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define USUAL_LIMIT 50

static void
sync_progress (WbConnection *channel, gint64 done, gint64 total, gpointer data)
{
  WbCli      *self = data;
  const char *name = wb_record_get_text (channel, WB_CONNECTION_NAME);

  if (self->json || self->quiet || !isatty (STDERR_FILENO))
    return;
  if (total > 0)
    fprintf (stderr, "\r%s: %" G_GINT64_FORMAT " / %" G_GINT64_FORMAT " ", name, done, total);
  else
    fprintf (stderr, "\r%s: %" G_GINT64_FORMAT " ", name, done);
}

static JsonNode *
sync_to_json (const WbSyncResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct
  {
    const char *name;
    gint64      value;
  } counts[] = {
    { "read", result->read },
    { "added", result->added },
    { "changed", result->changed },
    { "unchanged", result->unchanged },
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      json_builder_set_member_name (builder, counts[i].name);
      json_builder_add_int_value (builder, counts[i].value);
    }
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; result->problems != NULL && i < result->problems->len; i++)
    json_builder_add_string_value (builder, result->problems->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
cmd_sync (WbCli *self, GError **error)
{
  WbDesk                  *desk = wb_cli_open (self, error);
  g_autoptr (WbConnection) channel = NULL;
  g_auto (WbSyncResult)    result = { 0 };
  gboolean                 ok;

  if (desk == NULL ||
      (self->words->len > 0 && (channel = wb_cli_find_connection (self, wb_cli_word (self, 0),
                                                                  WB_KIND_SHOP, error)) == NULL))
    return FALSE;
  ok = wb_desk_sync (desk, channel != NULL ? wb_record_get_int (channel, WB_CONNECTION_ID) : 0,
                     sync_progress, self, &result, self->cancellable, error);
  if (isatty (STDERR_FILENO) && !self->json && !self->quiet)
    fputs ("\r\033[K", stderr);
  if (self->json)
    wb_cli_print_json (sync_to_json (&result));
  /* Translators: what a sync did: numbers of orders */
  wb_cli_say (self, _ ("%d orders read: %d new, %d changed, %d as before."), (int) result.read,
              (int) result.added, (int) result.changed, (int) result.unchanged);
  for (guint i = 0; result.problems != NULL && i < result.problems->len; i++)
    fprintf (stderr, "waybillctl: %s\n", (const char *) result.problems->pdata[i]);
  if (ok && result.problems != NULL && result.problems->len > 0)
    self->exit_code = WB_EXIT_FAILED;
  return ok;
}

static gboolean
parse_stages (WbCli *self, GStrv *stages, GError **error)
{
  static const char *const known[] = { WB_STAGE_WAITING,   WB_STAGE_READY,
                                       WB_STAGE_HOLD,      WB_STAGE_PARTIAL,
                                       WB_STAGE_SHIPPED,   WB_STAGE_NOTHING,
                                       WB_STAGE_CANCELLED, NULL };
  const char              *text = wb_cli_option (self, "stage");
  g_auto (GStrv)           given = text != NULL ? g_strsplit (text, ",", -1) : NULL;
  g_autofree char         *all = g_strjoinv (", ", (char **) known);

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    if (!g_strv_contains (known, given[i]))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("There is no stage “%s”; there are: %s"),
                     given[i], all);
        return FALSE;
      }
  *stages = g_steal_pointer (&given);
  return TRUE;
}

static GPtrArray *
list_heads (WbCli *self, GError **error)
{
  WbBook            *book = wb_cli_book (self, error);
  g_auto (GStrv)     stages = NULL;
  g_autoptr (GArray) ids = NULL;
  WbOrderQuery       query = { .sort = "placed_at", .limit = USUAL_LIMIT };

  if (book == NULL || !wb_cli_number (self, "limit", 0, &query.limit, error) ||
      !parse_stages (self, &stages, error))
    return NULL;
  query.stages = (const char *const *) stages;
  query.text = wb_cli_option (self, "search");
  query.needs_person = wb_cli_has (self, "needs-person");
  query.waits_for_stock = wb_cli_has (self, "backorder");
  ids = wb_book_list_order_ids (book, &query, error);
  if (ids == NULL)
    return NULL;
  return wb_book_list_order_heads (book, (const gint64 *) ids->data, ids->len, error);
}

static gboolean
cmd_orders (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Order"), FALSE, 14 }, { N_ ("Placed"), FALSE, 0 },   { N_ ("Customer"), FALSE, 28 },
    { N_ ("Pieces"), TRUE, 0 },  { N_ ("Total"), TRUE, 0 },     { N_ ("Payment"), FALSE, 22 },
    { N_ ("Stage"), FALSE, 0 },  { N_ ("Tracking"), FALSE, 0 }, { NULL },
  };
  g_autoptr (GPtrArray) heads = list_heads (self, error);

  if (heads == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (heads));
  else if (heads->len == 0)
    wb_cli_say (self, "%s", _ ("No orders match."));
  else
    wb_cli_print_orders (columns, heads);
  return TRUE;
}

static gboolean
cmd_show (WbCli *self, GError **error)
{
  g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, 0), error);
  g_autoptr (GBytes)  raw = NULL;
  const char         *hash;

  if (order == NULL)
    return FALSE;
  if (!wb_cli_has (self, "raw"))
    return self->json ? wb_cli_print_order_json (self, order, error)
                      : wb_cli_print_order (self, order, error);
  hash = wb_record_get_text (order, WB_ORDER_RAW_HASH);
  raw = hash != NULL ? wb_book_get_document (wb_cli_book (self, NULL), hash, NULL, error) : NULL;
  if (raw != NULL)
    {
      fwrite (g_bytes_get_data (raw, NULL), 1, g_bytes_get_size (raw), stdout);
      putchar ('\n');
      return TRUE;
    }
  if (hash == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                 _ ("What the shop sent for order %s was not kept"),
                 wb_record_get_text (order, WB_ORDER_NUMBER));
  return FALSE;
}

static gboolean
cmd_refresh (WbCli *self, GError **error)
{
  g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, 0), error);
  gint64              id = order != NULL ? wb_record_get_int (order, WB_ORDER_ID) : 0;

  if (order == NULL || !wb_desk_refresh_payment (self->desk, id, self->cancellable, error))
    return FALSE;
  g_clear_object (&order);
  if ((order = wb_book_get_order (wb_desk_get_book (self->desk), id, error)) == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_record_to_json (order));
  wb_cli_say (self, "%s: %s", wb_record_get_text (order, WB_ORDER_NUMBER),
              wb_charge_title (wb_record_get_text (order, WB_ORDER_CHARGE_STATE)));
  return TRUE;
}

static gboolean
cmd_hold (WbCli *self, GError **error)
{
  const char         *reason = wb_cli_option (self, "reason");
  g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, 0), error);

  if (order == NULL || !wb_desk_hold (self->desk, wb_record_get_int (order, WB_ORDER_ID),
                                      reason != NULL ? reason : _ ("held by hand"), error))
    return FALSE;
  wb_cli_say (self, _ ("Order %s is on hold."), wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

static gboolean
cmd_release (WbCli *self, GError **error)
{
  g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, 0), error);

  if (order == NULL || !wb_desk_release (self->desk, wb_record_get_int (order, WB_ORDER_ID), error))
    return FALSE;
  wb_cli_say (self, _ ("Order %s is released."), wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

const WbCommand wb_commands_orders[] = {
  { "sync",
    N_ ("[CHANNEL]"),
    0,
    1,
    N_ ("fetch new and changed orders from the shops"),
    N_ ("Without CHANNEL every connected shop is asked. Doing it twice changes nothing."),
    cmd_sync,
    { { NULL } } },
  { "orders",
    NULL,
    0,
    0,
    N_ ("list orders, newest first"),
    N_ ("Stages: waiting, ready, hold, partial, shipped, nothing, cancelled."),
    cmd_orders,
    { { "stage", N_ ("STAGE,…"), N_ ("only orders in these stages") },
      { "search", N_ ("TEXT"),
        N_ ("number, name, e-mail, SKU, tracking or payment id; starts of words") },
      { "needs-person", NULL, N_ ("only orders that wait for a person") },
      { "backorder", NULL, N_ ("only orders that wait for stock") },
      { "limit", N_ ("N"), N_ ("at most so many (50; 0: all)") } } },
  { "show",
    N_ ("ORDER"),
    1,
    1,
    N_ ("show one order with its lines, parcels, money and history"),
    N_ ("ORDER is the number the shop shows, CHANNEL:NUMBER where several shops have it, or @ID."),
    cmd_show,
    { { "raw", NULL, N_ ("print what the shop sent, as it was received") } } },
  { "refresh",
    N_ ("ORDER"),
    1,
    1,
    N_ ("ask the gateway about an order's payment now"),
    NULL,
    cmd_refresh,
    { { NULL } } },
  { "hold",
    N_ ("ORDER"),
    1,
    1,
    N_ ("keep an order from being shipped"),
    NULL,
    cmd_hold,
    { { "reason", N_ ("TEXT"), N_ ("why, for whoever looks at it next") } } },
  { "release",
    N_ ("ORDER"),
    1,
    1,
    N_ ("end a hold, or say that an edit has been looked at"),
    NULL,
    cmd_release,
    { { NULL } } },
  { NULL },
};
