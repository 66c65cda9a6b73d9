/* SPDX-License-Identifier: GPL-3.0-or-later
 * statuses: what the statuses of a shop's orders mean, and saying it of those it has made itself.
 */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-desk-channel.h"

#include <glib/gi18n.h>

static gboolean
print_statuses (WbCli *self, WbConnection *channel, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Status"), FALSE, 0 }, { N_ ("Name"), FALSE, 40 }, { N_ ("Meaning"), FALSE, 0 }, { NULL }
  };
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);
  g_autoptr (GPtrArray) statuses = wb_desk_list_statuses (
      self->desk, wb_record_get_int (channel, WB_CONNECTION_ID), self->cancellable, error);

  for (guint i = 0; statuses != NULL && i < statuses->len; i++)
    {
      const WbShopStatus *status = statuses->pdata[i];

      wb_table_add (table, status->id, status->title, wb_shop_state_title (status->shop_state));
    }
  if (statuses != NULL)
    wb_table_print (table);
  return statuses != NULL;
}

static gboolean
print_json (WbCli *self, WbConnection *channel, GError **error)
{
  g_autoptr (GPtrArray) statuses = wb_desk_list_statuses (
      self->desk, wb_record_get_int (channel, WB_CONNECTION_ID), self->cancellable, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; statuses != NULL && i < statuses->len; i++)
    {
      const WbShopStatus *status = statuses->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "status");
      json_builder_add_string_value (builder, status->id);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, status->title);
      json_builder_set_member_name (builder, "means");
      json_builder_add_string_value (builder, status->shop_state);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  if (statuses != NULL)
    wb_cli_print_json (root);
  return statuses != NULL;
}

/** wb_cli_statuses: the command. */
gboolean
wb_cli_statuses (WbCli *self, GError **error)
{
  g_autoptr (WbConnection) channel = NULL;
  guint                    moved = 0;

  if (wb_cli_open (self, error) == NULL ||
      (channel = wb_cli_find_connection (self, wb_cli_word (self, 0), WB_KIND_SHOP, error)) == NULL)
    return FALSE;
  if (wb_cli_word (self, 1) == NULL)
    return self->json ? print_json (self, channel, error) : print_statuses (self, channel, error);
  if (wb_cli_word (self, 2) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("Say what “%s” means: unpaid, open, done or cancelled"),
                   wb_cli_word (self, 1));
      return FALSE;
    }
  if (!wb_desk_explain_status (self->desk, wb_record_get_int (channel, WB_CONNECTION_ID),
                               wb_cli_word (self, 1), wb_cli_word (self, 2), &moved, error))
    return FALSE;
  wb_cli_say (self, _ ("“%s” of %s means: %s. Orders here that have it: %u."),
              wb_cli_word (self, 1), wb_record_get_text (channel, WB_CONNECTION_NAME),
              wb_shop_state_title (wb_cli_word (self, 2)), moved);
  return TRUE;
}
