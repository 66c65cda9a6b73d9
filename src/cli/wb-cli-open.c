/* SPDX-License-Identifier: GPL-3.0-or-later
 * The workspace that a command works on: which order book, which place for secrets, traced or not.
 */
#include "wb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* A workspace's name becomes a file's name: it must not lead anywhere else. */
static gboolean
check_workspace (const char *name, GError **error)
{
  if (*name != '\0' && *name != '.' && strchr (name, '/') == NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” cannot be the name of a workspace"),
               name);
  return FALSE;
}

/* Where --book, $WAYBILL_BOOK or --workspace say. */
char *
wb_cli_book_path (WbCli *self)
{
  const char *book = wb_cli_option (self, "book");
  const char *workspace = wb_cli_option (self, "workspace");

  if (self->practice != NULL)
    return g_strdup (wb_practice_get_book_path (self->practice));
  if (book == NULL && workspace == NULL)
    book = g_getenv ("WAYBILL_BOOK");
  return book != NULL ? g_strdup (book)
                      : wb_desk_default_path (workspace != NULL ? workspace : "default");
}

static WbSecrets *
open_secrets (WbCli *self, GError **error)
{
  const char *file = wb_cli_option (self, "secrets-file");

  if (self->practice != NULL)
    return wb_secrets_ref (wb_practice_get_secrets (self->practice));
  if (file == NULL)
    file = g_getenv ("WAYBILL_SECRETS_FILE");
  return file != NULL ? wb_secrets_new_file (file, error) : wb_secrets_new_service ();
}

static gboolean
open_practice (WbCli *self, GError **error)
{
  const char *folder = wb_cli_option (self, "practice");

  if (folder != NULL && self->practice == NULL)
    self->practice = wb_practice_open (folder, 40, 1, error);
  return folder == NULL || self->practice != NULL;
}

static WbDesk *
open_desk (WbCli *self, GError **error)
{
  g_autoptr (WbSecrets) secrets = open_secrets (self, error);
  g_autofree char      *path = NULL;
  g_autofree char      *actor = g_strdup_printf ("waybillctl (%s)", g_get_user_name ());

  if (secrets == NULL)
    return NULL;
  path = wb_cli_book_path (self);
  return wb_desk_open (path, secrets, actor, error);
}

/**
 * wb_cli_open:
 * Returns: (transfer none): the engine on the workspace, opened with the first call.
 */
WbDesk *
wb_cli_open (WbCli *self, GError **error)
{
  const char *trace = wb_cli_option (self, "trace");
  const char *workspace = wb_cli_option (self, "workspace");

  if (self->desk != NULL)
    return self->desk;
  if ((workspace != NULL && !check_workspace (workspace, error)) || !open_practice (self, error))
    return NULL;
  self->desk = open_desk (self, error);
  if (self->desk != NULL && trace != NULL && !wb_desk_trace (self->desk, trace, error))
    g_clear_object (&self->desk);
  return self->desk;
}

/** wb_cli_open_second: Returns: (transfer full): the engine on the same workspace once more, for
 * another thread; it writes no trace. */
WbDesk *
wb_cli_open_second (WbCli *self, GError **error)
{
  return wb_cli_open (self, error) != NULL ? open_desk (self, error) : NULL;
}

/** wb_cli_book: Returns: (transfer none): the order book of the workspace. */
WbBook *
wb_cli_book (WbCli *self, GError **error)
{
  WbDesk *desk = wb_cli_open (self, error);

  return desk != NULL ? wb_desk_get_book (desk) : NULL;
}

/** wb_cli_close: lets go of the workspace. */
void
wb_cli_close (WbCli *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->practice, wb_practice_close);
}
