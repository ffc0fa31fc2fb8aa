/** German nouns that name no topic alone, in every form news prose has. Our own list. */
export const GENERIC_DE = `
  abend abende abschnitt absicht alltag alter anfang angabe angaben angebot angebote angst anlass anliegen ansicht anspruch anteil
  antrag antwort antworten anzahl arbeit arbeiten art arten aspekt auftrag aufgabe aufgaben augen auge ausmaß aussage aussagen
  auswahl basis bedarf bedeutung bedingungen begriff beginn beispiel beispiele beitrag beiträge bereich bereiche bericht berichte
  beruf besuch besucher beteiligte betrieb betriebe betroffene bewohner beziehung bild bilder blick brief briefe buch bücher bürger
  chance chancen daten dauer detail details dienst dienste ding dinge druck ebene effekt eindruck einfluss einsatz einwohner ende
  entscheidung entwicklung erfahrung erfolg erfolge ergebnis ergebnisse ersatz ertrag experte experten fachleute fall falle fälle
  familie familien farbe fehler feld figur fläche folge folgen form formen frage fragen frau frauen freude freund freunde freundin
  führung gang gast gäste gebiet gebiete gefahr gefahren gefühl gegend gegner gegenstand geld gelder geschichte gesicht gespräch
  gespräche gewicht glück grad grenze grenzen größe grund gründe gruppe gruppen hälfte hand hände haus häuser heimat helfer herr
  herren herz hilfe hinweis hinweise hintergrund höhe hoffnung idee ideen information informationen inhalt interesse interessen
  jugendliche junge jungen kampf kind kinder kindern kollege kollegen kollegin können konzept kopf körper kosten kraft kräfte kreis
  kritik kritiker kunde kunden lage land länder länge leben leiter leiterin leitung leser leute licht liebe linie liste lösung
  lösungen lust macht mädchen mal male mängel mann männer maß maßnahme maßnahmen mehrheit meinung meinungen meister mensch menschen
  merkmal methode minderheit minute minuten mitarbeiter mitarbeiterin mitglied mitglieder mittag mitte mittel moment monat monate
  morgen mut mutter mütter nachbar nachbarn nachmittag nachricht nachrichten nacht nächte nachteil name namen natur neuigkeit
  niveau note notiz nutzen nutzer opfer ordnung ort orte paar papier partner person personen pflicht phase plan pläne platz plätze
  politik politiker position praxis preis preise prinzip problem probleme produkt produkte projekt projekte programm programme
  prozent publikum punkt punkte quelle quellen rahmen rand rat reaktion reaktionen recht rede reihe rest richtung rolle ruf ruhe
  runde sache sachen saison schaden schäden schluss schritt schritte schuld schutz schwierigkeiten seite seiten sekunde sekunden
  sicht sieg sinn situation sohn söhne sorge sorgen spaß spiel spiele sprache sprecher sprecherin stadt städte stand standort stelle
  stellen stimme stimmen stimmung stoff stück stücke stufe stunde stunden suche system systeme tag tage tat teil teile teilnehmer tempo
  termin termine text thema themen tisch tochter tod tote toten traum treffen typ umfang umgebung unfall unglück unternehmen
  unterschied ursache ursachen vater väter verantwortung verbindung verdacht verein vereine vergleich verhältnis verletzte
  verletzten verlust verluste versuch vertrauen vertreter vertreterin verwandte volk vorbild vorjahr vorschlag vorschläge vorteil
  vorteile vorwurf vorwürfe vormittag wahl wahlen wand weg wege weise welt wert werte wesen wettbewerb wille wirkung wissen wissenschaftler
  woche wochen wochenende wohl wort worte wörter wunsch zahl zahlen zeichen zeit zeiten zentrum zeuge zeugen zeugin ziel ziele zimmer
  zufall zugang zukunft zusammenhang zustand zweck zweifel anwohner anwohnerin beamte beamten behörde behörden eltern lehrer lehrerin
  schüler schülerin studenten studierende patient patienten arzt ärzte ärztin polizist polizisten polizistin fahrer fahrerin autofahrer
  täter verdächtiger verdächtige angeklagter angeklagte verteidiger richter richterin staatsanwalt anwalt anwälte
`;

/** Further nouns that a capital makes no name of: topics where the headline has them. Our own list. */
export const NOUNS_DE = `
  abgas abgase acker alkohol ampel anlage anlagen anzeige apotheke apparat armut arznei asyl auto autos bad bäder bahn bahnhof ball
  bank banken bau bauer bauern baum bäume beton bett betten bier blut boden boot boote brand brände brot brücke brücken bus busse café chef
  chefin computer dach dächer damm decke denkmal diebstahl dieb diebe dorf dörfer drogen durst ehe eigentum eis eisenbahn energie ernte
  erdbeben essen fabrik fahne fahrrad fahrräder fahrt feier feind fenster ferien fernsehen fest feste feuer feuerwehr film filme fisch fische
  fleisch flug flüge flughafen flugzeug fluss flüsse flut forscher forschung foto fotos freiheit freizeit frieden frost frucht früchte
  fußball garten gärten gas gebäude gebühr gebühren gefängnis gehalt gehälter geräusch gericht gerichte gerät geräte gesellschaft gesetz
  gesetze gesundheit gewalt gewerkschaft gewinn gewitter gift gitter glas gold grippe hafen häfen hagel halle hallen handel handy hang haushalt
  heizung hitze hochwasser hof höfe holz hotel hotels hund hunde hunger industrie insel inseln internet jagd jugend kabel kaffee kaiser
  kälte kamera kameras kanal karte karten kasse katze katzen keller kino kirche kirchen kita kitas kleidung klima klinik kliniken kohle koch köche
  könig königin konzert konzerte korruption kredit kredite krieg kriege krise krisen küche kultur kunst künstler künstlerin küste laden
  läden lager landwirtschaft lärm lawine leiche licht lohn löhne luft lkw markt märkte maschine maschinen mauer mehl meer messer miete
  mieten mieter milch militär mord morde motor motoren müll museum museen musik musiker nahrung nebel netz neubau not obst ofen oper
  orchester park parks partei parteien pause pferd pferde pflanze pflanzen pflege polizei post presse protest proteste prozess quartier
  radio rathaus rathäuser rauch raum räume rechnung regen regierung regierungen reifen reise reisen rente renten rettung revolution
  rohr rohre sand schiene schienen schiff schiffe schlamm schloss schlüssel schnee schnaps schule schulen see seen sicherheit silber sommer
  sonne soldat soldaten spende spenden sport sportler spur spuren staat staaten stahl stau staus stein steine steuer steuern stiftung straße
  straßen streik streiks streit strom stuhl sturm stürme tanz taxi technik telefon theater tier tiere tor tore tourismus touristen
  trauer treppe trinkwasser tropfen tür türen turm türme überfall übung uhr umwelt universität unwetter urlaub urteil urteile verbrechen
  verkehr verkäufer vermieter versammlung vertrag verträge video videos vieh vogel vögel vorrat waffe waffen wald wälder wanderung wärme
  ware waren wasser wein weihnacht weihnachten werbung werk werke werkstatt wetter wiese wind winter wirtschaft wissenschaft wohnung
  wohnungen wolf wölfe wolle zaun zeitung zeitungen zelt zelte zentrale zoll zucker zug züge zunahme
`;
