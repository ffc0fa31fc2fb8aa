import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';

/** Every time is shown on the newsroom's clock; other clocks stand in the tip. */

export const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useZone(): string {
  return useQuery(sessionQuery).data?.timeZone ?? viewerZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
    formats.set(key, made);
  }
  return made;
}

const clockOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `14:32` */
export function clockOf(at: Date, zone: string): string {
  return format(zone, clockOptions).format(at);
}

/** `Tue 24 Nov` */
export function dayOf(at: Date, zone: string): string {
  return format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

/** `2026-11-24`, to compare days. */
export function dateOf(at: Date, zone: string): string {
  const parts = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** `14:32` today, `Tue 24 Nov 14:32` on another day. */
export function shortTime(at: Date, zone: string, now: Date): string {
  return dateOf(at, zone) === dateOf(now, zone) ? clockOf(at, zone) : `${dayOf(at, zone)} ${clockOf(at, zone)}`;
}

/** `UTC+2` */
export function offsetOf(at: Date, zone: string): string {
  const part = format(zone, { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((one) => one.type === 'timeZoneName');
  return (part?.value ?? 'UTC').replace('GMT', 'UTC');
}

/** `Europe/Bucharest` → `Bucharest` */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `2 m 41 s`, `3 h 5 m`, `2 d`: the two largest units of a span. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.round(Math.abs(ms) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${minutes} m ${seconds % 60} s`;
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} m`;
  return `${Math.floor(hours / 24)} d`;
}

/** `+2 s`, `+180 ms` */
export function latenessOf(ms: number): string {
  return ms < 1_000 ? `+${Math.round(ms)} ms` : `+${spanOf(ms)}`;
}

/** The present, told anew every `everyMs`. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** An instant on the newsroom's clock, the reader's where that is another, and by UTC. */
export function zonesOf(date: Date, zone: string): string {
  const lines = [`${placeOf(zone)} ${dayOf(date, zone)} ${clockOf(date, zone)} (${offsetOf(date, zone)})`];
  if (viewerZone !== zone) lines.push(`${texts.time.yours} ${dayOf(date, viewerZone)} ${clockOf(date, viewerZone)}`);
  lines.push(`UTC ${dayOf(date, 'UTC')} ${clockOf(date, 'UTC')}`);
  return lines.join(' · ');
}

/** A time as people read it; other zones on hover, and on focus where it can be focused. */
export function Time({ at, isFocusable = false }: { at: string | Date; isFocusable?: boolean }): ReactNode {
  const zone = useZone();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <Tooltip label={zonesOf(date, zone)} multiline maw={320}>
      <time dateTime={date.toISOString()} {...(isFocusable ? { tabIndex: 0 } : {})}>
        {shortTime(date, zone, new Date())}
      </time>
    </Tooltip>
  );
}
