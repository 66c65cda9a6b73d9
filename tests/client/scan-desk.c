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
  window_bench_make (self, &options);
}

/* A page hears a scanner from the moment on that it has its place in the window. */
static gboolean
is_placed (AtspiAccessible *page)
{
  g_autofree AtspiPoint *size = atspi_component_get_size (ATSPI_COMPONENT (page), NULL);

  return size != NULL && size->x > 0;
}

/** scan_desk_turn: shows the page @title, on which is looked from now on. */
void
scan_desk_turn (ScanDesk *self, const char *title)
{
  a11y_show_page (self->window, title);
  g_clear_object (&self->page);
  self->page = a11y_wait (self->window, ATSPI_ROLE_PANEL, title);
  A11Y_UNTIL (is_placed (self->page));
}

/** scan_desk_show: starts @program on the book and shows its page @title. */
void
scan_desk_show (ScanDesk *self, const char *program, const char *title)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.waybill.Waybill");

  g_settings_set_uint (settings, "scanner-gap", GAP_MS);
  g_settings_sync ();
  self->program = program;
  window_bench_open (self);
  scan_desk_turn (self, title);
}

/** scan_desk_close: closes the window and takes all away. */
void
scan_desk_close (ScanDesk *self)
{
  window_bench_close (self);
  window_bench_free (self);
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
  g_object_unref (a11y_wait_start (self->page, ATSPI_ROLE_ALERT, start));
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
