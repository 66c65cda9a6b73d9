/* SPDX-License-Identifier: GPL-3.0-or-later
 * One paper of a shipment as it comes out: to look at, to print, to keep as a file. */
#include "wb-paper-window.h"

#include "wb-label-preview.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

struct _WbPaperWindow
{
  AdwWindow      parent_instance;
  GtkStack      *stack;
  GtkPicture    *picture;
  GtkLabel      *caption;
  GtkLabel      *said;
  AdwStatusPage *error_page;
  GtkWidget     *save;
  GtkWidget     *print;
  WbWorkspace   *workspace;
  gint64         shipment_id;
  char          *document;
  GBytes        *pdf; /* once it is made */
};

G_DEFINE_FINAL_TYPE (WbPaperWindow, wb_paper_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64 shipment_id;
  char  *document;
} Wish;

typedef struct
{
  GBytes     *pdf;
  GdkTexture *picture;
  char       *text;
} Made;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->document);
  g_free (wish);
}

static void
made_free (gpointer data)
{
  Made *made = data;

  g_clear_pointer (&made->pdf, g_bytes_unref);
  g_clear_object (&made->picture);
  g_free (made->text);
  g_free (made);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Made, made_free)

/* What is doubtful about the paper stands under its picture. */
static gpointer
run_make (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish            *wish = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autoptr (Made) made = g_new0 (Made, 1);
  g_auto (GStrv)   warnings = NULL;
  g_autofree char *about = NULL, *doubts = NULL;

  if (desk == NULL || (made->pdf = wb_desk_make_paper (desk, wish->document, 0, wish->shipment_id,
                                                       &warnings, error)) == NULL)
    return NULL;
  made->picture = wb_label_preview_draw_pdf (made->pdf, &about);
  doubts = warnings != NULL ? g_strjoinv ("\n", warnings) : g_strdup ("");
  made->text = g_strdup_printf ("%s%s%s", about, *doubts != '\0' ? "\n" : "", doubts);
  return g_steal_pointer (&made);
}

static const WbWorkKind make_work = { .run = run_make,
                                      .free_data = wish_free,
                                      .free_result = made_free };

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPaperWindow     *self = WB_PAPER_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (Made)   made = wb_worker_finish (result, &error);
  g_autofree char   *words = made == NULL ? wb_error_words (error) : NULL;

  if (self->workspace == NULL)
    return;
  if (made == NULL)
    {
      adw_status_page_set_description (self->error_page, words);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  self->pdf = g_bytes_ref (made->pdf);
  if (made->picture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (made->picture));
  gtk_label_set_text (self->caption, made->text);
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_widget_set_sensitive (self->print, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "paper");
}

static void
say (WbPaperWindow *self, const char *text)
{
  gtk_label_set_text (self->said, text);
  gtk_widget_set_visible (GTK_WIDGET (self->said), TRUE);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPaperWindow     *self = WB_PAPER_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *words = outcome == NULL ? wb_error_words (error) : NULL;

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->print, TRUE);
  say (self, outcome != NULL ? outcome : words);
  wb_workspace_look (self->workspace);
}

static void
print_cb (GtkButton *button, WbPaperWindow *self)
{
  gtk_widget_set_sensitive (self->print, FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_reprint_work,
                       wb_wish_new (self->shipment_id, self->document), G_OBJECT (self), NULL,
                       printed_cb, NULL);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, WbPaperWindow *self)
{
  g_autoptr (GFile)  file = response == GTK_RESPONSE_ACCEPT
                                ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                                : NULL;
  g_autoptr (GError) error = NULL;
  gsize              size = 0;
  const char        *bytes = self->pdf != NULL ? g_bytes_get_data (self->pdf, &size) : NULL;

  if (file != NULL && bytes != NULL)
    say (self, g_file_replace_contents (file, bytes, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                        NULL, &error)
                   ? _ ("Saved")
                   : error->message);
  g_object_unref (dialog);
}

static void
save_cb (GtkButton *button, WbPaperWindow *self)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (gtk_window_get_title (GTK_WINDOW (self)), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strdup_printf ("%s.pdf", self->document);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
wb_paper_window_dispose (GObject *object)
{
  WbPaperWindow *self = WB_PAPER_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  G_OBJECT_CLASS (wb_paper_window_parent_class)->dispose (object);
}

static void
wb_paper_window_class_init (WbPaperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_paper_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-paper-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, caption);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, said);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, save);
  gtk_widget_class_bind_template_child (widget_class, WbPaperWindow, print);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_paper_window_init (WbPaperWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_paper_window_new: @document: WB_DOCUMENT_…. Returns: (transfer none): a window above @parent,
 * not yet shown, with that paper of the shipment. */
GtkWindow *
wb_paper_window_new (GtkWindow   *parent,
                     WbWorkspace *workspace,
                     gint64       shipment_id,
                     const char  *document)
{
  WbPaperWindow        *self = g_object_new (WB_TYPE_PAPER_WINDOW, "transient-for", parent, NULL);
  const WbDocumentKind *kind = wb_document_kind (document);
  Wish                 *wish = g_new0 (Wish, 1);

  gtk_window_set_title (GTK_WINDOW (self), kind != NULL ? _ (kind->title) : document);
  self->workspace = g_object_ref (workspace);
  self->shipment_id = shipment_id;
  self->document = g_strdup (document);
  wish->shipment_id = shipment_id;
  wish->document = g_strdup (document);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &make_work, wish, G_OBJECT (self), NULL,
                       made_cb, NULL);
  return GTK_WINDOW (self);
}
