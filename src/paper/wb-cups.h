/* SPDX-License-Identifier: GPL-3.0-or-later
 * Talking IPP, to the print server's queues or to a printer itself: one link, requests, errors in
 * our words. */
#pragma once

#include "wb-transport.h"

#include <cups/cups.h>

G_BEGIN_DECLS

/* How long an answer is waited for. */
/* Begins what the other side says in its own words, in brackets behind our sentence. */
#define WB_IPP_WORD "CUPS: "

#define WB_IPP_PATIENCE_S 30

typedef http_t WbCups;
typedef ipp_t  WbIpp;

/**
 * WbIppLink: a connection to somebody who speaks IPP.
 * @uri: the printer's name in requests
 * @ask_path, @print_path: where questions and documents go
 * @name: the queue or printer, for people
 * @who: who answers, to begin a sentence with: “The print server”
 * @server: the print server with its queues; otherwise a printer itself
 */
typedef struct
{
  WbCups     *http;
  char       *uri;
  char       *ask_path;
  char       *print_path;
  char       *name;
  const char *who;
  gboolean    server;
} WbIppLink;

WbIppLink *wb_cups_open (const char *queue, GCancellable *cancellable, GError **error);
WbIppLink      *
wb_ipp_open (const char *uri, guint patience_s, GCancellable *cancellable, GError **error);
void wb_ipp_link_free (WbIppLink *link);

WbIpp *wb_ipp_request (WbIppLink *link, ipp_op_t operation);
WbIpp *wb_ipp_ask (WbIppLink *link, WbIpp *request, GError **error);
void   wb_ipp_want (WbIpp *request, const char *const *attributes);
gboolean
wb_ipp_check_status (WbIppLink *link, ipp_status_t status, const char *message, GError **error);
void wb_ipp_set_error (GError **error, WbError code, const char *sentence, const char *word);
void wb_ipp_limit (WbCups *http, guint patience_s);

const char *wb_ipp_text (WbIpp *answer, const char *name);
int         wb_ipp_number (WbIpp *answer, const char *name, int otherwise);
char      **wb_ipp_texts (ipp_attribute_t *attribute);

/* Queues and printers (wb-queues.c). */
WbQueue *wb_ipp_describe (gpointer link, GError **error);
char   **wb_ipp_ready_media (WbIppLink *link);

/* Jobs (wb-ipp-job.c): a WbTransport's functions. */
gboolean wb_ipp_submit (gpointer          link,
                        const WbPrintJob *job,
                        const char       *title,
                        char            **job_id,
                        GCancellable     *cancellable,
                        GError          **error);
WbPrintFinding
wb_ipp_find (gpointer link, const char *title, WbInstant since, char **job_id, GError **error);
gboolean wb_ipp_look (gpointer link, const char *job_id, WbPrintStand *stand, GError **error);
gboolean wb_ipp_cancel (gpointer link, const char *job_id, GError **error);

/* In words (wb-print-words.c). */
void  wb_ipp_judge (WbIppLink *link, WbIpp *job, WbIpp *printer, WbPrintStand *stand);
void  wb_ipp_no_answer (WbIppLink *link, WbPrintStand *stand);
char *wb_ipp_trouble (ipp_attribute_t *reasons);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCups, httpClose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbIpp, ippDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbIppLink, wb_ipp_link_free)

G_END_DECLS
