// Says what in the API breaks those who use it, beside the version before: `npm run api:changes [-- <git revision>]`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { breakingChanges } from './breaking.ts';
import type { Document } from './breaking.ts';

const PLACE = 'docs/openapi.json';

/** The newest release, else the commit before this one; null in a clone without history. */
function before(): string | null {
  return git('describe', '--tags', '--abbrev=0', '--match', 'v*') ?? git('rev-parse', '--short', 'HEAD^1');
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64e6 }).trim();
  } catch {
    return null;
  }
}

const revision = process.argv[2] ?? before();
const text = revision === null ? null : git('show', `${revision}:${PLACE}`);
if (revision === null || text === null) {
  console.log(`There is no earlier ${PLACE} to compare with${revision === null ? '' : ` in ${revision}`}.`);
} else {
  const was = JSON.parse(text) as Document;
  const is = JSON.parse(readFileSync(new URL(`../${PLACE}`, import.meta.url), 'utf8')) as Document;
  const breaking = breakingChanges(was, is);
  for (const sentence of breaking) console.log(sentence);
  console.log(`${breaking.length} breaking changes since ${revision} (version ${was.info.version}).`);
  // Nothing is promised before the first release; after it, what breaks needs another version.
  const isReleased = git('tag', '--list', revision) === revision;
  if (isReleased && breaking.length > 0 && was.info.version === is.info.version) {
    console.error(`Raise the version of package.json above ${was.info.version}, or keep the API as it was.`);
    process.exitCode = 1;
  }
}
