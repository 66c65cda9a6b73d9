/* SPDX-License-Identifier: GPL-3.0-or-later
 * Notes on the shop's orders. Writing one does not move the order's date of modification. */
#include "wb-town-woo.h"

#include <string.h>

static void
write_note (WbTown *town, WbTownOut *out, const WbTownOrder *order, const WbTownNote *note)
{
  g_autofree char *up = g_strdup_printf ("orders/%" G_GINT64_FORMAT, order->id);
  g_autofree char *collection = g_strconcat (up, "/notes", NULL);
  g_autofree char *self = g_strdup_printf ("%s/%" G_GINT64_FORMAT, collection, note->id);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", note->id);
  wb_town_out_string (out, "author", note->author);
  wb_town_woo_write_dates (town, out, "date_created", note->created);
  wb_town_out_string (out, "note", note->text);
  wb_town_out_bool (out, "customer_note", note->for_customer);
  wb_town_woo_write_links (town, out, self, collection, up);
  wb_town_out_end_object (out);
}

/** wb_town_woo_list_notes: GET /orders/{id}/notes, newest first; ?type=customer or internal. */
void
wb_town_woo_list_notes (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder *order = wb_town_woo_order_for (town, request, reply, FALSE);
  const char  *type = wb_town_pairs_get (request->query, "type");

  if (order == NULL)
    return;
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = order->notes->len; i > 0; i--)
    {
      const WbTownNote *note = g_ptr_array_index (order->notes, i - 1);

      if (type == NULL || strcmp (type, "any") == 0 ||
          (strcmp (type, "customer") == 0) == note->for_customer)
        write_note (town, reply->out, order, note);
    }
  wb_town_out_end_array (reply->out);
}

static WbTownNote *
note_for (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownOrder **order)
{
  gint64 id = g_ascii_strtoll (request->params[1], NULL, 10);

  *order = wb_town_woo_order_for (town, request, reply, FALSE);
  for (guint i = 0; *order != NULL && i < (*order)->notes->len; i++)
    if (((WbTownNote *) g_ptr_array_index ((*order)->notes, i))->id == id)
      return g_ptr_array_index ((*order)->notes, i);
  if (*order != NULL)
    wb_town_woo_fail (reply, 404, "woocommerce_rest_order_note_invalid_id", "Invalid resource ID.");
  return NULL;
}

/** wb_town_woo_get_note: GET /orders/{id}/notes/{note}. */
void
wb_town_woo_get_note (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder      *order;
  const WbTownNote *note = note_for (town, request, reply, &order);

  if (note != NULL)
    write_note (town, reply->out, order, note);
}

/** wb_town_woo_post_note: POST /orders/{id}/notes {note, customer_note, added_by_user}. */
void
wb_town_woo_post_note (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonObject *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                          ? json_node_get_object (request->json)
                          : NULL;
  const char *text =
      given != NULL ? json_object_get_string_member_with_default (given, "note", NULL) : NULL;
  WbTownOrder *order;
  WbTownNote  *note;

  if (text == NULL || *text == '\0')
    {
      wb_town_woo_fail (reply, 400, "rest_missing_callback_param", "Missing parameter(s): note");
      return;
    }
  if (wb_town_woo_order_for (town, request, reply, FALSE) == NULL)
    return;
  order = wb_town_woo_order_for (town, request, reply, TRUE);
  note = wb_town_note_new (
      wb_town_shop_next_id (town->shop), wb_town_clock (town),
      json_object_get_boolean_member_with_default (given, "added_by_user", FALSE) ? "practice"
                                                                                  : "WooCommerce",
      text, json_object_get_boolean_member_with_default (given, "customer_note", FALSE));
  g_ptr_array_add (order->notes, note);
  note->posted = TRUE;
  order->posted_notes++;
  reply->effect = TRUE;
  reply->status = 201;
  write_note (town, reply->out, order, note);
}

/** wb_town_woo_delete_note: DELETE /orders/{id}/notes/{note}?force=true. */
void
wb_town_woo_delete_note (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder *order;
  WbTownNote  *note = note_for (town, request, reply, &order);

  if (note == NULL)
    return;
  if (!wb_town_woo_true_param (request, "force"))
    {
      wb_town_woo_fail (reply, 501, "woocommerce_rest_trash_not_supported",
                        "Webhooks do not support trashing.");
      return;
    }
  order = wb_town_woo_order_for (town, request, reply, TRUE);
  note = note_for (town, request, reply, &order);
  write_note (town, reply->out, order, note);
  g_ptr_array_remove (order->notes, note);
  reply->effect = TRUE;
}
