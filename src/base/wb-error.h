/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one error domain. A code names what the caller can do, not what broke. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_ERROR (wb_error_quark ())

/**
 * WbError:
 * @WB_ERROR_FAILED: nothing better is known; show the message
 * @WB_ERROR_INVALID: the input is wrong; the message names the place
 * @WB_ERROR_NOT_FOUND: the thing asked for does not exist
 * @WB_ERROR_CONFLICT: somebody else changed it; read again and decide anew
 * @WB_ERROR_AUTH: credentials are missing, wrong or lack a right
 * @WB_ERROR_REFUSED: the vendor said no and nothing happened; do not repeat it unchanged
 * @WB_ERROR_DECLINED: the payer's bank said no; ask for another way to pay
 * @WB_ERROR_EXPIRED: an authorisation, rate or token lapsed; get a new one
 * @WB_ERROR_ALREADY: it has been done before; read what is there and record it
 * @WB_ERROR_TOO_MUCH: more was asked than remains; lower it
 * @WB_ERROR_UNAVAILABLE: the other side was not reached or said "not now", and nothing happened;
 * later it may work
 * @WB_ERROR_UNSURE: it was sent and no answer told the outcome; ask the vendor before anything else
 * @WB_ERROR_CANCELLED: the user stopped it before anything happened
 * @WB_ERROR_STORAGE: the order book cannot be used (corrupt, newer, read-only, held, disk full)
 * @WB_ERROR_SECRETS: no place for secrets, or it is locked
 */
typedef enum
{
  WB_ERROR_FAILED,
  WB_ERROR_INVALID,
  WB_ERROR_NOT_FOUND,
  WB_ERROR_CONFLICT,
  WB_ERROR_AUTH,
  WB_ERROR_REFUSED,
  WB_ERROR_DECLINED,
  WB_ERROR_EXPIRED,
  WB_ERROR_ALREADY,
  WB_ERROR_TOO_MUCH,
  WB_ERROR_UNAVAILABLE,
  WB_ERROR_UNSURE,
  WB_ERROR_CANCELLED,
  WB_ERROR_STORAGE,
  WB_ERROR_SECRETS,
} WbError;

#define WB_N_ERRORS (WB_ERROR_SECRETS + 1)

GQuark      wb_error_quark (void);
const char *wb_error_to_name (WbError code);
gboolean    wb_error_from_name (const char *name, WbError *code);
gboolean    wb_error_is_refusal (const GError *error);
void        wb_error_convert (GError **error);
WbError     wb_error_code (const GError *error);

G_END_DECLS
