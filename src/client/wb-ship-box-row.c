/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which box: the proposed one with the reason, until a person chooses another. What is known is
 * shown at once; what the carrier asks for each box comes later, and where it cannot be had the
 * boxes stay told apart by what would be billed, as their reasons say. */
#include "wb-ship-box-row.h"

#include "wb-desk-boxes.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-text.h"

struct _WbShipBoxRow
{
  AdwComboRow   parent_instance;
  WbWorkspace  *workspace;
  GPtrArray    *offers; /* of WbBoxOffer, as they are listed; NULL: none are known */
  WbShipAsk    *ask;    /* what is to go in, NULL: nothing is asked */
  GCancellable *asking;
  char         *own;      /* what a person has chosen, NULL: nothing */
  char         *told;     /* what was proposed last */
  gboolean      answered; /* something was proposed for what is asked */
  gboolean      by_price; /* prices were known last: without them nothing is shown in between */
  gboolean      filling;  /* the row changes because we fill it */
};

enum
{
  PROPOSED,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbShipBoxRow, wb_ship_box_row, ADW_TYPE_COMBO_ROW)

static WbBoxOffer *
chosen_offer (WbShipBoxRow *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return self->offers != NULL && position < self->offers->len ? self->offers->pdata[position]
                                                              : NULL;
}

static void
show_reason (WbShipBoxRow *self)
{
  WbBoxOffer *offer = chosen_offer (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), offer != NULL ? offer->reason : "");
}

/* The person's box stays; else it is the proposed one. */
static void
show_offers (WbShipBoxRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  for (guint i = 0; i < self->offers->len; i++)
    {
      WbBoxOffer *offer = self->offers->pdata[i];

      gtk_string_list_append (names, offer->package);
      if (g_strcmp0 (offer->package, self->own) == 0)
        chosen = i;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  if (self->offers->len > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), chosen);
  self->filling = FALSE;
  show_reason (self);
}

/* What hangs on the box is asked for once for each that is proposed. */
static void
tell (WbShipBoxRow *self)
{
  gboolean changed = wb_set_str (&self->told, wb_ship_box_row_get_name (self));

  if (!changed && self->answered)
    return;
  self->answered = TRUE;
  g_signal_emit (self, signals[PROPOSED], 0);
}

static void run (WbShipBoxRow *self, gboolean rated);

static void
boxes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbShipBoxRow         *self = WB_SHIP_BOX_ROW (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) offers = wb_worker_finish (result, &error);
  gboolean              rated = GPOINTER_TO_INT (user_data);

  if (self->ask == NULL || g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    return;
  if (offers != NULL)
    {
      g_clear_pointer (&self->offers, g_ptr_array_unref);
      self->offers = g_ptr_array_ref (offers);
      self->by_price = rated;
      show_offers (self);
    }
  else if (self->by_price && rated)
    {
      self->by_price = FALSE;
      run (self, FALSE);
      return;
    }
  else if (!rated)
    {
      g_autofree char *words = wb_error_words (error);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
    }
  if (offers != NULL && !rated && wb_box_offers_hang_on_price (offers))
    run (self, TRUE);
  tell (self);
}

static WbShipAsk *
copy_ask (const WbShipAsk *ask)
{
  WbShipAsk *copy = g_memdup2 (ask, sizeof *ask);

  copy->package = NULL;
  copy->line_ids = g_memdup2 (ask->line_ids, ask->n * sizeof *ask->line_ids);
  copy->quantities = g_memdup2 (ask->quantities, ask->n * sizeof *ask->quantities);
  return copy;
}

static void
stop_asking (WbShipBoxRow *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
run (WbShipBoxRow *self, gboolean rated)
{
  stop_asking (self);
  self->asking = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace),
                       rated ? &wb_ship_rated_boxes_work : &wb_ship_boxes_work,
                       copy_ask (self->ask), G_OBJECT (self), self->asking, boxes_cb,
                       GINT_TO_POINTER (rated));
}

static void
selected_cb (WbShipBoxRow *self, GParamSpec *pspec, gpointer data)
{
  WbBoxOffer *offer = chosen_offer (self);

  if (self->filling || offer == NULL)
    return;
  wb_set_str (&self->own, offer->package);
  wb_set_str (&self->told, offer->package);
  show_reason (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
wb_ship_box_row_dispose (GObject *object)
{
  WbShipBoxRow *self = WB_SHIP_BOX_ROW (object);

  wb_ship_box_row_stop (self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_ship_box_row_parent_class)->dispose (object);
}

static void
wb_ship_box_row_finalize (GObject *object)
{
  WbShipBoxRow *self = WB_SHIP_BOX_ROW (object);

  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_free (self->own);
  g_free (self->told);
  G_OBJECT_CLASS (wb_ship_box_row_parent_class)->finalize (object);
}

static void
wb_ship_box_row_class_init (WbShipBoxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_ship_box_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_ship_box_row_finalize;
  /* A box is proposed that was not before: what hangs on it is to be asked for. */
  signals[PROPOSED] = g_signal_new ("proposed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* A person has chosen one. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-ship-box-row.ui");
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
wb_ship_box_row_init (WbShipBoxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_lists (GTK_WIDGET (self), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/** wb_ship_box_row_set_workspace: whose boxes; once. */
void
wb_ship_box_row_set_workspace (WbShipBoxRow *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/**
 * wb_ship_box_row_ask:
 * @ask: (transfer full): what is to go in; its package is not looked at
 * @own: (nullable): the box that a person has chosen for it, which stays; %NULL: the proposed one
 *
 * Has boxes proposed, with “proposed” told at least once and again when prices propose another.
 */
void
wb_ship_box_row_ask (WbShipBoxRow *self, WbShipAsk *ask, const char *own)
{
  g_return_if_fail (self->workspace != NULL);

  g_clear_pointer (&self->ask, wb_ship_ask_free);
  self->ask = ask;
  wb_set_str (&self->own, own);
  run (self, self->by_price);
}

/** wb_ship_box_row_stop: nothing is to be packed any more: what was asked is not answered, and what
 * a person has chosen is forgotten. */
void
wb_ship_box_row_stop (WbShipBoxRow *self)
{
  stop_asking (self);
  g_clear_pointer (&self->ask, wb_ship_ask_free);
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->told, g_free);
  self->answered = self->by_price = FALSE;
}

/** wb_ship_box_row_is_own: Returns: whether a person has chosen it. */
gboolean
wb_ship_box_row_is_own (WbShipBoxRow *self)
{
  return self->own != NULL;
}

/** wb_ship_box_row_get_name: Returns: (nullable) (transfer none): the box that is chosen; %NULL:
 * there is none. */
const char *
wb_ship_box_row_get_name (WbShipBoxRow *self)
{
  WbBoxOffer *offer = chosen_offer (self);

  return offer != NULL ? offer->package : NULL;
}

/** wb_ship_wrap_button: the label of @button takes several lines where there is no room: it names
 * what is bought, and must not be cut. */
void
wb_ship_wrap_button (GtkButton *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (button));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}
