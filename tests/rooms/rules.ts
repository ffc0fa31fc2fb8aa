/** The rooms, and which others each may import: `src/README.md` as data. */
const thinking = ['domain', 'text'];
const touching = [
  'store',
  'jobs',
  'networks',
  'sources',
  'media',
  'secrets',
  'mail',
  'models',
  'trace',
  'http',
  'logger',
];
const below3 = [...thinking, ...touching, 'pipeline'];
const starting = [...below3, 'api', 'mcp', 'context', 'root'];
const ofLevel1 = [...thinking, 'http', 'logger'];

export const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  text: ['domain'],
  logger: ['domain'],
  http: [...thinking, 'logger'],
  store: ofLevel1,
  jobs: ofLevel1,
  networks: ofLevel1,
  sources: ofLevel1,
  media: ofLevel1,
  secrets: ofLevel1,
  mail: ofLevel1,
  models: ofLevel1,
  trace: ofLevel1,
  pipeline: [...thinking, ...touching],
  api: below3,
  mcp: below3,
  cli: starting,
  server: ['root', 'serve'],
  serve: [...starting, 'workers'],
  workers: starting,
  config: ['domain'],
  context: [...below3, 'config', 'root'],
  // What lies directly in src/ and is none of the rooms: small things of the programs that start.
  root: [...thinking, 'logger'],
  // What the API answers, as the client's types have it from the API's own document.
  dashboard: ['domain', 'text', 'clients'],
};

/** A step hands over by ringing a job, never by calling the next step. */
export const steps = [
  'poll',
  'ingest',
  'summarize',
  'compose',
  'schedule',
  'publish',
  'reconcile',
  'correct',
  'notify',
];

export interface CallRule {
  readonly pattern: RegExp;
  /** Where it may stand. */
  readonly home: RegExp;
  readonly sentence: string;
}

/** Looked for in code only, not in comments or texts. `src/dashboard` is exempt. */
export const callRules: readonly CallRule[] = [
  {
    pattern: /\bprocess\s*\.\s*env\b/u,
    home: /^config\/env\.ts$/u,
    sentence: 'process.env is read in config/env.ts only: take the setting as an argument.',
  },
  {
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?![\w(])/u,
    home: /^src\/context[\w-]*\.ts$/u,
    sentence: 'the time is an input: take io.now as an argument.',
  },
  {
    pattern: /\brandomUUID\b|\bMath\.random\b/u,
    home: /^src\/context[\w-]*\.ts$/u,
    sentence: 'chance is an input: take io.id, or a number, as an argument.',
  },
  {
    pattern: /(?<![\w.$])fetch\s*\(|\bglobalThis\.fetch\s*\(/u,
    home: /^src\/http\//u,
    sentence: 'requests leave by the guarded door only: use io.fetch or http.get.',
  },
  {
    pattern: /\bawait\b|\basync\b|\bPromise\b/u,
    home: /^(?!src\/(?:domain|text)\/)/u,
    sentence: 'thinking does not wait: move what waits out of domain/ and text/.',
  },
];

export interface PackageRule {
  readonly packages: RegExp;
  readonly home: RegExp;
  readonly sentence: string;
}

export const packageRules: readonly PackageRule[] = [
  {
    packages: /^bullmq(?:\/|$)/u,
    home: /^(?:src\/jobs\/|workers\/|src\/api\/.*bull-?board)/u,
    sentence: 'BullMQ is known in jobs/, workers/ and the mount of bull-board only.',
  },
  {
    packages: /^pg(?:-|\/|$)/u,
    // BullMQ's PostgreSQL backend is given a connection pool of its own.
    home: /^src\/(?:store\/|jobs\/backend\.ts$)/u,
    sentence: 'SQL is spoken in store/ only.',
  },
  {
    // api/ and mcp/ answer requests, and need the types of what comes in.
    packages: /^(?:undici|(?:node:)?https?)$/u,
    home: /^src\/(?:http|api|mcp)\//u,
    sentence: 'requests leave by the guarded door only: use io.fetch, http.get or http.agent.',
  },
  {
    packages: /^(?:node:(?!util$)|fs|path|crypto|child_process)/u,
    home: /^(?!src\/(?:domain|text)\/)/u,
    sentence: 'thinking touches nothing: no module of Node in domain/ and text/.',
  },
  { packages: /^react(?:-dom)?(?:\/|$)/u, home: /^src\/dashboard\//u, sentence: 'React is for the dashboard only.' },
];
