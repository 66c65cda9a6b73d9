/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the list of orders shows, as a saved view keeps it, and how it is kept. */
#include "wb-orders-view.h"

#include "wb-json.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

static const char *const filter_names[WB_N_FILTERS] = {
  [WB_FILTER_TO_SHIP] = "to-ship", [WB_FILTER_NEEDS_YOU] = "needs-you",
  [WB_FILTER_WAITING] = "waiting", [WB_FILTER_SHIPPED] = "shipped",
  [WB_FILTER_ALL] = "all",
};

/** wb_orders_filter_name: Returns: (transfer none): what @filter is called in actions and views. */
const char *
wb_orders_filter_name (WbOrderFilter filter)
{
  return filter_names[filter];
}

/** wb_orders_filter_parse: FALSE when there is no filter called @name. */
gboolean
wb_orders_filter_parse (const char *name, WbOrderFilter *filter)
{
  for (guint i = 0; i < WB_N_FILTERS; i++)
    if (g_strcmp0 (filter_names[i], name) == 0)
      {
        *filter = i;
        return TRUE;
      }
  return FALSE;
}

/** wb_orders_view_clear: frees what @view holds. */
void
wb_orders_view_clear (WbOrdersView *view)
{
  wb_orders_wish_clear (&view->wish);
  g_clear_pointer (&view->hidden, g_strfreev);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/** wb_orders_view_to_json: Returns: (transfer full): @view as it is kept; the channel by number and
 * name, so that it can be named when it is gone. */
char *
wb_orders_view_to_json (const WbOrdersView *view, WbWorkspace *workspace)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char *hidden = view->hidden != NULL ? g_strjoinv (",", view->hidden) : g_strdup (NULL);

  json_builder_begin_object (builder);
  add_text (builder, "filter", filter_names[view->wish.filter]);
  add_text (builder, "text", view->wish.text);
  add_text (builder, "charge", view->wish.charge);
  add_text (builder, "tag", view->wish.tag);
  add_text (builder, "sort", view->wish.sort);
  json_builder_set_member_name (builder, "ascending");
  json_builder_add_boolean_value (builder, view->wish.ascending);
  json_builder_set_member_name (builder, "marked");
  json_builder_add_boolean_value (builder, view->wish.marked);
  if (view->wish.channel_id != 0)
    {
      json_builder_set_member_name (builder, "channel");
      json_builder_add_int_value (builder, view->wish.channel_id);
      add_text (builder, "channel_name",
                wb_workspace_get_connection_name (workspace, view->wish.channel_id));
    }
  if (hidden != NULL)
    {
      json_builder_set_member_name (builder, "hidden");
      json_builder_add_string_value (builder, hidden);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return wb_json_to_text (root);
}

static gboolean
has_channel (WbWorkspace *workspace, gint64 id)
{
  GPtrArray *all = wb_workspace_get_connections (workspace);

  for (guint i = 0; i < all->len; i++)
    if (wb_record_get_int (all->pdata[i], WB_CONNECTION_ID) == id)
      return TRUE;
  return FALSE;
}

static gboolean
is_charge (const char *state)
{
  static const char *const known[] = { WB_CHARGE_NONE,
                                       WB_CHARGE_UNKNOWN,
                                       WB_CHARGE_UNPAID,
                                       WB_CHARGE_PAID,
                                       WB_CHARGE_AUTHORISED,
                                       WB_CHARGE_PARTIAL,
                                       WB_CHARGE_CAPTURED,
                                       WB_CHARGE_LAPSED,
                                       WB_CHARGE_REFUSED,
                                       WB_CHARGE_REFUNDED,
                                       NULL };

  return g_strv_contains (known, state);
}

/**
 * wb_orders_view_read:
 * @view: (out): what @json asks for
 * @remark: (out) (nullable): what in it is gone and was left out, for people
 *
 * Reads a view as wb_orders_view_to_json() made it. What it names and is no more is left out: the
 * rest is still worth seeing.
 */
gboolean
wb_orders_view_read (
    WbOrdersView *view, const char *json, WbWorkspace *workspace, char **remark, GError **error)
{
  g_autoptr (JsonNode)  node = wb_json_parse (json, -1, "saved view", error);
  g_auto (WbOrdersView) read = { .wish = { .filter = WB_FILTER_ALL } };
  g_autofree char      *said = NULL;
  const char           *charge, *hidden;
  WbJson                at;

  if (node == NULL)
    return FALSE;
  at = wb_json_root (node, "view");
  if (!wb_json_opt_int (&at, "channel", 0, &read.wish.channel_id, error))
    return FALSE;
  if (!wb_orders_filter_parse (wb_json_opt_string (&at, "filter"), &read.wish.filter))
    said = g_strdup (_ ("This view's filter is not known here: all orders are shown"));
  read.wish.text = g_strdup (wb_json_opt_string (&at, "text"));
  read.wish.tag = g_strdup (wb_json_opt_string (&at, "tag"));
  read.wish.sort = g_strdup (wb_json_opt_string (&at, "sort"));
  read.wish.ascending = wb_json_bool (&at, "ascending", FALSE);
  read.wish.marked = wb_json_bool (&at, "marked", FALSE);
  charge = wb_json_opt_string (&at, "charge");
  if (charge != NULL && is_charge (charge))
    read.wish.charge = g_strdup (charge);
  else if (charge != NULL)
    wb_set_str (&said, _ ("This view's charge is not known here: every charge is shown"));
  if (read.wish.channel_id != 0 && !has_channel (workspace, read.wish.channel_id))
    {
      const char *name = wb_json_opt_string (&at, "channel_name");

      g_free (said);
      /* Translators: %s is the name of a shop that is connected no more */
      said = g_strdup_printf (_ ("The channel “%s” is gone: all channels are shown"),
                              name != NULL ? name : "–");
      read.wish.channel_id = 0;
    }
  hidden = wb_json_opt_string (&at, "hidden");
  read.hidden = hidden != NULL ? g_strsplit (hidden, ",", -1) : NULL;
  *view = read;
  read = (WbOrdersView){ 0 };
  *remark = g_steal_pointer (&said);
  return TRUE;
}

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_book_save (wb_desk_get_book (desk), data, error)
             /* Translators: %s is the name of a saved view */
             ? g_strdup_printf (_ ("The view “%s” is saved"),
                                wb_record_get_text (data, WB_SAVED_VIEW_NAME))
             : NULL;
}

static gpointer
run_delete (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL &&
                 wb_book_delete_saved_view (wb_desk_get_book (desk),
                                            wb_record_get_int (data, WB_SAVED_VIEW_ID), error)
             /* Translators: %s is the name of a saved view */
             ? g_strdup_printf (_ ("The view “%s” is deleted"),
                                wb_record_get_text (data, WB_SAVED_VIEW_NAME))
             : NULL;
}

const WbWorkKind wb_save_view_work = {
  .run = run_save, .free_data = g_object_unref, .free_result = g_free, .effect = TRUE
};
const WbWorkKind wb_delete_view_work = {
  .run = run_delete, .free_data = g_object_unref, .free_result = g_free, .effect = TRUE
};
