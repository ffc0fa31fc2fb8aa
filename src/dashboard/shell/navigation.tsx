import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import { screens } from './screens.ts';
import css from './shell.module.css';

const onPhone = screens.slice(0, 2).concat(screens.filter((screen) => screen.name === 'failures'));

/** Every screen, on the side or, on a phone, at the bottom. */
export function Navigation(): ReactNode {
  return (
    <nav aria-label={texts.nav.label} className={css.nav}>
      <ul className={css.side}>
        {screens.map((screen) => (
          <li key={screen.name}>
            <Link to={screen.to} activeOptions={{ exact: screen.to === '/' }} className={css.link}>
              <Icon name={screen.icon} />
              {texts.nav[screen.name]}
            </Link>
          </li>
        ))}
      </ul>
      <ul className={css.bottom}>
        {onPhone.map((screen) => (
          <li key={screen.name}>
            <Link to={screen.to} activeOptions={{ exact: screen.to === '/' }} className={css.link}>
              <Icon name={screen.icon} size={20} />
              {texts.nav[screen.name]}
            </Link>
          </li>
        ))}
        <li>
          <Menu position="top-end" width={220}>
            <Menu.Target>
              <button type="button" className={css.link}>
                <Icon name="more" size={20} />
                {texts.nav.more}
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {screens
                .filter((screen) => !onPhone.includes(screen))
                .map((screen) => (
                  <Menu.Item
                    key={screen.name}
                    component={Link}
                    to={screen.to}
                    leftSection={<Icon name={screen.icon} />}
                  >
                    {texts.nav[screen.name]}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        </li>
      </ul>
    </nav>
  );
}
