/* SPDX-License-Identifier: GPL-3.0-or-later
 * pieces: how many pieces an order has of its articles, changed in its shop. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-desk-channel.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* An article by its SKU, or by the shop's own number of the line where several bear the SKU. */
static gpointer
find_article (WbOrder *order, const char *name, GError **error)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gpointer   found = NULL;
  guint      n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) != 0)
        continue;
      if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), name) == 0)
        return lines->pdata[i];
      if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU), name) != 0)
        continue;
      found = lines->pdata[i];
      n++;
    }
  if (n == 1)
    return found;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               n == 0 ? _ ("Order %s has no line with the SKU %s")
                      : _ ("Order %s has several lines with the SKU %s; name the one that is meant "
                           "by the shop's number of it"),
               wb_record_get_text (order, WB_ORDER_NUMBER), name);
  return NULL;
}

/* SKU=N, behind the order. */
static gboolean
read_lines (WbCli *self, WbOrder *order, GArray *ids, GArray *pieces, GError **error)
{
  for (guint i = 1; i < self->words->len; i++)
    {
      const char      *word = wb_cli_word (self, i), *equals = strrchr (word, '=');
      g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
      gpointer         line;
      gint64           id, wanted;

      if (name == NULL || !g_ascii_string_to_signed (equals + 1, 10, 0, G_MAXINT32, &wanted, NULL))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Write SKU=PIECES, not “%s”"), word);
          return FALSE;
        }
      if ((line = find_article (order, name, error)) == NULL)
        return FALSE;
      id = wb_record_get_int (line, WB_ORDER_LINE_ID);
      g_array_append_val (ids, id);
      g_array_append_val (pieces, wanted);
    }
  return TRUE;
}

/* What there is, and what may be asked for. */
static void
print_lines (WbCli *self, WbOrder *order)
{
  static const WbColumn columns[] = {
    { N_ ("SKU"), FALSE, 0 },   { N_ ("Line"), FALSE, 0 }, { N_ ("What"), FALSE, 50 },
    { N_ ("Pieces"), TRUE, 0 }, { N_ ("Sent"), TRUE, 0 },  { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);
  GPtrArray           *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      gpointer         line = lines->pdata[i];
      const char      *sku = wb_record_get_text (line, WB_ORDER_LINE_SKU);
      g_autofree char *pieces = g_strdup_printf ("%d", (int) wb_order_line_pieces (line)),
                      *sent = g_strdup_printf ("%d", (int) wb_order_line_sent (line));

      if (g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0)
        wb_table_add (table, sku != NULL ? sku : "",
                      wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID),
                      wb_record_get_text (line, WB_ORDER_LINE_NAME), pieces, sent);
    }
  wb_table_print (table);
}

static void
print_program (WbOrder *order, const WbPiecesOutlook *outlook, const char *outcome, gboolean made)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct
  {
    const char *name;
    gint64      amount;
  } amounts[] = { { "before", outlook->before },
                  { "after", outlook->after },
                  { "covered", outlook->covered },
                  { "missing", outlook->missing } };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "order");
  json_builder_add_string_value (builder, wb_record_get_text (order, WB_ORDER_NUMBER));
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, outlook->currency);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      json_builder_set_member_name (builder, amounts[i].name);
      json_builder_add_int_value (builder, amounts[i].amount);
    }
  json_builder_set_member_name (builder, "outcome");
  json_builder_add_string_value (builder, outcome);
  json_builder_set_member_name (builder, "made");
  json_builder_add_boolean_value (builder, made);
  json_builder_end_object (builder);
  wb_cli_print_json (json_builder_get_root (builder));
}

/* Says what it comes to, asks, and does it. */
static gboolean
change (WbCli *self, WbOrder *order, const WbPiecesAsk *ask, GError **error)
{
  g_auto (WbPiecesOutlook) outlook = { 0 };
  g_autofree char         *before = NULL, *after = NULL, *question = NULL, *outcome = NULL;
  gboolean                 made = !wb_cli_has (self, "dry-run");

  if (!wb_pieces_look_ahead (wb_desk_get_book (self->desk), order, ask, &outlook, error))
    return FALSE;
  before = wb_money_to_text (wb_money (outlook.before, outlook.currency));
  after = wb_money_to_text (wb_money (outlook.after, outlook.currency));
  /* Translators: order number, what it comes to now and then (amounts of money) */
  wb_cli_say (self, _ ("Order %s comes to %s instead of %s, by the prices of its lines."),
              wb_record_get_text (order, WB_ORDER_NUMBER), after, before);
  wb_cli_say (self, "%s", outlook.payment);
  if (made)
    {
      /* Translators: order number */
      question = g_strdup_printf (_ ("Change the pieces of order %s in its shop?"),
                                  wb_record_get_text (order, WB_ORDER_NUMBER));
      if (!wb_cli_confirm (self, question, error) ||
          !wb_desk_change_pieces (self->desk, ask, &outcome, self->cancellable, error))
        return FALSE;
      wb_cli_say (self, "%s", outcome);
    }
  if (self->json)
    print_program (order, &outlook, made ? outcome : outlook.payment, made);
  return TRUE;
}

/** wb_cli_pieces: the command. */
gboolean
wb_cli_pieces (WbCli *self, GError **error)
{
  WbDesk             *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder) order =
      desk != NULL ? wb_cli_find_order (self, wb_cli_word (self, 0), error) : NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
                     pieces = g_array_new (FALSE, FALSE, sizeof (gint64));
  WbPiecesAsk ask = { 0 };

  if (order == NULL || !read_lines (self, order, ids, pieces, error))
    return FALSE;
  if (ids->len == 0)
    {
      if (self->json)
        wb_cli_print_json (wb_record_to_json (order));
      else
        print_lines (self, order);
      return TRUE;
    }
  ask = (WbPiecesAsk){ .order_id = wb_record_get_int (order, WB_ORDER_ID),
                       .n = ids->len,
                       .line_ids = (const gint64 *) (gpointer) ids->data,
                       .quantities = (const gint64 *) (gpointer) pieces->data,
                       .reason = wb_cli_option (self, "reason"),
                       .to_customer = wb_cli_has (self, "to-customer"),
                       .restock = wb_cli_has (self, "restock") };
  return change (self, order, &ask, error);
}
