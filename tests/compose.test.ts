import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { envSchema, readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';

// No Docker engine is counted on here: what the two files name must exist in the project, and what they set must be
// something the project accepts.

const root = join(import.meta.dirname, '..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
const instructions = dockerfile
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line))
  .map((line) => ({ name: line.split(' ')[0] ?? '', value: line.slice(line.indexOf(' ') + 1) }));

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  stop_grace_period: z.string().optional(),
});
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }));

describe('the compose file', () => {
  it.each(['app', 'worker'])('gives %s settings that the project accepts, in the production mode', (name) => {
    const { environment, command } = serviceOf(name);
    const role = command?.at(-1);
    expect(role).toBe(name === 'app' ? 'api' : 'worker');
    for (const variable of Object.keys(environment)) expect(Object.keys(envSchema.shape)).toContain(variable);
    const settings = settingsFrom(readEnv(withDefaults(environment)), role === 'api' ? 'api' : 'worker');
    expect(settings.databaseUrl).toMatch(/@postgres:5432\/standfirst$/);
    expect(settings.redis?.url).toBe('redis://valkey:6379');
    expect(settings.http.host).toBe('0.0.0.0');
  });

  it('starts files that exist, by node itself, which npm would keep signals from', () => {
    for (const name of ['app', 'worker']) {
      const [program, file = ''] = serviceOf(name).command ?? [];
      expect(program).toBe('node');
      expect(existsSync(join(root, file)), file).toBe(true);
    }
    const [, , check = ''] = serviceOf('worker').healthcheck?.test ?? [];
    expect(existsSync(join(root, check)), check).toBe(true);
  });

  it('publishes the port that the app listens on, to this machine only', () => {
    expect(serviceOf('app').ports).toEqual([`127.0.0.1:8484:${serviceOf('app').environment['PORT']}`]);
    for (const name of ['worker', 'postgres', 'valkey']) expect(serviceOf(name).ports).toEqual([]);
  });

  it('names the database user, password and database as the server makes them', () => {
    const made = withDefaults(serviceOf('postgres').environment);
    const { username, password, pathname } = new URL(withDefaults(serviceOf('app').environment)['DATABASE_URL'] ?? '');
    expect({ username, password, database: pathname.slice(1) }).toEqual({
      username: made['POSTGRES_USER'],
      password: made['POSTGRES_PASSWORD'],
      database: made['POSTGRES_DB'],
    });
  });

  it('sets the queue up as the start-up check asks: append-only file, no eviction, hz 100', () => {
    const command = serviceOf('valkey').command?.join(' ');
    expect(command).toContain('--appendonly yes --appendfsync everysec');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--hz 100');
  });

  it('keeps what must last in named volumes, and waits for services that exist and have a health check', () => {
    const [app, ...others] = ['app', 'worker', 'postgres', 'valkey'].map(serviceOf);
    for (const { volumes, depends_on: needs } of [app!, ...others]) {
      expect(volumes.length).toBeGreaterThan(0);
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      // The app's own health check stands in the Dockerfile.
      for (const need of Object.keys(needs)) expect(need === 'app' || serviceOf(need).healthcheck).toBeTruthy();
    }
  });

  it('waits for a worker longer than a drain takes', () => {
    expect(Number.parseInt(serviceOf('worker').stop_grace_period ?? '0')).toBeGreaterThan(30);
  });
});

describe('the Dockerfile', () => {
  it('copies only what exists and what .dockerignore lets through', () => {
    const sources = valuesOf('COPY')
      .filter((value) => !value.startsWith('--from'))
      .flatMap((value) => value.split(' ').slice(0, -1))
      .filter((source) => source !== '.');
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(sources).toContain('src');
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(allowed).toContain(`!${source}`);
    }
  });

  it('copies every folder that the server imports from', () => {
    const copied = valuesOf('COPY').map((value) => value.split(' ')[0]);
    for (const folder of ['config', 'src', 'workers', 'bin', 'package.json']) expect(copied).toContain(folder);
  });

  it('sets variables that the project knows, and the port it exposes and checks', () => {
    const given = Object.fromEntries(
      valuesOf('ENV').flatMap((value) => value.split(' ').map((pair) => pair.split('='))),
    );
    for (const variable of Object.keys(given))
      expect([...Object.keys(envSchema.shape), 'NODE_ENV', 'NODE_COMPILE_CACHE']).toContain(variable);
    const { http, dataDir } = settingsFrom(readEnv(given));
    expect(valuesOf('EXPOSE')).toEqual([String(http.port)]);
    expect(valuesOf('HEALTHCHECK')[0]).toContain(`http://127.0.0.1:${http.port}/readyz`);
    expect(valuesOf('VOLUME')).toEqual([dataDir]);
  });

  it('is built on Debian with the Node that the project needs, and does not run as root', () => {
    const bases = valuesOf('FROM').map((value) => value.split(' ')[0]);
    const needed = z.object({ engines: z.object({ node: z.string() }) }).parse(readJson('package.json')).engines.node;
    expect(needed).toBe('>=24.7');
    expect(new Set(bases)).toEqual(new Set(['node:24-bookworm-slim', 'modules']));
    expect(valuesOf('USER')).toEqual(['node']);
  });

  it('starts a file that exists, by node itself', () => {
    const [program, file] = z.tuple([z.string(), z.string()]).parse(JSON.parse(valuesOf('CMD')[0] ?? ''));
    expect(program).toBe('node');
    expect(existsSync(join(root, file))).toBe(true);
  });
});

function serviceOf(name: string): z.infer<typeof service> {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** As compose does it where the operator set nothing: `${NAME:-default}`. */
function withDefaults(environment: Record<string, string>): Record<string, string> {
  const fill = (value: string) => value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
}

function valuesOf(instruction: string): string[] {
  return instructions.filter(({ name }) => name === instruction).map(({ value }) => value.trim());
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
