/* SPDX-License-Identifier: GPL-3.0-or-later
 * evidence: what proves what was in a parcel, into a file. */
#include "wb-cli.h"
#include "wb-desk-evidence.h"

#include "wb-file.h"

#include <glib/gi18n.h>

static gboolean
cmd_evidence (WbCli *self, GError **error)
{
  const char        *path = wb_cli_option (self, "out");
  g_autoptr (GBytes) paper = NULL;
  gint64             id = 0;

  if (path == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say where to write it: --out FILE"));
      return FALSE;
    }
  if (!wb_cli_parse_id (wb_cli_word (self, 0), _ ("shipment"), &id, error) ||
      wb_cli_open (self, error) == NULL ||
      (paper = wb_desk_make_evidence (self->desk, id, error)) == NULL ||
      !wb_file_write (path, paper, 0600, error))
    return FALSE;
  wb_cli_say (self, _ ("Written to “%s”."), path);
  return TRUE;
}

const WbCommand wb_commands_evidence[] = {
  { "evidence",
    N_ ("SHIPMENT"),
    1,
    1,
    N_ ("all that proves what was in a parcel, as one PDF for a dispute"),
    N_ ("Every scan with who and when, weight, serial numbers, label, photos, money, tracking."),
    cmd_evidence,
    { { "out", N_ ("FILE"), N_ ("where to write it") } } },
  { NULL },
};
