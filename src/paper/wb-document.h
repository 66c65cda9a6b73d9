/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside the papers: a document as strips of placed pieces, laid out once, then broken into pages
 * and drawn. All measures are points. */
#pragma once

#include "wb-order-paper.h"
#include "wb-paper-words.h"
#include "wb-table-paper.h"
#include "wb-template.h"
#include "wb-typeset.h"

G_BEGIN_DECLS

#define WB_DOC_MARGIN 45.0
#define WB_DOC_GAP    14.0

typedef struct _WbDoc WbDoc;

/* A picture: the merchant's logo, which stands on every page, or one of a document's own. */
typedef struct _WbLogo WbLogo;

WbLogo *wb_logo_new (GBytes *bytes, GError **error);
WbLogo *wb_logo_new_photo (GBytes *bytes, GError **error);
void    wb_logo_free (WbLogo *self);
void    wb_logo_fit (const WbLogo *self, double *width, double *height);
void    wb_logo_draw (WbLogo *self, cairo_t *cr, double x, double y, double width, double height);

/**
 * WbDocAsk: what every document is set with. All borrowed.
 * @words: whose words it speaks
 * @width: of the paper
 * @bare: a form that fills its page: no margins above, no foot
 * @logo: (nullable)
 * @receiver_country: (nullable): addresses end with their country's name where it is another
 * @han: (nullable): the language whose forms Han characters take; %NULL: the words' own
 */
typedef struct
{
  const WbTemplate *template;
  const WbWords *words;
  double         width, height;
  gboolean       practice;
  gboolean       bare;
  WbLogo        *logo;
  WbOrigin      *origin;
  const char    *receiver_country;
  const char    *han;
} WbDocAsk;

WbDoc *wb_doc_new (void);
void   wb_doc_free (WbDoc *self);
void   wb_doc_begin (WbDoc *self, const WbDocAsk *ask);
guint  wb_doc_draw (WbDoc *self, cairo_t *cr);
char **wb_doc_dup_warnings (WbDoc *self);
void   wb_doc_warn (WbDoc *self, const char *warning);

/* Words and numbers. What they return lives until the next wb_doc_begin(). */
const char *wb_doc_word (WbDoc *self, const char *key);
const char *wb_doc_fill (WbDoc *self, const char *key, ...) G_GNUC_NULL_TERMINATED;
const char *wb_doc_dup (WbDoc *self, const char *text);
const char *wb_doc_number (WbDoc *self, gint64 number);
const char *wb_doc_money (WbDoc *self, gint64 minor, const char *currency);
const char *wb_doc_kilos (WbDoc *self, gint64 grams);
const char *wb_doc_date (WbDoc *self, const char *date);
const char *wb_doc_day (WbDoc *self, WbInstant instant, const char *zone);
const char *wb_doc_address (WbDoc *self, gpointer address);
const char *wb_doc_origin (WbDoc *self, const char *joint, gboolean whole);
const char *wb_doc_sender (WbDoc *self);

/* What stands on every page. */
void wb_doc_set_running (WbDoc *self, const char *running);
void wb_doc_set_foot (WbDoc *self, const char *foot);

/* Strips: begun, filled from their own top down, ended. */
double wb_doc_inner_width (WbDoc *self);
void   wb_doc_strip_begin (WbDoc *self);
double wb_doc_text (WbDoc      *self,
                    WbTypeStyle style,
                    gboolean    own,
                    guint       max_lines,
                    const char *text,
                    double      start,
                    double      y,
                    double      width,
                    WbSide      side);
void   wb_doc_rule (WbDoc *self, double y, double grey);
void   wb_doc_line (WbDoc *self, double start, double y, double width, double height, double grey);
void   wb_doc_box (WbDoc *self, double start, double y, double width, double height, double grey);
void   wb_doc_strip_end (WbDoc *self, double gap, double height, gboolean keep);
void   wb_doc_heading (WbDoc *self, const char *text);

/* Blocks (wb-document-blocks.c). A fact's @value %NULL leaves it out; @own: no other document says
 * the same. */
typedef struct
{
  const char *label;
  const char *value;
  gboolean    own;
} WbDocFact;

typedef struct
{
  const char *caption;
  const char *text;
} WbDocAddress;

void wb_doc_letterhead (WbDoc *self, const char *title);
void wb_doc_addresses (WbDoc              *self,
                       const WbDocAddress *addresses,
                       guint               n_addresses,
                       const WbDocFact    *facts,
                       guint               n_facts,
                       const char         *barcode);
void wb_doc_paragraph (WbDoc *self, WbTypeStyle style, const char *text);
void wb_doc_totals (WbDoc *self, const WbDocFact *totals, guint n);
void wb_doc_signature (WbDoc *self, const char *caption);
void wb_doc_place (WbDoc *self, const char *caption, double width, double height);
void wb_doc_picture (
    WbDoc *self, WbLogo *picture, const char *caption, double most_width, double most_height);

/* Tables (wb-document-table.c): columns by their names in templates, or with titles of their own.
 */
void wb_doc_table_begin (WbDoc *self, const char *const *columns);
void wb_doc_table_begin_titled (WbDoc *self, const WbTableColumn *columns, guint n);
void wb_doc_row (WbDoc *self, const char *const *cells, const char *note);

/* For the files of the document only. */
typedef enum
{
  WB_PIECE_TEXT,
  WB_PIECE_FILL,
  WB_PIECE_BOX,
  WB_PIECE_DASHES,
  WB_PIECE_BARCODE,
  WB_PIECE_LOGO,
} WbPieceKind;

typedef struct
{
  WbPieceKind  kind;
  WbTypeStyle  style;
  WbSide       side;
  PangoLayout *layout;
  const char  *text;    /* of a barcode */
  WbLogo      *picture; /* NULL: the logo of the document */
  double       start, y, width, height, grey;
} WbPiece;

typedef struct
{
  guint    first, n; /* pieces */
  double   gap, height;
  guint    head; /* the table's head, from 1; 0: none */
  gboolean keep; /* never the last thing on a page */
} WbStrip;

typedef struct
{
  const char *word;
  double      start, width;
  gboolean    number; /* stands at the end side */
  gboolean    strong;
  gboolean    box;  /* to be ticked or filled in by hand */
  gboolean    main; /* takes what is left, and notes */
  gboolean    told; /* word is its title as it stands */
} WbDocColumn;

struct _WbDoc
{
  WbDocAsk      ask;
  WbTypeset    *type;
  GStringChunk *texts;
  GArray       *pieces;
  GArray       *strips;
  GArray       *heads;   /* of WbStrip */
  GArray       *columns; /* of WbDocColumn */
  const char   *running;
  const char   *foot;
  gboolean      mirrored;
  guint         begun; /* first piece of the strip being made */
  guint         head;  /* of the table being made */
  GTimeZone    *zone;  /* held, as GLib would read its file anew for each paper */
};

void wb_doc_piece (WbDoc *self, const WbPiece *piece);

G_END_DECLS
