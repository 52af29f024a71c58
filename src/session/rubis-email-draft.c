/* Emails that are no step of a scenario. */
#include "rubis-email-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-format.h"
#include "rubis-store-items.h"

/* The text of a person as that of a template in which nothing is Markdown nor a hashtag. */
static char *
escape_text (const char *text)
{
  GString *escaped = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r' || (at_start && (*p == ' ' || *p == '\t')))
        continue;
      at_start = *p == '\n';
      if (*p == '#')
        g_string_append (escaped, "&num;");
      else if (g_ascii_ispunct (*p))
        g_string_append_printf (escaped, "\\%c", *p);
      else if (*p == '\n' && p[1] != '\n' && p[1] != '\r' && p[1] != '\0' && escaped->len > 0
               && escaped->str[escaped->len - 1] != '\n')
        /* A forced line break: people break lines where they mean it. */
        g_string_append (escaped, "\\\n");
      else
        g_string_append_c (escaped, *p);
    }
  return g_string_free (escaped, FALSE);
}

/* A letter of thanks may be about nothing and asks for nothing: the kind that adds nothing of its own. */
static RubisTemplate *
make_template (const RubisDraftRequest *draft, const char *language, GError **error)
{
  g_autofree char *body = escape_text (draft->text != NULL ? draft->text : "");
  g_autofree char *text
      = g_strdup_printf ("---\nid: draft\nlanguage: %s\nchannel: email\nkind: thanks\nname: draft\n"
                         "subject: \n---\n%s\n",
                         language, body);

  return rubis_template_new (text, draft->title, error);
}

/* The words of a person to a colleague, with what they are about below them. */
static RubisTemplate *
make_request_template (const RubisDraftRequest *draft, GError **error)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *body = escape_text (draft->text != NULL ? draft->text : "");
  g_autofree char *text
      = g_strdup_printf ("---\nid: draft\nlanguage: %s\nchannel: email\nkind: internal\nname: draft\n"
                         "subject: \n---\n%s\n\n%s\n",
                         language, body,
                         g_str_equal (language, "fr") ? "#NomClient (#CodeClient)\n\n#PiecesLitige"
                                                      : "#CustomerName (#CustomerCode)\n\n#DisputeItems");

  return rubis_template_new (text, draft->title, error);
}

/* The language in which the account is written to. */
static char *
load_language (RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, &load_error);

  if (account != NULL)
    return g_strdup (account->language[0] != '\0' ? account->language : "fr");
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such account."));
  return NULL;
}

/* Of several copies that are asked for some may not be there: whoever approves the email has to know. */
static gboolean
warn_of_missing (RubisDatabase *db, GArray *item_ids, RubisEnclosures *enclosures, GError **error)
{
  for (guint i = 0; item_ids != NULL && i < item_ids->len; i++)
    {
      g_autofree char *number = NULL;
      g_autoptr (GError) load_error = NULL;
      gint64 owner = 0;
      gboolean found = FALSE;

      if (!rubis_store_get_item_name (db, g_array_index (item_ids, gint64, i), &owner, &number, &load_error)
          && load_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&load_error));
          return FALSE;
        }
      for (guint k = 0; number != NULL && k < enclosures->parts->len; k++)
        found = found
                || g_str_equal (((RubisEnclosure *)g_ptr_array_index (enclosures->parts, k))->number, number);
      if (number != NULL && !found)
        g_ptr_array_add (enclosures->warnings, g_strdup_printf (_ ("The copy of %s is not with it."), number));
    }
  return TRUE;
}

RubisEmail *
rubis_email_make_for_draft (RubisAgendaMaker *maker, const RubisDraftRequest *draft,
                            const RubisEmailOptions *options, GError **error)
{
  RubisDatabase *db = rubis_agenda_maker_get_database (maker);
  RubisEmailSource source
      = { .request = { .account_id = draft->account_id,
                       .template_id = draft->template_id != NULL ? draft->template_id : "draft",
                       .item_ids = draft->item_ids },
          .to_email = draft->to_email,
          .to_name = draft->to_name,
          .subject = draft->subject,
          .in_reply_to = draft->in_reply_to,
          .asks = draft->item_ids != NULL && draft->item_ids->len > 0 };
  g_autoptr (RubisActionPaper) paper = NULL;
  g_autoptr (RubisTemplate) template_ = NULL;
  g_autofree char *language = NULL;
  RubisPaperOptions asked = RUBIS_PAPER_OPTIONS_INIT;

  g_return_val_if_fail (draft->template_id != NULL || draft->text != NULL, NULL);

  if (draft->dispute_id != 0)
    {
      asked.dispute_id = draft->dispute_id;
      source.request.paper = &asked;
    }
  if (draft->template_id == NULL && draft->dispute_id != 0)
    {
      template_ = make_request_template (draft, error);
      if (template_ == NULL)
        return NULL;
      source.request.template_ = template_;
    }
  else if (draft->template_id == NULL)
    {
      language = load_language (db, draft->account_id, error);
      template_ = language != NULL ? make_template (draft, language, error) : NULL;
      if (template_ == NULL)
        return NULL;
      source.request.template_ = template_;
    }
  paper = rubis_agenda_maker_fill_request (maker, &source.request, draft->copies ? RUBIS_ATTACH_INVOICES : 0,
                                           error);
  if (paper == NULL
      || (draft->copies && !warn_of_missing (db, draft->item_ids, paper->enclosures, error)))
    return NULL;
  source.paper = paper;
  return rubis_email_make (maker, &source, options, error);
}
