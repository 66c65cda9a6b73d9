/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a WooCommerce status means for shipping, and how a connection's settings extend it. */
#include "wb-woo-state.h"

#include "wb-order.h"

static const struct
{
  const char *status;
  const char *state; /* NULL: it depends on the payment */
} known[] = {
  { "pending", WB_SHOP_UNPAID },
  { "processing", WB_SHOP_OPEN },
  { "on-hold", NULL },
  { "completed", WB_SHOP_DONE },
  { "cancelled", WB_SHOP_CANCELLED },
  { "refunded", WB_SHOP_CANCELLED },
  { "failed", WB_SHOP_UNPAID },
  { "trash", WB_SHOP_CANCELLED },
};

static const char *const states[] = { WB_SHOP_UNPAID, WB_SHOP_OPEN, WB_SHOP_DONE, WB_SHOP_CANCELLED,
                                      NULL };

/* A cart that is being filled or an order a shop manager has begun: not yet an order. */
static const char *const drafts[] = { "checkout-draft", "auto-draft", "draft", NULL };

static const char *
bare (const char *status)
{
  return g_str_has_prefix (status, "wc-") ? status + 3 : status;
}

static gboolean
read_statuses (WbWooReader *reader, const WbJson *settings, GError **error)
{
  WbJson         map = wb_json_member (settings, "statuses");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (wb_json_is_null (&map))
    return TRUE;
  if (!wb_json_object (settings, "statuses", &map, error))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (map.node));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      WbJson      place = wb_json_member (&map, name);
      const char *state = wb_json_opt_string (&map, name);

      if (state == NULL || !g_strv_contains (states, state))
        return wb_json_fail (&place, "one of unpaid, open, done, cancelled", error);
      g_hash_table_insert (reader->statuses, g_strdup (bare (name)), g_strdup (state));
    }
  return TRUE;
}

static gboolean
read_slip_meta (WbWooReader *reader, const WbJson *settings, GError **error)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  WbJson                   list = wb_json_member (settings, "slip_meta");
  guint                    n;

  if (wb_json_is_null (&list))
    return TRUE;
  if (!wb_json_array (settings, "slip_meta", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson    place = wb_json_element (&list, i);
      JsonNode *node = place.node;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          *json_node_get_string (node) == '\0')
        return wb_json_fail (&place, "the key of a row of meta data", error);
      g_strv_builder_add (keys, json_node_get_string (node));
    }
  reader->slip_meta = g_strv_builder_end (keys);
  return TRUE;
}

/**
 * wb_woo_reader_init:
 * @currency: (nullable): of the connection
 * @settings: (nullable): JSON of the connection; `{"statuses": {"awaiting-pickup": "open"}}` says
 * what the shop's own statuses mean, `{"slip_meta": ["gift_message"]}` which meta data of orders
 * and lines are to stand on the packing slip, hidden ones too where they are named
 *
 * @reader is filled only on success; clear it with wb_woo_reader_clear(). Else %WB_ERROR_INVALID
 * with the place.
 */
gboolean
wb_woo_reader_init (WbWooReader *reader, const char *currency, const char *settings, GError **error)
{
  g_auto (WbWooReader) read = { .statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                                   g_free) };

  if (wb_currency_is_valid (currency))
    g_strlcpy (read.currency, currency, sizeof read.currency);
  if (settings != NULL && *settings != '\0')
    {
      g_autoptr (JsonNode) root = wb_json_parse (settings, -1, "settings", error);
      WbJson               at = wb_json_root (root, "settings");

      if (root == NULL || !read_statuses (&read, &at, error) || !read_slip_meta (&read, &at, error))
        return FALSE;
    }
  *reader = read;
  read.statuses = NULL;
  read.slip_meta = NULL;
  return TRUE;
}

/** wb_woo_reader_clear: frees what @reader holds. */
void
wb_woo_reader_clear (WbWooReader *reader)
{
  g_clear_pointer (&reader->statuses, g_hash_table_unref);
  g_clear_pointer (&reader->slip_meta, g_strfreev);
}

/**
 * wb_woo_state_of:
 * @status: as the REST API writes it, without “wc-”
 *
 * Returns: (transfer none): one of WB_SHOP_*. The rules, safest first:
 * - the connection's settings win for a status they name;
 * - a processing or on-hold order whose refunds reach its total is cancelled: after a full refund
 * by amount alone WooCommerce 11 says `refunded`, 7.9 leaves it `processing`;
 * - `on-hold` is open only when a card payment is authorised and waits to be captured; else a bank
 * transfer is awaited, or a person put the order on hold;
 * - a status nobody explained (a plug-in's own) is never shippable by itself: unpaid, until the
 * settings name it.
 */
const char *
wb_woo_state_of (const WbWooReader *reader, const char *status, const WbWooPayment *payment)
{
  const char *own =
      reader->statuses != NULL ? g_hash_table_lookup (reader->statuses, status) : NULL;
  const char *state = WB_SHOP_UNPAID;

  for (guint i = 0; own == NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].status, status))
      state = known[i].state != NULL ? known[i].state
              : payment->held        ? WB_SHOP_OPEN
                                     : WB_SHOP_UNPAID;
  if (own != NULL)
    state = own;
  if (payment->all_refunded &&
      (g_str_equal (status, "processing") || g_str_equal (status, "on-hold")))
    return WB_SHOP_CANCELLED;
  return state;
}

/**
 * wb_woo_state_meaning:
 * @status: as the REST API writes it
 *
 * Returns: (transfer none) (nullable): what an order of that status is by itself, one of
 * WB_SHOP_*; %NULL: a status of the shop's own that nobody has explained yet. `on-hold` counts as
 * unpaid here: what a card holds only the order tells.
 */
const char *
wb_woo_state_meaning (const WbWooReader *reader, const char *status)
{
  const char *own =
      reader->statuses != NULL ? g_hash_table_lookup (reader->statuses, bare (status)) : NULL;

  for (guint i = 0; own == NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].status, bare (status)))
      own = known[i].state != NULL ? known[i].state : WB_SHOP_UNPAID;
  return own;
}

/** wb_woo_state_is_draft: whether @status is a cart, not an order. WooCommerce 7.9 lists
 * `checkout-draft` among orders, 11 does not. */
gboolean
wb_woo_state_is_draft (const char *status)
{
  return status != NULL && g_strv_contains (drafts, status);
}

/** wb_woo_state_open_list: Returns: (transfer full): the statuses that may have something to ship,
 * as a list filter takes them. */
char *
wb_woo_state_open_list (const WbWooReader *reader)
{
  GString       *list = g_string_new (WB_WOO_OPEN_STATUSES);
  GHashTableIter iter;
  gpointer       status, state;

  if (reader->statuses != NULL)
    {
      g_hash_table_iter_init (&iter, reader->statuses);
      while (g_hash_table_iter_next (&iter, &status, &state))
        if (g_str_equal (state, WB_SHOP_OPEN) && !g_str_equal (status, "processing") &&
            !g_str_equal (status, "on-hold"))
          g_string_append_printf (list, ",%s", (const char *) status);
    }
  return g_string_free (list, FALSE);
}
