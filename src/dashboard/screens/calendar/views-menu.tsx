import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { askWords } from '../../shell/dialogs.tsx';
import { done } from '../../shell/undo.tsx';
import { calendarTexts } from '../../texts/calendar.ts';
import type { CalendarSearch } from './address.ts';
import type { SavedView } from './saved-views.ts';
import { useSavedViews } from './saved-views.ts';

interface ViewsMenuProps {
  readonly search: CalendarSearch;
  readonly onOpen: (search: CalendarSearch) => void;
}

/** Views with their filters under names of one's own. */
export function ViewsMenu({ search, onOpen }: ViewsMenuProps): ReactNode {
  const { list, save, remove } = useSavedViews();
  const words = calendarTexts.views;
  const saveThis = async (): Promise<void> => {
    const name = await askWords(words.save, words.name, words.button);
    if (name === null) return;
    save({ name, search });
    done(words.saved(name));
  };
  const forget = (view: SavedView): void => {
    remove(view.name);
    done(words.removed(view.name), async () => save(view));
  };
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {words.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {list.map((view) => (
          <Menu.Item key={view.name} onClick={() => onOpen(view.search)}>
            {view.name}
          </Menu.Item>
        ))}
        {list.length > 0 && <Menu.Divider />}
        <Menu.Item onClick={() => void saveThis()}>{words.save}</Menu.Item>
        {list.map((view) => (
          <Menu.Item key={view.name} onClick={() => forget(view)}>
            {words.remove(view.name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
