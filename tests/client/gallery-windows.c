/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of the windows and dialogs that open above the pages. */
#include "gallery-views.h"

#include "gallery-shot.h"
#include "wb-batch-window.h"
#include "wb-book-channels.h"
#include "wb-book-stock.h"
#include "wb-buying-window.h"
#include "wb-channel-window.h"
#include "wb-connect-window.h"
#include "wb-customs-data-window.h"
#include "wb-exceptions.h"
#include "wb-first-run.h"
#include "wb-label-sheet-window.h"
#include "wb-listings-window.h"
#include "wb-money-import-window.h"
#include "wb-orders-import-window.h"
#include "wb-orders-page.h"
#include "wb-origin-window.h"
#include "wb-own-order-window.h"
#include "wb-package-window.h"
#include "wb-paper-window.h"
#include "wb-pieces-window.h"
#include "wb-preferences-window.h"
#include "wb-products-import-window.h"
#include "wb-products-page.h"
#include "wb-purchase-window.h"
#include "wb-refund-window.h"
#include "wb-rule-window.h"
#include "wb-set-aside-window.h"
#include "wb-settle-window.h"
#include "wb-shop.h"
#include "wb-test-print-window.h"
#include "wb-void-dialog.h"

#include <glib/gstdio.h>

#define N_SELECTED 6

/* What an action of the window opened above it. */
static void
take_opened (const char *action, const char *name)
{
  guint before = g_list_model_get_n_items (gtk_window_get_toplevels ());

  gtk_widget_activate_action (GTK_WIDGET (gallery.window), action, NULL);
  gallery_take_new (before, name);
}

/* Several orders chosen, what can be done to them at once, and what the list can be narrowed to. */
static void
take_several (void)
{
  GtkWidget         *window = GTK_WIDGET (gallery.window);
  GtkWidget         *page = gallery_find_below (window, WB_TYPE_ORDERS_PAGE);
  GObject           *button;
  GtkSelectionModel *model;
  g_autoptr (GArray) ids = wb_book_list_order_ids (wb_workspace_get_book (gallery.workspace),
                                                   &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  gtk_widget_activate_action (window, "win.orders", "s", "to-ship");
  gallery_take (window, "orders-again");
  model =
      gtk_column_view_get_model (GTK_COLUMN_VIEW (gallery_find_below (page, GTK_TYPE_COLUMN_VIEW)));
  gtk_selection_model_select_range (model, 0, N_SELECTED, TRUE);
  gallery_take (window, "orders-selected");
  button = gtk_widget_get_template_child (page, WB_TYPE_ORDERS_PAGE, "filter_button");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gallery_take (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))),
                "orders-filter");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  g_array_set_size (ids, MIN (ids->len, N_SELECTED));
  gallery_take_dialog (wb_batch_window_ask (GTK_WINDOW (gallery.window), gallery.workspace,
                                            wb_batch_act (wb_order_acts, "ship"), ids),
                       "batch");
}

static void
take_preferences (void)
{
  static const char *const pages[] = { "connections", "printing", "parcels",
                                       "slips",       "rules",    "book" };
  GtkWindow *window = wb_preferences_window_new (GTK_WINDOW (gallery.window), gallery.workspace);

  gtk_window_present (window);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("preferences-%s", pages[i]);

      adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), pages[i]);
      gallery_take (GTK_WIDGET (window), name);
    }
  gtk_window_destroy (window);
}

/* A rule as it is changed, with its dry run. */
static void
take_rule (void)
{
  WbBook               *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (GPtrArray) rules = wb_book_list_rules (book, NULL);

  gallery_take_dialog (wb_rule_window_open (GTK_WINDOW (gallery.window), gallery.workspace,
                                            rules->len > 0 ? rules->pdata[0] : NULL),
                       "rule");
}

static void
take_void (void)
{
  guint                  before = g_list_model_get_n_items (gtk_window_get_toplevels ());
  WbBook                *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (WbShipment) shipment =
      wb_book_get_shipment (book, gallery_first_shipment (WB_SHIPMENT_LABELLED), NULL);
  GPtrArray          *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
  g_autoptr (WbLabel) label =
      wb_book_get_live_label (book, wb_record_get_int (parcels->pdata[0], WB_PARCEL_ID), NULL);

  wb_void_dialog_ask (GTK_WIDGET (gallery.window), gallery.workspace, shipment,
                      wb_record_get_int (label, WB_LABEL_ID));
  gallery_take_new (before, "void");
}

static void
take_first_run (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = g_object_new (WB_TYPE_FIRST_RUN, NULL);

  wb_first_run_set_workspace (WB_FIRST_RUN (view), gallery.workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), gallery.width, GALLERY_HEIGHT);
  adw_window_set_content (ADW_WINDOW (window), view);
  gallery_take_dialog (GTK_WINDOW (window), "first-run");
}

/* The shortfall of the one that was worth more than was authorised, in the three ways out. */
static gint64
find_short (void)
{
  WbBook            *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (book, &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order = wb_book_get_order (book, id, NULL);

      if (wb_record_get_int (order, WB_ORDER_CAPTURED) > 0 &&
          wb_order_open_amount (book, order, NULL) > 0)
        return id;
    }
  return 0;
}

static void
take_settle (void)
{
  static const char *const names[] = { "settle-received", "settle-asked", "settle-written-off" };
  gint64                   order = find_short ();

  for (guint i = 0; i < WB_N_SETTLES; i++)
    gallery_take_dialog (
        wb_settle_window_open (GTK_WINDOW (gallery.window), gallery.workspace, order, i), names[i]);
}

static void
take_refund (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (wb_workspace_get_book (gallery.workspace),
                                                 gallery_first_order (WB_STAGE_SHIPPED), NULL);

  gallery_take_dialog (
      wb_refund_window_open (GTK_WINDOW (gallery.window), gallery.workspace, order), "refund");
}

static void
take_pieces (void)
{
  g_autoptr (WbOrder) order = wb_book_get_order (wb_workspace_get_book (gallery.workspace),
                                                 gallery_first_order (WB_STAGE_READY), NULL);

  gallery_take_dialog (
      wb_pieces_window_open (GTK_WINDOW (gallery.window), gallery.workspace, order), "pieces");
}

static void
take_set_aside (void)
{
  g_autoptr (GPtrArray) needing =
      wb_list_exceptions (wb_workspace_get_book (gallery.workspace), NULL);

  for (guint i = 0; i < needing->len; i++)
    {
      const WbException *exception = needing->pdata[i];

      if (g_str_equal (exception->kind, "set-aside"))
        {
          gallery_take_dialog (wb_set_aside_window_new (GTK_WINDOW (gallery.window),
                                                        gallery.workspace, exception->label_id),
                               "set-aside");
          return;
        }
    }
  g_printerr ("gallery: no label is set aside\n");
  gallery.faults++;
}

static void
take_prints (void)
{
  g_autoptr (GArray) shipments = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             shipped = gallery_first_shipment (WB_SHIPMENT_SHIPPED);

  g_array_append_val (shipments, shipped);
  gallery_take_dialog (wb_batch_window_ask (GTK_WINDOW (gallery.window), gallery.workspace,
                                            wb_batch_act (wb_label_acts, "print"), shipments),
                       "prints");
}

/* What customs want to know of two products, and labels onto a sheet of paper. */
static void
take_papers (void)
{
  WbBook               *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (WbProduct) mug = wb_book_find_product (book, "A-MUG", NULL);
  g_autoptr (WbProduct) tea = wb_book_find_product (book, "TEE-001", NULL);
  g_autoptr (GPtrArray) products = g_ptr_array_new ();
  g_autoptr (GArray)    shipments = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64                shipped = gallery_first_shipment (WB_SHIPMENT_SHIPPED);

  g_ptr_array_add (products, mug);
  g_ptr_array_add (products, tea);
  gallery_take_dialog (
      wb_customs_data_window_open (GTK_WINDOW (gallery.window), gallery.workspace, products),
      "customs-data");
  g_array_append_val (shipments, shipped);
  gallery_take_dialog (
      wb_label_sheet_window_open (GTK_WINDOW (gallery.window), gallery.workspace, shipments),
      "label-sheet");
}

static gboolean
is_asked (gpointer stack)
{
  return g_str_equal (gtk_stack_get_visible_child_name (stack), "ask");
}

/* The label that it prints comes out of a printer that is a folder. */
static void
take_test_print (void)
{
  GtkWindow *wizard =
      wb_test_print_window_new (GTK_WINDOW (gallery.window), gallery.workspace, WB_DOCUMENT_LABEL);
  GtkWidget *widget = GTK_WIDGET (wizard);
  GType      type = WB_TYPE_TEST_PRINT_WINDOW;

  gtk_window_present (wizard);
  gallery_take (widget, "test-print");
  g_signal_emit_by_name (gtk_widget_get_template_child (widget, type, "print"), "clicked");
  gallery_wait_for (is_asked, gtk_widget_get_template_child (widget, type, "stack"));
  gallery_take_dialog (wizard, "test-print-ask");
}

/* A statement with a column that nothing here knows, and a carrier's invoice that is understood. */
static void
take_import (void)
{
  static const struct
  {
    const char *name, *text;
  } files[] = {
    { "money-import-unclear",
      "Buchungstag;Wieviel;Verwendungszweck\n20.11.2026;12,40;STRIPE PAYOUT\n" },
    { "money-import", "tracking,invoice date,description,amount,currency\n"
                      "EZ1000000001,2026-11-20,Weight correction,7.90,EUR\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      guint            before = g_list_model_get_n_items (gtk_window_get_toplevels ());
      g_autofree char *file = g_strconcat (files[i].name, ".csv", NULL);
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), file, NULL);

      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
      wb_money_import_window_present (GTK_WINDOW (gallery.window), gallery.workspace, path);
      gallery_take_new (before, files[i].name);
      g_unlink (path);
    }
}

/* Returns: (transfer full): the workspace reads its connections anew while a picture is taken. */
static WbConnection *
first_shop (void)
{
  GPtrArray *all = wb_workspace_get_connections (gallery.workspace);

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0)
      return g_object_ref (all->pdata[i]);
  return NULL;
}

/* What a shop sells that nobody knows here: one is like a product, one is like none. */
static void
add_listings (WbBook *book, gint64 channel_id)
{
  static const char *const names[][2] = { { "NB-RULED", "Notebook ruled A5" },
                                          { "GIFT", "Gift wrapping with a ribbon" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WbListing) listing = wb_listing_new ();

      wb_record_set_int (listing, WB_LISTING_CHANNEL_ID, channel_id);
      wb_record_set_text (listing, WB_LISTING_PRODUCT_REF, names[i][0]);
      wb_record_set_text (listing, WB_LISTING_VARIATION_REF, "");
      wb_record_set_text (listing, WB_LISTING_SKU, names[i][0]);
      wb_record_set_text (listing, WB_LISTING_NAME, names[i][1]);
      wb_book_save (book, listing, NULL);
    }
}

static void
take_channels (void)
{
  GtkWindow               *parent = GTK_WINDOW (gallery.window);
  g_autoptr (WbConnection) shop = first_shop ();
  gint64                   id = wb_record_get_int (shop, WB_CONNECTION_ID);

  gallery_take_dialog (wb_listings_window_present (parent, gallery.workspace, id), "listings");
  gallery_take_dialog (wb_channel_window_present (parent, gallery.workspace, shop), "channel");
  gallery_take_dialog (
      wb_connect_window_open_provider (parent, gallery.workspace, WB_KIND_SHOP, WB_SHOP_FILES),
      "connect-files");
  gallery_take_dialog (wb_own_order_window_open (parent, gallery.workspace), "own-order");
}

/* A channel that is fed by files, for the pictures of its imports. */
static void
add_files_channel (WbBook *book)
{
  g_autoptr (WbConnection) channel = wb_connection_new ();

  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, WB_SHOP_FILES);
  wb_record_set_text (channel, WB_CONNECTION_NAME, "Fair");
  wb_record_set_text (channel, WB_CONNECTION_BASE_URL, "file:");
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_bool (channel, WB_CONNECTION_ENABLED, TRUE);
  wb_book_save (book, channel, NULL);
}

/* A spreadsheet that is understood but for one row, and one whose columns nobody knows. */
static void
take_orders_import (void)
{
  static const char *const files[][2] = {
    { "orders-import", "Order;Date;Customer;Address;City;ZIP;Country;Currency;SKU;Item;Qty;Price\n"
                       "F-1;2026-11-20;Ana Example;1 Way;Town;12345;DE;EUR;JUG;Jug;2;10,00\n"
                       "F-2;2026-11-21;Bo Example;2 Way;Town;12345;DE;EUR;JUG;Jug;many;10,00\n" },
    { "orders-import-unclear", "Was;Wieviel\nKrug;2\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_strconcat (files[i][0], ".csv", NULL);
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), file, NULL);

      g_assert_true (g_file_set_contents (path, files[i][1], -1, NULL));
      gallery_take_dialog (wb_orders_import_window_present (GTK_WINDOW (gallery.window),
                                                            gallery.workspace, path, "Fair"),
                           files[i][0]);
      g_unlink (path);
    }
}

/* What is done to a product's stock, to the product, and to what is bought. */
static void
take_goods (void)
{
  static const char *const actions[][2] = {
    { "product.adjust", "stock-adjust" },  { "product.receive", "stock-receive" },
    { "product.count", "stock-count" },    { "product.move", "stock-move" },
    { "product.edit", "product-edit" },    { "product.terms", "product-terms" },
    { "product.kit", "product-kit-part" },
  };
  GtkWidget            *window = GTK_WIDGET (gallery.window), *page, *detail;
  WbBook               *book = wb_workspace_get_book (gallery.workspace);
  g_autoptr (WbProduct) mug = wb_book_find_product (book, "A-MUG", NULL);
  g_autoptr (GPtrArray) purchases = wb_book_list_purchases (book, TRUE, NULL);
  g_autofree char      *path = g_build_filename (g_get_tmp_dir (), "products-import.csv", NULL);
  guint                 before = g_list_model_get_n_items (gtk_window_get_toplevels ());

  gallery_go_to ("products");
  page = gallery_find_below (window, WB_TYPE_PRODUCTS_PAGE);
  detail = GTK_WIDGET (gtk_widget_get_template_child (page, WB_TYPE_PRODUCTS_PAGE, "detail"));
  wb_products_page_show_product (WB_PRODUCTS_PAGE (page), wb_record_get_int (mug, WB_PRODUCT_ID));
  gallery_take (window, "product-again");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_activate_action (detail, actions[i][0], NULL);
      gallery_take_new (before, actions[i][1]);
    }
  gallery_take_dialog (wb_buying_window_open (GTK_WINDOW (window), gallery.workspace), "buying");
  gallery_take_dialog (
      wb_purchase_window_open (GTK_WINDOW (window), gallery.workspace,
                               wb_record_get_int (purchases->pdata[0], WB_PURCHASE_ORDER_ID)),
      "purchase");
  g_assert_true (g_file_set_contents (
      path, "sku,name,weight_g\nA-MUG,,320\nA-NEW,A new one,100\nA-SET,,heavy\n", -1, NULL));
  gallery_take_dialog (
      wb_products_import_window_open (GTK_WINDOW (window), gallery.workspace, path),
      "products-import");
  g_unlink (path);
}

/* What the pictures of channels show, once a book. */
static void
make_channels (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book =
      wb_book_open (wb_book_get_path (wb_workspace_get_book (gallery.workspace)), FALSE, &error);
  g_autoptr (WbConnection) shop = first_shop ();
  gint64                   id = wb_record_get_int (shop, WB_CONNECTION_ID);

  g_assert_no_error (error);
  if (wb_book_count_unmatched (book, id) > 0)
    return;
  add_listings (book, id);
  add_files_channel (book);
}

/** gallery_take_windows: every window and dialog. */
void
gallery_take_windows (void)
{
  GtkWindow *parent = GTK_WINDOW (gallery.window);

  make_channels ();

  take_preferences ();
  take_rule ();
  take_several ();
  take_void ();
  gallery_take_dialog (wb_connect_window_open (parent, gallery.workspace, WB_KIND_SHOP, NULL),
                       "connect-shop");
  gallery_take_dialog (wb_connect_window_open (parent, gallery.workspace, WB_KIND_CARRIER, NULL),
                       "connect-carrier");
  gallery_take_dialog (wb_connect_window_open (parent, gallery.workspace, WB_KIND_GATEWAY, NULL),
                       "connect-gateway");
  gallery_take_dialog (wb_origin_window_open (parent, gallery.workspace, NULL), "origin");
  gallery_take_dialog (wb_package_window_open (parent, gallery.workspace, NULL), "package");
  take_test_print ();
  take_settle ();
  take_refund ();
  take_pieces ();
  take_set_aside ();
  take_prints ();
  take_papers ();
  take_import ();
  take_channels ();
  take_orders_import ();
  take_goods ();
  take_first_run ();
  gallery_take_dialog (wb_paper_window_new (parent, gallery.workspace,
                                            gallery_first_shipment (WB_SHIPMENT_SHIPPED),
                                            WB_DOCUMENT_SLIP),
                       "paper-slip");
  take_opened ("win.shortcuts", "shortcuts");
  take_opened ("app.about", "about");
}
