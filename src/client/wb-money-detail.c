/* SPDX-License-Identifier: GPL-3.0-or-later
 * The evidence beside the Money page's lists: of an order, of a gap, of a payout; and what a person
 * decides about a gap. */
#include "wb-money-detail.h"

#include "wb-detail.h"
#include "wb-fact-row.h"
#include "wb-money-evidence.h"
#include "wb-money-line.h"
#include "wb-money-steps.h"
#include "wb-money-works.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-statement-import.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  SHOWN_NOTHING,
  SHOWN_ORDER,
  SHOWN_GAP,
  SHOWN_PAYOUT,
} Shown;

struct _WbMoneyDetail
{
  AdwBin        parent_instance;
  GtkStack     *stack;
  GtkWidget    *back_button;
  GtkLabel     *title;
  GtkLabel     *state;
  GtkLabel     *meaning;
  GtkListBox   *facts;
  GtkLabel     *items_title;
  GtkListBox   *items;
  GtkButton    *show_button;
  GtkButton    *match_button;
  WbMoneySteps *steps;
  GtkWidget    *accept_box;
  GtkEditable  *reason;
  GtkWidget    *accept_button;
  WbWorkspace  *workspace;
  Shown         shown;
  gint64        id;       /* of the order or payout shown; of the gap's row */
  gint64        order_id; /* where the button leads */
  WbMoneyGap   *gap;      /* a copy */
  GPtrArray    *offers;
  int           chosen; /* of the offers, -1 */
};

G_DEFINE_FINAL_TYPE (WbMoneyDetail, wb_money_detail, ADW_TYPE_BIN)

static WbMoneyGap *
copy_gap (const WbMoneyGap *gap)
{
  WbMoneyGap *copy = g_memdup2 (gap, sizeof *gap);

  copy->subject = g_strdup (gap->subject);
  copy->fingerprint = g_strdup (gap->fingerprint);
  copy->title = g_strdup (gap->title);
  copy->meaning = g_strdup (gap->meaning);
  copy->reason = g_strdup (gap->reason);
  return copy;
}

static void
begin (WbMoneyDetail *self, const char *title, const char *state, const char *style)
{
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->state, state != NULL ? state : "");
  wb_widget_set_style (GTK_WIDGET (self->state), style);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->items_title), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->items), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->match_button), FALSE);
  gtk_widget_set_visible (self->accept_box, FALSE);
  wb_money_steps_show_none (self->steps);
  wb_list_box_clear (self->facts);
  wb_list_box_clear (self->items);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  self->chosen = -1;
  gtk_stack_set_visible_child_name (self->stack, "detail");
}

static void
add_fact (const char *title, const char *value, const char *style, gint64 order_id, gpointer data)
{
  gtk_list_box_append (GTK_LIST_BOX (data), wb_fact_row_new (title, value, style));
}

/* As a line of text that can be sent to whoever is to be convinced. */
static void
note_fact (const char *title, const char *value, const char *style, gint64 order_id, gpointer data)
{
  g_string_append_printf (data, "%s: %s\n", title, value);
}

static void
append_item (WbMoneyDetail *self,
             const char    *title,
             const char    *value,
             const char    *style,
             gboolean       active,
             gint64         order_id)
{
  GtkWidget *row;

  gtk_list_box_append (self->items, wb_money_line_new_whole (title, value, style));
  row = gtk_widget_get_last_child (GTK_WIDGET (self->items));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), active);
  gtk_widget_set_focusable (row, active);
  g_object_set_data (G_OBJECT (row), "order", GSIZE_TO_POINTER ((gsize) order_id));
}

static void
add_item (const char *title, const char *value, const char *style, gint64 order_id, gpointer data)
{
  append_item (data, title, value, style, order_id != 0, order_id);
}

static void
show_items (WbMoneyDetail *self, const char *title)
{
  gtk_label_set_text (self->items_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->items_title), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->items),
                          gtk_widget_get_first_child (GTK_WIDGET (self->items)) != NULL);
}

static void
lead_to_order (WbMoneyDetail *self, gint64 order_id)
{
  self->order_id = order_id;
  gtk_widget_set_visible (GTK_WIDGET (self->show_button), order_id != 0);
}

static void
fail (WbMoneyDetail *self, GError *error)
{
  begin (self, _ ("This could not be read"), error->message, "error");
}

static void
show_order (WbMoneyDetail *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  WbMoneyQuery          query = { .order_id = self->id, .state = WB_MONEY_ALL };
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows = wb_book_list_money (book, &query, &error);
  g_autofree char      *title = NULL;
  const WbMoneyRow     *row;

  if (rows == NULL)
    {
      fail (self, error);
      return;
    }
  if (rows->len == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  row = rows->pdata[0];
  title = g_strdup_printf ("#%s", row->number);
  begin (self, title, wb_money_state_title (row->state), wb_money_state_style (row->state));
  wb_money_evidence_of_row (row, add_fact, self->facts);
  if (!wb_money_evidence_of_order (book, self->id, add_item, self, &error))
    fail (self, error);
  show_items (self, _ ("Evidence"));
  wb_money_steps_show_order (self->steps, row);
  lead_to_order (self, self->id);
}

static void
show_payout (WbMoneyDetail *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbPayout)  payout = wb_book_get_payout (book, self->id, &error);
  g_autoptr (GPtrArray) items =
      payout != NULL ? wb_book_list_payout_items (book, self->id, &error) : NULL;
  gint64           sum = 0;
  g_autofree char *title = NULL, *net = NULL;
  gboolean         equal;

  if (items == NULL || !wb_book_sum_payout (book, self->id, &sum, &error))
    {
      fail (self, error);
      return;
    }
  equal = sum == wb_record_get_int (payout, WB_PAYOUT_AMOUNT);
  title = g_strdup_printf (_ ("Payout %s"), wb_record_get_text (payout, WB_PAYOUT_REF));
  begin (self, title,
         items->len == 0 ? _ ("What is in it is not known")
         : equal         ? _ ("Its items sum to it, to the cent")
                         : _ ("Its items do not sum to it"),
         items->len == 0 ? "dim-label"
         : equal         ? "success"
                         : "error");
  wb_money_evidence_of_payout (payout, add_fact, self->facts);
  wb_money_evidence_of_items (book, payout, items, add_item, self);
  if (items->len > 0)
    {
      net = wb_money_amount_text (sum, wb_record_get_text (payout, WB_PAYOUT_CURRENCY));
      add_fact (_ ("Sum of its items"), net, equal ? NULL : "error", 0, self->facts);
      show_items (self, _ ("What is in it"));
    }
  lead_to_order (self, 0);
}

/* What a row of a statement may be about, likeliest first; a person chooses. */
static void
show_offers (WbMoneyDetail *self)
{
  WbBook            *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError) error = NULL;

  self->offers = wb_offer_matches (book, self->gap->row_id, &error);
  if (self->offers == NULL)
    {
      wb_detail_toast (GTK_WIDGET (self), error->message);
      return;
    }
  for (guint i = 0; i < self->offers->len; i++)
    {
      const WbMatchOffer *offer = self->offers->pdata[i];
      g_autofree char    *score = g_strdup_printf ("%u %%", offer->score);
      g_autofree char    *text = g_strdup_printf ("%s\n%s", offer->title, offer->why);
      GtkWidget          *row = wb_fact_row_new (text, score, NULL);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_focusable (row, TRUE);
      gtk_list_box_append (self->items, row);
    }
  show_items (self,
              self->offers->len > 0 ? _ ("It may be one of these") : _ ("Nothing here is like it"));
  gtk_button_set_label (self->match_button, _ ("_Match"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->match_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->match_button), self->offers->len > 0);
}

static void
show_gap (WbMoneyDetail *self)
{
  WbBook             *book = wb_workspace_get_book (self->workspace);
  const WbMoneyGap   *gap = self->gap;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) text = g_string_new (gap->title);

  begin (self, gap->title, wb_gap_title (gap->kind), "warning");
  gtk_label_set_text (self->meaning, gap->meaning);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), TRUE);
  wb_money_evidence_of_gap (book, gap, add_fact, self->facts);
  g_string_append_printf (text, "\n%s\n", gap->meaning);
  wb_money_evidence_of_gap (book, gap, note_fact, text);
  wb_money_steps_show_gap (self->steps, gap, text->str);
  if (gap->kind == WB_GAP_STATEMENT)
    show_offers (self);
  else if (gap->order_id != 0)
    {
      if (!wb_money_evidence_of_order (book, gap->order_id, add_item, self, &error))
        wb_detail_toast (GTK_WIDGET (self), error->message);
      show_items (self, _ ("Evidence"));
    }
  gtk_widget_set_visible (self->accept_box, TRUE);
  lead_to_order (self, gap->order_id);
}

static void
item_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbMoneyDetail *self)
{
  gint64 order_id = (gint64) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "order"));
  int    place = gtk_list_box_row_get_index (row);

  if (self->offers != NULL && place >= 0 && (guint) place < self->offers->len)
    {
      const WbMatchOffer *offer = self->offers->pdata[place];
      /* Translators: a button; the placeholder is an order, payout or label with its amount */
      g_autofree char *label = g_strdup_printf (_ ("Match with %s"), offer->title);

      self->chosen = place;
      gtk_button_set_label (self->match_button, label);
      gtk_widget_set_sensitive (GTK_WIDGET (self->match_button), TRUE);
    }
  else if (order_id != 0 && order_id != self->order_id)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", order_id);
}

static void
show_cb (GtkButton *button, WbMoneyDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", self->order_id);
}

static void
match_cb (GtkButton *button, WbMoneyDetail *self)
{
  const WbMatchOffer *offer = self->chosen >= 0 ? self->offers->pdata[self->chosen] : NULL;

  if (offer != NULL)
    wb_detail_work (GTK_WIDGET (self), self->workspace, &wb_money_match_work,
                    wb_money_match_new (self->gap->row_id, offer->kind, offer->id, NULL));
}

static void
reason_changed_cb (GtkEditable *entry, WbMoneyDetail *self)
{
  gtk_widget_set_sensitive (self->accept_button,
                            !wb_text_is_empty (gtk_editable_get_text (self->reason)));
}

static void
accept_cb (GtkWidget *from, WbMoneyDetail *self)
{
  const char *reason = gtk_editable_get_text (self->reason);

  if (wb_text_is_empty (reason) || self->gap == NULL)
    return;
  if (self->gap->kind == WB_GAP_STATEMENT)
    wb_detail_work (GTK_WIDGET (self), self->workspace, &wb_money_match_work,
                    wb_money_match_new (self->gap->row_id, NULL, 0, reason));
  else
    wb_detail_work (GTK_WIDGET (self), self->workspace, &wb_money_accept_work,
                    wb_money_accept_new (self->gap, reason));
  gtk_editable_set_text (self->reason, "");
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  self->shown = SHOWN_NOTHING;
}

static void
back_cb (GtkButton *button, WbMoneyDetail *self)
{
  GtkWidget *split = gtk_widget_get_ancestor (GTK_WIDGET (self), WB_TYPE_SPLIT);

  if (split != NULL)
    wb_split_set_show_detail (WB_SPLIT (split), FALSE);
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_money_detail_parent_class)->root (widget);
  wb_detail_bind_back (widget, WB_MONEY_DETAIL (widget)->back_button);
}

static void
wb_money_detail_dispose (GObject *object)
{
  WbMoneyDetail *self = WB_MONEY_DETAIL (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->gap, wb_money_gap_free);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_money_detail_parent_class)->dispose (object);
}

static void
wb_money_detail_class_init (WbMoneyDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_money_detail_dispose;
  widget_class->root = root;
  g_type_ensure (WB_TYPE_MONEY_STEPS);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-money-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, back_button);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, title);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, state);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, meaning);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, items_title);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, items);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, show_button);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, match_button);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, steps);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, accept_box);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, reason);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyDetail, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, match_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
wb_money_detail_init (WbMoneyDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chosen = -1;
}

/** wb_money_detail_set_workspace: once. */
void
wb_money_detail_set_workspace (WbMoneyDetail *self, WbWorkspace *workspace)
{
  self->workspace = g_object_ref (workspace);
  wb_money_steps_set_workspace (self->steps, workspace);
}

/** wb_money_detail_refresh: reads again what is shown. */
void
wb_money_detail_refresh (WbMoneyDetail *self)
{
  if (self->shown == SHOWN_ORDER)
    show_order (self);
  else if (self->shown == SHOWN_PAYOUT)
    show_payout (self);
}

/** wb_money_detail_show_order: shows the money of an order with its evidence. */
void
wb_money_detail_show_order (WbMoneyDetail *self, gint64 order_id)
{
  self->shown = SHOWN_ORDER;
  self->id = order_id;
  show_order (self);
}

/** wb_money_detail_show_payout: opens a payout to its orders. */
void
wb_money_detail_show_payout (WbMoneyDetail *self, gint64 payout_id)
{
  self->shown = SHOWN_PAYOUT;
  self->id = payout_id;
  show_payout (self);
}

/** wb_money_detail_show_gap: shows what does not fit, why, and what can be done about it. */
void
wb_money_detail_show_gap (WbMoneyDetail *self, const WbMoneyGap *gap)
{
  WbMoneyGap *copy = copy_gap (gap);

  g_clear_pointer (&self->gap, wb_money_gap_free);
  self->gap = copy;
  self->shown = SHOWN_GAP;
  show_gap (self);
}
