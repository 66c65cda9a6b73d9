/* SPDX-License-Identifier: GPL-3.0-or-later
 * Connecting a shop, a carrier or a gateway: what and where, the keys, a trial, and who captures.
 */
#include "wb-connect-window.h"

#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define MOST_KEYS 3

struct _WbConnectWindow
{
  AdwWindow            parent_instance;
  GtkStack            *stack;
  GtkButton           *cancel;
  GtkButton           *next;
  GtkSpinner          *spinner;
  GtkLabel            *trouble;
  AdwComboRow         *provider;
  GtkEditable         *name;
  GtkEditable         *address;
  AdwPreferencesGroup *keys_group;
  GtkWidget           *keys[MOST_KEYS];
  GtkLabel            *findings;
  GtkWidget           *capturer_group;
  GtkCheckButton      *by_gateway;
  GtkCheckButton      *by_shop;
  GtkCheckButton      *by_nobody;
  AdwComboRow         *gateway;
  GtkWidget           *no_gateway;
  WbWorkspace         *workspace;
  char                *kind;
  WbConnection        *old;      /* what is changed; NULL: something new */
  GPtrArray           *gateways; /* of WbConnection: as the combo row shows them */
  WbConnectAsk        *found;    /* tried and found good */
  GCancellable        *cancellable;
  gboolean             named; /* the name was typed, not proposed */
};

G_DEFINE_FINAL_TYPE (WbConnectWindow, wb_connect_window, ADW_TYPE_WINDOW)

/* Words for the keys that providers ask for. */
static const struct
{
  const char *name;
  const char *title;
} key_titles[] = {
  { "consumer_key", N_ ("Consumer key") }, { "consumer_secret", N_ ("Consumer secret") },
  { "api_key", N_ ("API key") },           { "secret_key", N_ ("Secret key") },
  { "access_token", N_ ("Access token") }, { "password", N_ ("Password") },
  { "client_id", N_ ("Client id") },       { "client_secret", N_ ("Client secret") },
};

/* Where a provider's own pages show the keys. */
static const struct
{
  const char *provider;
  const char *where;
} places[] = {
  { "woocommerce",
    N_ ("In WordPress under WooCommerce, Settings, Advanced, REST API: add a key that "
        "may read and write. It is shown once.") },
  { "easypost", N_ ("In EasyPost’s dashboard under API Keys. The test key buys labels that cost "
                    "nothing and carry nothing.") },
  { "stripe", N_ ("In Stripe’s dashboard under Developers, API keys: the secret key, which begins "
                  "with sk_ or rk_.") },
  { "paypal",
    N_ ("At developer.paypal.com under Apps & Credentials, Live: make a REST app; its page "
        "shows both. The sandbox has keys of its own and the address "
        "https://api-m.sandbox.paypal.com.") },
};

static const struct
{
  const char *kind;
  const char *add;
  const char *change;
} titles[] = {
  { WB_KIND_SHOP, N_ ("Connect a shop"), N_ ("Change a shop") },
  { WB_KIND_CARRIER, N_ ("Connect a carrier"), N_ ("Change a carrier") },
  { WB_KIND_GATEWAY, N_ ("Connect a payment gateway"), N_ ("Change a payment gateway") },
};

static const char *
key_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (key_titles); i++)
    if (g_str_equal (key_titles[i].name, name))
      return _ (key_titles[i].title);
  return name;
}

/* Says where the keys are to be had, and where they are kept. */
static void
show_place (WbConnectWindow *self, const char *provider)
{
  const char      *kept = _ ("Kept in your desktop’s password store and nowhere else.");
  g_autofree char *text = NULL, *safe = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].provider, provider))
      text = g_strdup_printf ("%s\n%s", _ (places[i].where), kept);
  safe = g_markup_escape_text (text != NULL ? text : kept, -1);
  adw_preferences_group_set_description (self->keys_group, safe);
}

static gboolean
is_shop (WbConnectWindow *self)
{
  return g_strcmp0 (self->kind, WB_KIND_SHOP) == 0;
}

static const char *
get_provider (WbConnectWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->provider);

  return wb_desk_provider_id (self->kind, selected != GTK_INVALID_LIST_POSITION ? selected : 0);
}

/* A channel that nobody can be asked about has no address, no keys, and nobody takes money there.
 */
static gboolean
is_by_hand (WbConnectWindow *self)
{
  const char *url = is_shop (self) ? wb_desk_provider_url (self->kind, get_provider (self)) : NULL;

  return url != NULL && g_str_has_prefix (url, "file:");
}

static gboolean
at_keys (WbConnectWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "keys") == 0;
}

static gboolean
keys_complete (WbConnectWindow *self)
{
  for (guint i = 0; i < MOST_KEYS; i++)
    if (gtk_widget_get_visible (self->keys[i]) &&
        wb_text_is_empty (gtk_editable_get_text (GTK_EDITABLE (self->keys[i]))))
      return FALSE;
  return !wb_text_is_empty (gtk_editable_get_text (self->name)) &&
         (!gtk_widget_get_visible (GTK_WIDGET (self->address)) ||
          !wb_text_is_empty (gtk_editable_get_text (self->address)));
}

static gboolean
choice_complete (WbConnectWindow *self)
{
  if (!is_shop (self))
    return TRUE;
  if (gtk_check_button_get_active (self->by_gateway))
    return self->gateways->len > 0;
  return gtk_check_button_get_active (self->by_shop) ||
         gtk_check_button_get_active (self->by_nobody);
}

static void
update (WbConnectWindow *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean gateway = gtk_check_button_get_active (self->by_gateway);

  gtk_widget_set_sensitive (GTK_WIDGET (self->next),
                            !busy &&
                                (at_keys (self) ? keys_complete (self) : choice_complete (self)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_button_set_label (self->next,
                        at_keys (self) && !is_by_hand (self) ? _ ("_Test") : _ ("_Connect"));
  gtk_button_set_label (self->cancel, at_keys (self) ? _ ("_Cancel") : _ ("_Back"));
  gtk_widget_set_visible (GTK_WIDGET (self->gateway), gateway && self->gateways->len > 0);
  gtk_widget_set_visible (self->no_gateway, gateway && self->gateways->len == 0);
}

static void
show_step (WbConnectWindow *self, const char *step)
{
  gtk_stack_set_visible_child_name (self->stack, step);
  update (self);
}

/* Gateways that can be named; the one that was stays chosen. */
static void
fill_gateways (WbConnectWindow *self)
{
  GPtrArray                *all = wb_workspace_get_connections (self->workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 chosen = self->old != NULL ? wb_record_get_int (self->old, WB_CONNECTION_GATEWAY_ID) : 0;
  guint  selected = 0;

  g_ptr_array_set_size (self->gateways, 0);
  for (guint i = 0; i < all->len; i++)
    {
      if (!wb_record_get_bool (all->pdata[i], WB_CONNECTION_ENABLED) ||
          g_strcmp0 (wb_record_get_text (all->pdata[i], WB_CONNECTION_KIND), WB_KIND_GATEWAY) != 0)
        continue;
      if (wb_record_get_int (all->pdata[i], WB_CONNECTION_ID) == chosen)
        selected = self->gateways->len;
      g_ptr_array_add (self->gateways, g_object_ref (all->pdata[i]));
      gtk_string_list_append (names, wb_record_get_text (all->pdata[i], WB_CONNECTION_NAME));
    }
  adw_combo_row_set_model (self->gateway, G_LIST_MODEL (names));
  if (self->gateways->len > 0)
    adw_combo_row_set_selected (self->gateway, selected);
  update (self);
}

static void
changed_cb (WbWorkspace *workspace, WbConnectWindow *self)
{
  fill_gateways (self);
}

static void
provider_cb (AdwComboRow *row, GParamSpec *pspec, WbConnectWindow *self)
{
  const char        *provider = self->kind != NULL ? get_provider (self) : NULL;
  const char *const *names;
  const char        *url;

  if (provider == NULL)
    return;
  names = wb_desk_provider_secrets (self->kind, provider);
  url = wb_desk_provider_url (self->kind, provider);
  for (guint i = 0, n = names != NULL ? g_strv_length ((char **) names) : 0; i < MOST_KEYS; i++)
    {
      gtk_widget_set_visible (self->keys[i], i < n);
      if (i < n)
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->keys[i]), key_title (names[i]));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->keys_group), names != NULL && names[0] != NULL);
  /* Money and orders that come by hand have neither: nobody is called. */
  gtk_widget_set_visible (GTK_WIDGET (self->address),
                          url == NULL || (*url != '\0' && !is_by_hand (self)));
  show_place (self, provider);
  if (self->old == NULL)
    {
      gtk_editable_set_text (self->address, url != NULL ? url : "");
      if (!self->named)
        gtk_editable_set_text (self->name, wb_desk_provider_title (self->kind, provider));
      self->named = FALSE;
    }
  update (self);
}

static void
typed_cb (GtkEditable *editable, WbConnectWindow *self)
{
  if (editable == self->name)
    self->named = TRUE;
  update (self);
}

static void
capturer_cb (GtkCheckButton *button, WbConnectWindow *self)
{
  update (self);
}

static void
connect_gateway_cb (GtkButton *button, WbConnectWindow *self)
{
  wb_connect_window_open (GTK_WINDOW (self), self->workspace, WB_KIND_GATEWAY, NULL);
}

static WbConnectAsk *
make_ask (WbConnectWindow *self)
{
  g_autoptr (WbConnection) draft =
      self->old != NULL ? wb_record_copy (self->old) : wb_connection_new ();
  g_autoptr (GStrvBuilder) secrets = g_strv_builder_new ();
  g_auto (GStrv)           values = NULL;
  g_autofree char         *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char         *url = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));

  for (guint i = 0; i < MOST_KEYS; i++)
    if (gtk_widget_get_visible (self->keys[i]))
      {
        g_autofree char *key =
            g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->keys[i]))));

        g_strv_builder_add (secrets, key);
      }
  values = g_strv_builder_end (secrets);
  wb_record_set_text (draft, WB_CONNECTION_KIND, self->kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, get_provider (self));
  wb_record_set_text (draft, WB_CONNECTION_NAME, name);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  wb_record_set_text (draft, WB_CONNECTION_ERROR, NULL);
  return wb_connect_ask_new (draft, (const char *const *) values);
}

static void
propose_capturer (WbConnectWindow *self)
{
  const char *was =
      self->old != NULL ? wb_record_get_text (self->old, WB_CONNECTION_CAPTURER) : NULL;

  gtk_check_button_set_active (self->by_gateway, g_strcmp0 (was, WB_CAPTURER_GATEWAY) == 0);
  gtk_check_button_set_active (self->by_shop, g_strcmp0 (was, WB_CAPTURER_SHOP) == 0);
  gtk_check_button_set_active (self->by_nobody, g_strcmp0 (was, WB_CAPTURER_NONE) == 0);
}

static void save (WbConnectWindow *self);

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbConnectWindow         *self = WB_CONNECT_WINDOW (source);
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnectAsk) found = wb_worker_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (self->workspace == NULL)
    return;
  wb_trouble_in_label (self->trouble, error);
  if (found != NULL)
    {
      gtk_label_set_text (self->findings, found->findings != NULL ? found->findings : "");
      g_clear_pointer (&self->found, wb_connect_ask_free);
      self->found = g_steal_pointer (&found);
      if (is_by_hand (self))
        {
          wb_record_set_text (self->found->draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
          save (self);
          return;
        }
      propose_capturer (self);
      show_step (self, "found");
      gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
    }
  update (self);
}

static void
test (WbConnectWindow *self)
{
  wb_trouble_in_label (self->trouble, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_connect_test_work,
                       make_ask (self), G_OBJECT (self), self->cancellable, tested_cb, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbConnectWindow   *self = WB_CONNECT_WINDOW (source);
  GtkWindow         *parent;
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (self->workspace == NULL)
    return;
  wb_trouble_in_label (self->trouble, error);
  update (self);
  if (outcome == NULL)
    return;
  wb_worker_forget_desks (wb_workspace_get_worker (self->workspace));
  wb_workspace_look (self->workspace);
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (is_shop (self) && parent != NULL)
    for (GtkWindow *top = parent; top != NULL; top = gtk_window_get_transient_for (top))
      gtk_widget_activate_action (GTK_WIDGET (top), "win.sync", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save (WbConnectWindow *self)
{
  wb_trouble_in_label (self->trouble, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  wb_worker_run_async (
      wb_workspace_get_worker (self->workspace), &wb_connect_save_work,
      wb_connect_ask_new (self->found->draft, (const char *const *) self->found->secrets),
      G_OBJECT (self), self->cancellable, saved_cb, NULL);
}

static void
warn_response_cb (AdwMessageDialog *dialog, const char *response, WbConnectWindow *self)
{
  if (g_strcmp0 (response, "change") == 0)
    save (self);
}

/* Another capturer also concerns what is authorised already: that is a decision, not a click. */
static void
warn (WbConnectWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Change who takes the money?"),
      _ ("This also holds for orders that are authorised already. Make sure that the one who took "
         "it until now no longer does: otherwise customers are charged twice, or not at all."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "change",
                                    _ ("C_hange"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "change",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (warn_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
take_choice (WbConnectWindow *self)
{
  WbConnection *draft = self->found->draft;
  guint         selected = adw_combo_row_get_selected (self->gateway);

  if (!is_shop (self))
    return;
  wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, 0);
  if (gtk_check_button_get_active (self->by_shop))
    wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
  else if (gtk_check_button_get_active (self->by_nobody))
    wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  else if (selected < self->gateways->len)
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_GATEWAY);
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID,
                         wb_record_get_int (self->gateways->pdata[selected], WB_CONNECTION_ID));
    }
}

static void
next_cb (GtkButton *button, WbConnectWindow *self)
{
  if (at_keys (self))
    {
      test (self);
      return;
    }
  take_choice (self);
  if (self->old != NULL && is_shop (self) &&
      g_strcmp0 (wb_record_get_text (self->old, WB_CONNECTION_CAPTURER),
                 wb_record_get_text (self->found->draft, WB_CONNECTION_CAPTURER)) != 0)
    warn (self);
  else
    save (self);
}

static void
activated_cb (AdwEntryRow *row, WbConnectWindow *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    next_cb (self->next, self);
}

static void
cancel_cb (GtkButton *button, WbConnectWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else if (!at_keys (self))
    show_step (self, "keys");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
wb_connect_window_dispose (GObject *object)
{
  WbConnectWindow *self = WB_CONNECT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->old);
  g_clear_pointer (&self->gateways, g_ptr_array_unref);
  g_clear_pointer (&self->found, wb_connect_ask_free);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (wb_connect_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char *const names[MOST_KEYS] = { "key_1", "key_2", "key_3" };

  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, next);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, provider);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, address);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, keys_group);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, findings);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, capturer_group);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, by_gateway);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, by_shop);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, by_nobody);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, gateway);
  gtk_widget_class_bind_template_child (widget_class, WbConnectWindow, no_gateway);
  for (guint i = 0; i < MOST_KEYS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (WbConnectWindow, keys) +
                                                   i * sizeof (void *));
}

static void
wb_connect_window_class_init (WbConnectWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_connect_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-connect-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, provider_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, capturer_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_gateway_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_connect_window_init (WbConnectWindow *self)
{
  self->gateways = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_providers (WbConnectWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char               *id;
  guint                     selected = 0;

  for (guint i = 0; (id = wb_desk_provider_id (self->kind, i)) != NULL; i++)
    {
      gtk_string_list_append (names, wb_desk_provider_title (self->kind, id));
      if (self->old != NULL &&
          g_strcmp0 (wb_record_get_text (self->old, WB_CONNECTION_PROVIDER), id) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->provider, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->provider, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->provider), self->old == NULL);
}

/**
 * wb_connect_window_open:
 * @kind: WB_KIND_…
 * @old: (nullable): the connection to change; its keys are typed anew
 *
 * Returns: (transfer none): the window, above @parent.
 */
GtkWindow *
wb_connect_window_open (GtkWindow    *parent,
                        WbWorkspace  *workspace,
                        const char   *kind,
                        WbConnection *old)
{
  WbConnectWindow *self =
      g_object_new (WB_TYPE_CONNECT_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);

  self->workspace = g_object_ref (workspace);
  self->kind = g_strdup (kind);
  g_set_object (&self->old, old);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].kind, kind))
      gtk_window_set_title (GTK_WINDOW (self), _ (old != NULL ? titles[i].change : titles[i].add));
  gtk_widget_set_visible (self->capturer_group, is_shop (self));
  fill_providers (self);
  provider_cb (self->provider, NULL, self);
  if (old != NULL)
    {
      gtk_editable_set_text (self->name, wb_record_get_text (old, WB_CONNECTION_NAME));
      gtk_editable_set_editable (self->name, FALSE);
      gtk_editable_set_text (self->address, wb_record_get_text (old, WB_CONNECTION_BASE_URL));
    }
  fill_gateways (self);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

/** wb_connect_window_open_provider: as wb_connect_window_open() for something new, with @provider
 * chosen already. */
GtkWindow *
wb_connect_window_open_provider (GtkWindow   *parent,
                                 WbWorkspace *workspace,
                                 const char  *kind,
                                 const char  *provider)
{
  GtkWindow       *window = wb_connect_window_open (parent, workspace, kind, NULL);
  WbConnectWindow *self = WB_CONNECT_WINDOW (window);
  const char      *id;

  for (guint i = 0; (id = wb_desk_provider_id (kind, i)) != NULL; i++)
    if (g_str_equal (id, provider))
      adw_combo_row_set_selected (self->provider, i);
  return window;
}
