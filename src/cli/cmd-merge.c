/* SPDX-License-Identifier: GPL-3.0-or-later
 * merges, merge, unmerge: orders of one customer to one address, in one parcel. */
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-desk-merge.h"

#include <glib/gi18n.h>

/* The numbers of @ids, the lead first. */
static char *
numbers_of (WbBook *book, GArray *ids, char **customer, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, i), error);

      if (order == NULL)
        return NULL;
      g_string_append_printf (all, "%s#%s", i > 0 ? ", " : "",
                              wb_record_get_text (order, WB_ORDER_NUMBER));
      if (i == 0)
        *customer = g_strdup (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* {"merged": true, "orders": [{"id": 7, "number": "1042"}, …]}, the lead first. */
static JsonNode *
group_to_json (WbBook *book, GArray *ids, gboolean merged, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "merged");
  json_builder_add_boolean_value (builder, merged);
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, i), error);

      if (order == NULL)
        return NULL;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_int_value (builder, wb_record_get_int (order, WB_ORDER_ID));
      json_builder_set_member_name (builder, "number");
      json_builder_add_string_value (builder, wb_record_get_text (order, WB_ORDER_NUMBER));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
print_groups_json (WbBook *book, GPtrArray *groups, GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  JsonNode             *node;

  for (guint i = 0; i < groups->len; i++)
    {
      const WbMergeGroup *group = groups->pdata[i];

      node = group_to_json (book, group->ids, group->merged, error);
      if (node == NULL)
        return FALSE;
      json_array_add_element (list, node);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, list);
  wb_cli_print_json (node);
  return TRUE;
}

static gboolean
print_groups (WbBook *book, GPtrArray *groups, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Orders"), FALSE, 40 },
    { N_ ("Customer"), FALSE, 28 },
    { N_ ("One parcel"), FALSE, 0 },
    { NULL },
  };
  g_autoptr (WbTable) table = wb_table_new (columns);

  for (guint i = 0; i < groups->len; i++)
    {
      const WbMergeGroup *group = groups->pdata[i];
      g_autofree char    *customer = NULL;
      g_autofree char    *numbers = numbers_of (book, group->ids, &customer, error);

      if (numbers == NULL)
        return FALSE;
      wb_table_add (table, numbers, customer != NULL ? customer : "",
                    group->merged ? _ ("yes") : _ ("possible"));
    }
  wb_table_print (table);
  return TRUE;
}

static gboolean
cmd_merges (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) groups = book != NULL ? wb_desk_list_merges (book, error) : NULL;

  if (groups == NULL)
    return FALSE;
  if (self->json)
    return print_groups_json (book, groups, error);
  if (groups->len > 0)
    return print_groups (book, groups, error);
  wb_cli_say (self, "%s", _ ("No orders could go into one parcel."));
  return TRUE;
}

/* What was merged, told. */
static gboolean
tell_merged (WbCli *self, WbBook *book, gint64 lead, GError **error)
{
  g_autoptr (GArray)   ids = wb_book_list_merged (book, lead, error);
  g_autofree char     *customer = NULL;
  g_autofree char     *numbers = ids != NULL ? numbers_of (book, ids, &customer, error) : NULL;
  g_autoptr (JsonNode) node = NULL;

  if (numbers == NULL)
    return FALSE;
  if (!self->json)
    /* Translators: orders' numbers */
    wb_cli_say (self, _ ("%s go into one parcel. Ship any of them."), numbers);
  else if ((node = group_to_json (book, ids, TRUE, error)) == NULL)
    return FALSE;
  else
    wb_cli_print_json (g_steal_pointer (&node));
  return TRUE;
}

static gboolean
cmd_merge (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             id;

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, i), error);

      if (order == NULL)
        return FALSE;
      id = wb_record_get_int (order, WB_ORDER_ID);
      g_array_append_val (ids, id);
    }
  id = wb_desk_merge (self->desk, (const gint64 *) ids->data, ids->len, error);
  return id != 0 && tell_merged (self, wb_desk_get_book (self->desk), id, error);
}

static gboolean
cmd_unmerge (WbCli *self, GError **error)
{
  g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, 0), error);

  if (order == NULL || !wb_desk_unmerge (self->desk, wb_record_get_int (order, WB_ORDER_ID), error))
    return FALSE;
  wb_cli_say (self, _ ("Order %s ships by itself again."),
              wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

const WbCommand wb_commands_merge[] = {
  { "merges",
    NULL,
    0,
    0,
    N_ ("list orders that go, or could go, into one parcel"),
    N_ ("Orders of one customer to one address, across shops too. Nothing is merged by itself."),
    cmd_merges,
    { { NULL } } },
  { "merge",
    N_ ("ORDER ORDER…"),
    2,
    G_MAXUINT,
    N_ ("put orders of one customer into one parcel"),
    N_ ("One label is bought; each order keeps its own slip, payment and report to its own shop."),
    cmd_merge,
    { { NULL } } },
  { "unmerge",
    N_ ("ORDER"),
    1,
    1,
    N_ ("let an order ship by itself again"),
    N_ ("Possible until the label is bought; then the label has to be voided first."),
    cmd_unmerge,
    { { NULL } } },
  { NULL },
};
