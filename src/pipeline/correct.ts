import { Refusal } from '../domain/errors.ts';
import type { Failure } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import { getAccount } from '../store/account.ts';
import { powersOf } from '../networks/way.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { listLiveParts, recordCorrected, takePublished } from '../store/published.ts';
import { wouldKeepBack } from '../store/keeper.ts';
import { countAge } from './age.ts';
import { contentOf } from './content.ts';
import { heldGate } from './held-gate.ts';
import { faultsOf } from './limits.ts';
import { messageOf } from './message.ts';
import { reachNetwork, refusalOf, thrown } from './on-network.ts';
import type { OnNetworkTools } from './on-network.ts';
import { quiet } from './secret-values.ts';
import { shownEmbargo } from './shown-embargo.ts';
import type { Tools } from './tools.ts';

/**
 * Changes the text of a published post on its network, part by part; images and cards stay as they are. The new text is a
 * revision, and holds exactly what the network has taken, also where a later part fails.
 * @param texts one for each part, in order.
 * @throws Refusal where the network cannot, the texts do not fit it, a hold or an embargo keeps them back, or it refuses.
 */
export async function correctPost(
  tools: OnNetworkTools & Pick<Tools, 'io'>,
  id: string,
  version: number | null,
  texts: readonly string[],
  actor: string,
): Promise<void> {
  const { database } = tools;
  const post = found(await getPost(database, id), 'post', id);
  const reached = await reachNetwork(tools, post);
  const { network, credentials } = reached;
  const { name } = network.profile;
  const powers = powersOf(network.profile, post.accountPowers);
  const { edit } = network;
  if (!powers.edit || edit === undefined)
    throw new Refusal('conflict', `${name} cannot change a post that is out: remove it and post the right text.`);
  if (texts.length !== post.parts.length)
    throw new Refusal(
      'invalid',
      `The post has ${post.parts.length} messages, so give as many texts, not ${texts.length}.`,
      [{ pointer: '/parts', code: 'number-of-parts', message: `must be ${post.parts.length}` }],
    );
  const wanted = post.parts.map((part, index): Part => ({ ...part, text: (texts[index] ?? '').normalize('NFC') }));
  const account = found(await getAccount(database, post.accountId), 'account', post.accountId);
  const faults = faultsOf(wanted, account);
  if (faults.length > 0) throw new Refusal('invalid', faults.map((fault) => fault.message).join(' '), faults);
  const lastLook = countAge(tools.io);
  await refuseKeptBack(database, post, wanted);
  const look = async () => (await wouldKeepBack(database, id, wanted))?.keeper ?? null;
  const networkIo = heldGate(reached.networkIo, look, tools.io, lastLook);

  const failure = await database.transaction(async (sql): Promise<Failure | null> => {
    const { revision } = await takePublished(sql, id, 'correct', version);
    const live = await listLiveParts(sql, id);
    const parts: Part[] = [...post.parts];
    let fault: Failure | null = null;
    for (const { part, receipt, key, startedAt } of live) {
      const next = wanted[part];
      if (next === undefined || next.text === post.parts[part]?.text) continue;
      if (receipt === null) {
        fault = { kind: 'refused', cause: 'config', detail: `Nobody knows the post’s id on ${name}: change it there.` };
        break;
      }
      const message = messageOf({ parts: wanted, lang: post.lang }, part, [], {
        key,
        createdAt: startedAt,
        frozen: null,
      });
      const answer = await edit.call(network, receipt, message, credentials, networkIo).catch(thrown);
      const outcome = quiet(answer, network.credentials, credentials);
      if (outcome.kind !== 'published') {
        fault = outcome;
        break;
      }
      parts[part] = next;
    }
    // Nothing has changed on the network: nothing changes here.
    if (fault !== null && parts.every((part, index) => part === post.parts[index]))
      throw await refusalOf(tools, reached, fault, `The post on ${name} is as it was.`);
    const { link, tags, lang } = post;
    await recordCorrected(sql, id, revision, contentOf(post.accountId, { parts, link, tags, lang }), actor);
    return fault;
  });
  if (failure !== null)
    throw await refusalOf(tools, reached, failure, `The messages before it are corrected on ${name}.`);
}

/** @throws Refusal where nothing of the post, or not these words, may leave now. */
export async function refuseKeptBack(sql: Sql, post: PostRow, parts: readonly Part[]): Promise<void> {
  const { id, network, link } = post;
  const kept = await wouldKeepBack(sql, id, parts);
  if (kept?.keeper === 'held')
    throw new Refusal('conflict', `Post ${id} is held as it would read then (${kept.reason}): lift the hold first.`);
  const ends = kept === null ? await shownEmbargo(sql, { postId: id, network, parts, link }) : kept.until;
  if (ends === null) return;
  const what = kept === null ? 'a story that it would show or tell' : 'its story';
  throw new Refusal('conflict', `Post ${id} cannot be changed: ${what} is under embargo until ${ends.toISOString()}.`);
}
