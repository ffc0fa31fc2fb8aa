import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { ApiError, get } from '../../api/client.ts';
import { addSource, changeSource } from '../../api/sources.ts';
import type { Source } from '../../api/types.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { sourceTexts } from '../../texts/sources.ts';
import { blank, draftOf, givenOf, isReadable } from './draft.ts';
import css from './intake.module.css';
import { SourceFields } from './source-fields.tsx';
import { RuleTrial, SourcePreview } from './source-look.tsx';
import { useSourceLook } from './use-source-look.ts';

/** Adds a source after a look at what it has, or changes one after a look at what its rules would have done. */
export function SourceForm({ source, onClose }: { source: Source | null; onClose: () => void }): ReactNode {
  const [base, setBase] = useState(source);
  // With the version it was begun on: what somebody else decides meanwhile is not overwritten unseen.
  const kept = useKept(`source.${source?.id ?? 'new'}`, {
    draft: base === null ? blank : draftOf(base),
    version: base?.version ?? 0,
  });
  const { draft, version } = kept.typed;
  const [theirs, setTheirs] = useState<Source | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const look = useSourceLook(source === null ? draft : blank);
  // What has an address is added after a look at what is there; what is pushed has none.
  const mustLook = source === null && draft.kind !== 'push' && look.outcome === 'open';
  const canRead = look.outcome !== 'failed';
  const addWords = mustLook ? sourceTexts.look : canRead ? sourceTexts.addButton : sourceTexts.addAnyway;
  const isReady = draft.kind === 'push' ? draft.name.trim() !== '' : isReadable(draft);

  // It stands below the fields: who asked for it would see nothing of it.
  const foot = useRef<HTMLDivElement>(null);
  const { isAsked, outcome } = look;
  useEffect(() => {
    if (isAsked) foot.current?.scrollIntoView({ block: 'end' });
  }, [isAsked, outcome]);

  const save = async (seen: number): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      if (source === null) done(sourceTexts.added((await addSource(givenOf(draft))).name));
      else {
        await changeSource(source.id, seen, givenOf(draft));
        done(sourceTexts.saved);
      }
      kept.forget();
      onClose();
    } catch (problem) {
      if (source !== null && problem instanceof ApiError && problem.status === 412) await compare(source.id);
      else setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const compare = async (id: string): Promise<void> => {
    try {
      const now = await get<Source>(`/v1/sources/${id}`);
      setTheirs(now);
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={source === null ? sourceTexts.addTitle : sourceTexts.editTitle(source.name)}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady || theirs !== null) return;
          if (mustLook) look.now();
          else void save(version);
        }}
      >
        <Stack gap="sm">
          <SourceFields
            draft={draft}
            isNew={source === null}
            onChange={(change) => kept.type({ draft: { ...draft, ...change }, version })}
          />
          {source === null ? (
            <SourcePreview draft={draft} look={look} />
          ) : (
            <RuleTrial sourceId={source.id} draft={draft} />
          )}
          {error !== null && <ProblemCard error={error} />}
          <KeptMark of={kept} />
          {theirs !== null ? (
            <div className={css.report} role="alert">
              <p>{sourceTexts.conflict}</p>
              <Group gap="xs">
                <Button
                  variant="default"
                  onClick={() => {
                    setBase(theirs);
                    kept.forget();
                    setTheirs(null);
                  }}
                >
                  {sourceTexts.takeTheirs}
                </Button>
                <Button loading={isBusy} onClick={() => void save(theirs.version)}>
                  {sourceTexts.saveMine}
                </Button>
              </Group>
            </div>
          ) : (
            <Group justify="flex-end" ref={foot} className={css.foot}>
              <Button variant="default" onClick={onClose}>
                {texts.cancel}
              </Button>
              <Button type="submit" loading={isBusy || (mustLook && look.query.isFetching)} disabled={!isReady}>
                {source === null ? addWords : sourceTexts.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Modal>
  );
}
