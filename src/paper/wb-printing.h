/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents to printers: submit once, find again, follow to the end. Blocking. The journal decides
 * when to call. */
#pragma once

#include "wb-connection.h"

G_BEGIN_DECLS

/* The media of a label printer that names none: 4 × 6 inch. */
#define WB_MEDIA_4X6 "na_index-4x6_4x6in"

typedef enum
{
  WB_QUEUE_RAW,        /* sends bytes as they are: for ZPL */
  WB_QUEUE_DRIVERLESS, /* IPP Everywhere, AirPrint: for PDF and PNG */
  WB_QUEUE_DRIVER,     /* an older driver (PPD): for PDF and PNG */
} WbQueueKind;

/**
 * WbQueue: a queue of the print server.
 * @info: what people call it; never %NULL, may be the name
 * @stopped: it takes jobs and keeps them waiting
 * @accepting: whether it takes jobs at all
 * @message: (nullable): the server's or the operator's own words about its state
 * @media: PWG names of what it can print on; empty for a raw queue
 * @media_default: (nullable): what is in it as far as the server knows
 */
typedef struct
{
  char       *name;
  char       *info;
  WbQueueKind kind;
  gboolean    stopped;
  gboolean    accepting;
  char       *message;
  char      **media;
  char       *media_default;
} WbQueue;

typedef enum
{
  WB_PRINT_UNKNOWN, /* nobody can say: a person decides */
  WB_PRINT_FOUND,
  WB_PRINT_NOT_THERE, /* certainly not accepted */
} WbPrintFinding;

/* Where a job stands; the first four may still change. */
typedef enum
{
  WB_PRINT_WAITING,  /* behind others, or its queue is stopped */
  WB_PRINT_PRINTING, /* being printed, or waiting for paper or for the printer */
  WB_PRINT_HELD,     /* somebody put it on hold */
  WB_PRINT_STOPPED,  /* the server stopped it half-way */
  WB_PRINT_COMPLETED,
  WB_PRINT_CANCELLED, /* by a person or at the printer: nothing or only a part is on paper */
  WB_PRINT_FAILED,    /* it ended without paper */
  WB_PRINT_GONE,      /* the server knows it no more */
} WbPrintState;

/* Told whenever state or sentence changes. @sentence: for people, in their language. */
typedef void (*WbPrintProgress) (WbPrintState state, const char *sentence, gpointer user_data);

gboolean wb_print_submit (WbPrinter    *printer,
                          GBytes       *document,
                          const char   *format,
                          const char   *title,
                          char        **job_id,
                          GCancellable *cancellable,
                          GError      **error);

WbPrintFinding wb_print_find (WbPrinter    *printer,
                              const char   *title,
                              char        **job_id,
                              GCancellable *cancellable,
                              GError      **error);

gboolean wb_print_follow (WbPrinter      *printer,
                          const char     *job_id,
                          guint           timeout_seconds,
                          WbPrintProgress progress,
                          gpointer        user_data,
                          WbPrintState   *state,
                          char          **sentence,
                          GCancellable   *cancellable,
                          GError        **error);

gboolean wb_print_state_is_final (WbPrintState state);

GPtrArray *wb_print_list_queues (GCancellable *cancellable, GError **error);
void       wb_queue_free (WbQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbQueue, wb_queue_free)

G_END_DECLS
