/* SPDX-License-Identifier: GPL-3.0-or-later
 * That customs want to know more of what is to be shipped, and the way to say it; not there where
 * nothing is missing. */
#include "wb-customs-hint.h"

#include "wb-customs-data-window.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbCustomsHint
{
  AdwBin       parent_instance;
  GtkLabel    *text;
  WbWorkspace *workspace;
  GPtrArray   *products; /* of WbProduct */
  gint64       order_id;
};

G_DEFINE_FINAL_TYPE (WbCustomsHint, wb_customs_hint, ADW_TYPE_BIN)

static void
look (WbCustomsHint *self)
{
  g_autofree char *text = NULL;
  guint            n;

  g_clear_pointer (&self->products, g_ptr_array_unref);
  self->products =
      self->order_id != 0
          ? wb_list_customs_gaps (wb_workspace_get_book (self->workspace), self->order_id, NULL)
          : NULL;
  n = self->products != NULL ? self->products->len : 0;
  text = g_strdup_printf (ngettext ("Customs want to know more of %u product of this order.",
                                    "Customs want to know more of %u products of this order.", n),
                          n);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
changed_cb (WbWorkspace *workspace, WbCustomsHint *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look (self);
}

static void
say_cb (GtkButton *button, WbCustomsHint *self)
{
  if (self->products != NULL && self->products->len > 0)
    wb_customs_data_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 self->workspace, self->products);
}

static void
wb_customs_hint_dispose (GObject *object)
{
  WbCustomsHint *self = WB_CUSTOMS_HINT (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_customs_hint_parent_class)->dispose (object);
}

static void
wb_customs_hint_class_init (WbCustomsHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customs_hint_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-customs-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomsHint, text);
  gtk_widget_class_bind_template_callback (widget_class, say_cb);
}

static void
wb_customs_hint_init (WbCustomsHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_customs_hint_show: says what is missing for the order @order_id, as long as it is; 0: none.
 */
void
wb_customs_hint_show (WbCustomsHint *self, WbWorkspace *workspace, gint64 order_id)
{
  if (g_set_object (&self->workspace, workspace))
    g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  self->order_id = order_id;
  look (self);
}
