import { z } from 'zod';
import { outcomes, sourceKinds } from '../../domain/source.ts';
import { MAX_OUTLINES } from '../../text/feed-limits.ts';
import { givenSourceSettings, sourceSettings } from '../../store/source-settings.ts';
import { filledText, givenName, givenUrl, instant, page, pageQuery, plainText } from './common.ts';

const json: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());

const place = {
  kind: z
    .enum(sourceKinds)
    .describe(
      '`feed`: RSS, Atom, RDF or JSON Feed. `sitemap`: a news sitemap, an index of them, or a list of addresses as text. `urls`: the pages in `settings.urls`. `push`: articles come through `POST /v1/articles`.',
    ),
  url: givenUrl.optional().describe('Address of the feed or sitemap; not with `urls` and `push`.'),
};

function placeFits(
  { kind, url, settings }: { kind: string; url?: string | undefined; settings?: unknown },
  context: z.RefinementCtx,
): void {
  const isRead = kind === 'feed' || kind === 'sitemap';
  if (isRead && url === undefined) context.addIssue({ code: 'custom', path: ['url'], message: 'is missing' });
  if (!isRead && url !== undefined)
    context.addIssue({ code: 'custom', path: ['url'], message: `is not used with kind ${kind}` });
  const urls = (settings as { urls?: unknown[] } | undefined)?.urls ?? [];
  if (kind === 'urls' && urls.length === 0)
    context.addIssue({ code: 'custom', path: ['settings', 'urls'], message: 'names no page' });
  if (kind !== 'urls' && urls.length > 0)
    context.addIssue({ code: 'custom', path: ['settings', 'urls'], message: `is not used with kind ${kind}` });
}

/** `POST /v1/sources`. */
export const newSource = z
  .strictObject({
    ...place,
    name: givenName(100).optional().describe('Default: its own title.'),
    settings: givenSourceSettings.optional(),
  })
  .superRefine(placeFits)
  .meta({
    id: 'NewSource',
    examples: [
      {
        kind: 'feed',
        url: 'https://www.westmouth-courier.example/feed.xml',
        settings: { maxPerHour: 10, rules: { exclude: ['horoscope'], urgentWords: ['breaking'] } },
      },
    ],
  });

/** `POST /v1/source-previews`. */
export const newSourcePreview = z
  .strictObject({ ...place, settings: givenSourceSettings.optional() })
  .superRefine(placeFits)
  .meta({
    id: 'NewSourcePreview',
    examples: [{ kind: 'feed', url: 'https://www.westmouth-courier.example/feed.xml' }],
  });

/** `PATCH /v1/sources/{id}` with `If-Match`. Settings that are left out stay; `rules` are replaced one by one. */
export const sourceChange = z
  .strictObject({ name: givenName(100).optional(), url: givenUrl.optional(), settings: json.optional() })
  .meta({ id: 'SourceChange', examples: [{ settings: { maxPerHour: 20, rules: { sections: ['Politics'] } } }] });

export const sourceView = z
  .object({
    id: z.string(),
    kind: z.enum(sourceKinds),
    name: z.string(),
    url: z
      .string()
      .nullable()
      .describe('Whole for those who may manage sources; else host and path, and `…` for what may be a key.'),
    state: z.enum(['active', 'paused']),
    reason: z.string().nullable().describe('Why it is paused.'),
    settings: sourceSettings,
    lastPollAt: instant.nullable(),
    nextPollAt: instant.nullable(),
    httpStatus: z.int().nullable().describe('Of the last poll; null where nobody answered.'),
    problem: z.string().nullable().describe('Why the last poll failed, in one sentence.'),
    note: z.string().nullable().describe('What to know although all went well.'),
    failures: z.int().describe('Polls in a row that failed.'),
    failingSince: instant.nullable(),
    polls: z.int(),
    unchanged: z.int().describe('Polls that the server answered with 304: nothing was sent.'),
    hub: z.enum(['asked', 'active', 'denied']).nullable().describe('Its subscription at a hub (WebSub).'),
    days: z
      .array(z.object({ day: z.iso.date(), items: z.int(), accepted: z.int() }))
      .describe('The last 14 days in UTC, the oldest first.'),
    medianDelayMs: z
      .number()
      .nullable()
      .describe('From when the feed says that an article came out to when it was on the desk; median of a week.'),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Source' });
export type SourceView = z.infer<typeof sourceView>;

export const sourceQuery = z.strictObject({
  ...pageQuery.shape,
  kind: z.enum(sourceKinds).optional().describe('How it is read.'),
  state: z.enum(['active', 'paused', 'failing']).optional().describe('`failing`: the last poll failed.'),
});
export const sourcePage = page(sourceView);

/** `POST /v1/sources/{id}/pause`. */
export const pauseBody = z
  .strictObject({ reason: filledText(500).optional() })
  .nullish()
  .meta({ examples: [{ reason: 'They are moving to another address.' }] });

const judgement = z
  .object({
    passes: z.boolean(),
    isUrgent: z.boolean(),
    rule: z.string().nullable(),
    detail: z.string().nullable().describe('Why it would be filtered.'),
  })
  .meta({ id: 'Judgement' });

export const sourcePreviewView = z
  .object({
    title: z.string().nullable(),
    itemCount: z.int(),
    hasHub: z.boolean().describe('It offers to tell us when it changes (WebSub).'),
    note: z.string().nullable(),
    items: z.array(
      z.object({
        title: z.string(),
        url: z.string().nullable(),
        teaser: z.string().nullable(),
        publishedAt: z.string().nullable(),
        sections: z.array(z.string()),
        judgement,
      }),
    ),
  })
  .meta({ id: 'SourcePreview' });

/** `POST /v1/sources/{id}/rule-trials`. */
export const newRuleTrial = z
  .strictObject({ rules: givenSourceSettings.shape.rules })
  .meta({ id: 'NewRuleTrial', examples: [{ rules: { include: ['harbour*'], minLength: 600 } }] });

export const decisionView = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    outcome: z.enum(outcomes),
    rule: z.string().nullable().describe('The rule that filtered it.'),
    detail: z.string().nullable().describe('Why, in one sentence.'),
    articleId: z.string().nullable(),
    storyId: z.string().nullable().describe('The story it belongs to, or duplicates.'),
    url: z.string().nullable(),
    title: z.string(),
    teaser: z.string().nullable(),
    sections: z.array(z.string()),
    lang: z.string().nullable(),
    publishedAt: z.string().nullable(),
    promotedBy: z.string().nullable(),
    createdAt: instant.describe('When it was first seen.'),
    decidedAt: instant,
  })
  .meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof decisionView>;

export const ruleTrialView = z
  .object({
    matched: z.int(),
    of: z.int(),
    items: z.array(z.object({ decision: decisionView, judgement })),
  })
  .meta({ id: 'RuleTrial' });

export const decisionQuery = z.strictObject({
  ...pageQuery.shape,
  outcome: z.enum(outcomes).optional().describe('What became of the item.'),
});
export const decisionPage = page(decisionView);

export const promotedView = z.object({ articleId: z.string(), href: z.string() }).meta({ id: 'Promoted' });

/** `POST /v1/source-imports`. */
export const newSourceImport = z
  .strictObject({
    opml: plainText(2_097_152).describe(`The OPML file's text; at most ${MAX_OUTLINES.toLocaleString('en')} feeds.`),
    settings: givenSourceSettings.optional().describe('For every feed that is added.'),
  })
  .meta({
    id: 'NewSourceImport',
    examples: [
      {
        opml: '<opml version="2.0"><body><outline type="rss" text="Sport" xmlUrl="https://www.westmouth-courier.example/sport.xml"/></body></opml>',
      },
    ],
  });

export const sourceImportView = z
  .object({
    added: z.int(),
    feeds: z.array(
      z.object({
        url: z.string(),
        title: z.string(),
        result: z.enum(['added', 'known', 'refused']),
        sourceId: z.string().nullable(),
        detail: z.string().nullable().describe('Why it was not added.'),
      }),
    ),
  })
  .meta({ id: 'SourceImport' });
