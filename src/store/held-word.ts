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
  String.raw`#@_*-`, // marks of tags, mentions and markup
].join('');

/** Capitals that a database of the locale C leaves as they are, where accents have come apart. */
const CAPITALS = [...'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩÆØŒŁĐÞÐĦ'];
const small = CAPITALS.map((letter) => letter.toLowerCase());
/** PostgreSQL asks this once, when it plans: looking each letter up in the list takes longer than all the rest. SQL. */
const byLocale = (knowing: string, c: string): string => `CASE WHEN lower('Я') = 'я' THEN '${knowing}' ELSE '${c}' END`;
const LETTERS = [byLocale('ςı', `ςı${CAPITALS.join('')}`), byLocale('σi', `σi${small.join('')}`)].join(', ');

/** One way of writing for both. SQL. @param text SQL of a text whose signs have come apart */
const plain = (text: string): string =>
  `translate(replace(replace(regexp_replace(lower(${text}), '[${SILENT.replaceAll("'", "''")}]+', '', 'g'), 'ß', 'ss'), 'ẞ', 'ss'), ${LETTERS})`;

const apart = (text: string): string => `normalize(${text}, NFKD)`;

/** A sign of a word, in every locale: that of C knows no other punctuation than ASCII's. */
const SIGN = String.raw`[^\s[:punct:]\u00ab\u00bb\u2000-\u206f\u3000-\u303f]`;
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
 * `rev`, which must be in scope, has the word in a text, a description, a title or an address: with its dots or without, or
 * as it stands. Nearly every text is told by the first look, which knows no dots: to find those of abbreviations takes as
 * long again. SQL. @param word SQL of the word
 */
export const saysWord = (word: string): string => {
  const [text, looked] = [apart(`concat(${SAID}, ${THREAD})`), apart(word)];
  const has = (haystack: string, needle: string): string => `strpos(${plain(haystack)}, ${plain(needle)}) > 0`;
  const bare = (sql: string): string => `replace(${sql}, '.', '')`;
  const dotless = withoutDots(looked);
  return `CASE WHEN ${has(bare(text), bare(looked))}
    THEN (${plain(dotless)} <> '' AND ${has(withoutShort(text), dotless)}) OR (${looked} <> ${dotless} AND ${has(text, looked)})
    ELSE false END`;
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
