import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import { screens } from './screens.ts';

/** The screens that have no place in the bar of a phone. */
export function MoreMenu({ of, children }: { of: typeof screens; children: ReactElement }): ReactNode {
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {of.map((screen) => (
          <Menu.Item key={screen.name} component={Link} to={screen.to} leftSection={<Icon name={screen.icon} />}>
            {texts.nav[screen.name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
