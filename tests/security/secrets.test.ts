import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { jobs } from '../../src/jobs/jobs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a process of ours writes that logs these lines. */
function logged(format: 'json' | 'pretty', statement: string): string {
  const code = `import { createLogger } from './src/logger.ts'; const log = createLogger('info', '${format}'); ${statement}`;
  return execFileSync(process.execPath, ['--input-type=module-typescript', '-e', code], {
    cwd: root,
    encoding: 'utf8',
  });
}

describe('the log', () => {
  it.each(['json', 'pretty'] as const)('as %s holds no secret, however deep it lies in what is logged', (format) => {
    const said = logged(
      format,
      `const secrets = { token: 'S1', password: 'S2', authorization: 'S3', cookie: 'S4', accessToken: 'S5', credentials: { any: 'S6' } };
       log.info(secrets, 'one'); log.info({ request: secrets }, 'two'); log.info({ a: { b: secrets } }, 'three');`,
    );
    expect(said).toContain('three');
    expect(said).not.toMatch(/S[1-6]/);
  });

  it.each(['json', 'pretty'] as const)(
    'as %s gives one line to each entry, whatever foreign text is in it',
    (format) => {
      const said = logged(
        format,
        `const foreign = 'a\\r\\n12:00:00 error: forged\\u2028\\x1b[2J\\u202e'; log.info({ title: foreign, inner: { foreign } }, 'story ' + foreign); log.error({ err: new Error(foreign) }, 'failed');`,
      );
      const lines = said.split('\n').filter((line) => line !== '');
      expect(lines).toHaveLength(2);
      // In JSON these are escaped; a terminal must not see any of them.
      const steering = format === 'json' ? ['\x1b', '\r'] : ['\x1b', '\r', '\u2028', '\u202e'];
      expect(steering.filter((character) => said.includes(character))).toEqual([]);
    },
  );

  it('says its times in UTC', () => {
    const line = JSON.parse(logged('json', `log.info('now');`)) as { time: string };
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('a job', () => {
  // What is in the queue is clear text in Redis.
  it.each(Object.entries(jobs))('%s carries ids and numbers, no text and no secret', (_, { payload }) => {
    for (const [name, schema] of Object.entries(payload.shape)) {
      const isId = /(Id|^network)$/.test(name);
      const isFigure = schema.safeParse(1).success || schema.safeParse(true).success;
      expect(isId || isFigure, name).toBe(true);
    }
  });
});

describe('the code', () => {
  const files = execFileSync('git', ['ls-files', 'src', 'workers', 'config'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
  const sources = files
    .filter((file) => /\.(ts|tsx|js)$/.test(file))
    .map((file) => ({ file, text: readFileSync(`${root}${file}`, 'utf8') }));

  it('makes no code of text: no eval, no function of a string, no sandbox to get out of', () => {
    const found = sources.filter(({ text }) => /\beval\s*\(|new Function\b|from 'node:vm'|from 'vm2?'/.test(text));
    expect(found.map(({ file }) => file)).toEqual([]);
  });

  it('leaves judging an address to Node, and XML to one reader of its own', () => {
    const packages = /from '(ip|ip-address|ipaddr\.js|dssrf|fast-xml-parser|xml2js|request-filtering-agent)'/;
    expect(sources.filter(({ text }) => packages.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('has no switch that lifts the guard of outgoing requests as a whole', () => {
    const example = readFileSync(`${root}.env.example`, 'utf8');
    expect(example).not.toMatch(/DISABLE|SSRF|UNSAFE|SKIP_/);
    expect(example).toContain('STANDFIRST_ALLOW_PRIVATE');
  });
});
