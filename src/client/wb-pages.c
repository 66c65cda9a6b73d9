/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pages of the window, each made when it is first wanted: a page that nobody looks at must cost
 * the first frame nothing. */
#include "wb-pages.h"

#include "wb-customers-page.h"
#include "wb-money-page.h"
#include "wb-orders-page.h"
#include "wb-pack-page.h"
#include "wb-pick-page.h"
#include "wb-products-page.h"
#include "wb-shipments-page.h"
#include "wb-today-page.h"

typedef void (*Open) (gpointer page, WbWorkspace *workspace);

static const struct
{
  const char *name;
  GType (*get_type) (void);
  Open open; /* once, with a workspace that is open */
} pages[] = {
  { "today", wb_today_page_get_type, (Open) wb_today_page_set_workspace },
  { "orders", wb_orders_page_get_type, (Open) wb_orders_page_set_workspace },
  { "pick", wb_pick_page_get_type, (Open) wb_pick_page_set_workspace },
  { "pack", wb_pack_page_get_type, (Open) wb_pack_page_set_workspace },
  { "shipments", wb_shipments_page_get_type, (Open) wb_shipments_page_set_workspace },
  { "products", wb_products_page_get_type, (Open) wb_products_page_set_workspace },
  { "customers", wb_customers_page_get_type, (Open) wb_customers_page_set_workspace },
  { "money", wb_money_page_get_type, (Open) wb_money_page_set_workspace },
};

/** wb_pages_find: Returns: (transfer none) (nullable): the page, if it has been made. */
GtkWidget *
wb_pages_find (GtkStack *stack, const char *name)
{
  return gtk_stack_get_child_by_name (stack, name);
}

/** wb_pages_get: @workspace: given to a page that is made now, if it is open. Returns: (transfer
 * none) (nullable): the page, made if need be. */
GtkWidget *
wb_pages_get (GtkStack *stack, const char *name, WbWorkspace *workspace)
{
  GtkWidget *page = wb_pages_find (stack, name);

  for (guint i = 0; page == NULL && i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, name) == 0)
      {
        page = g_object_new (pages[i].get_type (), NULL);
        gtk_stack_add_named (stack, page, name);
        if (workspace != NULL && wb_workspace_is_open (workspace))
          pages[i].open (page, workspace);
      }
  return page;
}

/** wb_pages_open: gives @workspace, which is open now, to the pages made before it was. */
void
wb_pages_open (GtkStack *stack, WbWorkspace *workspace)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = wb_pages_find (stack, pages[i].name);

      if (page != NULL)
        pages[i].open (page, workspace);
    }
}
