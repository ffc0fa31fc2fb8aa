import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { foundationsQuery } from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import type { Foundations, InstallationView } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { offsetOf } from '../../shell/time.tsx';
import { engine as words } from '../../texts/settings.ts';
import { installationQuery } from './installation-query.ts';
import css from './setup.module.css';

/** What writes the summaries and what is checked of them; the clock, and what runs here. */
export function Engine(): ReactNode {
  const query = useQuery(installationQuery);
  const foundations = useQuery(foundationsQuery);
  if (query.data === undefined) {
    if (query.error === null) return <Bones rows={5} />;
    return <ProblemCard error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { engine, model, timeZone } = query.data;
  return (
    <>
      <h2 className={css.heading}>{words.summaries}</h2>
      <p className={css.fact}>{words.own(engine.name, engine.version)}</p>
      <p className={css.muted}>{words.ownWhy}</p>
      <h2 className={css.heading}>{words.model}</h2>
      <p className={css.fact}>{model === null ? words.off : words.on(model.name, model.version)}</p>
      <p className={css.muted}>{model === null ? words.offWhy : words.onWhy}</p>
      {model === null && (
        <Code
          block
          className={css.payload}
        >{`STANDFIRST_AI=http://localhost:11434/v1\nSTANDFIRST_AI_MODEL=<model>\nSTANDFIRST_AI_KEY=<key>`}</Code>
      )}
      <h2 className={css.heading}>{words.checks}</h2>
      <ul className={css.plainList}>
        {words.checkList.map((check) => (
          <li key={check}>{check}</li>
        ))}
      </ul>
      <h2 className={css.heading}>{words.clock}</h2>
      <p className={css.fact}>{words.zone(timeZone, offsetOf(present(), timeZone))}</p>
      <p className={css.muted}>{words.zoneWhy}</p>
      <h2 className={css.heading}>{words.installation}</h2>
      <dl className={css.facts}>
        {factsOf(query.data, foundations.data, foundations.isPending).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Link to="/health">{words.health}</Link>
    </>
  );
}

function factsOf(here: InstallationView, seen: Foundations | undefined, isPending: boolean): [string, string][] {
  // While it is being asked nothing is said, and nothing wrong either.
  const version = (of: string | undefined): string => of ?? (isPending ? '' : words.unknown);
  const redis = here.queue === 'redis' ? version(seen?.queue.redis?.version) : '';
  return [
    [words.version, here.version],
    [words.node, here.node],
    [words.database, `${words.databases[here.database]} ${version(seen?.database?.version)}`],
    [words.queue, `${words.queues[here.queue]} ${redis}`],
    [words.zoneData, here.zoneData],
    [words.mail, words.mails[here.hasMail ? 'true' : 'false']],
    [words.address, here.publicUrl ?? words.noAddress],
  ];
}
