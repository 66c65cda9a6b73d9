/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Pack page: scan an order, scan what goes in, Return does the rest. The next order may be
 * scanned while the last one is still being bought, printed and charged. */
#include "wb-pack-page.h"

#include "wb-order-facts.h"
#include "wb-pack-line-row.h"
#include "wb-pack-photos.h"
#include "wb-pack-run.h"
#include "wb-pack-works.h"
#include "wb-rate-row.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-scan-say.h"
#include "wb-scanner.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define SETTLE_MS 400 /* how long the parcel must stay as it is before its price is asked for */
#define MOST_RUNS 5   /* of those that are shipped, so many stay to be seen */

struct _WbPackPage
{
  AdwBin         parent_instance;
  GtkLabel      *message, *title, *note, *no_offers, *capture;
  GtkStack      *stack, *offers;
  GtkEditable   *code;
  GtkListBox    *lines, *rates, *runs;
  GtkSpinButton *weight;
  AdwComboRow   *box;
  GtkWidget     *undo_button, *aside_button;
  WbPackPhotos  *photos;
  GtkButton     *ship_button;
  WbWorkspace   *workspace;
  WbScanner     *scanner;
  WbPack        *pack; /* the order on the table, NULL: it is empty */
  gint64         asks_line, asks_part;
  GQueue         waiting; /* of char*: codes scanned while another is looked at */
  GCancellable  *asking;
  GCancellable  *boxing;   /* the question which box is the cheapest */
  GCancellable  *weighing; /* the wait for the scale, while an order is on the table */
  gint64         on_scale; /* grams that it told last */
  gint64         to_note;  /* grams that are not written down yet, 0: none */
  char          *trouble;  /* that the scale told last */
  gboolean       busy;     /* a scan or the like is being written down */
  gboolean       filling;  /* rows change because we fill them */
  guint          settle_id, typed_id;
};

G_DEFINE_FINAL_TYPE (WbPackPage, wb_pack_page, ADW_TYPE_BIN)

static void pump (WbPackPage *self);

/* ---- what is said ---- */

static void
say (WbPackPage *self, const char *text, const char *style)
{
  wb_scan_say (GTK_WIDGET (self), self->message, text, style);
}

static void
say_scan (WbPackPage *self, const WbPackLook *look)
{
  gboolean wrong = look->scan == WB_SCAN_WRONG || look->scan == WB_SCAN_EXTRA ||
                   look->scan == WB_SCAN_UNKNOWN,
           more = look->scan == WB_SCAN_SERIAL || look->scan == WB_SCAN_LOT;

  say (self, look->words, wrong ? "error" : more ? "warning" : "success");
}

/* ---- the parcel ---- */

static char *
chosen_box (WbPackPage *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->box);

  return item != NULL ? g_strdup (gtk_string_object_get_string (item)) : NULL;
}

static WbShipAsk *
make_ask (WbPackPage *self)
{
  WbShipAsk *ask = g_new0 (WbShipAsk, 1);

  ask->order_id = self->pack->order_id;
  ask->as_wished = TRUE;
  ask->package = chosen_box (self);
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

static void
show_button (WbPackPage *self)
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
  gtk_widget_set_sensitive (GTK_WIDGET (self->ship_button), may_ship (self));
}

static void
show_offers (WbPackPage *self, WbOffers *offers)
{
  g_autofree char *words = offers->rates == NULL ? wb_error_words (offers->rates_error) : NULL;
  g_autofree char *money = NULL, *captured = NULL;

  wb_list_box_clear (self->rates);
  for (guint i = 0; offers->rates != NULL && i < offers->rates->len; i++)
    gtk_list_box_append (self->rates, wb_rate_row_new (offers->rates->pdata[i]));
  if (offers->rates != NULL)
    gtk_list_box_select_row (self->rates, gtk_list_box_get_row_at_index (self->rates, 0));
  gtk_label_set_text (self->no_offers, words != NULL ? words : "");
  gtk_stack_set_visible_child_name (self->offers, words != NULL ? "none" : "rates");
  if (offers->plan_error != NULL)
    captured = offers->rates != NULL ? wb_error_words (offers->plan_error) : NULL;
  else
    {
      money = wb_money_to_text (wb_money (offers->plan.amount, offers->plan.currency));
      captured =
          g_strdup_printf ("%s: %s", money, offers->plan.reason != NULL ? offers->plan.reason : "");
    }
  gtk_label_set_text (self->capture, captured != NULL ? captured : "");
  show_button (self);
}

static void
offered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage          *self = WB_PACK_PAGE (source);
  g_autoptr (GError)   error = NULL;
  g_autoptr (WbOffers) offers = wb_worker_finish (result, &error);
  g_autofree char     *words = NULL;

  if (self->workspace == NULL || self->pack == NULL ||
      g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    return;
  if (offers != NULL)
    {
      show_offers (self, offers);
      return;
    }
  words = wb_error_words (error);
  gtk_label_set_text (self->no_offers, words);
  gtk_stack_set_visible_child_name (self->offers, "none");
}

static void
stop_asking (WbPackPage *self)
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
static void
ask_soon (WbPackPage *self)
{
  stop_asking (self);
  wb_list_box_clear (self->rates);
  gtk_stack_set_visible_child_name (self->offers, "asking");
  gtk_label_set_text (self->capture, "");
  show_button (self);
  self->settle_id = g_timeout_add_once (SETTLE_MS, ask_cb, self);
}

/* The person's box stays; else it is the proposed one. */
static void
show_boxes (WbPackPage *self, GPtrArray *offers)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  for (guint i = 0; i < offers->len; i++)
    {
      WbBoxOffer *offer = offers->pdata[i];

      gtk_string_list_append (names, offer->package);
      if (g_strcmp0 (offer->package, self->pack->package) == 0)
        chosen = i;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->box, G_LIST_MODEL (names));
  if (offers->len > 0)
    {
      adw_combo_row_set_selected (self->box, chosen);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->box),
                                   ((WbBoxOffer *) offers->pdata[chosen])->reason);
    }
  self->filling = FALSE;
  ask_soon (self);
}

static void ask_boxes (WbPackPage *self, gboolean rated);

static void
boxes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage           *self = WB_PACK_PAGE (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) offers = wb_worker_finish (result, &error);
  gboolean              rated = GPOINTER_TO_INT (user_data);

  if (self->workspace == NULL || self->pack == NULL ||
      g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    return;
  if (offers != NULL)
    show_boxes (self, offers);
  else if (!rated)
    {
      g_autofree char *words = wb_error_words (error);

      say (self, words, "error");
    }
  if (offers != NULL && !rated && offers->len > 1 && ((WbBoxOffer *) offers->pdata[1])->fits)
    ask_boxes (self, TRUE);
}

static void
stop_boxes (WbPackPage *self)
{
  if (self->boxing != NULL)
    g_cancellable_cancel (self->boxing);
  g_clear_object (&self->boxing);
}

/* What is known is shown at once; what the carrier asks for each box comes later, and where it
 * cannot be had the boxes stay told apart by what would be billed, as their reasons say. */
static void
ask_boxes (WbPackPage *self, gboolean rated)
{
  WbShipAsk *ask = g_new0 (WbShipAsk, 1);

  stop_boxes (self);
  self->boxing = g_cancellable_new ();
  ask->order_id = self->pack->order_id;
  ask->as_wished = TRUE;
  ask->weight_g = self->pack->weight_g;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace),
                       rated ? &wb_pack_rated_boxes_work : &wb_pack_boxes_work, ask,
                       G_OBJECT (self), self->boxing, boxes_cb, GINT_TO_POINTER (rated));
}

/* ---- the table ---- */

static void by_hand_cb (WbPackLineRow *row, gint64 line_id, gint64 product_id, WbPackPage *self);

/* Whether the rows are those of what is on the table, in its order. */
static gboolean
has_rows (WbPackPage *self)
{
  guint n = 0;

  for (; n < self->pack->lines->len; n++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, (int) n);

      if (row == NULL || !wb_pack_line_row_is (WB_PACK_LINE_ROW (row), self->pack->lines->pdata[n]))
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->lines, (int) n) == NULL;
}

/* A scan changes a row: they are not made anew for it. */
static void
show_lines (WbPackPage *self)
{
  if (has_rows (self))
    {
      for (guint i = 0; i < self->pack->lines->len; i++)
        wb_pack_line_row_show (
            WB_PACK_LINE_ROW (gtk_list_box_get_row_at_index (self->lines, (int) i)),
            self->pack->lines->pdata[i]);
      return;
    }
  wb_list_box_clear (self->lines);
  for (guint i = 0; i < self->pack->lines->len; i++)
    {
      GtkWidget *row = wb_pack_line_row_new (self->pack->lines->pdata[i]);

      g_signal_connect_object (row, "by-hand", G_CALLBACK (by_hand_cb), self, 0);
      gtk_list_box_append (self->lines, row);
    }
}

static void
show_table (WbPackPage *self)
{
  g_autofree char *title = g_strdup_printf (
      "#%s · %s", self->pack->number, self->pack->customer != NULL ? self->pack->customer : "");
  gboolean noted = self->pack->note != NULL && *self->pack->note != '\0';

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->note, noted ? self->pack->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), noted);
  show_lines (self);
  self->filling = TRUE;
  gtk_spin_button_set_value (self->weight, (double) self->pack->weight_g);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->undo_button, wb_pack_counted (self->pack) > 0);
  gtk_stack_set_visible_child_name (self->stack, "table");
  show_button (self);
}

static void
stop_weighing (WbPackPage *self)
{
  self->to_note = 0;
  wb_set_str (&self->trouble, NULL);
  if (self->weighing != NULL)
    g_cancellable_cancel (self->weighing);
  g_clear_object (&self->weighing);
}

static void
clear_table (WbPackPage *self)
{
  g_clear_handle_id (&self->typed_id, g_source_remove);
  stop_asking (self);
  stop_boxes (self);
  stop_weighing (self);
  g_clear_pointer (&self->pack, wb_pack_free);
  self->asks_line = self->asks_part = 0;
  gtk_editable_set_text (self->code, "");
  gtk_label_set_text (self->title, ""); /* a screen reader may look at what is not shown */
  wb_list_box_clear (self->lines);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void weigh (WbPackPage *self);

/* The page is there as long as nobody has cancelled. */
static void
weighed_by_scale_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage        *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *grams = wb_worker_finish (result, &error);

  if (g_cancellable_is_cancelled (G_CANCELLABLE (source)))
    return;
  if (grams == NULL)
    {
      g_autofree char *words = wb_error_words (error);

      if (wb_set_str (&self->trouble, words))
        say (self, words, "warning");
      /* What a person can put right at the scale: it is heard on. */
      if (!g_error_matches (error, WB_ERROR, WB_ERROR_UNAVAILABLE))
        weigh (self);
      return;
    }
  if (*grams == 0)
    return;
  wb_set_str (&self->trouble, NULL);
  self->to_note = self->on_scale = *grams;
  pump (self);
  weigh (self);
}

/* Hears the scale, if there is one, until the order leaves the table. */
static void
weigh (WbPackPage *self)
{
  if (self->weighing == NULL)
    self->weighing = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pack_scale_work,
                       wb_pack_ask_new (0, NULL, self->on_scale, 0), G_OBJECT (self->weighing),
                       self->weighing, weighed_by_scale_cb, self);
}

/* The table as it stands now. @counts: something was counted, or the box or weight changed. */
static void
take_look (WbPackPage *self, WbPackLook *look, gboolean changes_parcel)
{
  gboolean fresh = self->pack == NULL && look->pack != NULL;

  if (look->pack == NULL)
    {
      say (self, look->words, "error");
      return;
    }
  g_clear_pointer (&self->pack, wb_pack_free);
  self->pack = g_steal_pointer (&look->pack);
  self->asks_line = self->pack->asks_line;
  self->asks_part = self->pack->asks_part;
  show_table (self);
  if (fresh)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      wb_pack_photos_set_order (self->photos, self->workspace, self->pack->order_id);
      ask_boxes (self, FALSE);
      weigh (self);
    }
  else if (changes_parcel)
    ask_soon (self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage            *self = WB_PACK_PAGE (source);
  gboolean               scanned = user_data == &wb_pack_scan_work;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPackLook) look = wb_worker_finish (result, &error);
  gint64                 before = self->pack != NULL ? wb_pack_counted (self->pack) : -1;

  self->busy = FALSE;
  if (self->workspace == NULL)
    return;
  if (look == NULL)
    {
      g_autofree char *words = wb_error_words (error);

      say (self, words, "error");
    }
  else
    {
      if (before >= 0 && scanned)
        say_scan (self, look);
      else if (look->pack != NULL && user_data != &wb_pack_weigh_work)
        say (self, NULL, NULL);
      take_look (self, look,
                 !scanned || look->pack == NULL || wb_pack_counted (look->pack) != before);
      /* Another weight, another price of each box. */
      if (user_data == &wb_pack_weigh_work && self->pack != NULL && self->pack->package == NULL)
        ask_boxes (self, FALSE);
    }
  pump (self);
}

static void
work (WbPackPage *self, const WbWorkKind *kind, const char *text, gint64 number, gint64 product_id)
{
  gint64 order_id = self->pack != NULL ? self->pack->order_id : 0;

  self->busy = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind,
                       wb_pack_ask_new (order_id, text, number, product_id), G_OBJECT (self), NULL,
                       looked_cb, (gpointer) kind);
}

/* One thing at a time, in the order in which they were scanned. */
static void
pump (WbPackPage *self)
{
  g_autofree char *code = NULL;
  gint64           grams = self->to_note;

  if (self->busy || self->workspace == NULL)
    return;
  /* Not between a piece and its serial number. */
  if (grams != 0 && self->pack != NULL && self->asks_line == 0)
    {
      self->to_note = 0;
      work (self, &wb_pack_weigh_work, NULL, grams, 0);
      return;
    }
  if ((code = g_queue_pop_head (&self->waiting)) == NULL)
    return;
  if (self->pack == NULL)
    work (self, &wb_pack_find_work, code, 0, 0);
  else
    work (self, &wb_pack_scan_work, code, self->asks_line, self->asks_part);
}

static void
scanned_cb (WbScanner *scanner, const char *code, WbPackPage *self)
{
  g_queue_push_tail (&self->waiting, g_strdup (code));
  pump (self);
}

static void
code_cb (GtkEntry *entry, WbPackPage *self)
{
  const char *text = gtk_editable_get_text (self->code);

  if (*text != '\0')
    scanned_cb (NULL, text, self);
}

static void
by_hand_cb (WbPackLineRow *row, gint64 line_id, gint64 product_id, WbPackPage *self)
{
  if (!self->busy && self->pack != NULL)
    work (self, &wb_pack_count_work, NULL, line_id, product_id);
}

static void
undo_cb (GtkButton *button, WbPackPage *self)
{
  if (!self->busy && self->pack != NULL)
    work (self, &wb_pack_undo_work, NULL, 0, 0);
}

static void
aside_cb (GtkButton *button, WbPackPage *self)
{
  clear_table (self);
  say (self, NULL, NULL);
}

/* A weight that is typed holds, whatever the scale says of this order from now on. */
static void
weight_cb (GtkSpinButton *weight, WbPackPage *self)
{
  if (self->filling || self->pack == NULL)
    return;
  stop_weighing (self);
  self->to_note = gtk_spin_button_get_value_as_int (weight);
  pump (self);
}

static void
typed_weight_cb (gpointer data)
{
  WbPackPage *self = data;

  self->typed_id = 0;
  gtk_spin_button_update (self->weight);
}

/* A weight that is typed counts as soon as the typing pauses, not only with Enter. */
static void
typing_weight_cb (GtkEditable *editable, WbPackPage *self)
{
  if (self->filling || self->pack == NULL)
    return;
  g_clear_handle_id (&self->typed_id, g_source_remove);
  self->typed_id = g_timeout_add_once (SETTLE_MS, typed_weight_cb, self);
}

/* The weight is typed: from here on Return ships. */
static void
weighed_cb (GtkText *text, WbPackPage *self)
{
  gtk_spin_button_update (self->weight);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
box_cb (AdwComboRow *row, GParamSpec *pspec, WbPackPage *self)
{
  g_autofree char *box = NULL;

  if (self->filling || self->pack == NULL || self->busy || (box = chosen_box (self)) == NULL)
    return;
  work (self, &wb_pack_box_work, box, 0, 0);
}

static void
rate_cb (GtkListBox *box, GtkListBoxRow *row, WbPackPage *self)
{
  if (self->workspace != NULL) /* else the page is going, and its button may be gone */
    show_button (self);
}

/* ---- on its way ---- */

static void
ended_cb (WbPackRun *run, gboolean shipped, WbPackPage *self)
{
  GtkListBoxRow *row;
  int            n = 0;

  while (gtk_list_box_get_row_at_index (self->runs, n) != NULL)
    n++;
  while (shipped && n > MOST_RUNS &&
         (row = gtk_list_box_get_row_at_index (self->runs, n - 1)) != NULL &&
         GTK_WIDGET (row) != GTK_WIDGET (run))
    {
      gtk_list_box_remove (self->runs, GTK_WIDGET (row));
      n--;
    }
  wb_workspace_look (self->workspace);
}

static void
ship (WbPackPage *self)
{
  GtkWidget *run;

  if (!may_ship (self) || self->busy)
    return;
  run = wb_pack_run_new (self->workspace, self->pack->number, make_ask (self), chosen_rate (self));
  g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, 0);
  gtk_list_box_prepend (self->runs, run);
  gtk_widget_set_visible (GTK_WIDGET (self->runs), TRUE);
  clear_table (self);
  say (self, NULL, NULL);
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

static void
wb_pack_page_dispose (GObject *object)
{
  WbPackPage *self = WB_PACK_PAGE (object);

  g_clear_handle_id (&self->typed_id, g_source_remove);
  stop_asking (self);
  stop_boxes (self);
  stop_weighing (self);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_object (&self->scanner);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->pack, wb_pack_free);
  G_OBJECT_CLASS (wb_pack_page_parent_class)->dispose (object);
}

static void
wb_pack_page_class_init (WbPackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_pack_page_dispose;
  g_type_ensure (WB_TYPE_PACK_PHOTOS);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pack-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, note);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, no_offers);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, capture);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, offers);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, code);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, rates);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, runs);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, weight);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, box);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, photos);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, aside_button);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, ship_button);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, aside_cb);
  gtk_widget_class_bind_template_callback (widget_class, weight_cb);
  gtk_widget_class_bind_template_callback (widget_class, box_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_cb);
  gtk_widget_class_bind_template_callback (widget_class, ship_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, return_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, return_cb, NULL);
}

static void
wb_pack_page_init (WbPackPage *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->weight, "changed", G_CALLBACK (typing_weight_cb), self, 0);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->weight)), "activate",
                           G_CALLBACK (weighed_cb), self, 0);
}

/** wb_pack_page_set_workspace: packs the orders of @workspace, which must be open; once. */
void
wb_pack_page_set_workspace (WbPackPage *self, WbWorkspace *workspace)
{
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  self->scanner = wb_scanner_new (GTK_WIDGET (self));
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
}

/** wb_pack_page_open: puts an order on the table, as if it had been scanned; another that lies
 * there is put aside. */
void
wb_pack_page_open (WbPackPage *self, gint64 order_id)
{
  if (self->busy || self->workspace == NULL)
    return;
  clear_table (self);
  self->busy = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pack_open_work,
                       wb_pack_ask_new (order_id, NULL, 0, 0), G_OBJECT (self), NULL, looked_cb,
                       NULL);
}
