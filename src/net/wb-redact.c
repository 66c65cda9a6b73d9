/* SPDX-License-Identifier: GPL-3.0-or-later
 * Removes secrets from text: by registered value, by the name they stand under, and by their shape.
 */
#include "wb-redact.h"

#include <string.h>

/* Shorter values would blank out ordinary words. */
#define MIN_SECRET 6
/* A body is searched only so far; a trace keeps much less. */
#define MAX_SEARCHED (1024 * 1024)
/* The cut end of a long body may hold half a secret: that much is dropped. */
#define CUT_MARGIN 4096

static GMutex     lock;
static GPtrArray *needles; /* every form of every registered secret, longest first */

/* A name with one of these inside stands before a secret. */
static const char *const secret_parts[] = {
  "key",           "secret",    "token",       "password",     "passwd", "passphrase",
  "authorization", "cookie",    "card_number", "cardnumber",   "cvc",    "cvv",
  "credential",    "signature", "iban",        "card[number]",
};

/* Names that contain such a part and yet are no secret, and are needed to understand a trace. */
static const char *const plain_names[] = {
  "idempotency-key",  "idempotency_key",        "keywords",      "keyword",
  "signature_method", "oauth_signature_method", "oauth_version",
};

/* ---- registered values ---- */

static gint
by_length_falling (gconstpointer a, gconstpointer b)
{
  gsize la = strlen (*(const char *const *) a);
  gsize lb = strlen (*(const char *const *) b);

  return la < lb ? 1 : la > lb ? -1 : 0;
}

static void
add_needle (const char *text)
{
  if (strlen (text) >= MIN_SECRET &&
      !g_ptr_array_find_with_equal_func (needles, text, g_str_equal, NULL))
    g_ptr_array_add (needles, g_strdup (text));
}

/* %2F and %2f are the same; so is “+” for a blank in forms. */
static void
add_percent_forms (const char *secret)
{
  g_autofree char    *upper = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char    *lower = g_strdup (upper);
  g_autoptr (GString) plus = g_string_new (upper);

  for (char *p = lower; (p = strchr (p, '%')) != NULL; p += 3)
    {
      p[1] = g_ascii_tolower (p[1]);
      p[2] = g_ascii_tolower (p[2]);
    }
  g_string_replace (plus, "%20", "+", 0);
  add_needle (upper);
  add_needle (lower);
  add_needle (plus->str);
}

static void
add_json_forms (const char *secret)
{
  g_autoptr (GString) escaped = g_string_new (secret);
  g_autoptr (GString) slashes = NULL;

  g_string_replace (escaped, "\\", "\\\\", 0);
  g_string_replace (escaped, "\"", "\\\"", 0);
  slashes = g_string_new (escaped->str);
  g_string_replace (slashes, "/", "\\/", 0);
  add_needle (escaped->str);
  add_needle (slashes->str);
}

static void
add_locked (const char *secret)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

  if (needles == NULL)
    needles = g_ptr_array_new_with_free_func (g_free);
  add_needle (secret);
  add_percent_forms (secret);
  add_json_forms (secret);
  add_needle (base64);
  g_ptr_array_sort (needles, by_length_falling);
}

/**
 * wb_redact_add:
 * Registers @secret: from now on no text that passes here shows it, neither as it is nor
 * percent-encoded, escaped for JSON or in base64. Values shorter than six bytes are left to the
 * rules by name. Any thread.
 */
void
wb_redact_add (const char *secret)
{
  if (secret == NULL || strlen (secret) < MIN_SECRET)
    return;
  g_mutex_lock (&lock);
  add_locked (secret);
  g_mutex_unlock (&lock);
}

/**
 * wb_redact_add_pair:
 * Registers @password, and the base64 of “user:password” that HTTP Basic sends. @user alone stays
 * visible.
 */
void
wb_redact_add_pair (const char *user, const char *password)
{
  g_autofree char *pair =
      g_strdup_printf ("%s:%s", user != NULL ? user : "", password != NULL ? password : "");

  wb_redact_add (password);
  wb_redact_add (pair);
}

/** wb_redact_clear: forgets all registered secrets (for tests). */
void
wb_redact_clear (void)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&needles, g_ptr_array_unref);
  g_mutex_unlock (&lock);
}

/* g_string_replace() moves the whole rest each time, which a body full of matches would make slow.
 */
static char *
replace_all (const char *text, const char *needle)
{
  GString    *out = g_string_new (NULL);
  gsize       length = strlen (needle);
  const char *end = text + strlen (text);
  const char *at = text;

  for (const char *hit; (hit = memmem (at, (gsize) (end - at), needle, length)) != NULL;
       at = hit + length)
    {
      g_string_append_len (out, at, hit - at);
      g_string_append (out, WB_REDACTED);
    }
  g_string_append_len (out, at, end - at);
  return g_string_free (out, FALSE);
}

static char *
redact_registered (const char *text)
{
  char *clean = g_strdup (text);

  g_mutex_lock (&lock);
  for (guint i = 0; needles != NULL && i < needles->len; i++)
    if (strstr (clean, needles->pdata[i]) != NULL)
      {
        g_autofree char *before = clean;

        clean = replace_all (before, needles->pdata[i]);
      }
  g_mutex_unlock (&lock);
  return clean;
}

/* ---- by name ---- */

/**
 * wb_redact_is_secret_key:
 * Whether what stands under @name (of a header, a JSON member, a query or form parameter) is a
 * secret.
 */
gboolean
wb_redact_is_secret_key (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (plain_names); i++)
    if (g_str_equal (lower, plain_names[i]))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (secret_parts); i++)
    if (strstr (lower, secret_parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Shops name each piece of meta data by "key": a name like “_tracking_number” there is no secret.
 */
static gboolean
is_meta_name (const char *name, const char *value, gsize length)
{
  if (g_ascii_strcasecmp (name, "key") != 0 && g_ascii_strcasecmp (name, "display_key") != 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalpha (value[i]) && strchr ("_-. ", value[i]) == NULL)
      return FALSE;
  return length <= 40;
}

/* The end of the quoted text at @at, which may be escaped itself (\"…\"): behind its closing quote.
 */
static const char *
skip_string (const char *at)
{
  gsize       depth = strspn (at, "\\");
  const char *p = at + depth + 1;

  for (; *p != '\0'; p++)
    {
      gsize n = strspn (p, "\\");

      if (p[n] == '\0')
        return p + n;
      if (p[n] == '"' && (n == depth || (depth == 0 && n % 2 == 0)))
        return p + n + 1;
      if (p[n] == '"' && n < depth)
        return p + n; /* the text around it ends here */
      p += n;         /* an escaped character, or a plain one when n is 0 */
    }
  return p;
}

static const char *
skip_container (const char *at)
{
  int depth = 0;

  for (const char *p = at; *p != '\0';)
    {
      if (*p == '"')
        {
          p = skip_string (p);
          continue;
        }
      depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
      p++;
      if (depth == 0)
        return p;
    }
  return at + strlen (at);
}

static gboolean
is_constant (const char *value, gsize length)
{
  static const char *const constants[] = { "null", "true", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    if (length == strlen (constants[i]) && strncmp (value, constants[i], length) == 0)
      return TRUE;
  return FALSE;
}

/* Appends the harmless form of the JSON value at @value; returns where it ends. */
static const char *
append_value (GString *out, const char *name, const char *value)
{
  gsize       escape = strspn (value, "\\");
  const char *end;

  if (value[escape] == '"')
    {
      const char *start = value + escape + 1;
      gsize       inner;

      end = skip_string (value);
      inner = end > start + escape + 1 ? (gsize) (end - start) - escape - 1 : 0;
      if (is_meta_name (name, start, inner))
        g_string_append_len (out, value, end - value);
      else
        g_string_append_printf (out, "%.*s\"" WB_REDACTED "%.*s\"", (int) escape, value,
                                (int) escape, value);
      return end;
    }
  if (*value == '{' || *value == '[')
    end = skip_container (value);
  else
    end = value + escape + strcspn (value + escape, ",}] \t\r\n\\");
  if (is_constant (value, (gsize) (end - value)))
    g_string_append_len (out, value, end - value);
  else
    g_string_append (out, "\"" WB_REDACTED "\"");
  return end;
}

static GRegex *
pattern (gsize *once, const char *text)
{
  if (g_once_init_enter (once))
    {
      GError *error = NULL;
      GRegex *regex =
          g_regex_new (text, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);

      g_assert_no_error (error);
      g_once_init_leave (once, (gsize) regex);
    }
  return (GRegex *) *once;
}

static char *
redact_members (const char *text)
{
  static gsize once;
  GRegex      *member = pattern (&once, "\\\\{0,8}\"([^\"\\\\\\r\\n]{1,80})\\\\{0,8}\"\\s*+:\\s*+");
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  gssize              length = (gssize) strlen (text);
  const char         *at = text;
  int                 from = 0;

  for (;;)
    {
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char       *name = NULL;
      int                    end;

      if (!g_regex_match_full (member, text, length, from, 0, &match, &error))
        break;
      name = g_match_info_fetch (match, 1);
      g_match_info_fetch_pos (match, 0, NULL, &end);
      from = end;
      if (!wb_redact_is_secret_key (name))
        continue;
      g_string_append_len (out, at, text + end - at);
      at = append_value (out, name, text + end);
      from = (int) (at - text);
    }
  g_string_append (out, error == NULL ? at : WB_REDACTED);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What cannot be searched is not shown. */
static char *
or_nothing (char *clean)
{
  return clean != NULL ? clean : g_strdup (WB_REDACTED);
}

static gboolean
replace_parameter (const GMatchInfo *match, GString *out, gpointer data)
{
  g_autofree char *lead = g_match_info_fetch (match, 1);
  g_autofree char *raw = g_match_info_fetch (match, 2);
  g_autofree char *value = g_match_info_fetch (match, 3);
  g_autofree char *name = g_uri_unescape_string (raw, NULL);
  gboolean         secret = wb_redact_is_secret_key (name != NULL ? name : raw);

  g_string_append_printf (out, "%s%s=%s", lead, raw, secret ? WB_REDACTED : value);
  return FALSE;
}

/* name=value in a query, a form or free text */
static char *
redact_parameters (const char *text)
{
  static gsize once;
  GRegex      *parameter =
      pattern (&once, "(^|[?&;\\s\"'(]|\\\\u0026)([\\w.%\\[\\]-]{2,80})=([^&\\s\"'<>;,)\\\\]+)");

  return or_nothing (
      g_regex_replace_eval (parameter, text, -1, 0, 0, replace_parameter, NULL, NULL));
}

/* ---- by shape ---- */

static gboolean
passes_luhn (const char *digits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint d = digits[n - 1 - i] - '0';

      d = i % 2 == 1 ? d * 2 : d;
      sum += d > 9 ? d - 9 : d;
    }
  return sum % 10 == 0;
}

static gboolean
replace_card (const GMatchInfo *match, GString *out, gpointer data)
{
  g_autofree char *text = g_match_info_fetch (match, 0);
  char             digits[32];
  guint            n = 0;

  for (const char *p = text; *p != '\0' && n < sizeof digits; p++)
    if (g_ascii_isdigit (*p))
      digits[n++] = *p;
  g_string_append (out, n >= 13 && n <= 19 && passes_luhn (digits, n) ? WB_REDACTED : text);
  return FALSE;
}

/* Keys of the vendors we know, passwords in URLs, HTTP authorisation, card numbers: wherever they
 * stand. */
static char *
redact_shapes (const char *text)
{
  static gsize keys_once, url_once, auth_once, card_once;
  GRegex *keys = pattern (&keys_once, "\\b(?:[rs]k_[a-z]+_\\w{8,}|whsec_\\w{8,}|c[ks]_[0-9a-f]{40}"
                                      "|EZ[AT]K\\w{16,}|shp(?:at|ca|pa|ss)_\\w{8,})");
  GRegex *url = pattern (&url_once, "(://[^/\\s:@]*):[^/\\s@]+@");
  GRegex *auth =
      pattern (&auth_once, "\\b(basic|bearer|oauth)\\s+(?=[\\w+/.=~-]*[\\d=])[\\w+/.=~-]{8,}");
  GRegex          *card = pattern (&card_once, "(?<![\\w.-])[3-6]\\d(?:[ -]?\\d){11,17}(?![\\w-])");
  g_autofree char *a =
      or_nothing (g_regex_replace_literal (keys, text, -1, 0, WB_REDACTED, 0, NULL));
  g_autofree char *b =
      or_nothing (g_regex_replace (url, a, -1, 0, "\\1:" WB_REDACTED "@", 0, NULL));
  g_autofree char *c = or_nothing (g_regex_replace (auth, b, -1, 0, "\\1 " WB_REDACTED, 0, NULL));

  return or_nothing (g_regex_replace_eval (card, c, -1, 0, 0, replace_card, NULL, NULL));
}

/* ---- public ---- */

/**
 * wb_redact_text:
 * Returns: (transfer full): valid UTF-8 with every secret in @text (a message, a URL, JSON, a form)
 * replaced by “***”.
 */
char *
wb_redact_text (const char *text)
{
  g_autofree char *known = redact_registered (text != NULL ? text : "");
  g_autofree char *members = redact_members (known);
  g_autofree char *parameters = redact_parameters (members);
  g_autofree char *shapes = redact_shapes (parameters);

  return g_utf8_make_valid (shapes, -1);
}

/** wb_redact_header: Returns: (transfer full): the value of header @name as it may be shown. */
char *
wb_redact_header (const char *name, const char *value)
{
  return wb_redact_is_secret_key (name) ? g_strdup (WB_REDACTED) : wb_redact_text (value);
}

static gboolean
is_text (const guint8 *data, gsize size)
{
  gsize odd = 0;

  for (gsize i = 0; i < size; i++)
    if (data[i] < 0x20 && data[i] != '\t' && data[i] != '\n' && data[i] != '\r')
      odd++;
  return odd * 100 <= size && memchr (data, 0, size) == NULL;
}

/**
 * wb_redact_body:
 * @content_type: (nullable): as the header says it
 * @max_size: bytes of text to keep
 *
 * Returns: (transfer full): @body as text without secrets, cut to @max_size; of binary data only
 * its size is told.
 */
char *
wb_redact_body (GBytes *body, const char *content_type, gsize max_size)
{
  gsize            size = 0;
  const guint8    *data = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  gsize            searched = MIN (size, MAX_SEARCHED);
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  gsize            keep;

  if (size == 0)
    return g_strdup ("");
  if (!is_text (data, MIN (size, 4096)) || memchr (data, 0, searched) != NULL)
    return g_strdup_printf ("[%" G_GSIZE_FORMAT " bytes, %s]", size,
                            content_type != NULL ? content_type : "binary");
  text = g_strndup ((const char *) data, searched);
  clean = wb_redact_text (text);
  keep = strlen (clean);
  if (searched < size)
    keep -= MIN (keep, CUT_MARGIN);
  if (keep <= max_size && searched == size)
    return g_steal_pointer (&clean);
  keep = MIN (keep, max_size);
  while (keep > 0 && ((guchar) clean[keep] & 0xc0) == 0x80)
    keep--;
  return g_strdup_printf ("%.*s\n[cut: %" G_GSIZE_FORMAT " bytes in all]", (int) keep, clean, size);
}

/** wb_redact_error: removes secrets from the message of @error, if there is one. Call it where an
 * error leaves this room. */
void
wb_redact_error (GError **error)
{
  char *clean;

  if (error == NULL || *error == NULL)
    return;
  clean = wb_redact_text ((*error)->message);
  g_free ((*error)->message);
  (*error)->message = clean;
}
