import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import { slackBot, startSlack } from '../fakes/slack.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import { join } from './member.ts';

const letters: { to: string[]; text: string }[] = [];
let isFull = false;
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    stream.on('end', () => {
      if (isFull) return done(new Error('The mailbox is full'));
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: text.replaceAll('=\r\n', '') });
      done();
    });
  },
});

let here: Installation;
let auth: Record<string, string>;
beforeAll(async () => {
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  here = await openInstallation({
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    STANDFIRST_SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    STANDFIRST_MAIL_FROM: 'desk@merrow-herald.example',
    STANDFIRST_PUBLIC_URL: 'https://desk.example',
  });
  auth = await here.key();
});
afterAll(async () => {
  await here.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const test = (payload: object, headers = auth) =>
  here.app.inject({ method: 'POST', url: '/v1/notification-tests', headers, payload });

async function connect(network: string, credentials: object): Promise<string> {
  const payload = { network, name: 'Night desk', credentials };
  const answer = await here.app.inject({ method: 'POST', url: '/v1/accounts', headers: auth, payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

describe('a test of who would be told', () => {
  it('reaches every mail address, in words that say who asked for it', async () => {
    const admin = await join(here, 'Ines Calder', 'admin');
    const mail = ['chief@merrow-herald.example', 'night@merrow-herald.example'];
    const answer = await admin.ask('POST', '/v1/notification-tests', { mail });
    expect(answer.json()).toEqual({ outcome: 'delivered', detail: null });
    expect(letters).toHaveLength(1);
    expect(letters[0]?.to).toEqual(mail);
    expect(letters[0]?.text).toContain('This is a test that Ines Calder asked for: messages arrive here.');
    const record = await here.app.inject({ url: '/v1/audit?action=notification', headers: auth });
    expect(record.json<{ data: unknown[] }>().data).toMatchObject([
      { action: 'notification.tested', subject: 'mail', actorName: 'Ines Calder' },
    ]);
  });

  it('says in the words of the mail server why it took no letter', async () => {
    isFull = true;
    const { outcome, detail } = (await test({ mail: ['chief@merrow-herald.example'] })).json();
    isFull = false;
    expect(outcome).toBe('refused');
    expect(detail).toContain('The mailbox is full');
  });

  it.each([
    {
      network: 'slack',
      start: async () => {
        const server = await startSlack();
        const credentials = { kind: 'bot', ...slackBot, server: server.url };
        return { server, credentials, said: () => server.messages.map(({ text }) => text) };
      },
    },
    {
      network: 'discord',
      start: async () => {
        const server = await startDiscord();
        const credentials = { webhookUrl: `${server.url}${discordHook}` };
        return { server, credentials, said: () => server.log.map(({ text }) => text) };
      },
    },
    {
      network: 'telegram',
      start: async () => {
        const server = await startTelegram();
        const credentials = { ...telegramBot, server: server.url };
        return { server, credentials, said: () => [...server.messages.values()] };
      },
    },
  ])('reaches $network, and says what it answers where it refuses', async ({ network, start }) => {
    const { server, credentials, said } = await start();
    await using _closed = server;
    const accountId = await connect(network, credentials);
    expect((await test({ accountId })).json()).toEqual({ outcome: 'delivered', detail: null });
    expect(said()).toEqual([expect.stringContaining('This is a test that test asked for')]);
    await server.setMode({ name: '401', scope: 'all' });
    const refused = (await test({ accountId })).json();
    expect(refused.outcome).toBe('refused');
    expect(refused.detail).toMatch(/\w+/);
    expect(said()).toHaveLength(1);
  });

  it('is refused for an account that takes no messages, an account that is not there, and a body that names both', async () => {
    const sandbox = problemOf(await test({ accountId: here.sandboxId }));
    expect(sandbox).toMatchObject({ status: 400, errors: [{ pointer: '/accountId', code: 'not-told' }] });
    expect(problemOf(await test({ accountId: 'acc_none' })).status).toBe(404);
    const both = problemOf(await test({ accountId: here.sandboxId, mail: ['a@b.example'] }));
    expect(both.status).toBe(400);
    expect(both.errors?.[0]?.message).toContain('acc_…');
    expect(problemOf(await test({ mail: ['nobody'] })).status).toBe(400);
  });

  it('is for admins, and no matter of a test key', async () => {
    const publisher = await join(here, 'Ada Quill', 'publisher');
    const answer = await publisher.ask('POST', '/v1/notification-tests', { mail: ['a@b.example'] });
    expect(problemOf(answer).status).toBe(403);
    const testKey = await here.key(['notifications:manage'], true);
    expect(problemOf(await test({ mail: ['a@b.example'] }, testKey)).status).toBe(403);
    expect(letters).toHaveLength(1);
  });
});

it('says that no mail can leave where the operator has set no server', async () => {
  const other = await openInstallation();
  const payload = { mail: ['chief@merrow-herald.example'] };
  const headers = await other.key();
  const answer = await other.app.inject({ method: 'POST', url: '/v1/notification-tests', headers, payload });
  await other.close();
  expect(answer.json()).toEqual({
    outcome: 'refused',
    detail: 'STANDFIRST_SMTP_URL is not set, so no mail can leave.',
  });
});
