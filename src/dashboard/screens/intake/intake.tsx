import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { articlesQuery, newsroomQuery } from '../../api/queries.ts';
import type { Source, SourceImport } from '../../api/types.ts';
import { sourcesQuery } from '../../api/sources.ts';
import { Bones } from '../../parts/bones.tsx';
import { FirstNewsroom } from '../../parts/newsroom-form.tsx';
import { NotYours } from '../../parts/not-yours.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useKeys } from '../../shell/keys.tsx';
import { Screen } from '../../shell/screen.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { intakeTexts } from '../../texts/intake.ts';
import { sourceTexts } from '../../texts/sources.ts';
import { FirstRun } from './first-run.tsx';
import { ImportReport } from './import-report.tsx';
import { Incoming } from './incoming.tsx';
import { PasteForm, focusPaste } from './paste-form.tsx';
import { SourceForm } from './source-form.tsx';
import { SourceList } from './source-list.tsx';
import { importFile, pauseOrResume, readNow } from './source-verbs.ts';

/** Where stories come from, and why something did not become one. */
export function IntakeScreen(): ReactNode {
  const sources = useQuery(sourcesQuery);
  const articles = useQuery(articlesQuery).data;
  const mayManage = useMay('sources:manage');
  const mayWrite = useMay('articles:write');
  const isAsking = useQuery(newsroomQuery).isPending;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [form, setForm] = useState<Source | 'new' | null>(null);
  const [report, setReport] = useState<SourceImport | null>(null);
  const list = sources.data ?? [];
  const chosen = list.find((source) => source.id === chosenId);

  const step = (by: number): void => {
    const at = chosen === undefined ? -1 : list.indexOf(chosen);
    const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
    if (next === undefined) return;
    setChosenId(next.id);
    document.querySelector<HTMLElement>(`[data-source="${next.id}"] h3 button`)?.focus();
  };
  const withChosen = (work: (source: Source) => unknown) => (): void => {
    if (chosen === undefined) done(sourceTexts.noneChosen);
    else void work(chosen);
  };
  const needs = 'sources:manage';
  useKeys(texts.nav.intake, [
    { keys: 'n', label: intakeTexts.paste, needs: 'articles:write', run: focusPaste },
    { keys: 'f', label: sourceTexts.add, needs, run: () => setForm('new') },
    { keys: 'r', label: sourceTexts.poll, needs, run: withChosen(readNow) },
    { keys: 'p', label: sourceTexts.pauseOrResume, needs, run: withChosen(pauseOrResume) },
    { keys: 'e', label: sourceTexts.edit, needs, run: withChosen(setForm) },
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
  ]);

  const isFirstRun = sources.data?.length === 0 && articles?.items.length === 0;
  return (
    <Screen
      title={texts.nav.intake}
      actions={
        <>
          <NotYours needs="sources:manage" />
          {mayManage && (
            <>
              <Button size="compact-sm" onClick={() => setForm('new')}>
                {sourceTexts.add}
              </Button>
              <FileButton
                accept=".opml,.xml,text/x-opml"
                onChange={(file) => {
                  if (file !== null) void importFile(file).then(setReport);
                }}
              >
                {(props) => (
                  <Button {...props} size="compact-sm" variant="default">
                    {sourceTexts.import}
                  </Button>
                )}
              </FileButton>
            </>
          )}
          {list.length > 0 && (
            <Button size="compact-sm" variant="default" component="a" href="/v1/sources.opml" download>
              {sourceTexts.export}
            </Button>
          )}
        </>
      }
    >
      {sources.data !== undefined && <StaleBar of={sources.dataUpdatedAt} />}
      {/* The newsroom's own form stands first: nothing moves under the pointer when it comes. */}
      {isFirstRun && isAsking && <Bones rows={2} height={96} />}
      {isFirstRun && !isAsking && (
        <>
          <FirstNewsroom />
          <FirstRun onPaste={focusPaste} onFeed={() => setForm('new')} />
        </>
      )}
      {mayWrite ? <PasteForm /> : <NotYours needs="articles:write" />}
      {report !== null && <ImportReport report={report} />}
      {!isFirstRun && (
        <>
          <SourceList
            query={sources}
            chosenId={chosen?.id ?? null}
            onChoose={setChosenId}
            onEdit={setForm}
            onAdd={() => setForm('new')}
          />
          <Incoming />
        </>
      )}
      {form !== null && <SourceForm source={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </Screen>
  );
}
