/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: how the packing slip looks, with a preview of the real thing. */
#include "wb-slip-design-page.h"

#include "wb-preferences-window.h"
#include "wb-resource.h"
#include "wb-slip-design-works.h"
#include "wb-toast.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 300 /* how long typing must pause before it is kept and shown */
#define N_COLUMNS 3

static const char *const columns[N_COLUMNS] = { "sku", "ordered", "to-come" };

struct _WbSlipDesignPage
{
  AdwPreferencesPage parent_instance;
  GtkWidget         *remove_logo;
  GtkTextView       *message;
  GtkSwitch         *switches[N_COLUMNS];
  GtkStack          *preview_stack;
  GtkPicture        *preview;
  GtkLabel          *preview_error;
  WbWorkspace       *workspace;
  GBytes            *logo;
  gboolean           ready; /* what is kept has been read */
  gboolean           keep;  /* something was changed */
  gboolean           running;
  gboolean           again;
  guint              typing_id;
};

G_DEFINE_FINAL_TYPE (WbSlipDesignPage, wb_slip_design_page, ADW_TYPE_PREFERENCES_PAGE)

static void show_and_keep (WbSlipDesignPage *self);

static WbSlipDesign *
make_design (WbSlipDesignPage *self)
{
  WbSlipDesign       *design = g_new0 (WbSlipDesign, 1);
  GtkTextBuffer      *buffer = gtk_text_view_get_buffer (self->message);
  g_autoptr (GString) shown = g_string_new (NULL);

  g_object_get (buffer, "text", &design->message, NULL);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (gtk_switch_get_active (self->switches[i]))
      g_string_append_printf (shown, "%s%s", shown->len > 0 ? "," : "", columns[i]);
  design->columns = g_strdup (shown->str);
  design->logo = self->logo != NULL ? g_bytes_ref (self->logo) : NULL;
  return design;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSlipDesignPage      *self = WB_SLIP_DESIGN_PAGE (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (texture != NULL)
    gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
  else
    wb_trouble_in_label (self->preview_error, error);
  gtk_stack_set_visible_child_name (self->preview_stack, texture != NULL ? "preview" : "error");
  if (self->again)
    show_and_keep (self);
}

/* One at a time; what was changed meanwhile is kept and shown once, when it has ended. */
static void
show_and_keep (WbSlipDesignPage *self)
{
  self->again = self->running;
  if (self->running || self->workspace == NULL)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace),
                       self->keep ? &wb_slip_design_save_work : &wb_slip_design_preview_work,
                       make_design (self), G_OBJECT (self), NULL, saved_cb, NULL);
  self->keep = FALSE;
}

static void
typing_cb (gpointer data)
{
  WbSlipDesignPage *self = data;

  self->typing_id = 0;
  show_and_keep (self);
}

static void
changed (WbSlipDesignPage *self)
{
  gtk_widget_set_visible (self->remove_logo, self->logo != NULL);
  if (!self->ready)
    return;
  self->keep = TRUE;
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

static void
message_cb (GtkTextBuffer *buffer, WbSlipDesignPage *self)
{
  changed (self);
}

static void
switch_cb (GtkSwitch *row, GParamSpec *pspec, WbSlipDesignPage *self)
{
  changed (self);
}

static void
remove_logo_cb (GtkButton *button, WbSlipDesignPage *self)
{
  g_clear_pointer (&self->logo, g_bytes_unref);
  changed (self);
}

static void
logo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSlipDesignPage  *self = WB_SLIP_DESIGN_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) logo = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (logo == NULL)
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  g_clear_pointer (&self->logo, g_bytes_unref);
  self->logo = g_steal_pointer (&logo);
  changed (self);
}

static void
logo_response_cb (GtkNativeDialog *dialog, int response, WbSlipDesignPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->workspace != NULL)
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_slip_design_logo_work,
                         g_strdup (g_file_peek_path (file)), G_OBJECT (self), NULL, logo_cb, NULL);
  g_object_unref (dialog);
}

static void
choose_logo_cb (GtkButton *button, WbSlipDesignPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Logo for packing slips"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GtkFileFilter) pictures = gtk_file_filter_new ();

  gtk_file_filter_set_name (pictures, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (pictures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), pictures);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (logo_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSlipDesignPage  *self = WB_SLIP_DESIGN_PAGE (source);
  g_autoptr (GError) error = NULL;
  WbSlipDesign      *design = wb_worker_finish (result, &error);
  g_auto (GStrv)     shown = NULL;

  if (design != NULL && self->workspace != NULL)
    {
      shown = design->columns != NULL ? g_strsplit (design->columns, ",", -1) : NULL;
      self->logo = g_steal_pointer (&design->logo);
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->message),
                                design->message != NULL ? design->message : "", -1);
      for (guint i = 0; shown != NULL && i < N_COLUMNS; i++)
        gtk_switch_set_active (self->switches[i],
                               g_strv_contains ((const char *const *) shown, columns[i]));
      gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
      changed (self);
      self->ready = TRUE;
      show_and_keep (self);
    }
  else if (self->workspace != NULL)
    {
      wb_trouble_in_label (self->preview_error, error);
      gtk_stack_set_visible_child_name (self->preview_stack, "error");
    }
  g_clear_pointer (&design, wb_slip_design_free);
}

static void
wb_slip_design_page_dispose (GObject *object)
{
  WbSlipDesignPage *self = WB_SLIP_DESIGN_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->keep && self->workspace != NULL) /* what was typed just before closing */
    wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_slip_design_save_work,
                         make_design (self), G_OBJECT (self->workspace), NULL, NULL, NULL);
  self->ready = FALSE;
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->logo, g_bytes_unref);
  G_OBJECT_CLASS (wb_slip_design_page_parent_class)->dispose (object);
}

static void
wb_slip_design_page_class_init (WbSlipDesignPageClass *klass)
{
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[N_COLUMNS] = { "sku", "ordered", "to_come" };

  G_OBJECT_CLASS (klass)->dispose = wb_slip_design_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-slip-design-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSlipDesignPage, remove_logo);
  gtk_widget_class_bind_template_child (widget_class, WbSlipDesignPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbSlipDesignPage, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, WbSlipDesignPage, preview);
  gtk_widget_class_bind_template_child (widget_class, WbSlipDesignPage, preview_error);
  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (WbSlipDesignPage, switches) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_logo_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_logo_cb);
}

static void
wb_slip_design_page_init (WbSlipDesignPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->message), "changed",
                           G_CALLBACK (message_cb), self, 0);
}

/** wb_slip_design_page_set_workspace: shows and changes the design of @workspace; once. */
void
wb_slip_design_page_set_workspace (WbSlipDesignPage *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_slip_design_read_work, NULL,
                       G_OBJECT (self), NULL, read_cb, NULL);
}
