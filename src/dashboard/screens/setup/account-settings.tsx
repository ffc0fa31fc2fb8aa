import { Button, Checkbox, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { NumberOrNone } from '../../parts/number-field.tsx';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { useKept } from '../../parts/use-kept.ts';
import type { QuietHours, SlotTime } from '../../../domain/slot-rules.ts';
import { ask, get, problemFrom } from '../../api/client.ts';
import { faultAt, isIn } from '../../api/told.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Account } from '../../api/types.ts';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { rulesTexts } from '../../texts/rules.ts';
import { SaveProblem } from '../../parts/save-problem.tsx';
import css from './setup.module.css';
import { GapField, TimeFields } from './timing-fields.tsx';

/** What an editor decides about an account, as the API takes it. */
interface Shown {
  readonly timeZone: string | null;
  readonly needsApproval: boolean | null;
  readonly slots: readonly SlotTime[];
  readonly quietHours: readonly QuietHours[];
  readonly minGapMs: number;
  readonly hourlyCap: number | null;
  readonly dailyCap: number | null;
  readonly monthlyCapMicroUsd: number | null;
  readonly unknown: 'hold' | 'send-again';
  readonly followsHouse: boolean;
  readonly linkMustAnswer: boolean;
  readonly images: boolean;
  readonly hashtags: 'smart' | 'headline';
  readonly maxHashtags: number | null;
  readonly houseTags: readonly string[];
  readonly repeatHours: number | null;
}

/** Each of them: one that is left out here is a fault of types. */
const names = Object.keys({
  timeZone: true,
  needsApproval: true,
  slots: true,
  quietHours: true,
  minGapMs: true,
  hourlyCap: true,
  dailyCap: true,
  monthlyCapMicroUsd: true,
  unknown: true,
  followsHouse: true,
  linkMustAnswer: true,
  images: true,
  hashtags: true,
  maxHashtags: true,
  houseTags: true,
  repeatHours: true,
} satisfies Record<keyof Shown, true>);

/** Of the fields that tell what the server found wrong with them; of the others it is told above the button. */
const pointers = ['/name', '/settings/timeZone', '/settings/houseTags'];

const DOLLAR = 1_000_000;

/** When an account may post, how much, and what becomes of a post whose answer was lost. */
export function AccountSettings({ account, onClose }: { account: Account; onClose: () => void }): ReactNode {
  const kept = useKept(settingsSlot(account), begunOn(account));
  const { name, shown, version } = kept.typed;
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (change: Partial<Shown>): void => kept.type({ ...kept.typed, shown: { ...shown, ...change } });
  const words = rulesTexts;
  const at = (pointer: string): string | undefined => faultAt(problemFrom(error), pointer);

  const save = async (over: number): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      await ask('PATCH', `/v1/accounts/${account.id}`, { body: { name, settings: shown }, version: over });
      done(words.saved);
      kept.forget();
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
      void queryClient.invalidateQueries({ queryKey: ['accounts'] });
      void queryClient.invalidateQueries({ queryKey: ['slots'] });
    }
  };
  const now = (): Promise<Account> => get<Account>(`/v1/accounts/${account.id}`);
  const theirs = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: ['accounts'] });
    kept.forget();
    setError(null);
  };

  return (
    <form
      className={css.form}
      aria-label={words.settingsOf(account.name)}
      onSubmit={(event) => {
        event.preventDefault();
        void save(version);
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={words.accountName}
          required
          maxLength={100}
          error={at('/name')}
          value={name}
          onChange={(event) => kept.type({ ...kept.typed, name: event.currentTarget.value })}
        />
        <TimeFields slotsHint={words.slotsWhy} timing={shown} onChange={set} />
        <div className={css.fields}>
          <GapField timing={shown} onChange={set} />
          <NumberOrNone
            label={words.hourlyCap}
            placeholder={words.noCap}
            range={{ min: 1, max: 10_000 }}
            value={shown.hourlyCap}
            onChange={(hourlyCap) => set({ hourlyCap })}
          />
          <NumberOrNone
            label={words.dailyCap}
            placeholder={words.noCap}
            range={{ min: 1, max: 100_000 }}
            value={shown.dailyCap}
            onChange={(dailyCap) => set({ dailyCap })}
          />
          <NumberOrNone
            label={words.monthlyCap}
            placeholder={words.noCap}
            range={{ min: 0, max: 1_000_000, decimals: 2 }}
            value={shown.monthlyCapMicroUsd === null ? null : shown.monthlyCapMicroUsd / DOLLAR}
            onChange={(dollars) => set({ monthlyCapMicroUsd: dollars === null ? null : Math.round(dollars * DOLLAR) })}
          />
          <TextInput
            label={words.zone}
            placeholder={words.zoneOfHouse}
            error={at('/settings/timeZone')}
            value={shown.timeZone ?? ''}
            onChange={(event) => set({ timeZone: event.currentTarget.value.trim() || null })}
          />
          <Select
            label={words.approval}
            allowDeselect={false}
            data={[
              { value: 'house', label: words.approvals.house },
              { value: 'yes', label: words.approvals.yes },
              { value: 'no', label: words.approvals.no },
            ]}
            value={shown.needsApproval === null ? 'house' : shown.needsApproval ? 'yes' : 'no'}
            onChange={(value) => set({ needsApproval: value === 'house' ? null : value === 'yes' })}
          />
          <Select
            label={words.lost}
            allowDeselect={false}
            data={[
              { value: 'hold', label: words.lostWays.hold },
              { value: 'send-again', label: words.lostWays['send-again'] },
            ]}
            value={shown.unknown}
            onChange={(value) => set({ unknown: value === 'send-again' ? 'send-again' : 'hold' })}
          />
          <NumberOrNone
            label={words.repeats}
            placeholder={words.repeatsOfNetwork}
            range={{ min: 0, max: 2_160 }}
            value={shown.repeatHours}
            onChange={(repeatHours) => set({ repeatHours })}
          />
        </div>
        <Checkbox
          label={words.followsHouse}
          description={words.followsHouseWhy}
          checked={shown.followsHouse}
          onChange={(event) => set({ followsHouse: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.linkMustAnswer}
          description={words.linkMustAnswerWhy}
          checked={shown.linkMustAnswer}
          onChange={(event) => set({ linkMustAnswer: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.images}
          description={words.imagesWhy}
          checked={shown.images}
          onChange={(event) => set({ images: event.currentTarget.checked })}
        />
        <div className={css.fields}>
          <Select
            label={words.hashtagsFrom}
            allowDeselect={false}
            data={[
              { value: 'smart', label: words.hashtagWays.smart },
              { value: 'headline', label: words.hashtagWays.headline },
            ]}
            value={shown.hashtags}
            onChange={(value) => set({ hashtags: value === 'headline' ? 'headline' : 'smart' })}
          />
          <NumberOrNone
            label={words.maxHashtags}
            placeholder={words.asNetwork}
            range={{ min: 0, max: 30 }}
            value={shown.maxHashtags}
            onChange={(maxHashtags) => set({ maxHashtags })}
          />
          <TagsInput
            label={words.houseTags}
            description={words.houseTagsWhy}
            error={at('/settings/houseTags')}
            value={[...shown.houseTags]}
            onChange={(houseTags) => set({ houseTags })}
          />
        </div>
        <SaveProblem
          error={error}
          isAtField={(pointer) => pointers.some((field) => isIn(pointer, field))}
          onTheirs={() => void theirs()}
          onMine={() => void now().then((stored) => save(stored.version))}
        />
        <Group>
          <Button type="submit" loading={isBusy}>
            {words.save}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <KeptMark of={kept} />
        </Group>
      </Stack>
    </form>
  );
}

/** Where settings are kept that somebody changes and has not saved. */
export function settingsSlot({ id }: Account): string {
  return `account.${id}`;
}

function begunOn(account: Account) {
  return { name: account.name, shown: shownOf(account), version: account.version };
}

function shownOf({ settings }: Account): Shown {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as unknown as Shown;
}
