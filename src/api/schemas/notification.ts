import { z } from 'zod';
import { givenId } from './common.ts';

/** `POST /v1/notification-tests`: mail addresses, or one account on a network that takes messages. */
export const newNotificationTest = z
  .union(
    [
      z.strictObject({ mail: z.array(z.email('is not a mail address')).min(1, 'names nobody').max(20) }),
      z.strictObject({ accountId: givenId }),
    ],
    'must be {"mail": ["desk@example.org"]} with one to 20 addresses, or {"accountId": "acc_…"}',
  )
  .meta({ id: 'NewNotificationTest', examples: [{ mail: ['desk@example.org'] }] });

export const notificationTest = z
  .object({
    outcome: z.enum(['delivered', 'unknown', 'refused']).describe('`unknown`: sent, but the answer was lost.'),
    detail: z.string().nullable().describe('Why it was refused, in one sentence.'),
  })
  .meta({ id: 'NotificationTest' });
