/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes a picture of every page and dialog, light and dark, wide and narrow, in several languages,
 * in high contrast and with text at 200 %, and fails when one is blank or wider than it may be, or
 * GTK had something to say. */
#include "gallery-day.h"
#include "gallery-shot.h"
#include "gallery-views.h"
#include "wb-application.h"
#include "wb-pack.h"
#include "wb-secrets.h"

#include <glib/gi18n.h>
#include <locale.h>

#define SETTLE_MS  60
#define MOST_LOOKS 200
#define LARGE_DPI  (2 * 96 * 1024) /* text at 200 % */
#define CARDBOARD  0xc19a6bff

static const int         widths[] = { GALLERY_WIDEST, 720 };
static const char *const languages[] = { "en", "de", "ar" };

static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    gallery.faults++;
  return g_log_writer_default (level, fields, n, data);
}

static void
take_all (int width)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.waybill.Waybill");

  gallery.width = width;
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", GALLERY_HEIGHT);
  gallery.window = wb_window_new (gallery.application, gallery.workspace);
  gtk_window_present (GTK_WINDOW (gallery.window));
  for (guint i = 0; i < MOST_LOOKS && !wb_workspace_is_open (gallery.workspace); i++)
    gallery_run_for (SETTLE_MS);
  while (wb_worker_get_effects (wb_workspace_get_worker (gallery.workspace)) > 0)
    gallery_run_for (SETTLE_MS);
  gallery_take_pages ();
  gallery_take_windows ();
  gtk_window_destroy (GTK_WINDOW (gallery.window));
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  const char           *book = g_getenv ("WB_BOOK"), *file = g_getenv ("WB_SECRETS");
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbSecrets) secrets = wb_secrets_new_file (file, &error);

  g_assert_no_error (error);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (gallery.style, "dark")
                                          ? ADW_COLOR_SCHEME_FORCE_DARK
                                          : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (g_str_equal (gallery.style, "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE_DPI, NULL);
  gtk_widget_set_default_direction (g_str_equal (gallery.language, "ar") ? GTK_TEXT_DIR_RTL
                                                                         : GTK_TEXT_DIR_LTR);
  gallery.application = application;
  g_application_hold (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (book, secrets, NULL);

      gallery.workspace = workspace;
      take_all (widths[i]);
    }
  g_application_release (G_APPLICATION (application));
  g_application_quit (G_APPLICATION (application));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wb_application_show_about (GTK_WINDOW (gallery.window));
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
  gallery.folder = folder;
  gallery.language = language;
  gallery.style = style;
  g_log_set_writer_func (log_cb, NULL, NULL);
  g_object_set (application, "resource-base-path", "/org/waybill/Waybill", NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
  return gallery.faults == 0 ? 0 : 1;
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

/* What lies in the parcel of the second order that is to be packed. */
static void
keep_photo (WbBench *bench)
{
  const char *const  stages[] = { WB_STAGE_READY, NULL };
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  WbBook            *book = wb_desk_get_book (desk);
  g_autoptr (GArray) ids =
      wb_book_list_order_ids (book, &(WbOrderQuery){ .stages = stages, .sort = "placed_at" }, NULL);
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  WbPack *pack = wb_pack_open (book, g_array_index (ids, gint64, 1), "Table 1", "Ana", NULL);
  g_autoptr (GBytes) photo = NULL;
  char              *bytes = NULL;
  gsize              size = 0;

  gdk_pixbuf_fill (picture, CARDBOARD);
  g_assert_true (gdk_pixbuf_save_to_buffer (picture, &bytes, &size, "jpeg", NULL, NULL));
  photo = g_bytes_new_take (bytes, size);
  g_assert_true (wb_pack_add_photo (pack, photo, "image/jpeg", NULL));
  wb_pack_free (pack);
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
  if (argc != 2 && argc != 4)
    {
      g_printerr ("usage: gallery FOLDER [LANGUAGE STYLE]\n");
      return 2;
    }
  options.orders = 40;
  g_mkdir_with_parents (argv[1], 0755);
  bench = client_bench_new (&options, &secrets);
  gallery_live_a_day (bench);
  keep_photo (bench);
  g_setenv ("WB_BOOK", bench->book, TRUE);
  g_setenv ("WB_SECRETS", secrets, TRUE);
  if (argc == 4)
    return spawn (argv[0], argv[1], argv[2], argv[3]) ? 0 : 1;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      ok &= spawn (argv[0], argv[1], languages[i], "light");
      ok &= spawn (argv[0], argv[1], languages[i], "dark");
    }
  ok &= spawn (argv[0], argv[1], "en", "contrast");
  ok &= spawn (argv[0], argv[1], "en", "large");
  return ok ? 0 : 1;
}
