/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to do about the part of an order that is neither captured nor authorised: it was received by
 * hand, the customer is asked for it, or it is given up with a reason. */
#include "wb-settle-window.h"

#include "wb-amount.h"
#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbSettleWindow
{
  WbFormWindow    parent_instance;
  GtkStack       *stack;
  AdwStatusPage  *nothing;
  GtkLabel       *about;
  GtkCheckButton *ways[WB_N_SETTLES];
  GtkEditable    *amount;
  AdwComboRow    *came;
  GtkEditable    *note, *link, *reason;
  gint64          order_id, open; /* minor units of @currency */
  char            currency[4];
  char           *id; /* of what is stated: however often it is sent, it counts once */
};

G_DEFINE_FINAL_TYPE (WbSettleWindow, wb_settle_window, WB_TYPE_FORM_WINDOW)

/* The act's button by way; the placeholder is an amount of money. */
static const struct
{
  const char *act;
  gboolean    destructive;
} acts[WB_N_SETTLES] = {
  /* Translators: a button; the placeholder is an amount of money that has been received */
  [WB_SETTLE_RECEIVED] = { N_ ("%s _Received"), FALSE },
  /* Translators: a button; the placeholder is an amount of money a customer is asked for */
  [WB_SETTLE_ASKED] = { N_ ("_Ask for %s"), FALSE },
  /* Translators: a button; the placeholder is an amount of money that is given up */
  [WB_SETTLE_WRITTEN_OFF] = { N_ ("_Write off %s"), TRUE },
};

static WbSettle
get_way (WbSettleWindow *self)
{
  for (guint i = 0; i < WB_N_SETTLES; i++)
    if (gtk_check_button_get_active (self->ways[i]))
      return i;
  return WB_SETTLE_RECEIVED;
}

static void
name_act (WbSettleWindow *self, WbSettle way, gint64 amount)
{
  g_autofree char *money = wb_money_to_text (wb_money (amount, self->currency));
  g_autofree char *label = g_strdup_printf (_ (acts[way].act), money);

  wb_form_window_set_act (WB_FORM_WINDOW (self), label, acts[way].destructive);
}

static gboolean
check_amount (WbSettleWindow *self, gint64 *amount, GError **error)
{
  g_autofree char *open = wb_money_to_text (wb_money (self->open, self->currency));

  if (!wb_amount_read (self->amount, self->currency, amount, error))
    return FALSE;
  if (*amount > self->open)
    g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH, _ ("Only %s is open"), open);
  return *amount > 0 && *amount <= self->open;
}

static gboolean
check (WbFormWindow *form)
{
  WbSettleWindow    *self = WB_SETTLE_WINDOW (form);
  WbSettle           way = get_way (self);
  gint64             amount = 0;
  g_autoptr (GError) error = NULL;
  gboolean           right;

  if (self->open <= 0)
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->came), way == WB_SETTLE_RECEIVED);
  gtk_widget_set_visible (GTK_WIDGET (self->note), way == WB_SETTLE_RECEIVED);
  gtk_widget_set_visible (GTK_WIDGET (self->link), way == WB_SETTLE_ASKED);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), way == WB_SETTLE_WRITTEN_OFF);
  right = check_amount (self, &amount, &error);
  wb_form_window_say (form, error);
  name_act (self, way, right ? amount : self->open);
  return right &&
         (way != WB_SETTLE_WRITTEN_OFF || !wb_text_is_empty (gtk_editable_get_text (self->reason)));
}

/* How it came, and what was noted of it. */
static char *
describe_receipt (WbSettleWindow *self)
{
  GtkStringObject *came = adw_combo_row_get_selected_item (self->came);
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));

  return *note != '\0' ? g_strdup_printf ("%s · %s", gtk_string_object_get_string (came), note)
                       : g_strdup (gtk_string_object_get_string (came));
}

static void
act (WbFormWindow *form)
{
  WbSettleWindow *self = WB_SETTLE_WINDOW (form);
  WbSettleWish   *wish = wb_settle_wish_new (self->order_id, get_way (self), self->id);

  if (!check_amount (self, &wish->amount, NULL))
    {
      wb_settle_wish_free (wish);
      return;
    }
  wish->text = wish->way == WB_SETTLE_RECEIVED
                   ? describe_receipt (self)
                   : g_strstrip (g_strdup (gtk_editable_get_text (
                         wish->way == WB_SETTLE_ASKED ? self->link : self->reason)));
  wb_form_window_run (form, &wb_settle_work, wish);
}

/* The text for the customer goes to the clipboard. */
static void
done (WbFormWindow *form, const char *outcome)
{
  WbSettleWindow *self = WB_SETTLE_WINDOW (form);
  gboolean        asked = get_way (self) == WB_SETTLE_ASKED;

  if (asked)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), outcome);
  WB_FORM_WINDOW_CLASS (wb_settle_window_parent_class)
      ->done (form, asked ? _ ("The text for the customer is in the clipboard") : outcome);
}

static void
wb_settle_window_dispose (GObject *object)
{
  g_clear_pointer (&WB_SETTLE_WINDOW (object)->id, g_free);
  G_OBJECT_CLASS (wb_settle_window_parent_class)->dispose (object);
}

static void
wb_settle_window_class_init (WbSettleWindowClass *klass)
{
  static const char *const names[WB_N_SETTLES] = {
    [WB_SETTLE_RECEIVED] = "received",
    [WB_SETTLE_ASKED] = "asked",
    [WB_SETTLE_WRITTEN_OFF] = "written_off",
  };
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_settle_window_dispose;
  form_class->check = check;
  form_class->act = act;
  form_class->done = done;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-settle-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, about);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, amount);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, came);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, note);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, link);
  gtk_widget_class_bind_template_child (widget_class, WbSettleWindow, reason);
  for (guint i = 0; i < WB_N_SETTLES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (WbSettleWindow, ways) +
                                                   i * sizeof (void *));
}

static void
wb_settle_window_init (WbSettleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->id = wb_text_random_id (8);
}

static void
show_open (WbSettleWindow *self, WbOrder *order)
{
  WbMoney          total = wb_record_get_money (order, WB_ORDER_TOTAL);
  g_autofree char *all = wb_money_to_text (total);
  g_autofree char *open = wb_money_to_text (wb_money (self->open, total.currency));
  /* Translators: order number, amount that is open, what the order is worth */
  g_autofree char *text =
      g_strdup_printf (_ ("Order #%s: %s of %s is neither captured nor authorised."),
                       wb_record_get_text (order, WB_ORDER_NUMBER), open, all);

  g_strlcpy (self->currency, total.currency, sizeof self->currency);
  gtk_label_set_text (self->about, text);
  wb_amount_show (self->amount, self->open, self->currency);
  gtk_stack_set_visible_child_name (self->stack, self->open > 0 ? "ask" : "nothing");
}

/** wb_settle_window_open: @way: what is proposed. Returns: (transfer none): the window, above
 * @parent. */
GtkWindow *
wb_settle_window_open (GtkWindow *parent, WbWorkspace *workspace, gint64 order_id, WbSettle way)
{
  WbSettleWindow     *self = g_object_new (WB_TYPE_SETTLE_WINDOW, NULL);
  WbBook             *book = wb_workspace_get_book (workspace);
  g_autoptr (GError)  error = NULL;
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, &error);

  self->order_id = order_id;
  self->open = order != NULL ? wb_order_open_amount (book, order, &error) : -1;
  gtk_check_button_set_active (self->ways[way], TRUE);
  if (self->open >= 0)
    show_open (self, order);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  wb_form_window_say (WB_FORM_WINDOW (self), error);
  return GTK_WINDOW (self);
}
