#include "rubis-import-synonyms.h"

#define F(name) RUBIS_IMPORT_FIELD_##name

/* A lower score yields: "date" to "date facture", "montant" to "montant ttc". */
const RubisImportSynonym rubis_import_synonyms[] = {
  { F (CUSTOMER_CODE), 100,
    "code client|n° client|numero client|compte client|compte tiers|n° compte tiers|compte auxiliaire|code "
    "tiers|"
    "code auxiliaire|ref client|reference du client|identifiant client|id client|numero de compte "
    "debiteur|compauxnum|"
    "customer no|customer number|customer id|customer code|client id|client code|client number|account code|"
    "cust_number|debtor no|debtor "
    "code|Kundennummer|Kundennr|Kunden-Nr|KdNr|Debitorennummer|Debitorenkonto|Personenkonto|"
    "codigo cliente|cod cliente|n° cliente|cuenta cliente" },
  { F (CUSTOMER_CODE), 80,
    "n° compte|numero de compte|auxiliaire|account no|account "
    "number|a/c|party|Debitor|Kontonummer|subcuenta" },
  { F (CUSTOMER_CODE), 60, "compte|account|Konto|cuenta|tiers|code" },
  { F (CUSTOMER_CODE), 40, "client|customer|cliente|Kunde|numero|id" },
  { F (CUSTOMER_NAME), 100,
    "nom du client|nom client|raison sociale|intitule du compte|intitule tiers|nom tiers|nom du "
    "tiers|compauxlib|"
    "nom du debiteur|nom ou raison sociale|customer name|client name|company name|name_customer|bill "
    "to|debtor name|"
    "Kundenname|Firmenname|Debitorenname|Rechnungsempfänger|nombre cliente|nombre del cliente|razon social|"
    "nombre fiscal|nom affiche du partenaire de la facture|invoice_partner_display_name|denomination" },
  { F (CUSTOMER_NAME), 85,
    "client|clients|customer|Kunde|cliente|debiteur|destinataire|adherent|societe|nom "
    "entite|organization|organisation|"
    "company|Firma|empresa|contact name|display name" },
  { F (CUSTOMER_NAME), 70, "nom|name|nombre|intitule|Kurzbezeichnung|libelle client" },
  { F (CUSTOMER_NAME), 45, "contact|tiers" },
  { F (COMPANY_ID), 100,
    "siren|siret|siren/siret|n° siren|n° siret|numero siren|numero siret|rcs|identifiant legal|registration "
    "number|"
    "company number|company reg no|company registration number|Handelsregisternummer|HRB|cif|nif" },
  { F (COMPANY_ID), 60, "Steuernummer" },
  { F (VAT_ID), 100,
    "n° tva|n° tva intracommunautaire|tva intracommunautaire|tva intracom|numero de tva|identifiant tva|code "
    "tva intra|"
    "vat no|vat number|vat id|tax id|tax registration no|USt-IdNr|USt-ID|EU-UStID|EU-USt-IdNr|UID|nif-iva|"
    "nif intracomunitario" },
  { F (VAT_ID), 50, "tva|vat" },
  { F (EMAIL), 100,
    "email|e-mail|mail|courriel|adresse mail|adresse e-mail|email facturation|email address|billing email|"
    "email recipient|email client|emailid|E-Mail-Adresse|correo|correo electronico" },
  { F (PHONE), 100,
    "telephone|tel|tel.|n° telephone|telephone fixe|phone|phone number|telephone "
    "number|Telefon|Telefonnummer|telefono" },
  { F (PHONE), 70, "portable|mobile|Mobil|movil|billing phone|mobile phone" },
  { F (ADDRESS_1), 100,
    "adresse|adresse 1|adresse ligne 1|rue|address|street|address 1|address line 1|POAddressLine1|billing "
    "address|"
    "Straße|direccion|domicilio" },
  { F (ADDRESS_2), 100,
    "adresse 2|adresse ligne 2|complement d'adresse|complement adresse|complement|address 2|address line 2|"
    "POAddressLine2|billing street 2|Adresszusatz" },
  { F (ADDRESS_3), 100, "adresse 3|adresse ligne 3|address 3|address line 3|POAddressLine3" },
  { F (POSTCODE), 100,
    "code postal|cp|c.p.|postcode|postal code|zip|zip code|billing code|POPostalCode|PLZ|Postleitzahl|codigo "
    "postal" },
  { F (CITY), 100,
    "ville|commune|localite|city|town|billing city|POCity|Ort|Stadt|poblacion|localidad|ciudad" },
  { F (COUNTRY), 100,
    "pays|code pays|pays du client|country|country code|billing country|POCountry|Land|EU-Land|pais" },
  { F (CONTACT), 90,
    "nom contact|interlocuteur|contact facturation|contact comptabilite|Ansprechpartner|attn|"
    "contact person|persona de contacto" },
  { F (CONTACT), 40, "contact|contacto|Kontakt" },
  { F (GROUPS), 100,
    "groupe|groupes|groupe client|famille|famille client|categorie|categorie client|agence|region "
    "commerciale|group|"
    "groups|customer group|Gruppe|Kundengruppe|grupo" },
  { F (LANGUAGE), 100, "langue|code langue|language|Sprache|idioma" },
  { F (CUSTOMER_KIND), 100,
    "type de client|type client|nature client|customer type|Kundenart|tipo de cliente" },
  { F (NUMBER), 100,
    "n° facture|n° de facture|no facture|n° factures|numero de facture|numero facture|reference facture|ref "
    "facture|"
    "réf. facture|numfacture|n° de la facture|invoice no|invoice number|invoice #|invoice ref "
    "no|invoice_number|"
    "Rechnungsnummer|Rechnungs-Nr|Rechnungsnr|n° factura|num. factura|numero de factura|document "
    "number|document no|"
    "n° document|n° de document|numero de document|doc number|voucher "
    "no|doc_id|OP-Nummer|Belegnummer|Beleg-Nr|"
    "Belegfeld 1|numero documento|n° documento" },
  { F (NUMBER), 85,
    "facture|n° piece|numero de piece|n° de piece|no piece|pieceref|reference piece|invoice|invoice "
    "id|Rechnung|"
    "factura|serie y numero|invoice ref" },
  { F (NUMBER), 70, "numero|number|num|no|Nummer|piece|document|documento|n°" },
  { F (NUMBER), 55, "reference|ref" },
  { F (NUMBER), 53, "details" },
  { F (NUMBER), 35, "id" },
  { F (TYPE), 100,
    "type de piece|type piece|type de document|type document|nature de piece|nature de la piece|transaction "
    "type|"
    "type de transaction|document type|doc type|voucher type|invoice type|type de facture|Belegart|tipo "
    "documento|"
    "tipo de documento" },
  { F (TYPE), 80, "type|nature|Art|Typ|tipo|clase|avoir" },
  { F (TYPE), 40, "code journal" },
  { F (SIDE), 100, "sens|debit/credit|d/c|s/h|Soll/Haben|Soll/Haben-Kennzeichen|dc" },
  { F (ISSUE_DATE), 100,
    "date facture|date de facture|date de facturation|date d'emission|date emission|date piece|date de piece|"
    "date document|date du document|piecedate|invoice date|issue date|date issued|document "
    "date|Rechnungsdatum|"
    "Belegdatum|fecha factura|fecha de factura|fecha emision|fecha documento|date creation facture" },
  { F (ISSUE_DATE), 80,
    "date ecriture|date comptable|date comptabilisation|date de comptabilisation|ecrituredate|posting date|"
    "transaction date|Buchungsdatum|date (utc)" },
  { F (ISSUE_DATE), 65, "date|Datum|fecha|jour|date operation" },
  { F (DUE_DATE), 100,
    "echeance|date echeance|date d'echeance|date de reglement prevue|date limite de "
    "reglement|datelimitreglmt|"
    "echeancedate|date exigibilite|date d'exigibilite|a payer avant|a payer le|payer avant le|date limite de "
    "paiement|"
    "due date|payment due|payment due date|net due date|due on|maturity|maturity date|due_in_date|due date "
    "(utc)|"
    "invoice_date_due|Fälligkeit|Fälligkeitsdatum|fällig am|Nettofälligkeit|zahlbar bis|vencimiento|fecha "
    "vencimiento|"
    "fecha de vencimiento|vto" },
  { F (DUE_DATE), 80, "due|fällig|expected payment date" },
  { F (DUE_DATE), 60, "Zahlungsziel" },
  { F (TOTAL), 100,
    "montant ttc|total ttc|montant total ttc|facture ttc|net a payer|montant net a payer|montant de la "
    "facture ttc|"
    "montant facture|montant de la facture|total facture|montant initial|montant du document|montant signe|"
    "montant tc|total signe|amount_total_signed|total invoice amount|invoice amount|gross amount|invoice "
    "total|"
    "total amount|grand total|original amount|invoiced amount|amount (ttc)|amount in doc curr|Bruttobetrag|"
    "Rechnungsbetrag|Gesamtbetrag|importe total|total factura" },
  { F (TOTAL), 85, "ttc|total|gross|Brutto|bruto|Umsatz" },
  { F (TOTAL), 70, "montant|amount|Betrag|importe|montant total|prix ttc" },
  { F (TOTAL), 50, "converted_usd" },
  { F (LINE_TOTAL), 100,
    "line total|item total|total ligne|montant ligne|montant ttc ligne|line amount|total de la ligne" },
  { F (DEBIT), 100, "debit|montant debit|Soll|debe|dr|debit amount" },
  { F (CREDIT), 100, "credit|montant credit|Haben|haber|cr|credit amount" },
  { F (OPEN), 100,
    "solde du|reste a payer|reste du|restant du|montant restant|montant restant du|non regle|montant non "
    "regle|impaye|"
    "montant impaye|a regler|reste a recouvrer|reste a regler|reste a encaisser|montant ouvert|montant du "
    "signe|"
    "montant du|amount_residual_signed|amount_residual|balance due|open balance|outstanding|outstanding "
    "amount|"
    "amount due|amount outstanding|remaining amount|open amount|o/s|unpaid amount|balance due amount|"
    "total_open_amount|offener Betrag|offener Posten|Restbetrag|aktuell offen|aktuelloffen|noch offen|"
    "importe pendiente|saldo pendiente" },
  { F (OPEN), 80, "solde|encours|balance|unpaid|offen|Saldo|pendiente" },
  { F (PAID), 100,
    "regle|deja regle|montant regle|paye|deja paye|montant paye|encaisse|montant "
    "encaisse|acompte|acomptes|versements|"
    "amount paid|paid amount|amount paid "
    "amount|payments|received|bezahlt|gezahlt|Zahlung|Zahlungseingang|pagado|"
    "cobrado" },
  { F (PAID), 70, "paid|applied" },
  { F (PAID_DATE), 100,
    "date de paiement|date paiement|date de reglement|date reglement|date d'encaissement|date encaissement|"
    "datelet|date lettrage|date de lettrage|date paid|paid date|payment date|settled "
    "date|clear_date|clearing date|"
    "last payment date|Zahlungsdatum|bezahlt am|Ausgleichsdatum|fecha de cobro|fecha de pago|fecha cobro" },
  { F (LETTER), 100, "lettrage|lettre|code lettrage|let|let.|ecriturelet|pointage|letter" },
  { F (STATUS), 100,
    "statut|etat|statut de la facture|etat de la facture|etat du paiement|statut paiement|statut du "
    "paiement|status|"
    "state|invoice status|payment status|payment_state|document status|Zahlungsstatus|estado|situacion" },
  { F (STATUS), 70, "cb payment status|Ausgleich" },
  { F (CURRENCY), 100,
    "devise|code devise|devise facture|devise comptabilisation|monnaie|idevise|currency|currency code|cur|"
    "invoice_currency|Währung|WKZ|WKZ Umsatz|moneda|divisa" },
  { F (PAYMENT_MEANS), 100,
    "mode de reglement|mode reglement|mode de paiement|mode paiement|moyen de paiement|moyen de "
    "reglement|moderglt|"
    "payment method|payment mode|payment means|Zahlungsart|Zahlweise|forma de pago|medio de pago" },
  { F (PAYMENT_MEANS), 60, "moyen|reglement" },
  { F (TERMS), 100,
    "conditions de reglement|condition de reglement|conditions de paiement|delai de reglement|delai de "
    "paiement|"
    "payment terms|terms|payt terms|cust_payment_terms|Zahlungsbedingung|Zahlungsbedingungen|Zahlungsziel "
    "(Tage)|"
    "condiciones de pago|plazo" },
  { F (TERMS), 70, "delai|term|echeancier" },
  { F (ORDER_REF), 100,
    "n° commande|n° de commande|numero de commande|bon de commande|commande|reference client|référence de "
    "commande|"
    "votre reference|ref commande|n° marche|marche|engagement|n° engagement|po|po number|purchase "
    "order|order number|"
    "order no|customer po|customer lpo|your reference|Bestellnummer|Bestell-Nr|Auftragsnummer|Ihre "
    "Referenz|pedido|"
    "n° pedido|su referencia" },
  { F (ORDER_REF), 30, "reference|ref|external document no" },
  { F (SALES_REP), 100,
    "commercial|representant|vendeur|charge d'affaires|code representant|charge de clientele|sales "
    "person|salesperson|"
    "sales rep|account "
    "manager|Vertreter|Verkäufer|Sachbearbeiter|Außendienst|comercial|agente|vendedor|representante" },
  { F (SALES_REP), 60, "owner" },
  { F (LABEL), 100,
    "libelle|libelle ecriture|libelle de "
    "l'ecriture|objet|designation|ecriturelib|description|memo|Buchungstext|"
    "Bezeichnung|concepto|descripcion|commentaire|subject" },
  { F (LABEL), 50, "text|intitule|notes|note|details|observations|label" },
  { F (LEVEL), 100,
    "niveau de relance|niveau relance|nb relances|nombre de relances|dunning level|reminder level|Mahnstufe|"
    "nivel de reclamacion" },
  { F (LAST_REMINDER), 100,
    "date relance|date de relance|date derniere relance|derniere relance|last reminder|last reminder date|"
    "last dunning date|letzte Mahnung" },
  { F (DISPUTED), 100, "litige|en litige|conteste|disputed|dispute|on hold|strittig|Mahnsperre|en disputa" },
};

const guint rubis_import_n_synonyms = G_N_ELEMENTS (rubis_import_synonyms);

const char *const rubis_import_useless_names
    = "montant ht|total ht|ht|base ht|tva|montant tva|total tva|hors taxes|hors taxes "
      "signe|net|subtotal|tax|vat|netto|"
      "nettobetrag|steuer|ust|mwst|base|base imponible|iva|cuota|quantite|quantity|prix unitaire|prix "
      "unitaire ht|"
      "taux tva|rate|discount|remise|solde progressif|exchange rate|age|item name|item description|unit "
      "price";

const char *const rubis_import_useless_words = "ht|hors|taxe|taxes|tva|vat|tax|net|netto|base|subtotal|mwst|"
                                               "ust|iva|steuer|discount|remise|unitaire|unit|prix|"
                                               "price|rate|taux|quantite|quantity|progressif|shipping|"
                                               "adjustment|writeoff|write|late|fee|credit|limit|exchange";
