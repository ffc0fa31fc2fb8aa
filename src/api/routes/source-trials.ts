import { previewSource, tryRules } from '../../pipeline/sources.ts';
import { givenSourceSettings } from '../../store/source-settings.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import { newRuleTrial, newSourcePreview, ruleTrialView, sourcePreviewView } from '../schemas/source.ts';
import { decisionViewOf, judgementView } from '../views/source.ts';

/** Looking before saving: what a source has, and what rules would do. */
export function sourceTrialRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/source-previews',
    {
      config: { limit: 'preview' },
      schema: {
        operationId: 'previewSource',
        summary: 'What a source has now, and what its rules would make of it; nothing is stored',
        tags: ['sources'],
        body: newSourcePreview,
        response: { 200: sourcePreviewView },
      },
    },
    async (request) => {
      const { kind, url = null, settings = givenSourceSettings.parse({}) } = request.body;
      const { items, ...rest } = await previewSource(context, { kind, url, settings });
      return {
        ...rest,
        items: items.map(({ item, judgement }) => ({
          title: item.title,
          url: item.url,
          teaser: item.teaser,
          publishedAt: item.publishedAt,
          sections: [...item.sections],
          judgement: judgementView(judgement),
        })),
      };
    },
  );

  app.post(
    '/v1/sources/:id/rule-trials',
    {
      schema: {
        operationId: 'tryRules',
        summary: 'What other rules would have made of the last 100 items; nothing is changed',
        description: 'Age is not judged: all of them have aged since.',
        tags: ['sources'],
        params: byId,
        body: newRuleTrial,
        response: { 200: ruleTrialView },
      },
    },
    async (request) => {
      const { items, ...rest } = await tryRules(context, request.params.id, request.body.rules);
      return {
        ...rest,
        items: items.map(({ decision, judgement }) => ({
          decision: decisionViewOf(decision, callerOf(request)),
          judgement: judgementView(judgement),
        })),
      };
    },
  );
}
