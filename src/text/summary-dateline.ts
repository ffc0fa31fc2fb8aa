/** Agencies that sign the head of a text: `PARIS (AFP) — …`. Names only; any may be absent. */
const AGENCY =
  /^(?:AP|AFP|CNN|UPI|PTI|ANI|IANS|BBC|NPR|ANSA|EFE|DPA|dpa|APA|SDA|ATS|TASS|KYODO|Kyodo|Xinhua|Reuters|REUTERS|Bloomberg|Interfax|Belga|Lusa|PAP|CTK|Yonhap|AAP|CBS|NBC|ABC|KUNA|WAM|MTI|Notimex|Europa Press|askanews|Adnkronos|Agência Brasil|Associated Press|Agence France-Presse|Rolling Stone|Thomson Reuters Foundation|[A-Z][\w.]*\.com|[A-Z]{2,5} News|भाषा|वार्ता|एजेंसी|पीटीआई|एएनआई|आईएएनएस|एएफपी|एपी|रॉयटर्स?|رويترز|وام|واس|قنا|كونا|بترا|سانا|وكالات|ایرنا|ایسنا|فارس|مهر|تسنیم|ТАСС|РИА Новости|Интерфакс|Укрінформ|УНІАН)$/u;
/** `24 nov 2026`, `24. November`, `24 de noviembre`, `24 ноя`, `24 नवंबर`. */
const DATE = String.raw`\d{1,2}(?:\.|º|er)?(?:\s(?:de\s)?\p{L}[\p{L}\p{M}]{2,10}\.?)?(?:\s(?:de\s)?\d{4})?`;
const PLACE = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*(?:[ ,]+(?:\p{Lu}[\p{L}\p{M}.'’-]*|${DATE}|de|del|la|le|of|am|an|der))*`;
const SIGNATURE = String.raw`[,.:]?\s*[([]([^()[\]]{2,30})[)\]]\s*[:.]?\s*(--|[—–-])?\s*`;
const WITH_AGENCY = new RegExp(String.raw`^(?:${PLACE})?${SIGNATURE}`, 'u');
/** The same where letters have no case: at most three words of a place. */
const UNCASED = new RegExp(
  String.raw`^(?:[\p{Lo}\p{M}]+(?:\s[\p{Lo}\p{M}]+){0,2})(?:[,،]\s?${DATE})?${SIGNATURE}`,
  'u',
);
/** Dutch places begin so: `’s-GRAVENHAGE`. */
const CLIPPED = String.raw`(?:['’‘][st][-\s])?`;
const CAPITALS = new RegExp(
  String.raw`^${CLIPPED}\p{Lu}[\p{Lu}\p{M}.'’-]+(?:[ ,]+(?:[\p{L}\p{M}.'’-]+|${DATE})){0,4}[,.:]?\s*(?:--|[—–]|(?<=\s)-)\s*(?=["“„«‘'(]*[\p{Lu}\p{N}])`,
  'u',
);
const TITLE_CASE =
  /^\p{Lu}[\p{L}\p{M}.'’-]+(?:[ /,]+\p{Lu}[\p{L}\p{M}.'’-]*){0,2}[,.:]?\s(?:--|[—–])\s(?=["“„«‘'(]*\p{Lu})/u;
/** `By Ines Calloway: The …`, on one line with the text. */
const BYLINE = /^By (?:\p{Lu}[\p{L}.’'-]+ ?){2,4}[:|]\s(?=["“‘]?\p{Lu})/u;
const DASHES = /^(?:--|[—–])\s*/u;
/** `新华社北京11月24日电（记者王明）`, with or without the agency. */
const CHINESE =
  /^\p{sc=Han}{0,14}\s?(?:\d{4}年)?\d{1,2}月\d{1,2}日[电電讯訊](?:\s?[（(][^（）()]{1,30}[）)])?[\s:：]*/u;
/** `【北京共同】`, `［ロンドン ２４日 ロイター］ -`. */
const JAPANESE = /^(?:【[^【】\n]{1,24}】|［[^［］\n]{2,30}］)[\s\u3000]*(?:[-－―—]\s*)?/u;
/** `(서울=연합뉴스) 김민수 기자 =`. */
const KOREAN =
  /^[([【［]\p{sc=Hangul}[\p{sc=Hangul}·,\s]{0,14}=\s?[\p{L}\p{N} ]{2,14}[)\]】］]\s*(?:[\p{sc=Hangul}·,\s]{2,40}\s?=\s*)?/u;
/** The time of an entry of a live text: `10:15 p.m. `, `21:40 Uhr: `. */
const TIME =
  /^\d{1,2}[:.]\d{2}(?:\s?(?:[apAP]\.?[mM]\.?|Uhr|h)(?:\s[A-Z]{2,4})?\s?[:|–—-]?|\s[A-Z]{2,4}\s?[:|–—-]?|\s?[|–—-])\s+(?=["“„«‘'(]*\p{Lu})/u;

/** How many UTF-16 units of the head of a paragraph are the time of its entry. 0 where it starts at once. */
export function timeLength(text: string): number {
  return TIME.exec(text.slice(0, 40))?.[0].length ?? 0;
}

const UNSIGNED = [CAPITALS, TITLE_CASE, BYLINE, DASHES, CHINESE, JAPANESE, KOREAN];
/** `(ANSA) - ROMA, 24 NOV -` is two of them. */
const MOST = 2;

/**
 * How many UTF-16 units of the head of an article are a dateline, an agency's signature or a stray dash, and belong in
 * no post: `MADRID — `, `Boston (CNN)`, `March 4 (Reuters) - `, `北京11月24日电`. 0 where the text starts at once.
 */
export function datelineLength(text: string): number {
  let length = timeLength(text);
  for (let time = 0; time < MOST; time += 1) {
    const next = oneLength(text.slice(length, length + 120));
    if (next === 0 || length + next >= text.length) break;
    length += next;
  }
  return length;
}

function oneLength(head: string): number {
  for (const pattern of [WITH_AGENCY, UNCASED]) {
    const signed = pattern.exec(head);
    if (signed === null || signed[0].length > 80) continue;
    const rest = head.slice(signed[0].length);
    const agency = (signed[1] ?? '').trim();
    const isSigned =
      AGENCY.test(agency) ||
      (signed[2] !== undefined && /^[\p{L}\p{M}./-]{2,20}(?: \p{Lu}[\p{L}.]*){0,2}$/u.test(agency));
    if (isSigned && /^["“„«‘'(]*[\p{Lu}\p{Lo}\p{N}]/u.test(rest)) return signed[0].length;
  }
  for (const pattern of UNSIGNED) {
    const match = pattern.exec(head);
    if (match !== null && match[0].length <= 60) return match[0].length;
  }
  return 0;
}
