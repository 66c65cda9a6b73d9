/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a wave is made from. */
#include "wb-pick-make.h"

#include "wb-order-facts.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbPickMake
{
  AdwBin               parent_instance;
  AdwPreferencesGroup *open_group;
  GtkListBox          *open_list;
  AdwComboRow         *method, *channel, *ship_by;
  GtkEditable         *service, *zone;
  GtkSpinButton       *most, *totes;
  GtkWidget           *most_row, *totes_row;
  GArray              *channels; /* of gint64, as the row lists them */
};

enum
{
  WISHED,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPickMake, wb_pick_make, ADW_TYPE_BIN)

/* As the row lists them. */
static const struct
{
  const char *method, *title;
} methods[] = {
  { WB_WAVE_BATCH, N_ ("One cart") },
  { WB_WAVE_CLUSTER, N_ ("A tote an order") },
  { WB_WAVE_SINGLE, N_ ("One order") },
};

/** wb_pick_method_title: Returns: (transfer none): what a WB_WAVE_… is called. */
const char *
wb_pick_method_title (const char *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (methods[i].method, method) == 0)
      return _ (methods[i].title);
  return method;
}

static const char *
chosen_method (WbPickMake *self)
{
  guint chosen = adw_combo_row_get_selected (self->method);

  return methods[MIN (chosen, G_N_ELEMENTS (methods) - 1)].method;
}

static void
method_cb (AdwComboRow *row, GParamSpec *pspec, WbPickMake *self)
{
  const char *method = chosen_method (self);

  gtk_widget_set_visible (self->most_row, g_str_equal (method, WB_WAVE_BATCH));
  gtk_widget_set_visible (self->totes_row, g_str_equal (method, WB_WAVE_CLUSTER));
}

static void
make_cb (GtkButton *button, WbPickMake *self)
{
  g_signal_emit (self, signals[WISHED], 0);
}

static void
open_cb (GtkListBox *box, GtkListBoxRow *row, WbPickMake *self)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "wave");

  g_signal_emit (self, signals[CHOSEN], 0, *id);
}

static void
wb_pick_make_finalize (GObject *object)
{
  g_array_unref (WB_PICK_MAKE (object)->channels);
  G_OBJECT_CLASS (wb_pick_make_parent_class)->finalize (object);
}

static void
wb_pick_make_class_init (WbPickMakeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_pick_make_finalize;

  /* A wave is to be made: wb_pick_make_wish(). */
  signals[WISHED] = g_signal_new ("wished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  /* One is to be gone on with: its number. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-make.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, open_group);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, open_list);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, method);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, channel);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, ship_by);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, service);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, zone);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, most);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, totes);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, most_row);
  gtk_widget_class_bind_template_child (widget_class, WbPickMake, totes_row);
  gtk_widget_class_bind_template_callback (widget_class, method_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
wb_pick_make_init (WbPickMake *self)
{
  self->channels = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_pick_make_set_workspace: whose channels can be chosen. */
void
wb_pick_make_set_workspace (WbPickMake *self, WbWorkspace *workspace)
{
  GPtrArray                *all = wb_workspace_get_connections (workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64                    none = 0;

  g_array_set_size (self->channels, 0);
  g_array_append_val (self->channels, none);
  gtk_string_list_append (names, _ ("All channels"));
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_SHOP) == 0)
      {
        gint64 id = wb_record_get_int (all->pdata[i], WB_CONNECTION_ID);

        g_array_append_val (self->channels, id);
        gtk_string_list_append (names, wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME));
      }
  adw_combo_row_set_model (self->channel, G_LIST_MODEL (names));
}

static GtkWidget *
row_of (WbWave *wave)
{
  GtkWidget       *row = adw_action_row_new ();
  gint64          *id = g_new (gint64, 1);
  g_autofree char *made =
      wb_instant_to_relative (wb_record_get_int (wave, WB_WAVE_CREATED_AT), wb_now ());
  /* Translators: how a wave is picked, when it was made */
  g_autofree char *title = g_strdup_printf (
      _ ("%s · made %s"), wb_pick_method_title (wb_record_get_text (wave, WB_WAVE_METHOD)), made);
  const char *actor = wb_record_get_text (wave, WB_WAVE_ACTOR);

  *id = wb_record_get_int (wave, WB_WAVE_ID);
  g_object_set_data_full (G_OBJECT (row), "wave", id, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), actor != NULL ? actor : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

/** wb_pick_make_show_waves: @waves: (element-type WbWave): those that are open. */
void
wb_pick_make_show_waves (WbPickMake *self, GPtrArray *waves)
{
  wb_list_box_clear (self->open_list);
  for (guint i = 0; i < waves->len; i++)
    gtk_list_box_append (self->open_list, row_of (waves->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->open_group), waves->len > 0);
}

/* The first moment of the day that is @days from now, in the user's zone; 0: any. */
static WbInstant
start_of_day (int days)
{
  g_autoptr (GDateTime) now = wb_instant_to_local (wb_now ());
  g_autoptr (GDateTime) then = now != NULL ? g_date_time_add_days (now, days) : NULL;
  g_autoptr (GDateTime) start =
      then != NULL ? g_date_time_new (g_date_time_get_timezone (then), g_date_time_get_year (then),
                                      g_date_time_get_month (then),
                                      g_date_time_get_day_of_month (then), 0, 0, 0)
                   : NULL;

  return start != NULL ? g_date_time_to_unix (start) : 0;
}

static char *
dup_text (GtkEditable *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/** wb_pick_make_wish: Returns: (transfer full): what is asked for: data of wb_pick_make_work. */
WbPickWish *
wb_pick_make_wish (WbPickMake *self)
{
  WbPickWish *wish = g_new0 (WbPickWish, 1);
  guint       channel = adw_combo_row_get_selected (self->channel),
        day = adw_combo_row_get_selected (self->ship_by);

  /* A number may be typed and not yet taken. */
  gtk_spin_button_update (self->most);
  gtk_spin_button_update (self->totes);
  wish->method = chosen_method (self);
  wish->channel_id =
      channel < self->channels->len ? g_array_index (self->channels, gint64, channel) : 0;
  /* Until the last second of the day before. */
  wish->ship_by = day > 0 && day != GTK_INVALID_LIST_POSITION ? start_of_day ((int) day) - 1 : 0;
  wish->service = dup_text (self->service);
  wish->zone = dup_text (self->zone);
  wish->totes = (guint) gtk_spin_button_get_value_as_int (self->totes);
  if (g_str_equal (wish->method, WB_WAVE_BATCH))
    wish->most = (guint) gtk_spin_button_get_value_as_int (self->most);
  return wish;
}
