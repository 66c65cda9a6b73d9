/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person is asked who closes the window while something runs. */
#pragma once

#include "wb-worker.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  WB_CLOSING_STAY,
  WB_CLOSING_STOP, /* after the step that runs */
  WB_CLOSING_WAIT, /* until all is done */
} WbClosing;

typedef void (*WbClosingFunc) (WbClosing wish, gpointer window);

GtkWidget *wb_closing_ask (GtkWindow *window, WbWorker *worker, WbClosingFunc wished);

G_END_DECLS
