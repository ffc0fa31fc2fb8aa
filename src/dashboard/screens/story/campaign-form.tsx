import { Button, Code, Group, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { campaignNames, campaignOn, decided, isSameCampaign } from '../../../domain/campaign.ts';
import type { CampaignName, StoryCampaign } from '../../../domain/campaign.ts';
import type { HouseRules } from '../../../domain/house-rules.ts';
import { withUtm } from '../../../text/utm.ts';
import { changeStory } from '../../api/actions.ts';
import { get, problemFrom } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { storyQuery } from '../../api/queries.ts';
import type { Post, Story } from '../../api/types.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { SaveProblem } from '../../parts/save-problem.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { useMay } from '../../parts/use-may.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { done } from '../../shell/undo.tsx';
import { campaign as words } from '../../texts/campaign.ts';
import css from './story.module.css';

interface CampaignFormProps {
  readonly story: Story;
  /** Those that have a link. */
  readonly posts: readonly Post[];
  readonly rules: HouseRules;
  readonly onClose: () => void;
}

interface Draft {
  readonly own: StoryCampaign;
  /** What was decided when this was begun. */
  readonly seen: StoryCampaign | null;
}

type Mode = keyof typeof words.modes;

/** For each parameter: as the house, its own, or none; and what the links get by it. */
export function CampaignForm({ story, posts, rules, onClose }: CampaignFormProps): ReactNode {
  const canChange = useMay('posts:publish');
  const where = useWhere();
  const kept = useKept<Draft>(`utm.${story.id}`, { own: story.utm ?? {}, seen: story.utm });
  const { own, seen } = kept.typed;
  const type = (next: StoryCampaign): void => kept.type({ own: next, seen });
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isOff = campaignNames.every((name) => own[name] === null);
  const saidOn = (network: string, of: StoryCampaign | null): string =>
    withUtm('https://x.example/', campaignOn(rules, of, network), network).split('?')[1] ?? '';
  const goBack = posts.filter(
    ({ state, network }) =>
      (state === 'approved' || state === 'scheduled') && saidOn(network, story.utm) !== saidOn(network, own),
  );
  const faultAt = (name: CampaignName): string | undefined =>
    (error === null ? [] : (problemFrom(error).errors ?? [])).find(({ pointer }) => pointer === `/utm/${name}`)
      ?.message;

  const save = async (before: StoryCampaign | null): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { utm } = await changeStory(story.id, { utm: decided(own), utmSeen: before });
      kept.forget();
      done(words.saved, () => changeStory(story.id, { utm: before, utmSeen: utm }));
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save(seen);
      }}
    >
      <p className={css.muted}>{words.why}</p>
      <fieldset className={css.campaign} disabled={!canChange}>
        {!canChange && <small className={css.muted}>{words.readOnly}</small>}
        <Switch
          label={words.off}
          checked={isOff}
          onChange={({ currentTarget }) =>
            type(currentTarget.checked ? Object.fromEntries(campaignNames.map((name) => [name, null])) : {})
          }
        />
        {campaignNames.map((name) => (
          <Parameter
            key={name}
            name={name}
            value={own[name]}
            houseSays={[...new Set(posts.flatMap(({ network }) => campaignOn(rules, null, network)[name] ?? []))]}
            fault={faultAt(name)}
            onChange={(value) => type({ ...own, [name]: value })}
          />
        ))}
      </fieldset>
      <h3 className={css.small}>{words.links}</h3>
      <ul className={css.links}>
        {posts.map(({ id, accountId, network }) => (
          <li key={id}>
            {where(accountId, network).accountName}: <Code>{saidOn(network, own) || words.nothing}</Code>
          </li>
        ))}
      </ul>
      {goBack.length > 0 && <p role="status">{words.back(goBack.length)}</p>}
      <SaveProblem
        error={error}
        onTheirs={() => {
          kept.discard();
          setError(null);
          void queryClient.invalidateQueries(storyQuery(story.id));
        }}
        onMine={() => void get<Story>(`/v1/stories/${story.id}`).then(({ utm }) => save(utm))}
      />
      {canChange && (
        <Group mt="sm" gap="sm">
          <Button type="submit" loading={isBusy} disabled={isSameCampaign(story.utm, decided(own))}>
            {words.save}
          </Button>
          <KeptMark of={kept} />
        </Group>
      )}
    </form>
  );
}

interface ParameterProps {
  readonly name: CampaignName;
  /** Undefined: as the house; null: left out. */
  readonly value: string | null | undefined;
  readonly houseSays: readonly string[];
  readonly fault: string | undefined;
  readonly onChange: (value: string | null | undefined) => void;
}

function Parameter({ name, value, houseSays, fault, onChange }: ParameterProps): ReactNode {
  const mode: Mode = value === undefined ? 'house' : value === null ? 'none' : 'own';
  const label = words.names[name];
  const begin = { house: undefined, none: null, own: value ?? houseSays[0] ?? '' };
  return (
    <div className={css.parameter}>
      <strong>{label}</strong>
      <SegmentedControl
        size="xs"
        aria-label={words.modeOf(label)}
        data={(['house', 'own', 'none'] as const).map((one) => ({ value: one, label: words.modes[one] }))}
        value={mode}
        onChange={(next) => onChange(begin[next as Mode])}
      />
      {mode === 'own' ? (
        <TextInput
          size="xs"
          aria-label={words.valueOf(label)}
          maxLength={200}
          required
          error={fault}
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <span className={css.muted}>
          {mode === 'house' && (houseSays.length === 0 ? words.houseNone : houseSays.join(', '))}
        </span>
      )}
    </div>
  );
}
