/* rubis-agenda-files.h: documents as they leave: records in the dossier, files in folders.
 *
 * Private to session.
 */
#pragma once

#include "rubis-email.h"
#include "rubis-sms-message.h"

G_BEGIN_DECLS

/* One PDF of many letters, for the printer. */
typedef struct _RubisAgendaFiles RubisAgendaFiles;
RubisAgendaFiles *rubis_agenda_files_new_joined (RubisSession *session, const char *path, GError **error);
/* Draws a letter on new pages. */
gboolean rubis_agenda_files_append (RubisAgendaFiles *self, RubisFilledDocument *filled, guint *n_pages,
                                    GError **error);
/* Adds the pages of a letter that exists; with @duplex an empty one behind an odd number. @n_pages: (out) (nullable)
 * without the empty one.
 */
gboolean rubis_agenda_files_append_pdf (RubisAgendaFiles *self, GBytes *pdf, gboolean duplex, guint *n_pages,
                                        GError **error);
gboolean rubis_agenda_files_finish (RubisAgendaFiles *self, GError **error);
void rubis_agenda_files_free (RubisAgendaFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAgendaFiles, rubis_agenda_files_free)

/* A joined file in memory: its bytes are given at the end. */
RubisAgendaFiles *rubis_agenda_files_new_temporary (RubisSession *session, const char *title, GError **error);
/* Instead of rubis_agenda_files_finish(). */
GBytes *rubis_agenda_files_finish_bytes (RubisAgendaFiles *self, GError **error);

/* The document of an action: a PDF with its copies behind it, or @email (nullable). */
RubisDocumentRecord *rubis_agenda_make_record (RubisAgendaMaker *maker, const RubisActionRow *action,
                                               RubisActionPaper *paper, const RubisEmail *email, GError **error);
/* The same of an SMS: its words. */
RubisDocumentRecord *rubis_agenda_make_sms_record (RubisAgendaMaker *maker, const RubisActionRow *action,
                                                   const RubisActionPaper *paper, const RubisSmsMessage *sms);

/* Adds what was called off to what a run did not do. */
void rubis_agenda_report_called_off (RubisRunReport *report, const RubisOutboxRecord *queued, const char *why);
/* After the commit: writes the letters that are queued, of this run and of one that was cut off, to the folder of
 * @options and marks them sent (no folder: those of this run were printed, or wait to be; older ones go on waiting).
 * What waited from before and is no longer owed is called off. Completes @report.
 */
gboolean rubis_agenda_deliver (RubisSession *session, RubisStore *store, const RubisRunOptions *options,
                               RubisRunReport *report, GError **error);

G_END_DECLS
