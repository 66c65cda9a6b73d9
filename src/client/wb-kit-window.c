/* SPDX-License-Identifier: GPL-3.0-or-later
 * One part of a kit: which product, and how many of it are in one kit. */
#include "wb-kit-window.h"

#include "wb-product-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-works.h"

#define MOST_PIECES 10000

struct _WbKitWindow
{
  WbFormWindow         parent_instance;
  AdwPreferencesGroup *group;
  GtkEditable         *part, *pieces;
  gint64               kit_id;
};

G_DEFINE_FINAL_TYPE (WbKitWindow, wb_kit_window, WB_TYPE_FORM_WINDOW)

static gboolean
read_pieces (WbKitWindow *self, gint64 *pieces)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->pieces)));

  return g_ascii_string_to_signed (text, 10, 0, MOST_PIECES, pieces, NULL);
}

static gboolean
check (WbFormWindow *form)
{
  WbKitWindow *self = WB_KIT_WINDOW (form);
  gint64       pieces = 0;

  return !wb_text_is_empty (gtk_editable_get_text (self->part)) && read_pieces (self, &pieces);
}

static void
act (WbFormWindow *form)
{
  WbKitWindow     *self = WB_KIT_WINDOW (form);
  gint64           pieces = 0;
  g_autofree char *text = NULL;

  if (!read_pieces (self, &pieces))
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", pieces, gtk_editable_get_text (self->part));
  wb_form_window_run (form, &wb_kit_part_work, wb_wish_new (self->kit_id, text));
}

static void
wb_kit_window_class_init (WbKitWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-kit-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbKitWindow, group);
  gtk_widget_class_bind_template_child (widget_class, WbKitWindow, part);
  gtk_widget_class_bind_template_child (widget_class, WbKitWindow, pieces);
}

static void
wb_kit_window_init (WbKitWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_kit_window_open: @kit: the product that has parts, or is to have some. Returns: (transfer
 * none): the window, above @parent. */
GtkWindow *
wb_kit_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *kit)
{
  WbKitWindow     *self = g_object_new (WB_TYPE_KIT_WINDOW, NULL);
  g_autofree char *name = g_markup_escape_text (wb_record_get_text (kit, WB_PRODUCT_NAME), -1);

  self->kit_id = wb_record_get_int (kit, WB_PRODUCT_ID);
  adw_preferences_group_set_title (self->group, name);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  gtk_widget_grab_focus (GTK_WIDGET (self->part));
  return GTK_WINDOW (self);
}
