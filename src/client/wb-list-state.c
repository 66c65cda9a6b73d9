/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in place of a list that shows no rows: why there are none, and what to do. Made when
 * it is first needed; the first frame of a page waits for none of them. */
#include "wb-list-state.h"

#include "wb-resource.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

struct _WbListState
{
  AdwBin         parent_instance;
  AdwStatusPage *page;
  GtkButton     *button;
};

G_DEFINE_FINAL_TYPE (WbListState, wb_list_state, ADW_TYPE_BIN)

static void
wb_list_state_class_init (WbListStateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-list-state.ui");
  gtk_widget_class_bind_template_child (widget_class, WbListState, page);
  gtk_widget_class_bind_template_child (widget_class, WbListState, button);
}

static void
wb_list_state_init (WbListState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static WbListState *
make (GtkStack *stack, const WbListStateText *text, GCallback pressed, gpointer owner)
{
  WbListState *self = g_object_new (WB_TYPE_LIST_STATE, NULL);

  adw_status_page_set_icon_name (self->page, text->icon);
  adw_status_page_set_title (self->page, _ (text->title));
  if (text->button != NULL)
    {
      gtk_button_set_label (self->button, _ (text->button));
      gtk_widget_set_visible (GTK_WIDGET (self->button), TRUE);
      g_signal_connect_object (self->button, "clicked", pressed, owner, 0);
    }
  else
    adw_status_page_set_child (self->page, NULL);
  gtk_stack_add_named (stack, GTK_WIDGET (self), text->name);
  return self;
}

/** wb_list_state_show: @pressed: (nullable): the button's “clicked”, with @owner, for which it must
 * be alive. Returns: (transfer none): what stands in @stack from now on. */
WbListState *
wb_list_state_show (GtkStack *stack, const WbListStateText *text, GCallback pressed, gpointer owner)
{
  GtkWidget   *made = gtk_stack_get_child_by_name (stack, text->name);
  WbListState *self = made != NULL ? WB_LIST_STATE (made) : make (stack, text, pressed, owner);

  if (text->description != NULL)
    wb_list_state_say (self, _ (text->description));
  gtk_stack_set_visible_child (stack, GTK_WIDGET (self));
  return self;
}

/** wb_list_state_tell: why the list cannot be shown, and what to do. */
void
wb_list_state_tell (WbListState *self, const GError *error)
{
  wb_trouble_in_page (self->page, error);
}

/** wb_list_state_say: another @description, translated. */
void
wb_list_state_say (WbListState *self, const char *description)
{
  adw_status_page_set_description (self->page, description);
}
