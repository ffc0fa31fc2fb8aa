/**
 * How newsrooms word what is not the article, in the languages we measure. Each rule is about a whole paragraph and has
 * a length (UTF-16 units) above which it is surely prose.
 */
export interface Phrase {
  readonly pattern: RegExp;
  readonly maxLength: number;
}

/** Pointers to other stories. */
export const pointers: readonly Phrase[] = [
  {
    pattern:
      /^(?:[►▶•*+>»|-]\s*)?(?:related(?: (?:articles?|stories|story|coverage|news|topics?|content|links|posts?|reading))?|read (?:more|also|next|on)|also read|see (?:also|more)|more (?:on|from|about|(?:\S+ ){0,3}stories|news|to read|coverage)|don['’]t miss|you (?:may|might) (?:also )?(?:like|be interested)|recommended|most (?:read|popular)|trending|up next|watch(?: now| live| more| also)?|listen|in pictures|continue reading(?: below)?|click here|keep reading|what to read next|editor['’]s picks?)\b[^.]*$/i,
    maxLength: 160,
  },
  {
    pattern:
      /^(?:[►▶•*+>»|-]\s*)?(?:lesen sie (?:auch|mehr|hier)|lies auch|mehr (?:zum thema|dazu|lesen|zu)|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:informationen|artikel|themen|meldungen|nachrichten)|zum thema|siehe auch|passend dazu|empfohlen|zurück zu[rm]?|lire aussi|à lire(?: aussi| également)?|voir aussi|sur le même sujet|à voir|lea? (?:también|además|más)|leer más|ve(?:a|r|ja) (?:también|además|também|mais|más)|vea también|(?:te|le) puede interesar|mir[ae]n?(?: también| además)?:|además:|lee:|leia (?:também|mais)|saiba mais|leggi anche|potrebbe interessarti|guarda anche|lees (?:ook|meer)|bekijk ook|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również|więcej)|przeczytaj(?: też| także)?|читайте (?:также|ещё|еще)|смотрите также|читайте також|ayrıca (?:bakınız|oku)|ilgili haber)/iu,
    maxLength: 200,
  },
];

export const boilerplate: readonly Phrase[] = [
  // Sign-up boxes, apps, accounts to follow, money.
  {
    pattern:
      /\b(?:sign up (?:for|to|here|now|today)|subscribe (?:to|now|today|here|for)|our (?:free )?(?:daily |weekly |morning )?newsletters?|follow (?:us|me|him|her|them|\S+(?: \S+){0,3}) on (?:twitter|facebook|instagram|x|social)|like us on facebook|join our|download (?:the|our) .{0,30}app|get the .{0,40} app|get (?:breaking|the latest|more|our) .{0,60}(?:alerts|inbox|updates|newsletter|delivered)|in(?:to)? your inbox|have a (?:news )?tip\?|got a (?:story|tip|news)|contact the (?:author|reporter|writer)|may be reached at|order reprints|create an account|log in or|already (?:a )?subscri|support our journalism|letter to the editor|send (?:us )?(?:your )?(?:letters|feedback|comments) to|if you (?:enjoyed|liked|found)[^.]{0,60}(?:article|story|post|report)|apps? for (?:ios|android)|make a donation|affiliate (?:links?|commission)|push notifications?|youtube channel|whatsapp channel)\b/i,
    maxLength: 260,
  },
  {
    pattern:
      /(?:abonnier(?:en|t|e)|jetzt (?:anmelden|abonnieren|lesen|kostenlos)|folgen sie uns|verpasse(?:n sie)? keine|suscr[ií]b(?:ete|ase|irse)|s[ií]gu[ea]nos|inscreva-se|siga-nos|assine|abonnez-vous|inscrivez-vous|suivez-nous|iscriviti|seguici|schrijf je in|abonneer|zapisz się|подпи(?:шитесь|сывайтесь|саться)|підпи(?:шіться|суйтесь)|abone ol)/iu,
    maxLength: 160,
  },
  { pattern: /newsletter/i, maxLength: 90 },
  // Pictures and their makers.
  {
    pattern:
      /^\(?(?:images?|photos?|photographs?|pictures?|pics?|illustrations?|video|file photo|bild(?:er|quelle|rechte)?|beitragsbild|titelbild|symbolbild|fotos?|foto(?:graf|s)?|imagen|imagem|crédito|zdjęcie|фото)(?: (?:copyright|caption|credit|source|by|via|courtesy|von|de|par)\b|\s*[:©(/|])/iu,
    maxLength: 220,
  },
  {
    pattern:
      /(?:\((?:image|photo|picture|file|credit|foto|bild|imagen|crédito)s?\b[^)]{0,120}\)?|\bcredit:[^.]{2,80}|\b(?:getty|getty images|afp|reuters|shutterstock|istock|dpa|epa|ap photo|imago|picture alliance)(?:\s*[/|,)]\s*[\p{L} .]{0,60})?\)?)$/iu,
    maxLength: 220,
  },
  { pattern: /^(?:in|pictured in) this .{0,80}\b(?:photo|image|picture|frame|illustration|grab)\b/i, maxLength: 500 },
  { pattern: /^©|©\s*(?:\d{4}|[\p{Lu}])[^.]{0,60}$/u, maxLength: 160 },
  // When and by whom.
  {
    pattern:
      /^[|\s]*(?:(?:last |first )?(?:published|updated|posted|modified)|updated? at|veröffentlicht|aktualisiert|zuletzt aktualisiert|stand|publi(?:é|cado)|mis à jour|actualizado|atualizado|publicado|pubblicato|aggiornato|opublikowano|aktualizacja|опубликовано|обновлено|gepubliceerd|güncelleme)\b[^.]{0,20}\d[^!?]*$/iu,
    maxLength: 120,
  },
  {
    pattern:
      /^\d+\s*(?:min(?:ute)?s?\.?|minuten|minutos|minuti|мин)\s*(?:read|lesezeit|de lectura|de leitura|di lettura)?$/iu,
    maxLength: 40,
  },
  {
    pattern: /^(?:by|von|por|par|di|door|autor(?:en)?:|author:|written by|text:|redaktion:)\s+\p{Lu}[^.!?;]*$/iu,
    maxLength: 90,
  },
  // The same in scripts without capitals.
  { pattern: /^(?:كتب(?:ت)?|بقلم|تحرير|نویسنده|מאת|लेखक)\s?:\s?[\p{L}\p{M}\s.،-]+$/u, maxLength: 60 },
  {
    pattern:
      /^(?:نُ?شر(?: في)?|تاريخ النشر|آخر تحديث|تم التحديث|تاریخ انتشار|به‌روزرسانی|פורסם(?: ב)?|עודכן(?: ב)?|प्रकाशित|अपडेट|发布时间|更新时间|公開日|更新日|입력|수정)\s?[:：]?\s?[^.!?。]*\p{Nd}[^!?。]*$/u,
    maxLength: 60,
  },
  // Who else worked on it, and who wrote the post that is shown.
  {
    pattern: /^(?:additional reporting|reporting|editing|edited|research) by\s+\p{Lu}[^!?]*$/iu,
    maxLength: 160,
  },
  { pattern: /^[—–-]\s?[^()]{2,60}\(@\w{1,30}\)\s\p{L}+ \d{1,2}, \d{4}$/u, maxLength: 120 },
  {
    pattern:
      /^(?:citation|source|quelle|fuente|fonte|via|tags?|topics?|category|categories|schlagw(?:ort|örter)|stichwort|themen|labels?|filed under|location)\s*:/i,
    maxLength: 200,
  },
  // A line that is nothing but a date and a time, with or without the weekday.
  {
    pattern:
      /^(?:\p{L}{2,12}\.?,?\s+)?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:de\s+)?\p{L}{3,12}\.?,?\s+(?:de\s+)?\d{4}|\p{L}{3,12}\.?\s+\d{1,2},?\s+\d{4})(?:[\s,–|-]+(?:at\s+|um\s+)?\d{1,2}[:.h]\d\d\s*(?:uhr|[ap]\.?m\.?)?\s*[A-Z]{0,5})?$/iu,
    maxLength: 60,
  },
  // Law.
  {
    pattern:
      /(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|material may not be published|copyrighted (?:property|material)|is subject to copyright|is the copyright|reprint(?:ed)? in |terms of (?:use|service)|privacy policy|cookie policy|uses cookies|requires javascript|enable javascript|views expressed (?:in this|here|are)|gibt die meinung des autors|alle angaben ohne gewähr|affiliate[- ]links?|provisions?-?links?)/i,
    maxLength: 400,
  },
  // Buttons and machinery.
  {
    pattern:
      /^(?:advert(?:isement)?|anzeige|werbung|publicidad|publicidade|publicité|pubblicità|reklama|реклама|share(?: this| on)?.{0,40}|teilen|drucken|print(?: article)?|text size|comments?|\d+ comments?|kommentare?(?: schreiben)?|leave a (?:comment|reply)|loading\.*|skip to (?:main )?content|sign in|log ?in|subscribe|menu|home|search|close|skip ad(?:vertisement)?|advert|embed(?:ded)? video|play(?: video)?|image \d+ of \d+|\d+ ?(?:of|\/) ?\d+|slideshow.*|about the author|tell us what you think.*|we want to hear (?:what|from).*|breaking news|warning|autoplay|replay|show more|view (?:more|all|gallery).*|whatsapp|facebook|twitter|pinterest|e-?mail|copy link|caption|like this story\? share it.*)$/i,
    maxLength: 90,
  },
];
