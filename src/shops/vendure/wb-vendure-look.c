/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking at one order of a Vendure shop before something is done to it, and afterwards. */
#include "wb-vendure-shop.h"

#include <string.h>

#include "wb-text.h"

#define HISTORY_A_PAGE 100

/**
 * wb_vendure_look:
 * @look: filled on success; clear it with wb_vendure_look_clear()
 *
 * %WB_ERROR_NOT_FOUND for an order that is not there.
 */
gboolean
wb_vendure_look (WbVendureShop *self,
                 const char    *order_ref,
                 WbVendureLook *look,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (JsonNode) root = NULL;

  if (!wb_vendure_check_ref (order_ref, error) ||
      !wb_vendure_know_precision (self, cancellable, error))
    return FALSE;
  root = wb_vendure_call (self, "order.graphql", wb_vendure_id (order_ref), cancellable, error);
  if (root == NULL)
    return FALSE;
  look->order = wb_vendure_data (root, "order", look->rows);
  if (!wb_json_is_object (&look->order))
    return wb_vendure_refuse (error, WB_ERROR_NOT_FOUND, "The shop does not have order %s",
                              order_ref);
  look->root = g_steal_pointer (&root);
  return TRUE;
}

/** wb_vendure_look_clear: frees what @look holds. */
void
wb_vendure_look_clear (WbVendureLook *look)
{
  g_clear_pointer (&look->root, json_node_unref);
}

/** wb_vendure_look_state: Returns: (transfer none): the order's state, never %NULL. */
const char *
wb_vendure_look_state (const WbVendureLook *look)
{
  const char *state = wb_json_opt_string (&look->order, "state");

  return state != NULL ? state : "";
}

/** wb_vendure_look_sums: see wb_vendure_sum_payments(). */
gboolean
wb_vendure_look_sums (WbVendureShop *self, const WbVendureLook *look, WbVendureSums *sums)
{
  return wb_vendure_sum_payments (&look->order, &self->reader, sums, NULL);
}

/* ---- our key in the shop's records ---- */

/** wb_vendure_with_key: Returns: (transfer full): @text with @key behind it, “Damaged [P-12]”. */
char *
wb_vendure_with_key (const char *text, const char *key)
{
  return wb_text_is_empty (text) ? g_strdup_printf ("[%s]", key)
                                 : g_strdup_printf ("%s [%s]", text, key);
}

/** wb_vendure_names_key: whether @text bears @key as wb_vendure_with_key() writes it. */
gboolean
wb_vendure_names_key (const char *text, const char *key)
{
  g_autofree char *wanted = NULL;

  if (wb_text_is_empty (text) || wb_text_is_empty (key))
    return FALSE;
  wanted = g_strdup_printf ("[%s]", key);
  return strstr (text, wanted) != NULL;
}

static JsonObject *
history_variables (const char *order_ref, const char *type, guint skip)
{
  JsonObject *variables = wb_vendure_id (order_ref), *options = json_object_new (),
             *filter = json_object_new (), *is = json_object_new (), *sort = json_object_new ();

  json_object_set_string_member (is, "eq", type);
  json_object_set_object_member (filter, "type", is);
  json_object_set_string_member (sort, "createdAt", "DESC");
  json_object_set_object_member (options, "filter", filter);
  json_object_set_object_member (options, "sort", sort);
  json_object_set_int_member (options, "take", HISTORY_A_PAGE);
  json_object_set_int_member (options, "skip", skip);
  json_object_set_object_member (variables, "options", options);
  return variables;
}

/* Returns: the id of the entry of @list that bears @key. */
static char *
entry_with (const WbJson *list, guint n, const char *member, const char *key)
{
  for (guint i = 0; i < n; i++)
    {
      WbJson entry = wb_json_element (list, i);
      WbJson data = wb_json_member (&entry, "data");

      if (wb_json_is_object (&data) &&
          wb_vendure_names_key (wb_json_opt_string (&data, member), key))
        return wb_json_scalar_text (&entry, "id");
    }
  return NULL;
}

/**
 * wb_vendure_history_has:
 * @type: of the entries looked at, “ORDER_NOTE”; @member: of their data that may bear @key
 * @entry: (out): the entry's id, %NULL when there is none
 *
 * Looks through the order's history. Returns: %FALSE with @error when it cannot be read.
 */
gboolean
wb_vendure_history_has (WbVendureShop *self,
                        const char    *order_ref,
                        const char    *type,
                        const char    *member,
                        const char    *key,
                        char         **entry,
                        GCancellable  *cancellable,
                        GError       **error)
{
  gint64 total = G_MAXINT64;

  *entry = NULL;
  for (guint skip = 0; skip < total && *entry == NULL; skip += HISTORY_A_PAGE)
    {
      g_autoptr (JsonNode) root =
          wb_vendure_call (self, "order-history.graphql", history_variables (order_ref, type, skip),
                           cancellable, error);
      WbJson rows[3], order, history, list;
      guint  n;

      if (root == NULL)
        return FALSE;
      order = wb_vendure_data (root, "order", rows);
      if (!wb_json_is_object (&order))
        return wb_vendure_refuse (error, WB_ERROR_NOT_FOUND, "The shop does not have order %s",
                                  order_ref);
      if (!wb_json_object (&order, "history", &history, error) ||
          !wb_json_int (&history, "totalItems", &total, error) ||
          !wb_json_array (&history, "items", &list, &n, error))
        return FALSE;
      *entry = entry_with (&list, n, member, key);
    }
  return TRUE;
}
