import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { preflight } from '../../../text/preflight.ts';
import { act, createPost } from '../../api/actions.ts';
import { accountsQuery } from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { Meter } from '../../parts/meter.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { shortTime } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';

export interface NewPlace {
  readonly at: string;
  /** Null where any may be chosen. */
  readonly accountId: string | null;
}

interface NewHereProps {
  readonly place: NewPlace;
  readonly zone: string;
  readonly onClose: () => void;
}

/** A ready text for one account at the time that was pointed at. What the network would refuse is told while it is written. */
export function NewHere({ place, zone, onClose }: NewHereProps): ReactNode {
  const accounts = (useQuery(accountsQuery).data ?? []).filter(({ state }) => state !== 'removed');
  const where = useWhere();
  const [chosen, setChosen] = useState(place.accountId);
  // One that was begun and left goes on wherever the next place is that is pointed at.
  const kept = useKept('calendar.new', '');
  const text = kept.typed;
  const [isBusy, setIsBusy] = useState(false);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const { limits, network, networkName } = where(account?.id ?? '', account?.network ?? '');
  const at = new Date(place.at);
  const when = shortTime(at, zone, present());
  const parts = [{ text, media: [], card: null }];
  const threads = network?.powers['threads'] === true;
  const faults = limits === null || text === '' ? [] : preflight(parts, { name: networkName, limits, threads, at });

  const send = async (): Promise<void> => {
    if (account === undefined) return;
    setIsBusy(true);
    const isMade = await run(calendarTexts.newHere, async () => {
      const made = await createPost(
        account.id,
        { parts, storyId: null, link: null, urgency: 'normal' },
        { at: place.at, strict: true },
      );
      done(calendarTexts.newMade(when), () => act(made, 'cancel', { reason: texts.undo.note }));
    });
    setIsBusy(false);
    if (!isMade) return;
    kept.forget();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={calendarTexts.newTitle(when)}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <Select
            data-autofocus
            label={calendarTexts.filters.account[0]}
            allowDeselect={false}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            value={account?.id ?? null}
            onChange={setChosen}
          />
          <TextField label={calendarTexts.newText} value={text} rule={limits?.text ?? null} onChange={kept.type} />
          {limits !== null && <Meter text={text} rule={limits.text} />}
          {faults.map(({ message }) => (
            <Text key={message} size="sm" c="var(--sf-red)">
              {message}
            </Text>
          ))}
          <KeptMark of={kept} />
          <Group justify="space-between">
            <Button component={Link} to="/intake" hash="paste" variant="subtle">
              {calendarTexts.newStory}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {texts.cancel}
              </Button>
              <Button type="submit" loading={isBusy} disabled={text.trim() === '' || faults.length > 0}>
                {calendarTexts.newButton}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
