/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Customers page: look-up in one field, and the person that was chosen. */
#include "wb-customers-page.h"

#include "wb-customer-detail.h"
#include "wb-customer-row.h"
#include "wb-customer-works.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"
#include "wb-trouble.h"

#define TYPING_MS 120 /* how long typing must pause before it is searched for */

struct _WbCustomersPage
{
  AdwBin              parent_instance;
  WbSplit            *split;
  GtkEditable        *search;
  GtkStack           *stack;
  GtkListView        *view;
  AdwStatusPage      *error_page;
  WbCustomerDetail   *detail;
  WbWorkspace        *workspace;
  GListStore         *list; /* of WbCustomer */
  GtkSingleSelection *selection;
  char               *text;
  gint64              shown;   /* the customer in the detail */
  gboolean            running; /* a look-up is */
  gboolean            again;   /* another is wanted as soon as it has ended */
  gboolean            filling;
  gboolean            stale; /* the book has changed while the page was not to be seen */
  guint               typing_id;
};

G_DEFINE_FINAL_TYPE (WbCustomersPage, wb_customers_page, ADW_TYPE_BIN)

static void query (WbCustomersPage *self);

static void
show_chosen (WbCustomersPage *self)
{
  WbCustomer *customer = gtk_single_selection_get_selected_item (self->selection);
  gint64      id = customer != NULL ? wb_record_get_int (customer, WB_CUSTOMER_ID) : 0;

  if (self->filling || id == self->shown)
    return;
  self->shown = id;
  wb_customer_detail_show (self->detail, id);
}

/* The customer in the detail stays chosen when they are still there. */
static void
show_found (WbCustomersPage *self, GPtrArray *found)
{
  guint position = GTK_INVALID_LIST_POSITION;

  self->filling = TRUE;
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       found->pdata, found->len);
  for (guint i = 0; i < found->len && self->shown != 0; i++)
    if (wb_record_get_int (found->pdata[i], WB_CUSTOMER_ID) == self->shown)
      position = i;
  gtk_single_selection_set_selected (self->selection, position);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, found->len > 0                  ? "list"
                                                 : wb_text_is_empty (self->text) ? "empty"
                                                                                 : "nothing");
  show_chosen (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCustomersPage      *self = WB_CUSTOMERS_PAGE (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (found == NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (!self->again)
    show_found (self, found);
  if (self->again)
    query (self);
}

/* One look-up at a time; what was asked meanwhile is asked once, when it has ended. */
static void
query (WbCustomersPage *self)
{
  if (self->workspace == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  self->stale = FALSE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_customer_find_work,
                       g_strdup (self->text != NULL ? self->text : ""), G_OBJECT (self), NULL,
                       found_cb, NULL);
}

static void
typing_cb (gpointer data)
{
  WbCustomersPage *self = data;

  self->typing_id = 0;
  query (self);
}

static void
search_cb (GtkSearchEntry *entry, WbCustomersPage *self)
{
  if (!wb_set_str (&self->text, gtk_editable_get_text (self->search)))
    return;
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

static void
open_detail (WbCustomersPage *self)
{
  show_chosen (self);
  wb_split_set_show_detail (self->split, TRUE);
  if (wb_split_get_folded (self->split))
    gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbCustomersPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static void
search_stop_cb (GtkSearchEntry *entry, WbCustomersPage *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
retry_cb (GtkButton *button, WbCustomersPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  query (self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, WbCustomersPage *self)
{
  show_chosen (self);
}

static void
activate_cb (GtkListView *view, guint position, WbCustomersPage *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  open_detail (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbCustomersPage *self)
{
  gtk_list_item_set_child (item, wb_customer_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbCustomersPage *self)
{
  WbCustomer *customer = gtk_list_item_get_item (item);

  wb_customer_row_show (WB_CUSTOMER_ROW (gtk_list_item_get_child (item)), customer,
                        wb_workspace_get_connection_name (
                            self->workspace, wb_record_get_int (customer, WB_CUSTOMER_CHANNEL_ID)));
}

static void
changed_cb (WbWorkspace *workspace, WbCustomersPage *self)
{
  self->stale = TRUE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  query (self);
  wb_customer_detail_refresh (self->detail);
}

static void
map (GtkWidget *widget)
{
  WbCustomersPage *self = WB_CUSTOMERS_PAGE (widget);

  GTK_WIDGET_CLASS (wb_customers_page_parent_class)->map (widget);
  if (!self->stale)
    return;
  query (self);
  wb_customer_detail_refresh (self->detail);
}

static void
wb_customers_page_dispose (GObject *object)
{
  WbCustomersPage *self = WB_CUSTOMERS_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->workspace);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (wb_customers_page_parent_class)->dispose (object);
}

static void
wb_customers_page_class_init (WbCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customers_page_dispose;
  widget_class->map = map;
  g_type_ensure (WB_TYPE_SPLIT);
  g_type_ensure (WB_TYPE_CUSTOMER_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, split);
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, search);
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, view);
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbCustomersPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
wb_customers_page_init (WbCustomersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = g_list_store_new (wb_customer_get_type ());
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           0);
}

/** wb_customers_page_set_workspace: shows the customers of @workspace, which must be open, as soon
 * as the page is to be seen; once. */
void
wb_customers_page_set_workspace (WbCustomersPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  wb_customer_detail_set_workspace (self->detail, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    query (self);
}

/** wb_customers_page_show_customer: looks @customer_id up by name and shows everything about the
 * person. */
void
wb_customers_page_show_customer (WbCustomersPage *self, gint64 customer_id)
{
  g_autoptr (WbCustomer) customer =
      wb_book_get_customer (wb_workspace_get_book (self->workspace), customer_id, NULL);
  const char *name = customer != NULL ? wb_record_get_text (customer, WB_CUSTOMER_NAME) : NULL;

  self->shown = customer_id;
  wb_customer_detail_show (self->detail, customer_id);
  gtk_editable_set_text (self->search, name != NULL ? name : "");
  wb_split_set_show_detail (self->split, TRUE);
}

/** wb_customers_page_focus_search: to the look-up field. */
void
wb_customers_page_focus_search (WbCustomersPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}
