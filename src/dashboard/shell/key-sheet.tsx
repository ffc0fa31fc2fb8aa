import { Kbd, Modal, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import { useKeyRegistry } from './keys.tsx';
import css from './palette.module.css';

const isMac = navigator.platform.startsWith('Mac');

/** Every shortcut that works where the reader stands, and the switch for people whom single keys hinder. */
export function KeySheet({ onClose }: { onClose: () => void }): ReactNode {
  const registry = useKeyRegistry();
  const names = [...new Set(registry.groups().map((group) => group.name))];
  return (
    <Modal opened onClose={onClose} size="lg" title={texts.keys.sheet} closeButtonProps={{ 'aria-label': texts.close }}>
      <Switch
        label={texts.keys.single}
        checked={registry.areOn}
        onChange={(event) => registry.switchOn(event.currentTarget.checked)}
        mb="sm"
      />
      <div className={css.sheet}>
        {names.map((name) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {registry
                .groups()
                .filter((group) => group.name === name)
                .flatMap((group) => group.bindings)
                .filter((binding) => binding.isHidden !== true)
                .map((binding) => (
                  <div key={binding.keys}>
                    <dt>
                      {binding.keys.split(' ').map((key, index) => (
                        <Kbd key={index} size="sm">
                          {wordFor(key)}
                        </Kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function wordFor(key: string): string {
  return key
    .replace('mod+', isMac ? '⌘ ' : 'Ctrl ')
    .replace('shift+', 'Shift ')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace(/\b([a-z])$/, (letter) => letter.toUpperCase());
}
