import { Menu, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import type { Account } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { waitsForAccount } from '../../parts/next-out.ts';
import { useMay } from '../../parts/use-may.ts';
import { place } from '../../shell/holds.tsx';
import { clockAt, clockOf, useZone } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import css from './rundown.module.css';

interface LaneNameProps {
  readonly account: Account | undefined;
  readonly accountId: string;
  readonly networkId: string;
  readonly accountName: string;
  readonly networkName: string;
  readonly ahead: number;
  readonly budget: { readonly used: number; readonly cap: number } | null;
  readonly isHeld: boolean;
  /** Posts that the lane has no room for. */
  readonly more: number;
  /** Whether it shows those too, and is higher than it would be. */
  readonly isWhole: boolean;
  readonly onWhole: () => void;
}

/** Whose lane it is, how much is ahead, how much of its hour is used, and what stands in its way. */
export function LaneName(props: LaneNameProps): ReactNode {
  const { account, accountId, networkId, accountName, networkName, ahead, budget, isHeld } = props;
  const zone = useZone();
  const mayHold = useMay('posts:publish');
  const waits = waitsForAccount(account);
  const blocked = account?.blockedUntil ?? null;
  return (
    <div className={css.laneName}>
      <strong>{accountName}</strong>
      <small>{networkName}</small>
      <small className={waits === null && isHeld ? css.bad : undefined}>
        {waits !== null ? (
          <Link to="/setup" className={css.bad}>
            {rundownTexts.waits[waits]}
          </Link>
        ) : isHeld ? (
          texts.states.held
        ) : (
          rundownTexts.ahead(ahead)
        )}
        {budget !== null && (
          <span className={budget.used >= budget.cap ? css.bad : undefined}>
            {' · '}
            {rundownTexts.budget(budget.used, budget.cap)}
          </span>
        )}
      </small>
      {blocked !== null && new Date(blocked).getTime() > serverNow() && (
        <small className={css.bad} {...clockAt(blocked, accountId)}>
          {rundownTexts.blocked(clockOf(new Date(blocked), zone))}
        </small>
      )}
      {(props.more > 0 || props.isWhole) && (
        <button type="button" className={css.laneMore} aria-expanded={props.isWhole} onClick={props.onWhole}>
          {props.isWhole ? rundownTexts.fewer : rundownTexts.more(props.more)}
          <VisuallyHidden>, {accountName}</VisuallyHidden>
        </button>
      )}
      {mayHold && (
        <Menu>
          <Menu.Target>
            <button type="button" className={css.laneMenu} aria-label={texts.post.more(accountName)}>
              <Icon name="more" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => void place({ scope: 'account', target: accountId }, texts.holds.account(accountName))}
            >
              {texts.holds.account(accountName)}
            </Menu.Item>
            <Menu.Item
              onClick={() => void place({ scope: 'network', target: networkId }, texts.holds.network(networkName))}
            >
              {texts.holds.network(networkName)}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
