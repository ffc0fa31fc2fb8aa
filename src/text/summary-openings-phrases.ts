/** Beginnings of several words that point back to somebody or something named before. Lower case; `_` parts the words. */
export const POINTING_PHRASES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'asked_why asked_how asked_whether all_two all_three all_four all_five all_of_them none_of_them some_of_them most_of_them many_of_them',
    'one_of_them according_to_him according_to_her according_to_them among_them in_his in_her in_their',
    'the_other the_others',
  ],
  es: [
    'según_él según_ella según_ellos los_tres_niegan los_tres_insisten todos_ellos ninguno_de_ellos los_dos',
    'uno_de_ellos',
  ],
  fr: ["selon_lui selon_elle selon_eux tous_trois tous_deux les_trois_hommes les_deux aucun_d'eux parmi_eux"],
  de: [
    'ihm_zufolge ihr_zufolge ihnen_zufolge laut_ihm laut_ihr nach_seinen_angaben nach_ihren_angaben alle_drei',
    'alle_zwei alle_vier keiner_von_ihnen einer_von_ihnen eine_von_ihnen',
  ],
  it: ['secondo_lui secondo_lei secondo_loro tutti_e_tre'],
  pt: ['segundo_ele segundo_ela segundo_eles os_três'],
  nl: ['volgens_hem volgens_haar volgens_hen alle_drie'],
  pl: ['według_niego według_niej wszyscy_trzej'],
  ru: ['по_его_словам по_её_словам по_ее_словам по_их_словам все_трое'],
  uk: ['за_його_словами за_її_словами за_їхніми_словами усі_троє'],
};

/** Beginnings of several words that join a sentence to the time, the place or the reason that the one before has given. */
export const JOINING_PHRASES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'there_the there_he there_she there_it there_they there_a there_officers at_the_time at_that_time',
    'at_that_point at_that_moment at_this_point by_then by_that_time since_then until_then before_then',
    'from_there the_same_day the_same_night the_same_morning the_same_week the_same_month the_same_year',
    'the_next_day the_next_morning the_following_day the_following_morning the_following_week that_day',
    'despite_this despite_that despite_these because_of_that after_that after_this before_that to_that_end',
    'to_this_end for_this_reason for_that_reason with_this with_that with_these with_those in_doing_so',
    'as_such the_move',
  ],
  es: [
    'en_ese_momento en_aquel_momento ese_mismo_día el_mismo_día la_misma_noche al_día_siguiente',
    'a_pesar_de_ello a_pesar_de_eso a_pesar_de_esto pese_a_ello para_entonces para_ello horas_después',
    'días_después semanas_después meses_después años_después horas_más_tarde días_más_tarde allí',
    'con_estas_palabras con_esas_palabras con_ello tras_ello desde_entonces',
  ],
  fr: [
    "à_ce_moment à_cette_époque à_l'époque le_même_jour le_même_soir le_lendemain malgré_cela malgré_tout",
    "d'ici_là quelques_heures_plus quelques_jours_plus là à_cette_fin dans_ce_but pour_cela avec_ces_mots",
    'sur_ces_mots depuis_lors dès_lors',
  ],
  de: [
    'damals am_selben_tag am_gleichen_tag am_nächsten_tag am_tag_darauf zu_diesem_zeitpunkt zu_dieser_zeit',
    'zu_diesem_zweck bis_dahin seitdem seither stunden_später tage_später wochen_später monate_später',
    'jahre_später minuten_später mit_diesen_worten mit_diesem mit_dieser trotz_dieser trotz_dieses',
    'ungeachtet_dessen dazwischen hinterher',
  ],
  it: [
    'in_quel_momento lo_stesso_giorno il_giorno_dopo nonostante_ciò nonostante_questo ore_dopo giorni_dopo lì',
    'a_tal_fine con_queste_parole da_allora',
  ],
  pt: [
    'naquele_momento na_altura no_mesmo_dia no_dia_seguinte apesar_disso horas_depois dias_depois lá',
    'para_isso com_essas_palavras desde_então',
  ],
  nl: [
    'op_dat_moment destijds dezelfde_dag de_volgende_dag ondanks_dat uren_later dagen_later daar daartoe',
    'met_die_woorden sindsdien',
  ],
  pl: ['w_tym_czasie tego_samego_dnia następnego_dnia mimo_to godziny_później od_tego_czasu'],
  ru: [
    'в_то_время в_тот_же_день на_следующий_день несмотря_на_это с_тех_пор там для_этого с_этими_словами',
    'к_тому_времени',
  ],
  uk: ['у_той_час того_ж_дня наступного_дня попри_це відтоді там'],
};

/** `The 19-year-old`: somebody named before. */
export const THE_ONE_AGED: Readonly<Record<string, RegExp>> = {
  en: /^the \d+-year-old(?: |$)/u,
  de: /^(?:der|die|den|dem) \d+-jährigen?(?: |$)/u,
};

/** `Hours later`, `Two days later`. */
export const LATER: Readonly<Record<string, RegExp>> = {
  en: /^(?:\S+ )?(?:seconds|moments|minutes?|hours?|days?|weeks?|months?|years?) later(?: |$)/u,
  es: /^(?:\S+ )?(?:minutos?|horas?|días?|semanas?|meses|mes|años?) (?:después|más tarde)(?: |$)/u,
  fr: /^(?:\S+ )?(?:minutes?|heures?|jours?|semaines?|mois|ans?) plus tard(?: |$)/u,
  de: /^(?:\S+ )?(?:minuten?|stunden?|tage?|wochen?|monate?|jahre?) (?:später|danach|darauf)(?: |$)/u,
};
