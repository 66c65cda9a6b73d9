/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pick page: a wave is made of what is ready and walked bin by bin; each scan counts a piece,
 * what is not wanted is refused, what is not there waits for stock. */
#include "wb-pick-page.h"

#include "wb-order-facts.h"
#include "wb-pick-line-row.h"
#include "wb-pick-make.h"
#include "wb-pick-orders.h"
#include "wb-pick-works.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-scan-say.h"
#include "wb-scanner.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPickPage
{
  AdwBin        parent_instance;
  GtkLabel     *message, *title, *progress;
  GtkStack     *stack;
  WbPickMake   *make;
  GtkListBox   *lines, *ready_list;
  GtkWidget    *ready, *cancel_button;
  WbPickOrders *orders;
  WbWorkspace  *workspace;
  WbScanner    *scanner;
  WbPickSheet  *sheet;   /* the wave that is walked, NULL: none is chosen */
  GQueue        waiting; /* of char*: codes scanned while another is looked at */
  gboolean      busy;
  gboolean      stale; /* the book has changed since it was read */
  gboolean      begun; /* it has been seen which waves are open */
  struct _Undo *undo;  /* of what is being done */
};

G_DEFINE_FINAL_TYPE (WbPickPage, wb_pick_page, ADW_TYPE_BIN)

static void pump (WbPickPage *self);

/* What takes back what was done, once it is done. */
typedef struct _Undo
{
  const WbWorkKind *kind;
  gint64            wave_id, order_id;
  GArray           *picks, *counts; /* of gint64 */
  char             *words;
} Undo;

static Undo *
undo_new (WbPickPage *self, const WbWorkKind *kind, gint64 order_id, GArray *picks, char *words)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->kind = kind;
  undo->wave_id = wb_record_get_int (self->sheet->wave, WB_WAVE_ID);
  undo->order_id = order_id;
  undo->picks = picks != NULL ? g_array_ref (picks) : g_array_new (FALSE, FALSE, sizeof (gint64));
  undo->counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  undo->words = words;
  return undo;
}

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_array_unref (undo->picks);
  g_array_unref (undo->counts);
  g_free (undo->words);
  g_free (undo);
}

static void
say (WbPickPage *self, const char *text, const char *style)
{
  wb_scan_say (GTK_WIDGET (self), self->message, text, style);
}

static void
say_error (WbPickPage *self, GError *error)
{
  g_autofree char *words = wb_error_words (error);

  say (self, words, "error");
}

static void
run (WbPickPage *self, const WbWorkKind *kind, gpointer data, GAsyncReadyCallback callback)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, data, G_OBJECT (self), NULL,
                       callback, (gpointer) kind);
}

/* ---- waves to choose from ---- */

static void open_wave (WbPickPage *self, gint64 id);

static void
waves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPickPage           *self = WB_PICK_PAGE (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) waves = wb_worker_finish (result, &error);
  gboolean              first = !self->begun;

  if (self->workspace == NULL)
    return;
  self->begun = TRUE;
  if (waves == NULL)
    {
      say_error (self, error);
      return;
    }
  wb_pick_make_show_waves (self->make, waves);
  if (first && waves->len == 1 && self->sheet == NULL && !self->busy)
    open_wave (self, wb_record_get_int (waves->pdata[0], WB_WAVE_ID));
}

static void
ask_waves (WbPickPage *self)
{
  run (self, &wb_pick_waves_work, NULL, waves_cb);
}

static void
leave_wave (WbPickPage *self)
{
  wb_list_box_clear (self->lines);
  g_clear_pointer (&self->sheet, wb_pick_sheet_free);
  gtk_stack_set_visible_child_name (self->stack, "make");
  ask_waves (self);
}

/* ---- the walk ---- */

static gboolean
is_in (WbPickPage *self, const char *state)
{
  return self->sheet != NULL &&
         g_strcmp0 (wb_record_get_text (self->sheet->wave, WB_WAVE_STATE), state) == 0;
}

static WbPickLineRow *
row_at (WbPickPage *self, int i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, i);

  return row != NULL ? WB_PICK_LINE_ROW (row) : NULL;
}

static GtkWidget *
ready_row (WbPickPage *self, WbWaveOrder *order)
{
  GtkWidget  *row = adw_action_row_new (), *button = gtk_button_new_with_label (_ ("Pack"));
  gint64      id = wb_record_get_int (order, WB_WAVE_ORDER_ORDER_ID);
  const char *tote = wb_record_get_text (order, WB_WAVE_ORDER_TOTE);
  const char *number = wb_pick_sheet_number (self->sheet, id);
  gboolean    whole =
      g_strcmp0 (wb_record_get_text (order, WB_WAVE_ORDER_STATE), WB_WAVE_ORDER_PICKED) == 0;
  /* Translators: an order's number, the tote that it lies in */
  g_autofree char *title = tote != NULL && *tote != '\0'
                               ? g_strdup_printf (_ ("#%s in tote %s"), number, tote)
                               : g_strdup_printf ("#%s", number);
  g_autofree char *said = g_strdup_printf (_ ("Pack #%s"), number);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               whole ? _ ("All of it is there")
                                     : _ ("Some of it was not there and waits for stock"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.pack-order");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_ready (WbPickPage *self)
{
  gboolean done = is_in (self, WB_WAVE_DONE);

  gtk_widget_set_visible (self->ready, done);
  wb_list_box_clear (self->ready_list);
  for (guint i = 0; done && i < self->sheet->orders->len; i++)
    {
      const char *state = wb_record_get_text (self->sheet->orders->pdata[i], WB_WAVE_ORDER_STATE);

      if (g_strcmp0 (state, WB_WAVE_ORDER_PICKED) == 0 ||
          g_strcmp0 (state, WB_WAVE_ORDER_SHORT) == 0)
        gtk_list_box_append (self->ready_list, ready_row (self, self->sheet->orders->pdata[i]));
    }
}

static void
show_head (WbPickPage *self)
{
  WbPickSheet     *sheet = self->sheet;
  gint64           wanted = 0, picked = 0;
  const char      *method = wb_record_get_text (sheet->wave, WB_WAVE_METHOD);
  g_autofree char *orders =
      g_strdup_printf (ngettext ("%u order", "%u orders", sheet->orders->len), sheet->orders->len);
  g_autofree char *title = g_strdup_printf ("%s · %s", wb_pick_method_title (method), orders);
  g_autofree char *progress = NULL;

  for (guint i = 0; i < sheet->lines->len; i++)
    {
      wanted += wb_pick_line_wanted (sheet->lines->pdata[i]);
      picked += wb_pick_line_picked (sheet->lines->pdata[i]);
    }
  progress = g_strdup_printf (_ ("%d of %d pieces are fetched"), (int) picked, (int) wanted);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->progress, progress);
  gtk_widget_set_sensitive (self->cancel_button, is_in (self, WB_WAVE_OPEN));
}

static void asked_cb (WbPickLineRow *row, int act, WbPickPage *self);

static void
show_sheet (WbPickPage *self, WbPickSheet *sheet)
{
  wb_list_box_clear (self->lines);
  g_clear_pointer (&self->sheet, wb_pick_sheet_free);
  self->sheet = sheet;
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      GtkWidget *row = wb_pick_line_row_new (sheet->lines->pdata[i]);

      g_signal_connect_object (row, "asked", G_CALLBACK (asked_cb), self, 0);
      gtk_list_box_append (self->lines, row);
    }
  wb_pick_orders_set_sheet (self->orders, sheet);
  show_head (self);
  show_ready (self);
  gtk_stack_set_visible_child_name (self->stack, "walk");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Only what has changed is drawn anew. */
static void
show_counts (WbPickPage *self, WbPickLook *look)
{
  gboolean was_open = is_in (self, WB_WAVE_OPEN);

  wb_pick_sheet_take (self->sheet, look->wave, look->orders, look->picks);
  wb_pick_orders_show (self->orders, self->sheet);
  for (int i = 0; row_at (self, i) != NULL; i++)
    {
      wb_pick_line_row_show (row_at (self, i));
      if (look->pick_id != 0 && wb_pick_line_row_has (row_at (self, i), look->pick_id))
        gtk_widget_grab_focus (GTK_WIDGET (row_at (self, i)));
    }
  show_head (self);
  if (was_open != is_in (self, WB_WAVE_OPEN))
    show_ready (self);
}

static void looked_cb (GObject *source, GAsyncResult *result, gpointer kind);

static void
say_done (WbPickPage *self)
{
  say (self, _ ("All is fetched: on to the packing table"), "success");
}

/* What is wrong is said even when that scan counted nothing. */
static void
say_scan (WbPickPage *self, WbPickLook *look)
{
  gboolean wrong =
      look->scan == WB_SCAN_WRONG || look->scan == WB_SCAN_EXTRA || look->scan == WB_SCAN_UNKNOWN;

  if (look->scan == WB_SCAN_LAST)
    say_done (self);
  else
    say (self, look->words, wrong ? "error" : "success");
}

static void
take_look (WbPickPage *self, WbPickLook *look, const WbWorkKind *kind)
{
  gboolean was_open = is_in (self, WB_WAVE_OPEN);

  if (look->sheet != NULL)
    {
      show_sheet (self, g_steal_pointer (&look->sheet));
      say (self, NULL, NULL);
      return;
    }
  if (self->sheet == NULL)
    return;
  show_counts (self, look);
  if (is_in (self, WB_WAVE_CANCELLED))
    {
      leave_wave (self);
      say (self, _ ("The wave is cancelled: what lies in the cart goes back into its bins"),
           "warning");
    }
  else if (kind == &wb_pick_scan_work)
    say_scan (self, look);
  else if (look->words != NULL)
    say (self, look->words, "success");
  else if (was_open && is_in (self, WB_WAVE_DONE))
    say_done (self);
  else if (kind != &wb_pick_fresh_work)
    say (self, NULL, NULL);
}

static void
undo_cb (AdwToast *toast, WbPickPage *self)
{
  Undo *undo = g_object_get_data (G_OBJECT (toast), "undo");

  if (self->busy || self->workspace == NULL)
    return;
  self->busy = TRUE;
  run (self, undo->kind,
       wb_pick_undo_new (undo->wave_id, undo->order_id, undo->picks, undo->counts), looked_cb);
}

/* What was done can be taken back for a while. */
static void
offer_undo (WbPickPage *self, gboolean done)
{
  Undo *undo = g_steal_pointer (&self->undo);

  if (undo == NULL)
    return;
  if (done)
    wb_toast_show_undo (GTK_WIDGET (self), undo->words, G_OBJECT (self), G_CALLBACK (undo_cb), undo,
                        undo_free);
  else
    undo_free (undo);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer kind)
{
  WbPickPage            *self = WB_PICK_PAGE (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPickLook) look = wb_worker_finish (result, &error);

  self->busy = FALSE;
  if (self->workspace == NULL)
    return;
  if (look != NULL)
    take_look (self, look, kind);
  else
    say_error (self, error);
  offer_undo (self, look != NULL);
  if (kind != &wb_pick_fresh_work && kind != &wb_pick_open_work)
    wb_workspace_look (self->workspace);
  pump (self);
}

static void
work (WbPickPage *self, const WbWorkKind *kind, const char *text, GArray *picks)
{
  self->busy = TRUE;
  run (self, kind, wb_pick_ask_new (wb_record_get_int (self->sheet->wave, WB_WAVE_ID), text, picks),
       looked_cb);
}

static void
open_wave (WbPickPage *self, gint64 id)
{
  self->busy = TRUE;
  run (self, &wb_pick_open_work, wb_pick_ask_new (id, NULL, NULL), looked_cb);
}

/* One thing at a time, in the order in which they were scanned. */
static void
pump (WbPickPage *self)
{
  g_autofree char *code = NULL;

  if (self->busy || self->workspace == NULL)
    return;
  code = g_queue_pop_head (&self->waiting);
  if (code != NULL && self->sheet != NULL)
    work (self, &wb_pick_scan_work, code, NULL);
  else if (code != NULL)
    say (self, _ ("Make or choose a wave first"), "error");
  else if (self->stale && self->sheet != NULL)
    {
      self->stale = FALSE;
      work (self, &wb_pick_fresh_work, NULL, NULL);
    }
}

static void
scanned_cb (WbScanner *scanner, const char *code, WbPickPage *self)
{
  g_queue_push_tail (&self->waiting, g_strdup (code));
  pump (self);
}

static void
asked_cb (WbPickLineRow *row, int act, WbPickPage *self)
{
  static const WbWorkKind *const kinds[] = {
    [WB_PICK_ONE_MORE] = &wb_pick_count_work,
    [WB_PICK_ONE_BACK] = &wb_pick_back_work,
    [WB_PICK_NOT_THERE] = &wb_pick_short_work,
  };
  g_autoptr (GArray) picks = wb_pick_line_row_picks (row, act);

  if (self->busy || self->sheet == NULL || picks->len == 0)
    return;
  if (act == WB_PICK_NOT_THERE)
    self->undo = undo_new (self, &wb_pick_found_work, 0, picks, wb_pick_line_row_missing (row));
  work (self, kinds[act], NULL, picks);
}

/* How far the order is, to be brought back to that. */
static void
note_counts (WbPickPage *self, Undo *undo)
{
  for (guint i = 0; i < self->sheet->lines->len; i++)
    {
      GPtrArray *parts = ((WbPickLine *) self->sheet->lines->pdata[i])->parts;

      for (guint k = 0; k < parts->len; k++)
        {
          WbPickPart *part = parts->pdata[k];

          if (part->order_id != undo->order_id)
            continue;
          g_array_append_val (undo->picks, part->pick_id);
          g_array_append_val (undo->counts, part->picked);
        }
    }
}

static void
taken_out_cb (WbPickOrders *orders, gint64 order_id, WbPickPage *self)
{
  if (self->busy || self->sheet == NULL)
    return;
  self->undo = undo_new (self, &wb_pick_put_in_work, order_id, NULL,
                         g_strdup_printf (_ ("Order #%s is out of the wave"),
                                          wb_pick_sheet_number (self->sheet, order_id)));
  note_counts (self, self->undo);
  self->busy = TRUE;
  run (self, &wb_pick_out_work, wb_pick_undo_new (self->undo->wave_id, order_id, NULL, NULL),
       looked_cb);
}

/* ---- the form and the buttons ---- */

static void
wished_cb (WbPickMake *make, WbPickPage *self)
{
  if (self->busy || self->workspace == NULL)
    return;
  self->busy = TRUE;
  run (self, &wb_pick_make_work, wb_pick_make_wish (self->make), looked_cb);
}

static void
chosen_cb (WbPickMake *make, gint64 id, WbPickPage *self)
{
  if (!self->busy && self->workspace != NULL)
    open_wave (self, id);
}

static void
other_cb (GtkButton *button, WbPickPage *self)
{
  if (self->busy)
    return;
  leave_wave (self);
  say (self, NULL, NULL);
}

static void
cancel_response_cb (AdwMessageDialog *dialog, const char *response, WbPickPage *self)
{
  if (g_str_equal (response, "yes") && !self->busy && is_in (self, WB_WAVE_OPEN))
    work (self, &wb_pick_cancel_work, NULL, NULL);
}

static void
cancel_cb (GtkButton *button, WbPickPage *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Cancel this wave?"),
      _ ("What was fetched for orders that are not complete goes back into its bins. Those that "
         "are complete stay picked.")));

  adw_message_dialog_add_responses (dialog, "keep", _ ("_Go on picking"), "yes", _ ("_Cancel wave"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
file_cb (GtkNativeDialog *dialog, int response, WbPickPage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && !self->busy && self->sheet != NULL)
    work (self, &wb_pick_list_work, g_file_peek_path (file), NULL);
  g_object_unref (dialog);
}

static void
list_cb (GtkButton *button, WbPickPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the pick list"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "pick-list.pdf");
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
print_cb (GtkButton *button, WbPickPage *self)
{
  wb_pick_page_print (self);
}

/* Somebody, perhaps in another process, has changed the book. */
static void
changed_cb (WbWorkspace *workspace, WbPickPage *self)
{
  if (self->sheet == NULL)
    {
      ask_waves (self);
      return;
    }
  self->stale = TRUE;
  pump (self);
}

static void
wb_pick_page_dispose (GObject *object)
{
  WbPickPage *self = WB_PICK_PAGE (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->undo, undo_free);
  g_clear_object (&self->scanner);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_pick_page_parent_class)->dispose (object);
}

static void
wb_pick_page_finalize (GObject *object)
{
  g_clear_pointer (&WB_PICK_PAGE (object)->sheet, wb_pick_sheet_free);
  G_OBJECT_CLASS (wb_pick_page_parent_class)->finalize (object);
}

static void
wb_pick_page_class_init (WbPickPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (WB_TYPE_PICK_MAKE);
  g_type_ensure (WB_TYPE_PICK_ORDERS);
  G_OBJECT_CLASS (klass)->dispose = wb_pick_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_pick_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, progress);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, make);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, ready_list);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, ready);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, orders);
  gtk_widget_class_bind_template_callback (widget_class, wished_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_out_cb);
}

static void
wb_pick_page_init (WbPickPage *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_pick_page_set_workspace: picks the orders of @workspace, which must be open; once. */
void
wb_pick_page_set_workspace (WbPickPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->scanner = wb_scanner_new (GTK_WIDGET (self));
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_pick_make_set_workspace (self->make, workspace);
  ask_waves (self);
}

/** wb_pick_page_print: prints the list of the wave that is walked, if one is. */
void
wb_pick_page_print (WbPickPage *self)
{
  if (!self->busy && self->sheet != NULL)
    work (self, &wb_pick_print_work, NULL, NULL);
  else if (self->sheet == NULL && self->workspace != NULL)
    say (self, _ ("Make or choose a wave first"), "error");
}
