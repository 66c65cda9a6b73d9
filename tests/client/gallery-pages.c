/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of the pages, with what stands beside their lists. */
#include "gallery-views.h"

#include "gallery-shot.h"
#include "wb-channel-row.h"
#include "wb-desk-merge.h"
#include "wb-money-page.h"
#include "wb-pack-page.h"
#include "wb-pick-make.h"
#include "wb-pick-page.h"
#include "wb-product-detail.h"
#include "wb-products-page.h"
#include "wb-ship-pane.h"
#include "wb-sidebar-row.h"
#include "wb-split.h"

#define SETTLE_MS 60
#define WEIGHT_G  700
#define N_READ    12500 /* orders of a first import, and of how many */
#define N_TO_READ 312000

/** gallery_first_order: Returns: the first order at @stage, 0: none. */
gint64
gallery_first_order (const char *stage)
{
  const char *const  stages[] = { stage, NULL };
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (wb_workspace_get_book (gallery.workspace),
                              &(WbOrderQuery){ .stages = stages, .sort = "placed_at" }, NULL);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

/** gallery_first_shipment: Returns: the latest shipment in @state, 0: none. */
gint64
gallery_first_shipment (const char *state)
{
  const char *const  states[] = { state, NULL };
  g_autoptr (GArray) ids =
      wb_book_list_shipment_ids (wb_workspace_get_book (gallery.workspace), states, NULL, NULL);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, ids->len - 1) : 0;
}

static gint64
first_edited (void)
{
  g_autoptr (GArray) ids = wb_book_list_order_ids (wb_workspace_get_book (gallery.workspace),
                                                   &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order =
          wb_book_get_order (wb_workspace_get_book (gallery.workspace), id, NULL);

      if (wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL))
        return id;
    }
  return 0;
}

/* The parcel is weighed, and the offers are there. */
static void
take_ship (void)
{
  GtkWidget *window = GTK_WIDGET (gallery.window);
  GtkWidget *pane;

  gtk_widget_activate_action (window, "win.main-action", NULL);
  gallery_take (window, "ship-unweighed");
  pane = gallery_find_below (window, WB_TYPE_SHIP_PANE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (gallery_find_below (pane, GTK_TYPE_SPIN_BUTTON)),
                             WEIGHT_G);
  gallery_run_for (SETTLE_MS);
  gallery_take (window, "ship");
}

static GtkWidget *
pack_child (const char *name)
{
  GtkWidget *page = gallery_find_below (GTK_WIDGET (gallery.window), WB_TYPE_PACK_PAGE);

  return GTK_WIDGET (gtk_widget_get_template_child (page, WB_TYPE_PACK_PAGE, name));
}

static gboolean
may_be_shipped (gpointer unused)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (pack_child ("rates")), 0) != NULL;
}

static gboolean
is_said (gpointer unused)
{
  return gtk_widget_get_visible (pack_child ("message"));
}

static gboolean
is_table (gpointer name)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (pack_child ("stack"))), name);
}

static void
scan (const char *code)
{
  gtk_editable_set_text (GTK_EDITABLE (pack_child ("code")), code);
  g_signal_emit_by_name (pack_child ("code"), "activate");
}

/* Lays the order that was placed @nth of those that are ready on the table. */
static void
lay (guint nth)
{
  WbBook            *book = wb_workspace_get_book (gallery.workspace);
  const char *const  stages[] = { WB_STAGE_READY, NULL };
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (book, &(WbOrderQuery){ .stages = stages, .sort = "placed_at" }, NULL);
  g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, nth), NULL);

  scan (wb_record_get_text (order, WB_ORDER_NUMBER));
  gallery_wait_for (is_table, (gpointer) "table");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (pack_child ("weight")), WEIGHT_G);
  gallery_wait_for (may_be_shipped, NULL);
}

static void
put_aside (void)
{
  g_signal_emit_by_name (pack_child ("aside_button"), "clicked");
  gallery_wait_for (is_table, (gpointer) "empty");
}

/* An order on the table, and something scanned that does not belong there; nothing is counted. And
 * one whose photo was taken. */
static void
take_pack (void)
{
  GtkWidget *window = GTK_WIDGET (gallery.window);

  lay (0);
  gallery_take (window, "pack-order");
  scan ("4006381333931");
  gallery_wait_for (is_said, NULL);
  gallery_take (window, "pack-wrong");
  put_aside ();
  lay (1);
  gallery_take (window, "pack-photo");
  put_aside ();
}

static GtkWidget *
pick_child (const char *name)
{
  GtkWidget *page = gallery_find_below (GTK_WIDGET (gallery.window), WB_TYPE_PICK_PAGE);

  return GTK_WIDGET (gtk_widget_get_template_child (page, WB_TYPE_PICK_PAGE, name));
}

static gboolean
is_walk (gpointer data)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (pick_child ("stack"))), data);
}

static gboolean
has_wave (gpointer unused)
{
  return gtk_widget_get_sensitive (pick_child ("cancel_button"));
}

/* A wave in totes, and asking whether to cancel it; it is cancelled, so that none is left. */
static void
take_pick (void)
{
  GtkWidget            *window = GTK_WIDGET (gallery.window);
  GtkWidget            *make = pick_child ("make");
  guint                 before = g_list_model_get_n_items (gtk_window_get_toplevels ());
  gpointer              method = gtk_widget_get_template_child (make, WB_TYPE_PICK_MAKE, "method");
  g_autoptr (GtkWindow) dialog = NULL;

  adw_combo_row_set_selected (method, 1);
  g_signal_emit_by_name (make, "wished");
  gallery_wait_for (is_walk, (gpointer) "walk");
  gallery_wait_for (has_wave, NULL);
  gallery_take (window, "pick-wave");
  g_signal_emit_by_name (pick_child ("cancel_button"), "clicked");
  gallery_take_new (before, "pick-cancel");
  g_signal_emit_by_name (pick_child ("cancel_button"), "clicked");
  dialog = g_list_model_get_item (gtk_window_get_toplevels (), before);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  gtk_window_destroy (dialog);
  gallery_wait_for (is_walk, (gpointer) "make");
  adw_combo_row_set_selected (method, 0);
}

static GtkWidget *
money_child (const char *name)
{
  GtkWidget *page = gallery_find_below (GTK_WIDGET (gallery.window), WB_TYPE_MONEY_PAGE);

  return GTK_WIDGET (gtk_widget_get_template_child (page, WB_TYPE_MONEY_PAGE, name));
}

/* What stands beside a list for one of its items, and the way back to the list where it is narrow.
 */
static void
take_one_of (const char *list, guint position, const char *name)
{
  g_signal_emit_by_name (money_child (list), "activate", position);
  gallery_take (GTK_WIDGET (gallery.window), name);
  wb_split_set_show_detail (WB_SPLIT (money_child ("split")), FALSE);
}

static gboolean
is_money_read (gpointer data)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (money_child ("stack"))), data);
}

/* A period's orders, gaps and payouts, each with its evidence. */
static void
take_money (void)
{
  GtkWidget  *window = GTK_WIDGET (gallery.window);
  GListModel *payouts;

  gallery_wait_for (is_money_read, (gpointer) "orders");
  gallery_take (window, "money");
  take_one_of ("view", 0, "money-order");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (money_child ("gaps_view")), TRUE);
  gallery_wait_for (is_money_read, (gpointer) "gaps");
  gallery_take (window, "money-gaps");
  take_one_of ("gaps_list", 0, "money-gap");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (money_child ("payouts_view")), TRUE);
  gallery_wait_for (is_money_read, (gpointer) "payouts");
  gallery_take (window, "money-payouts");
  payouts = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (money_child ("payouts_list"))));
  take_one_of ("payouts_list", g_list_model_get_n_items (payouts) - 1, "money-payout");
}

static GtkWidget *
products_child (const char *name)
{
  GtkWidget *page = gallery_find_below (GTK_WIDGET (gallery.window), WB_TYPE_PRODUCTS_PAGE);

  return GTK_WIDGET (gtk_widget_get_template_child (page, WB_TYPE_PRODUCTS_PAGE, name));
}

static gboolean
are_products_read (gpointer data)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (products_child ("stack"))),
                      data);
}

static gboolean
is_product_read (gpointer unused)
{
  GtkWidget *detail = products_child ("detail");
  GObject   *stack = gtk_widget_get_template_child (detail, WB_TYPE_PRODUCT_DETAIL, "stack");

  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "product");
}

/* Products, each of a kind beside the list; what cannot go abroad, and what is to be ordered. */
static void
take_products (void)
{
  static const char *const kinds[] = { "product-lots", "product", "product-kit" };
  GtkWidget               *window = GTK_WIDGET (gallery.window);

  gallery_wait_for (are_products_read, (gpointer) "list");
  gallery_take (window, "products");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_signal_emit_by_name (products_child ("view"), "activate", i);
      gallery_wait_for (is_product_read, NULL);
      gallery_take (window, kinds[i]);
      wb_split_set_show_detail (WB_SPLIT (products_child ("split")), FALSE);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (products_child ("gaps_filter")), TRUE);
  gallery_take (window, "products-gaps");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (products_child ("reorder_filter")), TRUE);
  gallery_wait_for (are_products_read, (gpointer) "list");
  gallery_take (window, "products-to-order");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (products_child ("all_filter")), TRUE);
}

/* The notes of what was found at the start. */
static gboolean
are_notes_gone (gpointer window)
{
  GType toast = g_type_from_name ("AdwToastWidget");

  return toast == 0 || gallery_find_below (window, toast) == NULL;
}

/* Every page that the sidebar leads to. */
static void
take_sidebar (void)
{
  static const struct
  {
    const char *page;
    void (*take) (void); /* what else there is to see on it */
  } more[] = { { "pick", take_pick },
               { "pack", take_pack },
               { "products", take_products },
               { "money", take_money } };
  GtkWidget     *window = GTK_WIDGET (gallery.window);
  GtkListBox    *sidebar = GTK_LIST_BOX (gtk_widget_get_ancestor (
         gallery_find_below (window, WB_TYPE_SIDEBAR_ROW), GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (sidebar, i)) != NULL; i++)
    {
      const char *page = wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row));

      gtk_widget_activate_action (window, "win.page", "i", i + 1);
      gallery_take (window, page);
      for (guint k = 0; k < G_N_ELEMENTS (more); k++)
        if (g_str_equal (more[k].page, page))
          more[k].take ();
    }
}

/** gallery_go_to: shows the page @name of the sidebar. */
void
gallery_go_to (const char *name)
{
  GtkWidget     *window = GTK_WIDGET (gallery.window);
  GtkListBox    *sidebar = GTK_LIST_BOX (gtk_widget_get_ancestor (
         gallery_find_below (window, WB_TYPE_SIDEBAR_ROW), GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (sidebar, i)) != NULL; i++)
    if (g_str_equal (wb_sidebar_row_get_page (WB_SIDEBAR_ROW (row)), name))
      gtk_widget_activate_action (window, "win.page", "i", i + 1);
}

/* The order that @is_it says yes to. */
static gint64
find_order (gboolean (*is_it) (WbBook *book, gint64 order_id))
{
  WbBook            *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (book, &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (is_it (book, g_array_index (ids, gint64, i)))
      return g_array_index (ids, gint64, i);
  return 0;
}

static gboolean
could_go_along (WbBook *book, gint64 order_id)
{
  g_autoptr (GArray)    with = wb_book_list_merged (book, order_id, NULL);
  g_autoptr (GArray)    could = wb_merge_propose (book, order_id, NULL);
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (book, order_id, NULL);

  return with->len == 0 && could->len > 1 && shipments->len == 0;
}

static gboolean
goes_along (WbBook *book, gint64 order_id)
{
  g_autoptr (GArray) with = wb_book_list_merged (book, order_id, NULL);

  return with->len > 0;
}

static gboolean
has_customs_gap (WbBook *book, gint64 order_id)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id, NULL);
  g_autoptr (GPtrArray) gaps = wb_list_customs_gaps (book, order_id, NULL);

  return gaps != NULL && gaps->len > 0 && wb_order_to_ship (order) > 0;
}

/* Orders that ship together, and one that customs ask about. */
static void
take_odd_orders (void)
{
  static const struct
  {
    gboolean (*is_it) (WbBook *book, gint64 order_id);
    const char *name, *ship;
  } orders[] = { { could_go_along, "order-could-merge", NULL },
                 { goes_along, "order-merged", "ship-merged" },
                 { has_customs_gap, "order-customs", "ship-customs" } };
  GtkWidget *window = GTK_WIDGET (gallery.window);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gint64 id = find_order (orders[i].is_it);

      g_assert_cmpint (id, >, 0);
      gtk_widget_activate_action (window, "win.show-order", "x", id);
      gallery_take (window, orders[i].name);
      if (orders[i].ship == NULL)
        continue;
      gtk_widget_activate_action (window, "win.main-action", NULL);
      gallery_take (window, orders[i].ship);
    }
}

/* A shop's first import is on its way. */
static void
take_progress (void)
{
  GtkWidget *row = gallery_find_below (GTK_WIDGET (gallery.window), WB_TYPE_CHANNEL_ROW);
  GtkWidget *flap = gtk_widget_get_ancestor (row, ADW_TYPE_FLAP);

  gallery_go_to ("today");
  adw_flap_set_reveal_flap (ADW_FLAP (flap), TRUE);
  wb_channel_row_show_progress (WB_CHANNEL_ROW (row), N_READ, N_TO_READ);
  gallery_take (GTK_WIDGET (gallery.window), "first-import");
  wb_channel_row_end_progress (WB_CHANNEL_ROW (row));
  adw_flap_set_reveal_flap (ADW_FLAP (flap), !adw_flap_get_folded (ADW_FLAP (flap)));
}

/** gallery_take_pages: the pages with their details. */
void
gallery_take_pages (void)
{
  GtkWidget *window = GTK_WIDGET (gallery.window);

  gallery_wait_for (are_notes_gone, window);
  take_sidebar ();
  take_progress ();
  gtk_widget_activate_action (window, "win.show-order", "x",
                              gallery_first_order (WB_STAGE_SHIPPED));
  gallery_take (window, "order-shipped");
  gtk_widget_activate_action (window, "win.show-order", "x", gallery_first_order (WB_STAGE_READY));
  gallery_take (window, "order");
  take_ship ();
  gtk_widget_activate_action (window, "win.show-order", "x", first_edited ());
  gallery_take (window, "order-edited");
  take_odd_orders ();
  gtk_widget_activate_action (window, "win.show-shipment", "x",
                              gallery_first_shipment (WB_SHIPMENT_SHIPPED));
  gallery_take (window, "shipment");
  gtk_widget_activate_action (window, "win.show-shipment", "x",
                              gallery_first_shipment (WB_SHIPMENT_LABELLED));
  gallery_take (window, "shipment-unfinished");
}
