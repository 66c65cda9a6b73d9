/* SPDX-License-Identifier: GPL-3.0-or-later
 * What other sides and the engine say, in words for a merchant and in his language. */
#pragma once

#include "wb-operation.h"
#include "wb-shipment.h"

G_BEGIN_DECLS

/* What another side said (wb-refusals.c). */
typedef struct
{
  char    *words;  /* what happened: a sentence without its full stop, never with a vendor's code */
  char    *advice; /* what it means and what to do next */
  char    *code;   /* (nullable): the vendor's own code or whole answer, for the small print */
  gboolean known;  /* words and advice are those of the vendor's code */
} WbRefusal;

void  wb_refusal_read (WbError code, const char *message, WbRefusal *refusal);
void  wb_refusal_of (const GError *error, WbRefusal *refusal);
void  wb_refusal_of_operation (WbOperation *operation, WbRefusal *refusal);
void  wb_refusal_clear (WbRefusal *refusal);
char *wb_error_words (const GError *error);
char *wb_error_advice (const GError *error);

/* What the engine has kept or said in English, told in the person's language (wb-sentences.c). */
char *wb_tell_again (const char *english);
char *wb_label_dup_doubt (WbLabel *label);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbRefusal, wb_refusal_clear)

G_END_DECLS
