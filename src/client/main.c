/* SPDX-License-Identifier: GPL-3.0-or-later
 * waybill: the window. */
#include "wb-application.h"

#include "wb-config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (WbApplication) application = NULL;
  const char               *locales;

  setlocale (LC_ALL, "");
  /* Run from the build folder, the translations lie there. */
  locales = g_getenv ("WAYBILL_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : WB_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (WB_APP_ID);
  application = wb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
