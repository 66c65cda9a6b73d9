/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening a practice workspace: the town started on a free port, the book made or found, its
 * connections led to the town. */
#include "wb-practice-session.h"

#include "wb-practice-goods.h"

#include "wb-town.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ACTOR "practice"

struct _WbPractice
{
  WbTown    *town;
  WbSecrets *secrets;
  char      *book_path;
  char      *papers_path;
  int        lock;
};

static const char *const secrets_of_the_town[] = {
  WB_PRACTICE_SHOP "/consumer_key",
  WB_TOWN_SHOP_KEY,
  WB_PRACTICE_SHOP "/consumer_secret",
  WB_TOWN_SHOP_SECRET,
  WB_PRACTICE_CARRIER "/api_key",
  WB_TOWN_EASYPOST_KEY,
  WB_PRACTICE_GATEWAY "/secret_key",
  WB_TOWN_STRIPE_KEY,
  NULL,
};

/* The connections, in the order in which they are made: the shop names its gateway. */
typedef struct
{
  const char *kind;
  const char *provider;
  const char *name;
  const char *service; /* the town's word */
  const char *secrets[3];
} House;

static const House houses[] = {
  { WB_KIND_GATEWAY, "stripe", WB_PRACTICE_GATEWAY, "stripe", { WB_TOWN_STRIPE_KEY } },
  { WB_KIND_CARRIER, "easypost", WB_PRACTICE_CARRIER, "easypost", { WB_TOWN_EASYPOST_KEY } },
  { WB_KIND_SHOP,
    "woocommerce",
    WB_PRACTICE_SHOP,
    "shop",
    { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET } },
};

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The folder “%s” cannot be made: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* One program at a time: two towns on one state file would each lose what the other does. */
static gboolean
lock_folder (WbPractice *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "town.lock", NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (self->lock >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                 "Another program is practising in “%s”. Close it, or take another folder", folder);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "“%s” cannot be opened: %s", path,
                 g_strerror (errno));
  return FALSE;
}

static gboolean
start_town (WbPractice *self, const char *folder, guint orders, guint64 seed, GError **error)
{
  g_autofree char *state = g_build_filename (folder, "town.state", NULL);
  WbTownOptions    options = WB_TOWN_OPTIONS_INIT;

  options.seed = seed;
  options.orders = orders;
  options.state = state;
  self->town = wb_town_new (&options, error);
  return self->town != NULL && wb_town_start (self->town, error);
}

/* The town's port is new with each start: only the address of a known connection changes. */
static gboolean
connect_house (WbPractice *self, WbDesk *desk, const House *house, GError **error)
{
  WbBook                  *book = wb_desk_get_book (desk);
  g_autofree char         *url = wb_town_dup_url (self->town, house->service);
  g_autoptr (WbConnection) known = wb_book_find_connection (book, house->name, NULL);
  g_autoptr (WbConnection) gateway = wb_book_find_connection (book, WB_PRACTICE_GATEWAY, NULL);
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autofree char         *findings = NULL;

  if (known != NULL)
    {
      wb_record_set_text (known, WB_CONNECTION_BASE_URL, url);
      return wb_book_save (book, known, error);
    }
  wb_record_set_text (draft, WB_CONNECTION_KIND, house->kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, house->provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME, house->name);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  if (g_str_equal (house->kind, WB_KIND_SHOP))
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_GATEWAY);
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID,
                         wb_record_get_int (gateway, WB_CONNECTION_ID));
    }
  return wb_desk_test_connection (desk, draft, house->secrets, &findings, NULL, error) &&
         wb_desk_add_connection (desk, draft, house->secrets, error) != 0;
}

static gboolean
make_origin (WbBook *book, GError **error)
{
  g_autoptr (WbOrigin) origin = wb_origin_new ();

  wb_record_set_text (origin, WB_ORIGIN_NAME, "Practice store");
  wb_record_set_text (origin, WB_ORIGIN_COMPANY, "Waybill Practice");
  wb_record_set_text (origin, WB_ORIGIN_STREET1, "417 Montgomery Street");
  wb_record_set_text (origin, WB_ORIGIN_STREET2, "Floor 5");
  wb_record_set_text (origin, WB_ORIGIN_CITY, "San Francisco");
  wb_record_set_text (origin, WB_ORIGIN_REGION, "CA");
  wb_record_set_text (origin, WB_ORIGIN_POSTCODE, "94104");
  wb_record_set_text (origin, WB_ORIGIN_COUNTRY, "US");
  wb_record_set_text (origin, WB_ORIGIN_PHONE, "4155550100");
  wb_record_set_text (origin, WB_ORIGIN_EMAIL, "practice@example.com");
  wb_record_set_text (origin, WB_ORIGIN_ZONE, "America/Los_Angeles");
  wb_record_set_bool (origin, WB_ORIGIN_CHOSEN, TRUE);
  return wb_book_save (book, origin, error);
}

static gboolean
make_package (WbBook      *book,
              const char  *name,
              const gint64 size_mm[3],
              gint64       weight_g,
              gboolean     chosen,
              GError     **error)
{
  g_autoptr (WbPackage) package = wb_package_new ();

  wb_record_set_text (package, WB_PACKAGE_NAME, name);
  wb_record_set_int (package, WB_PACKAGE_LENGTH_MM, size_mm[0]);
  wb_record_set_int (package, WB_PACKAGE_WIDTH_MM, size_mm[1]);
  wb_record_set_int (package, WB_PACKAGE_HEIGHT_MM, size_mm[2]);
  wb_record_set_int (package, WB_PACKAGE_WEIGHT_G, weight_g);
  wb_record_set_bool (package, WB_PACKAGE_CHOSEN, chosen);
  return wb_book_save (book, package, error);
}

static gboolean
make_printer (WbPractice *self, WbBook *book, const char *document, GError **error)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (book, document, NULL);

  if (printer != NULL)
    return TRUE;
  printer = wb_printer_new ();
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, document);
  wb_record_set_text (printer, WB_PRINTER_TARGET_KIND, "folder");
  wb_record_set_text (printer, WB_PRINTER_TARGET, self->papers_path);
  wb_record_set_text (printer, WB_PRINTER_FORMAT, "pdf");
  return wb_book_save (book, printer, error);
}

static gboolean
make_products (WbBook *book, GError **error)
{
  g_autoptr (WbConnection) shop = wb_book_find_connection (book, WB_PRACTICE_SHOP, error);

  return shop != NULL &&
         wb_practice_make_products (book, wb_record_get_int (shop, WB_CONNECTION_ID), error);
}

static gboolean
furnish (WbPractice *self, WbBook *book, GError **error)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (book, error);
  g_autoptr (GPtrArray) packages = wb_book_list_packages (book, error);
  static const gint64   small[3] = { 240, 160, 120 };
  static const gint64   large[3] = { 400, 300, 250 };

  if (origins == NULL || packages == NULL || (origins->len == 0 && !make_origin (book, error)))
    return FALSE;
  if (packages->len == 0 && (!make_package (book, WB_PRACTICE_SMALL_BOX, small, 90, TRUE, error) ||
                             !make_package (book, WB_PRACTICE_LARGE_BOX, large, 320, FALSE, error)))
    return FALSE;
  return make_printer (self, book, WB_DOCUMENT_LABEL, error) &&
         make_printer (self, book, WB_DOCUMENT_SLIP, error) && make_products (book, error);
}

static gboolean
set_up (WbPractice *self, GError **error)
{
  g_autoptr (WbDesk) desk = wb_practice_open_desk (self, ACTOR, error);

  if (desk == NULL || !wb_desk_set_practice (desk, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (houses); i++)
    if (!connect_house (self, desk, &houses[i], error))
      return FALSE;
  return furnish (self, wb_desk_get_book (desk), error);
}

/**
 * wb_practice_open:
 * @folder: made when it is not there; keeps the town, the book, and the papers as files
 * @orders: how many orders the shop begins with; a town kept in @folder keeps its own
 * @seed: which town; likewise
 *
 * Starts the practice town in this process, in a thread of its own, and makes or opens the order
 * book that is connected to it. Blocks for a moment; any thread.
 *
 * Returns: (transfer full): or %NULL; %WB_ERROR_CONFLICT when another program practises in @folder.
 */
WbPractice *
wb_practice_open (const char *folder, guint orders, guint64 seed, GError **error)
{
  g_autoptr (WbPractice) self = g_new0 (WbPractice, 1);
  g_autofree char       *whole = g_canonicalize_filename (folder, NULL);

  self->lock = -1;
  self->book_path = g_build_filename (whole, WB_PRACTICE_BOOK, NULL);
  self->papers_path = g_build_filename (whole, WB_PRACTICE_PAPERS, NULL);
  self->secrets = wb_secrets_new_fixed (secrets_of_the_town);
  if (!make_folder (self->papers_path, error) || !lock_folder (self, whole, error) ||
      !start_town (self, whole, orders, seed, error) || !set_up (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/** wb_practice_open_desk: Returns: (transfer full): the engine on the practice book; one for each
 * thread. */
WbDesk *
wb_practice_open_desk (WbPractice *self, const char *actor, GError **error)
{
  return wb_desk_open (self->book_path, self->secrets, actor, error);
}

/** wb_practice_get_book_path: Returns: where the practice book lies. */
const char *
wb_practice_get_book_path (WbPractice *self)
{
  return self->book_path;
}

/** wb_practice_get_papers_path: Returns: the folder in which labels and slips end up as files. */
const char *
wb_practice_get_papers_path (WbPractice *self)
{
  return self->papers_path;
}

/** wb_practice_get_secrets: Returns: (transfer none): the keys of the town, kept in memory only. */
WbSecrets *
wb_practice_get_secrets (WbPractice *self)
{
  return self->secrets;
}

/**
 * wb_practice_control:
 * @path: of the town's control API: “/town/books”, “/town/faults”, “/town/arrive”…
 * @body: (nullable): JSON
 *
 * Returns: (transfer full): the town's JSON reply, or %NULL with %WB_ERROR_INVALID when it did not
 * understand.
 */
char *
wb_practice_control (
    WbPractice *self, const char *method, const char *path, const char *body, GError **error)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (self->town, method, path, body, &status);

  if (status >= 200 && status < 300)
    return g_steal_pointer (&reply);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The practice town refused %s %s (%u): %s",
               method, path, status, reply);
  return NULL;
}

/** wb_practice_close: stops the town and frees @self; everything is kept in the folder. */
void
wb_practice_close (WbPractice *self)
{
  g_clear_pointer (&self->town, wb_town_free);
  g_clear_pointer (&self->secrets, wb_secrets_unref);
  g_free (self->book_path);
  g_free (self->papers_path);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}
