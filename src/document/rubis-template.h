/* rubis-template.h: a template: front matter, then CommonMark with hashtags.
 *
 *   ---
 *   id: relance-1
 *   language: fr
 *   channel: email
 *   kind: reminder
 *   tone: courteous
 *   name: Relance courtoise
 *   subject: Facture #NumeroFacture du #DateFacture
 *   ---
 *   #FormuleAppel
 *
 *   #SI{#NombreFactures > 1}Vos factures…#SINONVotre facture…#FIN
 *
 * #Name prints a value; #ListName_Modifier, #TotalName_Modifier say what a list holds and a total adds
 * up; ## is a plain #. Hashtags that draw a table, a list, an image, the payment
 * details or the signature stand alone on their line. Logic:
 *   #SI{condition} … #SINON … #FIN   (#IF … #ELSE … #END)
 *   #PLURIEL{facture|factures}       (#PLURAL{…|…}) by #NombreFactures
 *   #PLURIEL{#JoursRetard|jour|jours} by another number
 *   #DEFAUT{#Name|other text}        (#DEFAULT{…|…}) when #Name has no value
 * A condition is #Name, or #Name compared (= != < <= > >=) with a number or "text", combined with
 * "non", "et", "ou" ("not", "and", "or"; "et" binds closer) and parentheses. Logic is settled on
 * the text of the template, then the text is parsed, then values are put into the tree: a value is
 * never read for hashtags nor for Markdown.
 */
#pragma once

#include "rubis-document.h"

G_BEGIN_DECLS

#define RUBIS_TEMPLATE_ERROR (rubis_template_error_quark ())
typedef enum {
  RUBIS_TEMPLATE_ERROR_FORMAT,    /* front matter or text cannot be read */
  RUBIS_TEMPLATE_ERROR_UNKNOWN,   /* unknown hashtag */
  RUBIS_TEMPLATE_ERROR_LOGIC,     /* a condition that does not hold together */
  RUBIS_TEMPLATE_ERROR_MISSING,   /* a mandatory hashtag has no value */
} RubisTemplateError;
GQuark rubis_template_error_quark (void);

typedef enum {
  RUBIS_TEMPLATE_REMINDER,
  RUBIS_TEMPLATE_NOTICE,    /* before the due date */
  RUBIS_TEMPLATE_STATEMENT,
  RUBIS_TEMPLATE_FORMAL,    /* mise en demeure */
  RUBIS_TEMPLATE_THANKS,
  RUBIS_TEMPLATE_SCRIPT,    /* what to say on the telephone */
  RUBIS_TEMPLATE_AGREEMENT, /* to be signed by both parties: a payment plan */
  RUBIS_TEMPLATE_RECEIPT,
  RUBIS_TEMPLATE_INTERNAL,  /* for the own files: never sent to the customer */
  RUBIS_TEMPLATE_LEGAL,     /* for a court */
} RubisTemplateKind;

/* How a text speaks, which its words have to fit. */
typedef enum {
  RUBIS_TONE_COURTEOUS, /* notice, first reminder, thanks, statement */
  RUBIS_TONE_FIRM,      /* later reminders */
  RUBIS_TONE_FORMAL,    /* formal notice */
} RubisTemplateTone;

typedef enum {
  RUBIS_RENDER_STRICT = 0,
  RUBIS_RENDER_PREVIEW = 1 << 0, /* a missing value is shown as such instead of being an error */
} RubisRenderFlags;

typedef struct _RubisTemplate RubisTemplate;

/* Reads a template. @origin names it in messages ("relance-1.md"). Every hashtag and condition is
 * checked; errors name @origin, the line and what was meant.
 */
RubisTemplate *rubis_template_new (const char *text, const char *origin, GError **error);
RubisTemplate *rubis_template_ref (RubisTemplate *self);
void rubis_template_unref (RubisTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplate, rubis_template_unref)

const char *rubis_template_get_id (RubisTemplate *self);
/* The name that users see; the id when the template has none. */
const char *rubis_template_get_name (RubisTemplate *self);
const char *rubis_template_get_language (RubisTemplate *self);
RubisChannel rubis_template_get_channel (RubisTemplate *self);
RubisTemplateKind rubis_template_get_kind (RubisTemplate *self);
/* What the template says of itself ("tone: courteous"), else what its kind asks for: formal for a formal
 * notice or an agreement, firm for a reminder or a call, courteous for the rest.
 */
RubisTemplateTone rubis_template_get_tone (RubisTemplate *self);
/* Whether the text or the subject prints @hashtag or asks for it. */
gboolean rubis_template_uses (RubisTemplate *self, RubisHashtag hashtag);

/* The total that a document of this template, filled with @context, asks the customer to pay: the
 * one that its text prints once its conditions are settled, or that of the list that it shows.
 * @modifiers (nullable): those of that total, for rubis_document_context_get_total().
 */
RubisHashtag rubis_template_get_claim (RubisTemplate *self, RubisDocumentContext *context,
                                       RubisListModifiers *modifiers);
/* Whether the text may show late-payment penalties or indemnities, in amounts or in a list. */
gboolean rubis_template_claims_penalties (RubisTemplate *self);

/* Fills the template. NULL and @error when a mandatory hashtag has no value: the message names
 * the hashtags and their lines. Thread-safe for one template in several threads.
 */
RubisDocument *rubis_template_render (RubisTemplate *self, RubisDocumentContext *context,
                                      RubisRenderFlags flags, GError **error);

G_END_DECLS
