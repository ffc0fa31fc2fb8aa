import { decided, forStory, isSameCampaign } from '../domain/campaign.ts';
import type { StoryCampaign } from '../domain/campaign.ts';
import type { Fault } from '../domain/errors.ts';
import { Refusal } from '../domain/errors.ts';
import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Part } from '../domain/post.ts';
import { getAccount } from '../store/account.ts';
import type { AccountRow } from '../store/account.ts';
import { articleOf, getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { revisePost } from '../store/post.ts';
import type { Content } from '../store/post.ts';
import { putCampaign } from '../store/story-campaign.ts';
import { openPostsOfStory } from '../store/story-posts.ts';
import type { StoryPost } from '../store/story-posts.ts';
import { getSummary } from '../store/summary.ts';
import { grounded } from '../text/grounding-summary.ts';
import { relinked } from '../text/relink.ts';
import { urlKey } from '../text/url.ts';
import { withUtm, withoutUtm } from '../text/utm.ts';
import { contentOf } from './content.ts';
import { faultsOf } from './limits.ts';
import { write } from './write.ts';

/**
 * Decides what the links of a story say of their campaign. Posts that can still change get the new link: a new version, which
 * waits for approval, because an approval binds the link. What is out keeps the one it went out with.
 * @param wanted null: as in the house.
 * @param seen what was decided when that was read; undefined where it does not matter.
 * @throws Refusal `stale-version` where somebody has decided something else since; `invalid` where the longer link does not fit what a person wrote, with every such post.
 */
export async function changeCampaign(
  sql: Sql,
  storyId: string,
  { wanted, seen }: { wanted: StoryCampaign | null; seen: StoryCampaign | null | undefined },
  actor: string,
): Promise<void> {
  const campaign = decided(wanted);
  const before = await putCampaign(sql, storyId, campaign, actor);
  if (seen !== undefined && !isSameCampaign(before, decided(seen))) throw decidedMeanwhile(storyId);
  if (isSameCampaign(before, campaign)) return;
  const { rules } = await getHouseRules(sql);
  const [was, is] = [forStory(rules, before), forStory(rules, campaign)];
  const faults: Fault[] = [];
  for (const post of await openPostsOfStory(sql, storyId)) {
    const link = await linkUnder(sql, post, was, is);
    if (link === null || link === post.link || post.isOut) continue;
    const account = found(await getAccount(sql, post.accountId), 'account', post.accountId);
    const { content, faults: own } = await contentUnder(sql, post, account, { link, rules: is });
    faults.push(...own);
    if (faults.length === 0) await revise(sql, post, content, actor);
  }
  if (faults.length > 0) throw new Refusal('invalid', faults.map(({ message }) => message).join(' '), faults);
}

function decidedMeanwhile(storyId: string): Refusal {
  return new Refusal(
    'stale-version',
    `The campaign of ${storyId} is not the one in utmSeen: somebody changed it. Read it again.`,
  );
}

/** The link of a post as the story has it now: from its article's address, else from its own, without what was added to it. */
async function linkUnder(sql: Sql, post: StoryPost, was: HouseRules, is: HouseRules): Promise<string | null> {
  const { link, network, articleId } = post;
  if (link === null) return null;
  const article = articleId === null ? null : await getArticle(sql, articleId);
  const address = article === null ? null : articleOf(article).url;
  const isOfArticle = address !== null && urlKey(address) === urlKey(link);
  const bare = isOfArticle ? address : withoutUtm(link, ofNetwork(was.utm, network), network);
  return withUtm(bare, ofNetwork(is.utm, network), network);
}

function linkedTo(part: Part, from: string, to: string): Part {
  const { card } = part;
  return {
    ...part,
    text: relinked(part.text, from, to),
    card: card === null || card.url !== from ? card : { ...card, url: to },
  };
}

/** What of the new text the network would refuse and would not have before. */
function newFaults(post: StoryPost, parts: readonly Part[], account: AccountRow): Fault[] {
  const before = new Set(faultsOf(post.parts, account).map(({ pointer, code }) => `${pointer} ${code}`));
  return faultsOf(parts, account)
    .filter(({ pointer, code }) => !before.has(`${pointer} ${code}`))
    .map(({ code, message }) => ({
      pointer: '/utm',
      code,
      message: `Post ${post.id} on ${account.name} has no room for its link then: ${message}`,
    }));
}

/** A post with another link. Where that does not fit and no person has written it, it is written anew, as the line would now. */
async function contentUnder(
  sql: Sql,
  post: StoryPost,
  account: AccountRow,
  { link, rules }: { link: string; rules: HouseRules },
): Promise<{ content: Content; faults: Fault[] }> {
  const { accountId, tags, lang } = post;
  const parts = post.parts.map((part) => linkedTo(part, post.link ?? '', link));
  const content = contentOf(accountId, { parts, link, tags, lang });
  const faults = newFaults(post, parts, account);
  if (faults.length === 0 || post.isByHand || post.articleId === null) return { content, faults };
  const row = await getArticle(sql, post.articleId);
  const summary = await getSummary(sql, post.articleId);
  if (row === null || summary === null) return { content, faults };
  const article = articleOf(row);
  const imageSource = post.parts[0]?.media[0]?.source ?? null;
  const anew = write(article, grounded(summary, article), account, rules, { imageSource });
  return { content: anew, faults: newFaults(post, anew.parts, account) };
}

/** What no person has written stays the line's own, so that it goes on following its article. */
async function revise(sql: Sql, { id, isByHand }: StoryPost, content: Content, actor: string): Promise<void> {
  try {
    await revisePost(sql, id, null, content, actor, isByHand ? actor : 'line');
  } catch (error) {
    // It was claimed in this moment: the link that was approved goes out.
    if (!(error instanceof Refusal && error.reason === 'conflict')) throw error;
  }
}
