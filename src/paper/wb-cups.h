/* SPDX-License-Identifier: GPL-3.0-or-later
 * Talking IPP to the print server: one connection, requests, errors in our words. */
#pragma once

#include "wb-printing.h"

#include <cups/cups.h>

G_BEGIN_DECLS

typedef http_t WbCups;
typedef ipp_t  WbIpp;

WbCups  *wb_cups_connect (GCancellable *cancellable, GError **error);
WbIpp   *wb_cups_request (ipp_op_t operation, const char *queue);
WbIpp   *wb_cups_ask (WbCups *cups, WbIpp *request, GError **error);
void     wb_cups_want (WbIpp *request, const char *const *attributes);
gboolean wb_cups_check_status (ipp_status_t status, const char *message, GError **error);

const char *wb_ipp_text (WbIpp *answer, const char *name);
int         wb_ipp_number (WbIpp *answer, const char *name, int otherwise);
char      **wb_ipp_texts (ipp_attribute_t *attribute);

WbQueue *wb_cups_find_queue (WbCups *cups, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCups, httpClose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbIpp, ippDelete)

G_END_DECLS
