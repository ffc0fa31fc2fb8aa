import { useNavigate } from '@tanstack/react-router';
import { createArticle } from '../api/actions.ts';
import { done } from '../shell/undo.tsx';
import { run } from '../shell/verbs.ts';
import { firstRunTexts } from '../texts/intake.ts';

/** Brings the sample newsroom in and goes to the Desk, where its posts wait. */
export function useSamples(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    // They are read once in a newsroom's life.
    const { samples } = await import('../texts/samples.ts');
    const isIn = await run(firstRunTexts.sample, async () => {
      for (const { title, text, section, tags } of samples) await createArticle({ title, text, section, tags });
    });
    if (!isIn) return;
    done(firstRunTexts.sampleReady);
    await navigate({ to: '/desk' });
  };
}
