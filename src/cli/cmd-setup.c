/* SPDX-License-Identifier: GPL-3.0-or-later
 * origin, package: where parcels start, and which boxes there are. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* “list” or nothing: list; “add”: add. */
static gboolean
wants_add (WbCli *self, gboolean *add, GError **error)
{
  const char *verb = wb_cli_word (self, 0);

  *add = g_strcmp0 (verb, "add") == 0;
  if (verb == NULL || g_str_equal (verb, "list") || (*add && wb_cli_word (self, 1) != NULL))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Say: waybillctl %s list, or: waybillctl %s add NAME"), self->command->name,
               self->command->name);
  return FALSE;
}

static gboolean
needed (WbCli *self, const char *const *options, GError **error)
{
  for (guint i = 0; options[i] != NULL; i++)
    if (wb_cli_option (self, options[i]) == NULL)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("--%s is needed"), options[i]);
        return FALSE;
      }
  return TRUE;
}

/* Returns: (transfer full): what “add NAME” means: the one of @all whose field @name says so, or
 * @fresh, which is taken over and cannot do without the options @always. */
static gpointer
take_named (WbCli             *self,
            GPtrArray         *all,
            guint              name,
            gpointer           fresh,
            const char *const *always,
            GError           **error)
{
  g_autoptr (WbRecord) record = fresh;

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], name), wb_cli_word (self, 1)) == 0)
      return g_object_ref (all->pdata[i]);
  if (!needed (self, always, error))
    return NULL;
  wb_record_set_text (record, name, wb_cli_word (self, 1));
  return g_steal_pointer (&record);
}

/* @nothing: what is said when there is none. */
static gboolean
print_all (WbCli *self, GPtrArray *all, WbTable *table, const char *nothing)
{
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (all));
  else if (all->len == 0)
    wb_cli_say (self, "%s", nothing);
  else
    wb_table_print (table);
  return TRUE;
}

static const struct
{
  const char *option;
  guint       field;
} origin_fields[] = {
  { "company", WB_ORIGIN_COMPANY }, { "street", WB_ORIGIN_STREET1 },
  { "street2", WB_ORIGIN_STREET2 }, { "city", WB_ORIGIN_CITY },
  { "region", WB_ORIGIN_REGION },   { "postcode", WB_ORIGIN_POSTCODE },
  { "country", WB_ORIGIN_COUNTRY }, { "phone", WB_ORIGIN_PHONE },
  { "email", WB_ORIGIN_EMAIL },     { "zone", WB_ORIGIN_ZONE },
};

static gboolean
add_origin (WbCli *self, GPtrArray *all, GError **error)
{
  static const char *const always[] = { "street", "city", "country", "zone", NULL };
  g_autoptr (WbOrigin)     origin =
      take_named (self, all, WB_ORIGIN_NAME, wb_origin_new (), always, error);

  if (origin == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (origin_fields); i++)
    if (wb_cli_has (self, origin_fields[i].option))
      wb_record_set_text (origin, origin_fields[i].field,
                          wb_cli_option (self, origin_fields[i].option));
  if (wb_cli_has (self, "chosen"))
    wb_record_set_bool (origin, WB_ORIGIN_CHOSEN, TRUE);
  if (!wb_desk_save_origin (self->desk, origin, error))
    return FALSE;
  wb_cli_say (self, _ ("Parcels can start at “%s”."), wb_cli_word (self, 1));
  return TRUE;
}

static gboolean
cmd_origin (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Name"), FALSE, 30 },
    { N_ ("Street"), FALSE, 30 },
    { N_ ("City"), FALSE, 24 },
    { N_ ("Country"), FALSE, 0 },
    { N_ ("Time zone"), FALSE, 0 },
    { N_ ("Chosen"), FALSE, 0 },
    { NULL },
  };
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) all = book != NULL ? wb_book_list_origins (book, error) : NULL;
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);
  gboolean              add;

  if (all == NULL || !wants_add (self, &add, error))
    return FALSE;
  if (add)
    return add_origin (self, all, error);
  for (guint i = 0; i < all->len; i++)
    wb_table_add (table, wb_record_get_text (all->pdata[i], WB_ORIGIN_NAME),
                  wb_record_get_text (all->pdata[i], WB_ORIGIN_STREET1),
                  wb_record_get_text (all->pdata[i], WB_ORIGIN_CITY),
                  wb_record_get_text (all->pdata[i], WB_ORIGIN_COUNTRY),
                  wb_record_get_text (all->pdata[i], WB_ORIGIN_ZONE),
                  wb_record_get_bool (all->pdata[i], WB_ORIGIN_CHOSEN) ? "✓" : "");
  return print_all (self, all, table,
                    _ ("No sender's address is set up yet; see: waybillctl origin --help"));
}

/* “240x160x120”: millimetres. */
static gboolean
take_size (WbCli *self, WbPackage *package, GError **error)
{
  static const guint fields[] = { WB_PACKAGE_LENGTH_MM, WB_PACKAGE_WIDTH_MM, WB_PACKAGE_HEIGHT_MM };
  const char        *size = wb_cli_option (self, "size");
  g_auto (GStrv)     parts = size != NULL ? g_strsplit (size, "x", -1) : NULL;
  gint64             mm[3];

  if (size == NULL)
    return TRUE;
  for (guint i = 0; i < 3; i++)
    if (g_strv_length (parts) != 3 ||
        !g_ascii_string_to_signed (parts[i], 10, 1, 10000, &mm[i], NULL))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     _ ("A size is LENGTHxWIDTHxHEIGHT in millimetres like 240x160x120, not “%s”"),
                     size);
        return FALSE;
      }
  for (guint i = 0; i < 3; i++)
    wb_record_set_int (package, fields[i], mm[i]);
  return TRUE;
}

static gboolean
add_package (WbCli *self, GPtrArray *all, GError **error)
{
  static const char *const always[] = { "size", NULL };
  g_autoptr (WbPackage)    package =
      take_named (self, all, WB_PACKAGE_NAME, wb_package_new (), always, error);
  gint64 weight = package != NULL ? wb_record_get_int (package, WB_PACKAGE_WEIGHT_G) : 0;

  if (package == NULL || !take_size (self, package, error) ||
      !wb_cli_number (self, "weight", 0, &weight, error))
    return FALSE;
  wb_record_set_int (package, WB_PACKAGE_WEIGHT_G, weight);
  if (wb_cli_has (self, "chosen"))
    wb_record_set_bool (package, WB_PACKAGE_CHOSEN, TRUE);
  if (!wb_desk_save_package (self->desk, package, error))
    return FALSE;
  wb_cli_say (self, _ ("“%s” can be packed."), wb_cli_word (self, 1));
  return TRUE;
}

static gboolean
cmd_package (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Name"), FALSE, 30 },
    { N_ ("Size in mm"), FALSE, 0 },
    { N_ ("Empty, g"), TRUE, 0 },
    { N_ ("Chosen"), FALSE, 0 },
    { NULL },
  };
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) all = book != NULL ? wb_book_list_packages (book, error) : NULL;
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);
  gboolean              add;

  if (all == NULL || !wants_add (self, &add, error))
    return FALSE;
  if (add)
    return add_package (self, all, error);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *size = g_strdup_printf (
          "%dx%dx%d", (int) wb_record_get_int (all->pdata[i], WB_PACKAGE_LENGTH_MM),
          (int) wb_record_get_int (all->pdata[i], WB_PACKAGE_WIDTH_MM),
          (int) wb_record_get_int (all->pdata[i], WB_PACKAGE_HEIGHT_MM));
      g_autofree char *weight =
          g_strdup_printf ("%d", (int) wb_record_get_int (all->pdata[i], WB_PACKAGE_WEIGHT_G));

      wb_table_add (table, wb_record_get_text (all->pdata[i], WB_PACKAGE_NAME), size, weight,
                    wb_record_get_bool (all->pdata[i], WB_PACKAGE_CHOSEN) ? "✓" : "");
    }
  return print_all (self, all, table, _ ("No box is set up yet; see: waybillctl package --help"));
}

const WbCommand wb_commands_setup[] = {
  { "origin",
    N_ ("[list | add NAME]"),
    0,
    2,
    N_ ("list or set up where parcels start"),
    N_ ("A known NAME is changed. The chosen origin is the sender on labels; the ship date is the "
        "date in its time zone."),
    cmd_origin,
    { { "company", N_ ("TEXT"), N_ ("company on the label") },
      { "street", N_ ("TEXT"), N_ ("street and house") },
      { "street2", N_ ("TEXT"), N_ ("more of the address") },
      { "city", N_ ("TEXT"), N_ ("city") },
      { "region", N_ ("TEXT"), N_ ("state or province, as the carrier wants it") },
      { "postcode", N_ ("TEXT"), N_ ("postcode") },
      { "country", N_ ("CODE"), N_ ("two capital letters: DE, US…") },
      { "phone", N_ ("TEXT"), N_ ("telephone; many carriers want one") },
      { "email", N_ ("TEXT"), N_ ("e-mail") },
      { "zone", N_ ("ZONE"), N_ ("time zone: Europe/Berlin, America/New_York…") },
      { "chosen", NULL, N_ ("use it from now on") } } },
  { "package",
    N_ ("[list | add NAME]"),
    0,
    2,
    N_ ("list or set up the boxes there are"),
    NULL,
    cmd_package,
    { { "size", N_ ("LxWxH"), N_ ("outer size in millimetres: 240x160x120") },
      { "weight", N_ ("GRAMS"), N_ ("weight of the empty box") },
      { "chosen", NULL, N_ ("use it unless another one is named") } } },
  { NULL },
};
