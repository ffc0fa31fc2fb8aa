import { z } from 'zod';
import type { Sql } from './database.ts';

/**
 * A word hold compares what is read, not how it is written: a hold that misses a name is the worst that can happen, one that
 * holds too much is seen and lifted. So both sides are brought to one form by the same PostgreSQL, and the word is looked for
 * anywhere in it: "art" holds "party" too.
 */

/** What separates, joins, quotes or marks and makes no other word, in compatibility decomposition: a class of PostgreSQL's. */
const SILENT = [
  String.raw`\t\n\v\f\r \u0085\u1680\u2028\u2029`, // white space
  String.raw`\u0300-\u036f`, // accents, where accents come apart
  String.raw`\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed`, // vowel signs and lengthenings of Arabic
  String.raw`\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7`, // points of Hebrew
  String.raw`\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff`, // what is not seen
  String.raw`\u00b7\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\u30fb`, // hyphens, dashes, middle dots
  String.raw`"'\u0060\u00ab\u00bb\u02b9-\u02bf\u2016-\u201f\u2032-\u2037\u2039\u203a\u300c-\u300f\u301d-\u301f`, // quotation marks
  String.raw`,;:/|\\(){}\[\]\u060c\u061b\u2044\u3001\u3008-\u3011`, // what stands between the words of a name, and in addresses
  String.raw`#@_*-`, // marks of tags, mentions and markup
].join('');

/** Capitals that a database of the locale C leaves as they are, where accents have come apart. */
const CAPITALS = [...'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ'];
const small = CAPITALS.map((letter) => letter.toLowerCase());
/** Letters with a stroke or a hook, which no decomposition takes off, as they are written without. */
const STRUCK = 'łløođdðdħhŧtəaŋnɓbɗdɖdƙkƴyɨi';
const struck = (place: number): string => [...STRUCK].filter((_, index) => index % 2 === place).join('');
const STRUCK_CAPITALS = struck(0).toUpperCase();
/** PostgreSQL asks this once, when it plans: looking each letter up in the list takes longer than all the rest. SQL. */
const byLocale = (knowing: string, c: string): string => `CASE WHEN lower('Я') = 'я' THEN '${knowing}' ELSE '${c}' END`;
const LETTERS = [
  byLocale(`ςı${struck(0)}`, `ςı${struck(0)}${STRUCK_CAPITALS}${CAPITALS.join('')}`),
  byLocale(`σi${struck(1)}`, `σi${struck(1)}${struck(1)}${small.join('')}`),
].join(', ');
/** Letters that are two where they are written without. */
const DOUBLE = Object.entries({ ß: 'ss', ẞ: 'ss', æ: 'ae', Æ: 'ae', œ: 'oe', Œ: 'oe', þ: 'th', Þ: 'th' });
const spelt = DOUBLE.reduce((sql, [letter, two]) => `replace(${sql}, '${letter}', '${two}')`, 'seen');

/** One way of writing for both. Letters of ASCII, which is all that is left of most texts, need no more. SQL. @param text SQL of a text whose signs have come apart */
const plain = (text: string): string =>
  `(SELECT CASE WHEN octet_length(seen) = length(seen) THEN seen ELSE translate(${spelt}, ${LETTERS}) END
      FROM (SELECT regexp_replace(lower(${text}), '[${SILENT.replaceAll("'", "''")}]+', '', 'g') AS seen OFFSET 0) AS only_seen)`;

/** One sign of UTF-8 as addresses have it: what is none PostgreSQL refuses to read. https://www.rfc-editor.org/rfc/rfc3629#section-4 */
const ENCODED = ((next: string): string =>
  [
    '%0[1-9a-f]|%[1-7][0-9a-f]',
    `%c[2-9a-f]${next}|%d[0-9a-f]${next}`,
    `%e0%[ab][0-9a-f]${next}|%e[1-9a-cef]${next}${next}|%ed%[89][0-9a-f]${next}`,
    `%f0%[9ab][0-9a-f]${next}${next}|%f[1-3]${next}${next}${next}|%f4%8[0-9a-f]${next}${next}`,
  ].join('|'))('%[89ab][0-9a-f]');

/**
 * Addresses as they are read, encoded once or more often: Müller is `M%C3%BCller` there, and a space `%20`. What `convert_from`
 * answers is of the locale C, of which all else would become that compares with it. SQL.
 */
const decoded = (text: string): string => `CASE WHEN ${text} ~ '%[0-9A-Fa-f]{2}' THEN
  (SELECT string_agg(CASE WHEN run[1] ~ '^%.' THEN convert_from(decode(replace(run[1], '%', ''), 'hex'), 'UTF8') COLLATE "default" ELSE run[1] END, '' ORDER BY n)
     FROM regexp_matches(regexp_replace(${text}, '%(25)+', '%', 'g'), '(?:${ENCODED})+|%|[^%]+', 'gi') WITH ORDINALITY AS runs (run, n)) ELSE ${text} END`;

/** A sign of a word, in every locale: that of C knows no other punctuation than ASCII's. */
const SIGN = String.raw`[^\s[:punct:]\u00ab\u00bb\u2000-\u206f\u3000-\u303f]`;

/** What comes apart, with a space where addresses have a plus between two words. SQL. */
const apart = (text: string): string =>
  `normalize(CASE WHEN strpos(${text}, '+') > 0 THEN regexp_replace(${decoded(text)}, '(${SIGN})[+](?=${SIGN})', '\\1', 'g') ELSE ${decoded(text)} END, NFKD)`;

/** The same, but for a digit: the dot of 1.5 is none of an abbreviation. */
const LETTER = SIGN.replace('[^', String.raw`[^\d`);
const SMALL = LETTER.replace('[^', '[^[:upper:]');

/**
 * Dots that are written or left out: after one letter (U.S., O. J.), and after up to four (Dr., Capt.), but for capitals
 * within other writing: "in the US. Then" ends a sentence. Any other dot stands between two words as it did. SQL.
 */
const withoutShort = (text: string): string =>
  String.raw`regexp_replace(${text}, '(?<!${SIGN})(${LETTER}|${SIGN}{1,3}${SMALL}|${SIGN}{1,3}[[:upper:]](?=[.]\s*[[:upper:]]{2}))[.]', '\1', 'g')`;

/** The dots of the word itself, which says no sentences: all but those of numbers. SQL. */
const withoutDots = (word: string): string => String.raw`regexp_replace(${word}, '(?<!\d)[.]|[.](?!\d)', '', 'g')`;

/** What stands at the border of two messages of a thread and belongs to neither's text: a number, a link, tags. */
const BORDER = String.raw`^\s*\d+/\d+\s|https?://\S+|#\S+`;

/** The messages of a thread in one, without what stands at their borders. `rev` must be in scope. SQL. */
const THREAD = `CASE WHEN jsonb_array_length(rev.parts) > 1 THEN
  (SELECT string_agg(regexp_replace(text #>> '{}', '${BORDER}', '', 'g'), '' ORDER BY n) FROM jsonb_path_query(rev.parts, '$[*].text') WITH ORDINALITY AS texts (text, n)) END`;

/** Every text, description, title and address of `rev`, which must be in scope, and what nothing says after them. SQL. */
const SAID = `(SELECT string_agg(said #>> '{}', '' ORDER BY n) FROM jsonb_path_query(rev.parts, '$.** ? (@.type() == "string")') WITH ORDINALITY AS strings (said, n))
  || E'\\x01'`;

/**
 * What no letter or digit of ASCII comes out of, and of these ranges one at most: a text of nothing else is told by a look at
 * it as it stands. With letters that are read as one of ASCII: À to ſ, but for those that are two or none.
 */
const ONE_LETTER = String.raw`\u00c0-\u00c5\u00c7-\u00d6\u00d8-\u00dd\u00e0-\u00e5\u00e7-\u00f6\u00f8-\u00fd\u00ff-\u0131\u0134-\u0137\u0139-\u0149\u014c-\u0151\u0154-\u017f`;
const NO_LETTER = String.raw`\u0001-\u007f\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6\u00b7\u00bb\u00bf\u00d7\u00f7\u0300-\u036f\u200b-\u2015\u2018-\u2027\u2030\u2039\u203a\u2060\u20ac\u2190-\u21ff\u2600-\u27bf\ufe0f\U0001f300-\U0001faff`;
const HIDDEN = `[^${NO_LETTER}${ONE_LETTER}]|%[0-9a-f]{2}`;

/**
 * A word's letters of ASCII, whatever stands between them; the second of those that may be written as one with a mark may be
 * left out. SQL of a regular expression. @param needle SQL of the word in its plain form, written out
 */
const lettersOf = (needle: string): string => {
  const optional = (sql: string, letter: string): string =>
    `replace(${sql}, '${letter}', '(?:[${letter.toLowerCase()}${ONE_LETTER}][^a-z0-9]*)?')`;
  const letters = `regexp_replace(${needle}, '[^a-z0-9]+', '', 'g')`;
  const marked = `regexp_replace(regexp_replace(${letters}, '(?<=[aou])e', 'E', 'g'), '(?<=a)a', 'A', 'g')`;
  return optional(optional(`regexp_replace(${marked}, '([a-z0-9])', '[\\1${ONE_LETTER}][^a-z0-9]*', 'g')`, 'E'), 'A');
};

/** Letters with a mark as they are written out where there is none: Müller is Mueller. SQL. @param text SQL of a text whose signs have come apart */
const writtenOut = (text: string): string =>
  `CASE WHEN ${text} ~ '[aouAOU]\u0308|[aA]\u030a|[øØ]' THEN
     replace(replace(regexp_replace(regexp_replace(${text}, '([aouAOU])\u0308', '\\1e', 'g'), '([aA])\u030a', '\\1a', 'g'), 'ø', 'oe'), 'Ø', 'Oe') ELSE ${text} END`;

/** A name in the orders in which it is written: "Putin, Vladimir" is "Vladimir Putin", and the other way round. SQL of rows. */
const ordersOf = (word: string): string => {
  const put = (order: string): string => `regexp_replace(${word}, '${order}', '\\2 \\1')`;
  const around = String.raw`^\s*([^,]*[^,\s])\s*,\s*([^,]*[^,\s])\s*$`;
  const firstLast = String.raw`^\s*([^,\s]+)\s+([^,]*[^,\s])\s*$`;
  const lastFirst = String.raw`^\s*([^,]*[^,\s])\s+([^,\s]+)\s*$`;
  return `SELECT DISTINCT unnest(ARRAY[${word}, ${put(around)}, ${put(firstLast)}, ${put(lastFirst)}]) AS name`;
};

/**
 * `rev`, which must be in scope, has the word in a text, a description, a title or an address: with its dots or without, or
 * as it stands, in either way to write letters with a mark, and a name in either order. Nearly every text is told by the first
 * look, at its letters as they stand, and most others by the second, which knows no dots: to find those of abbreviations takes
 * as long as all the rest. SQL. @param word SQL of the word
 */
export const saysWord = (word: string): string => {
  const has = (haystack: string, needle: string): string => `strpos(${haystack}, ${needle}) > 0`;
  const bare = (sql: string): string => `replace(${sql}, '.', '')`;
  return `(WITH looking AS MATERIALIZED (
      SELECT *, CASE WHEN is_out AND octet_length(word) = length(word) THEN ${lettersOf('bare')} END AS letters
        FROM (SELECT is_out, differs, ${plain('way.looked')} AS word, ${plain(withoutDots('way.looked'))} AS bare
        FROM (SELECT looked, ${writtenOut('looked')} AS written FROM (SELECT ${apart('name')} AS looked FROM (${ordersOf(word)}) AS names OFFSET 0) AS orders OFFSET 0) AS ways
       CROSS JOIN LATERAL (VALUES (false, ways.looked, false), (true, written, written <> ways.looked)) AS way (is_out, looked, differs) OFFSET 0) AS words
    ) SELECT CASE
      WHEN NOT EXISTS (SELECT FROM looking WHERE is_out AND (letters IS NULL OR small ~ letters))
       AND NOT small ~ '${HIDDEN}' THEN false
      ELSE EXISTS (
        SELECT FROM (SELECT way.text, is_out, ${plain('way.text')} AS read
                 FROM (SELECT text, ${writtenOut('text')} AS written FROM (SELECT ${apart('said')} AS text OFFSET 0) AS texts OFFSET 0) AS wording
                CROSS JOIN LATERAL (VALUES (false, wording.text), (true, written)) AS way (is_out, text)
                WHERE NOT is_out OR written <> wording.text OR EXISTS (SELECT FROM looking WHERE differs) OFFSET 0) AS reading JOIN looking USING (is_out)
         WHERE CASE WHEN NOT ${has(bare('read'), bare('word'))} THEN false
                    WHEN bare <> '' AND ${has('read', 'bare')} THEN true
                    ELSE (bare <> '' AND ${has(plain(withoutShort('text')), 'bare')}) OR (word <> bare AND ${has('read', 'word')}) END) END
    FROM (SELECT said, lower(said) AS small FROM (SELECT concat(${SAID}, ${THREAD}) AS said OFFSET 0) AS says OFFSET 0) AS saying)`;
};

/** Whether nothing is left of a word to look for. */
export async function saysNothing(sql: Sql, word: string): Promise<boolean> {
  const row = await sql.one(
    z.object({ isNothing: z.boolean() }),
    `SELECT ${plain(withoutDots(apart('$1::text')))} = '' AS "isNothing"`,
    [word],
  );
  return row?.isNothing ?? true;
}
