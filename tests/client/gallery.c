/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes a picture of every page and dialog, light and dark, wide and narrow, in several languages,
 * and fails when one is blank or GTK had something to say. */
#include "client-bench.h"
#include "wb-batch-window.h"
#include "wb-connect-window.h"
#include "wb-first-run.h"
#include "wb-orders-filter.h"
#include "wb-orders-page.h"
#include "wb-origin-window.h"
#include "wb-package-window.h"
#include "wb-paper-window.h"
#include "wb-preferences-window.h"
#include "wb-secrets.h"
#include "wb-ship-pane.h"
#include "wb-test-print-window.h"
#include "wb-void-dialog.h"
#include "wb-window.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define HEIGHT      800
#define SETTLE_MS   60
#define MOST_LOOKS  200 /* so often it is looked whether a picture stands still */
#define FEW_COLOURS 12  /* a picture with fewer is blank */
#define N_DAY_SHIPS 4
#define N_SELECTED  6
#define WEIGHT_G    700
#define LARGE_DPI   (2 * 96 * 1024) /* text at 200 % */

static const int         widths[] = { 1280, 720 };
static const char *const languages[] = { "en", "de", "ar" };

static struct
{
  const char *folder, *language, *style; /* “light”, “dark”, “contrast” or “large” */
  int         width;
  WbWorkspace    *workspace;
  WbWindow       *window;
  GtkApplication *application;
  guint           faults;
} here;

static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    here.faults++;
  return g_log_writer_default (level, fields, n, data);
}

static gboolean
ring_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, ring_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_spinning (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget))
    return gtk_widget_get_mapped (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_spinning (child))
      return TRUE;
  return FALSE;
}

static GdkTexture *
draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable)  paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot)   snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int                       width = gdk_paintable_get_intrinsic_width (paintable);
  int                       height = gdk_paintable_get_intrinsic_height (paintable);

  if (width < 1 || height < 1)
    return NULL;
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  return node != NULL ? gsk_renderer_render_texture (
                            gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                            &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height))
                      : NULL;
}

static guint32 *
pixels_of (GdkTexture *texture, gsize *n)
{
  guint32 *pixels;

  *n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture);
  pixels = g_new (guint32, *n);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) gdk_texture_get_width (texture) * 4);
  return pixels;
}

static gboolean
are_same (GdkTexture *a, GdkTexture *b)
{
  gsize               n_a, n_b;
  g_autofree guint32 *pa = NULL, *pb = NULL;

  if (a == NULL || b == NULL)
    return FALSE;
  pa = pixels_of (a, &n_a);
  pb = pixels_of (b, &n_b);
  return n_a == n_b && memcmp (pa, pb, n_a * 4) == 0;
}

static gboolean
is_blank (GdkTexture *texture)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gsize                  n;
  g_autofree guint32    *pixels = pixels_of (texture, &n);

  for (gsize i = 0; i < n && g_hash_table_size (seen) < FEW_COLOURS; i += 3)
    g_hash_table_add (seen, GUINT_TO_POINTER (pixels[i]));
  return g_hash_table_size (seen) < FEW_COLOURS;
}

/* The picture, as soon as nothing in it moves any more. */
static GdkTexture *
settle (GtkWidget *widget)
{
  g_autoptr (GdkTexture) before = NULL;

  for (guint i = 0; i < MOST_LOOKS; i++)
    {
      g_autoptr (GdkTexture) now = NULL;

      run_for (SETTLE_MS);
      if (is_spinning (widget) || !gtk_widget_get_mapped (widget))
        continue;
      now = draw (widget);
      if (are_same (before, now))
        return g_steal_pointer (&now);
      g_set_object (&before, now);
    }
  return NULL;
}

static void
take (GtkWidget *widget, const char *name)
{
  g_autoptr (GdkTexture) picture = settle (widget);
  g_autofree char       *file =
      g_strdup_printf ("%s-%s-%s-%d.png", name, here.language, here.style, here.width);
  g_autofree char *path = g_build_filename (here.folder, file, NULL);

  if (picture == NULL || is_blank (picture) || !gdk_texture_save_to_png (picture, path))
    {
      g_printerr ("gallery: %s is %s\n", file,
                  picture == NULL ? "never still" : "blank or cannot be written");
      here.faults++;
    }
}

static void
take_dialog (GtkWindow *dialog, const char *name)
{
  gtk_window_present (dialog);
  take (GTK_WIDGET (dialog), name);
  gtk_window_destroy (dialog);
  run_for (1);
}

/* The window that has come above the others since there were @before. */
static void
take_new (guint before, const char *name)
{
  GListModel           *all = gtk_window_get_toplevels ();
  g_autoptr (GtkWindow) opened = NULL;

  for (guint i = 0; i < MOST_LOOKS && g_list_model_get_n_items (all) == before; i++)
    run_for (SETTLE_MS);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (window != GTK_WINDOW (here.window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        g_set_object (&opened, window);
    }
  if (opened != NULL)
    take_dialog (opened, name);
  else
    {
      g_printerr ("gallery: nothing opened for %s\n", name);
      here.faults++;
    }
}

/* What an action of the window opened above it. */
static void
take_opened (const char *action, const char *name)
{
  guint before = g_list_model_get_n_items (gtk_window_get_toplevels ());

  gtk_widget_activate_action (GTK_WIDGET (here.window), action, NULL);
  take_new (before, name);
}

/* The first of @type below @widget that is to be seen, popovers and all. */
static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);
  return found;
}

static gint64
first_in (const char *stage)
{
  const char *const  stages[] = { stage, NULL };
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (wb_workspace_get_book (here.workspace),
                              &(WbOrderQuery){ .stages = stages, .sort = "placed_at" }, NULL);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

static gint64
first_shipment (const char *state)
{
  const char *const  states[] = { state, NULL };
  g_autoptr (GArray) ids =
      wb_book_list_shipment_ids (wb_workspace_get_book (here.workspace), states, NULL, NULL);

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, ids->len - 1) : 0;
}

static gint64
first_edited (void)
{
  g_autoptr (GArray) ids = wb_book_list_order_ids (wb_workspace_get_book (here.workspace),
                                                   &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order =
          wb_book_get_order (wb_workspace_get_book (here.workspace), id, NULL);

      if (wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL))
        return id;
    }
  return 0;
}

/* The parcel is weighed, and the offers are there. */
static void
take_ship (void)
{
  GtkWidget *window = GTK_WIDGET (here.window);
  GtkWidget *pane = find_below (window, WB_TYPE_SHIP_PANE);

  gtk_widget_activate_action (window, "win.main-action", NULL);
  take (window, "ship-unweighed");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_below (pane, GTK_TYPE_SPIN_BUTTON)), WEIGHT_G);
  run_for (SETTLE_MS);
  take (window, "ship");
}

/* Several orders chosen, what can be done to them at once, and what the list can be narrowed to. */
static void
take_several (void)
{
  GtkWidget         *window = GTK_WIDGET (here.window);
  GtkWidget         *filter;
  GtkSelectionModel *model;
  g_autoptr (GArray) ids = wb_book_list_order_ids (wb_workspace_get_book (here.workspace),
                                                   &(WbOrderQuery){ .sort = "placed_at" }, NULL);

  gtk_widget_activate_action (window, "win.orders", "s", "to-ship");
  take (window, "orders-again");
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (
      find_below (find_below (window, WB_TYPE_ORDERS_PAGE), GTK_TYPE_COLUMN_VIEW)));
  gtk_selection_model_select_range (model, 0, N_SELECTED, TRUE);
  take (window, "orders-selected");
  filter = find_below (window, WB_TYPE_ORDERS_FILTER);
  gtk_popover_popup (GTK_POPOVER (filter));
  take (filter, "orders-filter");
  gtk_popover_popdown (GTK_POPOVER (filter));
  g_array_set_size (ids, MIN (ids->len, N_SELECTED));
  take_dialog (wb_batch_window_ask (GTK_WINDOW (here.window), here.workspace, WB_BATCH_SHIP, ids),
               "batch");
}

/* Every page that the sidebar leads to, by its number. */
static void
take_pages (void)
{
  static const char *const pages[] = { "today", "orders", "shipments", "customers", "money" };
  GtkWidget               *window = GTK_WIDGET (here.window);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (window, "win.page", "i", (int) i + 1);
      take (window, pages[i]);
    }
  gtk_widget_activate_action (window, "win.show-order", "x", first_in (WB_STAGE_SHIPPED));
  take (window, "order-shipped");
  gtk_widget_activate_action (window, "win.show-order", "x", first_in (WB_STAGE_READY));
  take (window, "order");
  take_ship ();
  gtk_widget_activate_action (window, "win.show-order", "x", first_edited ());
  take (window, "order-edited");
  gtk_widget_activate_action (window, "win.show-shipment", "x",
                              first_shipment (WB_SHIPMENT_SHIPPED));
  take (window, "shipment");
  gtk_widget_activate_action (window, "win.show-shipment", "x",
                              first_shipment (WB_SHIPMENT_LABELLED));
  take (window, "shipment-unfinished");
}

static void
take_preferences (void)
{
  static const char *const pages[] = { "connections", "printing", "parcels", "slips", "book" };
  GtkWindow *window = wb_preferences_window_new (GTK_WINDOW (here.window), here.workspace);

  gtk_window_present (window);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("preferences-%s", pages[i]);

      adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), pages[i]);
      take (GTK_WIDGET (window), name);
    }
  gtk_window_destroy (window);
}

static void
take_void (void)
{
  guint                  before = g_list_model_get_n_items (gtk_window_get_toplevels ());
  WbBook                *book = wb_workspace_get_book (here.workspace);
  g_autoptr (WbShipment) shipment =
      wb_book_get_shipment (book, first_shipment (WB_SHIPMENT_LABELLED), NULL);
  GPtrArray          *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
  g_autoptr (WbLabel) label =
      wb_book_get_live_label (book, wb_record_get_int (parcels->pdata[0], WB_PARCEL_ID), NULL);

  wb_void_dialog_ask (GTK_WIDGET (here.window), here.workspace, shipment,
                      wb_record_get_int (label, WB_LABEL_ID));
  take_new (before, "void");
}

static void
take_dialogs (void)
{
  GtkWindow *parent = GTK_WINDOW (here.window);

  take_preferences ();
  take_several ();
  take_void ();
  take_dialog (wb_connect_window_open (parent, here.workspace, WB_KIND_SHOP, NULL), "connect-shop");
  take_dialog (wb_connect_window_open (parent, here.workspace, WB_KIND_CARRIER, NULL),
               "connect-carrier");
  take_dialog (wb_connect_window_open (parent, here.workspace, WB_KIND_GATEWAY, NULL),
               "connect-gateway");
  take_dialog (wb_origin_window_open (parent, here.workspace, NULL), "origin");
  take_dialog (wb_package_window_open (parent, here.workspace, NULL), "package");
  take_dialog (wb_test_print_window_new (parent, here.workspace, WB_DOCUMENT_LABEL), "test-print");
  take_dialog (wb_paper_window_new (parent, here.workspace, first_shipment (WB_SHIPMENT_SHIPPED),
                                    WB_DOCUMENT_SLIP),
               "paper-slip");
  take_opened ("win.shortcuts", "shortcuts");
  take_opened ("app.about", "about");
}

static void
take_first_run (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = g_object_new (WB_TYPE_FIRST_RUN, NULL);

  wb_first_run_set_workspace (WB_FIRST_RUN (view), here.workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), here.width, HEIGHT);
  adw_window_set_content (ADW_WINDOW (window), view);
  take_dialog (GTK_WINDOW (window), "first-run");
}

/* Text at 200 % and high contrast: of the pages alone. */
static gboolean
is_plain (void)
{
  return g_str_equal (here.style, "light") || g_str_equal (here.style, "dark");
}

static void
take_all (int width)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.waybill.Waybill");

  here.width = width;
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", HEIGHT);
  here.window = wb_window_new (here.application, here.workspace);
  gtk_window_present (GTK_WINDOW (here.window));
  for (guint i = 0; i < MOST_LOOKS && !wb_workspace_is_open (here.workspace); i++)
    run_for (SETTLE_MS);
  while (wb_worker_get_effects (wb_workspace_get_worker (here.workspace)) > 0)
    run_for (SETTLE_MS);
  take_pages ();
  if (is_plain ())
    {
      take_dialogs ();
      take_first_run ();
    }
  gtk_window_destroy (GTK_WINDOW (here.window));
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  const char           *book = g_getenv ("WB_BOOK"), *file = g_getenv ("WB_SECRETS");
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbSecrets) secrets = wb_secrets_new_file (file, &error);

  g_assert_no_error (error);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (here.style, "dark")
                                          ? ADW_COLOR_SCHEME_FORCE_DARK
                                          : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (g_str_equal (here.style, "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE_DPI, NULL);
  gtk_widget_set_default_direction (g_str_equal (here.language, "ar") ? GTK_TEXT_DIR_RTL
                                                                      : GTK_TEXT_DIR_LTR);
  here.application = application;
  g_application_hold (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (book, secrets, NULL);

      here.workspace = workspace;
      take_all (widths[i]);
    }
  g_application_release (G_APPLICATION (application));
  g_application_quit (G_APPLICATION (application));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (GTK_WINDOW (here.window), "application-name", "Waybill", "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

/* One language and style, in a process of its own: both are chosen at the start. */
static int
take_one (const char *folder, const char *language, const char *style)
{
  static const GActionEntry  actions[] = { { .name = "about", .activate = about_cb } };
  g_autoptr (AdwApplication) application =
      adw_application_new ("org.waybill.Waybill", G_APPLICATION_NON_UNIQUE);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("WAYBILL_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  here.folder = folder;
  here.language = language;
  here.style = style;
  g_log_set_writer_func (log_cb, NULL, NULL);
  g_object_set (application, "resource-base-path", "/org/waybill/Waybill", NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
  return here.faults == 0 ? 0 : 1;
}

/* The shop tells another street after the label was bought. */
static void
edit_street (WbDesk *desk, gint64 order_id)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), order_id, NULL);
  g_auto (WbSyncResult) result = { 0 };

  wb_record_set_text (wb_record_get_one (order, WB_ORDER_SHIP_TO), WB_ADDRESS_STREET1,
                      "Lange Gasse 7");
  g_assert_true (wb_desk_import_order (desk, order, NULL, &result, NULL));
}

/* A day’s work, so that there is something to see: shipped, tracked, voided, and one whose payment
 * is declined after its label was bought. */
static void
live_a_day (WbBench *bench)
{
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);

  for (guint i = 0; i < MIN (N_DAY_SHIPS, calm->len); i++)
    {
      gint64                order_id = g_array_index (calm, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (wb_desk_get_book (desk), order_id, NULL);
      g_autoptr (GPtrArray) labels = NULL;
      g_autofree char      *path =
          g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
      guint            status = 0;
      g_autofree char *reply =
          i == 3 ? wb_town_control (bench->town, "POST", path, "{\"declines\": true}", &status)
                 : NULL;
      gint64 shipment = wb_bench_plan (desk, order_id, NULL);

      g_assert_cmpint (shipment, >, 0);
      g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, NULL) == (i != 3));
      if (i == 1)
        g_assert_true (wb_desk_track (desk, shipment, NULL, NULL));
      if (i == 3)
        edit_street (desk, order_id);
      labels = wb_book_list_labels (wb_desk_get_book (desk), order_id, NULL);
      if (i == 2)
        g_assert_true (wb_desk_void_label (desk, wb_record_get_int (labels->pdata[0], WB_LABEL_ID),
                                           NULL, NULL, NULL));
    }
}

static gboolean
spawn (const char *program, const char *folder, const char *language, const char *style)
{
  const char        *argv[] = { program, "--one", folder, language, style, NULL };
  g_autoptr (GError) error = NULL;
  int                status = 0;

  g_setenv ("LANGUAGE", language, TRUE);
  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", g_str_equal (style, "contrast") ? "1" : "0", TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                     &error))
    {
      g_printerr ("gallery: %s\n", error->message);
      return FALSE;
    }
  return g_spawn_check_wait_status (status, NULL);
}

int
main (int argc, char **argv)
{
  WbTownOptions       options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (WbBench) bench = NULL;
  g_autofree char    *secrets = NULL;
  gboolean            ok = TRUE;

  if (argc == 5 && g_str_equal (argv[1], "--one"))
    return take_one (argv[2], argv[3], argv[4]);
  if (argc != 2)
    {
      g_printerr ("usage: gallery FOLDER\n");
      return 2;
    }
  options.orders = 40;
  g_mkdir_with_parents (argv[1], 0755);
  bench = client_bench_new (&options, &secrets);
  live_a_day (bench);
  g_setenv ("WB_BOOK", bench->book, TRUE);
  g_setenv ("WB_SECRETS", secrets, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      ok &= spawn (argv[0], argv[1], languages[i], "light");
      ok &= spawn (argv[0], argv[1], languages[i], "dark");
    }
  ok &= spawn (argv[0], argv[1], "en", "contrast");
  ok &= spawn (argv[0], argv[1], "en", "large");
  return ok ? 0 : 1;
}
