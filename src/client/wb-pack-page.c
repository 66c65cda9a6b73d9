/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pack page: scan an order, scan what goes in, Return does the rest. The next order may be
 * scanned while the last one is still being bought, printed and charged. */
#include "wb-pack-page-private.h"

#include "wb-order-facts.h"
#include "wb-pack-line-row.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-scan-say.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WbPackPage, wb_pack_page, ADW_TYPE_BIN)

/* ---- what is said ---- */

/* Says in words and colour how it went; %NULL: nothing any more. */
void
wb_pack_page_say (WbPackPage *self, const char *text, const char *style)
{
  wb_scan_say (GTK_WIDGET (self), self->message, text, style);
}

static void
say_scan (WbPackPage *self, const WbPackLook *look)
{
  gboolean wrong = look->scan == WB_SCAN_WRONG || look->scan == WB_SCAN_EXTRA ||
                   look->scan == WB_SCAN_UNKNOWN,
           more = look->scan == WB_SCAN_SERIAL || look->scan == WB_SCAN_LOT;

  wb_pack_page_say (self, look->words, wrong ? "error" : more ? "warning" : "success");
}

/* ---- the table ---- */

static void by_hand_cb (WbPackLineRow *row, gint64 line_id, gint64 product_id, WbPackPage *self);

/* Whether the rows are those of what is on the table, in its order. */
static gboolean
has_rows (WbPackPage *self)
{
  guint n = 0;

  for (; n < self->pack->lines->len; n++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, (int) n);

      if (row == NULL || !wb_pack_line_row_is (WB_PACK_LINE_ROW (row), self->pack->lines->pdata[n]))
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->lines, (int) n) == NULL;
}

/* A scan changes a row: they are not made anew for it. */
static void
show_lines (WbPackPage *self)
{
  if (has_rows (self))
    {
      for (guint i = 0; i < self->pack->lines->len; i++)
        wb_pack_line_row_show (
            WB_PACK_LINE_ROW (gtk_list_box_get_row_at_index (self->lines, (int) i)),
            self->pack->lines->pdata[i]);
      return;
    }
  wb_list_box_clear (self->lines);
  for (guint i = 0; i < self->pack->lines->len; i++)
    {
      GtkWidget *row = wb_pack_line_row_new (self->pack->lines->pdata[i]);

      g_signal_connect_object (row, "by-hand", G_CALLBACK (by_hand_cb), self, 0);
      gtk_list_box_append (self->lines, row);
    }
}

static void
show_table (WbPackPage *self)
{
  g_autofree char *title = g_strdup_printf (
      "#%s · %s", self->pack->number, self->pack->customer != NULL ? self->pack->customer : "");
  gboolean noted = self->pack->note != NULL && *self->pack->note != '\0';

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->note, noted ? self->pack->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), noted);
  show_lines (self);
  self->filling = TRUE;
  gtk_spin_button_set_value (self->weight, (double) self->pack->weight_g);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->undo_button, wb_pack_counted (self->pack) > 0);
  gtk_stack_set_visible_child_name (self->stack, "table");
  wb_pack_page_show_button (self);
}

/* The table is empty. */
void
wb_pack_page_clear (WbPackPage *self)
{
  g_clear_handle_id (&self->typed_id, g_source_remove);
  wb_pack_page_stop_asking (self);
  wb_ship_box_row_stop (self->box);
  g_clear_pointer (&self->to_box, g_free);
  wb_pack_page_stop_weighing (self);
  g_clear_pointer (&self->pack, wb_pack_free);
  self->asks_line = self->asks_part = 0;
  gtk_editable_set_text (self->code, "");
  gtk_label_set_text (self->title, ""); /* a screen reader may look at what is not shown */
  wb_list_box_clear (self->lines);
  wb_pack_page_show_next (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code)); /* the next one may be typed at once */
}

/* The table as it stands now. @counts: something was counted, or the box or weight changed. */
static void
take_look (WbPackPage *self, WbPackLook *look, gboolean changes_parcel)
{
  gboolean fresh = self->pack == NULL && look->pack != NULL;

  if (look->pack == NULL)
    {
      wb_pack_page_say (self, look->words, "error");
      return;
    }
  g_clear_pointer (&self->pack, wb_pack_free);
  self->pack = g_steal_pointer (&look->pack);
  self->asks_line = self->pack->asks_line;
  self->asks_part = self->pack->asks_part;
  show_table (self);
  if (fresh)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      wb_pack_photos_set_order (self->photos, self->workspace, self->pack->order_id);
      wb_pack_page_ask_boxes (self);
      wb_pack_page_weigh (self);
    }
  else if (changes_parcel)
    wb_pack_page_ask_soon (self);
  /* All is in: what is left is its weight. A scan is heard there as well. */
  if (changes_parcel && self->pack->weight_g == 0 && wb_pack_is_complete (self->pack))
    gtk_widget_grab_focus (GTK_WIDGET (self->weight));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage            *self = WB_PACK_PAGE (source);
  gboolean               scanned = user_data == &wb_pack_scan_work;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPackLook) look = wb_worker_finish (result, &error);
  gint64                 before = self->pack != NULL ? wb_pack_counted (self->pack) : -1;

  self->busy = FALSE;
  if (self->workspace == NULL)
    return;
  if (look == NULL)
    {
      g_autofree char *words = wb_error_words (error);

      wb_pack_page_say (self, words, "error");
    }
  else
    {
      if (before >= 0 && scanned)
        say_scan (self, look);
      else if (look->pack != NULL && user_data != &wb_pack_weigh_work)
        wb_pack_page_say (self, NULL, NULL);
      take_look (self, look,
                 !scanned || look->pack == NULL || wb_pack_counted (look->pack) != before);
      /* Another weight, another price of each box. */
      if (user_data == &wb_pack_weigh_work && self->pack != NULL && self->pack->package == NULL)
        wb_pack_page_ask_boxes (self);
    }
  wb_pack_page_pump (self);
}

/* Has one thing done for the order on the table. */
void
wb_pack_page_work (
    WbPackPage *self, const WbWorkKind *kind, const char *text, gint64 number, gint64 product_id)
{
  gint64 order_id = self->pack != NULL ? self->pack->order_id : 0;

  self->busy = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind,
                       wb_pack_ask_new (order_id, text, number, product_id), G_OBJECT (self), NULL,
                       looked_cb, (gpointer) kind);
}

/* One thing at a time, in the order in which they were scanned. */
void
wb_pack_page_pump (WbPackPage *self)
{
  g_autofree char *code = NULL;
  gint64           grams = self->to_note;

  if (self->busy || self->workspace == NULL)
    return;
  /* Not between a piece and its serial number. */
  if (grams != 0 && self->pack != NULL && self->asks_line == 0)
    {
      self->to_note = 0;
      wb_pack_page_work (self, &wb_pack_weigh_work, NULL, grams, 0);
      return;
    }
  if (self->to_box != NULL && self->pack != NULL)
    {
      g_autofree char *box = g_steal_pointer (&self->to_box);

      wb_pack_page_work (self, &wb_pack_box_work, box, 0, 0);
      return;
    }
  if ((code = g_queue_pop_head (&self->waiting)) == NULL)
    return;
  if (self->pack == NULL)
    wb_pack_page_work (self, &wb_pack_find_work, code, 0, 0);
  else
    wb_pack_page_work (self, &wb_pack_scan_work, code, self->asks_line, self->asks_part);
}

static void
broken_cb (WbScanner *scanner, WbPackPage *self)
{
  wb_pack_page_say (self, _ ("That scan came in pieces: nothing was counted. Scan it again"),
                    "error");
}

static void
scanned_cb (WbScanner *scanner, const char *code, WbPackPage *self)
{
  g_queue_push_tail (&self->waiting, g_strdup (code));
  wb_pack_page_pump (self);
}

static void
code_cb (GtkEntry *entry, WbPackPage *self)
{
  const char *text = gtk_editable_get_text (self->code);

  if (*text != '\0')
    scanned_cb (NULL, text, self);
}

static void
by_hand_cb (WbPackLineRow *row, gint64 line_id, gint64 product_id, WbPackPage *self)
{
  if (!self->busy && self->pack != NULL)
    wb_pack_page_work (self, &wb_pack_count_work, NULL, line_id, product_id);
}

static void
undo_cb (GtkButton *button, WbPackPage *self)
{
  if (!self->busy && self->pack != NULL)
    wb_pack_page_work (self, &wb_pack_undo_work, NULL, 0, 0);
}

static void
put_aside (WbPackPage *self)
{
  wb_pack_page_clear (self);
  wb_pack_page_say (self, NULL, NULL);
}

static void
aside_cb (GtkButton *button, WbPackPage *self)
{
  put_aside (self);
}

/* Out of a field first; what is counted stays counted. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WbPackPage *self = WB_PACK_PAGE (widget);

  if (self->pack == NULL)
    return FALSE;
  if (gtk_widget_is_focus (widget))
    put_aside (self);
  else
    gtk_widget_grab_focus (widget);
  return TRUE;
}

static void
still_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage            *self = WB_PACK_PAGE (source);
  g_autofree gint64     *order_id = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPackLook) look = wb_worker_finish (result, &error);
  g_autofree char       *words = NULL;

  if (look != NULL || self->workspace == NULL || self->pack == NULL ||
      self->pack->order_id != *order_id || !g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED))
    return;
  words = wb_error_words (error);
  wb_pack_page_clear (self);
  wb_pack_page_say (self, words, "error");
}

/* Somebody, perhaps in another process, has changed the book: what lies here may be cancelled, held
 * or shipped meanwhile, and nobody shall go on packing it. */
static void
changed_cb (WbWorkspace *workspace, WbPackPage *self)
{
  if (self->pack == NULL)
    {
      wb_pack_page_show_next (self);
      return;
    }
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_pack_open_work,
                       wb_pack_ask_new (self->pack->order_id, NULL, 0, 0), G_OBJECT (self), NULL,
                       still_cb, g_memdup2 (&self->pack->order_id, sizeof (gint64)));
}

static void
wb_pack_page_dispose (GObject *object)
{
  WbPackPage *self = WB_PACK_PAGE (object);

  g_clear_handle_id (&self->typed_id, g_source_remove);
  wb_pack_page_stop_asking (self);
  wb_pack_page_stop_weighing (self);
  g_clear_pointer (&self->to_box, g_free);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_object (&self->scanner);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->pack, wb_pack_free);
  G_OBJECT_CLASS (wb_pack_page_parent_class)->dispose (object);
}

static void
wb_pack_page_class_init (WbPackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_pack_page_dispose;
  g_type_ensure (WB_TYPE_PACK_PHOTOS);
  g_type_ensure (WB_TYPE_SHIP_BOX_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pack-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, note);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, code);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, photos);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, aside_button);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, aside_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  wb_pack_page_bind_next (widget_class);
  wb_pack_page_bind_offers (widget_class);
  wb_pack_page_bind_weight (widget_class);
  wb_pack_page_bind_runs (widget_class);
}

/* Who comes by a key can type at once; who walks through the pages goes on walking. */
static void
mapped_cb (WbPackPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX) != NULL)
    return;
  gtk_widget_grab_focus (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0
                             ? GTK_WIDGET (self->code)
                             : GTK_WIDGET (self));
}

static void
wb_pack_page_init (WbPackPage *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_pack_page_init_weight (self);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

/** wb_pack_page_set_workspace: packs the orders of @workspace, which must be open; once. */
void
wb_pack_page_set_workspace (WbPackPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->scanner = wb_scanner_new (GTK_WIDGET (self));
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
  g_signal_connect_object (self->scanner, "broken", G_CALLBACK (broken_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_ship_box_row_set_workspace (self->box, workspace);
  wb_pack_page_show_next (self);
}

/** wb_pack_page_open: puts an order on the table, as if it had been scanned; another that lies
 * there is put aside. */
void
wb_pack_page_open (WbPackPage *self, gint64 order_id)
{
  if (self->busy || self->workspace == NULL)
    return;
  wb_pack_page_clear (self);
  self->busy = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pack_open_work,
                       wb_pack_ask_new (order_id, NULL, 0, 0), G_OBJECT (self), NULL, looked_cb,
                       NULL);
}
