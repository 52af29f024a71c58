#include "rubis-import-values.h"

#include <string.h>

#include "rubis-import-header.h"

#define MEMO_SLOTS 256
#define MEMO_TEXT 48

typedef struct
{
  const char *words; /* folded, parted by | */
  int value;
} Words;

/* TRUE when @folded is one of @words. */
static gboolean
is_one_of (const char *folded, const char *words)
{
  gsize n = strlen (folded);

  for (const char *p = strstr (words, folded); n > 0 && p != NULL; p = strstr (p + 1, folded))
    {
      if ((p == words || p[-1] == '|') && (p[n] == '\0' || p[n] == '|'))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_word (const char *folded, const char *word)
{
  gsize n = strlen (word);

  for (const char *p = strstr (folded, word); p != NULL; p = strstr (p + 1, word))
    {
      if (p == folded || p[-1] == ' ')
        return n >= 5 || p[n] == '\0' || p[n] == ' ';
    }
  return FALSE;
}

static gboolean
has_one_of (const char *folded, const char *words)
{
  g_auto(GStrv) parts = g_strsplit (words, "|", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (has_word (folded, *part))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_import_value_type (const char *text, RubisItemType *type)
{
  /* Whole codes first, then words inside longer texts; the order settles "facture d'avoir". */
  static const Words codes[] = {
    { "fac|fa|fc|fact|f|inv|si|dr|re|rg|vt|ve|vte|fv|380|out invoice|out", RUBIS_ITEM_INVOICE },
    { "avo|av|a|avr|cn|cm|sc|dg|gs|fa avoir|381|out refund|refund|crn", RUBIS_ITEM_CREDIT },
    { "rgl|reg|rgt|reglt|pmt|sr|dz|pay|zp", RUBIS_ITEM_PAYMENT },
    { "odi|od|misc|ab|sa", RUBIS_ITEM_MISC },
    { "trt|lcr|boe|eff", RUBIS_ITEM_DRAFT },
    { "dpa|dp|pf", RUBIS_ITEM_DOWN_PAYMENT },
  };
  static const Words words[] = {
    { "demande acompte|down payment request|proforma|pro forma|anzahlungsanforderung",
      RUBIS_ITEM_DOWN_PAYMENT },
    { "avoir|credit note|credit memo|creditnote|note credit|gutschrift|abono|nota credito|rectificativa|"
      "invoice correction|storno|credit",
      RUBIS_ITEM_CREDIT },
    { "facture|invoice|rechnung|factura|bill|facturation|forderung", RUBIS_ITEM_INVOICE },
    { "reglement|paiement|payment|zahlung|encaissement|receipt|pago|cobro|acompte "
      "recu|virement|cheque|prelevement",
      RUBIS_ITEM_PAYMENT },
    { "traite|effet|lettre change|draft bill|bill exchange|wechsel", RUBIS_ITEM_DRAFT },
    { "operation diverse|operations diverses|journal entry|a nouveau|report|opening balance|miscellaneous",
      RUBIS_ITEM_MISC },
  };
  g_autofree char *folded = rubis_import_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (is_one_of (folded, codes[i].words))
        {
          *type = (RubisItemType) codes[i].value;
          return TRUE;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (has_one_of (folded, words[i].words))
        {
          *type = (RubisItemType) words[i].value;
          return TRUE;
        }
    }
  return FALSE;
}

RubisImportStatus
rubis_import_value_status (const char *text)
{
  /* The negations hold the word they deny: they come first. */
  static const Words words[] = {
    { "not paid|unpaid|non paye|non payee|non regle|non reglee|non solde|non "
      "soldee|impaye|impayee|partial|partially|"
      "partiel|partiellement|partielle|payment due|unbezahlt|nicht bezahlt|no pagada|offen|open|teilweise",
      RUBIS_IMPORT_STATUS_OPEN },
    { "annule|annulee|cancelled|canceled|void|voided|storniert|anulada|write off|written off",
      RUBIS_IMPORT_STATUS_VOID },
    { "paye|payee|paid|solde|soldee|regle|reglee|encaisse|encaissee|acquittee|closed|settled|cleared|bezahlt|"
      "ausgeglichen|cobrada|pagada|lettre|lettree|true",
      RUBIS_IMPORT_STATUS_PAID },
    { "envoye|envoyee|facture|facturee|retard|attente|brouillon|sent|overdue|due|draft|pending|pendiente|"
      "valide|validee|"
      "a payer|echue|fallig|in payment|false|ouvert|ouverte",
      RUBIS_IMPORT_STATUS_OPEN },
  };
  g_autofree char *folded = rubis_import_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_auto(GStrv) parts = g_strsplit (words[i].words, "|", -1);

      for (char **part = parts; *part != NULL; part++)
        {
          gsize n = strlen (*part);
          const char *p = strstr (folded, *part);

          if (p != NULL && (p == folded || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
            return (RubisImportStatus) words[i].value;
        }
    }
  return RUBIS_IMPORT_STATUS_UNKNOWN;
}

RubisPaymentMeans
rubis_import_value_means (const char *text)
{
  static const Words words[] = {
    { "vir|virement|transfer|wire|sct|uberweisung|transferencia|bank", RUBIS_MEANS_TRANSFER },
    { "prlv|prelevement|prel|prv|sdd|direct debit|lastschrift|domiciliacion|gocardless",
      RUBIS_MEANS_DIRECT_DEBIT },
    { "chq|chèque|cheque|chk|check|scheck", RUBIS_MEANS_CHEQUE },
    { "cb|carte|card|kreditkarte|tarjeta|stripe|paypal", RUBIS_MEANS_CARD },
    { "lcr|traite|effet|boe|billet ordre|draft|bill exchange|wechsel|pagare|bor", RUBIS_MEANS_DRAFT },
    { "esp|especes|cash|bar|efectivo", RUBIS_MEANS_CASH },
  };
  g_autofree char *folded = rubis_import_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (is_one_of (folded, words[i].words) || has_one_of (folded, words[i].words))
        return (RubisPaymentMeans) words[i].value;
    }
  return RUBIS_MEANS_UNKNOWN;
}

int
rubis_import_value_side (const char *text)
{
  g_autofree char *folded = rubis_import_fold (text);

  if (strcmp (text, "-1") == 0 || strcmp (text, "-") == 0 || is_one_of (folded, "c|cr|h|credit|haben|haber"))
    return -1;
  if (strcmp (text, "1") == 0 || strcmp (text, "+1") == 0 || strcmp (text, "+") == 0
      || strcmp (text, "D") == 0 || strcmp (text, "d") == 0
      || is_one_of (folded, "d|db|dr|s|debit|soll|debe"))
    return 1;
  return 0;
}

gboolean
rubis_import_value_flag (const char *text)
{
  g_autofree char *folded = rubis_import_fold (text);

  return folded[0] != '\0' && !is_one_of (folded, "no|non|nein|false|faux|0|falsch|n|f|aucun|none");
}

gboolean
rubis_import_value_currency (const char *text, RubisCurrency *currency)
{
  static const struct
  {
    const char *word;
    const char *code;
  } words[] = {
    { "€", "EUR" },   { "euro", "EUR" }, { "euros", "EUR" }, { "$", "USD" },
    { "us$", "USD" }, { "£", "GBP" },    { "fr.", "CHF" },   { "¥", "JPY" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (text, words[i].word) == 0)
        return rubis_currency_parse (words[i].code, currency);
    }
  return rubis_currency_parse (text, currency);
}

gboolean
rubis_import_value_is_total (const char *text)
{
  static const char *const starts[]
      = { "total",  "totaux",        "sous total",  "sous totaux", "subtotal", "sub total", "summe",
          "gesamt", "zwischensumme", "gesamtsumme", "grand total", "suma",     "totales",   "solde general" };
  g_autofree char *folded = NULL;

  if (strchr ("tTsSgG", text[0]) == NULL || text[0] == '\0')
    return FALSE;
  folded = rubis_import_fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      gsize n = strlen (starts[i]);

      if (g_str_has_prefix (folded, starts[i]) && (folded[n] == '\0' || folded[n] == ' '))
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  char text[MEMO_TEXT];
  guint8 length;
  gboolean used;
  int value;
} MemoSlot;

struct _RubisImportMemo
{
  RubisImportMemoFunc func;
  gpointer data;
  MemoSlot slots[MEMO_SLOTS];
};

RubisImportMemo *
rubis_import_memo_new (RubisImportMemoFunc func, gpointer data)
{
  RubisImportMemo *memo = g_new0 (RubisImportMemo, 1);

  memo->func = func;
  memo->data = data;
  return memo;
}

void
rubis_import_memo_free (RubisImportMemo *memo)
{
  g_free (memo);
}

int
rubis_import_memo_get (RubisImportMemo *memo, const char *text, gsize length)
{
  guint hash = (guint) length * 31;
  MemoSlot *slot;

  if (length >= MEMO_TEXT)
    return memo->func (text, memo->data);
  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) text[i];
  slot = &memo->slots[(hash ^ hash >> 8) % MEMO_SLOTS];
  if (!slot->used || slot->length != length || memcmp (slot->text, text, length) != 0)
    {
      slot->value = memo->func (text, memo->data);
      slot->used = TRUE;
      slot->length = (guint8) length;
      memcpy (slot->text, text, length + 1);
    }
  return slot->value;
}

static guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

guint64
rubis_import_hash (guint64 seed, const void *bytes, gsize length)
{
  guint64 hash = mix (seed, length + 1);
  const guint8 *p = bytes;
  guint64 word;

  for (; length >= sizeof word; p += sizeof word, length -= sizeof word)
    {
      memcpy (&word, p, sizeof word);
      hash = mix (hash, word);
    }
  word = 0;
  memcpy (&word, p, length);
  return mix (hash, word);
}

static gboolean
insert_hash (guint64 *slots, gsize n_slots, guint64 hash)
{
  gsize at = hash & (n_slots - 1);

  while (slots[at] != 0)
    {
      if (slots[at] == hash)
        return FALSE;
      at = (at + 1) & (n_slots - 1);
    }
  slots[at] = hash;
  return TRUE;
}

/* 0 marks a free slot. */
static guint64
fold_hash (guint64 hash)
{
  hash ^= hash >> 32;
  return hash != 0 ? hash : 1;
}

static void
resize (RubisImportDistinct *distinct, gsize n_slots)
{
  guint64 *slots = g_new0 (guint64, n_slots);

  for (gsize i = 0; i < distinct->n_slots; i++)
    {
      if (distinct->slots[i] != 0)
        insert_hash (slots, n_slots, distinct->slots[i]);
    }
  g_free (distinct->slots);
  distinct->slots = slots;
  distinct->n_slots = n_slots;
}

void
rubis_import_distinct_reserve (RubisImportDistinct *distinct, gsize n)
{
  gsize n_slots = 1024;

  while (n_slots < 2 * n)
    n_slots *= 2;
  if (n_slots > distinct->n_slots)
    resize (distinct, n_slots);
}

void
rubis_import_distinct_expect (const RubisImportDistinct *distinct, guint64 hash)
{
  if (distinct->n_slots > 0)
    __builtin_prefetch (&distinct->slots[fold_hash (hash) & (distinct->n_slots - 1)], 1);
}

gboolean
rubis_import_distinct_add_hash (RubisImportDistinct *distinct, guint64 hash)
{
  gboolean added;

  if (distinct->n_used * 2 >= distinct->n_slots)
    resize (distinct, MAX (1024, distinct->n_slots * 2));
  added = insert_hash (distinct->slots, distinct->n_slots, fold_hash (hash));
  distinct->n_used += added;
  return added;
}

void
rubis_import_distinct_add (RubisImportDistinct *distinct, const char *text)
{
  rubis_import_distinct_add_hash (distinct, rubis_import_hash (0, text, strlen (text)));
}

void
rubis_import_distinct_clear (RubisImportDistinct *distinct)
{
  g_clear_pointer (&distinct->slots, g_free);
  distinct->n_slots = distinct->n_used = 0;
}
