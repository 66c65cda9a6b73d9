/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is offered for the parcel on the packing table: the box, the services with their prices,
 * what would be captured; and Return, which buys. */
#include "wb-pack-page-private.h"

#include "wb-order-facts.h"
#include "wb-rate-row.h"
#include "wb-refusals.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

static WbShipAsk *
make_ask (WbPackPage *self)
{
  WbShipAsk *ask = g_new0 (WbShipAsk, 1);

  ask->order_id = self->pack->order_id;
  ask->as_wished = TRUE;
  ask->package = g_strdup (wb_ship_box_row_get_name (self->box));
  ask->weight_g = self->pack->weight_g;
  ask->n = wb_pack_take (self->pack, &ask->line_ids, &ask->quantities);
  return ask;
}

static WbRate *
chosen_rate (WbPackPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rates);

  return row != NULL ? wb_rate_row_get_rate (WB_RATE_ROW (row)) : NULL;
}

static gboolean
may_ship (WbPackPage *self)
{
  return self->pack != NULL && chosen_rate (self) != NULL && self->asks_line == 0 &&
         (wb_pack_counted (self->pack) > 0
              ? wb_pack_has_whole (self->pack)
              : !wb_pack_must_verify (wb_workspace_get_book (self->workspace)));
}

/* What the button would buy. */
void
wb_pack_page_show_button (WbPackPage *self)
{
  WbRate          *rate = self->pack != NULL ? chosen_rate (self) : NULL;
  gint64           counted = self->pack != NULL ? wb_pack_counted (self->pack) : 0;
  g_autofree char *cost =
      rate != NULL ? wb_money_to_text (wb_record_get_money (rate, WB_RATE_COST)) : NULL;
  g_autofree char *label = NULL;

  if (rate == NULL)
    label = g_strdup (_ ("_Buy label and ship"));
  else if (counted == 0)
    label = g_strdup_printf (_ ("_Buy label for %s, nothing verified"), cost);
  else if (wb_pack_is_complete (self->pack))
    label = g_strdup_printf (_ ("_Buy label for %s and ship"), cost);
  else
    /* Translators: price of the label, pieces that are in this parcel, pieces in all */
    label = g_strdup_printf (_ ("_Buy label for %s, ship %d of %d"), cost, (int) counted,
                             (int) wb_pack_wanted (self->pack));
  gtk_button_set_label (self->ship_button, label);
  wb_ship_wrap_button (self->ship_button);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ship_button), may_ship (self));
}

/* Why nothing can be bought now, and what to do: packing itself goes on. */
static void
show_none (WbPackPage *self, const GError *error)
{
  gboolean weighs =
      self->pack->weight_g == 0 && g_error_matches (error, WB_ERROR, WB_ERROR_INVALID);
  WbError code = error != NULL ? wb_error_code (error) : WB_ERROR_FAILED;

  wb_trouble_in_label (self->no_offers, error);
  if (error == NULL)
    gtk_label_set_text (self->no_offers, _ ("The carrier has no service for this parcel."));
  else if (weighs)
    gtk_label_set_text (self->no_offers,
                        _ ("Weigh the parcel and type its grams: then the offers come."));
  gtk_widget_set_visible (GTK_WIDGET (self->no_offers), TRUE);
  gtk_widget_set_visible (self->later, code == WB_ERROR_UNAVAILABLE);
  gtk_widget_set_visible (self->again_button, !weighs);
  gtk_stack_set_visible_child_name (self->offers, "none");
}

static void
show_offers (WbPackPage *self, WbOffers *offers)
{
  gboolean         any = offers->rates != NULL && offers->rates->len > 0;
  g_autofree char *money = NULL, *captured = NULL;

  wb_list_box_clear (self->rates);
  for (guint i = 0; any && i < offers->rates->len; i++)
    gtk_list_box_append (self->rates, wb_rate_row_new (offers->rates->pdata[i]));
  if (any)
    gtk_list_box_select_row (self->rates, gtk_list_box_get_row_at_index (self->rates, 0));
  else
    show_none (self, offers->rates_error);
  if (any)
    gtk_stack_set_visible_child_name (self->offers, "rates");
  if (offers->plan_error != NULL)
    captured = any ? wb_error_words (offers->plan_error) : NULL;
  else
    {
      money = wb_money_to_text (wb_money (offers->plan.amount, offers->plan.currency));
      captured =
          g_strdup_printf ("%s: %s", money, offers->plan.reason != NULL ? offers->plan.reason : "");
    }
  gtk_label_set_text (self->capture, captured != NULL ? captured : "");
  wb_pack_page_show_button (self);
}

static void
offered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage          *self = WB_PACK_PAGE (source);
  g_autoptr (GError)   error = NULL;
  g_autoptr (WbOffers) offers = wb_worker_finish (result, &error);

  if (self->workspace == NULL || self->pack == NULL ||
      g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    return;
  if (offers != NULL)
    show_offers (self, offers);
  else
    show_none (self, error);
}

/* What was asked is not answered any more. */
void
wb_pack_page_stop_asking (WbPackPage *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask_cb (gpointer data)
{
  WbPackPage *self = data;

  self->settle_id = 0;
  if (self->pack == NULL)
    return;
  self->asking = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_offers_work, make_ask (self),
                       G_OBJECT (self), self->asking, offered_cb, NULL);
}

/* Offers and the capture depend on what lies in the box: they are asked for once it has settled. */
void
wb_pack_page_ask_soon (WbPackPage *self)
{
  wb_pack_page_stop_asking (self);
  wb_list_box_clear (self->rates);
  gtk_stack_set_visible_child_name (self->offers, "asking");
  gtk_label_set_text (self->capture, "");
  wb_pack_page_show_button (self);
  self->settle_id = g_timeout_add_once (WB_PACK_SETTLE_MS, ask_cb, self);
}

/* Which box all that is to be packed goes into. */
void
wb_pack_page_ask_boxes (WbPackPage *self)
{
  WbShipAsk *ask = g_new0 (WbShipAsk, 1);

  ask->order_id = self->pack->order_id;
  ask->as_wished = TRUE;
  ask->weight_g = self->pack->weight_g;
  wb_ship_box_row_ask (self->box, ask, self->pack->package);
}

static void
proposed_cb (WbShipBoxRow *row, WbPackPage *self)
{
  if (self->pack != NULL)
    wb_pack_page_ask_soon (self);
}

static void
chosen_cb (WbShipBoxRow *row, WbPackPage *self)
{
  if (self->pack == NULL)
    return;
  wb_set_str (&self->to_box, wb_ship_box_row_get_name (row));
  wb_pack_page_pump (self);
}

static void
again_cb (GtkButton *button, WbPackPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->pack != NULL)
    wb_pack_page_ask_soon (self);
}

static void
rate_cb (GtkListBox *box, GtkListBoxRow *row, WbPackPage *self)
{
  if (self->workspace != NULL) /* else the page is going, and its button may be gone */
    wb_pack_page_show_button (self);
}

/* ---- shipping ---- */

/* Why the button does nothing now. */
static const char *
why_not (WbPackPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->offers);

  if (self->asks_line != 0)
    return _ ("First scan the piece’s own number");
  if (self->busy || g_strcmp0 (shown, "asking") == 0)
    return _ ("The offers are not here yet: press Return again when the button names a price");
  if (chosen_rate (self) == NULL)
    return gtk_label_get_text (self->no_offers);
  return wb_pack_counted (self->pack) > 0 ? _ ("No kit is whole yet: scan its other parts")
                                          : _ ("Scan first what goes in: nothing is verified yet");
}

static void
ship (WbPackPage *self)
{
  if (self->pack == NULL)
    return;
  if (may_ship (self) && !self->busy)
    wb_pack_page_send (self, make_ask (self), chosen_rate (self));
  else
    wb_pack_page_say (self, why_not (self), "warning");
}

static void
ship_cb (GtkButton *button, WbPackPage *self)
{
  ship (self);
}

/* Return, where no field and no button wants it. */
static gboolean
return_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  ship (WB_PACK_PAGE (widget));
  return TRUE;
}

/* The part of the template that this file works on. */
void
wb_pack_page_bind_offers (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, offers);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, rates);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, no_offers);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, later);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, capture);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, box);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, ship_button);
  gtk_widget_class_bind_template_callback (widget_class, proposed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_cb);
  gtk_widget_class_bind_template_callback (widget_class, ship_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, return_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, return_cb, NULL);
}
