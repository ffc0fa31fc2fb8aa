import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const read = () => here.app.inject({ url: '/v1/house-rules', headers });
const put = (rules: object, version: string) =>
  here.app.inject({
    method: 'PUT',
    url: '/v1/house-rules',
    headers: { ...headers, 'if-match': version },
    payload: rules,
  });
const refusalOf = async (rules: object) => problemOf(await put(rules, String((await read()).headers['etag'])));

describe('the house rules', () => {
  it('are none before anybody has decided anything', async () => {
    const answer = await read();
    expect(answer.json()).toEqual({ rules: noHouseRules, version: 0, changedBy: null, changedAt: null });
    expect(answer.headers['etag']).toBe('"0"');
  });

  it('are written against the version that was read, and read back whole', async () => {
    const rules = {
      hashtags: { always: ['News'], never: [], aliases: { US: 'USA' }, sensitive: ['suicide'] },
      utm: { '*': { source: '{network}', medium: 'social' } },
      quietHours: [{ from: '23:00', to: '06:00' }],
    };
    const written = await put(rules, '"0"');
    expect(written.statusCode).toBe(200);
    expect(written.headers['etag']).toBe('"1"');
    expect((await read()).json()).toMatchObject({ version: 1, rules, changedBy: expect.stringMatching(/^key_/) });
    const late = problemOf(await put({}, '"0"'));
    expect([late.status, late.detail]).toEqual([412, expect.stringContaining('at version 1, not 0')]);
    const blind = await here.app.inject({ method: 'PUT', url: '/v1/house-rules', headers, payload: {} });
    expect(blind.statusCode).toBe(428);
  });

  it('are written once where two people write at once', async () => {
    const version = String((await read()).headers['etag']);
    const both = await Promise.all([put({ fourEyes: true }, version), put({ altText: 'required' }, version)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
  });

  it('are refused where their quiet hours leave no minute of the week', async () => {
    const problem = await refusalOf({ quietHours: [{ from: '08:00', to: '08:00' }] });
    expect(problem.errors).toEqual([
      {
        pointer: '/quietHours',
        code: 'quiet-week',
        message: expect.stringContaining('from and to are the same, 08:00'),
      },
    ]);
  });

  it('are refused with every fault at once, in shape and in meaning', async () => {
    const problem = await refusalOf({
      hashtag: {},
      minGapMs: -1,
      telling: { mail: ['nobody'] },
      utm: { myspace: { source: 'x' } },
      templates: { '*': '{tags}' },
    });
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual(
      ['/hashtag', '/minGapMs', '/telling/mail', '/telling/mail/0', '/templates/*', '/utm/myspace'].sort(),
    );
  });

  it('are refused with every source, account and tag that there is not beside what is wrong with their shape', async () => {
    const problem = await refusalOf({
      hashtags: { always: ['#1', 7], aliases: { US: '2030', EU: {} } },
      auto: [
        { sourceId: 'src_none', urgencies: ['breaking'] },
        { sourceId: 5 },
        { sourceId: 'src_gone', urgencies: [] },
      ],
      telling: { accounts: ['acc_none', 8], quietMs: 1 },
      signatures: { myspace: 'Ours.', x: 9 },
    });
    expect(problem.status).toBe(400);
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/auto/0/sourceId',
      '/auto/1/sourceId',
      '/auto/1/urgencies',
      '/auto/2/sourceId',
      '/auto/2/urgencies',
      '/hashtags/aliases/EU',
      '/hashtags/aliases/US',
      '/hashtags/always/0',
      '/hashtags/always/1',
      '/signatures/myspace',
      '/signatures/x',
      '/telling/accounts/0',
      '/telling/accounts/1',
      '/telling/quietMs',
    ]);
  });

  it.each([
    ['#A b', 'a hashtag has letters, digits and underscores only, so write #AB'],
    ['#1', 'a hashtag needs a letter'],
    ['2030', 'a hashtag needs a letter'],
    ['#rock&roll', 'a hashtag has letters, digits and underscores only, so write #RockRoll'],
  ])('refuse the tag %s on every network that links tags', async (tag, why) => {
    const { detail, errors } = await refusalOf({ hashtags: { always: ['News', tag], aliases: { US: tag } } });
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/hashtags/always/1', '/hashtags/aliases/US']);
    expect(errors?.[0]?.message).toMatch(/^“.+” is no hashtag on (?:.*, )?X, .*Mastodon.*: /);
    expect(errors?.[0]?.message).toContain(`“${tag}”`);
    expect(errors?.[0]?.message).toContain(why);
    expect(errors?.[0]?.message).not.toContain('Slack');
    expect(detail).toContain(tag);
  });

  it('refuse what can be no hashtag also where it is never wanted, and what is wanted always and never', async () => {
    const hashtags = { always: ['News', 'two words!', 'Old pier'], never: ['two words!', '2030', '#OldPier', 'Docks'] };
    const { errors } = await refusalOf({ hashtags });
    expect(errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/hashtags/always/1 no-hashtag',
      '/hashtags/never/0 no-hashtag',
      '/hashtags/never/1 no-hashtag',
      '/hashtags/never/0 always-and-never',
      '/hashtags/never/2 always-and-never',
    ]);
    expect(errors?.[0]?.message).toContain('so write #TwoWords');
    expect(errors?.[4]?.message).toBe('“#OldPier” stands under always too: a hashtag is in one of the two lists');
  });

  it('take a tag with its #, without it, and a name of several words', async () => {
    const hashtags = { always: ['#News', 'Westmouth Courier', 'Łódź', '编辑部'], aliases: { US: 'United States' } };
    expect((await put({ hashtags }, String((await read()).headers['etag']))).statusCode).toBe(200);
  });

  it('name only sources that there are, and go on without one that was removed', async () => {
    const { errors } = await refusalOf({ auto: [{ sourceId: 'src_none', urgencies: ['breaking'] }] });
    expect(errors).toMatchObject([
      { pointer: '/auto/0/sourceId', message: '“src_none” is no source: give the id of one that there is' },
    ]);
    const payload = { kind: 'push', name: 'Our own desk' };
    const source = await here.app.inject({ method: 'POST', url: '/v1/sources', headers, payload });
    const { id } = source.json<{ id: string }>();
    const auto = [{ sourceId: id, urgencies: ['breaking'] }];
    expect((await put({ auto }, String((await read()).headers['etag']))).statusCode).toBe(200);
    await here.app.inject({ method: 'DELETE', url: `/v1/sources/${id}`, headers });
    expect((await put({ auto, fourEyes: false }, String((await read()).headers['etag']))).statusCode).toBe(200);
    expect((await put({}, String((await read()).headers['etag']))).statusCode).toBe(200);
    expect((await refusalOf({ auto })).errors).toMatchObject([{ pointer: '/auto/0/sourceId' }]);
  });

  it.each([
    ['{sumary} {link}', /^names \{sumary\}, which is none of \{summary\}, \{headline\}/],
    ['{summary} {link} {link}', /^names \{link\} twice/],
    ['Read us! {link}', /^has neither \{summary\} nor \{headline\}/],
    [`${'Read us. '.repeat(30)}{summary} {link}`, /^leaves 0 of \d+ on .+ for the words of an article/],
  ])('refuse the template %s in one sentence', async (template, sentence) => {
    const { errors } = await refusalOf({ templates: { '*': template } });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toMatch(sentence);
  });

  it('count the signature of a network into its template', async () => {
    const templates = { x: '{summary}\n{signature}\n{link}' };
    expect((await put({ templates }, String((await read()).headers['etag']))).statusCode).toBe(200);
    const { errors } = await refusalOf({ templates, signatures: { x: 'Yours. '.repeat(35) } });
    expect(errors?.[0]).toMatchObject({ pointer: '/templates/x', message: expect.stringContaining('of 280 on X') });
  });

  it('tell people only on accounts that take messages', async () => {
    const { errors } = await refusalOf({ telling: { accounts: [here.sandboxId, 'acc_none'] } });
    expect(errors?.map(({ message }) => message)).toEqual([
      expect.stringContaining('takes no messages: choose Telegram, Discord, Slack'),
      'is no account',
    ]);
  });
});
