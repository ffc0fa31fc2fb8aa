import { z } from 'zod';
import { outwardNames } from '../../domain/outward-events.ts';
import { deliveryStates } from '../../store/delivery.ts';
import { givenUrl, instant, page, pageQuery } from './common.ts';

const events = z
  .array(z.enum(outwardNames, { error: `must be one of ${outwardNames.join(', ')}` }))
  .min(1, 'is empty: name at least one event')
  .overwrite((names) => [...new Set(names)]);

/** `POST /v1/webhooks`. */
export const newWebhook = z.strictObject({ url: givenUrl, events }).meta({
  id: 'NewWebhook',
  examples: [{ url: 'https://newsroom.example/hooks/standfirst', events: ['post.published', 'post.failed'] }],
});

/** `PATCH /v1/webhooks/{id}` with `If-Match`. */
export const webhookChange = z
  .strictObject({
    url: givenUrl.optional(),
    events: events.optional(),
    isActive: z.boolean().optional().describe('`true` also brings back one that was disabled.'),
  })
  .meta({ id: 'WebhookChange', examples: [{ events: ['post.published'] }, { isActive: false }] });

export const rotation = z
  .strictObject({
    overlapHours: z.number().min(0).max(168).default(24).describe('How long the old secret signs too.'),
  })
  .nullish()
  .meta({ id: 'Rotation', examples: [{ overlapHours: 24 }] });

export const webhookView = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    state: z
      .enum(['active', 'paused', 'disabled', 'removed'])
      .describe(
        '`paused`: what happens meanwhile is delivered once it is active again, unless that is longer than deliveries are kept. `disabled`: by itself, after 5 days of failure or an answer 410; it is told nothing of what happens meanwhile.',
      ),
    problem: z.string().nullable().describe('Why it was disabled, or paused by a restore.'),
    failingSince: instant.nullable(),
    oldSecretUntil: instant.nullable().describe('Until then the secret before the last rotation signs too.'),
    version: z.int(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhookView>;

export const webhookWithSecret = webhookView
  .extend({ secret: z.string().nullable().describe('`whsec_…`, shown this once.') })
  .meta({ id: 'WebhookWithSecret' });

export const webhookPage = page(webhookView);

export const deliveryView = z
  .object({
    id: z.string().describe('Also the `webhook-id`, the same at every try.'),
    webhookId: z.string(),
    type: z.string(),
    state: z.enum(deliveryStates),
    tries: z.int().describe('Of this round; a redelivery begins another.'),
    nextAt: instant.nullable().describe('When it is tried next, while it waits.'),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.infer<typeof deliveryView>;

export const deliveryDetail = deliveryView
  .extend({
    payload: z.string().describe('Byte for byte as it is sent.'),
    attempts: z.array(
      z.object({
        n: z.int(),
        at: instant,
        ms: z.int(),
        status: z.int().nullable().describe('Null where no answer came.'),
        response: z.string().nullable().describe('The first kilobyte of the answer.'),
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DeliveryDetail' });
export type DeliveryDetail = z.infer<typeof deliveryDetail>;

export const deliveryPage = page(deliveryView);
export const deliveryQuery = z.strictObject({
  ...pageQuery.shape,
  state: z.enum(deliveryStates).optional().describe('`waiting`: it is tried, or tried again.'),
});
