import { sendTestMessage } from '../../pipeline/test-message.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { newNotificationTest, notificationTest } from '../schemas/notification.ts';

/** Whether people would be told: the house rules say who and of what. */
export function notificationRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/notification-tests',
    {
      schema: {
        operationId: 'testNotification',
        summary:
          'Send a test message to mail addresses, or to a Slack, Discord or Telegram account, and say how it went',
        tags: ['house-rules'],
        body: newNotificationTest,
        response: { 200: notificationTest },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const sent = await sendTestMessage(context, request.body, caller.name, caller.id);
      return { outcome: sent.kind, detail: sent.kind === 'delivered' ? null : sent.detail };
    },
  );
}
