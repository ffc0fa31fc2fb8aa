import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionQuery } from '../../api/queries.ts';
import { Screen } from '../../shell/screen.tsx';
import { texts } from '../../texts.ts';
import { Accounts } from './accounts.tsx';
import { Appearance } from './appearance.tsx';
import { Checklist } from './checklist.tsx';
import { Developer } from './developer.tsx';
import css from './setup.module.css';

/** The first steps, the accounts, how the page looks, the keys for programs. */
export function SetupScreen(): ReactNode {
  const session = useQuery(sessionQuery).data;
  const may = (scope: string): boolean => session?.scopes.includes(scope) === true;
  return (
    <Screen title={texts.nav.setup}>
      <div className={css.layout}>
        <Tabs defaultValue="accounts" keepMounted={false} className={css.panel}>
          <Tabs.List>
            <Tabs.Tab value="accounts">{texts.setup.accounts}</Tabs.Tab>
            <Tabs.Tab value="appearance">{texts.setup.appearance}</Tabs.Tab>
            <Tabs.Tab value="developer">{texts.setup.developer}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="accounts" pt="md">
            <Accounts canManage={may('accounts:manage')} />
          </Tabs.Panel>
          <Tabs.Panel value="appearance" pt="md">
            <Appearance />
          </Tabs.Panel>
          <Tabs.Panel value="developer" pt="md">
            <Developer canManage={may('api-keys:manage')} />
          </Tabs.Panel>
        </Tabs>
        <Checklist />
      </div>
    </Screen>
  );
}
