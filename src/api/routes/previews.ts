import type { Reason } from '../../domain/summary.ts';
import { preview } from '../../pipeline/preview.ts';
import { articleRequest } from '../../store/article.ts';
import type { Api, ApiContext } from '../parts.ts';
import { newPreview, previewView } from '../schemas/article.ts';

export function previewRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/previews',
    {
      config: { limit: 'preview' },
      schema: {
        operationId: 'createPreview',
        summary: 'What an article would become on each network; nothing is stored',
        tags: ['articles'],
        body: newPreview,
        response: { 200: previewView },
      },
    },
    async (request) => {
      const { networks, hashtags, ...rest } = request.body;
      const { article, summary, posts } = await preview(context, articleRequest.parse(rest), {
        hashtags,
        ...(networks === undefined ? {} : { networkIds: networks }),
      });
      const { title, lang, url, section, text } = article;
      return {
        article: { title, lang, url, section, text },
        summary: {
          ...summary,
          sentences: summary.sentences.map(withReasons),
          hashtags: summary.hashtags.map(withReasons),
        },
        posts: posts.map((post) => ({
          ...post,
          tags: [...post.tags],
          applied: [...post.applied],
          repeats: [...post.repeats],
          parts: post.parts.map((part) => ({ ...part, max: post.max, unit: post.unit })),
        })),
      };
    },
  );
}

/** Domain values are read-only; what is sent is a copy. */
function withReasons<T extends { readonly reasons: readonly Reason[] }>(value: T): T & { reasons: Reason[] } {
  return { ...value, reasons: [...value.reasons] };
}
