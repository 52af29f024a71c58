#include "rubis-registered-letter.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

G_DEFINE_FINAL_TYPE (RubisRegisteredLetter, rubis_registered_letter, G_TYPE_OBJECT)

static const struct {
  const char *id;
  const char *label; /* untranslated */
} stages[RUBIS_N_REGISTERED_STAGES] = {
  [RUBIS_REGISTERED_TO_NUMBER] = { "to_number", NC_("registered letters", "To number") },
  [RUBIS_REGISTERED_TO_POST] = { "to_post", NC_("registered letters", "To post") },
  [RUBIS_REGISTERED_UNDER_WAY] = { "under_way", NC_("registered letters", "Under way") },
  [RUBIS_REGISTERED_RETURNED] = { "returned", NC_("registered letters", "Returned") },
  [RUBIS_REGISTERED_DONE] = { "done", NC_("registered letters", "Settled") },
};

static void
rubis_registered_letter_finalize (GObject *object)
{
  RubisRegisteredLetter *self = RUBIS_REGISTERED_LETTER (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->subject);
  g_free (self->number);
  g_free (self->guarantee);
  g_free (self->by_provider);
  G_OBJECT_CLASS (rubis_registered_letter_parent_class)->finalize (object);
}

static void
rubis_registered_letter_class_init (RubisRegisteredLetterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_registered_letter_finalize;
}

static void
rubis_registered_letter_init (RubisRegisteredLetter *self)
{
  self->notice_until = RUBIS_DATE_NONE;
}

RubisRegisteredLetter *
rubis_registered_letter_new (void)
{
  return g_object_new (RUBIS_TYPE_REGISTERED_LETTER, NULL);
}

RubisRegisteredStage
rubis_registered_letter_get_stage (RubisRegisteredLetter *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_LETTER (self), RUBIS_REGISTERED_DONE);

  switch (self->course.state)
    {
    case RUBIS_REGISTERED_WRITTEN:
    case RUBIS_REGISTERED_PRINTED:
      if (*self->by_provider != '\0')
        return RUBIS_REGISTERED_UNDER_WAY;
      return *self->number == '\0' ? RUBIS_REGISTERED_TO_NUMBER : RUBIS_REGISTERED_TO_POST;
    case RUBIS_REGISTERED_DEPOSITED:
    case RUBIS_REGISTERED_PRESENTED:
      return RUBIS_REGISTERED_UNDER_WAY;
    case RUBIS_REGISTERED_REFUSED:
    case RUBIS_REGISTERED_NOT_CLAIMED:
    case RUBIS_REGISTERED_WRONG_ADDRESS:
      return RUBIS_REGISTERED_RETURNED;
    case RUBIS_REGISTERED_RECEIVED:
    default:
      return RUBIS_REGISTERED_DONE;
    }
}

const char *
rubis_registered_stage_to_id (RubisRegisteredStage stage)
{
  g_return_val_if_fail (stage < RUBIS_N_REGISTERED_STAGES, "");

  return stages[stage].id;
}

gboolean
rubis_registered_stage_from_id (const char *id, RubisRegisteredStage *stage)
{
  g_return_val_if_fail (id != NULL && stage != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_REGISTERED_STAGES; i++)
    {
      if (g_str_equal (stages[i].id, id))
        {
          *stage = (RubisRegisteredStage) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_registered_stage_to_label (RubisRegisteredStage stage)
{
  g_return_val_if_fail (stage < RUBIS_N_REGISTERED_STAGES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "registered letters", stages[stage].label);
}

/* A provider neither prints nor posts before the user's eyes: what is known is that it has the letter. */
static char *
describe_given (RubisRegisteredLetter *self)
{
  g_autofree char *day = NULL;

  if (self->course.printed_on == RUBIS_DATE_NONE)
    /* Translators: the state of a registered letter; name of a provider: "Given to AR24". */
    return g_strdup_printf (_("Given to %s"), self->by_provider);
  day = rubis_format_date_short (self->course.printed_on, rubis_format_ui_language ());
  /* Translators: name of a provider, day: "Given to AR24 on 23/11/2026". */
  return g_strdup_printf (_("Given to %s on %s"), self->by_provider, day);
}

char *
rubis_registered_letter_describe_state (RubisRegisteredLetter *self, RubisDate today)
{
  RubisDate date;
  g_autofree char *day = NULL;
  const char *label;
  int age;

  g_return_val_if_fail (RUBIS_IS_REGISTERED_LETTER (self), NULL);

  if (*self->by_provider != '\0' && self->course.state <= RUBIS_REGISTERED_PRINTED)
    return describe_given (self);
  date = rubis_registered_course_get_date (&self->course);
  label = rubis_registered_state_to_label (self->course.state);
  if (date == RUBIS_DATE_NONE)
    return g_strdup (label);
  day = rubis_format_date_short (date, rubis_format_ui_language ());
  age = today - date;
  if (age <= 0)
    /* Translators: the state of a registered letter, and its day: "Posted on 20/11/2026". */
    return g_strdup_printf (_("%s on %s"), label, day);
  return g_strdup_printf (ngettext ("%s on %s, %d day ago", "%s on %s, %d days ago", (gulong) age), label, day, age);
}

/* What is to be done about a letter that has its answer. */
static char *
describe_closed (RubisRegisteredLetter *self, RubisDate today)
{
  if (self->course.state == RUBIS_REGISTERED_WRONG_ADDRESS)
    return g_strdup (self->address_bad ? _("Check the address: the notice has to be sent again.")
                                       : _("The address was checked: the notice can be sent again."));
  if (self->notice_until != RUBIS_DATE_NONE && today <= self->notice_until)
    {
      g_autofree char *day = rubis_format_date_short (self->notice_until, rubis_format_ui_language ());

      return g_strdup_printf (_("The deadline runs until %s."), day);
    }
  if (self->n_proofs == 0)
    return g_strdup (_("Add the scan of the receipt or of the envelope."));
  return g_strdup (self->notice_until != RUBIS_DATE_NONE ? _("The deadline has passed.") : "");
}

char *
rubis_registered_letter_describe_next (RubisRegisteredLetter *self, RubisDate today)
{
  RubisRegisteredState state;
  RubisDate date;
  g_autofree char *day = NULL;

  g_return_val_if_fail (RUBIS_IS_REGISTERED_LETTER (self), NULL);

  if (!rubis_registered_course_expect (&self->course, &state, &date))
    return describe_closed (self, today);
  if (self->uncertain)
    return g_strdup (_("Nobody knows whether it left: ask the provider, and note it in the outbox."));
  if (*self->by_provider != '\0' && self->course.state < RUBIS_REGISTERED_PRESENTED)
    return g_strdup (_("Wait: the provider will tell."));
  day = rubis_format_date_short (date, rubis_format_ui_language ());
  switch (rubis_registered_letter_get_stage (self))
    {
    case RUBIS_REGISTERED_TO_NUMBER:
      return g_strdup (_("Give it the number of its form."));
    case RUBIS_REGISTERED_TO_POST:
      return g_strdup (_("Take it to the post office."));
    case RUBIS_REGISTERED_UNDER_WAY:
    case RUBIS_REGISTERED_RETURNED:
    case RUBIS_REGISTERED_DONE:
    default:
      break;
    }
  if (state == RUBIS_REGISTERED_PRESENTED)
    return g_strdup (_("Note when it is presented."));
  if (today > date)
    return g_strdup_printf (_("Not claimed? The office held it until %s."), day);
  return g_strdup_printf (_("The office holds it until %s."), day);
}

char *
rubis_registered_letter_get_tracking_link (RubisRegisteredLetter *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_LETTER (self), NULL);

  if (*self->number == '\0')
    return NULL;
  return g_strconcat ("https://www.laposte.fr/outils/suivre-vos-envois?code=", self->number, NULL);
}
