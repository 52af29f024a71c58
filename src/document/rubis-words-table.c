/* rubis-words-table.c: the words themselves, one row each. */
#include "rubis-words-private.h"

/* In the order of RubisWordsLanguage. */
const char *const rubis_words_table[RUBIS_N_WORDS][RUBIS_N_WORDS_LANGUAGES] = {
  [RUBIS_WORD_INVOICE] = { "Facture", "Invoice", "Rechnung", "Factura", "Fattura", "Factuur" },
  [RUBIS_WORD_CREDIT] = { "Avoir", "Credit note", "Gutschrift", "Abono", "Nota di credito", "Creditnota" },
  [RUBIS_WORD_PAYMENT] = { "Règlement", "Payment", "Zahlung", "Pago", "Pagamento", "Betaling" },
  [RUBIS_WORD_MISC] = { "Écriture", "Entry", "Buchung", "Asiento", "Scrittura", "Boeking" },
  [RUBIS_WORD_DRAFT] = { "Effet", "Draft", "Wechsel", "Efecto", "Effetto", "Wissel" },
  [RUBIS_WORD_DOWN_PAYMENT]
  = { "Acompte", "Down payment", "Anzahlung", "Anticipo", "Acconto", "Aanbetaling" },
  [RUBIS_WORD_COLUMN_NUMBER] = { "Pièce", "Document", "Beleg", "Documento", "Documento", "Stuk" },
  [RUBIS_WORD_COLUMN_ORDER_REF]
  = { "Votre réf.", "Your ref.", "Ihre Ref.", "Su ref.", "Vs. rif.", "Uw ref." },
  [RUBIS_WORD_COLUMN_ISSUE_DATE] = { "Date", "Date", "Datum", "Fecha", "Data", "Datum" },
  [RUBIS_WORD_COLUMN_DUE_DATE]
  = { "Échéance", "Due date", "Fällig am", "Vencimiento", "Scadenza", "Vervaldatum" },
  [RUBIS_WORD_COLUMN_DAYS_LATE] = { "Retard", "Days late", "Verzug", "Retraso", "Ritardo", "Te laat" },
  [RUBIS_WORD_COLUMN_LEVEL] = { "Rappel", "Reminder", "Mahnung", "Aviso", "Sollecito", "Aanmaning" },
  [RUBIS_WORD_COLUMN_TOTAL] = { "Montant TTC", "Amount", "Bruttobetrag", "Importe", "Importo", "Bedrag" },
  [RUBIS_WORD_COLUMN_DISPUTED]
  = { "Contesté", "Disputed", "Bestritten", "Impugnado", "Contestato", "Betwist" },
  [RUBIS_WORD_COLUMN_OPEN] = { "Reste dû", "Open amount", "Offen", "Pendiente", "Residuo", "Openstaand" },
  [RUBIS_WORD_COLUMN_PENALTY] = { "Pénalités", "Interest", "Zinsen", "Intereses", "Interessi", "Rente" },
  [RUBIS_WORD_COLUMN_INDEMNITY]
  = { "Indemnité", "Indemnity", "Pauschale", "Indemnización", "Indennità", "Vergoeding" },
  [RUBIS_WORD_ARREARS] = { "Intérêts", "Interest", "Zinsen", "Intereses", "Interessi", "Rente" },
  [RUBIS_WORD_TOTAL] = { "Total", "Total", "Summe", "Total", "Totale", "Totaal" },
  [RUBIS_WORD_TOTAL_TO_PAY] = { "Total à régler", "Total to pay", "Zu zahlen", "Total a pagar",
                                "Totale da pagare", "Totaal te betalen" },
  [RUBIS_WORD_CARRIED_FORWARD]
  = { "À reporter", "Carried forward", "Übertrag", "Suma y sigue", "A riportare", "Te transporteren" },
  [RUBIS_WORD_BROUGHT_FORWARD]
  = { "Report", "Brought forward", "Übertrag der Vorseite", "Suma anterior", "Riporto", "Transport" },
  [RUBIS_WORD_PAGE] = { "Page", "Page", "Seite", "Página", "Pagina", "Pagina" },
  [RUBIS_WORD_SUBJECT] = { "Objet", "Subject", "Betreff", "Asunto", "Oggetto", "Betreft" },
  [RUBIS_WORD_AND] = { "et", "and", "und", "y", "e", "en" },
  [RUBIS_WORD_COLON] = { "\u00a0: ", ": ", ": ", ": ", ": ", ": " },
  [RUBIS_WORD_DATE_ON] = { ", le\u00a0", ", ", ", den\u00a0", ", ", ", ", ", " },
  [RUBIS_WORD_BENEFICIARY]
  = { "Bénéficiaire", "Beneficiary", "Zahlungsempfänger", "Beneficiario", "Beneficiario", "Begunstigde" },
  [RUBIS_WORD_REFERENCE] = { "Référence à rappeler", "Reference to quote", "Verwendungszweck", "Concepto",
                             "Causale", "Betalingskenmerk" },
  [RUBIS_WORD_AMOUNT] = { "Montant", "Amount", "Betrag", "Importe", "Importo", "Bedrag" },
  [RUBIS_WORD_PAY_BY_TRANSFER]
  = { "Règlement par virement", "Payment by transfer", "Zahlung per Überweisung", "Pago por transferencia",
      "Pagamento con bonifico", "Betaling per overschrijving" },
  [RUBIS_WORD_PAY_ONLINE] = { "Paiement en ligne", "Online payment", "Online-Zahlung", "Pago en línea",
                              "Pagamento online", "Online betalen" },
  [RUBIS_WORD_SCAN] = { "À scanner avec votre application bancaire", "Scan with your banking application",
                        "Mit Ihrer Banking-App scannen", "Escanee el código con su aplicación bancaria",
                        "Inquadri il codice con l’app della Sua banca", "Scan de code met uw bankapp" },
  [RUBIS_WORD_REGISTERED]
  = { "Lettre recommandée avec avis de réception", "Registered letter with acknowledgement of receipt",
      "Einschreiben mit Rückschein", "Carta certificada con acuse de recibo",
      "Raccomandata con avviso di ricevimento", "Aangetekende brief met ontvangstbevestiging" },
  [RUBIS_WORD_YOUR_ACCOUNT]
  = { "Votre compte", "Your account", "Kunde", "Su cuenta", "Il Suo conto", "Klantnr." },
  [RUBIS_WORD_YOUR_REFERENCE] = { "Votre référence", "Your reference", "Ihr Zeichen", "Su referencia",
                                  "Vostro riferimento", "Uw kenmerk" },
  [RUBIS_WORD_CONTACT]
  = { "Suivi par", "Contact", "Kontakt", "Contacto", "Referente", "Contact" },
  [RUBIS_WORD_CAPITAL] = { "au capital de", "with a share capital of", "mit einem Kapital von",
                           "con un capital de", "con capitale di", "met een kapitaal van" },
  [RUBIS_WORD_VAT] = { "TVA", "VAT", "USt-IdNr.", "NIF-IVA", "P. IVA", "Btw-nr." },
  [RUBIS_WORD_PHONE] = { "Tél.", "Tel.", "Tel.", "Tel.", "Tel.", "Tel." },
  [RUBIS_WORD_DEFAULT_SALUTATION]
  = { "Madame, Monsieur", "Dear Sir or Madam", "Sehr geehrte Damen und Herren", "Estimados señores",
      "Gentile Cliente", "Geachte heer, mevrouw" },
  [RUBIS_WORD_NUMBER_SIGN] = { "n°", "No.", "Nr.", "n.º", "n.", "nr." },
  [RUBIS_WORD_OF_DATE] = { "du", "of", "vom", "del", "del", "van" },
  [RUBIS_WORD_REMINDED_BY_EMAIL]
  = { "courriel", "email", "E-Mail", "correo electrónico", "e-mail", "e-mail" },
  [RUBIS_WORD_REMINDED_BY_LETTER] = { "lettre", "letter", "Schreiben", "carta", "lettera", "brief" },
  [RUBIS_WORD_REMINDED_BY_REGISTERED] = { "lettre recommandée", "registered letter", "Einschreiben",
                                          "carta certificada", "raccomandata", "aangetekende brief" },
  [RUBIS_WORD_REMINDED_BY_CALL] = { "appel téléphonique", "telephone call", "Telefonat", "llamada telefónica",
                                    "telefonata", "telefoongesprek" },
  [RUBIS_WORD_REMINDED_BY_VISIT] = { "visite", "visit", "Besuch", "visita", "visita", "bezoek" },
  [RUBIS_WORD_REMINDED_BY_SMS] = { "SMS", "text message", "SMS", "SMS", "SMS", "sms" },
  [RUBIS_WORD_REMINDED_BY_DECISION]
  = { "relance", "reminder", "Mahnung", "reclamación", "sollecito", "aanmaning" },
  [RUBIS_WORD_DAYS_UNIT] = { "j", "d", "T.", "d", "gg", "d" },
  [RUBIS_WORD_WITHOUT_CONTESTED]
  = { "sans pénalités sur le montant contesté", "no penalties on the contested amount",
      "ohne Verzugszinsen auf den bestrittenen Betrag", "sin penalizaciones sobre el importe impugnado",
      "senza penali sull’importo contestato", "zonder rente over het betwiste bedrag" },
  [RUBIS_WORD_MOVEMENT] = { "Libellé", "Description", "Text", "Concepto", "Descrizione", "Omschrijving" },
  [RUBIS_WORD_DEBIT] = { "Débit", "Debit", "Soll", "Debe", "Dare", "Debet" },
  [RUBIS_WORD_CREDIT_SIDE] = { "Crédit", "Credit", "Haben", "Haber", "Avere", "Credit" },
  [RUBIS_WORD_BALANCE] = { "Solde", "Balance", "Saldo", "Saldo", "Saldo", "Saldo" },
  [RUBIS_WORD_OPENING_BALANCE]
  = { "Solde initial", "Opening balance", "Anfangssaldo", "Saldo inicial", "Saldo iniziale", "Beginsaldo" },
  [RUBIS_WORD_CLOSING_BALANCE]
  = { "Solde final", "Closing balance", "Endsaldo", "Saldo final", "Saldo finale", "Eindsaldo" },
  [RUBIS_WORD_PAYMENT_OF]
  = { "Règlement de", "Payment of", "Zahlung zu", "Pago de", "Pagamento di", "Betaling van" },
  [RUBIS_WORD_APPLICATION_OF] = { "Imputation de", "Application of", "Verrechnung von", "Aplicación de",
                                  "Imputazione di", "Verrekening van" },
  [RUBIS_WORD_PAYMENTS] = { "Règlements", "Payments", "Zahlungen", "Pagos", "Pagamenti", "Betalingen" },
  [RUBIS_WORD_INSTALMENT] = { "Échéance", "Instalment", "Rate", "Plazo", "Rata", "Termijn" },
  [RUBIS_WORD_LEFT_AFTER] = { "Reste dû après", "Left afterwards", "Restschuld danach", "Pendiente después",
                              "Residuo dopo", "Daarna open" },
  [RUBIS_WORD_INTEREST_RUNS]
  = { "Les intérêts et pénalités de retard que la loi ou le contrat prévoient continuent de courir sur les sommes restant "
      "dues.",
      "The late-payment interest and penalties laid down by law or by the contract go on running on the sums still owed.",
      "Die gesetzlichen oder vertraglichen Verzugszinsen laufen auf die Restschuld weiter.",
      "Los intereses y penalizaciones de demora previstos por la ley o el contrato siguen corriendo sobre las sumas "
      "pendientes.",
      "Gli interessi e le penali di mora previsti dalla legge o dal contratto continuano a decorrere sulle somme residue.",
      "De wettelijke of contractuele vertragingsrente blijft lopen over het nog verschuldigde bedrag." },
  [RUBIS_WORD_INTEREST_SUSPENDED]
  = { "Tant que l’échéancier est respecté, les intérêts et pénalités de retard cessent de courir à la date du présent "
      "accord ; la déchéance du terme les fait courir à nouveau, rétroactivement.",
      "While the plan is respected, late-payment interest and penalties cease to run from the date of this agreement; "
      "acceleration brings them back for the whole period.",
      "Solange der Plan eingehalten wird, laufen ab dem Datum dieser Vereinbarung keine Verzugszinsen; die "
      "Gesamtfälligkeit lässt sie rückwirkend wieder laufen.",
      "Mientras se respete el calendario, los intereses y penalizaciones de demora dejan de correr desde la fecha del "
      "presente acuerdo; el vencimiento anticipado los hace correr de nuevo con efecto retroactivo.",
      "Finché il piano è rispettato, gli interessi e le penali di mora cessano di decorrere dalla data del presente "
      "accordo; la decadenza dal beneficio del termine li fa decorrere di nuovo retroattivamente.",
      "Zolang het plan wordt nageleefd, loopt vanaf de datum van deze overeenkomst geen vertragingsrente; vervroegde "
      "opeisbaarheid doet haar met terugwerkende kracht weer lopen." },
  [RUBIS_WORD_INTEREST_WAIVED]
  = { "Le créancier renonce aux intérêts, pénalités et indemnités de retard sur les pièces du présent accord si "
      "l’échéancier est mené à son terme ; la déchéance du terme les rend exigibles.",
      "The creditor waives the late-payment interest, penalties and indemnities on the items of this agreement if the plan "
      "is carried out; acceleration makes them due.",
      "Wird der Plan vollständig erfüllt, verzichtet der Gläubiger auf Verzugszinsen und Pauschalen für die Posten dieser "
      "Vereinbarung; die Gesamtfälligkeit macht sie fällig.",
      "El acreedor renuncia a los intereses, penalizaciones e indemnizaciones de demora sobre las partidas del presente "
      "acuerdo si el calendario se cumple íntegramente; el vencimiento anticipado los hace exigibles.",
      "Il creditore rinuncia agli interessi, alle penali e alle indennità di mora sulle partite del presente accordo se il "
      "piano è portato a termine; la decadenza dal beneficio del termine li rende esigibili.",
      "De schuldeiser ziet af van vertragingsrente en vergoedingen op de posten van deze overeenkomst als het plan volledig "
      "wordt uitgevoerd; vervroegde opeisbaarheid maakt ze opeisbaar." },
  [RUBIS_WORD_FOR_CREDITOR] = { "Pour le créancier", "For the creditor", "Für den Gläubiger",
                                "Por el acreedor", "Per il creditore", "Voor de schuldeiser" },
  [RUBIS_WORD_FOR_DEBTOR] = { "Pour le débiteur", "For the debtor", "Für den Schuldner", "Por el deudor",
                              "Per il debitore", "Voor de schuldenaar" },
  [RUBIS_WORD_DATE] = { "Date", "Date", "Datum", "Fecha", "Data", "Datum" },
  [RUBIS_WORD_SIGNATURE] = { "Signature", "Signature", "Unterschrift", "Firma", "Firma", "Handtekening" },
  [RUBIS_WORD_NAME] = { "Nom", "Name", "Name", "Nombre", "Nome", "Naam" },
  [RUBIS_WORD_ASKED_BY]
  = { "Demandé par", "Requested by", "Beantragt von", "Solicitado por", "Richiesto da", "Gevraagd door" },
  [RUBIS_WORD_DECIDED_BY]
  = { "Accordé / refusé par", "Granted / refused by", "Bewilligt / abgelehnt von", "Concedido / denegado por",
      "Concesso / rifiutato da", "Toegestaan / geweigerd door" },
  [RUBIS_WORD_AMOUNT_NET] = { "Montant HT", "Without VAT", "Netto", "Sin IVA", "Senza IVA", "Excl. btw" },
  [RUBIS_WORD_AMOUNT_GROSS]
  = { "Reste dû TTC", "VAT included", "Brutto", "IVA incluido", "IVA inclusa", "Incl. btw" },
  [RUBIS_WORD_PAYS_ON_TIME]
  = { "ponctuel", "punctual", "pünktlich", "puntual", "puntuale", "stipt" },
  [RUBIS_WORD_PAYS_NEARLY_ON_TIME] = { "presque ponctuel", "nearly punctual", "fast pünktlich", "casi puntual",
                                       "quasi puntuale", "bijna stipt" },
  [RUBIS_WORD_PAYS_LATE]
  = { "en retard", "late", "säumig", "con retraso", "in ritardo", "laat" },
  [RUBIS_WORD_PAYS_VERY_LATE] = { "très en retard", "very late", "stark säumig", "con mucho retraso",
                                  "molto in ritardo", "erg laat" },
  [RUBIS_WORD_PAYS_EXTREMELY_LATE] = { "en retard chronique", "chronically late", "chronisch säumig",
                                       "con retraso crónico", "in ritardo cronico", "chronisch laat" },
};
