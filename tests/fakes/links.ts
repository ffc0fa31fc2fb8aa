/**
 * What X and Mastodon make a link of, written for the fakes alone from the networks' own rules, so that a fault in the
 * product's finder shows. Both: https://github.com/twitter/twitter-text (Mastodon changed what may end a path:
 * https://github.com/mastodon/mastodon/blob/main/config/initializers/twitter_regex.rb).
 */

/** Enough of the root zone for invented addresses; longer ones first. */
const topLevel = '(?:news|com|org|net|рф|de|co)(?![\\p{L}\\p{N}@+-])';
const latin = 'a-z0-9\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u1E00-\\u1EFF';

/** Parentheses stay where they are balanced, and nothing stays behind the last character that may end a path. */
function pathOf(inside: string, last: string): string {
  const balanced = `\\((?:${inside}|\\(${inside}+\\))+\\)`;
  return `(?:/(?:(?:${inside}|${balanced})*(?:${last}|${balanced}))?)*`;
}

const xPath = pathOf(
  `[a-z\\u0400-\\u04FF0-9!*';:=+,.$/%#[\\]\\-–_~@|&${latin}]`,
  `[+\\-a-z\\u0400-\\u04FF0-9=_#/${latin}]`,
);
const mastodonPath = pathOf(`[^\\s<>()?]`, `[^\\s()?!*"'「」<>;:=,.$%[\\]~&|@]`);
const before = '(?<![A-Za-z0-9@＠$#＃\\uFFFE\\uFEFF\\uFFFF])';

const xLink = new RegExp(
  `${before}(?:https?://(?:[\\p{L}\\p{M}\\p{N}_-]+\\.)+${topLevel}|(?<![-_./])(?:(?![-_])[${latin}_-]+(?<![-_])\\.)+${topLevel})(?::\\d+)?${xPath}(?:\\?[a-z0-9!?*'@();:&=+$/%#[\\]\\-_.,~|]*[a-z0-9\\-_&=#/])?`,
  'giu',
);
const mastodonLink = new RegExp(
  `${before}https?://(?:[\\p{L}\\p{M}\\p{N}_-]+\\.)+${topLevel}(?::\\d+)?${mastodonPath}(?:\\?[^\\s()<>]*[^\\s()<>"'!?.,:;*$%[\\]~|@])?`,
  'giu',
);

/** The text without its links, and how many there were. */
function without(text: string, link: RegExp, instead: string): { rest: string; links: number } {
  let links = 0;
  const rest = text.replace(link, () => {
    links += 1;
    return instead;
  });
  return { rest, links };
}

/** With and without a scheme. */
export const withoutXLinks = (text: string): { rest: string; links: number } => without(text, xLink, '');
/** With a scheme only. */
export const withoutMastodonLinks = (text: string): { rest: string; links: number } => without(text, mastodonLink, ' ');
