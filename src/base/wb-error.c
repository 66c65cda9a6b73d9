/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one error domain: names for storage and logs, and conversion at the border. */
#include "wb-error.h"

G_DEFINE_QUARK (wb_error_quark, wb_error)

static const char *const names[WB_N_ERRORS] = {
  [WB_ERROR_FAILED] = "failed",
  [WB_ERROR_INVALID] = "invalid",
  [WB_ERROR_NOT_FOUND] = "not-found",
  [WB_ERROR_CONFLICT] = "conflict",
  [WB_ERROR_AUTH] = "auth",
  [WB_ERROR_REFUSED] = "refused",
  [WB_ERROR_DECLINED] = "declined",
  [WB_ERROR_EXPIRED] = "expired",
  [WB_ERROR_ALREADY] = "already",
  [WB_ERROR_TOO_MUCH] = "too-much",
  [WB_ERROR_UNAVAILABLE] = "unavailable",
  [WB_ERROR_UNSURE] = "unsure",
  [WB_ERROR_CANCELLED] = "cancelled",
  [WB_ERROR_STORAGE] = "storage",
  [WB_ERROR_SECRETS] = "secrets",
};

/**
 * wb_error_to_name:
 * Returns: (transfer none): the stable name of @code, as kept in the journal and given to programs.
 */
const char *
wb_error_to_name (WbError code)
{
  g_return_val_if_fail ((guint) code < WB_N_ERRORS, "failed");

  return names[code];
}

/**
 * wb_error_from_name:
 * The reverse of wb_error_to_name(). @code stays untouched when @name is unknown.
 */
gboolean
wb_error_from_name (const char *name, WbError *code)
{
  for (guint i = 0; name != NULL && i < WB_N_ERRORS; i++)
    if (g_str_equal (names[i], name))
      {
        *code = (WbError) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wb_error_code:
 * Returns: the code of @error when it is of our domain, else %WB_ERROR_FAILED.
 */
WbError
wb_error_code (const GError *error)
{
  if (error != NULL && error->domain == WB_ERROR)
    return (WbError) error->code;
  return WB_ERROR_FAILED;
}

/**
 * wb_error_is_refusal:
 * Whether @error says for certain that the other side did nothing and that the same request will
 * not succeed by itself: the operation ends as refused, not as unsure.
 */
gboolean
wb_error_is_refusal (const GError *error)
{
  switch (wb_error_code (error))
    {
    case WB_ERROR_INVALID:
    case WB_ERROR_NOT_FOUND:
    case WB_ERROR_CONFLICT:
    case WB_ERROR_AUTH:
    case WB_ERROR_REFUSED:
    case WB_ERROR_DECLINED:
    case WB_ERROR_EXPIRED:
    case WB_ERROR_ALREADY:
    case WB_ERROR_TOO_MUCH:
      return error->domain == WB_ERROR;
    default:
      return FALSE;
    }
}

/**
 * wb_error_convert:
 * Turns a foreign error (GIO, json-glib, TLS…) into our domain, keeping its message. Ours stay as
 * they are.
 */
void
wb_error_convert (GError **error)
{
  WbError code = WB_ERROR_FAILED;
  GError *foreign = error != NULL ? *error : NULL;

  if (foreign == NULL || foreign->domain == WB_ERROR)
    return;
  if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = WB_ERROR_CANCELLED;
  else if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
           g_error_matches (foreign, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    code = WB_ERROR_NOT_FOUND;
  else if (g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
           g_error_matches (foreign, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ||
           g_error_matches (foreign, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
           g_error_matches (foreign, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    code = WB_ERROR_STORAGE;

  *error = g_error_new_literal (WB_ERROR, code, foreign->message);
  g_error_free (foreign);
}
