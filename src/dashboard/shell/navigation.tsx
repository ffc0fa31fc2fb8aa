import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy } from 'react';
import { Icon } from '../parts/icons.tsx';
import { LateMenu } from '../parts/late-menu.tsx';
import { texts } from '../texts.ts';
import { screens } from './screens.ts';
import css from './shell.module.css';

const onPhone = screens.slice(0, 2).concat(screens.filter((screen) => screen.name === 'failures'));
const elsewhere = screens.filter((screen) => !onPhone.includes(screen));

const load = () => import('./more-menu.tsx');
const MoreMenu = lazy(async () => ({ default: (await load()).MoreMenu }));

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
          <LateMenu
            name={texts.nav.more}
            load={load}
            button={(more) => (
              <button type="button" className={css.link} {...more}>
                <Icon name="more" size={20} />
                {texts.nav.more}
              </button>
            )}
            menu={(button) => <MoreMenu of={elsewhere}>{button}</MoreMenu>}
          />
        </li>
      </ul>
    </nav>
  );
}
