/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the list of the Orders page is narrowed to: the toggles of stages, the filter with its
 * chips, the saved views. */
#include "wb-filter-chip.h"
#include "wb-orders-page-private.h"
#include "wb-orders-view.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

/** wb_orders_page_is_narrowed: whether the list leaves anything out besides its stages. */
gboolean
wb_orders_page_is_narrowed (WbOrdersPage *self)
{
  return self->wish.text != NULL || self->wish.channel_id != 0 || self->wish.charge != NULL ||
         self->wish.tag != NULL || self->wish.marked || self->wish.only != NULL;
}

/* It is made when it is first opened, and shows itself as it is then. */
static void
show_in_filter (WbOrdersPage *self)
{
  if (self->filter != NULL)
    wb_orders_filter_show (self->filter, &self->wish);
}

/** wb_orders_page_narrow: something about the list's narrowing is another: told everywhere, and
 * asked for. */
void
wb_orders_page_narrow (WbOrdersPage *self)
{
  wb_orders_page_show_chips (self);
  show_in_filter (self);
  wb_orders_page_query_from_top (self);
}

/** wb_orders_page_forget_narrowing: nothing but the stages and what is typed counts. */
void
wb_orders_page_forget_narrowing (WbOrdersPage *self)
{
  wb_orders_wish_clear (&self->wish);
  if (self->workspace != NULL)
    {
      wb_orders_page_show_chips (self);
      show_in_filter (self);
    }
}

static void
chip_cb (GtkButton *chip, WbOrdersPage *self)
{
  char **field = g_object_get_data (G_OBJECT (chip), "field");

  if (field != NULL)
    g_clear_pointer (field, g_free);
  else if (g_object_get_data (G_OBJECT (chip), "channel") != NULL)
    self->wish.channel_id = 0;
  else if (g_object_get_data (G_OBJECT (chip), "only") != NULL)
    g_clear_pointer (&self->wish.only, g_array_unref);
  else
    self->wish.marked = FALSE;
  wb_orders_page_narrow (self);
}

static void
add_chip (WbOrdersPage *self, const char *text, const char *key, gpointer value)
{
  GtkWidget *chip = wb_filter_chip_new (text);

  g_object_set_data (G_OBJECT (chip), key, value);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), self);
  gtk_box_append (self->chips, chip);
}

/** wb_orders_page_show_chips: a chip for each thing that the list is narrowed to. */
void
wb_orders_page_show_chips (WbOrdersPage *self)
{
  GtkWidget       *child;
  g_autofree char *only =
      self->wish.only != NULL
          /* Translators: a chip above the list of orders */
          ? g_strdup_printf (_ ("Not done in the batch: %u"), self->wish.only->len)
          : NULL;
  g_autofree char *text =
      self->wish.text != NULL ? g_strdup_printf (_ ("“%s”"), self->wish.text) : NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  if (only != NULL)
    add_chip (self, only, "only", self);
  if (text != NULL)
    add_chip (self, text, "field", &self->wish.text);
  if (self->wish.channel_id != 0)
    add_chip (self, wb_workspace_get_connection_name (self->workspace, self->wish.channel_id),
              "channel", self);
  if (self->wish.charge != NULL)
    add_chip (self, wb_charge_title (self->wish.charge), "field", &self->wish.charge);
  if (self->wish.tag != NULL)
    add_chip (self, self->wish.tag, "field", &self->wish.tag);
  if (self->wish.marked)
    add_chip (self, _ ("Marked"), "marked", self);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), wb_orders_page_is_narrowed (self));
}

static void
filter_cb (GtkToggleButton *button, WbOrdersPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  if (self->wish.only != NULL)
    {
      g_clear_pointer (&self->wish.only, g_array_unref);
      wb_orders_page_show_chips (self);
    }
  wb_orders_page_query_from_top (self);
}

static void
narrowed_cb (WbOrdersFilter *filter, WbOrdersPage *self)
{
  g_clear_pointer (&self->wish.only, g_array_unref);
  wb_orders_filter_fill (filter, &self->wish);
  wb_orders_page_show_chips (self);
  wb_orders_page_query_from_top (self);
}

static void
filter_shown_cb (GtkPopover *popover, WbOrdersPage *self)
{
  wb_orders_filter_show (self->filter, &self->wish);
  wb_saved_views_refresh (wb_orders_filter_get_views (self->filter));
}

/* Returns: (transfer full): the columns that do not show. */
static char **
list_hidden (WbOrdersPage *self)
{
  GActionGroup            *actions = wb_orders_columns_get_actions (self->columns);
  g_auto (GStrv)           names = g_action_group_list_actions (actions);
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) shown = g_action_group_get_action_state (actions, names[i]);

      if (!g_variant_get_boolean (shown))
        g_strv_builder_add (hidden, names[i]);
    }
  return g_strv_builder_end (hidden);
}

static void
hide_columns (WbOrdersPage *self, char **hidden)
{
  GActionGroup  *actions = wb_orders_columns_get_actions (self->columns);
  g_auto (GStrv) names = g_action_group_list_actions (actions);

  for (guint i = 0; names[i] != NULL; i++)
    g_action_group_change_action_state (
        actions, names[i],
        g_variant_new_boolean (!g_strv_contains ((const char *const *) hidden, names[i])));
}

static void
view_wanted_cb (WbSavedViews *views, const char *name, WbOrdersPage *self)
{
  g_autofree WbOrdersWish *wish = wb_orders_page_dup_wish (self);
  g_auto (WbOrdersView)    view = { .wish = *wish, .hidden = list_hidden (self) };
  g_autofree char         *query = wb_orders_view_to_json (&view, self->workspace);

  wb_saved_views_save (views, name, query);
}

static void
view_chosen_cb (WbSavedViews *views, WbSavedView *saved, WbOrdersPage *self)
{
  g_autoptr (GError)    error = NULL;
  g_auto (WbOrdersView) view = { 0 };
  g_autofree char      *remark = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->filter));
  if (!wb_orders_view_read (&view, wb_record_get_text (saved, WB_SAVED_VIEW_QUERY), self->workspace,
                            &remark, &error))
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  wb_orders_wish_clear (&self->wish);
  self->wish = view.wish;
  view.wish = (WbOrdersWish){ 0 };
  wb_set_str (&self->text, NULL);
  if (view.hidden != NULL)
    hide_columns (self, view.hidden);
  if (self->wish.sort != NULL &&
      !wb_orders_columns_set_sort (self->columns, self->wish.sort, self->wish.ascending))
    wb_set_str (&remark, _ ("This view's column is not known here: the list is sorted as before"));
  gtk_toggle_button_set_active (self->filters[self->wish.filter], TRUE);
  wb_orders_page_narrow (self);
  if (remark != NULL)
    wb_toast_show (GTK_WIDGET (self), remark);
}

static void
make_filter (GtkMenuButton *button, gpointer data)
{
  WbOrdersPage *self = data;
  WbSavedViews *views;

  if (self->filter != NULL)
    return;
  self->filter = g_object_new (WB_TYPE_ORDERS_FILTER, NULL);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->filter));
  wb_orders_filter_set_workspace (self->filter, self->workspace);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (narrowed_cb), self, 0);
  g_signal_connect_object (self->filter, "show", G_CALLBACK (filter_shown_cb), self, 0);
  views = wb_orders_filter_get_views (self->filter);
  g_signal_connect_object (views, "wanted", G_CALLBACK (view_wanted_cb), self, 0);
  g_signal_connect_object (views, "chosen", G_CALLBACK (view_chosen_cb), self, 0);
}

/** wb_orders_page_make_filter_later: the filter is made when somebody wants to see it. */
void
wb_orders_page_make_filter_later (WbOrdersPage *self)
{
  gtk_menu_button_set_create_popup_func (self->filter_button, make_filter, self, NULL);
}

/** wb_orders_page_bind_filters: the callbacks of the toggles, for the template. */
void
wb_orders_page_bind_filters (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
}
