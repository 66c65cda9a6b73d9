/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of one product, to be typed in: each row says what it lacks or why what
 * is typed will not do. */
#include "wb-customs-data-group.h"

#include "wb-address-format.h"
#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define MOST_GRAMS 1000000

/* What a typed text becomes: (transfer full), NULL: it will not do. */
typedef char *(*Read) (const char *text);

static char *read_hs (const char *text);
static char *read_country (const char *text);
static char *read_grams (const char *text);
static char *read_words (const char *text);

static const struct
{
  const char *name;
  guint       field;
  gboolean    number;
  gboolean    needed;
  Read        read;
  const char *title;
  const char *wrong;
} entries[] = {
  { "hs_code", WB_PRODUCT_HS_CODE, FALSE, TRUE, read_hs, N_ ("Tariff number (HS)"),
    N_ ("Tariff number: at least six digits, never filled up with zeros") },
  { "origin", WB_PRODUCT_ORIGIN_COUNTRY, FALSE, TRUE, read_country, N_ ("Country of origin"),
    N_ ("Country of origin: no country is called so") },
  { "weight", WB_PRODUCT_WEIGHT_G, TRUE, TRUE, read_grams, N_ ("Weight of a piece, grams"),
    N_ ("Weight of a piece: whole grams") },
  { "words", WB_PRODUCT_CUSTOMS_NAME, FALSE, FALSE, read_words,
    N_ ("What customs are told it is, in English"), NULL },
};

#define N_ENTRIES G_N_ELEMENTS (entries)

struct _WbCustomsDataGroup
{
  AdwPreferencesGroup parent_instance;
  AdwPreferencesRow  *rows[N_ENTRIES];
  WbProduct          *product;
};

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbCustomsDataGroup, wb_customs_data_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
read_hs (const char *text)
{
  return wb_product_normalise_hs (text);
}

static char *
read_country (const char *text)
{
  return wb_country_find (text);
}

static char *
read_grams (const char *text)
{
  guint64 grams = 0;

  return g_ascii_string_to_unsigned (text, 10, 1, MOST_GRAMS, &grams, NULL) ? g_strdup (text)
                                                                            : NULL;
}

static char *
read_words (const char *text)
{
  return g_strdup (text);
}

static char *
typed (WbCustomsDataGroup *self, guint i)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[i]))));
}

/* “Country of origin · Germany”; what is wrong stands in the title's place. */
static void
show_row (WbCustomsDataGroup *self, guint i)
{
  g_autofree char *text = typed (self, i), *read = entries[i].read (text), *name = NULL,
                  *title = NULL;
  gboolean wrong = *text != '\0' && read == NULL, lacks = *text == '\0' && entries[i].needed;

  if (wrong)
    title = g_strdup (_ (entries[i].wrong));
  else if (lacks)
    /* Translators: a field that must still be filled in */
    title = g_strdup_printf (_ ("%s – missing"), _ (entries[i].title));
  else if (entries[i].field == WB_PRODUCT_ORIGIN_COUNTRY && read != NULL)
    {
      name = wb_country_name (read);
      title = g_strdup_printf ("%s · %s", _ (entries[i].title), name);
    }
  adw_preferences_row_set_title (self->rows[i], title != NULL ? title : _ (entries[i].title));
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->rows[i]), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->rows[i]), "error");
}

static void
typed_cb (GtkEditable *editable, WbCustomsDataGroup *self)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    if (GTK_EDITABLE (self->rows[i]) == editable)
      show_row (self, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activated_cb (AdwEntryRow *row, WbCustomsDataGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
wb_customs_data_group_dispose (GObject *object)
{
  g_clear_object (&WB_CUSTOMS_DATA_GROUP (object)->product);
  G_OBJECT_CLASS (wb_customs_data_group_parent_class)->dispose (object);
}

static void
wb_customs_data_group_class_init (WbCustomsDataGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customs_data_group_dispose;
  /* Something else is typed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Return in a row. */
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-customs-data-group.ui");
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, entries[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbCustomsDataGroup, rows) +
                                                   i * sizeof (void *));
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
wb_customs_data_group_init (WbCustomsDataGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
text_of (WbProduct *product, guint i)
{
  gint64 number;

  if (!entries[i].number)
    return g_strdup (wb_record_get_text (product, entries[i].field));
  number = wb_record_get_int (product, entries[i].field);
  return number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

/** wb_customs_data_group_new: Returns: (transfer floating): rows with what is known of @product. */
GtkWidget *
wb_customs_data_group_new (WbProduct *product)
{
  WbCustomsDataGroup *self = g_object_new (WB_TYPE_CUSTOMS_DATA_GROUP, NULL);
  const char         *name = wb_record_get_text (product, WB_PRODUCT_NAME);
  const char         *sku = wb_record_get_text (product, WB_PRODUCT_SKU);
  g_autofree char    *title = g_markup_escape_text (!wb_text_is_empty (name) ? name : sku, -1);
  g_autofree char    *below = g_markup_escape_text (sku != NULL ? sku : "", -1);

  self->product = wb_record_copy (product);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), below);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = text_of (product, i);

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), text != NULL ? text : "");
      show_row (self, i);
    }
  return GTK_WIDGET (self);
}

/** wb_customs_data_group_is_fine: whether nothing that is typed is wrong; something may be missing.
 */
gboolean
wb_customs_data_group_is_fine (WbCustomsDataGroup *self)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = typed (self, i), *read = entries[i].read (text);

      if (*text != '\0' && read == NULL)
        return FALSE;
    }
  return TRUE;
}

/** wb_customs_data_group_dup_changed: Returns: (transfer full) (nullable): the product with what is
 * typed; %NULL: nothing of it is new. */
WbProduct *
wb_customs_data_group_dup_changed (WbCustomsDataGroup *self)
{
  g_autoptr (WbProduct) product = wb_record_copy (self->product);
  gboolean              changed = FALSE;

  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = typed (self, i), *read = entries[i].read (text);
      gboolean         none = *text == '\0' || read == NULL;

      if (entries[i].number)
        changed |= wb_record_set_int (product, entries[i].field,
                                      none ? 0 : g_ascii_strtoll (read, NULL, 10));
      else
        changed |= wb_record_set_text (product, entries[i].field, none ? NULL : read);
    }
  return changed ? g_steal_pointer (&product) : NULL;
}

/** wb_customs_data_group_focus: the keyboard goes to the first row that lacks something. */
void
wb_customs_data_group_focus (WbCustomsDataGroup *self)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = typed (self, i);

      if (*text != '\0' || !entries[i].needed)
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (self->rows[i]));
      return;
    }
}
