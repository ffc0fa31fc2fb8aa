import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Source } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { useMay } from '../../parts/use-may.ts';
import { Time, spanOf } from '../../shell/time.tsx';
import { sourceTexts } from '../../texts/sources.ts';
import { Decisions } from './decisions.tsx';
import css from './intake.module.css';
import { pauseOrResume, readNow, remove } from './source-verbs.ts';
import { Spark } from './spark.tsx';

interface SourceCardProps {
  readonly source: Source;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
  readonly onEdit: () => void;
}

/** One source: how it is doing, what it brought, why it fails, what was decided about its items. */
export function SourceCard({ source, isChosen, isOpen, onChoose, onOpen, onEdit }: SourceCardProps): ReactNode {
  const shown = source.state === 'paused' ? 'paused' : source.failures > 0 ? 'failing' : 'active';
  const tone = { active: css.good, paused: css.wait, failing: css.bad }[shown];
  const mayManage = useMay('sources:manage');
  return (
    <li className={`${css.source} ${isChosen ? (css.chosen ?? '') : ''}`} data-source={source.id} onFocus={onChoose}>
      <div className={css.sourceHead}>
        <div className={css.sourceName}>
          <h3>
            <button type="button" aria-expanded={isOpen} onClick={onOpen} dir="auto">
              {source.name}
            </button>{' '}
            <span className={`${css.outcome} ${tone ?? ''}`}>{sourceTexts.states[shown]}</span>
          </h3>
          <small className={css.meta}>{source.url ?? sourceTexts.kinds[source.kind]}</small>
        </div>
        <Spark days={source.days} />
        <div className={css.sourceActions}>
          {mayManage && <SourceActions source={source} onOpen={onOpen} onEdit={onEdit} />}
        </div>
      </div>
      {source.reason !== null && <p className={css.meta}>{sourceTexts.pausedFor(source.reason)}</p>}
      {source.problem !== null && (
        <p className={css.problem}>
          {source.problem}{' '}
          {source.failingSince !== null && (
            <>
              {sourceTexts.since} <Time at={source.failingSince} />.{' '}
            </>
          )}
          {source.state === 'active' && sourceTexts.backOff}
        </p>
      )}
      {source.note !== null && <p className={css.meta}>{source.note}</p>}
      <Facts source={source} />
      {isOpen && <Decisions sourceId={source.id} />}
    </li>
  );
}

function SourceActions({ source, onOpen, onEdit }: Pick<SourceCardProps, 'source' | 'onOpen' | 'onEdit'>): ReactNode {
  return (
    <>
      {source.kind !== 'push' && source.state !== 'paused' && (
        <Button size="compact-sm" variant="default" onClick={() => void readNow(source)}>
          {sourceTexts.poll}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => void pauseOrResume(source)}>
        {source.state === 'paused' ? sourceTexts.resume : sourceTexts.pause}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" color="gray" px={6} aria-label={sourceTexts.more(source.name)}>
            <Icon name="more" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{sourceTexts.edit}</Menu.Item>
          <Menu.Item onClick={onOpen}>{sourceTexts.log}</Menu.Item>
          <Menu.Item onClick={() => void remove(source)}>{sourceTexts.remove}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Facts({ source }: { source: Source }): ReactNode {
  const { lastPollAt, nextPollAt, httpStatus, unchanged, polls, medianDelayMs, failures } = source;
  const status = httpStatus ?? (lastPollAt === null ? '–' : sourceTexts.noAnswer);
  const facts = [
    ...(source.kind === 'push'
      ? []
      : ([
          [sourceTexts.last, lastPollAt === null ? sourceTexts.never : <Time key="last" at={lastPollAt} />],
          [sourceTexts.next, nextPollAt === null ? '–' : <Time key="next" at={nextPollAt} />],
          [sourceTexts.status, status],
          [sourceTexts.unchanged, sourceTexts.ofPolls(unchanged, polls)],
          [sourceTexts.failures, failures],
        ] as const)),
    [sourceTexts.delay, medianDelayMs === null ? '–' : spanOf(medianDelayMs)] as const,
  ];
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
