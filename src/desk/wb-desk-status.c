/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shop's own statuses (a plug-in's “awaiting-pickup”): orders of one that nobody has explained
 * wait, and say so; once it is explained they move at once. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

#define STATUSES "statuses"

static const char *const states[] = { WB_SHOP_UNPAID, WB_SHOP_OPEN, WB_SHOP_DONE, WB_SHOP_CANCELLED,
                                      NULL };

/* The channel's settings with one status explained; other members stay. */
static char *
settings_with (WbConnection *channel, const char *status, const char *state)
{
  const char          *text = wb_record_get_text (channel, WB_CONNECTION_SETTINGS);
  g_autoptr (JsonNode) root =
      wb_json_parse (text != NULL && *text != '\0' ? text : "{}", -1, "settings", NULL);
  JsonObject *settings, *map;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  settings = json_node_get_object (root);
  if (!json_object_has_member (settings, STATUSES))
    json_object_set_object_member (settings, STATUSES, json_object_new ());
  map = json_object_get_object_member (settings, STATUSES);
  json_object_set_string_member (map, status, state);
  return wb_json_to_text (root);
}

static gboolean
move_order (WbDesk *self, WbConnection *channel, gint64 id, const char *state, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, error);

  if (order == NULL)
    return FALSE;
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, state);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_UNPAID) == 0)
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, wb_order_derive_charge (order, channel));
  return wb_book_update_order_head (self->book, order, error) &&
         wb_book_add_event (self->book, "order", id, "edited", self->actor, NULL, error);
}

static gboolean
explain (WbDesk       *self,
         WbConnection *channel,
         const char   *status,
         const char   *state,
         guint        *moved,
         GError      **error)
{
  gint64             id = wb_record_get_int (channel, WB_CONNECTION_ID);
  g_autoptr (GArray) orders = NULL;
  char              *settings = settings_with (channel, status, state);

  if (settings == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The settings of “%s” are not an object",
                   wb_record_get_text (channel, WB_CONNECTION_NAME));
      return FALSE;
    }
  wb_record_take_text (channel, WB_CONNECTION_SETTINGS, settings);
  orders = wb_book_list_orders_of_status (self->book, id, status, error);
  if (orders == NULL || !wb_book_save (self->book, channel, error))
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!move_order (self, channel, g_array_index (orders, gint64, i), state, error))
      return FALSE;
  *moved = orders->len;
  return TRUE;
}

/** wb_desk_list_statuses: Returns: (transfer full) (element-type WbShopStatus): every status an
 * order may have in the channel, and what it means. Asks the shop. */
GPtrArray *
wb_desk_list_statuses (WbDesk *self, gint64 channel_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShop) shop = wb_desk_open_shop (self, channel_id, error);

  return shop != NULL ? wb_shop_list_statuses (shop, cancellable, error) : NULL;
}

/**
 * wb_desk_explain_status:
 * @status: as the shop writes it
 * @state: one of WB_SHOP_*
 * @moved: (out): how many orders of it the book has
 *
 * Says what a status of the channel means, from now on and for the orders that are here.
 */
gboolean
wb_desk_explain_status (WbDesk     *self,
                        gint64      channel_id,
                        const char *status,
                        const char *state,
                        guint      *moved,
                        GError    **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  guint                    n = 0;

  if (channel == NULL)
    return FALSE;
  if (!g_strv_contains (states, state) || status == NULL || *status == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” is no meaning of a status: it is unpaid, open, done or cancelled"),
                   state);
      return FALSE;
    }
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (!explain (self, channel, status, state, &n, error))
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  g_hash_table_remove (self->modules, &channel_id); /* it reads the settings when it is opened */
  if (!wb_book_commit (self->book, error))
    return FALSE;
  *moved = n;
  return TRUE;
}

/* ---- all of them, for a person ---- */

static const struct
{
  const char *state;
  const char *title; /* N_() */
} state_titles[] = {
  { WB_SHOP_UNPAID, N_ ("not paid yet") },
  { WB_SHOP_OPEN, N_ ("to be shipped") },
  { WB_SHOP_DONE, N_ ("done") },
  { WB_SHOP_CANCELLED, N_ ("cancelled") },
};

/** wb_shop_state_title: @state: (nullable): one of WB_SHOP_*. Returns: (transfer none): what it is
 * called for people, translated. */
const char *
wb_shop_state_title (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_titles); i++)
    if (g_strcmp0 (state_titles[i].state, state) == 0)
      return _ (state_titles[i].title);
  return _ ("nobody has said");
}

/** wb_status_view_free: frees @view. */
void
wb_status_view_free (WbStatusView *view)
{
  g_free (view->id);
  g_free (view->title);
  g_free (view->state);
  g_free (view);
}

static WbStatusView *
add_view (GPtrArray *list, const char *id, const char *title, const char *state)
{
  WbStatusView *view = g_new0 (WbStatusView, 1);

  view->id = g_strdup (id);
  view->title = g_strdup (title != NULL ? title : id);
  view->state = g_strdup (state);
  g_ptr_array_add (list, view);
  return view;
}

static WbStatusView *
find_view (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (((WbStatusView *) list->pdata[i])->id, id) == 0)
      return list->pdata[i];
  return NULL;
}

/* What nobody has explained first, by how much waits for it; then as the shop has them. */
static int
more_urgent (gconstpointer a, gconstpointer b)
{
  const WbStatusView *left = *(gconstpointer *) a, *right = *(gconstpointer *) b;

  if (left->explained != right->explained)
    return left->explained ? 1 : -1;
  if (left->explained || left->waiting == right->waiting)
    return 0;
  return left->waiting > right->waiting ? -1 : 1;
}

static gboolean
count_waiting (WbDesk *self, WbConnection *channel, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) counts = wb_book_list_waiting_statuses (self->book, error);

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      const WbStatusCount *count = counts->pdata[i];
      WbStatusView        *view;

      if (count->channel_id != wb_record_get_int (channel, WB_CONNECTION_ID) ||
          count->status == NULL)
        continue;
      view = find_view (list, count->status);
      if (view == NULL && !wb_shop_explains_status (channel, count->status))
        view = add_view (list, count->status, NULL, NULL);
      if (view != NULL)
        view->waiting = count->orders;
    }
  return counts != NULL;
}

/**
 * wb_desk_view_statuses:
 * @problem: (out) (nullable): why the shop could not be asked; then only those are there that its
 * orders here have and nobody has explained
 *
 * Returns: (transfer full) (element-type WbStatusView): every status an order may have in the
 * channel; those that nobody has explained first, with how many orders wait for it. Asks the shop.
 */
GPtrArray *
wb_desk_view_statuses (
    WbDesk *self, gint64 channel_id, char **problem, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  g_autoptr (GError)       local = NULL;
  g_autoptr (GPtrArray)    told =
      channel != NULL ? wb_desk_list_statuses (self, channel_id, cancellable, &local) : NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_status_view_free);

  if (channel == NULL)
    return NULL;
  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const WbShopStatus *status = told->pdata[i];

      add_view (list, status->id, status->title, status->shop_state);
    }
  if (!count_waiting (self, channel, list, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      WbStatusView *view = list->pdata[i];

      view->explained = view->state != NULL;
    }
  g_ptr_array_sort (list, more_urgent);
  *problem = told == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_REFUSED)
                 ? g_strdup (local->message)
                 : NULL; /* refused: this kind of shop has none of its own */
  return g_steal_pointer (&list);
}
