/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the Customers page: looking up, reading a person, linking, noting, exporting,
 * erasing. */
#include "wb-customer-works.h"

#include "wb-json.h"

#include <glib/gi18n-lib.h>

#define MOST_CUSTOMERS 500
#define MOST_PARCELS   50 /* orders whose parcels are read */

typedef struct
{
  gint64 id, other;
  char  *text;
} Ask;

/** wb_customer_ask_new: Returns: (transfer full): data for the works of this file. */
gpointer
wb_customer_ask_new (gint64 id, gint64 other, const char *text)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->id = id;
  ask->other = other;
  ask->text = g_strdup (text);
  return ask;
}

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->text);
  g_free (ask);
}

/** wb_customer_facts_free: frees @facts. */
void
wb_customer_facts_free (WbCustomerFacts *facts)
{
  g_clear_object (&facts->customer);
  g_clear_pointer (&facts->person, g_ptr_array_unref);
  g_clear_pointer (&facts->likely, g_ptr_array_unref);
  g_clear_pointer (&facts->orders, g_ptr_array_unref);
  g_clear_pointer (&facts->shipments, g_ptr_array_unref);
  g_free (facts);
}

static void
free_facts (gpointer facts)
{
  wb_customer_facts_free (facts);
}

static void
free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

static gpointer
run_find (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? wb_book_find_customers (book, data, MOST_CUSTOMERS, error) : NULL;
}

static gboolean
read_parcels (WbBook *book, WbCustomerFacts *facts, GError **error)
{
  facts->shipments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < facts->orders->len && i < MOST_PARCELS; i++)
    {
      GPtrArray *some = wb_book_list_shipments (
          book, wb_record_get_int (facts->orders->pdata[i], WB_ORDER_ID), error);

      if (some == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (facts->shipments, some);
    }
  return TRUE;
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                        *ask = data;
  WbBook                     *book = wb_job_get_book (job, error);
  g_autoptr (WbCustomerFacts) facts = g_new0 (WbCustomerFacts, 1);

  if (book == NULL || (facts->customer = wb_book_get_customer (book, ask->id, error)) == NULL ||
      (facts->person = wb_book_list_person (book, ask->id, error)) == NULL ||
      (facts->likely = wb_book_list_likely_same (book, ask->id, error)) == NULL ||
      (facts->orders = wb_book_list_customer_orders (book, ask->id, error)) == NULL ||
      !read_parcels (book, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static gpointer
run_link (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_link_customers (desk, ask->id, ask->other, error)
             ? g_strdup (_ ("Linked: one person from now on"))
             : NULL;
}

static gpointer
run_unlink (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_unlink_customer (desk, ask->id, error)
             ? g_strdup (_ ("Unlinked: a person of its own again"))
             : NULL;
}

static gpointer
run_note (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_note_customer (desk, ask->id, ask->text, error)
             ? g_strdup (_ ("Saved"))
             : NULL;
}

static gpointer
run_export (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                 *ask = data;
  WbDesk              *desk = wb_job_get_desk (job, error);
  g_autoptr (JsonNode) node = desk != NULL ? wb_desk_export_customer (desk, ask->id, error) : NULL;
  g_autofree char     *text = node != NULL ? wb_json_to_pretty (node) : NULL;
  g_autofree char     *name = g_path_get_basename (ask->text);
  g_autoptr (GError)   trouble = NULL;

  if (text == NULL)
    return NULL;
  if (g_file_set_contents_full (ask->text, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &trouble))
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("Everything kept of this person is in “%s”"), name);
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "%s", trouble->message);
  return NULL;
}

static gpointer
run_erase (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_erase_customer (desk, ask->id, error)
             ? g_strdup (_ ("The person’s data is erased"))
             : NULL;
}

#define WORK(name, does)                                                                           \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = ask_free, .free_result = g_free, .effect = TRUE                      \
  }

WORK (wb_customer_link_work, run_link);
WORK (wb_customer_unlink_work, run_unlink);
WORK (wb_customer_note_work, run_note);
WORK (wb_customer_export_work, run_export);
WORK (wb_customer_erase_work, run_erase);

const WbWorkKind wb_customer_find_work = { .run = run_find,
                                           .free_data = g_free,
                                           .free_result = free_list };
const WbWorkKind wb_customer_read_work = { .run = run_read,
                                           .free_data = ask_free,
                                           .free_result = free_facts };
