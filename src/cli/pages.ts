import { z } from 'zod';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';

const page = z.object({ data: z.array(z.unknown()), nextCursor: z.string().nullish() });

/**
 * Every item of a list of the API, page after page.
 * @param filter query parameters, `name=value&…`, already encoded.
 */
export async function* pagesOf<Item>(
  options: ApiOptions,
  path: string,
  item: z.ZodType<Item>,
  filter = '',
): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const query: string[] = ['limit=100', filter, cursor === null ? '' : `cursor=${encodeURIComponent(cursor)}`];
    const answer = page.parse(
      await callApi(options, 'GET', `${path}?${query.filter((part) => part !== '').join('&')}`),
    );
    for (const one of answer.data) yield item.parse(one);
    cursor = answer.nextCursor ?? null;
  } while (cursor !== null);
}
