/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every detail beside a list does the same way: back to the list, a word in a toast, copying,
 * and having the engine do one thing. */
#include "wb-detail.h"

#include "wb-refusals.h"
#include "wb-split.h"
#include "wb-toast.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define NO_BREAK_SPACE "\xc2\xa0"

/** wb_detail_bind_back: shows @back_button only where the list is not to be seen; for the root() of
 * a detail. */
void
wb_detail_bind_back (GtkWidget *detail, GtkWidget *back_button)
{
  GtkWidget *split = gtk_widget_get_ancestor (detail, WB_TYPE_SPLIT);

  if (split != NULL)
    g_object_bind_property (split, "folded", back_button, "visible", G_BINDING_SYNC_CREATE);
}

/** wb_detail_toast: says @text in the window. */
void
wb_detail_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

/** wb_detail_copy: puts @text on the clipboard, and says so. */
void
wb_detail_copy (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  wb_detail_toast (widget, _ ("Copied"));
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWorkspace) workspace = user_data;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *outcome = wb_worker_finish (result, &error);
  g_autofree char        *words = outcome == NULL ? wb_error_words (error) : NULL;

  wb_detail_toast (GTK_WIDGET (source), outcome != NULL ? outcome : words);
  wb_workspace_look (workspace);
}

/**
 * wb_detail_work:
 * @kind: its result is a text for people
 * @data: (transfer full): what @kind takes
 *
 * Has the engine do it and says what came of it; what is shown is then read again.
 */
void
wb_detail_work (GtkWidget *widget, WbWorkspace *workspace, const WbWorkKind *kind, gpointer data)
{
  wb_worker_run_async (wb_workspace_get_worker (workspace), kind, data, G_OBJECT (widget), NULL,
                       worked_cb, g_object_ref (workspace));
}

/* What takes a work back. */
typedef struct
{
  WbWorkspace      *workspace;
  const WbWorkKind *kind;
  gint64            id;
  char             *text;
} Back;

static void
back_free (gpointer data)
{
  Back *back = data;

  g_object_unref (back->workspace);
  g_free (back->text);
  g_free (back);
}

static void
back_cb (AdwToast *toast, GtkWidget *widget)
{
  const Back *back = g_object_get_data (G_OBJECT (toast), "undo");

  wb_detail_work (widget, back->workspace, back->kind, wb_wish_new (back->id, back->text));
}

static void
worked_undo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Back                   *back = user_data;
  g_autoptr (WbWorkspace) workspace = g_object_ref (back->workspace);
  g_autoptr (GError)      error = NULL;
  g_autofree char        *outcome = wb_worker_finish (result, &error);

  if (outcome != NULL)
    wb_toast_show_undo (GTK_WIDGET (source), outcome, source, G_CALLBACK (back_cb), back,
                        back_free);
  else
    {
      wb_toast_outcome (GTK_WIDGET (source), NULL, error);
      back_free (back);
    }
  wb_workspace_look (workspace);
}

/**
 * wb_detail_work_undo:
 * @kind: takes a wb_wish_new() of @id and @text (nullable)
 * @back: what takes @kind back; takes one of @id and @back_text (nullable)
 *
 * As wb_detail_work(), with a way back in the toast.
 */
void
wb_detail_work_undo (GtkWidget        *widget,
                     WbWorkspace      *workspace,
                     const WbWorkKind *kind,
                     const WbWorkKind *back,
                     gint64            id,
                     const char       *text,
                     const char       *back_text)
{
  Back *way = g_new0 (Back, 1);

  way->workspace = g_object_ref (workspace);
  way->kind = back;
  way->id = id;
  way->text = g_strdup (back_text);
  wb_worker_run_async (wb_workspace_get_worker (workspace), kind, wb_wish_new (id, text),
                       G_OBJECT (widget), NULL, worked_undo_cb, way);
}

/** wb_widget_set_style: @style: (nullable): the one style class of state that @widget has from now
 * on, in place of the one given to it before. */
void
wb_widget_set_style (GtkWidget *widget, const char *style)
{
  const char *shown = g_object_get_data (G_OBJECT (widget), "style");

  if (shown != NULL)
    gtk_widget_remove_css_class (widget, shown);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
  g_object_set_data (G_OBJECT (widget), "style", (gpointer) g_intern_string (style));
}

/** wb_figure_set_text: shows amounts, one a line; large text may put a currency on a line of its
 * own. */
void
wb_figure_set_text (GtkLabel *figure, const char *text)
{
  g_autoptr (GString) all = g_string_new (text);

  g_string_replace (all, NO_BREAK_SPACE, " ", 0);
  gtk_label_set_text (figure, all->str);
}
