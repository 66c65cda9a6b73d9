/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order that is taken by phone or at the counter: what, how it is paid, for whom, and where it
 * goes. */
#include "wb-own-order-window.h"

#include "wb-amount.h"
#include "wb-country-list.h"
#include "wb-drop-down.h"
#include "wb-own-line-row.h"
#include "wb-own-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

/* The rows of the address that are typed into. */
static const struct
{
  const char *name;
  guint       field;
  gboolean    needed;
} entries[] = {
  { "company", WB_ADDRESS_COMPANY, FALSE }, { "street1", WB_ADDRESS_STREET1, TRUE },
  { "street2", WB_ADDRESS_STREET2, FALSE }, { "postcode", WB_ADDRESS_POSTCODE, FALSE },
  { "city", WB_ADDRESS_CITY, TRUE },        { "region", WB_ADDRESS_REGION, FALSE },
};

#define N_ENTRIES G_N_ELEMENTS (entries)

/* As the row offers them: on account, or paid by what. */
static const struct
{
  gboolean    before_payment;
  const char *paid;
} payments[] = {
  { FALSE, NULL }, { TRUE, NULL }, { FALSE, "cash" }, { FALSE, "pos" }, { FALSE, "bacs" }
};

struct _WbOwnOrderWindow
{
  WbFormWindow parent_instance;
  GtkListBox  *lines; /* of WbOwnLineRow */
  GtkEditable *currency;
  GtkEditable *shipping;
  AdwComboRow *paid;
  GtkLabel    *total;
  GtkEditable *name;
  GtkEditable *email;
  GtkEditable *phone;
  GtkEditable *note;
  GtkSwitch   *sent;
  GtkEditable *rows[N_ENTRIES];
  GtkDropDown *country;
  GPtrArray   *codes; /* of utf8: of the countries, as the list shows them */
  WbBook      *book;
  char        *id; /* of this wish: however often it is tried, the order is taken once */
};

G_DEFINE_FINAL_TYPE (WbOwnOrderWindow, wb_own_order_window, WB_TYPE_FORM_WINDOW)

static char *
get_text (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
get_currency (WbOwnOrderWindow *self)
{
  g_autofree char *text = get_text (self->currency);

  return text != NULL ? g_ascii_strup (text, -1) : NULL;
}

static WbOwnLineRow *
line_at (WbOwnOrderWindow *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, index);

  return row != NULL ? WB_OWN_LINE_ROW (row) : NULL;
}

/* All that is typed, added up; FALSE: something of it cannot be ordered yet. */
static gboolean
add_up (WbOwnOrderWindow *self, const char *currency, gint64 *sum)
{
  WbOwnLineRow *line;
  guint         whole = 0;

  if (!wb_amount_read (self->shipping, currency, sum, NULL) || *sum < 0)
    return FALSE;
  for (int i = 0; (line = line_at (self, i)) != NULL; i++)
    {
      gint64 total = 0;

      if (wb_own_line_row_is_empty (line))
        continue;
      if (!wb_own_line_row_is_whole (line, currency, &total) ||
          __builtin_add_overflow (*sum, total, sum))
        return FALSE;
      whole++;
    }
  return whole > 0;
}

/* What is typed wrong is told where it stands; what is still empty is not. */
static void
judge (WbOwnOrderWindow *self, const char *currency)
{
  gboolean         known = currency != NULL && wb_currency_is_valid (currency);
  g_autofree char *wrong = NULL, *dear = NULL;
  WbOwnLineRow    *line;

  if (currency != NULL && !known)
    wrong = g_strdup_printf (_ ("“%s” is not a currency"), currency);
  dear = wb_amount_dup_trouble (self->shipping, known ? currency : NULL);
  wb_trouble_in_row (ADW_PREFERENCES_ROW (self->currency), wrong);
  wb_trouble_in_row (ADW_PREFERENCES_ROW (self->shipping), dear);
  for (int i = 0; (line = line_at (self, i)) != NULL; i++)
    wb_own_line_row_judge (line, known ? currency : NULL);
}

static gboolean
has_address (WbOwnOrderWindow *self)
{
  if (!gtk_switch_get_active (self->sent))
    return TRUE;
  for (guint i = 0; i < N_ENTRIES; i++)
    if (entries[i].needed && wb_text_is_empty (gtk_editable_get_text (self->rows[i])))
      return FALSE;
  return !wb_text_is_empty (gtk_editable_get_text (self->name)) &&
         gtk_drop_down_get_selected (self->country) < self->codes->len;
}

static gboolean
check (WbFormWindow *form)
{
  WbOwnOrderWindow *self = WB_OWN_ORDER_WINDOW (form);
  g_autofree char  *currency = get_currency (self), *text = NULL;
  gint64            sum = 0;
  gboolean          whole =
      currency != NULL && wb_currency_is_valid (currency) && add_up (self, currency, &sum);

  judge (self, currency);
  text = whole ? wb_money_to_text (wb_money (sum, currency)) : g_strdup ("–");
  gtk_label_set_text (self->total, text);
  return whole && has_address (self);
}

static WbAddress *
make_address (WbOwnOrderWindow *self)
{
  WbAddress       *address = wb_address_new ();
  g_autofree char *name = get_text (self->name);

  wb_record_set_text (address, WB_ADDRESS_NAME, name);
  for (guint i = 0; i < N_ENTRIES; i++)
    wb_record_take_text (address, entries[i].field, get_text (self->rows[i]));
  wb_record_set_text (address, WB_ADDRESS_COUNTRY,
                      self->codes->pdata[gtk_drop_down_get_selected (self->country)]);
  return address;
}

static WbOwnOrder *
make_order (WbOwnOrderWindow *self, GError **error)
{
  g_autoptr (WbOwnOrder) order = wb_own_order_new ();
  g_autofree char       *currency = get_currency (self);
  guint         paid = MIN (adw_combo_row_get_selected (self->paid), G_N_ELEMENTS (payments) - 1);
  WbOwnLineRow *line;

  g_strlcpy (order->currency, currency, sizeof order->currency);
  order->id = g_strdup (self->id);
  order->name = get_text (self->name);
  order->email = get_text (self->email);
  order->phone = get_text (self->phone);
  order->note = get_text (self->note);
  order->paid = g_strdup (payments[paid].paid);
  order->before_payment = payments[paid].before_payment;
  if (!wb_amount_read (self->shipping, currency, &order->shipping, error))
    return NULL;
  for (int i = 0; (line = line_at (self, i)) != NULL; i++)
    if (!wb_own_line_row_is_empty (line) && !wb_own_line_row_add_to (line, order, error))
      return NULL;
  if (gtk_switch_get_active (self->sent))
    order->ship_to = make_address (self);
  return g_steal_pointer (&order);
}

static void
act (WbFormWindow *form)
{
  g_autoptr (GError) error = NULL;
  WbOwnOrder        *order = make_order (WB_OWN_ORDER_WINDOW (form), &error);

  if (order != NULL)
    wb_form_window_run (form, &wb_own_order_work, order);
  else
    wb_form_window_say (form, error);
}

/* To the order that was taken, in the main window. */
static void
done (WbFormWindow *form, const char *outcome)
{
  gint64 id = g_ascii_strtoll (outcome, NULL, 10);

  for (GtkWindow *top = gtk_window_get_transient_for (GTK_WINDOW (form)); top != NULL;
       top = gtk_window_get_transient_for (top))
    if (gtk_widget_activate_action (GTK_WIDGET (top), "win.show-order", "x", id))
      break;
  gtk_window_close (GTK_WINDOW (form));
}

/* ---- the items ---- */

static void
line_changed_cb (WbOwnLineRow *line, WbOwnOrderWindow *self)
{
  wb_form_window_check (WB_FORM_WINDOW (self));
}

static void line_entered_cb (WbOwnLineRow *line, WbOwnOrderWindow *self);

static void
line_remove_cb (WbOwnLineRow *line, WbOwnOrderWindow *self)
{
  WbOwnLineRow *other;

  if (line_at (self, 1) == NULL)
    return; /* the last one stays */
  gtk_list_box_remove (self->lines, GTK_WIDGET (line));
  if ((other = line_at (self, 0)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (other));
  wb_form_window_check (WB_FORM_WINDOW (self));
}

static void
add_line (WbOwnOrderWindow *self)
{
  GtkWidget *line = wb_own_line_row_new (self->book);

  g_signal_connect_object (line, "changed", G_CALLBACK (line_changed_cb), self, 0);
  g_signal_connect_object (line, "remove", G_CALLBACK (line_remove_cb), self, 0);
  g_signal_connect_object (line, "entered", G_CALLBACK (line_entered_cb), self, 0);
  gtk_list_box_append (self->lines, line);
  gtk_widget_grab_focus (line);
}

/* Return in the last item begins the next one; in an empty one there is none. */
static void
line_entered_cb (WbOwnLineRow *line, WbOwnOrderWindow *self)
{
  WbOwnLineRow *next = line_at (self, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (line)) + 1);

  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
  else if (!wb_own_line_row_is_empty (line))
    add_line (self);
}

static void
add_cb (GtkButton *button, WbOwnOrderWindow *self)
{
  add_line (self);
}

/* ---- the class ---- */

static void
wb_own_order_window_dispose (GObject *object)
{
  WbOwnOrderWindow *self = WB_OWN_ORDER_WINDOW (object);

  g_clear_object (&self->book);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (wb_own_order_window_parent_class)->dispose (object);
}

static void
wb_own_order_window_class_init (WbOwnOrderWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_own_order_window_dispose;
  form_class->check = check;
  form_class->act = act;
  form_class->done = done;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-own-order-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, currency);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, shipping);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, paid);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, total);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, email);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, phone);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, note);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, sent);
  gtk_widget_class_bind_template_child (widget_class, WbOwnOrderWindow, country);
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, entries[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbOwnOrderWindow, rows) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
wb_own_order_window_init (WbOwnOrderWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_drop_down_set_label (self->country, _ ("Country"));
  self->id = wb_text_random_id (8);
}

/* The currency and the country of the house, as far as they can be told. */
static void
propose (WbOwnOrderWindow *self, WbWorkspace *workspace)
{
  GPtrArray            *all = wb_workspace_get_connections (workspace);
  g_autoptr (GPtrArray) origins = wb_book_list_origins (self->book, NULL);
  const char           *country = NULL;

  for (guint i = 0; i < all->len; i++)
    if (wb_currency_is_valid (wb_record_get_text (all->pdata[i], WB_CONNECTION_CURRENCY)))
      {
        gtk_editable_set_text (self->currency,
                               wb_record_get_text (all->pdata[i], WB_CONNECTION_CURRENCY));
        break;
      }
  for (guint i = 0; origins != NULL && i < origins->len; i++)
    if (country == NULL || wb_record_get_bool (origins->pdata[i], WB_ORIGIN_CHOSEN))
      country = wb_record_get_text (origins->pdata[i], WB_ORIGIN_COUNTRY);
  self->codes = wb_country_list_fill (self->country, country);
}

/** wb_own_order_window_open: takes an order; then it is shown in the window below. Returns:
 * (transfer none): the window, above @parent. */
GtkWindow *
wb_own_order_window_open (GtkWindow *parent, WbWorkspace *workspace)
{
  WbOwnOrderWindow *self = g_object_new (WB_TYPE_OWN_ORDER_WINDOW, NULL);

  self->book = g_object_ref (wb_workspace_get_book (workspace));
  propose (self, workspace);
  wb_form_window_set_act (WB_FORM_WINDOW (self), _ ("_Take the order"), FALSE);
  add_line (self);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  gtk_widget_grab_focus (GTK_WIDGET (line_at (self, 0)));
  return GTK_WINDOW (self);
}
