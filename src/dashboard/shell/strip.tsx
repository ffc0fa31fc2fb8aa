import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { accountsQuery, nextQuery, postsQuery, sessionQuery } from '../api/queries.ts';
import { offMs } from '../api/server-clock.ts';
import { beginningOf } from '../parts/beginning-of.ts';
import { useWhere } from '../parts/use-networks.ts';
import { texts } from '../texts.ts';
import { useOnTime } from '../parts/on-time.ts';
import { leavesAt } from '../parts/leaves-at.ts';
import { countKeptBack, nextOut } from '../parts/next-out.ts';
import { LiveChip } from './live-chip.tsx';
import css from './shell.module.css';
import { clockAt, clockOf, offsetOf, placeOf, shortTime, spanOf, useNow, useZone } from './time.tsx';

/** From here on a reader could take the one clock for the other. */
const CLOCK_OFF_MS = 60_000;
/** How much of a text is read out; how much is seen is a matter of the room. */
const MOST_SHOWN = 60;

/** One line that answers, on every screen: what goes out next, what waits, what is wrong, is this picture live. */
export function Strip(): ReactNode {
  const now = useNow();
  const zone = useZone();
  const where = useWhere();
  const scheduled = useQuery(nextQuery);
  const accounts = useQuery(accountsQuery).data ?? [];
  const { post: next, waitsFor = null } = nextOut(scheduled.data?.items ?? [], accounts) ?? {};
  const keptBack = countKeptBack(scheduled.data?.items ?? [], accounts, now.getTime());
  const goes = new Date(next === undefined ? 0 : leavesAt(next));
  const left = goes.getTime() - now.getTime();
  const isOff = Math.abs(offMs()) > CLOCK_OFF_MS;
  const review = useQuery(postsQuery({ state: ['in_review'] }, 100)).data;
  // Each by itself: behind a page of failures nobody would see what is in doubt.
  const failed = useQuery(postsQuery({ state: ['failed'] }, 100)).data;
  const inDoubt = useQuery(postsQuery({ state: ['unknown'] }, 100)).data;
  const onTime = useOnTime();
  const newsroom = useQuery(sessionQuery).data?.newsroom;
  return (
    <header className={css.strip}>
      <Link to="/" className={css.brand}>
        <bdi>{newsroom ?? texts.product}</bdi>
      </Link>
      <div className={css.next}>
        {next === undefined || next.dueAt === null ? (
          <span>{scheduled.isSuccess ? texts.strip.nothingNext : scheduled.isError ? texts.strip.cannotTell : ''}</span>
        ) : (
          <Link
            to={next.articleId === null ? '/' : '/stories/$id'}
            params={{ id: next.articleId ?? '' }}
            {...clockAt(goes, next.accountId)}
          >
            <span>
              <strong>{texts.strip.next}</strong> {shortTime(goes, zone, now)}
            </span>{' '}
            <span className={css.what}>
              {where(next.accountId, next.network).accountName} “
              <bdi>{beginningOf(next.parts[0]?.text ?? '', MOST_SHOWN)}</bdi>”
            </span>{' '}
            <span className={waitsFor === null ? 'tabular' : css.bad}>
              ({waitsFor !== null ? texts.strip.waits[waitsFor] : left > 0 ? spanOf(left) : texts.post.dueNow})
            </span>
          </Link>
        )}
      </div>
      {keptBack > 0 && (
        <Link to="/setup" className={css.bad}>
          {texts.strip.keptBack(keptBack)}
        </Link>
      )}
      {review !== undefined && review.items.length > 0 && (
        <Link to="/desk">{texts.strip.inReview(countOf(review))}</Link>
      )}
      {failed !== undefined && failed.items.length > 0 && (
        <Link to="/failures" className={css.bad}>
          {texts.strip.failed(countOf(failed))}
        </Link>
      )}
      {inDoubt !== undefined && inDoubt.items.length > 0 && (
        <Link to="/failures" className={css.bad}>
          {texts.strip.inDoubt(countOf(inDoubt))}
        </Link>
      )}
      {onTime !== null && (
        <Link to="/health" className={css.onTime}>
          {texts.strip.onTime(onTime)}
        </Link>
      )}
      <LiveChip now={now} />
      <span
        className={css.clock}
        {...clockAt(now, undefined, isOff ? texts.strip.clockOff(spanOf(offMs())) : undefined)}
      >
        {placeOf(zone)} · <time dateTime={now.toISOString()}>{clockOf(now, zone)}</time> ({offsetOf(now, zone)})
      </span>
    </header>
  );
}

function countOf(list: { items: readonly unknown[]; isWhole: boolean }): string {
  return `${list.items.length}${list.isWhole ? '' : '+'}`;
}
