import type { ZodType } from 'zod';
import { approve, checkOnNetwork, retry, settle } from '../pipeline/post-actions.ts';
import { correctPost } from '../pipeline/correct.ts';
import { refuseOwnCorrection } from '../pipeline/four-eyes.ts';
import { holdPost, resumePost } from '../pipeline/hold-post.ts';
import { removePost } from '../pipeline/remove.ts';
import { refuseUnseenWords } from '../pipeline/sensitive.ts';
import { rewrite } from '../pipeline/rewrite.ts';
import { schedulePost } from '../pipeline/schedule.ts';
import type { Sql } from '../store/database.ts';
import { cancelPost, rejectPost, returnPost, submitPost, unschedulePost } from '../store/post-moves.ts';
import type { RouteName } from './access-table.ts';
import { accessOf } from './access-table.ts';
import { permit } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { ApiContext } from './parts.ts';
import { noBody } from './schemas/common.ts';
import {
  approveBody,
  cancelBody,
  holdBody,
  correctBody,
  markPublishedBody,
  rejectBody,
  removeBody,
  requestChangesBody,
  resumeBody,
  rewriteBody,
} from './schemas/post-verbs.ts';
import { scheduleTime } from './schemas/schedule.ts';
import { mayReachPost } from './test-keys.ts';
import { mayApprove, mayPublish, whenOf } from './when.ts';

/** What people do to a post: the last piece of `POST /v1/posts/:id/…`, and `action` of a bulk call. */
export type PostVerb = Exclude<
  Extract<RouteName, `POST /v1/posts/:id/${string}`> extends `POST /v1/posts/:id/${infer Name}` ? Name : never,
  'dry-run'
>;

interface Asked<Body> {
  readonly id: string;
  /** From `If-Match`; null where the caller did not send one. */
  readonly version: number | null;
  readonly body: Body;
  readonly actor: string;
  /** Whether a person asks, not a program. */
  readonly isPerson: boolean;
}

export interface Verb {
  readonly summary: string;
  readonly body: ZodType;
  /** Carries it out on one post. The body has passed `body`. */
  act(asked: Asked<unknown>): Promise<unknown>;
}

export type PostVerbs = Readonly<Record<PostVerb, Verb>>;

/** Every verb with what its body may hold. */
export function postVerbs(context: ApiContext): PostVerbs {
  const { database, io } = context;
  const inOne = (work: (sql: Sql) => Promise<void>): Promise<void> => database.transaction(work);
  return {
    submit: verb('Send a draft to review', noBody, ({ id, version, actor }) =>
      inOne((sql) => submitPost(sql, id, version, actor)),
    ),
    approve: verb('Approve the text as it stands', approveBody, ({ id, version, body, actor, isPerson }) => {
      const when = body?.schedule === undefined ? null : whenOf(body.schedule, io.now(), '/schedule');
      const until = body?.until === undefined ? null : new Date(body.until);
      const isSeen = isPerson || body?.confirmSensitive === true;
      return approve(context, id, version, when, actor, { until, isSeen, hash: body?.hash ?? null });
    }),
    reject: verb('Turn it down, with the reason', rejectBody, ({ id, version, body, actor }) =>
      inOne((sql) => rejectPost(sql, id, version, body.reason, actor)),
    ),
    'request-changes': verb('Give it back to the writer, with a note', requestChangesBody, (asked) =>
      inOne((sql) => returnPost(sql, asked.id, asked.version, asked.body.note, asked.actor)),
    ),
    rewrite: verb('Write it anew from its article: a new text, back in review', rewriteBody, (asked) =>
      rewrite(context, asked.id, asked.version, asked.body.how, asked.actor),
    ),
    schedule: verb('Give an approved post its time', scheduleTime, ({ id, version, body, actor }) =>
      schedulePost(context, id, version, whenOf(body, io.now()), actor),
    ),
    unschedule: verb('Take its time away; it stays approved', noBody, ({ id, version, actor }) =>
      inOne((sql) => unschedulePost(sql, id, version, actor)),
    ),
    publish: verb('Send an approved post now', noBody, ({ id, version, actor }) =>
      schedulePost(context, id, version, 'now', actor),
    ),
    cancel: verb('Do not send it', cancelBody, ({ id, version, body, actor }) =>
      inOne((sql) => cancelPost(sql, id, version, body?.reason ?? null, actor)),
    ),
    hold: verb('Hold it back: no request of it leaves later than a second after the answer', holdBody, (asked) =>
      holdPost(context, asked.id, asked.version, asked.body.reason, asked.actor),
    ),
    resume: verb('Lift the hold of this one post', resumeBody, ({ id, version, body, actor }) =>
      resumePost(context, id, version, body?.resume ?? 'as-planned', actor),
    ),
    retry: verb('Try a failed or stale post again', noBody, ({ id, version, actor }) =>
      retry(context, id, version, actor),
    ),
    check: verb('Look on the network whether a post in doubt is there', noBody, ({ id }) =>
      checkOnNetwork(context, id),
    ),
    'mark-published': verb('A person has seen it on the network', markPublishedBody, (asked) =>
      settle(context, asked.id, asked.version, { there: true, url: asked.body?.url ?? null }, asked.actor),
    ),
    'send-again': verb('A person has seen that it is not there: send it again', noBody, ({ id, version, actor }) =>
      settle(context, id, version, { there: false }, actor),
    ),
    correct: verb('Change the text of a published post on its network', correctBody, async (asked) => {
      const { id, version, body, actor, isPerson } = asked;
      await refuseOwnCorrection(database, id);
      const texts = body.parts === undefined ? [body.text ?? ''] : body.parts.map((part) => part.text);
      if (!isPerson && body.confirmSensitive !== true) await refuseUnseenWords(database, id, texts);
      return correctPost(context, id, version, texts, actor);
    }),
    remove: verb('Take a published post off its network, also while publishing is held', removeBody, (asked) =>
      removePost(context, asked.id, asked.version, asked.body?.reason ?? null, asked.actor),
    ),
  };
}

/** @throws ApiProblem `not-allowed` where this caller may not do this to any post. */
export function mayAct(caller: Caller, verb: PostVerb, body: unknown): void {
  permit(caller, accessOf('POST', `/v1/posts/:id/${verb}`));
  const scheduled = (body as { schedule?: unknown } | null | undefined)?.schedule;
  if (verb === 'approve' && scheduled !== undefined) mayPublish(caller);
  // Whoever puts words before the readers approves them.
  if (verb === 'correct') mayApprove(caller);
}

/** Carries a verb out for a caller who may: see `mayAct`. @throws Refusal, ApiProblem as the verb. */
export async function actOn(
  { database }: Pick<ApiContext, 'database'>,
  verb: Verb,
  asked: { id: string; version: number | null; body: unknown },
  caller: Caller,
): Promise<void> {
  await mayReachPost(caller, database, asked.id);
  await verb.act({ ...asked, actor: caller.id, isPerson: caller.kind === 'member' });
}

function verb<Schema extends ZodType>(
  summary: string,
  body: Schema,
  act: (asked: Asked<Schema['_zod']['output']>) => Promise<unknown>,
): Verb {
  return { summary, body, act: act as Verb['act'] };
}
