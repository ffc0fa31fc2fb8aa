import { Button, Chip, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { weekdays } from '../../../domain/slot-rules.ts';
import type { Weekday } from '../../../domain/slot-rules.ts';
import { TimeField } from '../../parts/time-field.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import css from './setup.module.css';

interface WithDays {
  readonly days: readonly Weekday[];
}

interface DayRowsProps<Row extends WithDays> {
  readonly label: string;
  readonly hint: string;
  /** The wall times of a row, by their names. */
  readonly fields: Readonly<Record<Exclude<keyof Row & string, 'days'>, string>>;
  readonly blank: Row;
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}

/** Wall times with the days on which they hold: slots, and quiet hours. */
export function DayRows<Row extends WithDays>(props: DayRowsProps<Row>): ReactNode {
  const { label, hint, fields, blank, rows, onChange } = props;
  const change = (index: number, row: Row): void => onChange(rows.map((one, at) => (at === index ? row : one)));
  return (
    <fieldset className={css.set}>
      <legend>{label}</legend>
      <p className={css.muted}>{hint}</p>
      {rows.map((row, index) => (
        <Group key={index} gap="xs" mb={6} align="flex-end">
          {(Object.entries(fields) as [keyof typeof fields, string][]).map(([field, name]) => (
            <TimeField
              key={field}
              size="xs"
              label={name}
              required
              value={String(row[field])}
              onChange={(time) => change(index, { ...row, [field]: time })}
            />
          ))}
          <Chip.Group
            multiple
            value={[...row.days]}
            onChange={(days) => change(index, { ...row, days: inOrder(days) })}
          >
            <Group gap={4} role="group" aria-label={rulesTexts.days}>
              {weekdays.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {rulesTexts.weekdays[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={rulesTexts.takeOut(`${label} ${index + 1}`)}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            ✕
          </Button>
        </Group>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => onChange([...rows, blank])}>
        {rulesTexts.addTime(label)}
      </Button>
    </fieldset>
  );
}

function inOrder(days: readonly string[]): Weekday[] {
  return weekdays.filter((day) => days.includes(day));
}
