/* SPDX-License-Identifier: GPL-3.0-or-later
 * What left the packing table and is on its way: bought, printed and charged while the next lies
 * there. */
#include "wb-pack-page-private.h"

#include "wb-pack-run.h"

#define MOST_RUNS 5 /* of those that are shipped, so many stay to be seen */

static void
ended_cb (WbPackRun *run, gboolean shipped, WbPackPage *self)
{
  GtkListBoxRow *row;
  int            n = 0;

  while (gtk_list_box_get_row_at_index (self->runs, n) != NULL)
    n++;
  while (shipped && n > MOST_RUNS &&
         (row = gtk_list_box_get_row_at_index (self->runs, n - 1)) != NULL &&
         GTK_WIDGET (row) != GTK_WIDGET (run))
    {
      gtk_list_box_remove (self->runs, GTK_WIDGET (row));
      n--;
    }
  /* It may be out of sight below what is packed now. */
  if (!shipped)
    wb_pack_page_say (self, wb_pack_run_get_words (run), "warning");
  wb_workspace_look (self->workspace);
}

/* Whether the order is being shipped just now: it is not to be packed again. */
gboolean
wb_pack_page_is_on_its_way (WbPackPage *self, gint64 order_id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->runs, i)) != NULL; i++)
    if (wb_pack_run_is_running (WB_PACK_RUN (row), order_id))
      return TRUE;
  return FALSE;
}

/* Ships what lies on the table, and makes room for the next. @ask: (transfer full). */
void
wb_pack_page_send (WbPackPage *self, WbShipAsk *ask, WbRate *rate)
{
  GtkWidget *run = wb_pack_run_new (self->workspace, self->pack->number, ask, rate);

  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  gtk_list_box_prepend (self->runs, run);
  gtk_widget_set_visible (GTK_WIDGET (self->runs), TRUE);
  wb_pack_page_clear (self);
  wb_pack_page_say (self, NULL, NULL);
}

/* The part of the template that this file works on. */
void
wb_pack_page_bind_runs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, runs);
}
