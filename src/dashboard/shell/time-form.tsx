import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Refusal } from '../../domain/errors.ts';
import { readClock, resolveTime } from '../../domain/wall-time.ts';
import type { GivenSchedule } from '../api/types.ts';
import { whyNot, whyRefused } from '../parts/clock-words.ts';
import { texts } from '../texts.ts';
import type { AskedTime, RefusedTime } from './asked-time.ts';
import { parseTime } from './parse-time.ts';
import { clockOf, dateOf, dayOf, offsetOf, placeOf, spanOf, useNow, useZone, viewerZone } from './time.tsx';

interface Reading {
  readonly time: GivenSchedule | null;
  readonly at: Date | null;
  readonly fault: string | null;
  /** Instants to choose from, where the clock skips the time or shows it twice. */
  readonly choices: readonly Date[];
}

interface TimeFormProps {
  readonly from: Date | null;
  /** What was typed the last time, where it did not do. */
  readonly refused: RefusedTime | null;
  readonly onTime: (asked: AskedTime) => void;
  readonly onClose: () => void;
}

/** Asks for a time in a person's words and shows the instant that it means before anything is done. */
export function TimeForm({ from, refused, onTime, onClose }: TimeFormProps): ReactNode {
  const zone = useZone();
  const now = useNow(5_000);
  const [typed, setTyped] = useState(
    () => refused?.typed ?? (from === null ? '' : `${dateOf(from, zone)} ${clockOf(from, zone)}`),
  );
  const reading = read(typed, zone, now);
  const why = refused === null || typed !== refused.typed ? null : whyRefused(refused, zone, now);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reading.time !== null && reading.at !== null) onTime({ time: reading.time, typed, at: reading.at });
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          // It may come after the window, which looks once for what takes the focus.
          autoFocus
          label={texts.time.field(placeOf(zone))}
          description={texts.time.examples}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={typed === '' ? null : (reading.fault ?? why)}
        />
        <Text size="sm" mih={40} aria-live="polite">
          {reading.at !== null && (
            <>
              <strong>
                {dayOf(reading.at, zone)} {clockOf(reading.at, zone)}
              </strong>{' '}
              {placeOf(zone)} ({offsetOf(reading.at, zone)}),{' '}
              {texts.time.in(spanOf(reading.at.getTime() - now.getTime()))}
              {viewerZone !== zone && (
                <>
                  <br />
                  {texts.time.yours} {dayOf(reading.at, viewerZone)} {clockOf(reading.at, viewerZone)}
                </>
              )}
            </>
          )}
        </Text>
        {reading.choices.length > 0 && (
          <Group gap="xs">
            {reading.choices.map((choice) => (
              <Button
                key={choice.getTime()}
                variant="default"
                onClick={() => onTime({ time: { at: choice.toISOString() }, typed, at: choice })}
              >
                {dayOf(choice, zone)} {clockOf(choice, zone)} ({offsetOf(choice, zone)})
              </Button>
            ))}
          </Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" disabled={reading.time === null}>
            {texts.time.button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function read(typed: string, zone: string, now: Date): Reading {
  const nothing = { time: null, at: null, fault: null, choices: [] };
  if (typed.trim() === '') return nothing;
  const parsed = parseTime(typed, `${dateOf(now, zone)}T${clockOf(now, zone)}`, now);
  if (parsed === null) return { ...nothing, fault: texts.time.notATime };
  const time: GivenSchedule =
    parsed.at !== null ? { at: parsed.at.toISOString() } : { wallTime: parsed.wallTime ?? '', timeZone: zone };
  try {
    const at = resolveTime(time, now);
    return at === 'now' ? nothing : { time, at, fault: null, choices: [] };
  } catch (error) {
    const fault = whyNot(error, parsed.wallTime, parsed.at, zone, now);
    const code = error instanceof Refusal ? error.faults[0]?.code : undefined;
    const isOfClock = code === 'skipped-time' || code === 'ambiguous-time';
    const choices = isOfClock && parsed.wallTime !== null ? readClock(parsed.wallTime, zone).instants : [];
    return { ...nothing, fault, choices };
  }
}
