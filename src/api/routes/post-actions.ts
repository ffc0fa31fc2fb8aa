import type { ZodType } from 'zod';
import { approve, checkOnNetwork, retry, settle } from '../../pipeline/post-actions.ts';
import { correctPost } from '../../pipeline/correct.ts';
import { removePost } from '../../pipeline/remove.ts';
import { rewrite } from '../../pipeline/rewrite.ts';
import { schedulePost } from '../../pipeline/schedule.ts';
import type { Sql } from '../../store/database.ts';
import { found } from '../../store/database.ts';
import { getListedPost } from '../../store/post-list.ts';
import { cancelPost, rejectPost, returnPost, submitPost, unschedulePost } from '../../store/post-moves.ts';
import type { RouteName } from '../access-table.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody } from '../schemas/common.ts';
import {
  approveBody,
  cancelBody,
  correctBody,
  markPublishedBody,
  postView,
  rejectBody,
  removeBody,
  requestChangesBody,
  rewriteBody,
} from '../schemas/post.ts';
import { scheduleTime } from '../schemas/schedule.ts';
import { mayReachPost } from '../test-keys.ts';
import { postViewOf } from '../views/post.ts';
import { mayPublish, whenOf } from '../when.ts';

type Verb = Exclude<
  Extract<RouteName, `POST /v1/posts/:id/${string}`> extends `POST /v1/posts/:id/${infer Name}` ? Name : never,
  'dry-run'
>;

interface Asked<Body> {
  readonly id: string;
  /** From `If-Match`; null where the caller did not send one. */
  readonly version: number | null;
  readonly body: Body;
  readonly actor: string;
}

/** What people do to a post. Each answers the post as it stands afterwards; `If-Match` is honoured where it is sent. */
export function postActionRoutes(app: Api, context: ApiContext): void {
  const { database, io } = context;
  const inOne = (work: (sql: Sql) => Promise<void>): Promise<void> => database.transaction(work);

  function verb<Schema extends ZodType>(
    name: Verb,
    summary: string,
    body: Schema,
    act: (asked: Asked<Schema['_zod']['output']>) => Promise<unknown>,
  ): void {
    app.post(
      `/v1/posts/:id/${name}`,
      {
        schema: {
          operationId: `${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Post`,
          summary,
          tags: ['posts'],
          params: byId,
          body,
          response: { 200: postView },
        },
      },
      async (request, reply) => {
        const { id } = request.params as { id: string };
        const caller = callerOf(request);
        await mayReachPost(caller, database, id);
        const scheduled = (request.body as { schedule?: unknown } | null)?.schedule;
        if (name === 'approve' && scheduled !== undefined) mayPublish(caller);
        const version = request.headers['if-match'] === undefined ? null : versionFrom(request);
        await act({ id, version, body: request.body as Schema['_zod']['output'], actor: caller.id });
        const row = found(await getListedPost(database, id), 'post', id);
        sendVersion(reply, row.version);
        return postViewOf(row) as never;
      },
    );
  }

  verb('submit', 'Send a draft to review', noBody, ({ id, version, actor }) =>
    inOne((sql) => submitPost(sql, id, version, actor)),
  );
  verb('approve', 'Approve the text as it stands', approveBody, ({ id, version, body, actor }) => {
    const when = body?.schedule === undefined ? null : whenOf(body.schedule, io.now(), '/schedule');
    const until = body?.until === undefined ? null : new Date(body.until);
    return approve(context, id, version, when, actor, until);
  });
  verb('reject', 'Turn it down, with the reason', rejectBody, ({ id, version, body, actor }) =>
    inOne((sql) => rejectPost(sql, id, version, body.reason, actor)),
  );
  verb('request-changes', 'Give it back to the writer, with a note', requestChangesBody, (asked) =>
    inOne((sql) => returnPost(sql, asked.id, asked.version, asked.body.note, asked.actor)),
  );
  verb('rewrite', 'Write it anew from its article: a new text, back in review', rewriteBody, (asked) =>
    rewrite(context, asked.id, asked.version, asked.body.how, asked.actor),
  );
  verb('schedule', 'Give an approved post its time', scheduleTime, ({ id, version, body, actor }) =>
    schedulePost(context, id, version, whenOf(body, io.now()), actor),
  );
  verb('unschedule', 'Take its time away; it stays approved', noBody, ({ id, version, actor }) =>
    inOne((sql) => unschedulePost(sql, id, version, actor)),
  );
  verb('publish', 'Send an approved post now', noBody, ({ id, version, actor }) =>
    schedulePost(context, id, version, 'now', actor),
  );
  verb('cancel', 'Do not send it', cancelBody, ({ id, version, body, actor }) =>
    inOne((sql) => cancelPost(sql, id, version, body?.reason ?? null, actor)),
  );
  verb('retry', 'Try a failed or stale post again', noBody, ({ id, version, actor }) =>
    retry(context, id, version, actor),
  );
  verb('check', 'Look on the network whether a post in doubt is there', noBody, ({ id }) =>
    checkOnNetwork(context, id),
  );
  verb('mark-published', 'A person has seen it on the network', markPublishedBody, (asked) =>
    settle(context, asked.id, asked.version, { there: true, url: asked.body?.url ?? null }, asked.actor),
  );
  verb('send-again', 'A person has seen that it is not there: send it again', noBody, ({ id, version, actor }) =>
    settle(context, id, version, { there: false }, actor),
  );
  verb('correct', 'Change the text of a published post on its network', correctBody, ({ id, version, body, actor }) => {
    const texts = body.parts === undefined ? [body.text ?? ''] : body.parts.map((part) => part.text);
    return correctPost(context, id, version, texts, actor);
  });
  verb('remove', 'Take a published post off its network', removeBody, ({ id, version, body, actor }) =>
    removePost(context, id, version, body?.reason ?? null, actor),
  );
}
