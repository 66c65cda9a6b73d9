/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record: its fields are declared once in a table; properties, JSON, SQL columns and differences
 * come from it. */
#pragma once

#include "wb-json.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define WB_TYPE_RECORD (wb_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbRecord, wb_record, WB, RECORD, GObject)

/**
 * WbFieldKind:
 * @WB_FIELD_TEXT: UTF-8 text or %NULL
 * @WB_FIELD_INT: whole number
 * @WB_FIELD_BOOL: truth value
 * @WB_FIELD_AMOUNT: minor units of the record's `currency` field (or its owner's); a decimal string
 * in JSON
 * @WB_FIELD_INSTANT: #WbInstant; ISO 8601 in JSON
 * @WB_FIELD_DATE: “YYYY-MM-DD” at some place; a text
 * @WB_FIELD_JSON: a JSON document kept as text
 * @WB_FIELD_ONE: one child record or %NULL; no column of its own
 * @WB_FIELD_MANY: child records in order; no column of its own
 */
typedef enum
{
  WB_FIELD_TEXT,
  WB_FIELD_INT,
  WB_FIELD_BOOL,
  WB_FIELD_AMOUNT,
  WB_FIELD_INSTANT,
  WB_FIELD_DATE,
  WB_FIELD_JSON,
  WB_FIELD_ONE,
  WB_FIELD_MANY,
} WbFieldKind;

/**
 * WbFieldFlags:
 * @WB_FIELD_KEY: the book's own row number; never in a difference
 * @WB_FIELD_LOCAL: kept by us, not told by the shop; never in a difference
 * @WB_FIELD_MATCH: tells which child of an earlier state a child corresponds to
 * @WB_FIELD_PARCEL: a change invalidates rates, labels and customs papers
 * @WB_FIELD_CHARGE: a change invalidates the capture plan
 * @WB_FIELD_PERSON: personal data: erased on request
 */
typedef enum
{
  WB_FIELD_PLAIN = 0,
  WB_FIELD_KEY = 1 << 0,
  WB_FIELD_LOCAL = 1 << 1,
  WB_FIELD_MATCH = 1 << 2,
  WB_FIELD_PARCEL = 1 << 3,
  WB_FIELD_CHARGE = 1 << 4,
  WB_FIELD_PERSON = 1 << 5,
} WbFieldFlags;

typedef struct
{
  const char *name; /* column, JSON member; the property has “-” for “_” */
  WbFieldKind kind;
  guint       flags;
  GType (*child) (void); /* ONE and MANY */
} WbField;

struct _WbRecordClass
{
  GObjectClass parent_class;

  const char    *table; /* SQL table; NULL: never stored */
  const WbField *fields;
  guint          n_fields;
  guint          currency;   /* index of the `currency` field, or n_fields */
  GParamSpec   **properties; /* one a field; they live as long as the class: for ever */
};

/**
 * WbChange: one difference between two states of a record.
 * @path: “ship_to.postcode”, “lines[412].quantity” (the child's match value in brackets)
 * @flags: the field's #WbFieldFlags: what the change invalidates
 * @before: (nullable): the old value as text
 * @after: (nullable): the new value as text
 */
typedef struct
{
  char *path;
  guint flags;
  char *before;
  char *after;
} WbChange;

/* X-macro helpers: FIELDS (F, PREFIX) lists F (PREFIX, NAME, "name", KIND, FLAGS, child_get_type or
 * NULL). */
#define WB_RECORD_ENUM(prefix, NAME, name, kind, flags, child) prefix##_##NAME,
#define WB_RECORD_ENTRY(prefix, NAME, name, kind, flags, child)                                    \
  { name, WB_FIELD_##kind, flags, child },

#define WB_DECLARE_RECORD(Type, type, NAME, PREFIX, FIELDS)                                        \
  enum                                                                                             \
  {                                                                                                \
    FIELDS (WB_RECORD_ENUM, PREFIX) PREFIX##_N_FIELDS                                              \
  };                                                                                               \
  G_DECLARE_FINAL_TYPE (Type, type, WB, NAME, WbRecord)                                            \
  Type *type##_new (void);

#define WB_DEFINE_RECORD(Type, type, PREFIX, table_name, FIELDS)                                   \
  struct _##Type                                                                                   \
  {                                                                                                \
    WbRecord parent_instance;                                                                      \
  };                                                                                               \
  static const WbField type##_fields[] = { FIELDS (WB_RECORD_ENTRY, PREFIX) };                     \
  G_STATIC_ASSERT (G_N_ELEMENTS (type##_fields) == PREFIX##_N_FIELDS);                             \
  G_DEFINE_FINAL_TYPE (Type, type, WB_TYPE_RECORD)                                                 \
  static void type##_class_init (Type##Class *klass)                                               \
  {                                                                                                \
    wb_record_class_install (WB_RECORD_CLASS (klass), table_name, type##_fields,                   \
                             PREFIX##_N_FIELDS);                                                   \
  }                                                                                                \
  static void type##_init (Type *self)                                                             \
  {                                                                                                \
    wb_record_allocate (WB_RECORD (self), PREFIX##_N_FIELDS);                                      \
  }                                                                                                \
  Type *type##_new (void)                                                                          \
  {                                                                                                \
    return g_object_new (type##_get_type (), NULL);                                                \
  }

void wb_record_class_install (WbRecordClass *klass,
                              const char    *table,
                              const WbField *fields,
                              guint          n_fields);
void wb_record_allocate (WbRecord *self, guint n_fields);

/* Every @record below is a WbRecord; gpointer spares the caller a cast. */
const WbRecordClass *wb_record_describe (gpointer record);

const char *wb_record_get_text (gpointer record, guint field);
gint64      wb_record_get_int (gpointer record, guint field);
gboolean    wb_record_get_bool (gpointer record, guint field);
WbMoney     wb_record_get_money (gpointer record, guint field);
gpointer    wb_record_get_one (gpointer record, guint field);
GPtrArray  *wb_record_get_many (gpointer record, guint field);

gboolean wb_record_set_text (gpointer record, guint field, const char *value);
gboolean wb_record_take_text (gpointer record, guint field, char *value);
gboolean wb_record_set_int (gpointer record, guint field, gint64 value);
gboolean wb_record_set_bool (gpointer record, guint field, gboolean value);
void     wb_record_set_one (gpointer record, guint field, gpointer child);
void     wb_record_add (gpointer record, guint field, gpointer child);

int        wb_record_find_field (gpointer record, const char *name);
JsonNode  *wb_record_to_json (gpointer record);
gboolean   wb_record_from_json (gpointer record, const WbJson *at, GError **error);
GPtrArray *wb_record_diff (gpointer before, gpointer after);
void       wb_change_free (WbChange *change);
gpointer   wb_record_copy (gpointer record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbChange, wb_change_free)

G_END_DECLS
