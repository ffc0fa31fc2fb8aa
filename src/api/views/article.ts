import type { ArticleItemRow } from '../../store/article-list.ts';
import { maskedIn } from '../../text/masked-address.ts';
import type { Caller } from '../caller.ts';
import type { ArticleItem } from '../schemas/article.ts';
import { seesAddresses } from './source.ts';

/** An article as a list shows it. Until it was read its address is the one that was asked for, which may hold a key. */
export function articleItemOf(row: ArticleItemRow, caller: Pick<Caller, 'scopes'>): ArticleItem {
  return {
    ...row,
    ...shownTo(caller, { url: row.url, refusal: row.refusal }),
    createdAt: row.createdAt.toISOString(),
    ingestedAt: row.ingestedAt?.toISOString() ?? null,
  };
}

/** The same without keys in its addresses, for who may not have those of sources. */
export function shownTo<Value>(caller: Pick<Caller, 'scopes'>, value: Value): Value {
  return seesAddresses(caller) ? value : maskedIn(value, { onlyKeys: true });
}
