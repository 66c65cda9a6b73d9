/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints one kind of document: printer or folder, paper, format, and a test print. */
#include "wb-printer-group.h"

#include "wb-media.h"
#include "wb-order-paper.h"
#include "wb-preferences-window.h"
#include "wb-preferences-works.h"
#include "wb-printer-details.h"
#include "wb-printing.h"
#include "wb-resource.h"
#include "wb-test-print-window.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPrinterGroup
{
  AdwPreferencesGroup parent_instance;
  AdwComboRow        *target;
  GtkWidget          *trouble;
  AdwActionRow       *folder;
  AdwEntryRow        *address;
  WbPrinterDetails   *details;
  GtkSwitch          *station;
  AdwComboRow        *media;
  AdwComboRow        *format;
  GtkWidget          *test;
  GtkWidget          *test_row;
  GtkWidget          *station_row;
  WbWorkspace        *workspace;
  char               *document;
  char               *folder_path;
  WbPrinter          *printer;     /* as it is kept; new when there is none */
  GPtrArray          *queues;      /* of WbDeskQueue; NULL: not yet read */
  GPtrArray          *media_names; /* of utf8, as the row shows them; “” first: what is usual */
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (WbPrinterGroup, wb_printer_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const formats[] = { WB_PRINT_PDF, WB_PRINT_PNG,  WB_PRINT_PWG,
                                       WB_PRINT_ZPL, WB_PRINT_EPL2, WB_PRINT_TSPL };

/* What can be chosen behind the queues, in this order. */
static const struct
{
  const char *kind;
  const char *title;
} others[] = {
  { WB_TARGET_IPP, N_ ("A printer in the network (IPP)") },
  { WB_TARGET_SOCKET, N_ ("A label printer in the network (port 9100)") },
  { WB_TARGET_FOLDER, N_ ("Papers as files in a folder") },
};

static const struct
{
  const char *name;
  const char *title;
  gboolean    slip;
} known_media[] = {
  { WB_MEDIA_4X6, N_ ("4 × 6 inch (102 × 152 mm)"), FALSE },
  { "iso_a6_105x148mm", N_ ("A6 (105 × 148 mm)"), FALSE },
  { "iso_a5_148x210mm", N_ ("A5 (148 × 210 mm)"), FALSE },
  { WB_PAPER_A4, N_ ("A4 (210 × 297 mm)"), TRUE },
  { WB_PAPER_LETTER, N_ ("Letter (8.5 × 11 inch)"), TRUE },
};

/* Ordinary paper, no label. */
static gboolean
is_slip (WbPrinterGroup *self)
{
  const WbDocumentKind *kind = wb_document_kind (self->document);

  return kind != NULL && !kind->label;
}

/* Returns: (nullable): the kind whose printer prints this one as long as it has none of its own. */
static const WbDocumentKind *
get_stand_in (WbPrinterGroup *self)
{
  const WbDocumentKind *kind = wb_document_kind (self->document);

  return kind != NULL ? wb_document_kind (kind->stand_in) : NULL;
}

/* Nothing of its own: the first choice where something stands in. */
static gboolean
is_like_another (WbPrinterGroup *self)
{
  return get_stand_in (self) != NULL && adw_combo_row_get_selected (self->target) == 0;
}

/* What is chosen behind that. */
static guint
get_choice (WbPrinterGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->target);

  return get_stand_in (self) != NULL ? selected - 1 : selected;
}

/* The chosen queue, or NULL when something else is chosen. */
static WbDeskQueue *
get_queue (WbPrinterGroup *self)
{
  guint selected = get_choice (self);

  return self->queues != NULL && selected < self->queues->len ? self->queues->pdata[selected]
                                                              : NULL;
}

static const char *
get_kind (WbPrinterGroup *self)
{
  guint selected = get_choice (self);
  guint queues = self->queues != NULL ? self->queues->len : 0;

  return selected < queues ? WB_TARGET_QUEUE
                           : others[MIN (selected - queues, G_N_ELEMENTS (others) - 1)].kind;
}

/* Returns: (nullable): the queue, address or folder that is chosen. */
static const char *
get_target (WbPrinterGroup *self)
{
  WbDeskQueue *queue = get_queue (self);
  const char  *typed = gtk_editable_get_text (GTK_EDITABLE (self->address));

  if (is_like_another (self))
    return NULL;
  if (queue != NULL)
    return queue->name;
  if (g_str_equal (get_kind (self), WB_TARGET_FOLDER))
    return self->folder_path;
  return wb_text_is_empty (typed) ? NULL : typed;
}

static const char *
get_format (WbPrinterGroup *self)
{
  guint format = adw_combo_row_get_selected (self->format);

  return is_slip (self) || format >= G_N_ELEMENTS (formats) ? WB_PRINT_PDF : formats[format];
}

static gboolean
is_language (const char *format)
{
  return g_str_equal (format, WB_PRINT_ZPL) || g_str_equal (format, WB_PRINT_EPL2) ||
         g_str_equal (format, WB_PRINT_TSPL);
}

static WbPrinter *
make_printer (WbPrinterGroup *self)
{
  WbPrinter *printer = wb_record_copy (self->printer);
  guint      media = adw_combo_row_get_selected (self->media);

  wb_record_set_text (printer, WB_PRINTER_STATION,
                      gtk_switch_get_active (self->station) ? wb_station () : NULL);
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, self->document);
  wb_record_set_text (printer, WB_PRINTER_TARGET_KIND, get_kind (self));
  wb_record_set_text (printer, WB_PRINTER_TARGET, get_target (self));
  wb_record_set_text (printer, WB_PRINTER_FORMAT, get_format (self));
  wb_record_set_text (printer, WB_PRINTER_MEDIA,
                      media > 0 && media < self->media_names->len ? self->media_names->pdata[media]
                                                                  : NULL);
  if (!is_slip (self))
    wb_printer_details_take (self->details, printer);
  return printer;
}

/* What speaks against this choice. */
static char *
find_trouble (WbPrinterGroup *self)
{
  WbDeskQueue *queue = get_queue (self);
  guint        media = adw_combo_row_get_selected (self->media);
  gboolean     language = is_language (get_format (self));

  if (queue == NULL)
    return NULL;
  if (queue->trouble != NULL)
    return g_strdup (queue->trouble);
  if (queue->raw != language)
    return g_strdup (queue->raw
                         ? _ ("This queue passes bytes on as they are: choose ZPL, EPL2 or TSPL.")
                         : _ ("This queue does not pass a label language on: choose PDF or PNG."));
  if (!queue->raw && media > 0 && media < self->media_names->len && queue->media != NULL &&
      queue->media[0] != NULL &&
      !wb_media_is_supported (self->media_names->pdata[media], (const char *const *) queue->media))
    return g_strdup (_ ("This printer does not know this paper."));
  return NULL;
}

static void
update (WbPrinterGroup *self)
{
  g_autofree char *trouble = find_trouble (self);
  const char      *kind = get_kind (self);
  gboolean         own = !is_like_another (self);

  gtk_widget_set_visible (GTK_WIDGET (self->folder), own && g_str_equal (kind, WB_TARGET_FOLDER));
  gtk_widget_set_visible (
      GTK_WIDGET (self->address),
      own && (g_str_equal (kind, WB_TARGET_IPP) || g_str_equal (kind, WB_TARGET_SOCKET)));
  gtk_widget_set_visible (GTK_WIDGET (self->details), own && !is_slip (self));
  gtk_widget_set_visible (GTK_WIDGET (self->media), own);
  gtk_widget_set_visible (GTK_WIDGET (self->format), own && !is_slip (self));
  gtk_widget_set_visible (self->station_row, own);
  gtk_widget_set_visible (self->test_row, own);
  wb_printer_details_set_format (self->details, get_format (self));
  adw_action_row_set_subtitle (self->folder,
                               self->folder_path != NULL ? self->folder_path : _ ("None chosen"));
  gtk_widget_set_visible (self->trouble, trouble != NULL);
  if (trouble != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble), trouble);
  gtk_widget_set_sensitive (self->test, get_target (self) != NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPrinterGroup    *self = WB_PRINTER_GROUP (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace != NULL && outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
}

/* The row that must go: this station's own when it is to have none, any when another kind's
 * printer is to do. Returns: its number, 0: none. */
static gint64
find_given_up (WbPrinterGroup *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (WbPrinter) own = wb_book_find_printer (book, wb_station (), self->document, NULL);
  gboolean              like = is_like_another (self);

  if (own == NULL && like)
    own = wb_book_find_printer (book, NULL, self->document, NULL);
  if (own == NULL || (!like && gtk_switch_get_active (self->station)))
    return 0;
  return wb_record_get_int (own, WB_PRINTER_ID);
}

static void
save (WbPrinterGroup *self)
{
  gint64 gone;

  if (self->filling || self->workspace == NULL)
    return;
  update (self);
  gone = find_given_up (self);
  if (get_target (self) != NULL || gone != 0)
    wb_worker_run_async (
        wb_workspace_get_worker (self->workspace), &wb_choose_printer_work,
        wb_printer_choice_new (get_target (self) != NULL ? make_printer (self) : NULL, gone),
        G_OBJECT (self), NULL, saved_cb, NULL);
}

static void
target_cb (AdwComboRow *row, GParamSpec *pspec, WbPrinterGroup *self)
{
  WbDeskQueue *queue = get_queue (self);

  gboolean raw = queue != NULL ? queue->raw : g_str_equal (get_kind (self), WB_TARGET_SOCKET);

  /* The queue's kind settles the format: anything else would print nothing. */
  if (!self->filling && !is_slip (self) && !g_str_equal (get_kind (self), WB_TARGET_FOLDER) &&
      raw != is_language (get_format (self)))
    adw_combo_row_set_selected (self->format, raw ? 3 : 0);
  save (self);
}

static void
choice_cb (AdwComboRow *row, GParamSpec *pspec, WbPrinterGroup *self)
{
  save (self);
}

static void
address_cb (AdwEntryRow *row, WbPrinterGroup *self)
{
  save (self);
}

static void
details_cb (WbPrinterDetails *details, WbPrinterGroup *self)
{
  save (self);
}

static void
station_cb (GtkSwitch *widget, GParamSpec *pspec, WbPrinterGroup *self)
{
  save (self);
}

static void
folder_response_cb (GtkNativeDialog *dialog, int response, WbPrinterGroup *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->workspace != NULL)
    {
      wb_set_str (&self->folder_path, g_file_peek_path (file));
      save (self);
    }
  g_object_unref (dialog);
}

static void
choose_folder_cb (GtkButton *button, WbPrinterGroup *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Folder for papers as files"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPrinterGroup    *self = WB_PRINTER_GROUP (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  update (self);
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
}

/* What came out of a test label has changed the settings: they are shown as they are now. */
static void
adjusted_cb (WbTestPrintWindow *window, WbPrinterGroup *self)
{
  g_autoptr (WbPrinter) now =
      self->workspace != NULL
          ? wb_book_get_printer (wb_workspace_get_book (self->workspace), self->document, NULL)
          : NULL;

  if (now == NULL)
    return;
  g_set_object (&self->printer, now);
  wb_printer_details_show (self->details, self->printer);
}

static void
test_cb (GtkButton *button, WbPrinterGroup *self)
{
  if (!is_slip (self))
    {
      GtkWindow *window = wb_test_print_window_new (
          GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, self->document);

      g_signal_connect_object (window, "adjusted", G_CALLBACK (adjusted_cb), self, 0);
      gtk_window_present (window);
      return;
    }
  gtk_widget_set_sensitive (self->test, FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_print_test_work,
                       g_strdup (self->document), G_OBJECT (self), NULL, tested_cb, NULL);
}

static void
wb_printer_group_dispose (GObject *object)
{
  WbPrinterGroup *self = WB_PRINTER_GROUP (object);

  g_clear_object (&self->workspace);
  self->filling = TRUE;
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->media_names, g_ptr_array_unref);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->folder_path, g_free);
  g_clear_object (&self->printer);
  G_OBJECT_CLASS (wb_printer_group_parent_class)->dispose (object);
}

static void
wb_printer_group_class_init (WbPrinterGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_printer_group_dispose;
  g_type_ensure (WB_TYPE_PRINTER_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-printer-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, target);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, folder);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, address);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, details);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, station);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, media);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, format);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, test);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, test_row);
  gtk_widget_class_bind_template_child (widget_class, WbPrinterGroup, station_row);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);
  gtk_widget_class_bind_template_callback (widget_class, station_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
}

static void
wb_printer_group_init (WbPrinterGroup *self)
{
  self->filling = TRUE;
  self->media_names = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_media (WbPrinterGroup *self, const char *chosen)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint                     selected = 0;

  gtk_string_list_append (titles, is_slip (self) ? _ ("As usual in the sender’s country")
                                                 : _ ("As the label comes"));
  g_ptr_array_add (self->media_names, g_strdup (""));
  for (guint i = 0; i < G_N_ELEMENTS (known_media); i++)
    if (!is_slip (self) || known_media[i].slip)
      {
        gtk_string_list_append (titles, _ (known_media[i].title));
        g_ptr_array_add (self->media_names, g_strdup (known_media[i].name));
      }
  for (guint i = 1; i < self->media_names->len; i++)
    if (g_strcmp0 (self->media_names->pdata[i], chosen) == 0)
      selected = i;
  if (selected == 0 && !wb_text_is_empty (chosen))
    {
      gtk_string_list_append (titles, chosen);
      g_ptr_array_add (self->media_names, g_strdup (chosen));
      selected = self->media_names->len - 1;
    }
  adw_combo_row_set_model (self->media, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->media, selected);
}

static void
fill_formats (WbPrinterGroup *self, const char *chosen)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("PDF"));
  gtk_string_list_append (titles, _ ("PNG"));
  gtk_string_list_append (titles, _ ("PWG raster (the printer’s dots, by IPP)"));
  gtk_string_list_append (titles, _ ("ZPL (label printer’s own language)"));
  gtk_string_list_append (titles, "EPL2");
  gtk_string_list_append (titles, "TSPL");
  adw_combo_row_set_model (self->format, G_LIST_MODEL (titles));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i], chosen) == 0)
      adw_combo_row_set_selected (self->format, i);
  gtk_widget_set_visible (GTK_WIDGET (self->format), !is_slip (self));
}

/* Which of the kinds behind the queues is kept; the folder when none is. */
static guint
other_index (WbPrinterGroup *self)
{
  const char *kind = wb_record_get_text (self->printer, WB_PRINTER_TARGET_KIND);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_strcmp0 (others[i].kind, kind) == 0)
      return i;
  return G_N_ELEMENTS (others) - 1;
}

/** wb_printer_group_set_document: shows what prints @document (WB_DOCUMENT_…); once. */
void
wb_printer_group_set_document (WbPrinterGroup *self, WbWorkspace *workspace, const char *document)
{
  const char *kind, *target;

  self->filling = TRUE;
  g_set_object (&self->workspace, workspace);
  wb_set_str (&self->document, document);
  g_clear_object (&self->printer);
  self->printer = wb_book_get_printer (wb_workspace_get_book (workspace), document, NULL);
  if (self->printer == NULL ||
      g_strcmp0 (wb_record_get_text (self->printer, WB_PRINTER_DOCUMENT), document) != 0)
    {
      g_clear_object (&self->printer); /* another kind's */
      self->printer = wb_printer_new ();
    }
  kind = wb_record_get_text (self->printer, WB_PRINTER_TARGET_KIND);
  target = wb_record_get_text (self->printer, WB_PRINTER_TARGET);
  fill_media (self, wb_record_get_text (self->printer, WB_PRINTER_MEDIA));
  fill_formats (self, wb_record_get_text (self->printer, WB_PRINTER_FORMAT));
  wb_printer_details_show (self->details, self->printer);
  gtk_switch_set_active (self->station,
                         wb_record_get_text (self->printer, WB_PRINTER_STATION) != NULL);
  if (g_strcmp0 (kind, WB_TARGET_FOLDER) == 0)
    wb_set_str (&self->folder_path, target);
  else if (g_strcmp0 (kind, WB_TARGET_QUEUE) != 0 && target != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address), target);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}

/** wb_printer_group_show_queues: @queues: (nullable) (element-type WbDeskQueue): what can be chosen
 * beside addresses and a folder; %NULL: none, because of @trouble. */
void
wb_printer_group_show_queues (WbPrinterGroup *self, GPtrArray *queues, const char *trouble)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const char               *chosen =
      g_strcmp0 (wb_record_get_text (self->printer, WB_PRINTER_TARGET_KIND), WB_TARGET_QUEUE) == 0
                        ? wb_record_get_text (self->printer, WB_PRINTER_TARGET)
                        : NULL;
  guint                 n = queues != NULL ? queues->len : 0, selected = n + other_index (self);
  const WbDocumentKind *stand_in = get_stand_in (self);

  self->filling = TRUE;
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  self->queues = queues != NULL ? g_ptr_array_ref (queues) : NULL;
  if (stand_in != NULL)
    {
      /* Translators: a kind of paper has no printer of its own: it is printed where these are */
      g_autofree char *like =
          g_strdup_printf (_ ("Where these are printed: %s"), _ (stand_in->title));

      gtk_string_list_append (titles, like);
    }
  for (guint i = 0; i < n; i++)
    {
      WbDeskQueue *queue = queues->pdata[i];

      if (g_strcmp0 (queue->name, chosen) == 0)
        selected = i;
      gtk_string_list_append (titles, queue->title);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_string_list_append (titles, _ (others[i].title));
  adw_combo_row_set_model (self->target, G_LIST_MODEL (titles));
  if (stand_in != NULL)
    selected = wb_record_get_text (self->printer, WB_PRINTER_TARGET) == NULL ? 0 : selected + 1;
  adw_combo_row_set_selected (self->target, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  self->filling = FALSE;
  update (self);
  if (trouble == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble), trouble);
  gtk_widget_set_visible (self->trouble, TRUE);
}
