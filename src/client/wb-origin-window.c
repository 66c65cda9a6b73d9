/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sender's address, new or to be changed. */
#include "wb-origin-window.h"

#include "wb-country-list.h"
#include "wb-drop-down.h"
#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

/* The rows that are typed into. */
static const struct
{
  const char *name;
  guint       field;
  gboolean    needed;
} entries[] = {
  { "name", WB_ORIGIN_NAME, TRUE },          { "company", WB_ORIGIN_COMPANY, FALSE },
  { "street1", WB_ORIGIN_STREET1, TRUE },    { "street2", WB_ORIGIN_STREET2, FALSE },
  { "postcode", WB_ORIGIN_POSTCODE, FALSE }, { "city", WB_ORIGIN_CITY, TRUE },
  { "region", WB_ORIGIN_REGION, FALSE },     { "phone", WB_ORIGIN_PHONE, FALSE },
  { "email", WB_ORIGIN_EMAIL, FALSE },       { "zone", WB_ORIGIN_ZONE, TRUE },
};

#define N_ENTRIES G_N_ELEMENTS (entries)

struct _WbOriginWindow
{
  WbFormWindow parent_instance;
  GtkEditable *rows[N_ENTRIES];
  GtkDropDown *country;
  GtkSwitch   *chosen;
  GPtrArray   *codes; /* of utf8: of the countries, as the list shows them */
  WbOrigin    *origin;
};

G_DEFINE_FINAL_TYPE (WbOriginWindow, wb_origin_window, WB_TYPE_FORM_WINDOW)

static gboolean
check (WbFormWindow *form)
{
  WbOriginWindow *self = WB_ORIGIN_WINDOW (form);

  for (guint i = 0; i < N_ENTRIES; i++)
    if (entries[i].needed && wb_text_is_empty (gtk_editable_get_text (self->rows[i])))
      return FALSE;
  return self->codes != NULL && gtk_drop_down_get_selected (self->country) < self->codes->len;
}

static void
act (WbFormWindow *form)
{
  WbOriginWindow *self = WB_ORIGIN_WINDOW (form);
  WbOrigin       *origin = wb_record_copy (self->origin);
  guint           country = gtk_drop_down_get_selected (self->country);

  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->rows[i])));

      wb_record_set_text (origin, entries[i].field, *text != '\0' ? text : NULL);
    }
  wb_record_set_text (origin, WB_ORIGIN_COUNTRY, self->codes->pdata[country]);
  wb_record_set_bool (origin, WB_ORIGIN_CHOSEN, gtk_switch_get_active (self->chosen));
  wb_form_window_run (form, &wb_save_record_work, origin);
}

static void
wb_origin_window_dispose (GObject *object)
{
  WbOriginWindow *self = WB_ORIGIN_WINDOW (object);

  g_clear_object (&self->origin);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_origin_window_parent_class)->dispose (object);
}

static void
wb_origin_window_class_init (WbOriginWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_origin_window_dispose;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-origin-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOriginWindow, country);
  gtk_widget_class_bind_template_child (widget_class, WbOriginWindow, chosen);
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, entries[i].name, FALSE,
                                               G_STRUCT_OFFSET (WbOriginWindow, rows) +
                                                   i * sizeof (void *));
}

static void
wb_origin_window_init (WbOriginWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_drop_down_set_label (self->country, _ ("Country"));
}

/** wb_origin_window_open: @old: (nullable): what is changed. Returns: (transfer none): the window,
 * above @parent. */
GtkWindow *
wb_origin_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrigin *old)
{
  WbOriginWindow       *self = g_object_new (WB_TYPE_ORIGIN_WINDOW, NULL);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();

  self->origin = old != NULL ? wb_record_copy (old) : wb_origin_new ();
  if (old == NULL)
    wb_record_set_text (self->origin, WB_ORIGIN_ZONE, g_time_zone_get_identifier (local));
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      const char *text = wb_record_get_text (self->origin, entries[i].field);

      gtk_editable_set_text (self->rows[i], text != NULL ? text : "");
    }
  self->codes =
      wb_country_list_fill (self->country, wb_record_get_text (self->origin, WB_ORIGIN_COUNTRY));
  gtk_switch_set_active (self->chosen, wb_record_get_bool (self->origin, WB_ORIGIN_CHOSEN));
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  return GTK_WINDOW (self);
}
