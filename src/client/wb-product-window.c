/* SPDX-License-Identifier: GPL-3.0-or-later
 * A product, to be changed: what it is called, where it lies, its size, customs, what it is kept
 * at. */
#include "wb-product-window.h"

#include "wb-amount.h"
#include "wb-customs-data-group.h"
#include "wb-product-works.h"
#include "wb-resource.h"
#include "wb-text.h"

#define MOST_NUMBER 1000000

static const struct
{
  const char *name;
  guint       field;
} texts[] = {
  { "name", WB_PRODUCT_NAME },
  { "sku", WB_PRODUCT_SKU },
  { "bin", WB_PRODUCT_BIN },
};

static const struct
{
  const char *name;
  guint       field;
} numbers[] = {
  { "length", WB_PRODUCT_LENGTH_MM },      { "width", WB_PRODUCT_WIDTH_MM },
  { "height", WB_PRODUCT_HEIGHT_MM },      { "min_stock", WB_PRODUCT_MIN_STOCK },
  { "reorder", WB_PRODUCT_REORDER_POINT },
};

static const struct
{
  const char *name;
  guint       field;
} switches[] = {
  { "lots", WB_PRODUCT_LOTS },
  { "fragile", WB_PRODUCT_FRAGILE },
  { "upright", WB_PRODUCT_UPRIGHT },
  { "digital", WB_PRODUCT_DIGITAL },
};

#define N_TEXTS    G_N_ELEMENTS (texts)
#define N_NUMBERS  G_N_ELEMENTS (numbers)
#define N_SWITCHES G_N_ELEMENTS (switches)

struct _WbProductWindow
{
  WbFormWindow        parent_instance;
  AdwPreferencesPage *page;
  GtkEditable        *texts[N_TEXTS], *numbers[N_NUMBERS], *cost, *currency;
  GtkSwitch          *switches[N_SWITCHES];
  WbCustomsDataGroup *customs;
  WbProduct          *product;
};

G_DEFINE_FINAL_TYPE (WbProductWindow, wb_product_window, WB_TYPE_FORM_WINDOW)

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/* Nothing typed stands for 0: not known. */
static gboolean
read_number (GtkEditable *entry, gint64 *number)
{
  g_autofree char *text = dup_typed (entry);

  *number = 0;
  return *text == '\0' || g_ascii_string_to_signed (text, 10, 0, MOST_NUMBER, number, NULL);
}

static gboolean
read_cost (WbProductWindow *self, gint64 *cost, char **currency)
{
  g_autofree char *code = NULL;

  *currency = NULL;
  *cost = 0;
  if (wb_text_is_empty (gtk_editable_get_text (self->cost)))
    return TRUE;
  code = g_ascii_strup (gtk_editable_get_text (self->currency), -1);
  if (!wb_currency_is_valid (g_strstrip (code)) || !wb_amount_read (self->cost, code, cost, NULL) ||
      *cost < 0)
    return FALSE;
  *currency = g_steal_pointer (&code);
  return TRUE;
}

static void
mark (GtkEditable *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
}

static gboolean
check (WbFormWindow *form)
{
  WbProductWindow *self = WB_PRODUCT_WINDOW (form);
  g_autofree char *currency = NULL;
  gboolean         fine = !wb_text_is_empty (gtk_editable_get_text (self->texts[0]));
  gboolean         costs;
  gint64           number = 0;

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      gboolean right = read_number (self->numbers[i], &number);

      mark (self->numbers[i], !right);
      fine = fine && right;
    }
  costs = read_cost (self, &number, &currency);
  mark (self->cost, !costs);
  return fine && costs && self->customs != NULL && wb_customs_data_group_is_fine (self->customs);
}

static void
act (WbFormWindow *form)
{
  WbProductWindow *self = WB_PRODUCT_WINDOW (form);
  WbProduct       *product = wb_customs_data_group_dup_changed (self->customs);
  g_autofree char *currency = NULL;
  gint64           number = 0;

  if (product == NULL)
    product = wb_record_copy (self->product);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = dup_typed (self->texts[i]);

      wb_record_set_text (product, texts[i].field, *text != '\0' ? text : NULL);
    }
  for (guint i = 0; i < N_NUMBERS; i++)
    if (read_number (self->numbers[i], &number))
      wb_record_set_int (product, numbers[i].field, number);
  for (guint i = 0; i < N_SWITCHES; i++)
    wb_record_set_bool (product, switches[i].field, gtk_switch_get_active (self->switches[i]));
  if (read_cost (self, &number, &currency))
    {
      wb_record_set_int (product, WB_PRODUCT_COST, number);
      if (currency != NULL)
        wb_record_set_text (product, WB_PRODUCT_CURRENCY, currency);
    }
  wb_form_window_run (form, &wb_product_save_work, product);
}

static void
customs_cb (WbCustomsDataGroup *group, WbFormWindow *self)
{
  wb_form_window_check (self);
}

static void
customs_activated_cb (WbCustomsDataGroup *group, WbFormWindow *self)
{
  wb_form_window_activate (self);
}

static void
wb_product_window_dispose (GObject *object)
{
  g_clear_object (&WB_PRODUCT_WINDOW (object)->product);
  G_OBJECT_CLASS (wb_product_window_parent_class)->dispose (object);
}

#define BIND(table, n)                                                                             \
  for (guint i = 0; i < n; i++)                                                                    \
  gtk_widget_class_bind_template_child_full (widget_class, table[i].name, FALSE,                   \
                                             G_STRUCT_OFFSET (WbProductWindow, table) +            \
                                                 i * sizeof (void *))

static void
wb_product_window_class_init (WbProductWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_product_window_dispose;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-product-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbProductWindow, page);
  gtk_widget_class_bind_template_child (widget_class, WbProductWindow, cost);
  gtk_widget_class_bind_template_child (widget_class, WbProductWindow, currency);
  BIND (texts, N_TEXTS);
  BIND (numbers, N_NUMBERS);
  BIND (switches, N_SWITCHES);
}

static void
wb_product_window_init (WbProductWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (WbProductWindow *self)
{
  WbProduct  *product = self->product;
  const char *currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);
  gint64      cost = wb_record_get_int (product, WB_PRODUCT_COST);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      const char *text = wb_record_get_text (product, texts[i].field);

      gtk_editable_set_text (self->texts[i], text != NULL ? text : "");
    }
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      gint64           number = wb_record_get_int (product, numbers[i].field);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

      gtk_editable_set_text (self->numbers[i], number > 0 ? text : "");
    }
  for (guint i = 0; i < N_SWITCHES; i++)
    gtk_switch_set_active (self->switches[i], wb_record_get_bool (product, switches[i].field));
  gtk_editable_set_text (self->currency, currency != NULL ? currency : "");
  if (cost > 0 && currency != NULL)
    wb_amount_show (self->cost, cost, currency);
}

/* What money is counted in, unless the product says: the first shop's. */
static void
propose_currency (WbProductWindow *self, WbWorkspace *workspace)
{
  GPtrArray *all = wb_workspace_get_connections (workspace);

  for (guint i = 0; i < all->len; i++)
    {
      const char *currency = wb_record_get_text (all->pdata[i], WB_CONNECTION_CURRENCY);

      if (wb_text_is_empty (gtk_editable_get_text (self->currency)) && currency != NULL)
        gtk_editable_set_text (self->currency, currency);
    }
}

/** wb_product_window_open: Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_product_window_open (GtkWindow *parent, WbWorkspace *workspace, WbProduct *product)
{
  WbProductWindow *self = g_object_new (WB_TYPE_PRODUCT_WINDOW, NULL);

  self->product = wb_record_copy (product);
  fill (self);
  propose_currency (self, workspace);
  self->customs = WB_CUSTOMS_DATA_GROUP (wb_customs_data_group_new (product));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (self->customs));
  g_signal_connect_object (self->customs, "changed", G_CALLBACK (customs_cb), self, 0);
  g_signal_connect_object (self->customs, "activated", G_CALLBACK (customs_activated_cb), self, 0);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  return GTK_WINDOW (self);
}
