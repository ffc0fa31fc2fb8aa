import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { networkOf, networks } from '../../src/networks/registry.ts';

test('every network has an id of its own, in kebab-case', () => {
  const ids = networks.map((network) => network.profile.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z-]*$/);
});

test('every declared power has its verb, and no verb is there undeclared', () => {
  for (const { profile, find, edit, remove } of networks) {
    expect([profile.id, find !== undefined]).toEqual([profile.id, profile.powers.find !== 'none']);
    expect([profile.id, edit !== undefined]).toEqual([profile.id, profile.powers.edit]);
    expect([profile.id, remove !== undefined]).toEqual([profile.id, profile.powers.remove]);
  }
});

test('an unknown network is refused in a sentence that names the known ones', () => {
  expect(() => networkOf('myspace')).toThrow(/There is no network "myspace"\. The networks are: .*sandbox/);
});

test('reading the profiles loads no client library', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { networks } = await import('./src/networks/registry.ts');
    if (networks.length === 0) throw new Error('empty');
    console.log(JSON.stringify(loaded.filter((url) => /node_modules\\/(?!zod)/.test(url))));
  `;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual([]);
});
