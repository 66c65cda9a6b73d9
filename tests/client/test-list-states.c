/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on each page while its list is read, when there is nothing in it, when it cannot be
 * read, and when it can be read again. That no shop can be reached is said beside the pages: what
 * the book holds shows all the same. */
#include "states-bench.h"

#include "wb-customers-page.h"
#include "wb-money-page.h"
#include "wb-orders-page.h"
#include "wb-pack-page.h"
#include "wb-pick-page.h"
#include "wb-products-page.h"
#include "wb-shipments-page.h"
#include "wb-today-page.h"

typedef struct
{
  const char *name;
  GType (*type) (void);
  void (*set_workspace) (gpointer page, WbWorkspace *workspace);
  const char *empty, *trouble; /* what is to be read on it */
  const char *table;           /* without which it cannot be read */
} Page;

/* The name of a page, and what makes it one. */
#define PAGE(name)       #name, wb_##name##_page_get_type, SETTER(wb_##name##_page_set_workspace)
#define SETTER(function) (void (*) (gpointer, WbWorkspace *)) function

static const Page pages[] = {
  { PAGE (today), "Nothing. All that was begun is finished, and the shops can be reached.",
    "The day could not be read", "orders" },
  { PAGE (orders), "No orders yet", "The orders could not be read", "orders" },
  { PAGE (pick), "Nothing to pick", "The waves could not be read", "orders" },
  { PAGE (pack), "No order waits to be packed.", "What waits for the table could not be read",
    "orders" },
  { PAGE (shipments), "No shipments yet", "The shipments could not be read", "shipment" },
  { PAGE (products), "No products yet", "The products could not be read", "product" },
  { PAGE (customers), "No customers yet", "The customers could not be read", "customer" },
  { PAGE (money), "No money moved", "The money could not be read", "orders" },
};

/* What a status page says below its title. */
static void
assert_says_more (GtkWidget *label)
{
  GtkWidget *state = gtk_widget_get_ancestor (label, ADW_TYPE_STATUS_PAGE);

  g_assert_nonnull (state);
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (state)), !=, "");
}

static GtkWidget *
button_beside (GtkWidget *label)
{
  GtkWidget *state = gtk_widget_get_ancestor (label, ADW_TYPE_STATUS_PAGE);

  return state != NULL ? states_find (state, GTK_TYPE_BUTTON) : NULL;
}

static void
test_page (gconstpointer data)
{
  const Page      *page = data;
  StatesBench      here = { 0 };
  g_autofree char *away = g_strdup_printf ("ALTER TABLE %s RENAME TO gone", page->table);
  g_autofree char *back = g_strdup_printf ("ALTER TABLE gone RENAME TO %s", page->table);
  GtkWidget       *trouble, *again;

  states_set_up (&here, page->type ());
  g_assert_nonnull (states_find (here.page, GTK_TYPE_SPINNER));
  page->set_workspace (here.page, here.workspace);
  states_wait (&here, GTK_TYPE_LABEL, page->empty);
  g_assert_null (states_find (here.page, GTK_TYPE_SPINNER));
  states_run_sql (&here, away);
  trouble = states_wait (&here, GTK_TYPE_LABEL, page->trouble);
  assert_says_more (trouble);
  again = button_beside (trouble);
  g_assert_nonnull (again);
  states_run_sql (&here, back);
  g_signal_emit_by_name (again, "clicked");
  states_wait (&here, GTK_TYPE_LABEL, page->empty);
  states_tear_down (&here);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/list-states/%s", pages[i].name);

      g_test_add_data_func (path, &pages[i], test_page);
    }
  return g_test_run ();
}
