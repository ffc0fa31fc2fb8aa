import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { accountsQuery, sessionQuery } from '../../api/queries.ts';
import type { Session } from '../../api/types.ts';
import { Guard } from '../../parts/guard.tsx';
import { FirstNewsroom } from '../../parts/newsroom-form.tsx';
import { StaleBar } from '../../parts/stale-bar.tsx';
import { Screen } from '../../shell/screen.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import { Accounts } from './accounts.tsx';
import { Checklist } from './checklist.tsx';
import { Data } from './data.tsx';
import { Developer } from './developer.tsx';
import { Engine } from './engine.tsx';
import { Notifications } from './notifications.tsx';
import { Rules } from './rules.tsx';
import css from './setup.module.css';
import { Team } from './team.tsx';
import { You } from './you.tsx';

const { tabs } = setupTexts;
type Tab = keyof typeof tabs;

/** The first steps; accounts, rules, people, what runs here, programs, the record, and oneself. The tab stands in the address. */
export function SetupScreen(): ReactNode {
  const session = useQuery(sessionQuery).data;
  const asked = useQuery(accountsQuery).dataUpdatedAt;
  const navigate = useNavigate();
  const tab: Tab = useSearch({ from: '/setup' }).tab ?? 'accounts';
  const may = (scope: Session['scopes'][number]): boolean => session?.scopes.includes(scope) === true;
  const panels: Record<Tab, ReactNode> = {
    accounts: <Accounts canManage={may('accounts:manage')} />,
    rules: <Rules canManage={may('house-rules:manage')} />,
    team: <Team canManage={may('users:manage')} />,
    notifications: <Notifications canManage={may('house-rules:manage')} canTest={may('notifications:manage')} />,
    engine: <Engine />,
    developer: <Developer canKeys={may('api-keys:manage')} canWebhooks={may('webhooks:manage')} />,
    data: <Data canExport={may('export:read')} canAudit={may('audit:read')} canManage={may('house-rules:manage')} />,
    you: <You />,
  };
  return (
    <Screen title={texts.nav.setup}>
      <StaleBar of={asked} />
      {tab === 'accounts' && <FirstNewsroom />}
      <div className={css.layout}>
        <Tabs
          value={tab}
          keepMounted={false}
          className={css.panel}
          onChange={(value) => void navigate({ to: '/setup', search: { tab: value as Tab } })}
        >
          <Tabs.List>
            {(Object.entries(tabs) as [Tab, string][]).map(([value, name]) => (
              <Tabs.Tab key={value} value={value}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {(Object.entries(panels) as [Tab, ReactNode][]).map(([value, panel]) => (
            <Tabs.Panel key={value} value={value} pt="md">
              <Guard>{panel}</Guard>
            </Tabs.Panel>
          ))}
        </Tabs>
        <Checklist />
      </div>
    </Screen>
  );
}
