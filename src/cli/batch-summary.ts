import { MAX_ARTICLE_LENGTH } from '../domain/article.ts';
import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import { grounded } from '../text/grounding-summary.ts';
import { chooseHashtags } from '../text/hashtags.ts';
import { detectLanguage } from '../text/language.ts';
import { articleFromText } from '../text/plain.ts';
import { joinSentences } from '../text/sentences-joined.ts';
import { chooseSentences, summarize } from '../text/summary.ts';
import { optionalCount, optionalString, stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/** `{title?, text, lang?, maxChars, maxSentences}` → `{summary}`: code points, and sentences best first where they are counted. */
export function answerSummary(request: BatchRequest): BatchAnswer {
  const article = articleOf(request);
  const summary = grounded(summarize(article), article);
  const max = optionalCount(request, 'maxChars');
  const most = optionalCount(request, 'maxSentences');
  const allowed = summary.sentences.filter(({ rank }) => rank !== null && (most === null || rank <= most));
  const chosen =
    max === null
      ? allowed
      : chooseSentences(
          { ...summary, sentences: allowed },
          { max, measure: (text) => Array.from(text).length },
          article.title,
        );
  return { summary: joinSentences(chosen) };
}

/** `{title?, text, lang?, max?}` → `{keywords}`, best first, each a hashtag. */
export function answerHashtags(request: BatchRequest): BatchAnswer {
  const max = optionalCount(request, 'max');
  const tags = chooseHashtags(articleOf(request), { strategy: 'smart', ...(max !== null && { max }) });
  return { keywords: tags.filter((hashtag) => hashtag.kept).map((hashtag) => hashtag.tag) };
}

function articleOf(request: BatchRequest): Article {
  const title = optionalString(request, 'title');
  const lang = optionalString(request, 'lang');
  const given = { ...(title !== null && { title }), ...(lang !== null && { lang }) };
  const text = stringOf(request, 'text');
  if (text.length > MAX_ARTICLE_LENGTH)
    throw new Refusal('invalid', `The text is ${text.length} characters long; at most ${MAX_ARTICLE_LENGTH} are read.`);
  return articleFromText(text, given, detectLanguage);
}
