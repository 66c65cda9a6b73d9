/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a list about money: what it is, more about it, and an amount. */
#include "wb-money-line.h"

#include "wb-detail.h"
#include "wb-resource.h"

struct _WbMoneyLine
{
  AdwBin    parent_instance;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *amount;
};

G_DEFINE_FINAL_TYPE (WbMoneyLine, wb_money_line, ADW_TYPE_BIN)

static void
wb_money_line_class_init (WbMoneyLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-line.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneyLine, title);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyLine, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyLine, amount);
}

static void
wb_money_line_init (WbMoneyLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_money_line_new: Returns: (transfer floating): an empty line. */
GtkWidget *
wb_money_line_new (void)
{
  return g_object_new (WB_TYPE_MONEY_LINE, NULL);
}

/** wb_money_line_show: @style: (nullable): a style class for @subtitle. */
void
wb_money_line_show (WbMoneyLine *self,
                    const char  *title,
                    const char  *subtitle,
                    const char  *amount,
                    const char  *style)
{
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->amount, amount);
  wb_widget_set_style (GTK_WIDGET (self->subtitle), style);
}

/** wb_money_line_new_whole: @text: the title, and below it any number of lines that can be copied;
 * @style: (nullable): of the amount. Returns: (transfer floating): a line that cuts nothing off. */
GtkWidget *
wb_money_line_new_whole (const char *text, const char *amount, const char *style)
{
  WbMoneyLine   *self = g_object_new (WB_TYPE_MONEY_LINE, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "\n", 2);

  wb_money_line_show (self, parts[0], parts[1] != NULL ? parts[1] : "", amount, "dim-label");
  wb_widget_set_style (GTK_WIDGET (self->amount), style);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), parts[0] != NULL && parts[1] != NULL);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_ellipsize (self->subtitle, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (self->subtitle, TRUE);
  gtk_label_set_wrap_mode (self->subtitle, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->subtitle, TRUE);
  return GTK_WIDGET (self);
}
