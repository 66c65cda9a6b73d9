/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window that is filled in and then acted on: a form below a head with Cancel and the act's own
 * button, and the place where it is said why the act failed. */
#include "wb-form-window.h"

#include "wb-resource.h"
#include "wb-toast.h"
#include "wb-trouble.h"

typedef struct
{
  AdwBin      *place;
  GtkButton   *act;
  GtkLabel    *trouble;
  WbWorkspace *workspace; /* NULL: not shown yet, or gone */
  gboolean     running;
} WbFormWindowPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (WbFormWindow, wb_form_window, ADW_TYPE_WINDOW)

enum
{
  PROP_FORM = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static WbFormWindowPrivate *
get_private (WbFormWindow *self)
{
  return wb_form_window_get_instance_private (self);
}

static void
act_cb (GtkButton *button, WbFormWindow *self)
{
  WbFormWindowPrivate *own = get_private (self);

  wb_form_window_check (self);
  if (gtk_widget_get_sensitive (GTK_WIDGET (own->act)))
    WB_FORM_WINDOW_GET_CLASS (self)->act (self);
}

/* The three that a form's signals name. */
static void
typed_cb (GtkWidget *widget, WbFormWindow *self)
{
  wb_form_window_check (self);
}

static void
chosen_cb (GObject *widget, GParamSpec *pspec, WbFormWindow *self)
{
  wb_form_window_check (self);
}

static void
activated_cb (GtkWidget *widget, WbFormWindow *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (get_private (self)->act)))
    act_cb (NULL, self);
}

static void
done (WbFormWindow *self, const char *outcome)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", outcome);
  gtk_window_close (GTK_WINDOW (self));
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbFormWindow        *self = WB_FORM_WINDOW (source);
  WbFormWindowPrivate *own = get_private (self);
  g_autoptr (GError)   error = NULL;
  g_autofree char     *outcome = wb_worker_finish (result, &error);

  own->running = FALSE;
  if (own->workspace == NULL)
    return;
  wb_workspace_look (own->workspace);
  wb_form_window_check (self);
  wb_form_window_say (self, error);
  if (outcome != NULL)
    WB_FORM_WINDOW_GET_CLASS (self)->done (self, outcome);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FORM)
    adw_bin_set_child (get_private (WB_FORM_WINDOW (object))->place, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_form_window_dispose (GObject *object)
{
  g_clear_object (&get_private (WB_FORM_WINDOW (object))->workspace);
  G_OBJECT_CLASS (wb_form_window_parent_class)->dispose (object);
}

static void
wb_form_window_class_init (WbFormWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = set_property;
  object_class->dispose = wb_form_window_dispose;
  klass->done = done;
  properties[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-form-window.ui");
  gtk_widget_class_bind_template_child_private (widget_class, WbFormWindow, place);
  gtk_widget_class_bind_template_child_private (widget_class, WbFormWindow, act);
  gtk_widget_class_bind_template_child_private (widget_class, WbFormWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_form_window_init (WbFormWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_form_window_class_set_view: for the class_init() of a form: @resource: its view, whose
 * signals may name typed_cb (what was typed), chosen_cb (a notify) and activated_cb (Return in a
 * row). */
void
wb_form_window_class_set_view (WbFormWindowClass *klass, const char *resource)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, resource);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

/** wb_form_window_get_workspace: Returns: (transfer none) (nullable): where it works. */
WbWorkspace *
wb_form_window_get_workspace (WbFormWindow *self)
{
  return get_private (self)->workspace;
}

/** wb_form_window_present: shows it above @parent (nullable), to work on @workspace; once, when it
 * has been filled. */
void
wb_form_window_present (WbFormWindow *self, GtkWindow *parent, WbWorkspace *workspace)
{
  g_set_object (&get_private (self)->workspace, workspace);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), parent != NULL);
  wb_form_window_check (self);
  gtk_window_present (GTK_WINDOW (self));
}

/** wb_form_window_check: sees anew whether it can be acted on. */
void
wb_form_window_check (WbFormWindow *self)
{
  WbFormWindowPrivate *own = get_private (self);

  if (own->workspace != NULL && !own->running)
    gtk_widget_set_sensitive (GTK_WIDGET (own->act), WB_FORM_WINDOW_GET_CLASS (self)->check (self));
}

/** wb_form_window_activate: acts on what is filled in, if it can be. */
void
wb_form_window_activate (WbFormWindow *self)
{
  activated_cb (NULL, self);
}

/** wb_form_window_set_act: @label: of the button, with its mnemonic; @destructive: it gives
 * something up. */
void
wb_form_window_set_act (WbFormWindow *self, const char *label, gboolean destructive)
{
  GtkButton *act = get_private (self)->act;

  gtk_button_set_label (act, label);
  gtk_widget_remove_css_class (GTK_WIDGET (act),
                               destructive ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (GTK_WIDGET (act),
                            destructive ? "destructive-action" : "suggested-action");
}

/** wb_form_window_say: says at the top why it does not go; %NULL: nothing is wrong. */
void
wb_form_window_say (WbFormWindow *self, const GError *error)
{
  wb_trouble_in_label (get_private (self)->trouble, error);
}

/**
 * wb_form_window_run:
 * @kind: its result is a text for people
 * @data: (transfer full): what @kind takes
 *
 * Has the engine do it, once at a time. What failed is said and can be tried again.
 */
void
wb_form_window_run (WbFormWindow *self, const WbWorkKind *kind, gpointer data)
{
  WbFormWindowPrivate *own = get_private (self);

  own->running = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (own->act), FALSE);
  wb_worker_run_async (wb_workspace_get_worker (own->workspace), kind, data, G_OBJECT (self), NULL,
                       worked_cb, NULL);
}
