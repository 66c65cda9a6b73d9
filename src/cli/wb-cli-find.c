/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding what a word on the command line means: an order, a connection, a number of the book. */
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * wb_cli_parse_id:
 * @what: what it is the number of, for the error: “shipment”
 * @id: (out): the book's number in @word, with or without “#”
 */
gboolean
wb_cli_parse_id (const char *word, const char *what, gint64 *id, GError **error)
{
  const char *digits = *word == '#' ? word + 1 : word;
  gint64      number;

  if (g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64, &number, NULL))
    {
      *id = number;
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the first is a thing like “shipment” */
               _ ("A %s is named by its number, not by “%s”"), what, word);
  return FALSE;
}

/* Of several orders with one number, those of the channel called @channel. */
static void
keep_channel (WbBook *book, GArray *ids, const char *channel)
{
  g_autoptr (WbConnection) connection = wb_book_find_connection (book, channel, NULL);
  gint64 wanted = connection != NULL ? wb_record_get_int (connection, WB_CONNECTION_ID) : 0;

  for (guint i = ids->len; i > 0; i--)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (book, g_array_index (ids, gint64, i - 1), NULL);

      if (order == NULL || wb_record_get_int (order, WB_ORDER_CHANNEL_ID) != wanted)
        g_array_remove_index (ids, i - 1);
    }
}

static WbOrder *
only_order (WbBook *book, GArray *ids, const char *word, GError **error)
{
  if (ids->len == 1)
    return wb_book_get_order (book, g_array_index (ids, gint64, 0), error);
  if (ids->len == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                 _ ("There is no order “%s” in the order book"), word);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("Several channels have an order “%s”. Say which: CHANNEL:NUMBER"), word);
  return NULL;
}

/**
 * wb_cli_find_order:
 * @word: the order's number as the shop shows it, “CHANNEL:NUMBER” where several shops have it, or
 * “@ID” for the book's own
 *
 * Returns: (transfer full): the order.
 */
WbOrder *
wb_cli_find_order (WbCli *self, const char *word, GError **error)
{
  WbBook            *book = wb_cli_book (self, error);
  g_autoptr (GArray) ids = NULL;
  g_autofree char   *channel = NULL;
  const char        *colon = strrchr (word, ':');
  gint64             id;

  if (book == NULL)
    return NULL;
  if (*word == '@')
    return wb_cli_parse_id (word + 1, _ ("order"), &id, error) ? wb_book_get_order (book, id, error)
                                                               : NULL;
  if ((ids = wb_book_match_orders (book, word, error)) == NULL)
    return NULL;
  if (ids->len == 0 && colon != NULL)
    {
      channel = g_strndup (word, (gsize) (colon - word));
      g_clear_pointer (&ids, g_array_unref);
      if ((ids = wb_book_match_orders (book, colon + 1, error)) == NULL)
        return NULL;
      keep_channel (book, ids, channel);
    }
  return only_order (book, ids, word, error);
}

/**
 * wb_cli_find_connection:
 * @word: its name
 * @kind: (nullable): what it must be (WB_KIND_…)
 *
 * Returns: (transfer full): the connection.
 */
WbConnection *
wb_cli_find_connection (WbCli *self, const char *word, const char *kind, GError **error)
{
  WbBook                  *book = wb_cli_book (self, error);
  g_autoptr (WbConnection) connection =
      book != NULL ? wb_book_find_connection (book, word, NULL) : NULL;

  if (book == NULL)
    return NULL;
  if (connection == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                 _ ("There is no connection called “%s”; “waybillctl connections” lists them"),
                 word);
  else if (kind != NULL &&
           g_strcmp0 (wb_record_get_text (connection, WB_CONNECTION_KIND), kind) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is a connection of another kind"),
                   word);
      return NULL;
    }
  return g_steal_pointer (&connection);
}
