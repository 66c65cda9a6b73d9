/* SPDX-License-Identifier: GPL-3.0-or-later
 * operations, resolve, exceptions, events: what was done, what is unsure, and what needs a person.
 */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-exceptions.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define POLL_MS    500
#define EVENT_PAGE 500

static char *
order_number (WbBook *book, gint64 id)
{
  g_autoptr (GPtrArray) heads = id != 0 ? wb_book_list_order_heads (book, &id, 1, NULL) : NULL;

  return g_strdup (
      heads != NULL && heads->len > 0 ? wb_record_get_text (heads->pdata[0], WB_ORDER_NUMBER) : "");
}

static void
print_operations (WbBook *book, GPtrArray *operations)
{
  static const WbColumn columns[] = {
    { N_ ("No."), TRUE, 0 },
    { N_ ("When"), FALSE, 0 },
    { N_ ("Order"), FALSE, 14 },
    { N_ ("What"), FALSE, 0 },
    { N_ ("State"), FALSE, 0 },
    { N_ ("Why"), FALSE, 70 },
    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < operations->len; i++)
    {
      gpointer         operation = operations->pdata[i];
      g_autofree char *id =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (operation, WB_OPERATION_ID));
      g_autofree char *when = wb_cli_when (wb_record_get_int (operation, WB_OPERATION_CREATED_AT));
      g_autofree char *number =
          order_number (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID));

      wb_table_add (table, id, when, number,
                    wb_operation_title (wb_record_get_text (operation, WB_OPERATION_KIND)),
                    wb_operation_state_title (wb_record_get_text (operation, WB_OPERATION_STATE)),
                    wb_record_get_text (operation, WB_OPERATION_ERROR));
    }
  wb_table_print (table);
}

static gboolean
check_state (const char *state, GError **error)
{
  static const char *const known[] = { WB_OPERATION_PLANNED,
                                       WB_OPERATION_SENDING,
                                       WB_OPERATION_DONE,
                                       WB_OPERATION_REFUSED,
                                       WB_OPERATION_UNSURE,
                                       WB_OPERATION_ABANDONED,
                                       NULL };
  g_autofree char         *all = g_strjoinv (", ", (char **) known);

  if (state == NULL || g_strv_contains (known, state))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("There is no state “%s”; there are: %s"),
               state, all);
  return FALSE;
}

static gboolean
cmd_operations (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  const char           *state = wb_cli_option (self, "state");
  g_autoptr (WbOrder)   order = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  gint64                limit = 50;

  if (book == NULL || !check_state (state, error) ||
      !wb_cli_number (self, "limit", 0, &limit, error))
    return FALSE;
  if (self->words->len > 0)
    {
      order = wb_cli_find_order (self, wb_cli_word (self, 0), error);
      operations =
          order != NULL
              ? wb_book_list_operations_of (book, wb_record_get_int (order, WB_ORDER_ID), 0, error)
              : NULL;
      for (guint i = operations != NULL && state != NULL ? operations->len : 0; i > 0; i--)
        if (!wb_operation_is (operations->pdata[i - 1], state))
          g_ptr_array_remove_index (operations, i - 1);
    }
  else
    operations = wb_book_list_operations (book, state, (guint) MIN (limit, G_MAXUINT), error);
  if (operations == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (operations));
  else if (operations->len == 0)
    wb_cli_say (self, "%s", _ ("There are no such operations."));
  else
    print_operations (book, operations);
  return TRUE;
}

static gboolean
decide (WbCli *self, gint64 id, GError **error)
{
  gboolean happened = wb_cli_has (self, "happened");

  if (happened && wb_cli_has (self, "did-not-happen"))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say either --happened or --did-not-happen"));
      return FALSE;
    }
  if (!wb_desk_decide (self->desk, id, happened, wb_cli_option (self, "evidence"), error))
    return FALSE;
  wb_cli_say (self,
              happened ? _ ("Operation %d counts as done.")
                       : _ ("Operation %d counts as not sent; it may be sent now."),
              (int) id);
  return TRUE;
}

static gboolean
resolve_one (WbCli *self, gint64 id, GError **error)
{
  g_autoptr (WbOperation) operation = NULL;

  if (wb_cli_has (self, "happened") || wb_cli_has (self, "did-not-happen"))
    return decide (self, id, error);
  if (!wb_desk_resolve (self->desk, id, self->cancellable, error))
    return FALSE;
  operation = wb_book_get_operation (wb_desk_get_book (self->desk), id, error);
  if (operation == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_record_to_json (operation));
  wb_cli_say (self, "%s: %s",
              wb_operation_title (wb_record_get_text (operation, WB_OPERATION_KIND)),
              wb_operation_state_title (wb_record_get_text (operation, WB_OPERATION_STATE)));
  return TRUE;
}

static gboolean
cmd_resolve (WbCli *self, GError **error)
{
  WbDesk               *desk = wb_cli_open (self, error);
  g_autoptr (GPtrArray) unsure = NULL;
  gint64                id;
  gboolean              ok;

  if (desk == NULL)
    return FALSE;
  if (self->words->len > 0)
    return wb_cli_parse_id (wb_cli_word (self, 0), _ ("operation"), &id, error) &&
           resolve_one (self, id, error);
  if (wb_cli_has (self, "happened") || wb_cli_has (self, "did-not-happen"))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Name the operation that is decided"));
      return FALSE;
    }
  ok = wb_desk_recover (desk, NULL, NULL, self->cancellable, error);
  unsure = wb_book_list_operations (wb_desk_get_book (desk), WB_OPERATION_UNSURE, 0, NULL);
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (unsure));
  if (ok && unsure != NULL && unsure->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  if (ok)
    wb_cli_say (self, "%s",
                unsure != NULL && unsure->len > 0
                    ? _ ("Something is still unsure; see: waybillctl exceptions")
                    : _ ("Nothing is unsure, and nothing is left half done."));
  return ok;
}

static JsonNode *
exception_to_json (const WbException *exception)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *since = exception->since != 0 ? wb_instant_to_iso (exception->since) : NULL;
  const struct
  {
    const char *name, *text;
  } texts[] = {
    { "kind", exception->kind },
    { "title", exception->title },
    { "meaning", exception->meaning },
    { "next", exception->next },
    { "since", since },
  };
  const struct
  {
    const char *name;
    gint64      number;
  } numbers[] = {
    { "severity", exception->severity },           { "order_id", exception->order_id },
    { "shipment_id", exception->shipment_id },     { "operation_id", exception->operation_id },
    { "connection_id", exception->connection_id },
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      json_builder_set_member_name (builder, texts[i].name);
      if (texts[i].text != NULL)
        json_builder_add_string_value (builder, texts[i].text);
      else
        json_builder_add_null_value (builder);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      json_builder_set_member_name (builder, numbers[i].name);
      json_builder_add_int_value (builder, numbers[i].number);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* What to type for the next step that the exception offers. */
static char *
next_command (const WbException *exception)
{
  if (g_strcmp0 (exception->next, "release") == 0)
    return g_strdup_printf ("waybillctl release @%" G_GINT64_FORMAT, exception->order_id);
  if (g_strcmp0 (exception->next, "refresh-payment") == 0)
    return g_strdup_printf ("waybillctl refresh @%" G_GINT64_FORMAT, exception->order_id);
  if (g_strcmp0 (exception->next, "renew-charge") == 0)
    return g_strdup_printf ("waybillctl renew @%" G_GINT64_FORMAT, exception->order_id);
  if (g_strcmp0 (exception->next, "request-payment") == 0)
    return g_strdup_printf ("waybillctl request-payment @%" G_GINT64_FORMAT, exception->order_id);
  if (g_strcmp0 (exception->next, "reprint") == 0)
    return g_strdup_printf ("waybillctl reprint %" G_GINT64_FORMAT " label|slip",
                            exception->shipment_id);
  if (g_strcmp0 (exception->kind, "set-aside") == 0)
    return g_strdup_printf ("waybillctl accept|void %" G_GINT64_FORMAT, exception->shipment_id);
  if (g_strcmp0 (exception->next, "show") == 0)
    return g_strdup_printf ("waybillctl show @%" G_GINT64_FORMAT, exception->order_id);
  if (exception->operation_id != 0)
    return g_strdup_printf ("waybillctl resolve %" G_GINT64_FORMAT, exception->operation_id);
  if (exception->connection_id != 0)
    return g_strdup ("waybillctl sync");
  return g_strdup_printf ("waybillctl show @%" G_GINT64_FORMAT, exception->order_id);
}

static void
print_exceptions (GPtrArray *exceptions)
{
  for (guint i = 0; i < exceptions->len; i++)
    {
      const WbException *exception = exceptions->pdata[i];
      g_autofree char   *command = next_command (exception);

      printf ("%s%s\n  %s\n  → %s: %s\n", i > 0 ? "\n" : "", exception->title, exception->meaning,
              exception->next_title, command);
    }
}

static gboolean
cmd_exceptions (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) exceptions = book != NULL ? wb_list_exceptions (book, error) : NULL;
  JsonArray            *array;
  JsonNode             *root;

  if (exceptions == NULL)
    return FALSE;
  if (exceptions->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  if (self->json)
    {
      array = json_array_new ();
      for (guint i = 0; i < exceptions->len; i++)
        json_array_add_element (array, exception_to_json (exceptions->pdata[i]));
      root = json_node_alloc ();
      json_node_init_array (root, array);
      json_array_unref (array);
      wb_cli_print_json (root);
    }
  else if (exceptions->len == 0)
    wb_cli_say (self, "%s", _ ("Nothing needs a person."));
  else
    print_exceptions (exceptions);
  return TRUE;
}

static void
print_event (WbCli *self, WbBook *book, gpointer event)
{
  g_autofree char *when = wb_cli_when (wb_record_get_int (event, WB_EVENT_AT));
  g_autofree char *title = wb_event_title (event);
  g_autofree char *number = NULL;
  const char      *subject = wb_record_get_text (event, WB_EVENT_SUBJECT);

  if (g_strcmp0 (subject, "order") == 0)
    number = order_number (book, wb_record_get_int (event, WB_EVENT_SUBJECT_ID));
  else
    number = g_strdup_printf ("%s %" G_GINT64_FORMAT, subject,
                              wb_record_get_int (event, WB_EVENT_SUBJECT_ID));
  printf ("%6" G_GINT64_FORMAT "  %s  %-14s  %s  (%s)\n", wb_record_get_int (event, WB_EVENT_ID),
          when, number, title, wb_record_get_text (event, WB_EVENT_ACTOR));
  fflush (stdout);
}

/* Prints what came after *@after and moves it on. */
static gboolean
print_new_events (WbCli *self, WbBook *book, gint64 *after, JsonArray *collected, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;

  do
    {
      g_clear_pointer (&events, g_ptr_array_unref);
      if ((events = wb_book_list_events (book, *after, EVENT_PAGE, error)) == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          if (collected != NULL)
            json_array_add_element (collected, wb_record_to_json (events->pdata[i]));
          else if (self->json)
            wb_cli_print_line (wb_record_to_json (events->pdata[i]));
          else
            print_event (self, book, events->pdata[i]);
          *after = wb_record_get_int (events->pdata[i], WB_EVENT_ID);
        }
    }
  while (events->len == EVENT_PAGE && !g_cancellable_is_cancelled (self->cancellable));
  return TRUE;
}

static gboolean
follow (WbCli *self, WbBook *book, gint64 after, GError **error)
{
  GPollFD  stop;
  gboolean ok = TRUE;

  if (!g_cancellable_make_pollfd (self->cancellable, &stop))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "Too many files are open");
      return FALSE;
    }
  while (ok && !g_cancellable_is_cancelled (self->cancellable))
    {
      ok = print_new_events (self, book, &after, NULL, error);
      if (ok)
        g_poll (&stop, 1, POLL_MS);
    }
  g_cancellable_release_fd (self->cancellable);
  return ok;
}

static gboolean
cmd_events (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (JsonArray) collected = NULL;
  gint64                after = 0;
  JsonNode             *root;

  if (book == NULL || !wb_cli_number (self, "after", 0, &after, error))
    return FALSE;
  if (wb_cli_has (self, "follow"))
    return follow (self, book, wb_cli_has (self, "after") ? after : wb_book_last_event (book),
                   error);
  collected = self->json ? json_array_new () : NULL;
  if (!print_new_events (self, book, &after, collected, error))
    return FALSE;
  if (collected == NULL)
    return TRUE;
  root = json_node_alloc ();
  json_node_init_array (root, collected);
  wb_cli_print_json (root);
  return TRUE;
}

const WbCommand wb_commands_journal[] = {
  { "exceptions",
    NULL,
    0,
    0,
    N_ ("list what needs a person, worst first"),
    N_ ("Ends with status 4 when there is something."),
    cmd_exceptions,
    { { NULL } } },
  { "operations",
    N_ ("[ORDER]"),
    0,
    1,
    N_ ("list what was sent to vendors and printers, newest first"),
    N_ ("States: planned, sending, done, refused, unsure, abandoned."),
    cmd_operations,
    { { "state", N_ ("STATE"), N_ ("only those in this state") },
      { "limit", N_ ("N"), N_ ("at most so many (50; 0: all)") } } },
  { "resolve",
    N_ ("[OPERATION]"),
    0,
    1,
    N_ ("ask vendors what became of unsure operations, and go on"),
    N_ ("Without OPERATION everything that was left half done is brought to its end. Nothing is "
        "sent twice.\n"
        "Where the vendor cannot say, a person decides with --happened or --did-not-happen."),
    cmd_resolve,
    { { "happened", NULL, N_ ("a person found out that it happened") },
      { "did-not-happen", NULL, N_ ("a person found out that it did not happen") },
      { "evidence", N_ ("JSON"),
        N_ ("with --happened: the vendor's reply as it would have been") } } },
  { "events",
    NULL,
    0,
    0,
    N_ ("list what happened in the order book, oldest first"),
    N_ ("With --follow it goes on until it is stopped; then --json prints one document a line."),
    cmd_events,
    { { "after", N_ ("N"), N_ ("only events after number N") },
      { "follow", NULL, N_ ("wait for new ones and print them as they come") } } },
  { NULL },
};
