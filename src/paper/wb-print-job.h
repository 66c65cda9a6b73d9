/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document made ready for a queue, or refused, before anything is sent. */
#pragma once

#include "wb-printing.h"

G_BEGIN_DECLS

/* @mime: a constant. @format: WB_PRINT_…, a constant: what @bytes are. @media: (nullable): PWG name
 * to ask for; %NULL where options are nobody's. @one_sided: nothing may come out on the back. */
typedef struct
{
  GBytes     *bytes;
  const char *mime;
  const char *format;
  char       *media;
  gboolean    one_sided;
} WbPrintJob;

gboolean wb_print_job_prepare (const WbQueue *queue,
                               WbPrinter     *printer,
                               GBytes        *document,
                               const char    *format,
                               const char    *accepted,
                               WbPrintJob    *job,
                               GError       **error);
void     wb_print_job_clear (WbPrintJob *job);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPrintJob, wb_print_job_clear)

G_END_DECLS
