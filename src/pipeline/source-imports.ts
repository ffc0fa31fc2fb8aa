import { Refusal } from '../domain/errors.ts';
import { insertSource, sourceAt } from '../store/source.ts';
import type { SourceSettings } from '../store/source-settings.ts';
import type { Outline } from '../text/opml.ts';
import type { Tools } from './tools.ts';

export interface ImportedFeed {
  readonly url: string;
  readonly title: string;
  readonly result: 'added' | 'known' | 'refused';
  readonly sourceId: string | null;
  /** Why it was not added. */
  readonly detail: string | null;
}

const MAX_URL = 4000;

/**
 * Adds the feeds of an OPML file, all in one transaction. The sweep reads them one after the other, host by host.
 * @throws Refusal where the file is no OPML.
 */
export async function importSources(
  { database, io }: Pick<Tools, 'database' | 'io'>,
  opml: string,
  settings: SourceSettings,
  actor: string,
): Promise<ImportedFeed[]> {
  const { parseOpml } = await import('../text/opml.ts');
  const outlines = parseOpml(opml);
  if ('kind' in outlines) {
    const { reason, detail } = outlines;
    throw new Refusal('invalid', detail, [{ pointer: '/opml', code: reason, message: detail }]);
  }
  return database.transaction(async (sql) => {
    const feeds: ImportedFeed[] = [];
    for (const outline of outlines) {
      const { title } = outline;
      const url = addressOf(outline);
      if (url === null) {
        const detail = 'It is not an http or https address, or holds a user name or password.';
        feeds.push({ url: outline.url.slice(0, MAX_URL), title, result: 'refused', sourceId: null, detail });
        continue;
      }
      const known = await sourceAt(sql, 'feed', url);
      if (known !== null) {
        feeds.push({ url, title, result: 'known', sourceId: known.id, detail: `It is read as “${known.name}”.` });
        continue;
      }
      const id = io.id('source');
      const name = title.slice(0, 100).trim() || new URL(url).host;
      await insertSource(sql, { id, kind: 'feed', name, url, settings }, actor);
      feeds.push({ url, title, result: 'added', sourceId: id, detail: null });
    }
    return feeds;
  });
}

function addressOf({ url }: Outline): string | null {
  // `feed:` was a scheme of its own once: feed:https://… and feed://….
  const address = URL.parse(
    url.replace(/^feed:(?:\/\/(?!\w+:)|(?=https?:))/i, (lead) => (lead.endsWith('//') ? 'http://' : '')),
  );
  if (address === null || url.length > MAX_URL || !/^https?:$/.test(address.protocol)) return null;
  return address.username === '' && address.password === '' ? address.href : null;
}
