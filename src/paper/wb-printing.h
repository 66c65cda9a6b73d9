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
  WB_QUEUE_RAW,        /* sends bytes as they are: for label languages */
  WB_QUEUE_DRIVERLESS, /* IPP Everywhere, AirPrint, or the printer itself by IPP: for PDF, PNG, PWG
                        */
  WB_QUEUE_DRIVER,     /* an older driver (PPD): for PDF and PNG */
  WB_QUEUE_FILES,      /* a folder: takes whatever comes */
} WbQueueKind;

/**
 * WbQueue: what a queue of the print server, or a printer, says of itself.
 * @info: what people call it; never %NULL, may be the name
 * @stopped: it takes jobs and keeps them waiting
 * @accepting: whether it takes jobs at all
 * @message: (nullable): the server's or the operator's own words about its state
 * @trouble: (nullable): what ails the printer (out of labels, cover open), for people
 * @media: PWG names of what it can print on; empty when it does not say (raw, folder)
 * @media_default: (nullable): what is in it as far as the server knows
 * @ready: PWG names of what lies in it now; empty when it does not say
 * @formats: media types it takes; empty when it does not say
 * @dpi: its dots an inch; 0: not told
 * @device: (nullable): where a queue's printer is
 */
typedef struct
{
  char       *name;
  char       *info;
  WbQueueKind kind;
  gboolean    stopped;
  gboolean    accepting;
  char       *message;
  char       *trouble;
  char      **media;
  char       *media_default;
  char      **ready;
  char      **formats;
  guint       dpi;
  char       *device;
} WbQueue;

typedef enum
{
  WB_PRINT_UNKNOWN, /* nobody can say: a person decides */
  WB_PRINT_FOUND,
  WB_PRINT_NOT_THERE, /* certainly not accepted */
} WbPrintFinding;

/* Where a job stands; the first five may still change. */
typedef enum
{
  WB_PRINT_WAITING,  /* behind others, or its queue is stopped */
  WB_PRINT_PRINTING, /* being printed, or waiting for paper or for the printer */
  WB_PRINT_HELD,     /* somebody put it on hold */
  WB_PRINT_STOPPED,  /* the server stopped it half-way */
  WB_PRINT_SILENT,   /* nobody answers at present */
  WB_PRINT_COMPLETED,
  WB_PRINT_CANCELLED, /* by a person or at the printer: nothing or only a part is on paper */
  WB_PRINT_FAILED,    /* it ended without paper */
  WB_PRINT_GONE,      /* the server knows it no more */
} WbPrintState;

/**
 * WbPrintStand: where a job stands, for people, in their language.
 * @sentence: what is the matter
 * @advice: (nullable): what to do about it; %NULL: nothing is to be done
 * @word: (nullable): what the print server says of it in its own words, for the small print
 */
typedef struct
{
  WbPrintState state;
  char        *sentence;
  char        *advice;
  char        *word;
} WbPrintStand;

/* Told whenever the stand changes. */
typedef void (*WbPrintProgress) (const WbPrintStand *stand, gpointer user_data);

gboolean wb_print_submit (WbPrinter    *printer,
                          GBytes       *document,
                          const char   *format,
                          const char   *accepted,
                          const char   *title,
                          char        **job_id,
                          GCancellable *cancellable,
                          GError      **error);

WbPrintFinding wb_print_find (WbPrinter    *printer,
                              const char   *title,
                              WbInstant     since,
                              char        **job_id,
                              GCancellable *cancellable,
                              GError      **error);

gboolean wb_print_follow (WbPrinter      *printer,
                          const char     *job_id,
                          guint           timeout_seconds,
                          WbPrintProgress progress,
                          gpointer        user_data,
                          WbPrintStand   *stand,
                          GCancellable   *cancellable,
                          GError        **error);

gboolean
wb_print_cancel (WbPrinter *printer, const char *job_id, GCancellable *cancellable, GError **error);

gboolean wb_print_check_printer (WbPrinter *printer, GError **error);
WbQueue *wb_print_describe (WbPrinter *printer, GCancellable *cancellable, GError **error);

gboolean wb_print_state_is_final (WbPrintState state);
void     wb_print_stand_clear (WbPrintStand *stand);

GPtrArray *wb_print_list_queues (GCancellable *cancellable, GError **error);
void       wb_queue_free (WbQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbQueue, wb_queue_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPrintStand, wb_print_stand_clear)

G_END_DECLS
