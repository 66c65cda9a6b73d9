/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal's state machine with made-up vendors: nothing is sent twice, whatever breaks, whoever
 * else works on it. */
#include "samples.h"
#include "wb-database.h"
#include "wb-journal.h"
#include "wb-test.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the made-up vendor does next, and what has happened to it. */
typedef struct
{
  WbError   fails;   /* 0: perform goes well */
  gboolean  happens; /* the effect is there although perform fails */
  WbVerdict verdict;
  gboolean  truthful; /* verify says what really happened */
  gboolean  apply_fails;
  gint      effects, performed, verified, applied, refused;
  void (*meanwhile) (gpointer data);
  gpointer data;
} Vendor;

static gboolean
vendor_perform (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  Vendor *vendor = context;

  g_atomic_int_inc (&vendor->performed);
  if (vendor->fails == 0 || vendor->happens)
    g_atomic_int_inc (&vendor->effects);
  if (vendor->meanwhile != NULL)
    vendor->meanwhile (vendor->data);
  if (vendor->fails == 0)
    outcome->reply = json_from_string ("{\"ref\":\"r1\"}", NULL);
  else
    g_set_error (error, WB_ERROR, vendor->fails, "the vendor says %s",
                 wb_error_to_name (vendor->fails));
  return vendor->fails == 0;
}

static WbVerdict
vendor_verify (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  Vendor   *vendor = context;
  WbVerdict verdict = vendor->verdict;

  vendor->verified++;
  if (vendor->truthful)
    verdict = vendor->effects > 0 ? WB_VERDICT_DONE : WB_VERDICT_NOT_DONE;
  if (vendor->meanwhile != NULL)
    vendor->meanwhile (vendor->data);
  if (verdict == WB_VERDICT_DONE)
    outcome->reply = json_from_string ("{\"ref\":\"r2\"}", NULL);
  if (verdict == WB_VERDICT_REFUSED)
    g_set_error (error, WB_ERROR, WB_ERROR_DECLINED, "it was declined");
  return verdict;
}

static gboolean
vendor_apply (WbBook      *book,
              WbOperation *operation,
              WbJson      *reply,
              const char  *document_hash,
              gpointer     context,
              GError     **error)
{
  Vendor          *vendor = context;
  g_autofree char *mark = wb_book_get_setting (book, "applied");
  g_autofree char *more = g_strdup_printf ("%s+", mark != NULL ? mark : "");

  if (!wb_book_set_setting (book, "applied", more, error))
    return FALSE;
  if (vendor->apply_fails)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "this does not fit in");
      return FALSE;
    }
  vendor->applied++;
  return TRUE;
}

static gboolean
vendor_refused (
    WbBook *book, WbOperation *operation, const GError *why, gpointer context, GError **error)
{
  ((Vendor *) context)->refused++;
  return wb_book_set_setting (book, "refused", why->message, error);
}

static const WbOperationHandler handler = { "test", vendor_perform, vendor_verify, vendor_apply,
                                            vendor_refused };
static const WbOperationHandler *const handlers[] = { &handler, NULL };

typedef struct
{
  Shelf       *shelf;
  WbJournal   *journal;
  WbOperation *operation;
  Vendor       vendor;
} Office;

static WbOperation *
plan (WbJournal *journal, const char *key)
{
  g_autoptr (JsonNode) request = json_from_string ("{\"amount\":100}", NULL);
  g_autoptr (GError)   error = NULL;
  WbOperation         *operation =
      wb_journal_plan (journal, "test", key, 0, 0, 0, request, "tester", &error);

  g_assert_no_error (error);
  return operation;
}

static Office *
office_new (void)
{
  Office            *self = g_new0 (Office, 1);
  g_autoptr (GError) error = NULL;

  self->shelf = shelf_new ();
  self->journal = wb_journal_new (self->shelf->book, handlers, &self->vendor, &error);
  g_assert_no_error (error);
  self->operation = plan (self->journal, "k1");
  self->vendor.truthful = TRUE;
  return self;
}

static void
office_free (Office *self)
{
  g_object_unref (self->operation);
  wb_journal_free (self->journal);
  shelf_free (self->shelf);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Office, office_free)

/* The book's row and the record in hand say @state. */
static void
assert_state (Office *self, const char *state)
{
  g_autoptr (WbOperation) row = wb_book_find_operation (self->shelf->book, "k1", NULL);

  g_assert_cmpstr (wb_record_get_text (row, WB_OPERATION_STATE), ==, state);
  g_assert_cmpstr (wb_record_get_text (self->operation, WB_OPERATION_STATE), ==, state);
  g_assert_cmpint (wb_record_get_int (row, WB_OPERATION_ATTEMPTS), ==,
                   wb_record_get_int (self->operation, WB_OPERATION_ATTEMPTS));
}

static void
test_done (void)
{
  g_autoptr (Office)      office = office_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbOperation) same = NULL;
  g_autoptr (GPtrArray)   events = NULL;

  g_assert_true (wb_journal_run (office->journal, office->operation, NULL, &error));
  g_assert_no_error (error);
  assert_state (office, WB_OPERATION_DONE);
  g_assert_cmpstr (wb_record_get_text (office->operation, WB_OPERATION_REPLY), ==,
                   "{\"ref\":\"r1\"}");
  g_assert_true (
      wb_journal_run (office->journal, office->operation, NULL, &error)); /* again: nothing */
  g_assert_true (wb_journal_settle (office->journal, office->operation, NULL, &error));
  g_assert_cmpint (office->vendor.performed, ==, 1);
  g_assert_cmpint (office->vendor.applied, ==, 1);
  same = plan (office->journal, "k1"); /* the same key is the same operation */
  g_assert_cmpint (wb_record_get_int (same, WB_OPERATION_ID), ==,
                   wb_record_get_int (office->operation, WB_OPERATION_ID));
  g_assert_true (wb_operation_is (same, WB_OPERATION_DONE));
  g_assert_false (wb_journal_abandon (office->journal, same, "me", "no", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  events = wb_book_list_events_of (office->shelf->book, "operation",
                                   wb_record_get_int (same, WB_OPERATION_ID), 9, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (wb_record_get_text (events->pdata[0], WB_EVENT_KIND), ==, "test-done");
}

typedef struct
{
  WbError     fails;
  gboolean    happens;
  const char *state;
} Failure;

/* Each failure leads to its state; only what surely did not happen may be sent again. */
static void
test_failures (void)
{
  static const Failure failures[] = {
    { WB_ERROR_REFUSED, FALSE, WB_OPERATION_REFUSED },
    { WB_ERROR_DECLINED, FALSE, WB_OPERATION_REFUSED },
    { WB_ERROR_EXPIRED, FALSE, WB_OPERATION_REFUSED },
    { WB_ERROR_TOO_MUCH, FALSE, WB_OPERATION_REFUSED },
    { WB_ERROR_UNAVAILABLE, FALSE, WB_OPERATION_PLANNED },
    { WB_ERROR_CANCELLED, FALSE, WB_OPERATION_PLANNED },
    { WB_ERROR_UNSURE, TRUE, WB_OPERATION_UNSURE },
    { WB_ERROR_UNSURE, FALSE, WB_OPERATION_UNSURE },
    { WB_ERROR_STORAGE, FALSE, WB_OPERATION_UNSURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (Office) office = office_new ();
      g_autoptr (GError) error = NULL;

      office->vendor.fails = failures[i].fails;
      office->vendor.happens = failures[i].happens;
      g_assert_false (wb_journal_run (office->journal, office->operation, NULL, &error));
      g_assert_error (error, WB_ERROR, (gint) failures[i].fails);
      assert_state (office, failures[i].state);
      g_assert_nonnull (
          strstr (wb_record_get_text (office->operation, WB_OPERATION_ERROR), "the vendor says"));
      g_assert_cmpint (office->vendor.refused, ==,
                       g_str_equal (failures[i].state, WB_OPERATION_REFUSED));
      office->vendor.fails = 0;
      g_clear_error (&error);
      if (g_str_equal (failures[i].state, WB_OPERATION_REFUSED))
        {
          g_assert_false (wb_journal_settle (office->journal, office->operation, NULL, &error));
          g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
          g_assert_cmpint (office->vendor.performed, ==, 1);
          continue;
        }
      g_assert_true (wb_journal_settle (office->journal, office->operation, NULL, &error));
      g_assert_no_error (error);
      assert_state (office, WB_OPERATION_DONE);
      g_assert_cmpint (office->vendor.effects, ==, 1);
      g_assert_cmpint (office->vendor.applied, ==, 1);
    }
}

static void
test_verdicts (void)
{
  static const char *const after[] = {
    [WB_VERDICT_UNKNOWN] = WB_OPERATION_UNSURE,
    [WB_VERDICT_DONE] = WB_OPERATION_DONE,
    [WB_VERDICT_NOT_DONE] = WB_OPERATION_PLANNED,
    [WB_VERDICT_REFUSED] = WB_OPERATION_REFUSED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      g_autoptr (Office) office = office_new ();
      g_autoptr (GError) error = NULL;

      office->vendor.fails = WB_ERROR_UNSURE;
      office->vendor.truthful = FALSE;
      office->vendor.verdict = i;
      g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
      g_assert_cmpint (wb_journal_resolve (office->journal, office->operation, NULL, &error), ==,
                       i != WB_VERDICT_UNKNOWN);
      if (i == WB_VERDICT_UNKNOWN)
        g_assert_error (error, WB_ERROR, WB_ERROR_UNSURE);
      else
        g_assert_no_error (error);
      assert_state (office, after[i]);
      g_assert_cmpint (office->vendor.performed, ==, 1);
      g_assert_cmpint (office->vendor.verified, ==, 1);
      g_assert_cmpint (office->vendor.refused, ==, i == WB_VERDICT_REFUSED);
      g_assert_true (wb_record_get_int (office->operation, WB_OPERATION_ENDED_AT) != 0 ||
                     i == WB_VERDICT_UNKNOWN || i == WB_VERDICT_NOT_DONE);
    }
}

/* The vendor did it, the book could not take it: unsure, nothing half in the book, and resolved
 * later without sending again. */
static void
test_apply_fails (void)
{
  g_autoptr (Office) office = office_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char   *mark = NULL;

  office->vendor.apply_fails = TRUE;
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "It happened"));
  assert_state (office, WB_OPERATION_UNSURE);
  mark = wb_book_get_setting (office->shelf->book, "applied");
  g_assert_null (mark);
  g_clear_error (&error);
  g_assert_false (wb_journal_settle (office->journal, office->operation, NULL,
                                     &error)); /* still does not fit */
  assert_state (office, WB_OPERATION_UNSURE);
  g_clear_error (&error);
  office->vendor.apply_fails = FALSE;
  g_assert_true (wb_journal_settle (office->journal, office->operation, NULL, &error));
  g_assert_no_error (error);
  assert_state (office, WB_OPERATION_DONE);
  g_assert_cmpint (office->vendor.performed, ==, 1);
  g_assert_cmpint (office->vendor.applied, ==, 1);
}

/* The book cannot be written at all after the effect (another program holds it): `sending` stays,
 * and this program itself finds out later. */
static void
hold_book (gpointer data)
{
  g_assert_true (wb_book_begin (data, NULL));
}

static void
test_book_away (void)
{
  g_autoptr (Office)      office = office_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbBook)      other = NULL, patient = NULL;
  g_autoptr (WbJournal)   journal = NULL;
  g_autoptr (WbOperation) operation = NULL, row = NULL;

  wb_database_set_patience (100);
  patient = wb_book_open (office->shelf->path, FALSE, NULL);
  other = wb_book_open (office->shelf->path, FALSE, NULL);
  wb_database_set_patience (0);
  journal = wb_journal_new (patient, handlers, &office->vendor, NULL);
  operation = plan (journal, "k1");
  office->vendor.meanwhile = hold_book;
  office->vendor.data = other;
  g_assert_false (wb_journal_run (journal, operation, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_STORAGE);
  g_clear_error (&error);
  row = wb_book_find_operation (office->shelf->book, "k1", NULL);
  g_assert_true (wb_operation_is (row, WB_OPERATION_SENDING));
  wb_book_rollback (other);
  office->vendor.meanwhile = NULL;
  g_assert_cmpuint (wb_journal_recover (office->journal, &error), ==,
                    0); /* its sender still runs */
  g_assert_true (wb_journal_settle (journal, operation, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (wb_operation_is (operation, WB_OPERATION_DONE));
  g_assert_cmpint (office->vendor.performed, ==, 1);
  g_assert_cmpint (office->vendor.applied, ==, 1);
}

typedef struct
{
  const char *path;
  Vendor     *vendor;
} Race;

static gpointer
race (gpointer data)
{
  Race                 *self = data;
  g_autoptr (WbBook)    book = wb_book_open (self->path, FALSE, NULL);
  g_autoptr (WbJournal) journal = wb_journal_new (book, handlers, self->vendor, NULL);

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char        *key = g_strdup_printf ("race-%u", i);
      g_autoptr (WbOperation) operation = plan (journal, key);
      g_autoptr (GError)      error = NULL;

      if (!wb_journal_run (journal, operation, NULL, &error))
        g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
    }
  return NULL;
}

/* Several desks plan and send the same operations at once: each is sent by exactly one. */
static void
test_race (void)
{
  g_autoptr (Office) office = office_new ();
  Race               one = { office->shelf->path, &office->vendor };
  GThread           *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("desk", race, &one);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (office->vendor.performed, ==, 25);
  g_assert_cmpint (office->vendor.applied, ==, 25);
}

typedef struct
{
  Office *office;
  Vendor  vendor;
  guint   depth;
} Meanwhile;

/* Another desk asks the vendor, learns that nothing happened, and sends: all while our own question
 * is on its way. */
static void
settle_elsewhere (gpointer data)
{
  Meanwhile              *self = data;
  g_autoptr (WbBook)      book = NULL;
  g_autoptr (WbJournal)   journal = NULL;
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (GError)      error = NULL;

  if (self->depth++ > 0)
    return;
  book = wb_book_open (self->office->shelf->path, FALSE, NULL);
  journal = wb_journal_new (book, handlers, &self->vendor, NULL);
  operation = wb_book_find_operation (book, "k1", NULL);
  g_assert_true (wb_journal_settle (journal, operation, NULL, &error));
  g_assert_no_error (error);
}

/* A late “it did not happen” must not bring a done operation back to planned. */
static void
test_late_verdict (void)
{
  static const WbVerdict late[] = { WB_VERDICT_NOT_DONE, WB_VERDICT_DONE, WB_VERDICT_REFUSED,
                                    WB_VERDICT_UNKNOWN };

  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    {
      g_autoptr (Office) office = office_new ();
      Meanwhile          meanwhile = { office, { .truthful = TRUE }, 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char   *mark = NULL;

      office->vendor.fails = WB_ERROR_UNSURE;
      office->vendor.truthful = FALSE;
      office->vendor.verdict = late[i];
      g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
      office->vendor.meanwhile = settle_elsewhere;
      office->vendor.data = &meanwhile;
      g_assert_true (wb_journal_settle (office->journal, office->operation, NULL, &error));
      g_assert_no_error (error);
      assert_state (office, WB_OPERATION_DONE);
      g_assert_cmpint (office->vendor.effects + meanwhile.vendor.effects, ==, 1);
      mark = wb_book_get_setting (office->shelf->book, "applied");
      g_assert_cmpstr (mark, ==, "+");
      g_assert_cmpint (office->vendor.refused, ==, 0);
    }
}

/* A child claims and is killed while it sends, or lives on. */
static pid_t
send_in_child (Office *office, int *go_away)
{
  int   ready[2], away[2];
  char  byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (away), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (WbBook)      book = wb_book_open (office->shelf->path, FALSE, NULL);
      g_autoptr (WbJournal)   journal = wb_journal_new (book, handlers, &office->vendor, NULL);
      g_autoptr (WbOperation) operation = wb_book_find_operation (book, "k1", NULL);
      int                     pipes[2] = { ready[1], away[0] };

      close (away[1]);
      office->vendor.data = pipes;
      _exit (wb_journal_run (journal, operation, NULL, NULL) ? 0 : 1);
    }
  close (away[0]);
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  *go_away = away[1];
  return child;
}

static void
say_ready_and_wait (gpointer data)
{
  int *pipes = data;
  char byte = 0;

  if (pipes != NULL && write (pipes[0], "r", 1) == 1)
    (void) !read (pipes[1], &byte, 1);
}

static void
test_recover (void)
{
  for (guint killed = 0; killed < 2; killed++)
    {
      g_autoptr (Office) office = office_new ();
      g_autoptr (GError) error = NULL;
      int                away = -1, status = 0;
      pid_t              child;

      g_clear_pointer (&office->journal, wb_journal_free);
      g_clear_object (&office->shelf->book);
      office->vendor.meanwhile = say_ready_and_wait;
      child = send_in_child (office, &away);
      office->vendor.meanwhile = NULL;
      office->shelf->book = wb_book_open (office->shelf->path, FALSE, NULL);
      office->journal = wb_journal_new (office->shelf->book, handlers, &office->vendor, NULL);
      g_assert_cmpuint (wb_journal_recover (office->journal, &error), ==, 0); /* it lives */
      g_assert_no_error (error);
      g_assert_false (wb_journal_settle (office->journal, office->operation, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
      g_clear_error (&error);
      g_assert_cmpint (office->vendor.performed, ==, 0); /* not by us */
      if (killed)
        g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      close (away);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_cmpint (wb_journal_recover (office->journal, &error), ==, killed);
      g_assert_no_error (error);
      g_clear_object (&office->operation);
      office->operation = wb_book_find_operation (office->shelf->book, "k1", NULL);
      assert_state (office, killed ? WB_OPERATION_UNSURE : WB_OPERATION_DONE);
      office->vendor.effects = 1; /* the child's */
      g_assert_true (wb_journal_settle (office->journal, office->operation, NULL, &error));
      g_assert_no_error (error);
      assert_state (office, WB_OPERATION_DONE);
      g_assert_cmpint (office->vendor.performed, ==, 0);
    }
}

static void
test_decide (void)
{
  g_autoptr (Office)   office = office_new ();
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) evidence = json_from_string ("{\"ref\":\"seen\"}", NULL);

  g_assert_false (
      wb_journal_decide (office->journal, office->operation, TRUE, evidence, "anna", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  office->vendor.fails = WB_ERROR_UNSURE;
  office->vendor.truthful = FALSE;
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
  g_assert_true (wb_journal_decide (office->journal, office->operation, FALSE, NULL, "anna",
                                    &error)); /* it did not happen */
  assert_state (office, WB_OPERATION_PLANNED);
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
  g_assert_true (wb_journal_decide (office->journal, office->operation, TRUE, evidence, "berta",
                                    &error)); /* it did */
  g_assert_no_error (error);
  assert_state (office, WB_OPERATION_DONE);
  g_assert_cmpstr (wb_record_get_text (office->operation, WB_OPERATION_REPLY), ==,
                   "{\"ref\":\"seen\"}");
  g_assert_cmpstr (wb_record_get_text (office->operation, WB_OPERATION_ACTOR), ==, "berta");
  g_assert_cmpint (office->vendor.applied, ==, 1);
  g_assert_cmpint (wb_record_get_int (office->operation, WB_OPERATION_ATTEMPTS), ==, 2);
}

/* Two persons decide from the same screen: the second is told. */
static void
test_decide_twice (void)
{
  g_autoptr (Office)      office = office_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbOperation) second = NULL;

  office->vendor.fails = WB_ERROR_UNSURE;
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
  second = wb_book_find_operation (office->shelf->book, "k1", NULL);
  g_assert_true (
      wb_journal_decide (office->journal, office->operation, TRUE, NULL, "anna", &error));
  g_assert_false (wb_journal_decide (office->journal, second, FALSE, NULL, "berta", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  assert_state (office, WB_OPERATION_DONE);
  g_clear_error (&error);
  g_assert_false (wb_journal_abandon (office->journal, second, "berta", "no", &error));
  assert_state (office, WB_OPERATION_DONE);
}

static void
test_abandon (void)
{
  g_autoptr (Office) office = office_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (
      wb_journal_abandon (office->journal, office->operation, "anna", "not wanted", &error));
  assert_state (office, WB_OPERATION_ABANDONED);
  g_assert_cmpstr (wb_record_get_text (office->operation, WB_OPERATION_ERROR), ==,
                   "anna: not wanted");
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (office->vendor.performed, ==, 0);
  assert_state (office, WB_OPERATION_ABANDONED);
}

/* What a newer program planned is left alone, with a sentence. */
static void
test_unknown_kind (void)
{
  g_autoptr (Office)      office = office_new ();
  g_autoptr (JsonNode)    request = json_from_string ("{}", NULL);
  g_autoptr (WbOperation) operation =
      wb_journal_plan (office->journal, "teleport", "k9", 0, 0, 0, request, "t", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_journal_run (office->journal, operation, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wb_journal_resolve (office->journal, operation, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (wb_operation_is (operation, WB_OPERATION_PLANNED));
}

/* A vendor forgets keys after a time: the instant of the first sending stays through every attempt
 * and every desk. */
static gint64
fixed_clock (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_first_sent (void)
{
  g_autoptr (Office)      office = office_new ();
  g_autoptr (WbOperation) stale = wb_book_find_operation (office->shelf->book, "k1", NULL);
  gint64                  now = 1780000000;

  wb_clock_set (fixed_clock, &now);
  office->vendor.fails = WB_ERROR_UNAVAILABLE;
  g_assert_false (wb_journal_run (office->journal, office->operation, NULL, NULL));
  now += 3600;
  g_assert_false (
      wb_journal_run (office->journal, stale, NULL, NULL)); /* read before the first sending */
  wb_clock_set (NULL, NULL);
  g_assert_cmpint (wb_record_get_int (stale, WB_OPERATION_SENT_AT), ==, 1780000000);
  g_clear_object (&office->operation);
  office->operation = g_steal_pointer (&stale);
  assert_state (office, WB_OPERATION_PLANNED);
  g_assert_cmpint (wb_record_get_int (office->operation, WB_OPERATION_ATTEMPTS), ==, 2);
  g_clear_object (&office->operation);
  office->operation = wb_book_find_operation (office->shelf->book, "k1", NULL);
  g_assert_cmpint (wb_record_get_int (office->operation, WB_OPERATION_SENT_AT), ==, 1780000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/journal/done", test_done);
  g_test_add_func ("/store/journal/failures", test_failures);
  g_test_add_func ("/store/journal/verdicts", test_verdicts);
  g_test_add_func ("/store/journal/apply-fails", test_apply_fails);
  g_test_add_func ("/store/journal/book-away", test_book_away);
  g_test_add_func ("/store/journal/race", test_race);
  g_test_add_func ("/store/journal/late-verdict", test_late_verdict);
  g_test_add_func ("/store/journal/recover", test_recover);
  g_test_add_func ("/store/journal/decide", test_decide);
  g_test_add_func ("/store/journal/decide-twice", test_decide_twice);
  g_test_add_func ("/store/journal/abandon", test_abandon);
  g_test_add_func ("/store/journal/unknown-kind", test_unknown_kind);
  g_test_add_func ("/store/journal/first-sent", test_first_sent);
  return g_test_run ();
}
