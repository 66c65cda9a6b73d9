/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line on the packing table. */
#include "wb-pack-line-row.h"

#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbPackLineRow
{
  GtkListBoxRow parent_instance;
  GtkWidget    *mark;
  GtkLabel     *name, *details, *count;
  GtkWidget    *by_hand;
  gint64        line_id, product_id;
};

enum
{
  BY_HAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPackLineRow, wb_pack_line_row, GTK_TYPE_LIST_BOX_ROW)

static void
by_hand_cb (GtkButton *button, WbPackLineRow *self)
{
  g_signal_emit (self, signals[BY_HAND], 0, self->line_id, self->product_id);
}

static void
wb_pack_line_row_class_init (WbPackLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* One was counted without a scan: the line's number, and which product of it. */
  signals[BY_HAND] = g_signal_new ("by-hand", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pack-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackLineRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WbPackLineRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbPackLineRow, details);
  gtk_widget_class_bind_template_child (widget_class, WbPackLineRow, count);
  gtk_widget_class_bind_template_child (widget_class, WbPackLineRow, by_hand);
  gtk_widget_class_bind_template_callback (widget_class, by_hand_cb);
}

static void
wb_pack_line_row_init (WbPackLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
details_of (const WbPackLine *line)
{
  gboolean sku = line->sku != NULL && *line->sku != '\0',
           options = line->options != NULL && *line->options != '\0';

  g_autofree char *own = g_strdup_printf (
      "%s%s%s", sku ? line->sku : "", sku && options ? " · " : "", options ? line->options : "");

  if (line->kit == NULL)
    return g_steal_pointer (&own);
  /* Translators: what is known of a piece (its SKU), then the kit that it is a part of */
  return g_strdup_printf (_ ("%s · part of %s"), own, line->kit);
}

/** wb_pack_line_row_is: whether it is the row of @line. */
gboolean
wb_pack_line_row_is (WbPackLineRow *self, const WbPackLine *line)
{
  return self->line_id == line->line_id && self->product_id == line->product_id;
}

/** wb_pack_line_row_show: shows @line as it stands. */
void
wb_pack_line_row_show (WbPackLineRow *self, const WbPackLine *line)
{
  gboolean         whole = line->counted >= line->wanted;
  g_autofree char *details = details_of (line);
  g_autofree char *count =
      wb_text_isolate (g_strdup_printf ("%d / %d", (int) line->counted, (int) line->wanted));
  /* Translators: what it is, pieces that are in the box, pieces that are wanted */
  g_autofree char *said = g_strdup_printf (_ ("%s: %d of %d are in"), line->name,
                                           (int) line->counted, (int) line->wanted);
  g_autofree char *one = g_strdup_printf (_ ("Count one of %s without a scan"), line->name);

  self->line_id = line->line_id;
  self->product_id = line->product_id;
  gtk_label_set_text (self->name, line->name);
  gtk_label_set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *details != '\0');
  gtk_label_set_text (self->count, count);
  gtk_widget_set_opacity (self->mark, whole ? 1 : 0);
  gtk_widget_set_sensitive (self->by_hand, !whole);
  if (whole)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "success");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->by_hand), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  one, -1);
}

/** wb_pack_line_row_new: Returns: (transfer floating): the row of @line as it stands. */
GtkWidget *
wb_pack_line_row_new (const WbPackLine *line)
{
  WbPackLineRow *self = g_object_new (WB_TYPE_PACK_LINE_ROW, NULL);

  wb_pack_line_row_show (self, line);
  return GTK_WIDGET (self);
}
