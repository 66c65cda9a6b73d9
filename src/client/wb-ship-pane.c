/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ships one order: what goes into the parcel, for how much, what is captured; then each step as it
 * is done. */
#include "wb-ship-pane.h"

#include "wb-book-merged.h"
#include "wb-customs-hint.h"
#include "wb-merge-works.h"
#include "wb-order-facts.h"
#include "wb-rate-row.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-rules.h"
#include "wb-ship-line-row.h"
#include "wb-ship-works.h"
#include "wb-step-list.h"
#include "wb-trouble.h"
#include "wb-void-dialog.h"

#include <glib/gi18n-lib.h>

#define SETTLE_MS 400 /* how long the parcel must stay as it is before its price is asked for */

struct _WbShipPane
{
  AdwBin         parent_instance;
  GtkStack      *stack;
  GtkLabel      *title;
  AdwComboRow   *package;
  GtkSpinButton *weight;
  GtkSwitch     *signature;
  AdwActionRow  *insure_row;
  GtkSwitch     *insure;
  GtkWidget     *lines_part;
  GtkListBox    *lines;
  GtkStack      *offers;
  GtkListBox    *rates;
  WbCustomsHint *customs;
  GtkLabel      *offers_error;
  GtkLabel      *capture_amount;
  GtkLabel      *capture_reason;
  GtkLabel      *shortfall;
  GtkButton     *ship_button;
  WbStepList    *steps;
  GtkLabel      *outcome;
  GtkButton     *drop_button;
  GtkButton     *retry_button;
  GtkButton     *close_button;
  WbWorkspace   *workspace;
  WbOrder       *order;
  WbOrder       *whole;      /* with the lines of all that go into the same parcel */
  WbShipment    *unfinished; /* to go on with, NULL: a new one */
  GCancellable  *asking;
  gint64         insured; /* when it is: WB_INSURE_GOODS, or the amount that a rule wishes */
  gboolean       busy;    /* a shipment of this order is running */
  gboolean       filling; /* rows change because we fill them */
  guint          settle_id;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbShipPane, wb_ship_pane, ADW_TYPE_BIN)

static gint64
order_id (WbShipPane *self)
{
  return self->order != NULL ? wb_record_get_int (self->order, WB_ORDER_ID) : 0;
}

static void
take_quantities (WbShipPane *self, WbShipAsk *ask)
{
  guint          rows = wb_record_get_many (self->whole, WB_ORDER_LINES)->len;
  gboolean       whole = TRUE;
  GtkListBoxRow *row;

  ask->line_ids = g_new0 (gint64, rows);
  ask->quantities = g_new0 (gint64, rows);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lines, i)) != NULL; i++)
    {
      whole &= wb_ship_line_row_is_whole (WB_SHIP_LINE_ROW (row));
      if (wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row)) == 0)
        continue;
      ask->line_ids[ask->n] = wb_ship_line_row_get_line_id (WB_SHIP_LINE_ROW (row));
      ask->quantities[ask->n++] = wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row));
    }
  if (whole)
    ask->n = 0; /* everything: also what the engine may still add */
}

static WbShipAsk *
make_ask (WbShipPane *self)
{
  WbShipAsk       *ask = g_new0 (WbShipAsk, 1);
  GtkStringObject *package = adw_combo_row_get_selected_item (self->package);

  gtk_spin_button_update (self->weight);
  ask->order_id = order_id (self);
  ask->package = package != NULL ? g_strdup (gtk_string_object_get_string (package)) : NULL;
  ask->weight_g = gtk_spin_button_get_value_as_int (self->weight);
  ask->signature = gtk_switch_get_active (self->signature);
  ask->insured = gtk_switch_get_active (self->insure) ? self->insured : 0;
  take_quantities (self, ask);
  return ask;
}

static WbRate *
chosen_rate (WbShipPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rates);

  return row != NULL ? wb_rate_row_get_rate (WB_RATE_ROW (row)) : NULL;
}

static void
show_button (WbShipPane *self)
{
  WbRate          *rate = chosen_rate (self);
  g_autofree char *cost =
      rate != NULL ? wb_money_to_text (wb_record_get_money (rate, WB_RATE_COST)) : NULL;
  g_autofree char *label = NULL;

  /* Translators: the button that spends money; %s is the price of the label */
  label = rate != NULL ? g_strdup_printf (_ ("_Buy label for %s and ship"), cost)
                       : g_strdup (_ ("_Buy label and ship"));
  gtk_button_set_label (self->ship_button, label);
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
      gtk_stack_set_visible_child_name (self->offers, "error");
      return;
    }
  show_rates (self, offers);
  show_plan (self, offers);
  show_insurance (self, offers);
  show_button (self);
}

/* What was offered was for another parcel: it can no longer be bought. */
static void
forget_rates (WbShipPane *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  wb_list_box_clear (self->rates);
  gtk_stack_set_visible_child_name (self->offers, "asking");
  show_button (self);
}

static void
ask_offers (WbShipPane *self)
{
  WbShipAsk *ask;

  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->filling = TRUE;
  ask = make_ask (self);
  self->filling = FALSE;
  forget_rates (self);
  self->asking = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_offers_work, ask,
                       G_OBJECT (self), self->asking, offers_cb, g_object_ref (self->asking));
}

static void
settled_cb (gpointer data)
{
  WbShipPane *self = data;

  self->settle_id = 0;
  ask_offers (self);
}

static void
parcel_changed (WbShipPane *self)
{
  if (self->filling || self->order == NULL)
    return;
  forget_rates (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add_once (SETTLE_MS, settled_cb, self);
}

/* Another package, a signature, insurance: all of them have another price. */
static void
option_cb (GObject *option, GParamSpec *pspec, WbShipPane *self)
{
  parcel_changed (self);
}

/* A spin button takes a typed number only when it is left or Return is pressed: here it counts when
 * typing pauses. */
static void
weight_cb (GtkEditable *editable, WbShipPane *self)
{
  parcel_changed (self);
}

static void
line_cb (WbShipLineRow *row, WbShipPane *self)
{
  parcel_changed (self);
}

static void
rate_selected_cb (GtkListBox *box, GtkListBoxRow *row, WbShipPane *self)
{
  show_button (self);
}

/* ---- at work ---- */

static gpointer
run_ship (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_ship_run (job, data, cancellable, error) != 0 ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
step_noted (gpointer owner, gpointer data)
{
  WbShipPane *self = owner;
  WbStepNote *note = data;

  if (self->workspace != NULL && note->order_id == order_id (self))
    wb_step_list_note (self->steps, note);
}

static const WbWorkKind ship_work = {
  .run = run_ship,
  .note = step_noted,
  .free_data = wb_ship_wish_free,
  .free_note = wb_step_note_free,
  .effect = TRUE,
  .title = N_ ("Shipping an order"),
};

static void
find_unfinished (WbShipPane *self, GPtrArray *shipments)
{
  g_clear_object (&self->unfinished);
  for (guint i = 0; i < shipments->len; i++)
    {
      const char *state = wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE);

      if (g_strcmp0 (state, WB_SHIPMENT_PLANNED) == 0 ||
          g_strcmp0 (state, WB_SHIPMENT_LABELLED) == 0)
        g_set_object (&self->unfinished, shipments->pdata[i]);
    }
}

static gboolean
read_unfinished (WbShipPane *self, GError **error)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_shipments (wb_workspace_get_book (self->workspace), order_id (self), error);

  if (shipments != NULL)
    find_unfinished (self, shipments);
  return shipments != NULL;
}

/* What stopped can go on; what has no label yet can be given up instead. */
static void
show_ways_on (WbShipPane *self, gboolean stopped)
{
  gboolean planned;

  if (stopped)
    read_unfinished (self, NULL);
  planned = self->unfinished != NULL &&
            g_strcmp0 (wb_record_get_text (self->unfinished, WB_SHIPMENT_STATE),
                       WB_SHIPMENT_PLANNED) == 0;
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), stopped);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_button), stopped && planned);
}

static void
show_steps (WbShipPane *self)
{
  wb_step_list_reset (self->steps);
  gtk_label_set_text (self->outcome, "");
  show_ways_on (self, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "steps");
}

static void
shipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipPane         *self = WB_SHIP_PANE (source);
  g_autoptr (WbOrder) order = user_data;
  g_autoptr (GError)  error = NULL;
  gboolean            done = wb_worker_finish (result, &error) != NULL;
  g_autofree char    *text = NULL, *words = NULL;

  if (self->workspace == NULL)
    return;
  words = done ? NULL : wb_error_words (error);
  text = done ? g_strdup_printf (_ ("Order #%s is shipped"),
                                 wb_record_get_text (order, WB_ORDER_NUMBER))
              : g_strdup_printf ("#%s: %s", wb_record_get_text (order, WB_ORDER_NUMBER), words);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
  if (order == self->order)
    {
      self->busy = FALSE;
      gtk_label_set_text (self->outcome,
                          done ? text
                               : _ ("Not finished. Nothing is lost: what is done is done once, the "
                                    "rest can go on."));
      if (!done)
        wb_step_list_stop (self->steps, error);
      show_ways_on (self, !done);
      gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (done ? self->close_button : self->retry_button));
    }
  wb_workspace_look (self->workspace);
}

static void
start (WbShipPane *self, WbRate *rate)
{
  gint64 id = self->unfinished != NULL ? wb_record_get_int (self->unfinished, WB_SHIPMENT_ID) : 0;

  self->busy = TRUE;
  show_steps (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &ship_work,
                       wb_ship_wish_new (make_ask (self), rate, id), G_OBJECT (self), NULL,
                       shipped_cb, g_object_ref (self->order));
}

static void
ship_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane *self = WB_SHIP_PANE (widget);
  WbRate     *rate = chosen_rate (self);

  if (rate != NULL && !self->busy)
    start (self, rate);
}

/* The order as it is now: what is still to ship of it may have changed. */
static void
begin_anew (WbShipPane *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id (self), &error);
  g_autoptr (GPtrArray) shipments =
      order != NULL ? wb_book_list_shipments (book, order_id (self), &error) : NULL;

  if (shipments != NULL)
    wb_ship_pane_begin (self, order, shipments);
  else
    wb_trouble_in_label (self->outcome, error);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane        *self = WB_SHIP_PANE (widget);
  g_autoptr (GError) error = NULL;

  if (!read_unfinished (self, &error))
    wb_trouble_in_label (self->outcome, error);
  else if (self->unfinished != NULL)
    start (self, NULL);
  else
    begin_anew (self);
}

static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbShipPane *self = WB_SHIP_PANE (widget);

  if (self->unfinished != NULL && !self->busy)
    wb_drop_dialog_ask (widget, self->workspace, self->unfinished);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
rate_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbShipPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ship.ship", NULL);
}

static void
wb_ship_pane_dispose (GObject *object)
{
  WbShipPane *self = WB_SHIP_PANE (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->order);
  g_clear_object (&self->whole);
  g_clear_object (&self->unfinished);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_ship_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, stack);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, title);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, package);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, weight);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, signature);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, insure_row);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, insure);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, lines_part);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, lines);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, offers);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, rates);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, customs);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, offers_error);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, capture_amount);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, capture_reason);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, shortfall);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, ship_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, steps);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, drop_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, retry_button);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, close_button);
}

static void
wb_ship_pane_class_init (WbShipPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_ship_pane_dispose;
  /* The person is done here, or wants to go back to the order. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_CUSTOMS_HINT);
  g_type_ensure (WB_TYPE_STEP_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-ship-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, option_cb);
  gtk_widget_class_bind_template_callback (widget_class, weight_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_activated_cb);
  gtk_widget_class_install_action (widget_class, "ship.ship", NULL, ship_action);
  gtk_widget_class_install_action (widget_class, "ship.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "ship.drop", NULL, drop_action);
  gtk_widget_class_install_action (widget_class, "ship.close", NULL, close_action);
}

/* The list that a combo row opens has no name of its own in libadwaita 1.2. */
static void
name_lists (GtkWidget *widget, const char *name)
{
  if (GTK_IS_LIST_VIEW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

static void
wb_ship_pane_init (WbShipPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_lists (GTK_WIDGET (self->package), _ ("Package"));
}

/** wb_ship_pane_set_workspace: where orders are shipped from; once. */
void
wb_ship_pane_set_workspace (WbShipPane *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/* The box that a rule wishes, else the one that is usual. */
static void
fill_packages (WbShipPane *self, const char *wished)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) packages =
      wb_book_list_packages (wb_workspace_get_book (self->workspace), &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;
  gboolean                  by_rule = FALSE;

  for (guint i = 0; packages != NULL && i < packages->len; i++)
    {
      const char *name = wb_record_get_text (packages->pdata[i], WB_PACKAGE_NAME);

      gtk_string_list_append (names, name);
      by_rule |= g_strcmp0 (name, wished) == 0;
      if (by_rule ? g_strcmp0 (name, wished) == 0
                  : wb_record_get_bool (packages->pdata[i], WB_PACKAGE_CHOSEN))
        chosen = i;
    }
  adw_combo_row_set_model (self->package, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->package, chosen);
}

/* All that goes into the parcel; an order whose company cannot be read goes alone, and the engine
 * says why. */
static void
take_whole (WbShipPane *self)
{
  g_clear_object (&self->whole);
  self->whole =
      wb_book_get_whole_order (wb_workspace_get_book (self->workspace), order_id (self), NULL);
  if (self->whole == NULL)
    g_set_object (&self->whole, self->order);
}

static void
show_title (WbShipPane *self)
{
  WbBook            *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GArray) ids = wb_book_list_merged (book, order_id (self), NULL);
  g_autofree char   *others =
      ids != NULL && ids->len > 0 ? wb_together_numbers (book, ids, order_id (self), NULL) : NULL;
  const char      *number = wb_record_get_text (self->order, WB_ORDER_NUMBER);
  g_autofree char *title =
      /* Translators: an order's number, and those of the orders that go into the same parcel */
      others != NULL ? g_strdup_printf (_ ("Ship #%s with %s"), number, others)
                     : g_strdup_printf (_ ("Ship #%s"), number);

  gtk_label_set_text (self->title, title);
}

static void
fill_lines (WbShipPane *self)
{
  GPtrArray *lines = wb_record_get_many (self->whole, WB_ORDER_LINES);

  wb_list_box_clear (self->lines);
  for (guint i = 0; i < lines->len; i++)
    {
      gint64     pieces = wb_order_line_to_pack (lines->pdata[i]);
      GtkWidget *row;

      if (pieces <= 0)
        continue;
      row = wb_ship_line_row_new (lines->pdata[i], pieces);
      g_signal_connect (row, "changed", G_CALLBACK (line_cb), self);
      gtk_list_box_append (self->lines, row);
    }
}

/* The parcel as the merchant's rules wish it; the person sees it and may change it. */
static void
fill_parcel (WbShipPane *self)
{
  g_auto (WbRuleWishes) wishes = { 0 };

  wb_order_wishes (self->order, &wishes);
  fill_packages (self, wishes.package);
  gtk_spin_button_set_value (self->weight, 0);
  gtk_switch_set_active (self->signature, wishes.signature);
  self->insured = wishes.insured != 0 ? wishes.insured : WB_INSURE_GOODS;
  gtk_switch_set_active (self->insure, wishes.insured != 0);
}

/** wb_ship_pane_begin: offers to ship @order, or to go on with what of @shipments is not finished.
 */
void
wb_ship_pane_begin (WbShipPane *self, WbOrder *order, GPtrArray *shipments)
{
  if (self->busy && order_id (self) == wb_record_get_int (order, WB_ORDER_ID))
    return;
  self->busy = FALSE;
  g_set_object (&self->order, order);
  take_whole (self);
  show_title (self);
  find_unfinished (self, shipments);
  if (self->unfinished != NULL)
    {
      show_steps (self);
      gtk_label_set_text (self->outcome, _ ("This shipment was begun and is not finished."));
      show_ways_on (self, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->retry_button));
      return;
    }
  self->filling = TRUE;
  fill_parcel (self);
  fill_lines (self);
  wb_customs_hint_show (self->customs, self->workspace, order_id (self));
  self->filling = FALSE;
  adw_action_row_set_subtitle (self->insure_row, "");
  gtk_label_set_text (self->capture_amount, "…");
  gtk_label_set_text (self->capture_reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->shortfall), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  ask_offers (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->weight));
}

/** wb_ship_pane_refresh: what was to be gone on with may have been given up meanwhile. */
void
wb_ship_pane_refresh (WbShipPane *self)
{
  if (self->order == NULL || self->busy || self->unfinished == NULL)
    return;
  if (read_unfinished (self, NULL) && self->unfinished == NULL)
    begin_anew (self);
}

/** wb_ship_pane_main_action: ships; or tries again what stopped; or, when all is done, closes. */
void
wb_ship_pane_main_action (WbShipPane *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "ask") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.ship", NULL);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->retry_button)))
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.retry", NULL);
  else if (!self->busy)
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.close", NULL);
}
