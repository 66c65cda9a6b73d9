/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the client has the engine do about orders that ship together, and how an order's detail says
 * it. */
#include "wb-merge-works.h"

#include "wb-desk-merge.h"
#include "wb-text.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

static gpointer
run_merge (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;
  WbDesk *desk = wb_job_get_desk (job, error);
  gint64  lead =
      desk != NULL ? wb_desk_merge (desk, (const gint64 *) ids->data, ids->len, error) : 0;
  g_autoptr (GArray) all =
      lead != 0 ? wb_book_list_merged (wb_desk_get_book (desk), lead, error) : NULL;
  g_autofree char *numbers =
      all != NULL ? wb_together_numbers (wb_desk_get_book (desk), all, 0, error) : NULL;

  /* Translators: orders' numbers: “#1042, #1043” */
  return numbers != NULL ? g_strdup_printf (_ ("%s go into one parcel"), numbers) : NULL;
}

static gpointer
run_unmerge (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbWish *wish = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_unmerge (desk, wish->id, error)
             ? g_strdup (_ ("The order ships by itself again"))
             : NULL;
}

const WbWorkKind wb_merge_work = {
  .run = run_merge,
  .free_data = (GDestroyNotify) g_array_unref,
  .free_result = g_free,
  .effect = TRUE,
};

const WbWorkKind wb_unmerge_work = {
  .run = run_unmerge,
  .free_data = wb_wish_free,
  .free_result = g_free,
  .effect = TRUE,
};

/** wb_together_clear: frees what @together holds. */
void
wb_together_clear (WbTogether *together)
{
  g_clear_pointer (&together->text, g_free);
  g_clear_pointer (&together->could, g_array_unref);
}

/** wb_together_numbers: Returns: (transfer full): the numbers of the orders @ids but that of the
 * order @but (0: all): “#1042, #1043”. */
char *
wb_together_numbers (WbBook *book, GArray *ids, gint64 but, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = NULL;
      g_autofree char    *number = NULL;

      if (g_array_index (ids, gint64, i) == but)
        continue;
      if ((order = wb_book_get_order (book, g_array_index (ids, gint64, i), error)) == NULL)
        return NULL;
      number =
          wb_text_isolate (g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER)));
      g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", number);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The orders whose goods have travelled in the newest parcel of this one. */
static GArray *
find_travelled (WbBook *book, GPtrArray *shipments, GError **error)
{
  g_autoptr (GArray)     ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray)  carried = NULL;
  g_autoptr (WbShipment) carrying = NULL;
  gpointer               last = NULL;
  gint64                 id;

  for (guint i = 0; i < shipments->len; i++)
    if (g_strcmp0 (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE), WB_SHIPMENT_VOID) !=
        0)
      last = shipments->pdata[i];
  if (last == NULL)
    return g_steal_pointer (&ids);
  carrying = wb_book_get_carrying (book, wb_record_get_int (last, WB_SHIPMENT_ID), error);
  carried = carrying != NULL
                ? wb_book_list_carried (book, wb_record_get_int (carrying, WB_SHIPMENT_ID), error)
                : NULL;
  if (carried == NULL)
    return NULL;
  id = wb_record_get_int (carrying, WB_SHIPMENT_ORDER_ID);
  g_array_append_val (ids, id);
  for (guint i = 0; i < carried->len; i++)
    {
      id = wb_record_get_int (carried->pdata[i], WB_SHIPMENT_ORDER_ID);
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
say (WbBook *book, const char *format, GArray *ids, gint64 but, WbTogether *out, GError **error)
{
  g_autofree char *numbers = wb_together_numbers (book, ids, but, error);

  if (numbers != NULL)
    out->text = g_strdup_printf (format, numbers);
  return numbers != NULL;
}

/**
 * wb_together_read:
 * @shipments: (element-type WbShipment): the order's
 * @out: clear with wb_together_clear()
 *
 * With which orders it goes into one parcel, has gone, or could go. Quick, for the main thread.
 */
gboolean
wb_together_read (
    WbBook *book, gint64 order_id, GPtrArray *shipments, WbTogether *out, GError **error)
{
  g_autoptr (GArray) merged = wb_book_list_merged (book, order_id, error), travelled = NULL;

  *out = (WbTogether){ 0 };
  if (merged == NULL)
    return FALSE;
  out->merged = merged->len > 0;
  if (out->merged)
    /* Translators: orders' numbers: “#1042, #1043” */
    return say (book, _ ("Goes into one parcel with %s"), merged, order_id, out, error);
  if ((travelled = find_travelled (book, shipments, error)) == NULL)
    return FALSE;
  if (travelled->len > 1)
    return say (book, _ ("In one parcel with %s"), travelled, order_id, out, error);
  out->could = wb_merge_propose (book, order_id, error);
  return out->could != NULL &&
         (out->could->len < 2 ||
          say (book, _ ("Could go into one parcel with %s"), out->could, order_id, out, error));
}
