/* The rules as data. A table of one language after the other; the first that fits wins, so what is more
 * special comes first.
 */
#include "rubis-answer-private.h"

/* Words between an auxiliary and its participle. */
#define FR_ADV                                                                                               \
  "(?:(?:deja|bien|bel et|ete|effectivement|egalement|aussi|d'ores et|integralement|entierement|"            \
  "totalement|toutes?|tous|pourtant|depuis|maintenant|enfin|ce jour|aujourd'hui|hier|bien evidemment|"       \
  "normalement|recue?s? et|ce matin|la semaine derniere|directement|immediatement|donc|tout|quant a elle|"   \
  "le \\d+(?:/\\d+)*|lundi|mardi|mercredi|jeudi|vendredi)[ ,]+)*"
#define FR_PAID "(?:regle|paye|vire|solde|acquitte|honore|verse)e?s?\\b"
#define FR_MONEY "(?:virement|reglement|paiement|cheque|versement|prelevement|lcr|traite)s?\\b"
#define FR_DONE                                                                                              \
  "(?:effectue|fait|emis|emise|execute|passe|parti|envoye|lance|realise|poste|adresse|expedie|transmis|"     \
  "debite|remis|depose|initie|enregistre en banque)e?s?\\b"
#define FR_NOT_SUBJECT                                                                                       \
  "(?<!\\bje )(?<!\\bon )(?<!\\bil )(?<!\\belle )(?<!\\btu )(?<!\\bje la )(?<!\\bje le )(?<!\\bje les )"     \
  "(?<!\\bje vous )(?<!\\bon la )(?<!\\bon le )(?<!\\bon vous )(?<!\\bvous la )(?<!\\bvous le )"             \
  "(?<!\\bvous les )(?<!\\bsera )(?<!\\bseront )(?<!\\betre )"
#define FR_DAY                                                                                               \
  "(?:le \\d|le 1er|ce jour|ce matin|hier|avant-hier|aujourd'hui|par "                                       \
  "(?:virement|cheque|cb|carte|nos|notre)|"                                                                  \
  "via|depuis|en date|la semaine derniere|lundi|mardi|mercredi|jeudi|vendredi|integralement|en totalite|"    \
  "il y a|cette semaine|fin (?:octobre|novembre|septembre))"

#define EN_ADV                                                                                               \
  "(?:(?:already|now|just|been|fully|all|since|also|both|indeed|in fact|actually|recently|duly|today|"       \
  "certainly|definitely|in full|long ago)[ ,]+)*"
#define EN_MONEY "(?:payment|transfer|wire|remittance|cheque|check|funds|money|bacs|ach)s?\\b"

const RubisAnswerRule rubis_answer_rules[] = {
  /* --- Disputes, French ------------------------------------------------------------------------- */
  { RUBIS_RULE_NO_DISPUTE, NULL,
    "\\b(?:aucun|pas de|sans|ni) (?:litige|contestation|reclamation|reserve|desaccord)|ne contest\\w+ "
    "(?:pas|rien)|"
    "litige (?:est )?(?:clos|leve|resolu|regle|solde)|(?:avoir|litige) a (?:bien )?ete (?:recu|regle|traite)|"
    "conforme a (?:notre|la) commande|avons bien recu (?:l'|votre |cet )avoir" },
  { RUBIS_RULE_DISPUTE, "not_ordered",
    "(?:n'(?:avons|ai)|n'a) (?:jamais|pas|rien) (?:ete )?(?:passe|command\\w+|souscri\\w+|sign\\w+)|"
    "(?:jamais|pas|rien) (?:ete )?(?:passe|commande|demande|souscrit)e?s? (?:cette|ce|ces|cet|chez vous|de "
    "commande)|"
    "aucune? (?:commande|bon de commande|trace de commande|devis signe)|ne correspond a aucune commande|"
    "\\b(?:jamais|pas|non) (?:ete )?commandee?s?\\b|commande (?:a ete |avait ete |etait )?annulee|"
    "(?:avons|ai|avions|avais) annule (?:cette|la|ma|notre) commande|resilie" },
  { RUBIS_RULE_DISPUTE, "quantity",
    "(?:livraison|reception|commande) (?:etait |est |a ete )?(?:partielle|incomplete)|\\bil (?:nous "
    ")?manqu(?:e|ait)\\b"
    "(?! (?:la|votre|le|un|une|l')? ?(?:facture|copie|rib|bon|numero|bl\\b|pv\\b|justificatif|document))|"
    "manqu(?:e|ait|ent|aient|ant|ants) (?:\\w+ "
    "){0,3}(?:palette|colis|carton|piece|unite|article|produit|reference|"
    "bouteille|caisse|m2|metre|kilo|tonne)|(?:palette|colis|carton|piece|unite|article|produit|reference)s? "
    "manquant|"
    "(?:recu|livre|livres) (?:que|seulement) |au lieu (?:de|des) (?:\\d|dix|vingt|cent|cinquante|douze)|"
    "quantite\\w* (?:\\w+ ){0,2}(?:facturee|erronee|incorrecte|livree|inferieure|recue|fausse|ne correspond)|"
    "ecart de quantite|\\bmanquants?\\b(?! (?:dans|sur) (?:notre|nos|votre|la) (?:dossier|comptabilite))" },
  { RUBIS_RULE_DISPUTE, "delivery",
    "(?:marchandise|livraison|commande|colis|produit|materiel|palette|prestation|intervention|travaux|"
    "fourniture|"
    "machine|piece|article|carton)s?\\b[^.;]{0,50}(?:non |pas |jamais |toujours pas |pas encore |pas ete )"
    "(?:ete )?(?:recu|livre|arrive|parvenu|effectue|realise|termine|acheve|execute|rendu)|"
    "(?:n'(?:avons|ai)|n'a) (?:\\w+ ){0,3}(?:pas|jamais|rien) (?:encore )?(?:ete "
    ")?(?:recu|livre|recue?s?|livre\\w*) "
    "(?:\\w+ "
    "){0,2}(?:marchandise|livraison|commande|colis|produit|materiel|palette|prestation|article|machine|piece)"
    "|"
    "(?:n'(?:avons|ai)|n'a|n'ont) (?:jamais|pas|toujours pas) (?:encore )?ete "
    "(?:livre|receptionne|execute|realise|"
    "effectue)|non[- ]livr|retard de livraison|livr\\w+ (?:avec|en) (?:\\w+ ){0,3}retard|livre(?:es?)? trop "
    "tard|"
    "defaut de livraison|erreur de livraison|livre a (?:la mauvaise|une autre) adresse|chantier (?:n'est "
    "pas|non) "
    "(?:termine|acheve|fini)" },
  { RUBIS_RULE_DISPUTE, "quality",
    "defectueu|endommage|\\bcasse(?:e?s?)\\b|\\babime|non[- ]conform|pas "
    "conforme|malfacon|(?:probleme|defaut)s? de "
    "(?:qualite|fabrication|conformite|fonctionnement)|mauvaise qualite|qualite (?:\\w+ "
    "){0,3}(?:pas|insuffisant|"
    "deplorable|mauvais|mediocre|inacceptable)|ne fonctionn\\w+ (?:pas|plus|toujours pas)|tombee? en "
    "panne|\\ben "
    "panne\\b|hors d'usage|inutilisable|mal (?:execut|realis|fait|pos|install)|fissur|rayee?s?\\b|avarie|"
    "reserves? (?:\\w+ ){0,3}(?:non levee|pas (?:ete )?levee|emise|a la reception)|vice "
    "cache|perimee?s?\\b|rouill|"
    "travail (?:\\w+ ){0,2}(?:bacle|mal)|fuite" },
  { RUBIS_RULE_DISPUTE, "price",
    "(?:prix|tarif|montant|taux horaire)s?\\b[^.;]{0,40}(?:ne correspond|n'est pas (?:celui|le "
    "bon|conforme)|erron|"
    "incorrect|trop|different|superieur|plus (?:eleve|cher)|faux|fausse|pas (?:celui|ce qui|ceux))|"
    "erreur (?:de|sur le|sur les|dans le) (?:prix|tarif|montant)|(?:ecart|difference) de "
    "(?:prix|tarif)|remise"
    "[^.;]{0,40}(?:non |pas |oubli|n'a pas|n'apparait|manqu)|(?:n'avez|n'a|n'apparait|sans|oubli\\w*) "
    "(?:\\w+ ){0,4}(?:la |notre |de )remise|surfactur|trop cher|devis[^.;]{0,50}(?:ne "
    "correspond|different|superieur|"
    "inferieur|au lieu|alors que|contre)|(?:facture|factures)[^.;]{0,40}au lieu de|(?:prix|tarif) (?:convenu|"
    "negocie|prevu|du devis|du contrat|catalogue)" },
  { RUBIS_RULE_DISPUTE, "invoicing_error",
    "erreur (?:de|dans la|dans votre|sur la|sur votre|sur cette|dans cette) "
    "(?:facturation|facture)|factur\\w* "
    "(?:\\w+ ){0,3}(?:en double|deux fois|a tort|erronee?|par erreur|incorrecte|fausse)|double "
    "facturation|\\bdoublon|"
    "(?:mauvaise?|autre) (?:raison sociale|entite|societe facturee)|deja (?:ete )?facture|"
    "tva[^.;]{0,30}(?:erron|incorrect|fauss?e|pas (?:la bonne|correct)|autoliquid|ne devrait)|facture "
    "(?:rectificative|"
    "corrigee|corrective|modifiee|conforme)|(?:corriger|rectifier|refaire|modifier|annuler)[^.;]{0,30}"
    "facture|"
    "ne (?:nous )?concerne pas notre (?:compte|contrat)|facture (?:n'est pas|pas) (?:correcte|conforme|a "
    "notre|la "
    "notre)|facturee? (?:a|au nom d)[^.;]{0,30}(?:mauvais|autre|filiale)|adresse de "
    "facturation[^.;]{0,30}(?:erron|"
    "mauvais|incorrect)" },
  { RUBIS_RULE_DISPUTE, "payment_application",
    "(?:vous n'avez pas|pas|non|mal) (?:pris en compte|deduit|impute|affecte|lettre)\\w* "
    "[^.;]{0,40}(?:acompte|avoir|"
    "reglement|paiement|virement)|acompte[^.;]{0,40}(?:pas|non|jamais) (?:ete )?(?:deduit|pris en "
    "compte|impute)|"
    "(?:virement|reglement|paiement)[^.;]{0,40}(?:mal (?:impute|affecte)|affecte a (?:un|l')autre|pas ete "
    "(?:impute|"
    "affecte|lettre))" },
  { RUBIS_RULE_DISPUTE, "documents",
    "(?:manqu\\w+|absence d[eu']|sans|absent\\w*|n'indique pas|ne mentionne pas|n'y figure "
    "pas|oubli\\w+|fournir|"
    "attente d[eu']|joindre|transmettre|envoyer|attendons) (?:\\w+ |l'|d'|d'un ){0,3}(?:bon de "
    "commande|numero de "
    "commande|n° de commande|bon de livraison|\\bbl\\b|\\bpv\\b|proces-verbal|attachement|numero "
    "d'engagement|"
    "bon d'intervention|rapport d'intervention|attestation|kbis|situation de travaux|feuilles? de temps)|"
    "(?:numero|n°|bon) de (?:commande|livraison)[^.;]{0,40}(?:n'est pas|manqu|absent|pas "
    "(?:indique|mentionne|joint|"
    "signe)|non signe)|bloque[^.;]{0,40}(?:bon de commande|numero de commande|chorus|service "
    "fait)|rejetee?[^.;]{0,30}"
    "(?:chorus|plateforme|pdp)|service fait (?:n'est|non|pas)" },
  { RUBIS_RULE_DISPUTE, "other",
    "\\blitige|\\bcontest(?:e|ons|ation|ee?s?)\\b|\\breclamation|desaccord|pas d'accord|refus(?:e|ons) de "
    "(?:payer|"
    "regler)|(?:ne (?:paierons|paierai|reglerons|reglerai|payerons) pas)|note de credit|geste commercial|"
    "(?:attend\\w*|attente|recevoir|recu|etablir|emettre|envoyer|faire|faites|demand\\w+|reclam\\w+|obtenir|"
    "due?|"
    "deduire|deduction|promis\\w*|besoin|sans|deduit|suite a|apres) (?:\\w+ ){0,4}(?:de |d'|l'|un |votre "
    "|cet |"
    "notre |d'un )avoir\\b(?! "
    "(?:ete|bien|deja|regle|paye|recu|effectue|fait|envoye|procede|eu\\b|verifi|pris|"
    "commande|repondu|transmis|vu|lu))|\\b(?:un|votre|cet|d'un) avoir "
    "(?:de|pour|sur|correspondant|total|partiel|d'un "
    "montant|n'|nous|est|a ete|devait|doit|en cours)" },
  /* --- Disputes, English ------------------------------------------------------------------------ */
  { RUBIS_RULE_NO_DISPUTE, NULL,
    "\\b(?:no|not|without any?|do not|don't|nothing to) disput|dispute (?:has been |is |was "
    ")?(?:resolved|closed|"
    "settled)|no (?:complaint|objection)|credit note (?:has been |was |is )?(?:received|applied)|received "
    "(?:your|the) "
    "credit note" },
  { RUBIS_RULE_DISPUTE, "not_ordered",
    "(?:never|did not|didn't|have not|haven't|not) (?:place|placed|order|ordered|sign "
    "up|signed|request|requested|"
    "authori[sz]ed?|agree to|subscribe)\\w*|no (?:purchase )?order (?:was|for|with|matching|exists|on our)|"
    "(?:cancelled|canceled) (?:this|the|that|our|my) (?:order|contract|subscription)|order was "
    "(?:cancelled|canceled)" },
  { RUBIS_RULE_DISPUTE, "quantity",
    "short[- ]?(?:deliver|ship|suppl)|(?:items?|pieces?|units?|boxes|pallets?|parts?|goods|cartons?) (?:\\w+ "
    "){0,3}"
    "missing|missing (?:\\w+ ){0,2}(?:items?|pieces?|units?|boxes|pallets?|parts?|cartons?|quantit)|only "
    "(?:received|"
    "got|delivered) |(?:received|delivered) only |instead of (?:\\d|ten|twenty|fifty|twelve|a "
    "hundred)|(?:wrong|"
    "incorrect|invoiced) quantit|quantit\\w+ (?:\\w+ ){0,3}(?:wrong|incorrect|does not match|doesn't "
    "match)|partial "
    "delivery|incomplete delivery|delivery was (?:incomplete|partial)" },
  { RUBIS_RULE_DISPUTE, "delivery",
    "(?:goods|order|delivery|shipment|parcel|items?|products?|equipment|machine)s?\\b"
    "[^.;]{0,40}(?:never|not|n't|hasn't|haven't) (?:yet )?(?:been "
    ")?(?:arriv\\w+|receiv\\w+|deliver\\w+|complet\\w+)|"
    "(?:never|not|n't) (?:yet )?receiv\\w+ (?:\\w+ "
    "){0,2}(?:goods|order|delivery|shipment|parcel|items?|products?|"
    "material|equipment|machine|parts)|late deliver|delivered (?:\\w+ ){0,3}late|work (?:is|was) "
    "(?:not|never) "
    "(?:complet|finish)|non[- ]?delivery|wrong (?:address|site) deliver|delivered to the wrong" },
  { RUBIS_RULE_DISPUTE, "quality",
    "damaged|defective|faulty|\\bbroken\\b|poor(?:ly)? (?:quality|made|done)|not as "
    "(?:described|ordered|specified|"
    "agreed)|wrong (?:item|product|size|colou?r|part|model)|does(?: not|n't) work|stopped working|not (?:up "
    "to "
    "(?:standard|spec)|fit for "
    "purpose|working)|(?:quality|workmanship)[^.;]{0,40}(?:unacceptable|poor|below|bad|"
    "issue|problem|not)|(?:issue|problem)s? with the "
    "(?:quality|goods|product|work|delivery)|scratched|leaking|"
    "rejected by our quality|out of date|expired" },
  { RUBIS_RULE_DISPUTE, "price",
    "overcharg|(?:price|rate|amount|unit cost)s?\\b[^.;]{0,40}(?:wrong|incorrect|too high|higher|does(?: "
    "not|n't) match|"
    "differs?|is not what|not what we|not the one|don't match)|(?:agreed|quoted|contract(?:ual)?) "
    "(?:price|rate)|"
    "pric(?:e|ing) "
    "(?:error|discrepancy|difference|issue|mistake)|discount[^.;]{0,40}(?:not|missing|n't|forgot)|"
    "(?:not|n't|forgot)[^.;]{0,30}(?:the|our|agreed) discount|(?:charged|invoiced|billed)[^.;]{0,30}instead "
    "of|your "
    "quote (?:was|said|of)|more than (?:the |we )?(?:quot|agreed)" },
  { RUBIS_RULE_DISPUTE, "invoicing_error",
    "(?:duplicate|double) (?:invoice|billing|charge)|(?:invoiced|billed|charged) (?:us )?(?:twice|in "
    "error|by mistake|"
    "double)|invoice[^.;]{0,30} (?:is|was|appears to be|seems) (?:\\w+ )?(?:wrong|incorrect|a "
    "duplicate|duplicate[d]?|"
    "in error|not correct)|(?:incorrect|wrong|erroneous) (?:invoice|vat|tax|entity|company "
    "name|billing)|(?:corrected|"
    "revised|amended|replacement) invoice|(?:error|mistake) (?:on|in|with) (?:the|your|this) "
    "invoice|vat[^.;]{0,30}"
    "(?:wrong|incorrect|should (?:not|be)|reverse charge)|(?:correct|amend|cancel|reissue|re-issue|revise) "
    "(?:the|this|"
    "your) invoice|addressed to the wrong (?:company|entity)" },
  { RUBIS_RULE_DISPUTE, "payment_application",
    "(?:not|n't|mis)[ -]?(?:been )?(?:allocat|appli|deduct)\\w* [^.;]{0,40}(?:payment|deposit|credit|down "
    "payment|"
    "prepayment)|(?:payment|deposit|credit|prepayment)[^.;]{0,30}(?:not|n't|wrongly|incorrectly|mis)[ "
    "-]?(?:been )?"
    "(?:allocat|appli|deduct|credited)" },
  { RUBIS_RULE_DISPUTE, "documents",
    "(?:no|missing|without an?|without the|lacks? an?|need an?|need the|require an?|quote an?|no "
    "valid|waiting for "
    "(?:the|an?)) (?:valid |signed |correct )?(?:po\\b|p\\.o\\.|purchase order|order number|proof of "
    "delivery|pod\\b|"
    "delivery note|timesheet|delivery slip)|(?:po|purchase order|pod|delivery note|timesheet)(?: "
    "number)?[^.;]{0,30}"
    "(?:is |was |are )?(?:missing|not "
    "(?:quoted|shown|on|included|signed|attached|provided))|(?:send|provide|forward)"
    "[^.;]{0,30}(?:proof of delivery|\\bpod\\b|delivery note|signed timesheet|purchase order number|po "
    "number)" },
  { RUBIS_RULE_DISPUTE, "other",
    "\\bin dispute|\\bdisput(?:e|ed|ing)\\b|\\bcontest(?:ed|ing)?\\b|\\bdisagree|do not agree|don't agree|"
    "credit (?:note|memo)|\\bcomplaint|refus\\w+ to pay|(?:not|n't) (?:going to |prepared to |willing to "
    ")pay\\b|query "
    "(?:on|with|about|regarding) (?:this|the|your) invoice|on hold (?:until|pending|because)|withhold\\w* "
    "payment" },
  /* --- Disputes, German, Spanish, Italian, Dutch --------------------------------------------------- */
  { RUBIS_RULE_DISPUTE, "delivery",
    "(?:ware|lieferung|bestellung)\\b[^.;]{0,40}(?:nicht|nie) (?:erhalten|geliefert|angekommen)|no "
    "(?:hemos|ha|han) "
    "(?:recibido|llegado|sido entregad)\\w* (?:\\w+ "
    "){0,3}(?:mercancia|pedido|material|paquete)|(?:merce|ordine|"
    "materiale)[^.;]{0,40}(?:non|mai) (?:e |e stata |abbiamo "
    ")?(?:ricevut|consegnat|arrivat)|(?:goederen|bestelling|"
    "levering)[^.;]{0,40}(?:niet|nooit) (?:ontvangen|geleverd|aangekomen)" },
  { RUBIS_RULE_DISPUTE, "quality",
    "beschadigt|defekt|mangelhaft|mangel\\b|defectuos|danad[oa]|danneggiat|difettos|beschadigd|kapot\\b|"
    "gebrekkig" },
  { RUBIS_RULE_DISPUTE, "invoicing_error",
    "rechnung (?:ist |war )?(?:falsch|fehlerhaft|doppelt)|doppelt berechnet|korrigierte rechnung|factura "
    "(?:es |esta )?"
    "(?:incorrecta|erronea|duplicada)|fattura (?:e )?(?:errata|sbagliata|doppia)|factuur (?:is "
    ")?(?:onjuist|dubbel|"
    "fout)" },
  { RUBIS_RULE_DISPUTE, "price",
    "preis[^.;]{0,30}(?:falsch|zu hoch|stimmt nicht)|precio[^.;]{0,30}(?:incorrecto|no "
    "coincide|demasiado)|prezzo"
    "[^.;]{0,30}(?:errato|sbagliato|troppo)|prijs[^.;]{0,30}(?:onjuist|te hoog|klopt niet)" },
  { RUBIS_RULE_DISPUTE, "other",
    "reklam(?:ier|ation)|gutschrift|bestreiten|widersprechen|nota de credito|nota de abono|reclamacion|no "
    "estamos de "
    "acuerdo|nota di credito|contestiamo|contestazione|creditnota|creditfactuur|betwist|klacht" },
  /* --- Copies ------------------------------------------------------------------------------------ */
  { RUBIS_RULE_NO_COPY, NULL,
    "\\b(?:votre|un|le|vos) rib\\b|coordonnees bancaires|bank details|iban|facture "
    "(?:rectificative|corrigee|corrective|"
    "modifiee)|(?:corrected|revised|amended|replacement) invoice|credit (?:note|memo)|(?:un|l'|d'un|votre) "
    "avoir\\b|"
    "(?:trouverez|ci-joint|voici|je joins|nous joignons|please "
    "find|attached|enclosed)[^.;]{0,30}(?:copie|copy)|"
    "(?:futures?|prochaines?|future|toutes (?:vos|les)|all|next) (?:factures?|invoices?)|vos factures a|a "
    "l'avenir|"
    "desormais|dorenavant|from now on|in (?:the )?future" },
  { RUBIS_RULE_COPY, NULL,
    "\\bduplicata|copie (?:de |d')(?:\\w+ ){0,3}factures?|factures? (?:en "
    ")?copie|\\b(?:r?envoyer|renvoi|transmettre|"
    "retransmettre|adresser|readresser|parvenir|fournir|communiquer|joindre|recevoir|obtenir|envoyez|"
    "renvoyez|"
    "transmettez|adressez|retourner|faire "
    "suivre|avoir|mettre)\\b[^.;]{0,40}(?:\\bcopies?\\b|\\bfactures?\\b(?!@)|releve de "
    "compte|releve\\b|le detail|\\bpj\\b|piece "
    "jointe)|(?:n'(?:avons|ai)|n'a|ne|jamais|aucune?|pas)\\b[^.;]{0,40}(?:recu|"
    "retrouv\\w+|trouv\\w+|trace de|parvenue?s?|en notre possession|vois|voyons|connaissance de) ?(?:la "
    "|cette |cettes |"
    "votre |vos |les |ces |de |d'|des |l'|le |ladite |dans notre systeme |dans nos livres |chez nous "
    ")*\\bfactures?\\b|"
    "factures?\\b[^.;]{0,60}(?:non |jamais |pas |pas ete |toujours pas "
    ")(?:recue?s?|parvenue?s?|trouvee?s?|retrouvee?s?|"
    "enregistree?s?|comptabilisee?s?|eue?s?|dans (?:notre|nos|mon))|sans (?:la |votre |cette )facture|aucune "
    "trace de "
    "(?:cette|la|votre|ces|vos|ladite)|(?:pourriez|pouvez|peux|pourrais)[ -](?:vous|tu)[^.;]{0,40}(?:\\bla "
    "facture|"
    "\\bles factures|cette facture|ces factures|\\bcopie)(?![^.;]{0,20}(?:est|sont|a ete|correspond))" },
  { RUBIS_RULE_COPY, NULL,
    "\\b(?:re-?send|send|forward|provide|share|e-?mail|get|have|let (?:me|us) "
    "have|supply|attach)\\b[^.;]{0,45}\\b"
    "(?:cop(?:y|ies)|invoices?|statement|duplicate|pdf)\\b(?!@)|\\bcop(?:y|ies) of (?:\\w+ "
    "){0,3}(?:invoice|statement)|"
    "(?:did not|didn't|have not|haven't|never|not|hasn't|don't|do not|can't|cannot|unable "
    "to|no)\\b[^.;]{0,30}\\b"
    "(?:receive[d]?|got|get|seen|see|find|locate|have|record of|trace of|aware of|on file) ?(?:the |this "
    "|that |your |"
    "any |a |these |those |an |of |said |such )*\\binvoices?\\b|\\binvoices?\\b[^.;]{0,50}(?:never|not|n't) "
    "(?:yet )?"
    "(?:been )?(?:received|reached|arrived|on our system|in our system|on file)|(?:no "
    "(?:record|trace)|missing) (?:of )?"
    "(?:this|the|your|that|an?) invoice|without (?:the|an?|a copy of the) (?:copy|invoice)" },
  { RUBIS_RULE_COPY, NULL,
    "(?:rechnung|rechnungskopie)[^.;]{0,40}(?:nicht "
    "(?:erhalten|vor)|zusenden|schicken|senden|zukommen)|(?:senden|"
    "schicken) sie "
    "(?:uns|mir)[^.;]{0,40}(?:rechnung|kopie)|(?:envi\\w+|remit\\w+|mand\\w+)[^.;]{0,30}(?:copia|factura|"
    "fattura)|no (?:hemos|he) recibido (?:la|esta|su) factura|non (?:abbiamo|ho) ricevuto "
    "(?:la|questa|vostra) fattura|"
    "(?:stuur|sturen|zenden|mailen)[^.;]{0,40}(?:factuur|kopie)|factuur[^.;]{0,30}niet "
    "(?:ontvangen|gekregen)" },
  /* --- The wrong person ---------------------------------------------------------------------------- */
  { RUBIS_RULE_WRONG_PERSON, NULL,
    "(?:ne suis|n'est|ne sommes|n'etes|suis) (?:absolument )?(?:pas|plus) (?:\\w+ ){0,2}(?:bonne?s? "
    "(?:personne|"
    "interlocut\\w+|destinataire|service|contact|societe|adresse)|interlocut\\w+|personne "
    "concernee|concernee?|en "
    "charge|chargee?|responsable|competente?|dans (?:la|l'|cette)|salarie|employe)|vous (?:etes trompe|vous "
    "trompez|"
    "faites erreur)|erreur (?:de|sur le) (?:destinataire|personne|interlocuteur)|mauvais(?:e)? "
    "(?:destinataire|"
    "interlocut|personne|contact|service)|ne fai[st] plus partie|a quitte "
    "(?:la|l'|notre|ses|le)|(?:ai|avons) "
    "quitte (?:la|"
    "l'|cette)|ne travaill\\w+ (?:plus|pas)|ne m'occupe (?:pas|plus)|(?:je ne|ne) (?:gere|traite|suis) "
    "(?:pas|plus) "
    "(?:les |la |ce |cette |ces "
    ")?(?:factures?|comptabilite|reglements?|paiements?|dossier|sujet|fournisseurs?)|"
    "(?:plus|pas) (?:mon|de mon|notre) (?:service|ressort|perimetre|domaine)|ne concerne pas "
    "(?:notre|ma|mon|cette) "
    "(?:societe|entreprise|service|etablissement)|nous ne sommes pas (?:la "
    "societe|l'entreprise)|(?:merci|veuillez|"
    "priere|invite a|il faut)[^.;]{0,20}(?:de )?(?:vous (?:rapprocher|adresser)|contacter|voir "
    "(?:avec|directement)|"
    "(?:r?envoyer|adresser|transmettre) (?:votre|ce|cette|vos) "
    "(?:demande|message|mail|courriel|relance)s?)\\b|"
    "n'exerce plus|partie? (?:a la|en) retraite" },
  { RUBIS_RULE_WRONG_PERSON, NULL,
    "wrong (?:person|contact|company|department|recipient|address|email)|not the (?:right|correct) "
    "(?:person|contact|"
    "department|company|recipient|address)|no longer (?:work\\w*|with (?:the|us|this)|employed|in "
    "charge|handl\\w+|"
    "responsib\\w+|deal\\w*|the (?:right |correct )?(?:contact|person)|part of)|(?:has|have) left "
    "(?:the|our|this|us)|"
    "left the (?:company|business|firm|organi[sz]ation)|(?:do not|don't|no longer) (?:handle|deal with|look "
    "after|manage)"
    "|(?:not|n't) (?:responsible for|in charge of|handle|deal with|my "
    "(?:department|area|responsibility))|please "
    "(?:contact|direct|redirect|address|speak (?:to|with)|refer|get in touch with|liaise with|write to|reach "
    "out to)\\b"
    "(?! (?:me|us)\\b)|forward(?:ed)? (?:this|your (?:message|email)) to (?:our|the|my) "
    "(?:accounts|finance|accounting)|"
    "nothing to do with (?:us|our|me)|never (?:been )?(?:a )?customer|not (?:a|your) customer" },
  { RUBIS_RULE_WRONG_PERSON, NULL,
    "nicht (?:mehr )?(?:zustandig|der richtige)|arbeitet nicht mehr|falsche[rn]? "
    "(?:ansprechpartner|person|adresse)|"
    "ya no trabaja|no soy la persona|persona equivocada|non lavora piu|non sono (?:piu )?(?:la "
    "persona|responsabile)|"
    "werkt niet meer|niet de juiste persoon|verkeerde persoon" },
  { RUBIS_RULE_NEW_ADDRESS, NULL,
    "nouvelle adresse|desormais|dorenavant|a l'avenir|a partir de maintenant|changement "
    "d'adresse|(?:nos|notre|mon) "
    "(?:adresse|coordonnees|mail|courriel)[^.;]{0,40}(?:est|change|devient)|(?:r?envoyer|adresser|"
    "transmettre|envoyez|"
    "adressez|ecrire|contacter|contactez|joindre|utiliser|privilegier|rapprocher|relance)[^.;]{0,80}@|"
    "adresse (?:mail|"
    "email|e-mail|electronique|suivante)|n'est plus (?:utilisee|valide|active|en "
    "service|relevee|consultee|suivie)" },
  { RUBIS_RULE_NEW_ADDRESS, NULL,
    "new (?:e-?mail )?address|from now on|in (?:the )?future|going forward|(?:our|my) (?:e-?mail )?address "
    "(?:has "
    "changed|is "
    "now|is)|(?:send|direct|forward|address|contact|reach|write|e-?mail|use|cc|copy)[^.;]{0,80}@|no longer "
    "(?:in use|used|active|monitored|valid)|neue (?:e-?mail-?)?adresse|kunftig|nueva direccion|nuovo "
    "indirizzo|nieuw "
    "(?:e-?mail)?adres" },
  /* --- Paid ------------------------------------------------------------------------------------- */
  { RUBIS_RULE_PAID_QUESTION, NULL,
    "recu (?:notre|mon|le|nos) " FR_MONEY "|receive\\w* (?:our|my|the) " EN_MONEY },
  { RUBIS_RULE_PAID, NULL,
    "\\b(?:a|ont|avons|ai|est|sont|etait|avoir|avait|l'ai|l'avons|l'a|c'est|ayant|ayons) (?:vous |y |en "
    ")?" FR_ADV "(?:vous |y )?" FR_PAID },
  { RUBIS_RULE_PAID, NULL,
    "\\bv(?:iens|ient|enons|iennent) (?:juste |tout juste )?(?:d'etre " FR_PAID
    "|de (?:vous |la |le |les )?(?:regler|"
    "payer|virer|solder|proceder a|faire (?:le|un|votre|ce) "
    "(?:virement|reglement|paiement|necessaire)|(?:effectuer|"
    "lancer|emettre|envoyer|poster|passer|executer|realiser) (?:le|un|votre|ce|l'ordre de) "
    "(?:virement|reglement|"
    "paiement|cheque)))" },
  { RUBIS_RULE_PAID, NULL,
    FR_MONEY "[^.;]{0,60}? (?:a|ont|est|sont|vous a|vous est|a ete|etait|vous ont) " FR_ADV FR_DONE },
  { RUBIS_RULE_PAID, NULL,
    FR_MONEY "(?: bancaires?| sepa| instantane| integral| correspondant| ci-dessus| (?:de|d'un montant de) "
             "\\d[\\d .,]{0,15}(?:€|eur\\b|euros?\\b))*,? (?:deja |bien |ete )*" FR_DONE "(?= |$|[.,;:!)])" },
  { RUBIS_RULE_PAID, NULL,
    "\\b(?:avons|ai|a|ont|avoir|l'ai|l'avons) " FR_ADV
    "(?:effectue|fait|emis|passe|envoye|adresse|poste|realise|"
    "procede|transmis|ordonne|lance|execute|initie|valide|expedie) (?:" FR_ADV
    ")?(?:vous )?(?:au |a |aux |un |le |les |"
    "votre |notre |ce |la |vos |l'|son |du |de )*(?:ordre de )?" FR_MONEY },
  { RUBIS_RULE_PAID, NULL, FR_NOT_SUBJECT "\\b(?:regle|paye|solde|acquitte|vire)e?s?,? " FR_DAY },
  { RUBIS_RULE_PAID, NULL,
    "\\bdeja (?:ete )?" FR_PAID "|^(?:bonjour[ ,]*)?c'est (?:fait|regle|paye|parti)\\b" },
  { RUBIS_RULE_PAID, NULL,
    "(?:joint|jointe|trouverez|trouver|voici|transmets|envoie|ci-apres|ci-dessous|\\bpj\\b|joins|adresse)\\b["
    "^.;]{0,60}"
    "(?:preuve|justificatif|avis|confirmation|ordre|copie|attestation|recu|swift)[^.;]{0,12}(?:virement|"
    "paiement|"
    "reglement|transfert)|(?:preuve|justificatif|avis|confirmation|ordre)[^.;]{0,12}(?:virement|paiement|"
    "reglement)"
    "[^.;]{0,30}(?:ci-joint|en piece jointe|en pj|jointe?)\\b" },
  { RUBIS_RULE_PAID, NULL,
    "(?:notre|mon|nos|mes) comptes? (?:\\w+ )?(?:a|ont|est) (?:bien |deja )?(?:ete )?debite|debitee?s? "
    "(?:de|sur) "
    "(?:notre|mon) compte|sortie?s? de (?:notre|mon|nos) (?:compte|banque)" },
  { RUBIS_RULE_PAID, NULL,
    "\\b(?:has|have|was|were|is|are|been|had|got|'s|'ve|'d|having) " EN_ADV
    "(?:paid|settled|remitted|cleared|wired)\\b"
    "(?! (?:within|at (?:30|60|45|the end of (?:each|every))))" },
  { RUBIS_RULE_PAID, NULL,
    "\\b(?:we|i|they|our bank|our accounts? (?:team|department)|accounting|accounts|finance|(?:the|my|our) "
    "(?:team|"
    "colleague|accountant)) (?:(?:already|just|have|has|'ve|in fact|actually|also|then|did|only "
    "just|both|now)[ ,]+)*"
    "(?:paid\\b|settled\\b|wired\\b|remitted\\b|made (?:the |a |this |that |your )?" EN_MONEY
    "|sent (?:the |a |you |our |this |your |out )*" EN_MONEY
    "|transferred (?:the |this |that |your |you |a )*(?:amount|"
    "sum|money|funds|payment|balance|total|\\d|eur|gbp|usd|€|£|\\$|it (?:on|to))|processed (?:the |this "
    "|your )?" EN_MONEY "|initiated (?:the |a )?" EN_MONEY "|issued (?:the |a |your )?" EN_MONEY
    "|put (?:the |a )?" EN_MONEY "|posted (?:the |a |you a |our )?" EN_MONEY
    "|mailed (?:the |a |you a |our )?" EN_MONEY ")" },
  { RUBIS_RULE_PAID, NULL,
    "\\b" EN_MONEY
    "[^.;]{0,50}? (?:was|were|has been|have been|has|have|is|are|went|left) (?:(?:already|just|now|been|"
    "since|successfully|duly)[ "
    ",]+)*(?:made|sent|out|issued|processed|released|initiated|done|completed|executed|wired|"
    "posted|mailed|transferred|debited|submitted|effected|on its way|on the way|in the (?:post|mail)|gone "
    "(?:out|"
    "through)|left|our (?:bank )?account)\\b(?! (?:every|each))" },
  { RUBIS_RULE_PAID, NULL,
    "\\b" EN_MONEY
    " (?:already )?(?:made|sent|processed|issued|executed|completed|done|initiated)\\b(?! (?:by (?:us )?"
    "(?:the )?(?:end|next|\\d)|before))|^(?:(?:hi|hello|dear)[^,]{0,30}, ?)?(?:already |just "
    ")?paid\\b|(?<!be )(?<!get )"
    "(?<!being )(?<!to )(?<!are )(?<!it )\\bpaid (?:on |by (?:bank|wire|transfer|cheque|check|card|bacs|us "
    ")|via |in "
    "full|last |yesterday|today|this (?:morning|week)|already)" },
  { RUBIS_RULE_PAID, NULL,
    "(?:attached|enclosed|find|here is|see|herewith)\\b[^.;]{0,60}(?:remittance|proof of "
    "(?:payment|transfer)|payment "
    "(?:confirmation|advice|slip|receipt)|swift|transfer (?:receipt|confirmation)|bank "
    "confirmation|confirmation of "
    "(?:the )?payment|proof of)|(?:proof of (?:payment|transfer)|remittance advice|payment "
    "confirmation|swift copy)"
    "[^.;]{0,30}(?:attached|enclosed|below)" },
  { RUBIS_RULE_PAID, NULL,
    "left our (?:bank )?account|debited (?:from|to) our account|out of our (?:bank "
    ")?account|(?:cheque|check) is in the "
    "(?:post|mail)" },
  { RUBIS_RULE_PAID, NULL,
    "(?:wurde|wurden|haben|habe|ist|bereits|schon)\\b[^.;]{0,60}(?:bezahlt|uberwiesen|beglichen|angewiesen)"
    "\\b|(?:zahlung|"
    "uberweisung) (?:ist|wurde)[^.;]{0,20}(?:erfolgt|veranlasst|ausgefuhrt|getatigt|raus)|(?:hemos|he|ha "
    "sido|fue|esta|"
    "estan|han sido|ya) (?:ya )?(?:pagad[oa]s?|abonad[oa]s?|transferid[oa]|realizado (?:el pago|la "
    "transferencia))|"
    "transferencia (?:ya )?(?:realizada|hecha|enviada|efectuada)|(?:abbiamo|ho|e stata|e stato|sono "
    "state|gia) (?:gia )?"
    "(?:pagat[oaie]|saldat[oaie]|effettuato (?:il|un) (?:bonifico|pagamento)|disposto il bonifico)|bonifico "
    "(?:e stato )?(?:gia "
    ")?(?:effettuato|eseguito|disposto|inviato)|(?:is|zijn|hebben|heb|werd)\\b[^.;]{0,40}(?:betaald|"
    "overgemaakt|voldaan)\\b" },
  { RUBIS_RULE_NOT_PAID, NULL,
    "\\bn'(?:est|a|ont|avons|ai|etait|avait|avez|y|en|etant)\\b(?! (?:plus rien|aucun "
    "(?:retard|impaye)))[^.;]{0,40}\\b"
    "(?:pas|jamais|point|aucune?|rien|plus|guere|ni)\\b|\\bne\\b[^.;]{0,30}\\b(?:pas|jamais|plus|rien)\\b|"
    "\\bpas (?:encore|"
    "ete|regle|paye)|\\bnon (?:regle|paye|solde|honore)|\\breste(?:nt)? "
    "(?:a|impaye)|\\bimpaye|(?:devrait|devraient|doit|"
    "doivent|aurait du|auraient du|aurions du|semble|sembl\\w+|apparemment|peut-etre|sans "
    "doute|probablement|il se peut|"
    "a priori|pense que|crois que|croyais|verifier si|savoir si|voir si|si (?:la|le|les|cette|elle)|en "
    "attente d|"
    "pour (?:pouvoir )?etre|afin d'etre|avant d'etre|a etre|d'etre (?:bientot|rapidement))\\b|\\b(?:vous "
    "|sauf si|avez-)"
    "(?:avez|nous avez) (?:\\w+ ){0,2}(?:regle|paye|verse)|a \\d+ jours|chaque (?:mois|fin|semaine)|toujours "
    "(?:ete )?"
    "(?:regle|paye)|habituellement|en general|de chaque|tous les (?:mois|\\d)|sous \\d+ jours fin de "
    "mois|partiellement"
    "|a tort|demande de (?:paiement|reglement)|(?:notre|le|nos) clients? (?:final )?(?:nous |ne )|clients? "
    "(?:nous )?"
    "(?:a|ait|ont) (?:ete )?(?:paye|regle)|relance[^.;]{0,20}(?:avoir ete|a ete) paye" },
  { RUBIS_RULE_NOT_PAID, NULL,
    "(?:\\bnot\\b|n't\\b|\\bnever\\b|\\bunable\\b|\\bunpaid\\b|\\byet to\\b|\\bcannot\\b|\\bnobody\\b|\\bno "
    "one\\b|"
    "\\bneither\\b)(?! (?:only|understand|see why))|\\b(?:should|must|ought to|may|might|could|would) "
    "(?:already )?(?:have|"
    "be)\\b|\\b(?:probably|perhaps|maybe|apparently|presumably|possibly|i (?:think|believe|guess|assume)|we "
    "(?:think|"
    "believe|assume)|seems?|appears?|whether|check (?:if|that|with)|to be|being|(?:every|each) "
    "(?:month|week|friday|"
    "monday|tuesday|thursday|wednesday)|usually|normally|generally|always|partially|partly|in order to|so "
    "that)\\b|"
    "\\bwithin \\d+ days|\\bpaid by (?:our|the) customer|(?:our|the) (?:customer|client)s? "
    "(?:has|have|is|are) (?:paid|"
    "pays)|\\bbe (?:paid|settled)" },
  { RUBIS_RULE_NOT_PAID, NULL,
    "\\bnicht\\b|\\bkein|\\bnie\\b|\\bno "
    "(?:ha|han|hemos|esta|estan|fue|se|la|lo)\\b|\\bnunca\\b|\\btodavia\\b|\\bnon "
    "(?:e|abbiamo|ho|ancora|sono)\\b|\\bniet\\b|\\bgeen\\b|\\bnooit\\b|\\bwird\\b|\\bwerden\\b|\\bsera\\b|"
    "\\bverra\\b|"
    "\\bwordt\\b|\\bworden\\b|\\bsoll(?:te)?\\b" },
  /* --- Promises --------------------------------------------------------------------------------- */
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:regler|paier|payer|virer|solder|acquitter|verser|reverser)(?:ai|ons|a|ont)\\b" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:effectuer|fer|enverr|adresser|emettr|poster|proceder|lancer|passer|etablir|mettr|partir|arriver|"
    "recevr|"
    "crediter|transmettr|deposer|aur|debloquer|honorer|interviendr|executer)(?:ai|ons|a|ont|ez)\\b[^.;]{0,60}"
    "(?:"
    "virement|reglement|paiement|cheque|versement|fonds|acompte|somme|montant|solde)" },
  { RUBIS_RULE_PROMISE, NULL,
    "(?:virement|reglement|paiement|cheque|versement|fonds|acompte|somme|echeance|lcr|traite)s?\\b[^.;]{0,60}"
    "\\b(?:sera|"
    "seront|partira|partiront|arrivera|interviendra|interviendront|aura lieu|auront "
    "lieu|passera|passeront|va|vont|part|"
    "partent|(?:est|sont|a ete|bien) (?:\\w+ "
    ")?(?:prevue?s?|programmee?s?|planifiee?s?|ordonnancee?s?|inscrite?s?)|"
    "prevue?s?|programmee?s?|planifiee?s?)\\b" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:sera|seront|va (?:\\w+ )?etre|vont (?:\\w+ )?etre|serez|devrait (?:\\w+ )?etre|devraient (?:\\w+ "
    ")?etre) " FR_ADV "(?:" FR_PAID
    "|creditee?s?|mise? en paiement|payable|effective?s?|traitee?s? (?:en|au) paiement)" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:va|vais|allons|vont|comptons|compte|prevoyons|prevois|m'engage a|nous engageons a|engageons "
    "a|pouvons|peux|"
    "pourrons|pourrai) (?:(?:vous|bien|la|le|les|donc|en|ainsi|tout) "
    ")*(?:regler|payer|virer|solder|verser|proceder|"
    "effectuer|faire (?:le|un|votre|partir|ce)|envoyer (?:le|un|votre)|emettre|lancer "
    "(?:le|un|votre|les)|honorer)\\b" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:je|on|nous) (?:(?:vous|te|la|le|les|en|l') "
    "?)*(?:regle|paie|paye|vire|solde|reglons|payons|virons|soldons)\\b|"
    "\\b(?:je|on|nous) (?:(?:vous|te|la|le|les|en|l') "
    "?)*(?:fais|fait|faisons|effectue|effectuons|envoie|envoyons|poste|"
    "lance|procede|procedons|passe|mets|emets|emettons|adresse|adressons)\\b[^.;]{0,40}(?:virement|reglement|"
    "paiement|"
    "cheque|versement|acompte)" },
  { RUBIS_RULE_PROMISE, NULL,
    "bon a payer|(?:mis|mise|mises|passe|passee|passees) (?:en|au) "
    "paiement|(?:campagne|vague|lot|train|echeancier|"
    "session|run) de (?:paiement|reglement|virement)s?|recevrez (?:le|notre|votre|un|mon|vos)|serez "
    "(?:payes?|"
    "regles?|credites?|payee?s)|prochain (?:paiement|reglement|virement)" },
  { RUBIS_RULE_PROMISE_SHORT, NULL,
    "\\b(?:paiement|reglement|virement|cheque|versement|acompte)s?\\b(?: \\w+){0,4},? (?:le |au |a la |fin "
    "|sous |d'ici |"
    "en |demain|pour |avant |vendredi|lundi|mardi|mercredi|jeudi|semaine|la semaine|courant|debut|mi-|dans "
    "|prevu)" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:will|'ll|shall|going to|plan to|planning to|intend to|expect to|aim to|can|should|are to|is to) "
    "(?:(?:be|have|"
    "definitely|also|certainly|now|then|able to|get|been|both|all|it|only)[ "
    ",]+)*(?:pay|paid|settle|settled|wire|wired|"
    "remit|remitted|cleared|clear)\\b" },
  { RUBIS_RULE_PROMISE, NULL,
    EN_MONEY
    "[^.;]{0,40}\\b(?:will|'ll|shall|going to|should|is to|are "
    "to)\\b[^.;]{0,40}\\b(?:send|sent|make|made|release|"
    "released|process|processed|issue|issued|initiate|initiated|transfer|transferred|execute|executed|arrive|"
    "go "
    "out|leave|reach|post|posted|mail|mailed|follow|be with you|in your account|run|happen|out|land|hit)" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:will|'ll|shall|going to|plan to|intend to|expect to|can|should|let me)\\b (?:\\w+ "
    "){0,2}(?:send|make|release|"
    "process|issue|initiate|transfer|execute|post|mail|arrange|schedule|do|get|authori[sz]e|approve|put)\\b[^"
    ".;]{0,50}" EN_MONEY "|\\b(?:will|'ll|shall|going to) (?:\\w+ ){0,2}(?:send|transfer) (?:you )?(?:the |a "
    ")?(?:€|£|\\$|\\d|balance|"
    "full amount|amount|total|outstanding|first instal)" },
  { RUBIS_RULE_PROMISE, NULL,
    "(?:payment|transfer|wire|cheque|check|remittance|invoice|it|they|balance|amount|this|these|both|all)s?"
    "\\b[^.;]{0,60} "
    "(?:is|are|has been|have been|was|'s|been) (?:\\w+ )?(?:scheduled|planned|programmed|booked|lined up|due "
    "to (?:go|be)|"
    "approved (?:for|and)|queued|included in|set (?:up )?(?:for|to)|down for|in (?:our|the|next)|on "
    "(?:our|the|next|this)|"
    "expected)\\b" },
  { RUBIS_RULE_PROMISE, NULL,
    "(?:next|our|this|the|friday's|today's|tomorrow's|month-end) (?:\\w+ )?(?:payment|cheque|check|bacs|pay) "
    "run|you "
    "(?:will|should|can expect to|'ll|shall) (?:have|receive|get|see|be paid)|(?:am|are|is|'re|'m) "
    "(?:paying|settling|"
    "sending|making|transferring|releasing|wiring|processing)\\b|(?:promise|commit|undertake|agree) to "
    "(?:pay|settle)|"
    "expect (?:the |our |your )?(?:payment|money|funds|transfer)" },
  { RUBIS_RULE_PROMISE_SHORT, NULL,
    "\\b(?:payment|transfer|settlement|remittance)\\b(?: \\w+){0,4},? (?:on |by |before |next |end |this "
    "|tomorrow|within |"
    "in |at |friday|monday|tuesday|wednesday|thursday|scheduled)|^(?:will|can) (?:pay|settle)" },
  { RUBIS_RULE_PROMISE, NULL,
    "\\b(?:werden|wird|werde|uberweisen|zahlen|begleichen|uberweise|zahle)\\b[^.;]{0,60}(?:zahlen|bezahlen|"
    "bezahlt|"
    "uberweisen|uberwiesen|begleichen|beglichen|angewiesen|am|bis|nachste|ende|morgen)|zahlung "
    "(?:erfolgt|ist)\\b|"
    "(?:pagaremos|abonaremos|transferiremos|realizaremos|haremos|efectuaremos|pagare)\\b|(?:vamos a|voy a) "
    "(?:pagar|"
    "realizar|hacer|abonar)|sera (?:pagad|abonad)|el pago (?:se|esta) "
    "|(?:pagheremo|salderemo|effettueremo|faremo|"
    "paghero|provvederemo)\\b|(?:sara|verra) (?:pagat|saldat|effettuat|dispost)|il (?:pagamento|bonifico) "
    "(?:e previsto|"
    "sara|verra)|(?:zullen|zal|gaan|betalen|betaal)\\b[^.;]{0,50}(?:betalen|overmaken|voldoen|betaald|"
    "overgemaakt|"
    "vrijdag|maandag|week|op|eind|morgen)|betaling (?:is gepland|volgt|wordt)" },
  { RUBIS_RULE_NO_PROMISE, NULL,
    "\\bne\\b[^.;]{0,40}\\b(?:pas|jamais|plus|rien|qu')\\b|\\bn'\\w+[^.;]{0,40}\\b(?:pas|jamais|plus|rien)"
    "\\b|\\b(?:espere|"
    "esperons|essaie|essayons|essaierai|essaierons|essayerons|tente|tenterons|ferons (?:de )?notre "
    "(?:possible|mieux)|"
    "peut-etre|si possible|sans doute|probablement|normalement|souhait\\w+|aimer\\w+|demand\\w+ "
    "(?:un|si|une)|voudr\\w+|"
    "etait prevue?|etaient prevue?s|devait|devaient|avait ete|aurait|aurions|doit etre|devez|veuillez|merci "
    "de|"
    "chaque (?:mois|fin|semaine)|a \\d+ "
    "jours|verifi\\w+|verrons|regarde\\w*|reviendr\\w+|revien\\w+|recontacte\\w*|"
    "tiendr\\w+|repondr\\w+|informer\\w+|confirmer\\w+ (?:la "
    "date|quand|si)|envisag\\w+|etudi\\w+|transmettr\\w+ (?:votre|"
    "ce|la facture|vos)|impossible|difficile|incapable|date de (?:paiement|reglement) a|pas "
    "avant|prelever\\w*)\\b" },
  { RUBIS_RULE_NO_PROMISE, NULL,
    "(?:\\bnot\\b|n't\\b|\\bnever\\b|\\bunable\\b|\\bcannot\\b)|\\b(?:hope|hopefully|try|trying|may|might|"
    "could|would like|"
    "would it|perhaps|maybe|possibly|if possible|do our best|was (?:scheduled|planned|due|supposed)|were "
    "(?:scheduled|due|"
    "supposed)|should have|was to be|every (?:month|week|friday|monday)|each "
    "(?:month|week)|usually|normally|generally|"
    "check|checking|look into|get back|come back|revert|let you know|confirm (?:when|the date|a "
    "date|whether)|ask\\w*|"
    "request\\w*|extension|advise|investigat\\w+|please (?:pay|send|make|confirm)|whether)\\b" },
  { RUBIS_RULE_NO_PROMISE, NULL,
    "\\bnicht\\b|\\bhoffen\\b|\\bno "
    "(?:podemos|vamos|sera|puedo)\\b|\\besperamos\\b|\\bintentaremos\\b|\\bnon (?:possiamo|"
    "sara|verra|riusciamo)\\b|\\bsperiamo\\b|\\bniet\\b|\\bhopen\\b|\\bproberen\\b|\\bversuchen\\b" },
  { RUBIS_RULE_CONDITION, NULL,
    "\\b(?:si|s'il|s'ils|des que|des|lorsqu\\w+|quand|une fois|tant que|a condition|a conditions|sous "
    "reserve|sauf|"
    "a reception|a la reception|apres (?:reception|validation|accord|avoir recu|obtention|verification)|en "
    "attendant|"
    "jusqu'a (?:reception|ce que)|pour que|attendons|attente|contre remise|au cas ou|selon|suivant|en "
    "fonction|avant que|"
    "lorsque)\\b(?! (?:votre (?:relance|message|mail)|aujourd'hui|le \\d|lundi|demain|ce jour|a "
    "present|maintenant|possible))" },
  { RUBIS_RULE_CONDITION, NULL,
    "\\b(?:if|as soon as|once|unless|until|provided|subject to|pending|assuming|upon "
    "(?:receipt|receiving|approval|"
    "confirmation)|on receipt|on condition|when (?:we|you|the|our|i|it|they)|whenever|after "
    "(?:receipt|receiving|approval|"
    "we (?:have|get|receive)|you (?:have|send|provide))|depending|in case|before we can|waiting "
    "for|awaiting)\\b"
    "(?! (?:again|more))" },
  { RUBIS_RULE_CONDITION, NULL,
    "\\b(?:sobald|wenn|falls|sofern|erst nach|en cuanto|cuando|siempre "
    "que|appena|quando|qualora|zodra|indien|wanneer|na "
    "ontvangst|nach erhalt|nach eingang)\\b" },
};

const gsize rubis_answer_n_rules = G_N_ELEMENTS (rubis_answer_rules);

const RubisAnswerRule *
rubis_answer_rule_find (RubisRuleKind kind, const char *folded)
{
  static GRegex *compiled[G_N_ELEMENTS (rubis_answer_rules)];
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rubis_answer_rules); i++)
        {
          g_autoptr (GError) error = NULL;

          compiled[i] = g_regex_new (rubis_answer_rules[i].pattern, G_REGEX_OPTIMIZE, 0, &error);
          if (compiled[i] == NULL)
            g_error ("rule %" G_GSIZE_FORMAT ": %s", i, error->message);
        }
      g_once_init_leave (&done, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rubis_answer_rules); i++)
    {
      if (rubis_answer_rules[i].kind == kind && g_regex_match (compiled[i], folded, 0, NULL))
        return &rubis_answer_rules[i];
    }
  return NULL;
}
