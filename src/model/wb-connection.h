/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the house is set up with: connections to vendors, origins, packages, printers. No secret is
 * ever in here. */
#pragma once

#include "wb-record.h"

G_BEGIN_DECLS

/* Connection kinds (WB_CONNECTION_KIND). */
#define WB_KIND_SHOP    "shop"
#define WB_KIND_CARRIER "carrier"
#define WB_KIND_GATEWAY "gateway"

/* Who takes the money of a channel (WB_CONNECTION_CAPTURER): one, never both. */
#define WB_CAPTURER_GATEWAY "gateway" /* we do, at the gateway named by gateway_id */
#define WB_CAPTURER_SHOP    "shop" /* the shop does, when it is told that the order is complete */
#define WB_CAPTURER_NONE    "none" /* everything is paid beforehand; nothing is captured by us */

/* cursor: the provider's own mark of how far the sync has read. settings: provider's non-secret
 * settings. auth: how it signs in ("basic", "oauth1", "bearer", "key"). */
#define WB_CONNECTION_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, KIND, "kind", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, PROVIDER, "provider", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, BASE_URL, "base_url", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, AUTH, "auth", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, SETTINGS, "settings", JSON, WB_FIELD_PLAIN, NULL)                                          \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, ZONE, "zone", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CAPTURER, "capturer", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, GATEWAY_ID, "gateway_id", INT, WB_FIELD_PLAIN, NULL)                                       \
  F (P, CURSOR, "cursor", TEXT, WB_FIELD_LOCAL, NULL)                                              \
  F (P, SYNCED_AT, "synced_at", INSTANT, WB_FIELD_LOCAL, NULL)                                     \
  F (P, ERROR, "error", TEXT, WB_FIELD_LOCAL, NULL)                                                \
  F (P, ENABLED, "enabled", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbConnection, wb_connection, CONNECTION, WB_CONNECTION, WB_CONNECTION_FIELDS)

/* Where parcels start. zone: IANA; the ship date is the date there. */
#define WB_ORIGIN_FIELDS(F, P)                                                                     \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, COMPANY, "company", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, STREET1, "street1", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, STREET2, "street2", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, CITY, "city", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, REGION, "region", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, POSTCODE, "postcode", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, COUNTRY, "country", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, PHONE, "phone", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, EMAIL, "email", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, ZONE, "zone", TEXT, WB_FIELD_PLAIN, NULL)                                                  \
  F (P, CHOSEN, "chosen", BOOL, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbOrigin, wb_origin, ORIGIN, WB_ORIGIN, WB_ORIGIN_FIELDS)

/* A box type. Outer size; weight of the empty box. */
#define WB_PACKAGE_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, LENGTH_MM, "length_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WIDTH_MM, "width_mm", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, HEIGHT_MM, "height_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, CHOSEN, "chosen", BOOL, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPackage, wb_package, PACKAGE, WB_PACKAGE, WB_PACKAGE_FIELDS)

/* What prints a kind of document. target: a CUPS queue’s name (target_kind "queue") or a folder
 * ("folder"). */
#define WB_DOCUMENT_LABEL "label"
#define WB_DOCUMENT_SLIP  "slip"
#define WB_PRINTER_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, DOCUMENT, "document", TEXT, WB_FIELD_MATCH, NULL)                                          \
  F (P, TARGET_KIND, "target_kind", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, TARGET, "target", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, FORMAT, "format", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, MEDIA, "media", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPrinter, wb_printer, PRINTER, WB_PRINTER, WB_PRINTER_FIELDS)

/* A list's filter that somebody wants to see again. */
#define WB_SAVED_VIEW_FIELDS(F, P)                                                                 \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, QUERY, "query", JSON, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbSavedView, wb_saved_view, SAVED_VIEW, WB_SAVED_VIEW, WB_SAVED_VIEW_FIELDS)

/* A customer at one channel; those with the same person_id are one person (linked, never merged).
 */
#define WB_CUSTOMER_FIELDS(F, P)                                                                   \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, CHANNEL_ID, "channel_id", INT, WB_FIELD_KEY, NULL)                                         \
  F (P, REMOTE_ID, "remote_id", TEXT, WB_FIELD_MATCH, NULL)                                        \
  F (P, NAME, "name", TEXT, WB_FIELD_PERSON, NULL)                                                 \
  F (P, EMAIL, "email", TEXT, WB_FIELD_PERSON, NULL)                                               \
  F (P, EMAIL_KEY, "email_key", TEXT, WB_FIELD_PERSON, NULL)                                       \
  F (P, PHONE, "phone", TEXT, WB_FIELD_PERSON, NULL)                                               \
  F (P, ORDERS, "orders", INT, WB_FIELD_LOCAL, NULL)                                               \
  F (P, PERSON_ID, "person_id", INT, WB_FIELD_KEY, NULL)                                           \
  F (P, NOTE, "note", TEXT, WB_FIELD_LOCAL | WB_FIELD_PERSON, NULL)                                \
  F (P, ERASED_AT, "erased_at", INSTANT, WB_FIELD_LOCAL, NULL)
WB_DECLARE_RECORD (WbCustomer, wb_customer, CUSTOMER, WB_CUSTOMER, WB_CUSTOMER_FIELDS)

G_END_DECLS
