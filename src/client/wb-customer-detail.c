/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one person: accounts, orders, parcels, money, notes; linking, export, erasure.
 */
#include "wb-customer-detail.h"

#include "wb-customer-facts.h"
#include "wb-customer-link-row.h"
#include "wb-customer-row.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 700 /* how long writing must pause before a note is kept */

struct _WbCustomerDetail
{
  AdwBin             parent_instance;
  GtkStack          *stack;
  AdwStatusPage     *error_page;
  GtkWidget         *back_button;
  GtkScrolledWindow *scrolled;
  GtkLabel          *name;
  GtkLabel          *since;
  GtkLabel          *contact;
  GtkListBox        *person;
  GtkWidget         *likely_part;
  GtkListBox        *likely;
  GtkTextView       *note;
  GtkWidget         *money_part;
  GtkListBox        *money;
  GtkWidget         *orders_part;
  GtkListBox        *orders;
  GtkWidget         *parcels_part;
  GtkListBox        *parcels;
  WbWorkspace       *workspace;
  WbCustomerFacts   *facts;
  char              *kept_note;   /* as it is in the book */
  gint64             customer_id; /* 0: none */
  gboolean           running;
  gboolean           again;
  guint              typing_id;
};

G_DEFINE_FINAL_TYPE (WbCustomerDetail, wb_customer_detail, ADW_TYPE_BIN)

static void read_person (WbCustomerDetail *self);

static void
work (WbCustomerDetail   *self,
      const WbWorkKind   *kind,
      gint64              id,
      gint64              other,
      const char         *text,
      GAsyncReadyCallback callback,
      gpointer            data)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind,
                       wb_customer_ask_new (id, other, text), G_OBJECT (self), NULL, callback,
                       data);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCustomerDetail  *self = WB_CUSTOMER_DETAIL (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_workspace_look (self->workspace);
}

/* What undoing a link takes: unlinking, or linking again. */
typedef struct
{
  const WbWorkKind *kind;
  gint64            id, other;
} Undo;

static void
undo_cb (AdwToast *shown, WbCustomerDetail *self)
{
  Undo *undo = g_object_get_data (G_OBJECT (shown), "undo");

  if (self->workspace != NULL)
    work (self, undo->kind, undo->id, undo->other, NULL, worked_cb, NULL);
}

static void
linked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCustomerDetail  *self = WB_CUSTOMER_DETAIL (source);
  g_autofree Undo   *undo = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_workspace_look (self->workspace);
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  else
    wb_toast_show_undo (GTK_WIDGET (self), outcome, G_OBJECT (self), G_CALLBACK (undo_cb),
                        g_steal_pointer (&undo), g_free);
}

static Undo *
undo_new (const WbWorkKind *kind, gint64 id, gint64 other)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->kind = kind;
  undo->id = id;
  undo->other = other;
  return undo;
}

static void
link_cb (WbCustomerLinkRow *row, WbCustomerDetail *self)
{
  gint64 other = wb_record_get_int (wb_customer_link_row_get_customer (row), WB_CUSTOMER_ID);

  work (self, &wb_customer_link_work, self->customer_id, other, NULL, linked_cb,
        undo_new (&wb_customer_unlink_work, other, 0));
}

/* The account to link with again if it is undone: any other one of the person. */
static void
unlink_cb (WbCustomerLinkRow *row, WbCustomerDetail *self)
{
  gint64 id = wb_record_get_int (wb_customer_link_row_get_customer (row), WB_CUSTOMER_ID);
  gint64 other = 0;

  for (guint i = 0; i < self->facts->person->len && other == 0; i++)
    if (wb_record_get_int (self->facts->person->pdata[i], WB_CUSTOMER_ID) != id)
      other = wb_record_get_int (self->facts->person->pdata[i], WB_CUSTOMER_ID);
  work (self, &wb_customer_unlink_work, id, 0, NULL, linked_cb,
        undo_new (&wb_customer_link_work, id, other));
}

static char *
dup_note (WbCustomerDetail *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->note), "text", &text, NULL);
  return text;
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCustomerDetail  *self = WB_CUSTOMER_DETAIL (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace != NULL && outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

/* Keeps what was written, for the customer it was written about. */
static void
keep_note (WbCustomerDetail *self)
{
  g_autofree char *note = dup_note (self);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->customer_id == 0 || self->facts == NULL || self->workspace == NULL ||
      !wb_set_str (&self->kept_note, note))
    return;
  work (self, &wb_customer_note_work, self->customer_id, 0, note, noted_cb, NULL);
}

static void
typing_cb (gpointer data)
{
  WbCustomerDetail *self = data;

  self->typing_id = 0;
  keep_note (self);
}

static void
note_cb (GtkTextBuffer *buffer, WbCustomerDetail *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

/* The note of the book, unless something is being written that is not kept yet. */
static void
fill_note (WbCustomerDetail *self)
{
  const char      *note = wb_record_get_text (self->facts->customer, WB_CUSTOMER_NOTE);
  g_autofree char *shown = dup_note (self);

  if (self->kept_note != NULL && g_strcmp0 (shown, self->kept_note) != 0)
    return;
  wb_set_str (&self->kept_note, note != NULL ? note : "");
  if (g_strcmp0 (shown, self->kept_note) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), self->kept_note, -1);
  g_clear_handle_id (&self->typing_id, g_source_remove);
}

static void
add_links (WbCustomerDetail *self,
           GtkListBox       *box,
           GPtrArray        *customers,
           const char       *button,
           GCallback         callback)
{
  while (gtk_list_box_get_row_at_index (box, 0) != NULL)
    gtk_list_box_remove (box, GTK_WIDGET (gtk_list_box_get_row_at_index (box, 0)));
  for (guint i = 0; i < customers->len; i++)
    {
      const char *channel = wb_workspace_get_connection_name (
          self->workspace, wb_record_get_int (customers->pdata[i], WB_CUSTOMER_CHANNEL_ID));
      GtkWidget *row = wb_customer_link_row_new (customers->pdata[i], channel, button);

      g_signal_connect_object (row, "clicked", callback, self, 0);
      gtk_list_box_append (box, row);
    }
}

static void
fill (WbCustomerDetail *self)
{
  WbCustomerFacts *facts = self->facts;
  gboolean         erased = wb_record_get_int (facts->customer, WB_CUSTOMER_ERASED_AT) != 0;
  g_autofree char *name = wb_customer_dup_name (facts->customer);
  g_autofree char *since = wb_customer_facts_summary (facts);
  g_autofree char *contact = wb_customer_facts_contact (facts);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->since, since);
  gtk_label_set_text (self->contact, contact);
  gtk_widget_set_visible (GTK_WIDGET (self->contact), *contact != '\0');
  add_links (self, self->person, facts->person, facts->person->len > 1 ? _ ("Unlink") : NULL,
             G_CALLBACK (unlink_cb));
  gtk_widget_set_visible (self->likely_part, facts->likely->len > 0);
  add_links (self, self->likely, facts->likely, _ ("Link"), G_CALLBACK (link_cb));
  fill_note (self);
  wb_customer_facts_fill_money (facts, self->money);
  wb_customer_facts_fill_orders (facts, self->orders);
  wb_customer_facts_fill_parcels (facts, self->parcels);
  gtk_widget_set_visible (self->money_part, facts->orders->len > 0);
  gtk_widget_set_visible (self->orders_part, facts->orders->len > 0);
  gtk_widget_set_visible (self->parcels_part, facts->shipments->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), !erased);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customer.erase", !erased);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCustomerDetail           *self = WB_CUSTOMER_DETAIL (source);
  g_autoptr (GError)          error = NULL;
  g_autoptr (WbCustomerFacts) facts = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (self->again)
    {
      read_person (self);
      return;
    }
  if (facts == NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_clear_pointer (&self->facts, wb_customer_facts_free);
  self->facts = g_steal_pointer (&facts);
  fill (self);
  gtk_stack_set_visible_child_name (self->stack, "customer");
}

static void
read_person (WbCustomerDetail *self)
{
  self->again = self->running;
  if (self->running || self->customer_id == 0)
    return;
  self->running = TRUE;
  work (self, &wb_customer_read_work, self->customer_id, 0, NULL, read_cb, NULL);
}

static void
order_cb (GtkListBox *box, GtkListBoxRow *row, WbCustomerDetail *self)
{
  int index = gtk_list_box_row_get_index (row);

  if (self->facts != NULL && index >= 0 && (guint) index < self->facts->orders->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x",
                                wb_record_get_int (self->facts->orders->pdata[index], WB_ORDER_ID));
}

static void
export_response_cb (GtkNativeDialog *dialog, int response, WbCustomerDetail *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->workspace != NULL &&
      self->customer_id != 0)
    work (self, &wb_customer_export_work, self->customer_id, 0, g_file_peek_path (file), worked_cb,
          NULL);
  g_object_unref (dialog);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerDetail     *self = WB_CUSTOMER_DETAIL (widget);
  g_autofree char      *file = NULL;
  GtkFileChooserNative *dialog;

  if (self->customer_id == 0)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Export everything kept of this person"),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  file = g_strdup_printf ("customer-%" G_GINT64_FORMAT ".json", self->customer_id);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
erase_response_cb (AdwMessageDialog *dialog, const char *response, WbCustomerDetail *self)
{
  if (g_strcmp0 (response, "erase") != 0 || self->workspace == NULL || self->customer_id == 0)
    return;
  g_clear_handle_id (&self->typing_id, g_source_remove);
  work (self, &wb_customer_erase_work, self->customer_id, 0, NULL, worked_cb, NULL);
}

static void
erase_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCustomerDetail *self = WB_CUSTOMER_DETAIL (widget);
  g_autofree char  *heading = NULL;
  GtkWidget        *dialog;

  if (self->facts == NULL)
    return;
  /* Translators: %s is a person's name */
  heading = g_strdup_printf (_ ("Erase the data of %s?"), gtk_label_get_text (self->name));
  dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), heading,
      _ ("What goes, at every linked account: name, addresses, e-mail, telephone, notes, the "
         "orders as received, labels and slips.\n\nWhat stays, because the books must remain "
         "whole: order numbers, amounts, payments and tracking numbers.\n\nThis cannot be "
         "undone. The shop itself keeps what it has."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "erase",
                                    _ ("_Erase"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (erase_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The way back to the list is wanted only where the list is not to be seen. */
static void
root (GtkWidget *widget)
{
  GtkWidget *split = gtk_widget_get_ancestor (widget, WB_TYPE_SPLIT);

  GTK_WIDGET_CLASS (wb_customer_detail_parent_class)->root (widget);
  if (split != NULL)
    g_object_bind_property (split, "folded", WB_CUSTOMER_DETAIL (widget)->back_button, "visible",
                            G_BINDING_SYNC_CREATE);
}

static void
wb_customer_detail_dispose (GObject *object)
{
  WbCustomerDetail *self = WB_CUSTOMER_DETAIL (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->facts, wb_customer_facts_free);
  g_clear_pointer (&self->kept_note, g_free);
  G_OBJECT_CLASS (wb_customer_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, back_button);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, name);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, since);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, contact);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, person);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, likely_part);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, likely);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, note);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, money_part);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, money);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, orders_part);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, orders);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, parcels_part);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerDetail, parcels);
}

/* GTK 4.8 leaves a button without life whose action is that of a grandparent: it asks for it when
 * it is clicked. */
static void
back_cb (GtkButton *button, WbCustomerDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "split.back", NULL);
}

static void
wb_customer_detail_class_init (WbCustomerDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_detail_dispose;
  widget_class->root = root;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-customer-detail.ui");
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_install_action (widget_class, "customer.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "customer.erase", NULL, erase_action);
}

static void
wb_customer_detail_init (WbCustomerDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->note), "changed", G_CALLBACK (note_cb),
                           self, 0);
}

/** wb_customer_detail_set_workspace: where customers are read from; once. */
void
wb_customer_detail_set_workspace (WbCustomerDetail *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/** wb_customer_detail_show: shows the person that @customer_id belongs to; 0: none. */
void
wb_customer_detail_show (WbCustomerDetail *self, gint64 customer_id)
{
  if (customer_id == self->customer_id)
    return;
  keep_note (self);
  self->customer_id = customer_id;
  g_clear_pointer (&self->facts, wb_customer_facts_free);
  g_clear_pointer (&self->kept_note, g_free);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), "", -1);
  g_clear_handle_id (&self->typing_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, customer_id != 0 ? "loading" : "nothing");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  read_person (self);
}

/** wb_customer_detail_refresh: reads the person again. */
void
wb_customer_detail_refresh (WbCustomerDetail *self)
{
  read_person (self);
}
