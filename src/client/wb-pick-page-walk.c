/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk as it stands: what is to be fetched, how far it is, and what goes to the packing table.
 */
#include "wb-pick-page-private.h"

#include "wb-order-facts.h"
#include "wb-pick-line-row.h"

#include <glib/gi18n-lib.h>

/* Whether the wave that is walked is in that state. */
gboolean
wb_pick_page_is_in (WbPickPage *self, const char *state)
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
  gboolean done = wb_pick_page_is_in (self, WB_WAVE_DONE);

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
  gtk_widget_set_sensitive (self->cancel_button, wb_pick_page_is_in (self, WB_WAVE_OPEN));
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
    wb_pick_page_can_undo (self, &wb_pick_found_work, 0, picks, wb_pick_line_row_missing (row));
  wb_pick_page_work (self, kinds[act], NULL, picks);
}

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
  gboolean was_open = wb_pick_page_is_in (self, WB_WAVE_OPEN);

  wb_pick_sheet_take (self->sheet, look->wave, look->orders, look->picks);
  wb_pick_orders_show (self->orders, self->sheet);
  for (int i = 0; row_at (self, i) != NULL; i++)
    {
      wb_pick_line_row_show (row_at (self, i));
      if (look->pick_id != 0 && wb_pick_line_row_has (row_at (self, i), look->pick_id))
        gtk_widget_grab_focus (GTK_WIDGET (row_at (self, i)));
    }
  show_head (self);
  if (was_open != wb_pick_page_is_in (self, WB_WAVE_OPEN))
    show_ready (self);
}

static void
say_done (WbPickPage *self)
{
  wb_pick_page_say (self, _ ("All is fetched: on to the packing table"), "success");
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
    wb_pick_page_say (self, look->words, wrong ? "error" : "success");
}

/* The wave as it stands after that work. */
void
wb_pick_page_take_look (WbPickPage *self, WbPickLook *look, const WbWorkKind *kind)
{
  gboolean was_open = wb_pick_page_is_in (self, WB_WAVE_OPEN);

  if (look->sheet != NULL)
    {
      show_sheet (self, g_steal_pointer (&look->sheet));
      wb_pick_page_say (self, NULL, NULL);
      return;
    }
  if (self->sheet == NULL)
    return;
  show_counts (self, look);
  if (wb_pick_page_is_in (self, WB_WAVE_CANCELLED))
    {
      wb_pick_page_leave_wave (self);
      wb_pick_page_say (self,
                        _ ("The wave is cancelled: what lies in the cart goes back into its bins"),
                        "warning");
    }
  else if (kind == &wb_pick_scan_work)
    say_scan (self, look);
  else if (look->words != NULL)
    wb_pick_page_say (self, look->words, "success");
  else if (was_open && wb_pick_page_is_in (self, WB_WAVE_DONE))
    say_done (self);
  else if (kind != &wb_pick_fresh_work)
    wb_pick_page_say (self, NULL, NULL);
}

/* The part of the template that this file works on. */
void
wb_pick_page_bind_walk (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, progress);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, ready_list);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, ready);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, WbPickPage, orders);
}
