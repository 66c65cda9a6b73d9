/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands beside the products, or in their place: filters with their counts, what to do about
 * those that one lets through, and why there are none. */
#include "wb-list-state.h"
#include "wb-products-page-private.h"

#include <glib/gi18n-lib.h>

const WbProductsFilterFacts wb_products_filters[WB_N_PRODUCTS_FILTERS] = {
  [WB_PRODUCTS_ALL] = { "all_filter", N_ ("All"), 0 },
  [WB_PRODUCTS_LOW] = { "low_filter", N_ ("Low"), WB_STANDING_LOW },
  [WB_PRODUCTS_OUT] = { "out_filter", N_ ("Out of stock"), WB_STANDING_OUT },
  [WB_PRODUCTS_OVERSOLD] = { "oversold_filter", N_ ("Oversold"), WB_STANDING_OVERSOLD },
  [WB_PRODUCTS_GAPS] = { "gaps_filter", N_ ("Gaps"), WB_STANDING_GAP },
  [WB_PRODUCTS_REORDER] = { "reorder_filter", N_ ("To order"), 0 },
};

static const WbListStateText empty_state = {
  "empty",
  "package-x-generic-symbolic",
  N_ ("No products yet"),
  N_ ("They come with a shop’s articles and orders, or out of a file."),
  N_ ("_Import…"),
};
static const WbListStateText nothing_state = {
  "nothing",
  "edit-find-symbolic",
  N_ ("No such product"),
  N_ ("No SKU, name, bin or barcode fits. A part of it is enough."),
  N_ ("Show all"),
};
static const WbListStateText error_state = {
  "error", "dialog-error-symbolic", N_ ("The products could not be read"), NULL, N_ ("Try again"),
};
static const WbListStateText fine_states[WB_N_PRODUCTS_FILTERS] = {
  [WB_PRODUCTS_LOW] = { "no-low", "emblem-ok-symbolic", N_ ("Nothing is low"),
                        N_ ("Of every product with a least stock there is that much."),
                        N_ ("Show all") },
  [WB_PRODUCTS_OUT] = { "no-out", "emblem-ok-symbolic", N_ ("Nothing is out of stock"),
                        N_ ("Of every product under stock keeping some can be sold."),
                        N_ ("Show all") },
  [WB_PRODUCTS_OVERSOLD] = { "no-oversold", "emblem-ok-symbolic", N_ ("Nothing is oversold"),
                             N_ ("No order wants more than there is."), N_ ("Show all") },
  [WB_PRODUCTS_GAPS] = { "no-gaps", "emblem-ok-symbolic", N_ ("Everything can go abroad"),
                         N_ ("Every product has a tariff number, a country of origin and a "
                             "weight."),
                         N_ ("Show all") },
  [WB_PRODUCTS_REORDER] = { "no-reorder", "emblem-ok-symbolic", N_ ("Nothing has to be ordered"),
                            N_ ("What is there and coming will do until more can be here."),
                            N_ ("Show all") },
};

/** wb_products_page_show_all: leaves search and filter. */
void
wb_products_page_show_all (WbProductsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_toggle_button_set_active (self->filters[WB_PRODUCTS_ALL], TRUE);
}

static void
show_all_cb (GtkButton *button, WbProductsPage *self)
{
  wb_products_page_show_all (self);
}

static void
retry_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  wb_products_page_query (self);
}

static void
import_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "products.import", NULL);
}

/** wb_products_page_show_state: what stands in place of rows when there are none. */
void
wb_products_page_show_state (WbProductsPage *self)
{
  WbProductsFilter filter = wb_products_page_get_filter (self);

  if (self->error != NULL)
    wb_list_state_tell (wb_list_state_show (self->stack, &error_state, G_CALLBACK (retry_cb), self),
                        self->error);
  else if (self->found == NULL || (filter == WB_PRODUCTS_REORDER && self->reorder == NULL))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->found->all->len == 0)
    wb_list_state_show (self->stack, &empty_state, G_CALLBACK (import_cb), self);
  else if (self->words != NULL || fine_states[filter].name == NULL)
    wb_list_state_show (self->stack, &nothing_state, G_CALLBACK (show_all_cb), self);
  else
    wb_list_state_show (self->stack, &fine_states[filter], G_CALLBACK (show_all_cb), self);
}

/* ---- counts and what to do about them ---- */

/** wb_products_page_count_filter: @n: how many products @filter lets through. */
void
wb_products_page_count_filter (WbProductsPage *self, WbProductsFilter filter, guint n)
{
  /* Translators: a filter and how many products it lets through: Low 2 */
  g_autofree char *label =
      g_strdup_printf (_ ("%s %'d"), _ (wb_products_filters[filter].title), (int) n);

  gtk_button_set_label (GTK_BUTTON (self->filters[filter]),
                        n > 0 ? label : _ (wb_products_filters[filter].title));
}

/* “14 products cannot go abroad: 9 without tariff number, 5 without origin”. */
static char *
gaps_text (const WbProductsFound *found)
{
  const struct
  {
    const char *text;
    guint       n;
  } parts[] = {
    /* Translators: products */
    { _ ("%'d without a tariff number"), found->no_hs },
    /* Translators: products */
    { _ ("%'d without a country of origin"), found->no_origin },
    /* Translators: products */
    { _ ("%'d without a weight"), found->no_weight },
  };
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, ngettext ("%'d product cannot go abroad", "%'d products cannot go abroad", found->gaps),
      (int) found->gaps);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
        g_string_append (text, n++ == 0 ? ": " : ", ");
        g_string_append_printf (text, parts[i].text, (int) parts[i].n);
      }
  return g_string_free (text, FALSE);
}

/** wb_products_page_show_hint: what can be done about what the filter lets through. */
void
wb_products_page_show_hint (WbProductsPage *self)
{
  WbProductsFilter filter = wb_products_page_get_filter (self);
  guint            n = self->reorder != NULL ? g_hash_table_size (self->reorder) : 0;
  gboolean gaps = filter == WB_PRODUCTS_GAPS && self->found != NULL && self->found->gaps > 0;
  gboolean order = filter == WB_PRODUCTS_REORDER && n > 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->hint, gaps || order);
  if (gaps)
    text = gaps_text (self->found);
  else if (order)
    text = g_strdup_printf (ngettext ("%'d product will run out before more can be here",
                                      "%'d products will run out before more can be here", n),
                            (int) n);
  if (text == NULL)
    return;
  gtk_label_set_text (self->hint_label, text);
  gtk_button_set_label (self->hint_button, gaps ? _ ("_Fill them in…") : _ ("_Order goods…"));
}

/** wb_products_page_show_counts: how many products each filter lets through, as far as a look at
 * them tells. */
void
wb_products_page_show_counts (WbProductsPage *self)
{
  const WbProductsFound *found = self->found;
  const guint            counts[WB_N_PRODUCTS_FILTERS] = { [WB_PRODUCTS_LOW] = found->low,
                                                           [WB_PRODUCTS_OUT] = found->out,
                                                           [WB_PRODUCTS_OVERSOLD] = found->oversold,
                                                           [WB_PRODUCTS_GAPS] = found->gaps };

  for (guint i = WB_PRODUCTS_LOW; i < WB_PRODUCTS_REORDER; i++)
    wb_products_page_count_filter (self, i, counts[i]);
}
