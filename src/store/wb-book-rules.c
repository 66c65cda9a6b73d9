/* SPDX-License-Identifier: GPL-3.0-or-later
 * The merchant's rules in the book. */
#include "wb-book-private.h"

/** wb_book_list_rules: Returns: (transfer full) (element-type WbRule): in the order in which they
 * are looked at. */
GPtrArray *
wb_book_list_rules (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_rule_get_type (), error, "ORDER BY position, id",
                             "");
}

/** wb_book_delete_rule: what it has done stays. */
gboolean
wb_book_delete_rule (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM rule WHERE id = ?", "i", id);
}
