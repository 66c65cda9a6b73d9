/* SPDX-License-Identifier: GPL-3.0-or-later
 * Instantiates every view: each .ui file of the program must make its widget without a word from
 * GTK. */
#include "wb-arrival-group.h"
#include "wb-batch-bar.h"
#include "wb-batch-line.h"
#include "wb-batch-window.h"
#include "wb-buying-window.h"
#include "wb-camera-group.h"
#include "wb-channel-row.h"
#include "wb-channel-status-group.h"
#include "wb-channel-stock-group.h"
#include "wb-channel-window.h"
#include "wb-columns-group.h"
#include "wb-connect-row.h"
#include "wb-connect-window.h"
#include "wb-customer-detail.h"
#include "wb-customer-link-row.h"
#include "wb-customer-row.h"
#include "wb-customers-page.h"
#include "wb-customs-data-group.h"
#include "wb-customs-data-window.h"
#include "wb-customs-hint.h"
#include "wb-edit-row.h"
#include "wb-event-row.h"
#include "wb-exception-row.h"
#include "wb-fact-row.h"
#include "wb-filter-chip.h"
#include "wb-filter-switch.h"
#include "wb-first-run.h"
#include "wb-form-window.h"
#include "wb-guess-row.h"
#include "wb-kit-window.h"
#include "wb-label-preview.h"
#include "wb-label-sheet-window.h"
#include "wb-line-row.h"
#include "wb-list-state.h"
#include "wb-listing-row.h"
#include "wb-listings-window.h"
#include "wb-money-detail.h"
#include "wb-money-figures.h"
#include "wb-money-import-window.h"
#include "wb-money-line.h"
#include "wb-money-page.h"
#include "wb-money-period-picker.h"
#include "wb-money-steps.h"
#include "wb-money-sync-bar.h"
#include "wb-order-detail.h"
#include "wb-orders-filter.h"
#include "wb-orders-import-window.h"
#include "wb-orders-page.h"
#include "wb-origin-window.h"
#include "wb-own-line-row.h"
#include "wb-own-order-window.h"
#include "wb-pack-line-row.h"
#include "wb-pack-page.h"
#include "wb-pack-photos.h"
#include "wb-pack-run.h"
#include "wb-package-window.h"
#include "wb-paper-window.h"
#include "wb-parcel-row.h"
#include "wb-pick-line-row.h"
#include "wb-pick-make.h"
#include "wb-pick-order-row.h"
#include "wb-pick-orders.h"
#include "wb-pick-page.h"
#include "wb-pieces-window.h"
#include "wb-preferences-book.h"
#include "wb-preferences-connections.h"
#include "wb-preferences-parcels.h"
#include "wb-preferences-printing.h"
#include "wb-preferences-rules.h"
#include "wb-preferences-window.h"
#include "wb-printer-details.h"
#include "wb-printer-group.h"
#include "wb-printer-subpage.h"
#include "wb-product-detail.h"
#include "wb-product-window.h"
#include "wb-products-import-window.h"
#include "wb-products-page.h"
#include "wb-proposal-row.h"
#include "wb-purchase-window.h"
#include "wb-rate-row.h"
#include "wb-raw-window.h"
#include "wb-refund-window.h"
#include "wb-resource.h"
#include "wb-rule-hits.h"
#include "wb-rule-list-row.h"
#include "wb-rule-part-row.h"
#include "wb-rule-row.h"
#include "wb-rule-window.h"
#include "wb-saved-views.h"
#include "wb-set-aside-window.h"
#include "wb-settle-window.h"
#include "wb-ship-box-row.h"
#include "wb-ship-line-row.h"
#include "wb-ship-pane.h"
#include "wb-shipment-detail.h"
#include "wb-shipments-page.h"
#include "wb-sidebar-row.h"
#include "wb-slip-design-page.h"
#include "wb-split.h"
#include "wb-step-list.h"
#include "wb-step-row.h"
#include "wb-stock-row.h"
#include "wb-stock-window.h"
#include "wb-terms-window.h"
#include "wb-test-print-window.h"
#include "wb-today-page.h"
#include "wb-view-row.h"
#include "wb-window.h"

static const struct
{
  const char *view;
  GType (*get_type) (void);
} views[] = {
  { "wb-arrival-group.ui", wb_arrival_group_get_type },
  { "wb-batch-bar.ui", wb_batch_bar_get_type },
  { "wb-batch-line.ui", wb_batch_line_get_type },
  { "wb-batch-window.ui", wb_batch_window_get_type },
  { "wb-buying-window.ui", wb_buying_window_get_type },
  { "wb-camera-group.ui", wb_camera_group_get_type },
  { "wb-channel-row.ui", wb_channel_row_get_type },
  { "wb-channel-status-group.ui", wb_channel_status_group_get_type },
  { "wb-channel-stock-group.ui", wb_channel_stock_group_get_type },
  { "wb-channel-window.ui", wb_channel_window_get_type },
  { "wb-columns-group.ui", wb_columns_group_get_type },
  { "wb-connect-row.ui", wb_connect_row_get_type },
  { "wb-connect-window.ui", wb_connect_window_get_type },
  { "wb-customer-detail.ui", wb_customer_detail_get_type },
  { "wb-customer-link-row.ui", wb_customer_link_row_get_type },
  { "wb-customer-row.ui", wb_customer_row_get_type },
  { "wb-customers-page.ui", wb_customers_page_get_type },
  { "wb-customs-data-group.ui", wb_customs_data_group_get_type },
  { "wb-customs-data-window.ui", wb_customs_data_window_get_type },
  { "wb-customs-hint.ui", wb_customs_hint_get_type },
  { "wb-edit-row.ui", wb_edit_row_get_type },
  { "wb-event-row.ui", wb_event_row_get_type },
  { "wb-exception-row.ui", wb_exception_row_get_type },
  { "wb-fact-row.ui", wb_fact_row_get_type },
  { "wb-filter-chip.ui", wb_filter_chip_get_type },
  { "wb-filter-switch.ui", wb_filter_switch_get_type },
  { "wb-first-run.ui", wb_first_run_get_type },
  { "wb-form-window.ui", wb_form_window_get_type },
  { "wb-guess-row.ui", wb_guess_row_get_type },
  { "wb-kit-window.ui", wb_kit_window_get_type },
  { "wb-label-preview.ui", wb_label_preview_get_type },
  { "wb-label-sheet-window.ui", wb_label_sheet_window_get_type },
  { "wb-line-row.ui", wb_line_row_get_type },
  { "wb-list-state.ui", wb_list_state_get_type },
  { "wb-listing-row.ui", wb_listing_row_get_type },
  { "wb-listings-window.ui", wb_listings_window_get_type },
  { "wb-money-detail.ui", wb_money_detail_get_type },
  { "wb-money-figures.ui", wb_money_figures_get_type },
  { "wb-money-import-window.ui", wb_money_import_window_get_type },
  { "wb-money-line.ui", wb_money_line_get_type },
  { "wb-money-page.ui", wb_money_page_get_type },
  { "wb-money-period-picker.ui", wb_money_period_picker_get_type },
  { "wb-money-steps.ui", wb_money_steps_get_type },
  { "wb-money-sync-bar.ui", wb_money_sync_bar_get_type },
  { "wb-order-detail.ui", wb_order_detail_get_type },
  { "wb-orders-filter.ui", wb_orders_filter_get_type },
  { "wb-orders-import-window.ui", wb_orders_import_window_get_type },
  { "wb-orders-page.ui", wb_orders_page_get_type },
  { "wb-origin-window.ui", wb_origin_window_get_type },
  { "wb-own-line-row.ui", wb_own_line_row_get_type },
  { "wb-own-order-window.ui", wb_own_order_window_get_type },
  { "wb-pack-line-row.ui", wb_pack_line_row_get_type },
  { "wb-pack-page.ui", wb_pack_page_get_type },
  { "wb-pack-photos.ui", wb_pack_photos_get_type },
  { "wb-pack-run.ui", wb_pack_run_get_type },
  { "wb-package-window.ui", wb_package_window_get_type },
  { "wb-paper-window.ui", wb_paper_window_get_type },
  { "wb-parcel-row.ui", wb_parcel_row_get_type },
  { "wb-pick-line-row.ui", wb_pick_line_row_get_type },
  { "wb-pick-make.ui", wb_pick_make_get_type },
  { "wb-pick-order-row.ui", wb_pick_order_row_get_type },
  { "wb-pick-orders.ui", wb_pick_orders_get_type },
  { "wb-pick-page.ui", wb_pick_page_get_type },
  { "wb-pieces-window.ui", wb_pieces_window_get_type },
  { "wb-preferences-book.ui", wb_preferences_book_get_type },
  { "wb-preferences-connections.ui", wb_preferences_connections_get_type },
  { "wb-preferences-parcels.ui", wb_preferences_parcels_get_type },
  { "wb-preferences-printing.ui", wb_preferences_printing_get_type },
  { "wb-preferences-rules.ui", wb_preferences_rules_get_type },
  { "wb-preferences-window.ui", wb_preferences_window_get_type },
  { "wb-printer-details.ui", wb_printer_details_get_type },
  { "wb-printer-group.ui", wb_printer_group_get_type },
  { "wb-printer-subpage.ui", wb_printer_subpage_get_type },
  { "wb-product-detail.ui", wb_product_detail_get_type },
  { "wb-product-window.ui", wb_product_window_get_type },
  { "wb-products-import-window.ui", wb_products_import_window_get_type },
  { "wb-products-page.ui", wb_products_page_get_type },
  { "wb-proposal-row.ui", wb_proposal_row_get_type },
  { "wb-purchase-window.ui", wb_purchase_window_get_type },
  { "wb-rate-row.ui", wb_rate_row_get_type },
  { "wb-raw-window.ui", wb_raw_window_get_type },
  { "wb-refund-window.ui", wb_refund_window_get_type },
  { "wb-rule-hits.ui", wb_rule_hits_get_type },
  { "wb-rule-list-row.ui", wb_rule_list_row_get_type },
  { "wb-rule-part-row.ui", wb_rule_part_row_get_type },
  { "wb-rule-row.ui", wb_rule_row_get_type },
  { "wb-rule-window.ui", wb_rule_window_get_type },
  { "wb-saved-views.ui", wb_saved_views_get_type },
  { "wb-set-aside-window.ui", wb_set_aside_window_get_type },
  { "wb-settle-window.ui", wb_settle_window_get_type },
  { "wb-ship-box-row.ui", wb_ship_box_row_get_type },
  { "wb-ship-line-row.ui", wb_ship_line_row_get_type },
  { "wb-ship-pane.ui", wb_ship_pane_get_type },
  { "wb-shipment-detail.ui", wb_shipment_detail_get_type },
  { "wb-shipments-page.ui", wb_shipments_page_get_type },
  { "wb-sidebar-row.ui", wb_sidebar_row_get_type },
  { "wb-slip-design-page.ui", wb_slip_design_page_get_type },
  { "wb-split.ui", wb_split_get_type },
  { "wb-step-list.ui", wb_step_list_get_type },
  { "wb-step-row.ui", wb_step_row_get_type },
  { "wb-stock-row.ui", wb_stock_row_get_type },
  { "wb-stock-window.ui", wb_stock_window_get_type },
  { "wb-terms-window.ui", wb_terms_window_get_type },
  { "wb-test-print-window.ui", wb_test_print_window_get_type },
  { "wb-today-page.ui", wb_today_page_get_type },
  { "wb-view-row.ui", wb_view_row_get_type },
  { "wb-window.ui", wb_window_get_type },
};

static void
test_view (gconstpointer data)
{
  GType               type = views[GPOINTER_TO_UINT (data)].get_type ();
  g_autoptr (GObject) widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_true (GTK_IS_WIDGET (widget));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
}

static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (WB_RESOURCE "help-overlay.ui");
  GtkWindow             *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (window);
}

/* A view that is added and not instantiated here is a fault of this test. */
static void
test_all_are_here (void)
{
  static const char *const without_class[] = { "help-overlay.ui", "wb-menus.ui", NULL };
  g_autoptr (GError)       error = NULL;
  g_auto (GStrv)           names = g_resources_enumerate_children (WB_RESOURCE, 0, &error);
  guint                    found = 0;

  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean known = g_strv_contains (without_class, names[i]);

      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        known |= g_str_equal (names[i], views[j].view);
      if (!known)
        g_test_message ("%s is not instantiated", names[i]);
      g_assert_true (known);
      found++;
    }
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (views) + g_strv_length ((char **) without_class));
}

int
main (int argc, char **argv)
{
  g_setenv ("G_DEBUG", "fatal-warnings,fatal-criticals", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_printerr ("no display\n");
      return 1;
    }
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/views/%s", views[i].view);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_view);
    }
  g_test_add_func ("/client/views/help-overlay.ui", test_shortcuts);
  g_test_add_func ("/client/views/all-are-here", test_all_are_here);
  return g_test_run ();
}
