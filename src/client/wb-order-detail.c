/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one order: who, what, where it is, what was charged, who did what when. */
#include "wb-order-detail-private.h"

#include "wb-charge-works.h"
#include "wb-desk-channel.h"
#include "wb-detail.h"
#include "wb-resource.h"
#include "wb-toast.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WbOrderDetail, wb_order_detail, ADW_TYPE_BIN)

static gboolean
is_stage (WbOrderDetail *self, const char *stage)
{
  return g_strcmp0 (wb_record_get_text (self->facts->order, WB_ORDER_STAGE), stage) == 0;
}

static gboolean
has_unfinished (WbOrderDetail *self)
{
  for (guint i = 0; i < self->facts->shipments->len; i++)
    {
      const char *state = wb_record_get_text (self->facts->shipments->pdata[i], WB_SHIPMENT_STATE);

      if (g_strcmp0 (state, WB_SHIPMENT_PLANNED) == 0 ||
          g_strcmp0 (state, WB_SHIPMENT_LABELLED) == 0)
        return TRUE;
    }
  return FALSE;
}

/** wb_order_detail_can_ship: whether there is something to ship, or a parcel to finish. */
gboolean
wb_order_detail_can_ship (WbOrderDetail *self)
{
  return is_stage (self, WB_STAGE_READY) || is_stage (self, WB_STAGE_PARTIAL) ||
         has_unfinished (self);
}

/* What speaks against shipping it as it is. */
static const char *
find_doubt (WbOrder *order)
{
  const char *reason = wb_order_why_held (order);

  if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_HOLD) == 0)
    return reason != NULL && *reason != '\0' ? reason : _ ("This order is held.");
  if (wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL))
    return _ ("The shop has changed this order since its label was bought.");
  return NULL;
}

static void
fill_head (WbOrderDetail *self)
{
  WbOrder         *order = self->facts->order;
  WbInstant        now = wb_now ();
  g_autofree char *number = wb_order_dup_text (order, WB_COLUMN_ORDER, self->workspace, now);
  g_autofree char *when = wb_order_dup_text (order, WB_COLUMN_PLACED, self->workspace, now);
  g_autofree char *placed =
      g_strdup_printf ("%s · %s",
                       wb_workspace_get_connection_name (
                           self->workspace, wb_record_get_int (order, WB_ORDER_CHANNEL_ID)),
                       when);
  const char *doubt = find_doubt (order);

  gtk_label_set_text (self->number, number);
  gtk_label_set_text (self->placed, placed);
  gtk_label_set_text (self->stage, wb_stage_title (wb_record_get_text (order, WB_ORDER_STAGE)));
  wb_widget_set_style (GTK_WIDGET (self->stage), wb_order_get_style (order, WB_COLUMN_STAGE, now));
  gtk_widget_set_visible (self->doubt, doubt != NULL);
  gtk_label_set_text (self->doubt_text, doubt != NULL ? doubt : "");
  gtk_widget_set_visible (GTK_WIDGET (self->ship_button), wb_order_detail_can_ship (self));
  gtk_button_set_label (self->ship_button,
                        has_unfinished (self) ? _ ("_Finish shipping…") : _ ("_Ship…"));
  gtk_widget_set_visible (self->hold_button,
                          is_stage (self, WB_STAGE_READY) || is_stage (self, WB_STAGE_PARTIAL));
  gtk_widget_set_visible (self->release_button, is_stage (self, WB_STAGE_HOLD));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.as-received",
                                 wb_record_get_text (order, WB_ORDER_RAW_HASH) != NULL);
}

static void
fill_person (WbOrderDetail *self)
{
  WbOrder            *order = self->facts->order;
  g_autofree char    *address = wb_order_facts_address (self->facts);
  g_autoptr (GString) contact = g_string_new (NULL);
  const char         *parts[] = { wb_record_get_text (order, WB_ORDER_EMAIL),
                                  wb_record_get_text (order, WB_ORDER_PHONE),
                                  wb_record_get_text (order, WB_ORDER_SERVICE_ASKED) };
  const char         *note = wb_record_get_text (order, WB_ORDER_NOTE);
  g_autofree char    *person = wb_order_facts_person (self->facts);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (contact, "%s%s", contact->len > 0 ? "\n" : "", parts[i]);
  gtk_label_set_text (self->address, address != NULL ? address : _ ("No address to ship to"));
  gtk_label_set_text (self->contact, contact->str);
  gtk_widget_set_visible (GTK_WIDGET (self->contact), contact->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->person), person != NULL);
  gtk_button_set_label (self->person, person != NULL ? person : "");
  gtk_widget_set_visible (self->note_part, note != NULL && *note != '\0');
  gtk_label_set_text (self->note, note != NULL ? note : "");
}

/* What the shop changed. After the label was bought it stands first, with what can be done: the
 * label is voided and bought anew, or it still fits and the parcel goes on. */
static void
fill_edits (WbOrderDetail *self)
{
  gboolean late = wb_record_get_bool (self->facts->order, WB_ORDER_EDITED_AFTER_LABEL);
  gboolean any = wb_order_facts_fill_edits (self->facts, self->edits);

  gtk_widget_set_visible (self->edits_part, any);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->edits_part),
                                   late ? _ ("Changed after the label was bought")
                                        : _ ("Changed in the shop"));
  gtk_widget_set_visible (GTK_WIDGET (self->edits_remedy), late);
  gtk_widget_set_visible (self->edits_ways, late);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.void",
                                 wb_order_facts_find (self->facts, WB_SHIPMENT_LABELLED) != 0);
}

/* What can be done with its money, as far as the book knows; the gateway is asked when it is done.
 */
static void
fill_charges (WbOrderDetail *self)
{
  WbOrder              *order = self->facts->order;
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (WbPayment) payment = wb_book_get_payment (book, self->order_id, NULL);
  const char           *charge = wb_record_get_text (order, WB_ORDER_CHARGE_STATE);
  gboolean              taken =
      wb_record_get_int (order, WB_ORDER_CAPTURED) > 0 || g_strcmp0 (charge, WB_CHARGE_PAID) == 0;

  gtk_widget_set_visible (self->refund_button,
                          taken && g_strcmp0 (charge, WB_CHARGE_REFUNDED) != 0);
  gtk_widget_set_visible (self->release_charge_button, wb_order_may_release (order, payment));
  gtk_widget_set_visible (self->renew_button, wb_order_may_renew (order, payment, wb_now ()));
  gtk_widget_set_visible (self->settle_button, !is_stage (self, WB_STAGE_CANCELLED) &&
                                                   wb_order_open_amount (book, order, NULL) > 0);
}

/* With which orders it shares a parcel, and the way out of it or into it. */
static void
fill_together (WbOrderDetail *self)
{
  const WbTogether *together = &self->facts->together;
  gboolean          could = together->could != NULL && together->could->len > 1;

  gtk_widget_set_visible (self->together, together->text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->together_row),
                                 together->text != NULL ? together->text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->together_button), together->merged || could);
  gtk_button_set_label (self->together_button,
                        could ? _ ("Ship _together") : _ ("Ship by _itself"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->together_button),
                                  could ? "detail.merge" : "detail.unmerge");
}

static void
fill (WbOrderDetail *self)
{
  fill_head (self);
  fill_together (self);
  fill_person (self);
  fill_edits (self);
  gtk_widget_set_visible (self->pieces_button,
                          wb_order_may_change_pieces (wb_workspace_get_book (self->workspace),
                                                      self->facts->order) != 0);
  wb_order_facts_fill_lines (self->facts, self->lines);
  gtk_widget_set_visible (self->parcels_part, self->facts->shipments->len > 0);
  wb_order_facts_fill_parcels (self->facts, self->parcels);
  wb_order_facts_fill_money (self->facts, self->money);
  fill_charges (self);
  wb_order_facts_fill_timeline (self->facts, self->timeline);
}

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_order_detail_parent_class)->root (widget);
  wb_detail_bind_back (widget, WB_ORDER_DETAIL (widget)->back_button);
}

static void
wb_order_detail_dispose (GObject *object)
{
  WbOrderDetail *self = WB_ORDER_DETAIL (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->facts, wb_order_facts_free);
  g_clear_pointer (&self->signature, g_free);
  G_OBJECT_CLASS (wb_order_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, back_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, number);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, placed);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, stage);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, doubt);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, doubt_text);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, ship_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, hold_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, hold_popover);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, hold_reason);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, release_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, together);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, together_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, together_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, address);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, contact);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, person);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, edits_part);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, edits_remedy);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, edits_ways);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, edits);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, lines);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, parcels_part);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, parcels);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, refund_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, release_charge_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, renew_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, settle_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, pieces_button);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, money);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, note_part);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, note);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, timeline);
  gtk_widget_class_bind_template_child (widget_class, WbOrderDetail, error_page);
}

/* GTK 4.8 leaves a button without life whose action is that of a grandparent: it asks for it when
 * it is clicked. */
static void
back_cb (GtkButton *button, WbOrderDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "split.back", NULL);
}

static void
wb_order_detail_class_init (WbOrderDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_order_detail_dispose;
  widget_class->root = root;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-order-detail.ui");
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  bind_children (widget_class);
  wb_order_detail_install_actions (widget_class);
}

static void
wb_order_detail_init (WbOrderDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_order_detail_set_workspace: where orders are read from; once. */
void
wb_order_detail_set_workspace (WbOrderDetail *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

static void
read_order (WbOrderDetail *self)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbOrderFacts) facts =
      wb_order_facts_read (wb_workspace_get_book (self->workspace), self->order_id, &error);
  g_autofree char *signature = NULL;

  if (facts == NULL)
    {
      g_clear_pointer (&self->facts, wb_order_facts_free);
      g_clear_pointer (&self->signature, g_free);
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  signature = wb_order_facts_signature (facts);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;
  g_clear_pointer (&self->facts, wb_order_facts_free);
  self->facts = g_steal_pointer (&facts);
  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  fill (self);
}

/** wb_order_detail_show: shows the order @order_id; 0: none. */
void
wb_order_detail_show (WbOrderDetail *self, gint64 order_id)
{
  if (order_id == self->order_id)
    return;
  self->order_id = order_id;
  g_clear_pointer (&self->signature, g_free);
  if (order_id == 0)
    {
      g_clear_pointer (&self->facts, wb_order_facts_free);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "order");
  read_order (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

/** wb_order_detail_refresh: reads the order again and shows what is new. */
void
wb_order_detail_refresh (WbOrderDetail *self)
{
  if (self->order_id != 0)
    read_order (self);
  if (self->ship_pane != NULL)
    wb_ship_pane_refresh (self->ship_pane);
}

/** wb_order_detail_main_action: opens the ship pane, or does what it proposes. */
void
wb_order_detail_main_action (WbOrderDetail *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "ship") == 0)
    wb_ship_pane_main_action (self->ship_pane);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "detail.ship", NULL);
}

/** wb_order_detail_reprint: prints the latest label of the order again. */
void
wb_order_detail_reprint (WbOrderDetail *self)
{
  WbShipment *last = NULL;

  for (guint i = 0; self->facts != NULL && i < self->facts->shipments->len; i++)
    if (g_strcmp0 (wb_record_get_text (self->facts->shipments->pdata[i], WB_SHIPMENT_STATE),
                   WB_SHIPMENT_VOID) != 0)
      last = self->facts->shipments->pdata[i];
  if (last == NULL)
    wb_detail_toast (GTK_WIDGET (self), _ ("This order has no label to print again"));
  else
    wb_order_detail_work (self, &wb_reprint_work, wb_record_get_int (last, WB_SHIPMENT_ID),
                          WB_DOCUMENT_LABEL);
}
