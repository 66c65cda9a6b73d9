/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window on a practice town, worked at with a scanner, for tests of the floor. */
#include "scan-desk.h"

#include <string.h>

#define GAP_MS 400 /* between two keys that another program presses on a busy machine */

/** scan_desk_make: a town with orders, and the book that both processes work on. */
void
scan_desk_make (ScanDesk *self)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  /* What is set here is read by the window of another process. */
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  options.orders = 120;
  options.seed = 7;
  self->bench = client_bench_new (&options, &self->secrets);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
}

/* A page hears a scanner from the moment on that it has its place in the window. */
static void
wait_placed (AtspiAccessible *page)
{
  gint64      end = g_get_monotonic_time () + A11Y_SECONDS * G_TIME_SPAN_SECOND;
  AtspiPoint *size = atspi_component_get_size (ATSPI_COMPONENT (page), NULL);

  while ((size == NULL || size->x <= 0) && g_get_monotonic_time () < end)
    {
      g_usleep (20000);
      g_free (size);
      size = atspi_component_get_size (ATSPI_COMPONENT (page), NULL);
    }
  g_assert_nonnull (size);
  g_assert_cmpint (size->x, >, 0);
  g_free (size);
}

/** scan_desk_turn: shows the page @title, on which is looked from now on. */
void
scan_desk_turn (ScanDesk *self, const char *title)
{
  a11y_show_page (self->window, title);
  g_clear_object (&self->page);
  self->page = a11y_wait (self->window, ATSPI_ROLE_PANEL, title);
  wait_placed (self->page);
}

/** scan_desk_show: starts @program on the book and shows its page @title. */
void
scan_desk_show (ScanDesk *self, const char *program, const char *title)
{
  g_autoptr (AtspiAccessible) pages = NULL;
  g_autoptr (GSettings)       settings = NULL;
  const char                 *argv[] = {
                    program, "--book", self->bench->book, "--secrets-file", self->secrets, NULL
  };

  settings = g_settings_new ("org.waybill.Waybill");
  g_settings_set_uint (settings, "scanner-gap", GAP_MS);
  g_settings_sync ();
  self->app = a11y_start ((char **) argv, &self->pid);
  self->window = a11y_wait (self->app, ATSPI_ROLE_FRAME, "Waybill");
  pages = a11y_wait (self->window, ATSPI_ROLE_LIST, "Pages");
  scan_desk_turn (self, title);
}

/** scan_desk_close: closes the window and takes all away. */
void
scan_desk_close (ScanDesk *self)
{
  a11y_key (A11Y_CONTROL, 'q');
  a11y_wait_exit (self->pid);
  g_clear_object (&self->page);
  g_clear_object (&self->window);
  g_clear_object (&self->app);
  g_clear_object (&self->desk);
  wb_bench_free (self->bench);
  g_free (self->secrets);
}

/** scan_desk_scan: as a scanner types: all at once, then Enter. */
void
scan_desk_scan (const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atspi_generate_keyboard_event (0, code, ATSPI_KEY_STRING, &error));
  g_assert_no_error (error);
  a11y_key (0, A11Y_RETURN);
}

/** scan_desk_hear: until the page says something that begins so. */
void
scan_desk_hear (ScanDesk *self, const char *start)
{
  g_autoptr (AtspiAccessible) message = a11y_wait_start (self->page, ATSPI_ROLE_ALERT, start);

  g_assert_nonnull (message);
}

/** scan_desk_can_scan: whether @text is a code of letters that a keyboard event can say without a
 * compose key. */
gboolean
scan_desk_can_scan (const char *text)
{
  if (text == NULL || strlen (text) < 4)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-')
      return FALSE;
  return TRUE;
}

/** scan_desk_can_scan_all: whether all that is to be packed of @order can be scanned. */
gboolean
scan_desk_can_scan_all (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gboolean   any = FALSE;

  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      {
        any = TRUE;
        if (!scan_desk_can_scan (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU)))
          return FALSE;
      }
  return any;
}
