/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks before a label is given up, naming the amount, and before a parcel is. */
#include "wb-void-dialog.h"

#include "wb-detail.h"
#include "wb-shipment-works.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

/* What is done when the answer is yes. */
typedef struct
{
  GtkWidget        *from; /* weak */
  WbWorkspace      *workspace;
  const WbWorkKind *kind;
  gint64            id;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_weak_pointer (&question->from);
  g_object_unref (question->workspace);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "yes") && question->from != NULL)
    wb_detail_work (question->from, question->workspace, question->kind,
                    question->kind == &wb_drop_work ? wb_shipment_id_new (question->id)
                                                    : wb_wish_new (question->id, NULL));
}

static AdwMessageDialog *
ask (GtkWidget        *from,
     WbWorkspace      *workspace,
     const WbWorkKind *kind,
     gint64            id,
     const char       *heading,
     const char       *keep,
     const char       *yes)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (from)), heading, NULL));
  Question *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->from, from);
  question->workspace = g_object_ref (workspace);
  question->kind = kind;
  question->id = id;
  adw_message_dialog_add_responses (dialog, "keep", keep, "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/**
 * wb_void_dialog_ask:
 * @from: the detail that asks; it says what came of it
 * @label_id: the live label of @shipment
 *
 * Money comes back and the parcel cannot travel any more: it is asked first, naming the amount.
 */
void
wb_void_dialog_ask (GtkWidget *from, WbWorkspace *workspace, WbShipment *shipment, gint64 label_id)
{
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (shipment, WB_SHIPMENT_COST));
  /* Translators: a button; the price of a label that is asked back from the carrier */
  g_autofree char *button = g_strdup_printf (_ ("_Ask %s back"), cost);

  adw_message_dialog_format_body (ask (from, workspace, &wb_void_work, label_id,
                                       _ ("Void this label?"), _ ("_Keep the label"), button),
                                  /* Translators: carrier and service; price of the label */
                                  _ ("%s is asked to give %s back. A parcel that carries this "
                                     "label must not be handed over any "
                                     "more; its order can then be shipped with a new label."),
                                  wb_record_get_text (shipment, WB_SHIPMENT_CARRIER), cost);
}

/**
 * wb_drop_dialog_ask:
 * @from: the widget that asks; it says what came of it
 *
 * A plan that cost nothing is given up; it cannot be taken back, only planned anew.
 */
void
wb_drop_dialog_ask (GtkWidget *from, WbWorkspace *workspace, WbShipment *shipment)
{
  adw_message_dialog_set_body (
      ask (from, workspace, &wb_drop_work, wb_record_get_int (shipment, WB_SHIPMENT_ID),
           _ ("Give up this parcel?"), _ ("_Keep the parcel"), _ ("_Give it up")),
      _ ("No label has been bought for it, so nothing is lost. What was to go into it can be "
         "planned anew, with another weight, package or service."));
}
