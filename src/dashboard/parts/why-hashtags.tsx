import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { fold } from '../../text/hashtags-fold.ts';
import { findHashtags } from '../../text/post-hashtags.ts';
import { houseRulesQuery } from '../api/queries.ts';
import type { ApiSummary, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { decideTag } from './house-tag.ts';
import { NotYours } from './not-yours.tsx';
import { useMay } from './use-may.ts';
import { useWhere } from './use-networks.ts';
import css from './why.module.css';

const lists = ['always', 'never'] as const;

interface WhyHashtagsProps {
  readonly hashtags: ApiSummary['hashtags'];
  /** The posts of the story, to tell each network's own rule. */
  readonly posts: readonly Post[];
}

/** Every candidate, kept or not, with what spoke for and against it, and how many each network takes. */
export function WhyHashtags({ hashtags, posts }: WhyHashtagsProps): ReactNode {
  const where = useWhere();
  const said = tagsOn(posts);
  const isSaid = ({ tag }: ApiSummary['hashtags'][number]): boolean => said.has(fold(tag));
  const fit = hashtags.filter((one) => one.kept);
  // Before there are posts, none can lack one.
  const kept = posts.length === 0 ? fit : fit.filter(isSaid);
  const spare = posts.length === 0 ? [] : fit.filter((one) => !isSaid(one));
  const rejected = hashtags.filter((one) => !one.kept);
  const rules = [
    ...new Map(
      posts.flatMap((post) => {
        const { limits, networkName } = where(post.accountId, post.network);
        return limits === null ? [] : [[networkName, limits.hashtags] as const];
      }),
    ),
  ];
  return (
    <>
      <NotYours needs="house-rules:manage" />
      <h3>{texts.why.kept}</h3>
      <TagTable hashtags={kept} />
      {spare.length > 0 && (
        <>
          <h3>{texts.why.spare}</h3>
          <p>{texts.why.spareWhy}</p>
          <TagTable hashtags={spare} />
        </>
      )}
      {rejected.length > 0 && (
        <>
          <h3>{texts.why.rejected}</h3>
          <TagTable hashtags={rejected} />
        </>
      )}
      {rules.length > 0 && (
        <>
          <h3>{texts.why.networkRules}</h3>
          <ul className={css.left}>
            {rules.map(([name, { max, advised }]) => (
              <li key={name}>{texts.why.networkRule(name, advised, max)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** By what each hashtag is known that one of the posts has; what stands behind a `#` in an address is none. */
function tagsOn(posts: readonly Post[]): ReadonlySet<string> {
  const written = posts.flatMap(({ parts }) => parts.map(({ text }) => text));
  return new Set(written.flatMap(findHashtags).map(({ tag }) => fold(tag)));
}

function TagTable({ hashtags }: { hashtags: ApiSummary['hashtags'] }): ReactNode {
  const mayDecide = useMay('house-rules:manage');
  const house = useQuery(houseRulesQuery).data?.rules.hashtags;
  if (hashtags.length === 0) return <p>{texts.why.none}</p>;
  const isIn = (list: readonly string[] | undefined, tag: string): boolean =>
    list?.some((one) => `#${one}`.toLocaleLowerCase() === tag.toLocaleLowerCase()) === true;
  return (
    <table className={css.tags}>
      <thead>
        <tr>
          <th scope="col">{texts.why.tag}</th>
          <th scope="col">{texts.why.origin}</th>
          <th scope="col">{texts.why.score}</th>
          <th scope="col">{texts.why.because}</th>
          <th scope="col">{texts.why.house}</th>
        </tr>
      </thead>
      <tbody>
        {hashtags.map((one) => (
          <tr key={one.tag + one.origin}>
            <th scope="row" dir="auto">
              {one.tag}
            </th>
            <td>{one.origin}</td>
            <td className="tabular">{one.score.toFixed(2)}</td>
            <td>
              {one.reasons
                .map((reason) => `${texts.why.reason(reason.name)}${reason.detail ? ` (${reason.detail})` : ''}`)
                .join(', ')}
            </td>
            <td>
              {mayDecide ? (
                <Button.Group>
                  {lists.map((list) => (
                    <Button
                      key={list}
                      size="compact-xs"
                      variant={isIn(house?.[list], one.tag) ? 'filled' : 'default'}
                      aria-pressed={isIn(house?.[list], one.tag)}
                      aria-label={`${texts.why.use[list]}: ${one.tag}`}
                      onClick={() => void decideTag(one.tag, list)}
                    >
                      {texts.why.use[list]}
                    </Button>
                  ))}
                </Button.Group>
              ) : (
                lists.filter((list) => isIn(house?.[list], one.tag)).map((list) => texts.why.use[list])
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
