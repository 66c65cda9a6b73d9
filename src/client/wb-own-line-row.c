/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of an order that is taken by us: what, how many, for how much. What is typed is the SKU
 * of a product, or else what the item is called. */
#include "wb-own-line-row.h"

#include "wb-amount.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

struct _WbOwnLineRow
{
  GtkListBoxRow  parent_instance;
  GtkEditable   *item;
  GtkSpinButton *quantity;
  GtkEditable   *price;
  GtkLabel      *found;
  WbBook        *book;
  WbProduct     *product; /* (nullable): of the SKU that is typed */
};

enum
{
  CHANGED,
  REMOVE,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOwnLineRow, wb_own_line_row, GTK_TYPE_LIST_BOX_ROW)

static char *
get_item (WbOwnLineRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->item)));
}

static void
item_cb (GtkEditable *entry, WbOwnLineRow *self)
{
  g_autofree char *item = get_item (self);

  g_clear_object (&self->product);
  if (*item != '\0' && self->book != NULL)
    self->product = wb_book_find_product (self->book, item, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
typed_cb (GtkEditable *entry, WbOwnLineRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
quantity_cb (GtkSpinButton *button, WbOwnLineRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (GtkEntry *entry, WbOwnLineRow *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
remove_cb (GtkButton *button, WbOwnLineRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_OWN_LINE_ROW (widget)->item));
}

static void
wb_own_line_row_dispose (GObject *object)
{
  WbOwnLineRow *self = WB_OWN_LINE_ROW (object);

  g_clear_object (&self->book);
  g_clear_object (&self->product);
  G_OBJECT_CLASS (wb_own_line_row_parent_class)->dispose (object);
}

static void
wb_own_line_row_class_init (WbOwnLineRowClass *klass)
{
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[N_SIGNALS] = { "changed", "remove", "entered" };

  G_OBJECT_CLASS (klass)->dispose = wb_own_line_row_dispose;
  widget_class->grab_focus = grab_focus;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-own-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOwnLineRow, item);
  gtk_widget_class_bind_template_child (widget_class, WbOwnLineRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, WbOwnLineRow, price);
  gtk_widget_class_bind_template_child (widget_class, WbOwnLineRow, found);
  gtk_widget_class_bind_template_callback (widget_class, item_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, quantity_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
wb_own_line_row_init (WbOwnLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_own_line_row_new: Returns: (transfer floating): an empty row; products are found in @book. */
GtkWidget *
wb_own_line_row_new (WbBook *book)
{
  WbOwnLineRow *self = g_object_new (WB_TYPE_OWN_LINE_ROW, NULL);

  self->book = g_object_ref (book);
  return GTK_WIDGET (self);
}

/** wb_own_line_row_is_empty: whether nothing was typed. */
gboolean
wb_own_line_row_is_empty (WbOwnLineRow *self)
{
  return wb_text_is_empty (gtk_editable_get_text (self->item)) &&
         wb_text_is_empty (gtk_editable_get_text (self->price));
}

/** wb_own_line_row_judge: says beside the price what is wrong with it, or else which product it is;
 * @currency: (nullable): of the order, once it is known. */
void
wb_own_line_row_judge (WbOwnLineRow *self, const char *currency)
{
  g_autofree char *why = wb_amount_dup_trouble (self->price, currency);
  const char      *name =
      self->product != NULL ? wb_record_get_text (self->product, WB_PRODUCT_NAME) : NULL;

  gtk_label_set_text (self->found, why != NULL ? why : name != NULL ? name : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->found),
                              (const char *[]){ why != NULL ? "error" : "dim-label", NULL });
  wb_trouble_at (GTK_WIDGET (self->price), why);
}

/** wb_own_line_row_is_whole: whether it can be ordered; @total: (out): for all pieces, minor units
 * of @currency. */
gboolean
wb_own_line_row_is_whole (WbOwnLineRow *self, const char *currency, gint64 *total)
{
  gint64 one = 0;

  return !wb_text_is_empty (gtk_editable_get_text (self->item)) &&
         wb_amount_read (self->price, currency, &one, NULL) && one >= 0 &&
         !__builtin_mul_overflow (one, gtk_spin_button_get_value_as_int (self->quantity), total);
}

/** wb_own_line_row_add_to: puts the item into @order, whose currency is said. */
gboolean
wb_own_line_row_add_to (WbOwnLineRow *self, WbOwnOrder *order, GError **error)
{
  g_autofree char *item = get_item (self), *price = NULL;
  gint64           one = 0;

  gtk_spin_button_update (self->quantity); /* what is typed counts, too */
  if (!wb_amount_read (self->price, order->currency, &one, error))
    return FALSE;
  price = wb_money_to_decimal (wb_money (one, order->currency));
  return wb_own_order_add_line (
      order, self->product != NULL ? item : NULL,
      self->product != NULL ? wb_record_get_text (self->product, WB_PRODUCT_NAME) : item,
      gtk_spin_button_get_value_as_int (self->quantity), price, error);
}
