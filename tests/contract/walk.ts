import sharp from 'sharp';
import { z } from 'zod';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { Failure } from '../../src/domain/errors.ts';
import { recordFailure } from '../../src/store/attempt.ts';
import { claimPost } from '../../src/store/claim.ts';
import { getPost } from '../../src/store/post.ts';
import type { Installation } from '../api/installation.ts';
import { Authenticator } from '../fakes/authenticator.ts';
import { readNow, runLine } from '../line/newsroom.ts';
import { Asker } from './ask.ts';
import type { Document } from './document.ts';
import type { Outside } from './outside.ts';

const made = z.looseObject({ id: z.string() });
const list = z.looseObject({ data: z.array(made) });

/**
 * Calls every operation of the document in an order that can work, with every example it has. What a route needs comes from
 * the routes before it; what a worker would do in between is done here.
 */
export async function walk(here: Installation, document: Document, outside: Outside): Promise<Asker> {
  const desk = new Asker(here, document, await here.key());
  await team(desk);
  await accounts(desk);
  await stories(here, desk, outside);
  await posts(here, desk);
  await media(desk);
  await sources(here, desk);
  await outward(here, desk);
  await ownAccount(here, desk);
  return desk;
}

async function team(desk: Asker): Promise<void> {
  const { id } = made.parse((await desk.ask('inviteUser')).json());
  for (const read of ['listRoles', 'listUsers', 'getTeamRules']) await desk.ask(read);
  for (const one of ['getUser', 'changeUser', 'makeUserLink']) await desk.ask(one, { id });
  await desk.ask('changeTeamRules');
  await desk.ask('changeTeamRules', { body: { fourEyes: false } });
  const key = made.parse((await desk.ask('createApiKey')).json());
  await desk.ask('listApiKeys');
  for (const one of ['rotateApiKey', 'revokeApiKey']) await desk.ask(one, { id: key.id });
  await desk.ask('removeUser', { id });
}

async function accounts(desk: Asker): Promise<void> {
  const { id } = made.parse((await desk.ask('addAccount')).json());
  for (const read of ['listNetworks', 'listAccounts']) await desk.ask(read);
  await desk.ask('beginConnection');
  for (const one of ['getAccount', 'changeAccount', 'reconnectAccount', 'checkAccount']) await desk.ask(one, { id });
  await desk.ask('listSlots', { id, query: { from: '2030-01-15T00:00:00Z', to: '2030-01-17T00:00:00Z' } });
  await desk.ask('listSlotPlans', { query: { from: '2030-01-15T00:00:00Z', to: '2030-01-17T00:00:00Z' } });
  await desk.ask('removeAccount', { id });
  await desk.ask('getHouseRules');
  await desk.ask('putHouseRules');
  await desk.ask('putHouseRules', { body: { slots: [{ time: '08:30' }, { time: '17:00' }] } });
  await desk.ask('testNotification');
  await desk.ask('getNewsroom');
  await desk.ask('putNewsroom');
  await desk.ask('getRetention');
  await desk.ask('putRetention');
}

async function stories(here: Installation, desk: Asker, outside: Outside): Promise<void> {
  const article = made.parse((await desk.ask('createArticle')).json()).id;
  await desk.ask('createPreview');
  await runLine(here.context);
  await desk.ask('listArticles', { query: { q: 'budget', state: 'ready' } });
  const { storyId } = z
    .looseObject({ storyId: z.string() })
    .parse((await desk.ask('getArticle', { id: article })).json());
  for (const one of ['getStory', 'putMasterText', 'addComment', 'listComments', 'shareStory', 'listShares'])
    await desk.ask(one, { id: storyId });
  await desk.ask('listStories');
  await desk.ask('endShare', { id: desk.newest.get('shr') ?? '' });
  await desk.ask('changeStory', { id: storyId });
  const written = list.parse((await desk.ask('listPosts', { query: { story: storyId } })).json()).data;
  for (const { id } of written) {
    await desk.ask('rewritePost', { id });
    await approve(here.context, id, null, 'now', 'test');
    await send(here, id);
  }
  outside.revise();
  for (const one of ['tellArticleApart', 'rereadArticle']) await desk.ask(one, { id: article });
  await runLine(here.context);
  const corrections = list.parse((await desk.ask('listCorrections', { query: { state: 'open' } })).json()).data;
  for (const { id } of corrections) await desk.ask('getCorrection', { id });
  await desk.ask('carryOutCorrection', { id: corrections[0]?.id ?? '', ids: { post: written[0]?.id ?? '' } });
}

async function posts(here: Installation, desk: Asker): Promise<void> {
  const ids = { account: here.sandboxId };
  await desk.ask('createPosts', { ids });
  const draft = (): Promise<string> => post(here, 'draft');
  const inReview = (): Promise<string> => post(here, 'review');
  const scheduled = (): Promise<string> => post(here, { at: new Date(Date.now() + 3_600_000) });
  const approved = async (): Promise<string> => {
    const id = await inReview();
    await approve(here.context, id, null, null, 'test');
    return id;
  };
  const published = async (): Promise<string> => {
    const id = await post(here, 'now');
    await send(here, id);
    return id;
  };
  const inDoubt = (): Promise<string> => unlucky(here, 'unknown');
  for (const [state, ...verbs] of [
    [draft, 'editPost', 'submitPost', 'cancelPost', 'dryRunPost'],
    [inReview, 'approvePost', 'rejectPost', 'requestChangesPost'],
    [approved, 'schedulePost', 'publishPost'],
    [scheduled, 'unschedulePost', 'holdPost'],
    [published, 'correctPost', 'removePost', 'getPost'],
    [inDoubt, 'checkPost', 'markPublishedPost', 'sendAgainPost'],
    [() => unlucky(here, 'failed'), 'retryPost'],
  ] as const)
    for (const verb of verbs) await desk.ask(verb, { id: state });
  await desk.ask('actOnPosts', { ids: { post: await inReview() } });
  await desk.ask('importPosts', { ids });
  await desk.ask('exportPosts');
  await desk.ask('exportPosts', { query: { format: 'jsonl' } });
  for (const by of ['day', 'hour']) await desk.ask('getCalendar', { query: { from: '2030-01-13', days: '7', by } });
  const span = { from: '2030-01-15T00:00:00Z', to: '2030-01-17T00:00:00Z' };
  await desk.ask('listPostTimes', { id: await approved(), query: span });
  await desk.ask('createRecurrence', { ids: { post: await approved() } });
  await desk.ask('listRecurrences');
  await desk.ask('endRecurrence', { id: desk.newest.get('rec') ?? '' });
  await desk.ask('listTimeline');
  const held = await scheduled();
  await desk.ask('holdPost', { id: held });
  await desk.ask('resumePost', { id: held });
  await desk.ask('listAttempts', { query: { outcome: 'published,refused' } });
  await desk.ask('listFailures');
  const hold = async (): Promise<string> => made.parse((await desk.ask('placeHold')).json()).id;
  await desk.ask('liftHold', { id: hold });
  await desk.ask('listHolds', { query: { state: 'all' } });
  await desk.ask('removeHold', { id: hold });
}

async function media(desk: Asker): Promise<void> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .png()
    .toBuffer();
  const headers = { 'content-type': 'image/png' };
  const { id } = made.parse((await desk.ask('addMedia', { body: png, headers, query: { alt: 'A pier.' } })).json());
  await desk.ask('listMedia');
  for (const one of ['getMedia', 'getMediaContent', 'changeMedia', 'removeMedia']) await desk.ask(one, { id });
}

async function sources(here: Installation, desk: Asker): Promise<void> {
  await desk.ask('previewSource');
  const { id } = made.parse((await desk.ask('addSource')).json());
  await readNow(here.context, id);
  await desk.ask('listSources');
  for (const one of ['getSource', 'changeSource', 'tryRules', 'listDecisions']) await desk.ask(one, { id });
  await desk.ask('promoteItem', { id: desk.newest.get('dec') ?? '' });
  for (const one of ['pollSource', 'pauseSource', 'resumeSource']) await desk.ask(one, { id });
  await desk.ask('importSources');
  await desk.ask('exportSources');
  await desk.ask('removeSource', { id });
}

async function outward(here: Installation, desk: Asker): Promise<void> {
  const { id } = made.parse((await desk.ask('addWebhook')).json());
  await desk.ask('listWebhooks');
  for (const one of ['getWebhook', 'testWebhook', 'listDeliveries', 'rotateWebhookSecret']) await desk.ask(one, { id });
  const delivery = desk.newest.get('dlv') ?? '';
  await here.context.database.run(`UPDATE standfirst.delivery SET state = 'failed' WHERE id = $1`, [delivery]);
  for (const one of ['getDelivery', 'redeliver']) await desk.ask(one, { id: delivery });
  for (const one of ['changeWebhook', 'removeWebhook']) await desk.ask(one, { id });
  for (const read of [
    'listWorkers',
    'getFigures',
    'getOutlook',
    'getFoundations',
    'getInstallation',
    'listAudit',
    'verifyAudit',
  ])
    await desk.ask(read);
  await stream(here, desk);
}

/** A stream has no end to wait for: its first message is enough. */
async function stream(here: Installation, desk: Asker): Promise<void> {
  const address = here.app.listeningOrigin ?? '';
  const ended = new AbortController();
  const headers = { ...(await here.key()), 'last-event-id': '0-0' };
  const answer = await fetch(`${address}/v1/events`, { headers, signal: ended.signal });
  if (!String(answer.headers.get('content-type')).startsWith('text/event-stream')) throw new Error('No stream.');
  for await (const chunk of answer.body ?? []) if (new TextDecoder().decode(chunk).includes('data:')) break;
  ended.abort();
  desk.asked.add('streamEvents');
}

/** What only somebody who is signed in may do: with a session of the admin's own. */
async function ownAccount(here: Installation, desk: Asker): Promise<void> {
  const page = { host: 'localhost:8484', 'sec-fetch-site': 'same-origin', 'x-standfirst': '1' };
  const other = await here.signIn();
  const headers: Record<string, string> = { ...page, cookie: await here.signIn() };
  await desk.ask('getSession', { headers });
  const sessions = z
    .looseObject({ data: z.array(z.looseObject({ id: z.string(), isCurrent: z.boolean() })) })
    .parse((await desk.ask('listSessions', { headers })).json()).data;
  await desk.ask('endOneSession', { headers, id: sessions.find((one) => !one.isCurrent)?.id ?? other });
  await desk.ask('endOtherSessions', { headers });
  const set = await desk.ask('setPassword', { headers });
  headers['cookie'] = String(set.headers['set-cookie']).split(';')[0] ?? '';
  const options = (await desk.ask('beginPasskey', { headers })).json<{ challenge: string; rp: { id: string } }>();
  const credential = new Authenticator().create(options, 'http://localhost:8484');
  await desk.ask('addPasskey', { headers, body: { name: 'Laptop', credential } });
  await desk.ask('listPasskeys', { headers });
  await desk.ask('removePasskey', { headers, id: desk.newest.get('pass') ?? '' });
  await desk.ask('endSession', { headers });
}

let serial = 0;

/** A post of a text of its own on the sandbox. */
async function post({ context, sandboxId }: Installation, schedule: Parameters<typeof createPosts>[1]['schedule']) {
  const parts = [{ text: `Ferry number ${++serial} is late.`, media: [], card: null }];
  const [row] = await createPosts(context, { accountIds: [sandboxId], parts, schedule }, 'test');
  return row?.id ?? '';
}

async function send({ context }: Installation, id: string): Promise<void> {
  const network = (await getPost(context.database, id))?.network ?? '';
  await publish(context, { postId: id, network }, new AbortController().signal);
}

/** A post whose one try was refused, or whose answer was lost. */
async function unlucky(here: Installation, state: 'failed' | 'unknown'): Promise<string> {
  const { database, io } = here.context;
  const id = await post(here, 'now');
  const attemptId = io.id('attempt');
  await claimPost(database, { postId: id, workerId: 'wrk_dead', attemptId, phase: 'sent' });
  const failure: Failure = {
    kind: state === 'failed' ? 'refused' : 'unknown',
    cause: state === 'failed' ? 'content_rejected' : 'timeout_unknown',
    detail: 'As the walk wants it.',
  };
  const verdict = state === 'failed' ? { state, signsOut: false } : { state, checkAfterMs: 60_000 };
  await recordFailure(database, attemptId, failure, verdict as Parameters<typeof recordFailure>[3]);
  return id;
}
