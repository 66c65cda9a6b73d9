/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the windows for orders that no shop brings have the engine do. */
#include "wb-own-works.h"

#include <glib/gi18n-lib.h>

static void
wish_free (gpointer wish)
{
  wb_orders_file_wish_free (wish);
}

static void
preview_free (gpointer preview)
{
  wb_orders_preview_free (preview);
}

static gpointer
run_preview (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? wb_desk_preview_orders (book, data, cancellable, error) : NULL;
}

static gpointer
run_import (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk                 *desk = wb_job_get_desk (job, error);
  g_auto (WbOrdersImport) done = { 0 };

  if (desk == NULL || !wb_desk_import_orders (desk, data, NULL, NULL, &done, cancellable, error))
    return NULL;
  /* Translators: of a file of orders: how many were new, changed, and there already */
  return g_strdup_printf (_ ("%d orders are new, %d were changed, %d were here already"),
                          (int) done.orders.added, (int) done.orders.changed,
                          (int) done.orders.unchanged);
}

static gpointer
run_own_order (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);
  gint64  id = desk != NULL ? wb_desk_add_own_order (desk, data, error) : 0;

  return id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static void
own_order_free (gpointer order)
{
  wb_own_order_free (order);
}

const WbWorkKind wb_orders_preview_work = { .run = run_preview,
                                            .free_data = wish_free,
                                            .free_result = preview_free };
const WbWorkKind wb_orders_import_work = { .run = run_import,
                                           .free_data = wish_free,
                                           .free_result = g_free,
                                           .effect = TRUE,
                                           .title = N_ ("Importing orders from a file") };
const WbWorkKind wb_own_order_work = {
  .run = run_own_order, .free_data = own_order_free, .free_result = g_free, .effect = TRUE
};
