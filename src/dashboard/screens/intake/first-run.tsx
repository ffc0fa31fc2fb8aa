import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../parts/use-may.ts';
import { useSamples } from '../../parts/use-samples.ts';
import { firstRunTexts } from '../../texts/intake.ts';
import css from './intake.module.css';

/** The first thing to do, where nothing has come in yet: three ways. */
export function FirstRun({ onPaste, onFeed }: { onPaste: () => void; onFeed: () => void }): ReactNode {
  const openSamples = useSamples();
  const mayWrite = useMay('articles:write');
  const mayManage = useMay('sources:manage');
  const ways = [
    [firstRunTexts.sample, firstRunTexts.sampleWhy, () => void openSamples(), mayWrite],
    [firstRunTexts.paste, firstRunTexts.pasteWhy, onPaste, mayWrite],
    [firstRunTexts.feed, firstRunTexts.feedWhy, onFeed, mayManage],
  ] as const;
  const theirs = ways.filter(([, , , isTheirs]) => isTheirs);
  if (theirs.length === 0) return null;
  return (
    <section className={css.firstRun} aria-labelledby="first-run">
      <h2 id="first-run">{firstRunTexts.title}</h2>
      <p className={css.meta}>{firstRunTexts.why}</p>
      <div className={css.ways}>
        {theirs.map(([words, why, go]) => (
          <UnstyledButton key={words} className={css.way} onClick={go}>
            <strong>{words}</strong>
            <span className={css.meta}>{why}</span>
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
