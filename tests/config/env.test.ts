import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample } from '../../config/env-example.ts';
import { envSchema, readEnv } from '../../config/env.ts';
import { settingsFrom } from '../../config/settings.ts';

describe('the environment', () => {
  it('is described whole in .env.example, which is what config/env-example.ts prints', () => {
    const written = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    expect(written).toBe(envExample());
    for (const name of Object.keys(envSchema.shape)) expect(written).toContain(`#${name}=`);
  });

  it('has a purpose for every variable', () => {
    for (const [name, type] of Object.entries(envSchema.shape)) expect(type.description, name).toMatch(/\S+ \S+/);
  });

  it('reports every fault at once, with the name and what it should be', () => {
    const wrong = {
      DATABASE_URL: 'mysql://here',
      PORT: '99999',
      STANDFIRST_TIME_ZONE: 'Mars/Olympus',
      STANDFIRST_ALLOW_PRIVATE: '10.0.0.0/99',
    };
    expect(() => readEnv(wrong)).toThrow(
      /DATABASE_URL must be a PostgreSQL address[\s\S]*PORT[\s\S]*STANDFIRST_TIME_ZONE is not an IANA time zone[\s\S]*STANDFIRST_ALLOW_PRIVATE/,
    );
  });

  it('reads a secret from the file that NAME_FILE names, and says which file cannot be read', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'standfirst-env-')), 'url');
    writeFileSync(file, 'postgres://desk@db/news\n');
    expect(readEnv({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://desk@db/news');
    expect(() => readEnv({ DATABASE_URL_FILE: `${file}.gone` })).toThrow(
      /DATABASE_URL_FILE names .*gone, which cannot be read/,
    );
  });

  it('counts an empty variable as not set', () => {
    expect(readEnv({ REDIS_URL: '' }).REDIS_URL).toBeUndefined();
  });
});

describe('the settings', () => {
  it('refuse to split the roles over the embedded database, which belongs to one process', () => {
    expect(() => settingsFrom(readEnv({}), 'worker')).toThrow(/--role worker needs DATABASE_URL/);
  });

  it('are frozen to the leaves', () => {
    expect(Object.isFrozen(settingsFrom(readEnv({})).http)).toBe(true);
  });
});
