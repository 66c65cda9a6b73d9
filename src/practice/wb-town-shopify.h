/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice shop by Shopify's Admin API: the same orders and goods, told in Shopify's words, and
 * what only Shopify knows of them. */
#pragma once

#include "wb-town-graphql.h"
#include "wb-town-shop.h"

G_BEGIN_DECLS

#define WB_TOWN_SHOPIFY_FIRST_PLACE  1
#define WB_TOWN_SHOPIFY_SECOND_PLACE 2

/* What one unit of the orders' currency is worth where another one is paid out. */
#define WB_TOWN_SHOPIFY_RATE "1.1"

/* A hold on one of an order's parts. */
typedef struct
{
  gint64 id;
  guint  part;
  char  *reason;
  char  *notes;
  char  *handle;
} WbTownShopifyHold;

typedef struct
{
  gint64 line;
  gint64 quantity;
} WbTownShopifyPieces;

typedef struct
{
  gint64    id;
  WbInstant at;
  char     *company;
  char     *number;
  char     *url;
  gboolean  notified;
  guint     part;
  GArray   *pieces; /* of WbTownShopifyPieces */
} WbTownShopifyParcel;

/* A movement of money. */
typedef struct
{
  gint64      id;
  gint64      parent;
  const char *kind;   /* static: "CAPTURE", "REFUND", "VOID" */
  gint64      amount; /* minor units */
  WbInstant   at;
} WbTownShopifyMoney;

typedef struct
{
  gint64    id;
  WbInstant at;
  char     *note;
  gint64    amount; /* minor units */
  guint     moneys; /* its movements: those with the numbers just before its own */
} WbTownShopifyRefund;

/* A movement of the balance that is none of an order's, by command. */
typedef struct
{
  gint64    id;
  gint64    order; /* 0: none's */
  char     *type;
  gint64    amount; /* minor units */
  gint64    fee;
  WbInstant at;
} WbTownShopifyExtra;

/* What was done to an order through this API. */
typedef struct
{
  gint64      id;
  WbInstant   updated;   /* 0: nothing yet */
  WbInstant   cancelled; /* 0: not here */
  gboolean    edited;    /* an edit was committed */
  char       *note;      /* NULL: as the order has it */
  char       *source;    /* what it is called where it comes from; NULL: of the shop itself */
  GPtrArray  *holds;     /* of WbTownShopifyHold */
  GPtrArray  *parcels;   /* of WbTownShopifyParcel */
  GPtrArray  *moneys;    /* of WbTownShopifyMoney */
  GPtrArray  *refunds;   /* of WbTownShopifyRefund */
  GHashTable *removed;   /* line id -> pieces that edits took out */
} WbTownShopifyOrder;

struct _WbTownShopify
{
  GHashTable *orders;  /* id -> WbTownShopifyOrder */
  GHashTable *answers; /* idempotency key -> JSON text of the answer */
  GHashTable *stock;   /* "place/good" -> pieces, of the second place */
  GHashTable *edits;   /* id -> an edit of an order */
  GPtrArray  *extras;  /* of WbTownShopifyExtra */
  char       *settles; /* what is paid out, another currency than the orders'; NULL: theirs */
  gint64      next_id;
  guint       token; /* which one counts */
  double      available;
  double      restore_rate;
  double      maximum;
  WbInstant   token_until;
  gint64      refilled; /* monotonic µs */
  gboolean    bulk;
  gint64      bulk_id;
  WbInstant   bulk_at;
  GString    *bulk_file;
  guint       bulk_polls;
  guint       bulk_roots;
  guint       bulk_objects;
  char       *scopes;
  char       *record; /* a file every question and answer is written to; NULL: none */
};

WbTownShopify *wb_town_shopify_new (WbTown *town);
void           wb_town_shopify_free (WbTownShopify *self);
void           wb_town_shopify_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void           wb_town_shopify_control (WbTown *town, WbTownRequest *request, WbTownReply *reply);

/* wb-town-shopify-order.c: trees of all that could be told */
WbTownShopifyOrder *wb_town_shopify_overlay (WbTown *town, gint64 id);
JsonNode           *wb_town_shopify_order (WbTown *town, gint64 id);
JsonNode           *wb_town_shopify_part (WbTown *town, WbTownOrder *order, guint part);
JsonNode           *wb_town_shopify_parcel (WbTown *town, const WbTownShopifyParcel *parcel);
JsonNode           *wb_town_shopify_money (WbTown *town, WbTownOrder *order, gint64 id);
JsonNode           *wb_town_shopify_bag (WbTown *town, gint64 minor, const char *currency);
gint64              wb_town_shopify_sent (WbTown *town, WbTownOrder *order, gint64 line);
gboolean            wb_town_shopify_virtual (const WbTownItem *line);
WbInstant           wb_town_shopify_updated (WbTown *town, const WbTownOrder *order);
gboolean            wb_town_shopify_listed (const WbTownOrder *order);
gint64              wb_town_shopify_left (WbTown *town, WbTownOrder *order, const WbTownItem *line);
gint64      wb_town_shopify_never (WbTown *town, WbTownOrder *order, const WbTownItem *line);
guint       wb_town_shopify_n_parts (WbTownOrder *order);
guint       wb_town_shopify_part_of (WbTownOrder *order, const WbTownItem *line);
gint64      wb_town_shopify_captured (WbTown *town, WbTownOrder *order);
gboolean    wb_town_shopify_authorised (WbTownOrder *order);
const char *wb_town_shopify_part_status (WbTown *town, WbTownOrder *order, guint part);

/* wb-town-shopify-lists.c: the fields that only tell */
JsonNode *wb_town_shopify_query (WbTown *town, const WbTownField *field, GError **error);
JsonNode *wb_town_shopify_object (const char *name, ...) G_GNUC_NULL_TERMINATED;
char     *wb_town_shopify_gid (const char *kind, gint64 id);
gint64    wb_town_shopify_id (const char *gid, const char *kind);
gint64    wb_town_shopify_available (WbTown *town, gint64 place, gint64 good);
void      wb_town_shopify_set_available (WbTown *town, gint64 place, gint64 good, gint64 pieces);

/* wb-town-shopify-balance.c: the balance and the payouts */
JsonNode *wb_town_shopify_account (WbTown *town, const WbTownField *field, GError **error);
JsonNode *wb_town_shopify_nodes (WbTown *town, const WbTownField *field, GError **error);
JsonNode *wb_town_shopify_node (WbTown *town, const WbTownField *field, GError **error);
void      wb_town_shopify_add_extra (WbTown *town, JsonObject *given);
void      wb_town_shopify_extra_free (gpointer data);

/* wb-town-shopify-acts.c: the fields that change something */
JsonNode *wb_town_shopify_act (WbTown *town, const WbTownField *field, GError **error);
void      wb_town_shopify_take_address (WbTownPerson *person, JsonObject *given);
JsonNode *wb_town_shopify_refused (const char *list, const char *code, const char *message);

/* wb-town-shopify-create.c */
JsonNode *wb_town_shopify_create (WbTown *town, const WbTownField *field, GError **error);

/* wb-town-shopify-edit.c */
GHashTable *wb_town_shopify_edits_new (void);
JsonNode   *wb_town_shopify_edit_begin (WbTown *town, const WbTownField *field, GError **error);
JsonNode   *wb_town_shopify_edit_quantity (WbTown *town, const WbTownField *field, GError **error);
JsonNode   *wb_town_shopify_edit_commit (WbTown *town, const WbTownField *field, GError **error);
gint64      wb_town_shopify_taken_out (WbTown *town, WbTownOrder *order);

/* wb-town-shopify-bulk.c */
JsonNode *wb_town_shopify_bulk_run (WbTown *town, const WbTownField *field, GError **error);
JsonNode *wb_town_shopify_bulk_state (WbTown *town, const WbTownField *field, GError **error);
void      wb_town_shopify_bulk_file (WbTown *town, WbTownRequest *request, WbTownReply *reply);

G_END_DECLS
