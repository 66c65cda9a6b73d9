/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ways in which a document reaches a printer, behind one interface: the print server's queue,
 * IPP, a raw socket, a folder. */
#pragma once

#include "wb-print-job.h"

G_BEGIN_DECLS

/**
 * WbTransport: one way. A link is opened for each call of wb-printing.h and closed after it.
 * @kind: WB_TARGET_…
 * @check: whether the printer's target can be one; %WB_ERROR_INVALID
 * @open: (transfer full): a link to where @printer's target is; %WB_ERROR_UNAVAILABLE,
 * %WB_ERROR_REFUSED (an address that is not to be trusted)
 * @describe: (transfer full): what it says of itself
 * @submit: sends one job, once; %WB_ERROR_UNSURE when it may have arrived, any other error when
 * surely nothing did
 * @find: see wb_print_find()
 * @look: fills @stand; a printer that does not answer is a stand, not an error
 * @cancel: see wb_print_cancel()
 */
typedef struct
{
  const char *kind;
  gboolean (*check) (const char *target, GError **error);
  gpointer (*open) (WbPrinter *printer, GCancellable *cancellable, GError **error);
  void (*close) (gpointer link);
  WbQueue *(*describe) (gpointer link, GError **error);
  gboolean (*submit) (gpointer          link,
                      const WbPrintJob *job,
                      const char       *title,
                      char            **job_id,
                      GCancellable     *cancellable,
                      GError          **error);
  WbPrintFinding (*find) (
      gpointer link, const char *title, WbInstant since, char **job_id, GError **error);
  gboolean (*look) (gpointer link, const char *job_id, WbPrintStand *stand, GError **error);
  gboolean (*cancel) (gpointer link, const char *job_id, GError **error);
} WbTransport;

extern const WbTransport wb_transport_cups, wb_transport_ipp, wb_transport_socket,
    wb_transport_file;

const WbTransport *wb_transport_for (WbPrinter *printer, GError **error);

gboolean wb_transport_is_near (GInetAddress *address);

G_END_DECLS
