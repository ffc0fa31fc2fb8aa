import type { Article } from '../domain/article.ts';
import type { RankedSentence, Summary } from '../domain/summary.ts';
import type { Writer, Written } from '../models/writer.ts';
import { grounded } from '../text/grounding-summary.ts';
import { detectLanguage } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { withoutTickers } from '../text/tickers.ts';
import type { Tools } from './tools.ts';

/** A model that is slower than this is not waited for: the article's own sentences are there already. */
const PATIENCE_MS = 60_000;
/** Sentences a model is given: more than any news article has. */
const MOST_GIVEN = 200;
const NOT_OF_THE_FORM = 'The answer is not of the form asked for.';
/** Of the request we make and the checks on its answer: raised with either. */
export const MODEL_VERSION = '1';

/**
 * The summary in a model's words, where the operator wants that and the article bears them out; otherwise our own, with the
 * reason. The model is asked once more where its answer has not the form or a check fails, and no third time.
 */
export async function writeSummary(
  { writer, log }: Pick<Tools, 'writer' | 'log'>,
  own: Summary,
  article: Article,
): Promise<Summary> {
  if (writer === null) return own;
  const source = splitSentences(article.text, article.lang).slice(0, MOST_GIVEN);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const asked = { title: article.title, lang: article.lang, sentences: source.map((sentence) => sentence.text) };
    let faults: string[] = [];
    for (let tries = 0; tries < 2; tries++) {
      const written = await writer.write({ ...asked, faults }, signal);
      if (written === null) {
        faults = [NOT_OF_THE_FORM];
        continue;
      }
      const summary = summaryOf(writer, written, source, own);
      faults = faultsOf(summary, article);
      if (faults.length === 0) return grounded(summary, article);
    }
    return notUsed(own, writer, faults.join(' '));
  } catch (error) {
    log.warn({ err: error, model: writer.model }, 'the model was of no use; the article’s own sentences are taken');
    const isLate = signal.aborted;
    return notUsed(
      own,
      writer,
      isLate ? `It did not answer within ${PATIENCE_MS / 1000} s.` : (error as Error).message,
    );
  }
}

function summaryOf({ model }: Writer, written: readonly Written[], source: readonly Sentence[], own: Summary): Summary {
  const sentences = written.map(({ text, cites }, index): RankedSentence => {
    const cited = cites.flatMap((number) => source[number - 1] ?? []);
    return {
      index,
      text: withoutTickers(text.trim().normalize('NFC')),
      start: Math.min(...cited.map((sentence) => sentence.start), Infinity),
      end: Math.max(...cited.map((sentence) => sentence.end), 0),
      score: written.length - index,
      rank: index + 1,
      reasons: [{ name: 'written-by-model', points: 0, detail: `${model}, after sentence ${cites.join(', ')}` }],
    };
  });
  return { engine: `model:${model}`, version: MODEL_VERSION, lang: own.lang, sentences, hashtags: own.hashtags };
}

/** Everything that speaks against a model's summary, each in a sentence it can act on. */
function faultsOf(summary: Summary, article: Article): string[] {
  const uncited = summary.sentences.filter(({ end }) => end === 0);
  if (uncited.length > 0) return uncited.map(({ text }) => `“${text}” cites no sentence of the article.`);
  const checked = grounded(summary, article).sentences.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => (reason.name === 'not-grounded' ? [reason.detail ?? ''] : [])),
  );
  const lang = detectLanguage(summary.sentences.map((sentence) => sentence.text).join(' '));
  const isOther = lang !== 'und' && article.lang !== 'und' && lang !== article.lang.split('-')[0];
  return isOther ? [...checked, `It is written in ${lang}, the article in ${article.lang}.`] : checked;
}

/** Our own summary, whose first sentence says why it is not the model's. */
function notUsed(own: Summary, { model }: Writer, why: string): Summary {
  const detail = `${model}: ${why}`.slice(0, 500);
  const sentences = own.sentences.map((sentence) =>
    sentence.rank === 1
      ? { ...sentence, reasons: [...sentence.reasons, { name: 'model-not-used', points: 0, detail }] }
      : sentence,
  );
  return { ...own, sentences };
}
