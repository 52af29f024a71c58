/* A deterministic export of open items for the bench: bench-generate ROWS CUSTOMERS FILE.csv
 *
 * Used when the shared generator is not there; the columns are the same.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "rubis-date.h"

static const char *const words[] = { "Menuiserie",  "Transports", "Garage",   "Société",  "Énergies",
                                     "Boulangerie", "Imprimerie", "Ateliers", "Verrerie", "Distribution" };
static const char *const names[] = { "Dupont", "Renard & Cie", "Lefèvre",   "Gonçalves", "Noël",
                                     "Roche",  "Dubois",       "Chevalier", "Garçon",    "Müller" };
static const char *const towns[]
    = { "Lyon", "Paris", "Saint-Étienne", "Bordeaux", "Lille", "Privas", "Nîmes" };
static const char *const means[] = { "VIR", "CHQ", "PRLV", "LCR", "" };

static guint32 state = 20260630;

/* From 0 to @limit - 1. */
static guint
pick (guint limit)
{
  state = state * 1664525u + 1013904223u;
  return (state >> 8) % limit;
}

static void
print_date (FILE *file, RubisDate date)
{
  int year;
  int month;
  int day;

  rubis_date_to_ymd (date, &year, &month, &day);
  fprintf (file, "%02d/%02d/%04d;", day, month, year);
}

static void
print_customer (FILE *file, guint customer)
{
  guint word = customer % G_N_ELEMENTS (words);
  guint name = customer / 7 % G_N_ELEMENTS (names);

  fprintf (file,
           "C%06u;%s %s %u;;%u rue de la République;%05u;%s;France;contact@client-%u.example;04 %02u %02u "
           "%02u %02u;",
           customer, words[word], names[name], customer, customer % 300 + 1, 1000 + customer % 94000,
           towns[customer % G_N_ELEMENTS (towns)], customer, customer % 100, customer / 7 % 100,
           customer / 11 % 100, customer / 13 % 100);
  fprintf (file, "%s;", names[customer % 4]);
}

static void
print_row (FILE *file, guint row, guint n_rows, guint customer, RubisDate today)
{
  RubisDate issued = today - 400 + (RubisDate)(400.0 * row / n_rows);
  gboolean credit = pick (25) == 0;
  guint cents = 1000 + pick (900000);
  guint open = pick (17) == 0 ? cents / 2 : cents;
  int year;
  int month;
  int day;

  rubis_date_to_ymd (issued, &year, &month, &day);
  print_customer (file, customer);
  fprintf (file, "%s%d-%07u;%s;", credit ? "AV" : "FA", year, row + 1, credit ? "Avoir" : "Facture");
  print_date (file, issued);
  print_date (file, issued + 30 + (RubisDate)pick (2) * 30);
  fprintf (file, "EUR;%s%u,%02u;%s%u,%02u;%s;", credit ? "-" : "", cents / 100, cents % 100,
           credit ? "-" : "", open / 100, open % 100, means[customer % G_N_ELEMENTS (means)]);
  if (pick (3) == 0)
    fprintf (file, "BC%u", 100000 + pick (900000));
  fputc ('\n', file);
}

int
main (int argc, char **argv)
{
  RubisDate today = rubis_date_from_ymd (2026, 6, 30);
  guint n_rows;
  guint n_customers;
  FILE *file;

  if (argc != 4)
    g_error ("usage: bench-generate ROWS CUSTOMERS FILE.csv");
  n_rows = (guint)atoi (argv[1]);
  n_customers = (guint)atoi (argv[2]);
  file = fopen (argv[3], "we");
  if (file == NULL)
    g_error ("%s cannot be written", argv[3]);
  fputs (
      "Code client;Nom;SIREN;Adresse;CP;Ville;Pays;E-mail;Téléphone;Commercial;N° facture;Type;Date facture;"
      "Date échéance;Devise;Montant TTC;Montant restant dû;Moyen de paiement;N° commande\n",
      file);
  for (guint i = 0; i < n_rows; i++)
    print_row (file, i, n_rows, i < n_customers ? i : pick (n_customers), today);
  return fclose (file) == 0 ? 0 : 1;
}
