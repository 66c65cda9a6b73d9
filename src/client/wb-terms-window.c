/* SPDX-License-Identifier: GPL-3.0-or-later
 * From whom a product is bought, and how: price, packs, time. */
#include "wb-terms-window.h"

#include "wb-amount.h"
#include "wb-book-stock.h"
#include "wb-buying-works.h"
#include "wb-resource.h"
#include "wb-text.h"

#define MOST_NUMBER 100000

/* Rows with a number. */
static const struct
{
  const char *name;
  guint       field;
  gint64      least;
} numbers[] = {
  { "lead", WB_PRODUCT_SUPPLIER_LEAD_DAYS, 0 },
  { "pack", WB_PRODUCT_SUPPLIER_PACK, 1 },
  { "moq", WB_PRODUCT_SUPPLIER_MOQ, 0 },
};

#define N_NUMBERS G_N_ELEMENTS (numbers)

struct _WbTermsWindow
{
  WbFormWindow         parent_instance;
  AdwPreferencesGroup *group;
  GtkEditable         *supplier, *sku, *currency, *price;
  GtkEditable         *numbers[N_NUMBERS];
  gint64               product_id;
};

G_DEFINE_FINAL_TYPE (WbTermsWindow, wb_terms_window, WB_TYPE_FORM_WINDOW)

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/* Nothing typed stands for the least. */
static gboolean
read_number (WbTermsWindow *self, guint i, gint64 *number)
{
  g_autofree char *text = dup_typed (self->numbers[i]);

  *number = numbers[i].least;
  return *text == '\0' ||
         g_ascii_string_to_signed (text, 10, numbers[i].least, MOST_NUMBER, number, NULL);
}

static gboolean
read_price (WbTermsWindow *self, gint64 *price, char **currency)
{
  g_autofree char *code = dup_typed (self->currency);

  *price = 0;
  *currency = *code != '\0' ? g_ascii_strup (code, -1) : NULL;
  if (wb_text_is_empty (gtk_editable_get_text (self->price)))
    return *currency == NULL || wb_currency_is_valid (*currency);
  return *currency != NULL && wb_currency_is_valid (*currency) &&
         wb_amount_read (self->price, *currency, price, NULL) && *price >= 0;
}

static gboolean
check (WbFormWindow *form)
{
  WbTermsWindow   *self = WB_TERMS_WINDOW (form);
  g_autofree char *currency = NULL;
  gint64           number = 0;

  for (guint i = 0; i < N_NUMBERS; i++)
    if (!read_number (self, i, &number))
      return FALSE;
  return read_price (self, &number, &currency) &&
         !wb_text_is_empty (gtk_editable_get_text (self->supplier));
}

static void
act (WbFormWindow *form)
{
  WbTermsWindow   *self = WB_TERMS_WINDOW (form);
  WbTermsWish     *wish = g_new0 (WbTermsWish, 1);
  g_autofree char *name = dup_typed (self->supplier), *sku = dup_typed (self->sku);
  g_autofree char *currency = NULL;
  gint64           number = 0;

  wish->supplier = wb_supplier_new ();
  wish->terms = wb_product_supplier_new ();
  read_price (self, &number, &currency);
  wb_record_set_text (wish->supplier, WB_SUPPLIER_NAME, name);
  wb_record_set_text (wish->supplier, WB_SUPPLIER_CURRENCY, currency);
  wb_record_set_int (wish->terms, WB_PRODUCT_SUPPLIER_PRODUCT_ID, self->product_id);
  wb_record_set_text (wish->terms, WB_PRODUCT_SUPPLIER_SKU, *sku != '\0' ? sku : NULL);
  wb_record_set_int (wish->terms, WB_PRODUCT_SUPPLIER_PRICE, number);
  for (guint i = 0; i < N_NUMBERS; i++)
    if (read_number (self, i, &number))
      wb_record_set_int (wish->terms, numbers[i].field, number);
  wb_form_window_run (form, &wb_terms_save_work, wish);
}

static void
wb_terms_window_class_init (WbTermsWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-terms-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTermsWindow, group);
  gtk_widget_class_bind_template_child (widget_class, WbTermsWindow, supplier);
  gtk_widget_class_bind_template_child (widget_class, WbTermsWindow, sku);
  gtk_widget_class_bind_template_child (widget_class, WbTermsWindow, currency);
  gtk_widget_class_bind_template_child (widget_class, WbTermsWindow, price);
  for (guint i = 0; i < N_NUMBERS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, numbers[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbTermsWindow, numbers) +
                                                   i * sizeof (void *));
}

static void
wb_terms_window_init (WbTermsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

/* As it is bought now, from the one that is preferred. */
static void
fill (WbTermsWindow *self, WbBook *book)
{
  g_autoptr (GPtrArray)  all = wb_book_list_product_suppliers (book, self->product_id, NULL);
  WbProductSupplier     *terms = all != NULL && all->len > 0 ? all->pdata[0] : NULL;
  g_autoptr (WbSupplier) supplier =
      terms != NULL ? wb_book_get_supplier (
                          book, wb_record_get_int (terms, WB_PRODUCT_SUPPLIER_SUPPLIER_ID), NULL)
                    : NULL;
  const char *currency =
      supplier != NULL ? wb_record_get_text (supplier, WB_SUPPLIER_CURRENCY) : NULL;
  gint64 price = supplier != NULL ? wb_record_get_int (terms, WB_PRODUCT_SUPPLIER_PRICE) : 0;

  if (supplier == NULL)
    return;
  set_text (self->supplier, wb_record_get_text (supplier, WB_SUPPLIER_NAME));
  set_text (self->sku, wb_record_get_text (terms, WB_PRODUCT_SUPPLIER_SKU));
  set_text (self->currency, currency);
  if (price > 0 && currency != NULL)
    wb_amount_show (self->price, price, currency);
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      gint64           number = wb_record_get_int (terms, numbers[i].field);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

      set_text (self->numbers[i], number > numbers[i].least ? text : NULL);
    }
}

/** wb_terms_window_open: Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_terms_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *product)
{
  WbTermsWindow   *self = g_object_new (WB_TYPE_TERMS_WINDOW, NULL);
  g_autofree char *name = g_markup_escape_text (wb_record_get_text (product, WB_PRODUCT_NAME), -1);

  self->product_id = wb_record_get_int (product, WB_PRODUCT_ID);
  adw_preferences_group_set_title (self->group, name);
  fill (self, wb_workspace_get_book (workspace));
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  return GTK_WINDOW (self);
}
