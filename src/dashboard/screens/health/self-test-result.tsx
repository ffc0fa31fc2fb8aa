import type { ReactNode } from 'react';
import { healthTexts } from '../../texts/health.ts';
import css from './health.module.css';
import type { Hop } from './self-test.ts';

/** How long each step of the test post took. */
export function SelfTestResult({ hops }: { hops: readonly Hop[] }): ReactNode {
  return (
    <section className={css.result} aria-labelledby="self-test">
      <h2 id="self-test">✓ {healthTexts.selfTestPassed}</h2>
      <ol>
        {hops.map(({ name, ms }) => (
          <li key={name} data-hop={name}>
            {healthTexts.hops[name]} <strong className="tabular">{ms} ms</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
