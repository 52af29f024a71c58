#include "rubis-country.h"

#include <string.h>

#include "rubis-text.h"

typedef struct
{
  char code[3];
  gboolean french_post;
  const char *postal;
  const char *names; /* folded, other than the postal one, separated by "|" */
} Country;

static const Country countries[] = {
  { "FR", TRUE, "FRANCE", "frankreich|francia|france metropolitaine" },
  { "MC", TRUE, "MONACO", "" },
  { "GP", TRUE, "GUADELOUPE", "" },
  { "MQ", TRUE, "MARTINIQUE", "" },
  { "GF", TRUE, "GUYANE", "guyane francaise|french guiana" },
  { "RE", TRUE, "LA RÉUNION", "reunion|ile de la reunion" },
  { "YT", TRUE, "MAYOTTE", "" },
  { "PM", TRUE, "SAINT-PIERRE-ET-MIQUELON", "saint pierre et miquelon" },
  { "BL", TRUE, "SAINT-BARTHÉLEMY", "saint barthelemy" },
  { "MF", TRUE, "SAINT-MARTIN", "saint martin" },
  { "WF", TRUE, "WALLIS-ET-FUTUNA", "wallis et futuna" },
  { "PF", TRUE, "POLYNÉSIE FRANÇAISE", "french polynesia" },
  { "NC", TRUE, "NOUVELLE-CALÉDONIE", "nouvelle caledonie|new caledonia" },
  { "DE", FALSE, "ALLEMAGNE", "germany|deutschland|rfa" },
  { "AD", FALSE, "ANDORRE", "andorra" },
  { "AT", FALSE, "AUTRICHE", "austria|osterreich|oesterreich" },
  { "BE", FALSE, "BELGIQUE", "belgium|belgie|belgien" },
  { "BG", FALSE, "BULGARIE", "bulgaria" },
  { "HR", FALSE, "CROATIE", "croatia|hrvatska" },
  { "CY", FALSE, "CHYPRE", "cyprus" },
  { "CZ", FALSE, "RÉPUBLIQUE TCHÈQUE", "tchequie|czechia|czech republic" },
  { "DK", FALSE, "DANEMARK", "denmark|danmark" },
  { "EE", FALSE, "ESTONIE", "estonia|eesti" },
  { "ES", FALSE, "ESPAGNE", "spain|espana" },
  { "FI", FALSE, "FINLANDE", "finland|suomi" },
  { "GB", FALSE, "ROYAUME-UNI",
    "royaume uni|united kingdom|uk|grande-bretagne|grande bretagne|great britain|angleterre|england|ecosse|"
    "scotland|pays de galles|wales" },
  { "GR", FALSE, "GRÈCE", "greece|el|hellas" },
  { "HU", FALSE, "HONGRIE", "hungary" },
  { "IE", FALSE, "IRLANDE", "ireland|eire" },
  { "IS", FALSE, "ISLANDE", "iceland" },
  { "IT", FALSE, "ITALIE", "italy|italia|italien" },
  { "LI", FALSE, "LIECHTENSTEIN", "" },
  { "LT", FALSE, "LITUANIE", "lithuania" },
  { "LU", FALSE, "LUXEMBOURG", "luxemburg|grand-duche de luxembourg" },
  { "LV", FALSE, "LETTONIE", "latvia" },
  { "MT", FALSE, "MALTE", "malta" },
  { "NL", FALSE, "PAYS-BAS", "pays bas|netherlands|the netherlands|nederland|hollande|holland|niederlande" },
  { "NO", FALSE, "NORVÈGE", "norway|norge" },
  { "PL", FALSE, "POLOGNE", "poland|polska" },
  { "PT", FALSE, "PORTUGAL", "" },
  { "RO", FALSE, "ROUMANIE", "romania" },
  { "SE", FALSE, "SUÈDE", "sweden|sverige" },
  { "SI", FALSE, "SLOVÉNIE", "slovenia" },
  { "SK", FALSE, "SLOVAQUIE", "slovakia" },
  { "SM", FALSE, "SAINT-MARIN", "san marino" },
  { "CH", FALSE, "SUISSE", "switzerland|schweiz|svizzera" },
  { "UA", FALSE, "UKRAINE", "" },
  { "RS", FALSE, "SERBIE", "serbia" },
  { "TR", FALSE, "TURQUIE", "turkey|turkiye" },
  { "MA", FALSE, "MAROC", "morocco" },
  { "DZ", FALSE, "ALGÉRIE", "algeria" },
  { "TN", FALSE, "TUNISIE", "tunisia" },
  { "SN", FALSE, "SÉNÉGAL", "senegal" },
  { "CI", FALSE, "CÔTE D'IVOIRE", "ivory coast" },
  { "CM", FALSE, "CAMEROUN", "cameroon" },
  { "GA", FALSE, "GABON", "" },
  { "MG", FALSE, "MADAGASCAR", "" },
  { "MU", FALSE, "MAURICE", "mauritius|ile maurice" },
  { "EG", FALSE, "ÉGYPTE", "egypt" },
  { "ZA", FALSE, "AFRIQUE DU SUD", "south africa" },
  { "IL", FALSE, "ISRAËL", "israel" },
  { "LB", FALSE, "LIBAN", "lebanon" },
  { "AE", FALSE, "ÉMIRATS ARABES UNIS", "united arab emirates|uae|emirats arabes" },
  { "SA", FALSE, "ARABIE SAOUDITE", "saudi arabia" },
  { "US", FALSE, "ÉTATS-UNIS",
    "etats unis|etats-unis d'amerique|united states|united states of america|usa" },
  { "CA", FALSE, "CANADA", "" },
  { "MX", FALSE, "MEXIQUE", "mexico" },
  { "BR", FALSE, "BRÉSIL", "brazil|brasil" },
  { "AR", FALSE, "ARGENTINE", "argentina" },
  { "CN", FALSE, "CHINE", "china" },
  { "HK", FALSE, "HONG KONG", "" },
  { "IN", FALSE, "INDE", "india" },
  { "JP", FALSE, "JAPON", "japan" },
  { "KR", FALSE, "CORÉE DU SUD", "south korea" },
  { "SG", FALSE, "SINGAPOUR", "singapore" },
  { "AU", FALSE, "AUSTRALIE", "australia" },
  { "NZ", FALSE, "NOUVELLE-ZÉLANDE", "nouvelle zelande|new zealand" },
  { "TH", FALSE, "THAÏLANDE", "thailand" },
  { "VN", FALSE, "VIÊT NAM", "vietnam|viet-nam" },
  { "TW", FALSE, "TAÏWAN", "taiwan" },
  { "ID", FALSE, "INDONÉSIE", "indonesia" },
  { "MY", FALSE, "MALAISIE", "malaysia" },
  { "PH", FALSE, "PHILIPPINES", "" },
  { "QA", FALSE, "QATAR", "" },
  { "KW", FALSE, "KOWEÏT", "kuwait" },
  { "JO", FALSE, "JORDANIE", "jordan" },
  { "BH", FALSE, "BAHREÏN", "bahrain" },
  { "OM", FALSE, "OMAN", "" },
  { "BJ", FALSE, "BÉNIN", "" },
  { "BF", FALSE, "BURKINA FASO", "" },
  { "ML", FALSE, "MALI", "" },
  { "NE", FALSE, "NIGER", "" },
  { "TG", FALSE, "TOGO", "" },
  { "TD", FALSE, "TCHAD", "chad" },
  { "CG", FALSE, "CONGO", "congo-brazzaville" },
  { "CD", FALSE, "RÉPUBLIQUE DÉMOCRATIQUE DU CONGO", "rdc|congo-kinshasa" },
  { "GN", FALSE, "GUINÉE", "guinea" },
  { "MR", FALSE, "MAURITANIE", "mauritania" },
  { "DJ", FALSE, "DJIBOUTI", "" },
  { "KM", FALSE, "COMORES", "comoros" },
  { "NG", FALSE, "NIGERIA", "" },
  { "GH", FALSE, "GHANA", "" },
  { "KE", FALSE, "KENYA", "" },
  { "CL", FALSE, "CHILI", "chile" },
  { "CO", FALSE, "COLOMBIE", "colombia" },
  { "PE", FALSE, "PÉROU", "peru" },
  { "UY", FALSE, "URUGUAY", "" },
  { "VE", FALSE, "VENEZUELA", "" },
  { "DO", FALSE, "RÉPUBLIQUE DOMINICAINE", "dominican republic" },
  { "HT", FALSE, "HAÏTI", "haiti" },
  { "AL", FALSE, "ALBANIE", "albania" },
  { "BA", FALSE, "BOSNIE-HERZÉGOVINE", "bosnie|bosnia and herzegovina" },
  { "ME", FALSE, "MONTÉNÉGRO", "montenegro" },
  { "MK", FALSE, "MACÉDOINE DU NORD", "north macedonia" },
  { "MD", FALSE, "MOLDAVIE", "moldova" },
  { "RU", FALSE, "RUSSIE", "russia" },
  { "BY", FALSE, "BIÉLORUSSIE", "belarus" },
  { "GE", FALSE, "GÉORGIE", "georgia" },
  { "AM", FALSE, "ARMÉNIE", "armenia" },
  { "AZ", FALSE, "AZERBAÏDJAN", "azerbaijan" },
  { "KZ", FALSE, "KAZAKHSTAN", "" },
  { "PK", FALSE, "PAKISTAN", "" },
  { "BD", FALSE, "BANGLADESH", "" },
  { "LK", FALSE, "SRI LANKA", "" },
  { "VA", FALSE, "VATICAN", "" },
  { "GI", FALSE, "GIBRALTAR", "" },
  { "JE", FALSE, "JERSEY", "" },
  { "GG", FALSE, "GUERNESEY", "guernsey" },
  { "IM", FALSE, "ÎLE DE MAN", "isle of man" },
  { "FO", FALSE, "ÎLES FÉROÉ", "faroe islands" },
  { "XK", FALSE, "KOSOVO", "" },
};

static gboolean
is_named (const Country *country, const char *folded)
{
  g_autofree char *postal = rubis_text_fold (country->postal);
  g_auto (GStrv) names = g_strsplit (country->names, "|", -1);

  return strcmp (postal, folded) == 0 || g_strv_contains ((const char *const *)names, folded);
}

static const Country *
find_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      if (g_ascii_strcasecmp (countries[i].code, code) == 0)
        return &countries[i];
    }
  return NULL;
}

const char *
rubis_country_from_text (const char *text)
{
  g_autofree char *folded = NULL;
  const Country *country;

  g_return_val_if_fail (text != NULL, NULL);

  folded = rubis_text_fold (text);
  if (folded[0] == '\0')
    return NULL;
  country = find_code (folded);
  for (gsize i = 0; country == NULL && i < G_N_ELEMENTS (countries); i++)
    {
      if (is_named (&countries[i], folded))
        country = &countries[i];
    }
  return country != NULL ? country->code : NULL;
}

const char *
rubis_country_postal_name (const char *code)
{
  const Country *country;

  g_return_val_if_fail (code != NULL, NULL);

  country = find_code (code);
  return country != NULL ? country->postal : NULL;
}

gboolean
rubis_country_is_french_post (const char *code)
{
  const Country *country;

  g_return_val_if_fail (code != NULL, FALSE);

  country = find_code (code);
  return country != NULL && country->french_post;
}
