/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos for the packing table: a work takes or reads one, keeps it with the order, and brings back
 * small pictures of all. */
#include "wb-photo-works.h"

#include "wb-camera.h"

#include <glib/gi18n-lib.h>

#define PATIENCE_S 30
#define SMALL      160 /* pixels, the longer side */

typedef struct
{
  gint64  order_id;
  char   *path;
  GBytes *bytes;
} Ask;

/** wb_photo_ask_new: @path, @bytes: (nullable): where the photo is. Returns: (transfer full): data
 * for the works of this file. */
gpointer
wb_photo_ask_new (gint64 order_id, const char *path, GBytes *bytes)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->order_id = order_id;
  ask->path = g_strdup (path);
  ask->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return ask;
}

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->path);
  g_clear_pointer (&ask->bytes, g_bytes_unref);
  g_free (ask);
}

static GdkPixbuf *
make_small (GBytes *photo)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (photo);
  g_autoptr (GdkPixbuf)    small =
      gdk_pixbuf_new_from_stream_at_scale (stream, SMALL, SMALL, TRUE, NULL, NULL);

  return small != NULL ? gdk_pixbuf_apply_embedded_orientation (small) : NULL;
}

/* What cannot be drawn small is kept all the same, and counts as an empty picture. */
static GPtrArray *
look_at (WbBook *book, gint64 order_id, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_evidence (book, order_id, 0, error);
  g_autoptr (GPtrArray) small = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char        *kind = wb_record_get_text (all->pdata[i], WB_EVIDENCE_KIND);
      const char        *hash = wb_record_get_text (all->pdata[i], WB_EVIDENCE_DOCUMENT);
      g_autoptr (GBytes) photo = NULL;
      GdkPixbuf         *picture;

      if (g_strcmp0 (kind, WB_EVIDENCE_PHOTO) != 0 || hash == NULL)
        continue;
      if ((photo = wb_book_get_document (book, hash, NULL, error)) == NULL)
        return NULL;
      picture = make_small (photo);
      g_ptr_array_add (
          small, picture != NULL ? picture : gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4, 3));
    }
  return all != NULL ? g_steal_pointer (&small) : NULL;
}

static gpointer
run_look (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? look_at (book, ((Ask *) data)->order_id, error) : NULL;
}

static gpointer
keep (WbJob *job, gint64 order_id, GBytes *photo, GError **error)
{
  WbDesk            *desk = wb_job_get_desk (job, error);
  const char        *type = photo != NULL ? wb_photo_type (photo, error) : NULL;
  g_autoptr (WbPack) pack = NULL;

  if (desk == NULL || type == NULL)
    return NULL;
  pack = wb_pack_open (wb_desk_get_book (desk), order_id, wb_station (), wb_desk_get_actor (desk),
                       error);
  if (pack == NULL || !wb_pack_add_photo (pack, photo, type, error))
    return NULL;
  return look_at (wb_desk_get_book (desk), order_id, error);
}

static gpointer
run_take (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook            *book = wb_job_get_book (job, error);
  g_autofree char   *command = book != NULL ? wb_camera_get_command (book, wb_station ()) : NULL;
  g_autoptr (GBytes) photo =
      command != NULL ? wb_camera_take (command, PATIENCE_S, cancellable, error) : NULL;

  return photo != NULL ? keep (job, ((Ask *) data)->order_id, photo, error) : NULL;
}

static gpointer
run_add (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask               *ask = data;
  g_autoptr (GBytes) photo =
      ask->bytes != NULL ? g_bytes_ref (ask->bytes) : wb_photo_read (ask->path, error);

  return photo != NULL ? keep (job, ask->order_id, photo, error) : NULL;
}

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_camera_set_command (wb_desk_get_book (desk), wb_station (), data, error)
             ? g_strdup (_ ("Saved"))
             : NULL;
}

static gpointer
run_try (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) photo = wb_camera_take (data, PATIENCE_S, cancellable, error);

  return photo != NULL ? g_strdup_printf (_ ("The camera took a photo of %d kB"),
                                          (int) (g_bytes_get_size (photo) / 1000))
                       : NULL;
}

static void
free_pictures (gpointer pictures)
{
  g_ptr_array_unref (pictures);
}

#define WORK(name, does, is_effect)                                                                \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = ask_free, .free_result = free_pictures, .effect = is_effect          \
  }

WORK (wb_photos_look_work, run_look, FALSE);
WORK (wb_photo_take_work, run_take, TRUE);
WORK (wb_photo_add_work, run_add, TRUE);

const WbWorkKind wb_camera_save_work = {
  .run = run_save, .free_data = g_free, .free_result = g_free, .effect = TRUE
};
const WbWorkKind wb_camera_try_work = { .run = run_try,
                                        .free_data = g_free,
                                        .free_result = g_free };
