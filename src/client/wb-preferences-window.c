/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what the house is set up with. */
#include "wb-preferences-window.h"

#include "wb-preferences-book.h"
#include "wb-preferences-connections.h"
#include "wb-preferences-parcels.h"
#include "wb-preferences-printing.h"
#include "wb-preferences-rules.h"
#include "wb-resource.h"
#include "wb-slip-design-page.h"

struct _WbPreferencesWindow
{
  AdwPreferencesWindow      parent_instance;
  WbPreferencesConnections *connections;
  WbPreferencesPrinting    *printing;
  WbPreferencesParcels     *parcels;
  WbSlipDesignPage         *slips;
  WbPreferencesRules       *rules;
  WbPreferencesBook        *book;
};

G_DEFINE_FINAL_TYPE (WbPreferencesWindow, wb_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
wb_preferences_window_dispose (GObject *object)
{
  G_OBJECT_CLASS (wb_preferences_window_parent_class)->dispose (object);
}

static void
wb_preferences_window_class_init (WbPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_window_dispose;
  g_type_ensure (WB_TYPE_PREFERENCES_CONNECTIONS);
  g_type_ensure (WB_TYPE_PREFERENCES_PRINTING);
  g_type_ensure (WB_TYPE_PREFERENCES_PARCELS);
  g_type_ensure (WB_TYPE_SLIP_DESIGN_PAGE);
  g_type_ensure (WB_TYPE_PREFERENCES_RULES);
  g_type_ensure (WB_TYPE_PREFERENCES_BOOK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, connections);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, printing);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, parcels);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, slips);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, rules);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesWindow, book);
}

static void
wb_preferences_window_init (WbPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_preferences_window_new: Returns: (transfer none): the preferences of @workspace, which is
 * open, above @parent. */
GtkWindow *
wb_preferences_window_new (GtkWindow *parent, WbWorkspace *workspace)
{
  WbPreferencesWindow *self = g_object_new (WB_TYPE_PREFERENCES_WINDOW, "transient-for", parent,
                                            "modal", parent != NULL, NULL);

  wb_preferences_connections_set_workspace (self->connections, workspace);
  wb_preferences_printing_set_workspace (self->printing, workspace);
  wb_preferences_parcels_set_workspace (self->parcels, workspace);
  wb_slip_design_page_set_workspace (self->slips, workspace);
  wb_preferences_rules_set_workspace (self->rules, workspace);
  wb_preferences_book_set_workspace (self->book, workspace);
  return GTK_WINDOW (self);
}

/** wb_preferences_group_clear: takes @rows out of @group and empties the array. */
void
wb_preferences_group_clear (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}
