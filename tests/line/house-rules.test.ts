import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import type { HouseRules } from '../../src/domain/house-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { rulesFor } from '../../src/pipeline/free-slot.ts';
import { changeHouseRules } from '../../src/pipeline/house-rules.ts';
import { ingest, requestArticle } from '../../src/pipeline/ingest.ts';
import { addMedia } from '../../src/pipeline/media.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { articleRequest } from '../../src/store/article.ts';
import { getHouseRules } from '../../src/store/house-rules.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { getSummary } from '../../src/store/summary.ts';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { plainStory } from './newsroom.ts';

let at: Installation;
let discord: FakeDiscord;
let pictures: AccountRow;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  discord = await startDiscord();
  const credentials = { webhookUrl: `${discord.url}${discordHook}` };
  pictures = await addAccount(at.context, { network: 'discord', credentials }, 'test');
  await at.context.database.run(`INSERT INTO standfirst.source (id, kind, name) VALUES ('src_wire', 'push', 'Wire')`);
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await discord[Symbol.asyncDispose]();
});
beforeEach(() => decide({}));

async function decide(rules: Partial<HouseRules>): Promise<void> {
  const { version } = await getHouseRules(at.context.database);
  await changeHouseRules(at.context.database, true, version, { ...noHouseRules, ...rules }, 'test');
}

/** The posts of an article from the wire, one for the sandbox and one for Discord. */
async function posts(words = ''): Promise<Record<string, PostRow>> {
  const { database } = at.context;
  const request = {
    title: `Ferry ${++serial} of Tolvane ${'abcdefghij'[serial]}ort returns`,
    // Other words each time: two articles that say the same wait for a person.
    text: `The ferry number ${serial} to Tolvane Island sails again from Monday. ${words} ${plainStory(`Tolvane ${serial}`)}`,
    url: `https://merrow-herald.example/ferry-${serial}`,
  };
  const { articleId } = await requestArticle(at.context, articleRequest.parse(request), 'test');
  await database.run(`UPDATE standfirst.article SET source_id = 'src_wire' WHERE id = $1`, [articleId]);
  for (const step of [ingest, summarize, compose]) await step(at.context, articleId);
  const made = await database.many(postRow, `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`, [
    articleId,
  ]);
  return Object.fromEntries(made.map((post) => [post.network, post]));
}

describe('posts that the line writes under house rules', () => {
  it('carry template, signature, tags and campaign of the house, each network its own', async () => {
    await decide({
      hashtags: { ...noHouseRules.hashtags, always: ['Herald'] },
      signatures: { discord: 'Yours, the Herald' },
      utm: { '*': { source: '{network}' } },
    });
    const { sandbox, discord: other } = await posts();
    expect(sandbox?.link).toMatch(/\?utm_source=sandbox$/);
    expect(sandbox?.tags).toContain('#Herald');
    expect(sandbox?.parts[0]?.text).not.toContain('Yours');
    expect(other?.parts[0]?.text).toContain('Yours, the Herald');
    expect(other?.parts[0]?.text).toContain('?utm_source=discord');
  });

  it('wait for a person, unless the house lets their source out', async () => {
    expect((await posts())['sandbox']).toMatchObject({ state: 'in_review', reason: null });
    await decide({ auto: [{ sourceId: 'src_wire', urgencies: ['normal'] }] });
    expect((await posts())['sandbox']).toMatchObject({ state: 'approved', approvedBy: 'policy' });
  });

  it('wait for a person on sensitive topics all the same, and say why', async () => {
    await decide({
      auto: [{ sourceId: 'src_wire', urgencies: ['normal'] }],
      hashtags: { ...noHouseRules.hashtags, sensitive: ['old pier collapse'] },
    });
    const { sandbox } = await posts('It had been closed since the old pier collapse.');
    expect(sandbox).toMatchObject({ state: 'in_review', reason: expect.stringContaining('old pier collapse') });
    const summary = await getSummary(at.context.database, sandbox?.articleId ?? '');
    const told = summary?.hashtags.find(({ phrase }) => phrase === 'old pier collapse');
    expect(told?.reasons.map(({ name }) => name)).toContain('sensitive');
  });

  it('stay as they are when the rules change', async () => {
    const { sandbox } = await posts();
    await approve(at.context, sandbox?.id ?? '', null, null, 'test');
    await decide({ signatures: { '*': 'Signed later' } });
    expect(await getPost(at.context.database, sandbox?.id ?? '')).toMatchObject({
      state: 'approved',
      parts: sandbox?.parts,
      hash: sandbox?.hash,
    });
    expect((await posts())['sandbox']?.parts[0]?.text).toContain('Signed later');
  });
});

it('accounts without times of their own have those of the house, unless they say otherwise', async () => {
  const quietHours = [{ from: '23:00', to: '06:00', days: ['mon' as const] }];
  await decide({ quietHours, minGapMs: 600_000, slots: [{ time: '08:00', days: ['mon'] }] });
  const own = { quietHours: [{ from: '20:00', to: '21:00', days: ['sun' as const] }], minGapMs: 60_000 };
  const rulesOf = async (settings: object) => {
    const account = await addAccount(at.context, { network: 'sandbox', credentials: {}, settings }, 'test');
    return rulesFor(at.context.database, account, 'Europe/Bucharest');
  };
  expect(await rulesOf({})).toMatchObject({ quietHours, minGapMs: 600_000, slots: [{ time: '08:00', days: ['mon'] }] });
  expect(await rulesOf(own)).toMatchObject({ ...own, slots: [{ time: '08:00', days: ['mon'] }] });
  expect(await rulesOf({ followsHouse: false })).toMatchObject({ quietHours: [], minGapMs: 0, slots: [] });
});

describe('an image without a description', () => {
  let image: string;
  beforeAll(async () => {
    const crane = sharp({ create: { width: 60, height: 40, channels: 3, background: '#c33' } });
    image = (await addMedia(at.context, await crane.jpeg().toBuffer(), '', 'test')).id;
  });
  const ready = (alt: string, schedule: 'review' | 'now') =>
    createPosts(
      at.context,
      {
        parts: [
          {
            text: `A crane, ${++serial}.`,
            media: [{ source: image, alt }],
            card: null,
          },
        ],
        accountIds: [pictures.id],
        schedule,
      },
      'test',
    );

  it('cannot be approved where the house asks for one, by hand or by giving a time', async () => {
    await decide({ altText: 'required' });
    const [waiting] = await ready(' ', 'review');
    await expect(approve(at.context, waiting?.id ?? '', null, null, 'test')).rejects.toThrow(
      'Image 1 has no description, which the house rules ask for: say what it shows.',
    );
    await expect(ready('', 'now')).rejects.toThrow('Image 1 has no description');
    const [described] = await ready('A red crane', 'review');
    await approve(at.context, described?.id ?? '', null, null, 'test');
    await decide({});
    await approve(at.context, waiting?.id ?? '', null, null, 'test');
  });
});
