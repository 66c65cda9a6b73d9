/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces an order is to have of its articles, changed in its shop: what it comes to and
 * what that means for the payment is said while it is chosen, and the total stands in the button.
 */
#include "wb-pieces-window.h"

#include "wb-pieces-works.h"
#include "wb-resource.h"
#include "wb-ship-line-row.h"

#include <glib/gi18n-lib.h>

struct _WbPiecesWindow
{
  WbFormWindow parent_instance;
  GtkListBox  *lines;
  GtkLabel    *total, *payment;
  GtkWidget   *more_part;
  GtkEditable *reason;
  GtkWidget   *tell_row, *restock_row;
  GtkSwitch   *tell, *restock;
  WbOrder     *order;
  guint        idle;
  gboolean     reading; /* reading a quantity writes it anew, which tells of a change */
};

G_DEFINE_FINAL_TYPE (WbPiecesWindow, wb_pieces_window, WB_TYPE_FORM_WINDOW)

/* What is chosen now. */
static WbPiecesWish *
make_wish (WbPiecesWindow *self)
{
  WbPiecesWish  *wish = wb_pieces_wish_new (wb_record_get_int (self->order, WB_ORDER_ID));
  GtkListBoxRow *row;

  self->reading = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lines, i)) != NULL; i++)
    wb_pieces_wish_add (wish, wb_ship_line_row_get_line_id (WB_SHIP_LINE_ROW (row)),
                        wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row)));
  self->reading = FALSE;
  wish->reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
  wish->to_customer = gtk_switch_get_active (self->tell);
  wish->restock = gtk_switch_get_active (self->restock);
  return wish;
}

static void
show_outlook (WbPiecesWindow *self, const WbPiecesOutlook *outlook)
{
  WbMoney          now = wb_record_get_money (self->order, WB_ORDER_TOTAL);
  gboolean         any = outlook->payment != NULL;
  g_autofree char *before = wb_money_to_text (now);
  g_autofree char *after = wb_money_to_text (wb_money (outlook->after, outlook->currency));
  /* Translators: amounts of money, as it was and as it will be */
  g_autofree char *total = g_strdup_printf (_ ("%s instead of %s"), after, before);
  /* Translators: a button; the placeholder is what the order comes to then */
  g_autofree char *act = g_strdup_printf (_ ("_Change to %s"), after);

  gtk_label_set_text (self->total, any ? total : before);
  gtk_label_set_text (self->payment, any ? outlook->payment : "");
  gtk_widget_set_visible (GTK_WIDGET (self->payment), any);
  wb_form_window_set_act (WB_FORM_WINDOW (self), any ? act : _ ("_Change"), FALSE);
}

static gboolean
check (WbFormWindow *form)
{
  WbPiecesWindow          *self = WB_PIECES_WINDOW (form);
  g_autoptr (WbPiecesWish) wish = make_wish (self);
  WbPiecesAsk              ask = wb_pieces_wish_ask (wish);
  g_auto (WbPiecesOutlook) outlook = { 0 };
  g_autoptr (GError)       error = NULL;
  gboolean                 right =
      wb_pieces_look_ahead (wb_workspace_get_book (wb_form_window_get_workspace (form)),
                            self->order, &ask, &outlook, &error);

  show_outlook (self, &outlook);
  /* That nothing is chosen yet is no trouble. */
  wb_form_window_say (form, wb_error_code (error) != WB_ERROR_INVALID ? error : NULL);
  return right;
}

static gboolean
idle_cb (gpointer data)
{
  WbPiecesWindow *self = data;

  self->idle = 0;
  wb_form_window_check (WB_FORM_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* Not at once: a digit typed over another is a removal and an insertion, and reading a quantity
 * between the two would write into it. */
static void
changed_cb (GtkWidget *row, WbPiecesWindow *self)
{
  if (self->idle == 0 && !self->reading)
    self->idle = g_idle_add (idle_cb, self);
}

static void
act (WbFormWindow *form)
{
  wb_form_window_run (form, &wb_pieces_work, make_wish (WB_PIECES_WINDOW (form)));
}

static void
wb_pieces_window_dispose (GObject *object)
{
  WbPiecesWindow *self = WB_PIECES_WINDOW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->order);
  G_OBJECT_CLASS (wb_pieces_window_parent_class)->dispose (object);
}

static void
wb_pieces_window_class_init (WbPiecesWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_pieces_window_dispose;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-pieces-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, total);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, payment);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, more_part);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, tell_row);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, tell);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, restock_row);
  gtk_widget_class_bind_template_child (widget_class, WbPiecesWindow, restock);
}

static void
wb_pieces_window_init (WbPiecesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_lines (WbPiecesWindow *self)
{
  GPtrArray *lines = wb_record_get_many (self->order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      gint64           pieces = wb_order_line_pieces (lines->pdata[i]);
      gint64           sent = wb_order_line_sent (lines->pdata[i]);
      g_autofree char *note = NULL;
      GtkWidget       *row;

      if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) != 0)
        continue;
      row = wb_ship_line_row_new (lines->pdata[i], pieces);
      wb_ship_line_row_set_bounds (WB_SHIP_LINE_ROW (row), sent, WB_SHOP_MOST_PIECES);
      if (sent > 0)
        {
          /* Translators: pieces of a line that have left */
          note = g_strdup_printf (_ ("%d sent"), (int) sent);
          wb_ship_line_row_add_note (WB_SHIP_LINE_ROW (row), note);
        }
      wb_ship_line_row_set_quantity (WB_SHIP_LINE_ROW (row), pieces);
      g_signal_connect (row, "changed", G_CALLBACK (changed_cb), self);
      gtk_list_box_append (self->lines, row);
    }
}

/** wb_pieces_window_open: Returns: (transfer none): the window, above @parent; for an @order of
 * which wb_order_may_change_pieces() says that it can be changed. */
GtkWindow *
wb_pieces_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrder *order)
{
  WbPiecesWindow *self = g_object_new (WB_TYPE_PIECES_WINDOW, NULL);
  guint           takes = wb_order_may_change_pieces (wb_workspace_get_book (workspace), order);

  self->order = g_object_ref (order);
  fill_lines (self);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), (takes & WB_SHOP_CHANGE_LINES_TEXT) != 0);
  gtk_widget_set_visible (self->tell_row, (takes & WB_SHOP_CHANGE_LINES_TELLS) != 0);
  gtk_widget_set_visible (self->restock_row, (takes & WB_SHOP_CHANGE_LINES_RESTOCK) != 0);
  gtk_widget_set_visible (self->more_part,
                          (takes & (WB_SHOP_CHANGE_LINES_TEXT | WB_SHOP_CHANGE_LINES_TELLS |
                                    WB_SHOP_CHANGE_LINES_RESTOCK)) != 0);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  return GTK_WINDOW (self);
}
