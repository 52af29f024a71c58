/* rubis-agenda-maker.h: the documents of actions: filled, with what goes with them.
 *
 * Private to session. A maker is used for many actions: it keeps its fonts and the list of copies.
 */
#pragma once

#include "rubis-enclosures.h"

G_BEGIN_DECLS

typedef struct _RubisAgendaMaker RubisAgendaMaker;

/* @db: as it stands while the maker lives. */
RubisAgendaMaker *rubis_agenda_maker_new (RubisSession *session, RubisDatabase *db);
void rubis_agenda_maker_free (RubisAgendaMaker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAgendaMaker, rubis_agenda_maker_free)
RubisSession *rubis_agenda_maker_get_session (RubisAgendaMaker *self);
RubisDatabase *rubis_agenda_maker_get_database (RubisAgendaMaker *self);
/* (nullable) (unowned) */
const RubisStep *rubis_agenda_maker_find_step (RubisAgendaMaker *self, const RubisActionRow *action);

/* A document and what goes with it. */
typedef struct
{
  RubisFilledDocument *filled;
  RubisEnclosures *enclosures;
} RubisActionPaper;
void rubis_action_paper_free (RubisActionPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisActionPaper, rubis_action_paper_free)

RubisActionPaper *rubis_agenda_maker_fill (RubisAgendaMaker *self, const RubisActionRow *action,
                                           GError **error);
/* What the document of an action is filled with. @request borrows from @action. */
void rubis_agenda_maker_make_request (RubisAgendaMaker *self, const RubisActionRow *action,
                                      RubisDocumentRequest *request);
/* @bits: RubisAttach. */
RubisActionPaper *rubis_agenda_maker_fill_request (RubisAgendaMaker *self, const RubisDocumentRequest *request,
                                                   guint bits, GError **error);
/* Fills the document of @paper again, after its enclosures changed. */
gboolean rubis_agenda_maker_refill (RubisAgendaMaker *self, const RubisDocumentRequest *request,
                                    RubisActionPaper *paper, GError **error);
/* The letter with its copies behind it. @n_pages: (out) (nullable) of all. */
GBytes *rubis_agenda_maker_write_letter (RubisAgendaMaker *self, RubisActionPaper *paper, guint *n_pages,
                                         GError **error);

G_END_DECLS
