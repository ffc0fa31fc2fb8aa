import { importSources, promoteItem, removeSource, turnSource } from '../../api/sources.ts';
import type { Decision, Source, SourceImport } from '../../api/types.ts';
import { queryClient } from '../../api/query-client.ts';
import { confirm } from '../../shell/dialogs.tsx';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { sourceTexts } from '../../texts/sources.ts';

/** A feed is read within seconds of the asking; nothing tells of it, so the list is asked again. */
const READ_BY_MS = [1_500, 4_000] as const;

export async function readNow(source: Source): Promise<void> {
  if (source.state === 'paused') return done(sourceTexts.notWhilePaused(source.name));
  if (!(await run(sourceTexts.poll, () => turnSource(source.id, 'poll')))) return;
  done(sourceTexts.polling(source.name));
  for (const wait of READ_BY_MS) {
    setTimeout(() => {
      void queryClient.invalidateQueries({ queryKey: ['sources'] });
      void queryClient.invalidateQueries({ queryKey: ['decisions'] });
    }, wait);
  }
}

export async function pauseOrResume(source: Source): Promise<void> {
  const isPaused = source.state === 'paused';
  const [verb, back] = isPaused ? (['resume', 'pause'] as const) : (['pause', 'resume'] as const);
  if (!(await run(sourceTexts[verb], () => turnSource(source.id, verb)))) return;
  done((isPaused ? sourceTexts.resumed : sourceTexts.paused)(source.name), () => turnSource(source.id, back));
}

export async function remove(source: Source): Promise<void> {
  const { removeTitle, removeBody, removeButton, removed } = sourceTexts;
  if (!(await confirm(removeTitle(source.name), removeBody, removeButton))) return;
  if (await run(removeButton, () => removeSource(source.id))) done(removed(source.name));
}

export async function promote(decision: Decision): Promise<void> {
  if (await run(sourceTexts.promote, () => promoteItem(decision.id))) done(sourceTexts.promoted);
}

/** @returns what became of each feed of the file; null where it could not be read. */
export async function importFile(file: File): Promise<SourceImport | null> {
  let answer: SourceImport | null = null;
  await run(sourceTexts.import, async () => {
    answer = await importSources(await file.text());
    done(sourceTexts.imported(answer.added, answer.feeds.filter(({ result }) => result === 'known').length));
  });
  return answer;
}
