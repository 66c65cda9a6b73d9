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
#define WB_CAPTURER_SHOP    "shop"    /* the shop does: asked to, or when told complete */
#define WB_CAPTURER_NONE    "none"    /* everything is paid beforehand; nothing is captured by us */

/* cursor: the provider's own mark of how far the sync has read. settings: provider's non-secret
 * settings. auth: how it signs in ("basic", "oauth1", "bearer", "key"). clock_offset: the vendor's
 * clock minus ours, seconds, as its last reply told. */
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
  F (P, CLOCK_OFFSET, "clock_offset", INT, WB_FIELD_LOCAL, NULL)                                   \
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

/* A box type. Outer size; weight of the empty box. inner_…: the inside, 0: as the outside.
 * most_weight_g 0: any. cost: what one box costs. stock: boxes left, where they are
 * counted. */
#define WB_PACKAGE_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, NAME, "name", TEXT, WB_FIELD_MATCH, NULL)                                                  \
  F (P, LENGTH_MM, "length_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WIDTH_MM, "width_mm", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, HEIGHT_MM, "height_mm", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, WEIGHT_G, "weight_g", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, CHOSEN, "chosen", BOOL, WB_FIELD_PLAIN, NULL)                                              \
  F (P, INNER_LENGTH_MM, "inner_length_mm", INT, WB_FIELD_PLAIN, NULL)                             \
  F (P, INNER_WIDTH_MM, "inner_width_mm", INT, WB_FIELD_PLAIN, NULL)                               \
  F (P, INNER_HEIGHT_MM, "inner_height_mm", INT, WB_FIELD_PLAIN, NULL)                             \
  F (P, MOST_WEIGHT_G, "most_weight_g", INT, WB_FIELD_PLAIN, NULL)                                 \
  F (P, COST, "cost", AMOUNT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CURRENCY, "currency", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, COUNTED, "counted", BOOL, WB_FIELD_PLAIN, NULL)                                            \
  F (P, STOCK, "stock", INT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPackage, wb_package, PACKAGE, WB_PACKAGE, WB_PACKAGE_FIELDS)

/* Kinds of documents that are printed (WB_PRINTER_DOCUMENT); titles and what stands in for a kind
 * that has no printer of its own: wb_document_kinds. */
#define WB_DOCUMENT_LABEL        "label"
#define WB_DOCUMENT_ADDRESS      "address"
#define WB_DOCUMENT_RETURN_LABEL "return-label"
#define WB_DOCUMENT_SLIP         "slip"
#define WB_DOCUMENT_GIFT_SLIP    "gift-slip"
#define WB_DOCUMENT_RETURN_SLIP  "return-slip"
#define WB_DOCUMENT_PICK_LIST    "pick-list"
#define WB_DOCUMENT_CUSTOMS      "customs"
#define WB_DOCUMENT_INVOICE      "invoice"
#define WB_DOCUMENT_RECEIPT      "receipt"
#define WB_DOCUMENT_MANIFEST     "manifest"
#define WB_DOCUMENT_LABEL_SHEET  "label-sheet"

/**
 * WbDocumentKind:
 * @title: for people, to be translated
 * @stand_in: (nullable): the kind whose printer prints it when it has none of its own; %NULL: it
 * must have one
 * @label: printed to the dot on a label; otherwise on ordinary paper
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *stand_in;
  gboolean    label;
} WbDocumentKind;

/* Ends with an id of NULL. */
extern const WbDocumentKind wb_document_kinds[];
const WbDocumentKind       *wb_document_kind (const char *id);

/* WB_PRINTER_TARGET_KIND. */
#define WB_TARGET_QUEUE "queue" /* target: a queue of the print server */
#define WB_TARGET_IPP   "ipp"   /* target: ipp:// or ipps:// address of a printer */
#define WB_TARGET_SOCKET                                                                           \
  "socket" /* target: HOST or HOST:PORT that takes bytes as they are (9100) */
#define WB_TARGET_FOLDER                                                                           \
  "folder" /* target: a folder; each job becomes a file, named by its title */

/* WB_PRINTER_FORMAT: what the printer is sent. The first two are also formats of documents. */
#define WB_PRINT_PDF  "pdf"
#define WB_PRINT_PNG  "png"
#define WB_PRINT_PWG  "pwg" /* PWG raster: the printer's dots */
#define WB_PRINT_ZPL  "zpl"
#define WB_PRINT_EPL2 "epl2"
#define WB_PRINT_TSPL "tspl"

/* WB_PRINTER_SENSOR: how a label printer finds where a label begins; NULL: as it is set itself. */
#define WB_SENSOR_GAP        "gap"
#define WB_SENSOR_MARK       "mark"
#define WB_SENSOR_CONTINUOUS "continuous"

/* WB_PRINTER_FINISH: what it does after a label; NULL: as it is set itself. */
#define WB_FINISH_TEAR "tear"
#define WB_FINISH_CUT  "cut"
#define WB_FINISH_PEEL "peel"

/* What prints a kind of document, on one station (wb_station()) or, with no station, on all that
 * have no row of their own. media: PWG name. gap_dmm, nudge_x, nudge_y: tenths of a millimetre,
 * nudges to the right and down as the label is read; darkness: per cent; speed_mms: millimetres a
 * second; rotation: degrees clockwise. 0 and NULL: as the printer is set itself. host: the station
 * whose computer knows the queue or folder, NULL: the row's own. */
#define WB_PRINTER_FIELDS(F, P)                                                                    \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, STATION, "station", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, DOCUMENT, "document", TEXT, WB_FIELD_MATCH, NULL)                                          \
  F (P, TARGET_KIND, "target_kind", TEXT, WB_FIELD_PLAIN, NULL)                                    \
  F (P, TARGET, "target", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, FORMAT, "format", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, MEDIA, "media", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, DPI, "dpi", INT, WB_FIELD_PLAIN, NULL)                                                     \
  F (P, SENSOR, "sensor", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, GAP_DMM, "gap_dmm", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, DARKNESS, "darkness", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, SPEED_MMS, "speed_mms", INT, WB_FIELD_PLAIN, NULL)                                         \
  F (P, ROTATION, "rotation", INT, WB_FIELD_PLAIN, NULL)                                           \
  F (P, NUDGE_X, "nudge_x", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, NUDGE_Y, "nudge_y", INT, WB_FIELD_PLAIN, NULL)                                             \
  F (P, FINISH, "finish", TEXT, WB_FIELD_PLAIN, NULL)                                              \
  F (P, HOST, "host", TEXT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPrinter, wb_printer, PRINTER, WB_PRINTER, WB_PRINTER_FIELDS)

const char *wb_station (void);

/* Papers of many shipments in one go. station: where it was begun. trouble: why it stands still. */
#define WB_PRINT_BATCH_OPEN      "open"
#define WB_PRINT_BATCH_DONE      "done"
#define WB_PRINT_BATCH_CANCELLED "cancelled"
#define WB_PRINT_BATCH_FIELDS(F, P)                                                                \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, STATION, "station", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, STATE, "state", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, TROUBLE, "trouble", TEXT, WB_FIELD_PLAIN, NULL)                                            \
  F (P, ACTOR, "actor", TEXT, WB_FIELD_PLAIN, NULL)                                                \
  F (P, CREATED_AT, "created_at", INSTANT, WB_FIELD_PLAIN, NULL)
WB_DECLARE_RECORD (WbPrintBatch, wb_print_batch, PRINT_BATCH, WB_PRINT_BATCH, WB_PRINT_BATCH_FIELDS)

/* One paper of a batch. place: 1, 2, 3…: the order in which they are printed. operation_id: the
 * latest request for it, 0: none yet. */
#define WB_PRINT_ROW_FIELDS(F, P)                                                                  \
  F (P, ID, "id", INT, WB_FIELD_KEY, NULL)                                                         \
  F (P, BATCH_ID, "batch_id", INT, WB_FIELD_KEY, NULL)                                             \
  F (P, PLACE, "place", INT, WB_FIELD_PLAIN, NULL)                                                 \
  F (P, SHIPMENT_ID, "shipment_id", INT, WB_FIELD_KEY, NULL)                                       \
  F (P, DOCUMENT, "document", TEXT, WB_FIELD_PLAIN, NULL)                                          \
  F (P, OPERATION_ID, "operation_id", INT, WB_FIELD_KEY, NULL)
WB_DECLARE_RECORD (WbPrintRow, wb_print_row, PRINT_ROW, WB_PRINT_ROW, WB_PRINT_ROW_FIELDS)

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
