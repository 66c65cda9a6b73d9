/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the detail of a shipment has the engine do beside the small works: ask where the parcel is,
 * and what became of a refund; give a parcel up; print all its papers. */
#include "wb-shipment-works.h"

#include "wb-desk.h"
#include "wb-refusals.h"

#include <glib/gi18n-lib.h>

static gpointer
run_track (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *shipment = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_track (desk, *shipment, cancellable, error))
    return NULL;
  return g_strdup (_ ("The carrier was asked where the parcel is"));
}

static gpointer
run_refresh_voids (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_refresh_voids (desk, cancellable, error))
    return NULL;
  return g_strdup (_ ("The carriers were asked about refunds"));
}

static gpointer
run_drop (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *shipment = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_drop_shipment (desk, *shipment, error))
    return NULL;
  return g_strdup (_ ("The parcel is given up; its pieces can be shipped anew"));
}

/* “Missing: Customs papers: No printer is set up for this…” */
static char *
missing_words (GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const WbSetRow       *row = rows->pdata[i];
      const WbDocumentKind *kind = wb_document_kind (row->document);
      g_autofree char      *why = row->error != NULL ? wb_error_words (row->error) : NULL;

      if (why != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "",
                                kind != NULL ? _ (kind->title) : row->document, why);
    }
  /* Translators: papers that could not be printed, each with the reason */
  return g_strdup_printf (_ ("Missing: %s"), text->str);
}

static gpointer
run_print_set (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64               *shipment = data;
  WbDesk               *desk = wb_job_get_desk (job, error);
  gboolean              complete = FALSE;
  g_autoptr (GPtrArray) rows = NULL;

  if (desk == NULL ||
      (rows = wb_desk_print_set (desk, *shipment, &complete, cancellable, error)) == NULL)
    return NULL;
  return complete ? g_strdup (_ ("Every paper it must have is printed")) : missing_words (rows);
}

const WbWorkKind wb_print_set_work = {
  .run = run_print_set, .free_data = g_free, .free_result = g_free, .effect = TRUE
};

const WbWorkKind wb_drop_work = {
  .run = run_drop, .free_data = g_free, .free_result = g_free, .effect = TRUE
};

const WbWorkKind wb_track_work = {
  .run = run_track, .free_data = g_free, .free_result = g_free, .effect = TRUE
};

const WbWorkKind wb_refresh_voids_work = {
  .run = run_refresh_voids, .free_data = g_free, .free_result = g_free, .effect = TRUE
};

/** wb_shipment_id_new: Returns: (transfer full): data for the works of this file. */
gpointer
wb_shipment_id_new (gint64 shipment_id)
{
  return g_memdup2 (&shipment_id, sizeof shipment_id);
}
