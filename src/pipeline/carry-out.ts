import type { Remedy } from '../domain/correction.ts';
import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import { getAccount } from '../store/account.ts';
import {
  chooseRemedies,
  claimCorrection,
  endRound,
  getCorrection,
  lockCorrectionPost,
  settleCorrectionPost,
} from '../store/correction.ts';
import type { Chosen, CorrectionPost, CorrectionRow } from '../store/correction.ts';
import { found } from '../store/database.ts';
import { insertPosts } from '../store/new-post.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { contentOf } from './content.ts';
import { correctPost } from './correct.ts';
import { refuseOwnArticle, refuseOwnCorrection } from './four-eyes.ts';
import { faultsOf } from './limits.ts';
import type { OnNetworkTools } from './on-network.ts';
import { refuseUnsendable } from './refuse-unsendable.ts';
import { removePost } from './remove.ts';
import { giveTime, ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

type CarryOutTools = OnNetworkTools & ScheduleTools & Pick<Tools, 'http'>;

export interface Choice {
  readonly postId: string;
  /** Left out: the first that its network can do. */
  readonly choice?: Remedy | undefined;
  /** Other words than those the line has written, one text for each message. */
  readonly texts?: readonly string[] | undefined;
}

/**
 * Decides how a correction is carried out, and has it done by a worker. Asked again with the same choices it goes on where
 * it stands, and does nothing twice.
 * @param choices for posts that are not named, and not done yet, the first that their network can do.
 * @throws Refusal where a choice is not possible, or another was carried out.
 */
export async function decideCorrection(
  tools: Pick<CarryOutTools, 'database' | 'bell'>,
  id: string,
  choices: readonly Choice[],
  actor: string,
): Promise<CorrectionRow> {
  const { database, bell } = tools;
  const correction = found(await getCorrection(database, id), 'correction', id);
  const chosen = await checked(tools, correction, choices);
  if (chosen.some(isSent)) await refuseOwnArticle(database, correction.articleId, actor);
  const round = await database.transaction((sql) => chooseRemedies(sql, id, chosen, actor));
  if (round !== null) await bell.ring('correct', { correctionId: id, round });
  return found(await getCorrection(database, id), 'correction', id);
}

async function checked(
  { database }: Pick<CarryOutTools, 'database'>,
  { id, posts }: CorrectionRow,
  choices: readonly Choice[],
): Promise<Chosen[]> {
  const faults: Fault[] = [];
  const chosen: Chosen[] = [];
  for (const [index, given] of choices.entries()) {
    const at = `/choices/${index}`;
    const post = posts.find(({ postId }) => postId === given.postId);
    if (post === undefined) {
      faults.push({
        pointer: `${at}/postId`,
        code: 'not-found',
        message: `Correction ${id} has no post ${given.postId}.`,
      });
      continue;
    }
    const choice = given.choice ?? planOf(post);
    if (!post.options.includes(choice))
      faults.push({
        pointer: `${at}/choice`,
        code: 'not-possible',
        message: `Post ${post.postId} can be corrected by: ${post.options.join(', ')}.`,
      });
    const content = given.texts === undefined ? post.content : withTexts(post, given.texts);
    const account = found(await getAccount(database, post.accountId), 'account', post.accountId);
    const parts = faultsOf(content.parts, account).map((fault) => ({ ...fault, pointer: `${at}/texts` }));
    if (isSent({ choice })) faults.push(...parts);
    if (isSent({ choice }) && content.hash !== post.content.hash) await refuseOwnCorrection(database, post.postId);
    chosen.push({ postId: post.postId, choice, content });
  }
  if (faults.length > 0) throw new Refusal('invalid', faults.map(({ message }) => message).join(' '), faults);
  const named = new Set(chosen.map(({ postId }) => postId));
  const rest = posts.filter((post) => !named.has(post.postId) && post.state !== 'done' && post.state !== 'chosen');
  return [...chosen, ...rest.map((post) => ({ postId: post.postId, choice: planOf(post), content: post.content }))];
}

/** Whether readers see words of it. */
function isSent({ choice }: Pick<Chosen, 'choice'>): boolean {
  return choice !== 'leave' && choice !== 'by-hand';
}

function planOf({ choice, options }: CorrectionPost): Remedy {
  return choice ?? options[0] ?? 'leave';
}

function withTexts({ accountId, content }: CorrectionPost, texts: readonly string[]): Chosen['content'] {
  const parts = texts.map((text, index) => ({
    text: text.normalize('NFC'),
    media: content.parts[index]?.media ?? [],
    card: content.parts[index]?.card ?? null,
  }));
  return contentOf(accountId, { ...content, parts });
}

/**
 * Job `correct`: does what was decided, post by post, and writes down after each what became of it. A worker that dies is
 * followed by another, which goes on with the next: a change of a text and a removal are the same when they are done again,
 * and the new post is written in one transaction with the note that it is.
 */
export async function carryOut(tools: CarryOutTools, correctionId: string): Promise<void> {
  const { database } = tools;
  const correction = await claimCorrection(database, correctionId);
  if (correction === null) return;
  const actor = correction.chosenBy ?? 'line';
  for (const post of correction.posts.filter(({ state }) => state === 'chosen')) {
    try {
      await remedy(tools, correction, post, actor);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await settleCorrectionPost(database, correctionId, post.postId, { problem: error.message, newPostId: null });
    }
  }
  await database.transaction((sql) => endRound(sql, correctionId));
}

async function remedy(
  tools: CarryOutTools,
  correction: CorrectionRow,
  wrong: CorrectionPost,
  actor: string,
): Promise<void> {
  const { database } = tools;
  const { postId, choice, content } = wrong;
  const post = found(await getPost(database, postId), 'post', postId);
  const isDone = { problem: null, newPostId: null };
  if (choice === 'edit') {
    const texts = content.parts.map(({ text }) => text);
    const saysSo = texts.length === post.parts.length && texts.every((text, part) => text === post.parts[part]?.text);
    if (!saysSo) await correctPost(tools, postId, null, texts, actor);
    return settleCorrectionPost(database, correction.id, postId, isDone);
  }
  if (choice === 'replace') {
    if (post.removedAt === null) {
      await refuseUnsendable(tools, post, content);
      await removePost(tools, postId, null, 'Replaced by a corrected post.', actor);
    }
    return writeNew(tools, correction, wrong, post, null, actor);
  }
  if (choice === 'reply') return writeNew(tools, correction, wrong, post, postId, actor);
  return settleCorrectionPost(database, correction.id, postId, isDone);
}

/** The right post, due now: in the place of the wrong one, or as an answer to it. */
async function writeNew(
  tools: CarryOutTools,
  correction: CorrectionRow,
  wrong: CorrectionPost,
  post: PostRow,
  replyTo: string | null,
  actor: string,
): Promise<void> {
  const { database, io } = tools;
  if (post.state !== 'published')
    throw new Refusal('conflict', `Post ${post.id} is ${post.state}: what became of it has to be known first.`);
  const id = io.id('post');
  const alarms = await database.transaction(async (sql): Promise<Alarm[]> => {
    if ((await lockCorrectionPost(sql, correction.id, post.id)).isDone) return [];
    const made = {
      id,
      accountId: post.accountId,
      network: post.network,
      storyId: correction.storyId,
      articleId: correction.articleId,
      urgency: post.urgency,
      state: 'approved' as const,
      content: wrong.content,
      replyTo,
    };
    await insertPosts(sql, [made], actor);
    const set = await giveTime(sql, tools, id, null, 'now', actor);
    await settleCorrectionPost(sql, correction.id, post.id, { problem: null, newPostId: id });
    return set;
  });
  await ringAlarms(tools, alarms);
}
