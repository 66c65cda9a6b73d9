/* SPDX-License-Identifier: GPL-3.0-or-later
 * The four figures of a period: shipped, captured, paid out, and what is open between them. */
#include "wb-money-figures.h"

#include "wb-book-money.h"
#include "wb-detail.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbMoneyFigures
{
  AdwBin     parent_instance;
  GtkLabel  *shipped, *captured, *paid_out, *difference;
  GtkWidget *difference_button;
};

G_DEFINE_FINAL_TYPE (WbMoneyFigures, wb_money_figures, ADW_TYPE_BIN)

/* One line a currency: they are never added up. */
static void
show_figure (GtkLabel *label, GArray *totals, gsize offset)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < totals->len; i++)
    {
      WbMoneyTotals   *sum = &g_array_index (totals, WbMoneyTotals, i);
      gint64           minor = G_STRUCT_MEMBER (gint64, sum, offset);
      g_autofree char *amount = wb_money_to_text (wb_money (minor, sum->currency));

      if (minor != 0 || totals->len == 1)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", amount);
    }
  wb_figure_set_text (label, text->len > 0 ? text->str : "–");
}

static void
difference_cb (GtkButton *button, WbMoneyFigures *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "money.show-gaps", NULL);
}

static void
wb_money_figures_class_init (WbMoneyFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-figures.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneyFigures, shipped);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyFigures, captured);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyFigures, paid_out);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyFigures, difference);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyFigures, difference_button);
  gtk_widget_class_bind_template_callback (widget_class, difference_cb);
}

static void
wb_money_figures_init (WbMoneyFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_money_figures_show: @totals: (element-type WbMoneyTotals): one a currency. */
void
wb_money_figures_show (WbMoneyFigures *self, GArray *totals)
{
  gboolean         open = FALSE;
  g_autofree char *name = NULL;

  show_figure (self->shipped, totals, G_STRUCT_OFFSET (WbMoneyTotals, shipped));
  show_figure (self->captured, totals, G_STRUCT_OFFSET (WbMoneyTotals, captured));
  show_figure (self->paid_out, totals, G_STRUCT_OFFSET (WbMoneyTotals, paid_out));
  show_figure (self->difference, totals, G_STRUCT_OFFSET (WbMoneyTotals, difference));
  for (guint i = 0; i < totals->len; i++)
    open |= g_array_index (totals, WbMoneyTotals, i).difference != 0;
  wb_widget_set_style (GTK_WIDGET (self->difference), open ? "error" : NULL);
  /* Translators: an amount; what was shipped and what was captured differ by it */
  name = g_strdup_printf (_ ("%s open difference"), gtk_label_get_text (self->difference));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->difference_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
