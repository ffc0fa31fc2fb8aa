/** A line that is about the page, its makers or its pictures, and no part of the story. English first, then the rest. */
const NOISE: readonly (readonly [string, RegExp])[] = [
  [
    'byline',
    /^(?:By|Von|Par|Por|Di|Door|От|Автор:?) (?:\p{Lu}[\p{L}.'’-]+[ ,]*){2,5}(?:and|und|et|y|e|en)?[^.!?]{0,40}$/u,
  ],
  [
    'byline',
    /\b(?:contributed to this (?:report|story|article)|reporting by|editing by|written by|additional reporting|edited by|is a (?:staff )?(?:writer|reporter|correspondent) (?:for|at)|the views expressed|views expressed (?:in|are)|opinions expressed)\b/i,
  ],
  ['byline', /\b(?:all rights reserved|copyright|©|this material may not be)\b/i],
  [
    'boilerplate',
    /\b(?:sign up|subscribe|newsletter|click (?:here|on|to)|read more|follow (?:us|him|her) on|share this|download (?:the|our)|watch (?:the video|more|live)|see (?:also|more)|more on this|related (?:article|stor)|join the conversation|join us|leave a comment|terms of (?:use|service)|privacy policy|cookies?\b.{0,30}\b(?:site|website|browser)|e-?mail us|contact us|follow @\w+|welcome to (?:our|the) live|anyone with information|(?:is|are|being) (?:asked|urged|encouraged) to (?:call|contact|phone|e-?mail|ring|come forward)|advertisement|this article (?:was|first|originally)|originally (?:published|appeared)|story continues|continue reading|scroll down|here'?s what(?: we know)?:?$|top (?:entertainment|headlines)|headlines for)\b/i,
  ],
  [
    'caption',
    /(?:^|\()(?:photo|image|picture|pictured|file photo|video|foto|bild|crédit|photograph(?:er)?|getty|credit)\s?[:/]|\b(?:getty images|file photo|photo by|image caption|foto de archivo|archivfoto)\b/i,
  ],
  [
    'caption',
    /^(?:An?|The|This|These|Undated|File) (?:undated |file |handout |still |aerial |satellite |recent )?(?:images?|photos?|photographs?|pictures?|screenshots?|screengrabs?|video grab|stills?) (?:\p{Ll}+ )?(?:from|of|by|taken|released|provided|posted|shows?|showing)\b/u,
  ],
  [
    'as-seen-above',
    /\b(?:as (?:seen|shown|mentioned|noted|described) (?:above|below|earlier)|pictured (?:above|below|here|left|right)|(?:video|photo|image|picture|chart|graphic|map|gallery|table|clip) (?:above|below|at the top)|(?:above|below) (?:video|photo|image|chart)|see (?:photo|video|below|above)|watch .{0,60}»|siehe (?:oben|unten)|ci-dessous|ci-dessus|véase)/i,
  ],
  [
    'timestamp',
    /^(?:updated|published|posted|last (?:updated|modified)|first published|aktualisiert|publié|mis à jour|actualizado|publicado|stand)\b.{0,60}\d/i,
  ],
  // `SPRINGFIELD, ILL.` on its own, before the first sentence.
  ['dateline', /^\p{Lu}{3,}(?:[ -]\p{Lu}{2,}){0,4}, \p{Lu}[\p{L}.]{1,5}\.$/u],
  // `МОСКВА, 24 ноя - РИА Новости.` and `/ТАСС/.`: the full stop parts them from the text.
  [
    'dateline',
    /^\p{Lu}{3,}(?:[ -]\p{Lu}{2,}){0,2}, \d{1,2} \p{L}{3,10}\.?(?: \d{4})?(?:\s[-–—]\s[\p{L} -]{3,30})?\.$/u,
  ],
  ['dateline', /^\/[\p{Lu} -]{3,20}\/\.$/u],
  ['list-item', /^(?:\d{1,2}[.)]|[•▪●‣–-])\s/u],
  // An address to write to is for the readers of the page.
  ['boilerplate', /[\w.+-]@[\w-]+\.[a-z]{2,}/i],
  ['boilerplate', /https?:\/\/|\bwww\.|\bpic\.twitter\.com|^@\w+|^[-—–]\s.{0,60}@\w+/i],
];

/** The same as other languages say it; looked for in lower case. */
const FOREIGN_BOILERPLATE =
  /suscríb|boletín|síguenos|lee también|te puede interesar|haz clic|abonnez-vous|lire aussi|inscrivez-vous|cliquez ici|abonnieren|lesen sie auch|mehr zum thema|hier klicken|folgen sie uns|zeugen werden gebeten|sachdienliche hinweise|hinweise (?:nimmt|nehmen) |leggi anche|iscriviti|clicca qui|leia (?:mais|também)|inscreva-se|lees ook|czytaj (?:też|także)|читайте также|подпишитесь|читайте також|підпишіться/;

/** The title of another story, or who speaks next: `Rolling Stone: New album is out.` At the head of a text, a place. */
const LABEL = /^(?:\p{Lu}[\p{L}.’'-]*\s?){1,3}:\s(?=["“„«‘]?\p{Lu})/u;
const HEAD = 3;

/**
 * Why a sentence is no part of the story: `byline`, `boilerplate`, `caption`, `as-seen-above`, `timestamp`, `dateline`, `label`, `list-item`; null where it is.
 * `index` counts the sentences of the text from 0.
 */
export function noiseOf(sentence: string, index: number): string | null {
  for (const [name, pattern] of NOISE) if (pattern.test(sentence)) return name;
  if (FOREIGN_BOILERPLATE.test(sentence.toLowerCase())) return 'boilerplate';
  return index >= HEAD && LABEL.test(sentence) ? 'label' : null;
}
