/* SPDX-License-Identifier: GPL-3.0-or-later
 * A carrier's PDF or PNG as pages that can be measured and drawn at a printer's dots. */
#pragma once

#include "wb-bitmap.h"
#include "wb-error.h"

G_BEGIN_DECLS

typedef struct _WbLabelDocument WbLabelDocument;

WbLabelDocument *wb_label_document_open (GBytes *bytes, const char *format, GError **error);
guint            wb_label_document_pages (const WbLabelDocument *self);
void
wb_label_document_size (const WbLabelDocument *self, guint page, double *width, double *height);
gboolean  wb_label_document_is_measured (const WbLabelDocument *self);
void      wb_label_document_dots (const WbLabelDocument *self, guint *width, guint *height);
void      wb_label_document_set_dpi (WbLabelDocument *self, guint dpi);
WbGrey   *wb_label_document_grey (WbLabelDocument *self, guint page, double dpi, GError **error);
WbBitmap *wb_label_document_draw (WbLabelDocument *self,
                                  guint            page,
                                  guint            dpi,
                                  int              x,
                                  int              y,
                                  guint            width,
                                  guint            height,
                                  GError         **error);
GBytes   *wb_label_document_picture (GBytes *bytes, const char *format, GError **error);
char     *wb_label_document_text (WbLabelDocument *self);
char     *wb_label_document_shape (const WbLabelDocument *self, const char *format);
double    wb_label_document_resolution (const WbLabelDocument *self);
void      wb_label_document_free (WbLabelDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabelDocument, wb_label_document_free)

G_END_DECLS
