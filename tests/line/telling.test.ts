import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import type { HouseRules } from '../../src/domain/house-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { hold } from '../../src/pipeline/holds.ts';
import { changeHouseRules } from '../../src/pipeline/house-rules.ts';
import { notify } from '../../src/pipeline/notify.ts';
import { tell } from '../../src/pipeline/tell.ts';
import { warnOfExpiry } from '../../src/store/account-health.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { recordEvent } from '../../src/store/event.ts';
import { getHouseRules } from '../../src/store/house-rules.ts';
import { dueNotices } from '../../src/store/notice.ts';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { slackBot, startSlack } from '../fakes/slack.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

const password = 'pass/word with äpfel';
let letters: { to: string[]; text: string }[] = [];
let isRefusing = false;
/** A real mail server that wants a password. */
const smtp = new SMTPServer({
  authOptional: false,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username, password: given }, _session, done) =>
    username === 'desk' && given === password ? done(null, { user: 'desk' }) : done(new Error('Who are you?')),
  onData(stream, session, done) {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    stream.on('end', () => {
      if (isRefusing) return done(new Error('The mailbox is full'));
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: text.replaceAll('=\r\n', '') });
      done();
    });
  },
});

let at: Installation;
let discord: FakeDiscord;
let chat: AccountRow;
let ahead = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  discord = await startDiscord();
  at = await installAnywhere({
    withWorkers: false,
    env: {
      STANDFIRST_SMTP_URL: `smtp://desk:${encodeURIComponent(password)}@127.0.0.1:${port}`,
      STANDFIRST_MAIL_FROM: 'desk@merrow-herald.example',
      STANDFIRST_PUBLIC_URL: 'https://desk.example',
    },
  });
  const credentials = { webhookUrl: `${discord.url}${discordHook}` };
  chat = await addAccount(at.context, { network: 'discord', name: 'Newsroom', credentials }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await discord[Symbol.asyncDispose]();
  await new Promise<void>((resolve) => smtp.close(resolve));
});
beforeEach(async () => {
  letters = [];
  isRefusing = false;
  await at.context.database.run('DELETE FROM standfirst.notice');
});
afterEach(() => discord.setMode({ name: 'ok' }));

async function decide(telling: Partial<HouseRules['telling']>): Promise<void> {
  const { version } = await getHouseRules(at.context.database);
  const rules = { ...noHouseRules, telling: { ...noHouseRules.telling, ...telling } };
  await readAll();
  await changeHouseRules(at.context.database, true, version, rules, 'test');
}
const byMail = { mail: ['chief@merrow-herald.example', 'night@merrow-herald.example'] };

/** Lets time pass for the whole installation. */
async function pass(seconds: number): Promise<void> {
  ahead += seconds;
  await at.context.database.run(
    `CREATE OR REPLACE FUNCTION standfirst.clock() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT now() + interval '${ahead} seconds' $$`,
  );
}
async function readAll(): Promise<void> {
  await until('reading the events', async () => {
    await notify(at.context);
    const row = await at.context.database.one(
      z.object({ isRead: z.boolean() }),
      `SELECT cursor = (SELECT tx::text || '-' || seq FROM standfirst.event ORDER BY tx DESC, seq DESC LIMIT 1) AS "isRead"
         FROM standfirst.event_reader WHERE name = 'notify'`,
    );
    return row?.isRead ?? false;
  });
}
/** What the workers do every second. */
async function round(): Promise<void> {
  await readAll();
  for (const id of await dueNotices(at.context.database, 50)) await tell(at.context, id);
}
async function fail(cause = 'content_rejected', detail = 'Rejected: token=tk_verysecret'): Promise<void> {
  const data = { kind: 'refused', cause, detail };
  await recordEvent(at.context.database, { type: 'post.failed', subject: await aPost(), data });
}
async function aPost(): Promise<string> {
  const id = at.context.io.id('post');
  await at.context.database.run(
    `INSERT INTO standfirst.post (id, account_id, network, state) VALUES ($1, $2, 'sandbox', 'failed')`,
    [id, at.sandbox.id],
  );
  return id;
}
const subjects = (): string[] => letters.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1] ?? '');

describe('a person is told', () => {
  it('once for a cause and an account, of everything that came at once', async () => {
    await decide(byMail);
    for (let n = 0; n < 3; n++) await fail();
    await fail('too_long');
    await round();
    expect(letters).toEqual([]);
    await pass(11);
    await round();
    await round();
    expect(subjects().toSorted()).toEqual([
      `standfirst: 3 posts failed on ${at.sandbox.name} (Sandbox)`,
      `standfirst: A post failed on ${at.sandbox.name} (Sandbox)`,
    ]);
    expect(letters[0]?.to).toEqual(byMail.mail);
    const text = letters.find((letter) => letter.text.includes('3 posts'))?.text ?? '';
    expect(text).toContain('The network refused the content. Edit the post and retry.');
    expect(text).toContain('https://desk.example/failures');
    expect(text).toContain('From: desk@merrow-herald.example');
  });

  it('and not again while it is quiet; then how often it happened', async () => {
    await decide({ ...byMail, quietMs: 1_800_000 });
    await fail();
    await round();
    await pass(11);
    await round();
    expect(letters).toHaveLength(1);
    for (let n = 0; n < 4; n++) {
      await fail();
      await pass(60);
      await round();
    }
    expect(letters).toHaveLength(1);
    await pass(1_800);
    await round();
    expect(subjects().at(-1)).toContain('4 posts failed');
    await pass(4_000);
    await round();
    expect(letters).toHaveLength(2);
  });

  it('of accounts about to expire and of holds, in words of ours', async () => {
    await decide(byMail);
    await warnOfExpiry(
      at.context.database,
      at.sandbox.id,
      'The connection of Desk ends on 2026-12-01. Connect it anew before.',
    );
    const held = await hold(at.context, { scope: 'network', target: 'discord', reason: 'Election night' }, 'test');
    await round();
    await pass(11);
    await round();
    expect(subjects().toSorted()).toEqual([
      'standfirst: Publishing is held',
      `standfirst: The connection will end on ${at.sandbox.name} (Sandbox)`,
    ]);
    const all = letters.map(({ text }) => text).join();
    for (const words of ['Election night', 'ends on 2026-12-01', 'https://desk.example/setup'])
      expect(all).toContain(words);
    await at.context.database.run('DELETE FROM standfirst.hold WHERE id = $1', [held.id]);
  });

  it('on an account that takes messages, by a message and not by a post', async () => {
    await decide({ accounts: [chat.id] });
    const before = await at.context.database.one(
      z.object({ n: z.number() }),
      'SELECT count(*) AS n FROM standfirst.post',
    );
    await recordEvent(at.context.database, {
      type: 'account.disconnected',
      subject: at.sandbox.id,
      data: { cause: 'auth_expired', detail: 'Bearer xyz is not valid' },
    });
    await round();
    await pass(11);
    await round();
    const [said] = [...discord.messages.values()].slice(-1);
    expect(said).toBe(
      `Publishing has stopped on ${at.sandbox.name} (Sandbox).\nThe account is signed out. Reconnect the account.\nhttps://desk.example/setup`,
    );
    expect(
      await at.context.database.one(z.object({ n: z.number() }), 'SELECT count(*) AS n FROM standfirst.post'),
    ).toEqual(before);
  });

  it.each([
    {
      network: 'slack',
      connect: async () => {
        const slack = await startSlack();
        const credentials = { kind: 'bot', ...slackBot, server: slack.url };
        return { server: slack, credentials, said: () => slack.messages.at(-1)?.text };
      },
    },
    {
      network: 'telegram',
      connect: async () => {
        const telegram = await startTelegram();
        const credentials = { ...telegramBot, server: telegram.url };
        return { server: telegram, credentials, said: () => [...telegram.messages.values()].at(-1) };
      },
    },
  ])('on $network, in the words a mail has', async ({ network, connect }) => {
    const { server, credentials, said } = await connect();
    await using _closed = server;
    const account = await addAccount(at.context, { network, name: 'Night desk', credentials }, 'test');
    await decide({ accounts: [account.id] });
    await fail('too_long');
    await round();
    await pass(11);
    await round();
    expect(said()).toBe(
      `A post failed on ${at.sandbox.name} (Sandbox).\nThe text is over the network’s limit. Shorten the text.\nhttps://desk.example/failures`,
    );
  });

  it('that a story changed after its posts were out, and where to decide', async () => {
    await decide({ ...byMail, of: ['correction'] });
    await recordEvent(at.context.database, {
      type: 'correction.raised',
      subject: 'cor_1',
      data: { storyId: 'story_1' },
    });
    await round();
    await pass(11);
    await round();
    expect(subjects()).toEqual(['standfirst: A story changed after its posts were out']);
    expect(letters[0]?.text).toContain('https://desk.example/outbox');
  });

  it('nothing that a network answered, and no secret', async () => {
    await decide({ ...byMail, accounts: [chat.id] });
    await fail('content_rejected', `Rejected: token=tk_verysecret ${password} sk-live`);
    await round();
    await pass(11);
    await round();
    const said = [...letters.map(({ text }) => text), ...discord.messages.values()].join('\n');
    expect(letters).toHaveLength(1);
    for (const secret of ['tk_verysecret', 'sk-live', password, 'fake-token']) expect(said).not.toContain(secret);
  });

  it('of what the house has chosen only', async () => {
    await decide({ ...byMail, of: ['held'] });
    await fail();
    await round();
    await pass(11);
    await round();
    expect(letters).toEqual([]);
    await decide({ ...byMail, of: ['failed'] });
    await fail();
    await round();
    await pass(11);
    await round();
    expect(letters).toHaveLength(1);
  });
});

describe('a message that cannot be sent', () => {
  it('is tried again, and then left, without keeping others back', async () => {
    await decide({ ...byMail, accounts: [chat.id] });
    isRefusing = true;
    const messages = discord.messages.size;
    await fail();
    await round();
    await pass(11);
    await round();
    expect(discord.messages.size).toBe(messages + 1);
    await pass(30);
    await round();
    expect(letters).toEqual([]);
    isRefusing = false;
    await pass(31);
    await round();
    expect(letters).toHaveLength(1);
    expect(discord.messages.size).toBe(messages + 1);
  });

  it('is given up after four more tries', async () => {
    await decide(byMail);
    isRefusing = true;
    await fail();
    await round();
    await pass(11);
    for (const seconds of [0, 60, 300, 1_800, 7_200]) {
      await pass(seconds);
      await round();
    }
    isRefusing = false;
    await pass(100_000);
    await round();
    expect(letters).toEqual([]);
  });
});
