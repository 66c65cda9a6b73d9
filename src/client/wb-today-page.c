/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Today page: three numbers, fourteen days, and everything that needs a person, worst first. */
#include "wb-exceptions.h"
#include "wb-today-page-private.h"

#include "wb-detail.h"
#include "wb-exception-row.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 40 /* shown at once; the worst come first */

G_STATIC_ASSERT (WB_FIGURES_DAYS == WB_CHART_DAYS);

G_DEFINE_FINAL_TYPE (WbTodayPage, wb_today_page, ADW_TYPE_BIN)

/* A number alone says nothing to those who hear it. */
static void
name_figure (GtkWidget *button, const char *number, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s %s", number, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_money (WbTodayPage *self, GArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *amount = wb_money_to_text (g_array_index (sums, WbMoney, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", amount);
    }
  wb_figure_set_text (self->to_capture, text->len > 0 ? text->str : "–");
  name_figure (self->to_capture_button, text->len > 0 ? text->str : "0",
               _ ("to capture when shipped"));
}

/* What is left out comes up as soon as what is worse is settled. */
static void
show_more (WbTodayPage *self, guint n)
{
  guint            more = n > MOST_ROWS ? n - MOST_ROWS : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("and %u more that is less urgent", "and %u more that are less urgent", more), more);

  gtk_label_set_text (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), more > 0);
}

/** wb_today_page_show_steps: what runs and what failed, on the rows as they are now. */
void
wb_today_page_show_steps (WbTodayPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      const char *key = wb_exception_row_get_key (WB_EXCEPTION_ROW (row));

      wb_exception_row_set_busy (WB_EXCEPTION_ROW (row), g_hash_table_contains (self->busy, key));
      wb_exception_row_set_outcome (WB_EXCEPTION_ROW (row),
                                    g_hash_table_lookup (self->failed, key));
    }
}

/* The rows are made anew only when one of them is new: a button must not vanish under a finger. And
 * only while they can be seen: what nobody looks at must not hold up what somebody does. */
static void
show_rows (WbTodayPage *self)
{
  g_autoptr (GString) signature = g_string_new (NULL);
  guint               n = self->needing != NULL ? MIN (self->needing->len, MOST_ROWS) : 0;

  if (self->needing == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < n; i++)
    {
      const WbException *exception = self->needing->pdata[i];

      g_string_append_printf (signature, "%s %s %" G_GINT64_FORMAT "\n", exception->title,
                              exception->next_title, exception->operation_id);
    }
  gtk_stack_set_visible_child_name (self->inbox, n > 0 ? "rows" : "calm");
  show_more (self, self->needing->len);
  if (!wb_set_str (&self->shown, signature->str))
    return;
  wb_list_box_clear (self->rows);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->rows, wb_exception_row_new (self->needing->pdata[i]));
  wb_today_page_show_steps (self);
}

static void
wb_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_today_page_parent_class)->map (widget);
  show_rows (WB_TODAY_PAGE (widget));
}

static void
show_figures (WbTodayPage *self, const WbTodayRead *read)
{
  g_autofree char *to_ship = g_strdup_printf ("%'u", read->to_ship);
  g_autofree char *needs = g_strdup_printf ("%'u", read->needing->len);

  gtk_label_set_text (self->to_ship, to_ship);
  gtk_label_set_text (self->needs_you, needs);
  name_figure (self->to_ship_button, to_ship, _ ("to ship"));
  name_figure (self->needs_you_button, needs, _ ("orders and steps need you"));
  show_money (self, read->to_capture);
  wb_day_chart_set_days (self->chart, read->first_day, read->in, read->out);
  g_clear_pointer (&self->needing, g_ptr_array_unref);
  self->needing = g_ptr_array_ref (read->needing);
  show_rows (self);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void
read_cb (WbTodayFigures *figures, WbTodayPage *self)
{
  const WbTodayRead *read = wb_today_figures_get_read (figures);
  const GError      *error = wb_today_figures_get_error (figures);

  if (read != NULL)
    show_figures (self, read);
  else if (error != NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

static void
retry_cb (GtkButton *button, WbTodayPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  wb_today_figures_read (self->figures);
}

static void
wb_today_page_dispose (GObject *object)
{
  WbTodayPage *self = WB_TODAY_PAGE (object);

  g_clear_object (&self->figures);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->needing, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->failed, g_hash_table_unref);
  G_OBJECT_CLASS (wb_today_page_parent_class)->dispose (object);
}

static void
wb_today_page_class_init (WbTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_today_page_dispose;
  widget_class->map = wb_today_page_map;
  g_type_ensure (WB_TYPE_DAY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_ship_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, needs_you_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_capture_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_ship);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, needs_you);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_capture);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, chart);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, rows);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, more);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  wb_today_steps_install (widget_class);
}

static void
wb_today_page_init (WbTodayPage *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_today_page_set_workspace: shows the day of @workspace, which must be open; once. */
void
wb_today_page_set_workspace (WbTodayPage *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  self->figures = g_object_ref (wb_today_figures_get (workspace));
  g_signal_connect_object (self->figures, "read", G_CALLBACK (read_cb), self, 0);
  read_cb (self->figures, self);
}
