/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is offered for the parcel of the ship pane: the carrier's services, insurance, and what
 * would be captured. */
#include "wb-refusals.h"
#include "wb-ship-pane-private.h"

#include "wb-order-facts.h"
#include "wb-rate-row.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define SETTLE_MS 400 /* how long the parcel must stay as it is before its price is asked for */

/* The offer that is chosen; NULL: there is none. */
WbRate *
wb_ship_pane_get_rate (WbShipPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rates);

  return row != NULL ? wb_rate_row_get_rate (WB_RATE_ROW (row)) : NULL;
}

/* What the button would buy. */
void
wb_ship_pane_show_button (WbShipPane *self)
{
  WbRate          *rate = wb_ship_pane_get_rate (self);
  g_autofree char *cost =
      rate != NULL ? wb_money_to_text (wb_record_get_money (rate, WB_RATE_COST)) : NULL;
  g_autofree char *label = NULL;

  /* Translators: the button that spends money; %s is the price of the label */
  label = rate != NULL ? g_strdup_printf (_ ("_Buy label for %s and ship"), cost)
                       : g_strdup (_ ("_Buy label and ship"));
  gtk_button_set_label (self->ship_button, label);
  wb_ship_wrap_button (self->ship_button);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ship_button), rate != NULL && !self->busy);
}

/* Whether nothing is wrong yet: the parcel only has to be weighed. */
static gboolean
waits_for_weight (WbShipPane *self, const GError *error)
{
  return gtk_spin_button_get_value_as_int (self->weight) == 0 &&
         g_error_matches (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Why nothing is offered, in words, with what can be done about it. */
static void
show_no_rates (WbShipPane *self, const GError *error)
{
  g_auto (WbRefusal) refusal = { 0 };
  g_autofree char   *text = NULL;

  if (error != NULL)
    wb_refusal_of (error, &refusal);
  text = error != NULL ? g_strdup_printf ("%s.\n%s", refusal.words, refusal.advice)
                       : g_strdup (_ ("The carrier has no service for this parcel."));
  gtk_label_set_text (self->offers_error, text);
  gtk_widget_set_visible (self->again_button, TRUE);
  gtk_stack_set_visible_child_name (self->offers, "error");
}

static void
show_rates (WbShipPane *self, WbOffers *offers)
{
  wb_list_box_clear (self->rates);
  gtk_widget_set_css_classes (GTK_WIDGET (self->offers_error), (const char *[]){ "error", NULL });
  if (waits_for_weight (self, offers->rates_error))
    {
      gtk_widget_set_css_classes (GTK_WIDGET (self->offers_error),
                                  (const char *[]){ "dim-label", NULL });
      gtk_label_set_text (self->offers_error,
                          _ ("Weigh the parcel and type its grams: then the offers come."));
      gtk_stack_set_visible_child_name (self->offers, "error");
      return;
    }
  if (offers->rates == NULL || offers->rates->len == 0)
    {
      show_no_rates (self, offers->rates_error);
      return;
    }
  for (guint i = 0; i < offers->rates->len; i++)
    gtk_list_box_append (self->rates, wb_rate_row_new (offers->rates->pdata[i]));
  gtk_list_box_select_row (self->rates, gtk_list_box_get_row_at_index (self->rates, 0));
  gtk_stack_set_visible_child_name (self->offers, "rates");
}

/* Insuring is offered with its price where the carrier does it, and otherwise says why not; what is
 * switched on can always be switched off. */
static void
show_insurance (WbShipPane *self, WbOffers *offers)
{
  g_autofree char *value = wb_money_to_text (offers->insured);
  g_autofree char *fee = wb_money_to_text (offers->insurance_fee);
  g_autofree char *text = NULL;

  if (offers->insurance_error == NULL && gtk_switch_get_active (self->insure) && self->insured > 0)
    /* Translators: the amount that a rule wishes to be insured; what insuring it costs */
    text = g_strdup_printf (_ ("Your rule wishes %s, for %s"), value, fee);
  else if (offers->insurance_error == NULL)
    /* Translators: what the goods in the parcel are worth; what insuring them costs */
    text = g_strdup_printf (_ ("Goods worth %s for %s"), value, fee);
  else if (waits_for_weight (self, offers->insurance_error))
    text = g_strdup (_ ("It is reckoned with the offers."));
  else
    text = wb_error_words (offers->insurance_error);
  adw_action_row_set_subtitle (self->insure_row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->insure), offers->insurance_error == NULL ||
                                                           gtk_switch_get_active (self->insure));
}

static void
show_plan (WbShipPane *self, WbOffers *offers)
{
  WbCapturePlan   *plan = &offers->plan;
  g_autofree char *amount = NULL, *shortfall = NULL, *text = NULL;

  if (offers->plan_error != NULL)
    {
      text = waits_for_weight (self, offers->plan_error)
                 ? g_strdup (_ ("It is reckoned with the offers."))
                 : wb_error_words (offers->plan_error);
      gtk_label_set_text (self->capture_amount, _ ("Not known"));
      gtk_label_set_text (self->capture_reason, text);
      gtk_widget_set_visible (GTK_WIDGET (self->shortfall), FALSE);
      return;
    }
  amount = wb_money_to_text (wb_money (plan->amount, plan->currency));
  gtk_label_set_text (self->capture_amount,
                      plan->payment_ref != NULL ? amount : _ ("Nothing by us"));
  gtk_label_set_text (self->capture_reason, plan->reason != NULL ? plan->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->capture_reason), plan->reason != NULL);
  shortfall = wb_money_to_text (wb_money (plan->shortfall, plan->currency));
  /* Translators: %s is an amount of money */
  text =
      g_strdup_printf (_ ("%s of what is shipped is not covered by the authorisation."), shortfall);
  gtk_label_set_text (self->shortfall, text);
  gtk_widget_set_visible (GTK_WIDGET (self->shortfall), plan->shortfall > 0);
}

static void
offers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipPane              *self = WB_SHIP_PANE (source);
  g_autoptr (GCancellable) asked = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbOffers)     offers = wb_worker_finish (result, &error);

  if (self->workspace == NULL || asked != self->asking)
    return; /* the parcel has changed since */
  if (offers == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->offers_error), "error");
      wb_trouble_in_label (self->offers_error, error);
      gtk_widget_set_visible (self->again_button, TRUE);
      gtk_stack_set_visible_child_name (self->offers, "error");
      return;
    }
  show_rates (self, offers);
  show_plan (self, offers);
  show_insurance (self, offers);
  wb_ship_pane_show_button (self);
}

/* What was asked is not answered any more. */
void
wb_ship_pane_stop_asking (WbShipPane *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/* What was offered was for another parcel: it can no longer be bought. */
static void
forget_rates (WbShipPane *self)
{
  wb_ship_pane_stop_asking (self);
  wb_list_box_clear (self->rates);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_stack_set_visible_child_name (self->offers, "asking");
  wb_ship_pane_show_button (self);
}

/* Asks what the parcel costs and what would be captured. */
void
wb_ship_pane_ask_offers (WbShipPane *self)
{
  WbShipAsk *ask = wb_ship_pane_make_ask (self);

  forget_rates (self);
  self->asking = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_offers_work, ask,
                       G_OBJECT (self), self->asking, offers_cb, g_object_ref (self->asking));
}

/* Another parcel may want another box; what a person has chosen stays. */
static void
settled_cb (gpointer data)
{
  WbShipPane *self = data;

  self->settle_id = 0;
  if (!wb_ship_box_row_is_own (self->box))
    wb_ship_box_row_ask (self->box, wb_ship_pane_make_ask (self), NULL);
  wb_ship_pane_ask_offers (self);
}

/* Offers are asked for anew once the parcel has settled. */
void
wb_ship_pane_parcel_changed (WbShipPane *self)
{
  if (self->filling || self->order == NULL)
    return;
  forget_rates (self);
  self->settle_id = g_timeout_add_once (SETTLE_MS, settled_cb, self);
}

/* A new order: first the box, then what it costs. */
void
wb_ship_pane_begin_offers (WbShipPane *self)
{
  adw_action_row_set_subtitle (self->insure_row, "");
  gtk_label_set_text (self->capture_amount, "…");
  gtk_label_set_text (self->capture_reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->shortfall), FALSE);
  forget_rates (self);
  wb_ship_box_row_ask (self->box, wb_ship_pane_make_ask (self), NULL);
}

static void
proposed_cb (WbShipBoxRow *row, WbShipPane *self)
{
  if (!self->busy)
    wb_ship_pane_ask_offers (self);
}

static void
chosen_cb (WbShipBoxRow *row, WbShipPane *self)
{
  wb_ship_pane_parcel_changed (self);
}

static void
again_cb (GtkButton *button, WbShipPane *self)
{
  settled_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->weight));
}

static void
rate_selected_cb (GtkListBox *box, GtkListBoxRow *row, WbShipPane *self)
{
  wb_ship_pane_show_button (self);
}

static void
rate_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbShipPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ship.ship", NULL);
}

/* The part of the template that this file works on. */
void
wb_ship_pane_bind_offers (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, offers);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, rates);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, offers_error);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, again_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, capture_amount);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, capture_reason);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, shortfall);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, ship_button);
  gtk_widget_class_bind_template_callback (widget_class, proposed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_activated_cb);
}
