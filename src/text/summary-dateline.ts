/** Agencies that sign the head of a text: `PARIS (AFP) — …`. Names only; any may be absent. */
const AGENCY =
  /^(?:AP|AFP|CNN|UPI|PTI|ANI|IANS|BBC|NPR|ANSA|EFE|DPA|dpa|APA|SDA|ATS|TASS|KYODO|Kyodo|Xinhua|Reuters|REUTERS|Bloomberg|Interfax|Belga|Lusa|PAP|CTK|Yonhap|AAP|CBS|NBC|ABC|KUNA|WAM|MTI|Notimex|Europa Press|Associated Press|Agence France-Presse|Rolling Stone|Thomson Reuters Foundation|[A-Z][\w.]*\.com|[A-Z]{2,5} News)$/u;
const PLACE = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*(?:[ ,]+(?:\p{Lu}[\p{L}\p{M}.'’-]*|\d{1,2}\.?|de|del|la|le|of|am|an|der))*`;
const WITH_AGENCY = new RegExp(
  String.raw`^(?:${PLACE})?[,.:]?\s*[([]([^()[\]]{2,30})[)\]]\s*[:.]?\s*(--|[—–-])?\s*`,
  'u',
);
const CAPITALS =
  /^\p{Lu}[\p{Lu}\p{M}.'’-]+(?:[ ,]+[\p{L}\p{M}.'’-]+){0,4}[,.:]?\s*(?:--|[—–]|(?<=\s)-)\s*(?=["“„«‘'(]*[\p{Lu}\p{N}])/u;
const TITLE_CASE =
  /^\p{Lu}[\p{L}\p{M}.'’-]+(?:[ /,]+\p{Lu}[\p{L}\p{M}.'’-]*){0,2}[,.:]?\s(?:--|[—–])\s(?=["“„«‘'(]*\p{Lu})/u;
/** `By Ines Calloway: The …`, on one line with the text. */
const BYLINE = /^By (?:\p{Lu}[\p{L}.’'-]+ ?){2,4}[:|]\s(?=["“‘]?\p{Lu})/u;
const DASHES = /^(?:--|[—–])\s*/u;

/**
 * How many UTF-16 units of the head of an article are a dateline, an agency's signature or a stray dash, and belong in
 * no post: `MADRID — `, `Boston (CNN)`, `March 4 (Reuters) - `. 0 where the text starts at once.
 */
export function datelineLength(text: string): number {
  const head = text.slice(0, 120);
  const signed = WITH_AGENCY.exec(head);
  if (signed !== null && signed[0].length <= 80) {
    const rest = text.slice(signed[0].length);
    const agency = (signed[1] ?? '').trim();
    const isSigned =
      AGENCY.test(agency) || (signed[2] !== undefined && /^[\p{L}./-]{2,20}(?: \p{Lu}[\p{L}.]*){0,2}$/u.test(agency));
    if (isSigned && /^["“„«‘'(]*[\p{Lu}\p{N}]/u.test(rest)) return signed[0].length;
  }
  for (const pattern of [CAPITALS, TITLE_CASE, BYLINE, DASHES]) {
    const match = pattern.exec(head);
    if (match !== null && match[0].length <= 60) return match[0].length;
  }
  return 0;
}
