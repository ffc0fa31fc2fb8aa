import { Modal, TextInput, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { createArticle } from '../api/actions.ts';
import { articlesQuery, postsQuery } from '../api/queries.ts';
import { beginningOf } from '../parts/beginning-of.ts';
import { NotYours } from '../parts/not-yours.tsx';
import { shownTitle } from '../parts/shown-title.ts';
import { useMay } from '../parts/use-may.ts';
import { useWhere } from '../parts/use-networks.ts';
import { texts } from '../texts.ts';
import { setupTexts } from '../texts/setup.ts';
import { densities, setDensity } from './density.ts';
import { useKeyRegistry } from './keys.tsx';
import css from './palette.module.css';
import { screens } from './screens.ts';
import { done, failed } from './undo.tsx';

interface Choice {
  readonly id: string;
  readonly words: string;
  readonly kind: string;
  /** What it is found by, where that is more than is shown. */
  readonly whole?: string;
  readonly run: () => void;
}

const MOST = 40;
const LINK = /^https?:\/\/\S+$/i;
const OWN_KEY = 'mod+k';
/** Characters of a post that tell which it is. */
const MOST_SHOWN = 90;

/** Go anywhere, do anything, find any post or story, or paste a link: one field. */
export function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const choices = useChoices(typed);
  const chosen = Math.min(at, choices.length - 1);
  const run = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(choices.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') run(choices[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={texts.palette.title}
      yOffset="12vh"
      centered={false}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      <TextInput
        data-autofocus
        aria-label={texts.palette.label}
        placeholder={texts.palette.label}
        value={typed}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={choices[chosen] === undefined ? undefined : `palette-${chosen}`}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul className={css.list} role="listbox" id="palette-list" aria-label={texts.palette.title}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={css.option}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
            }}
            onClick={() => run(choice)}
          >
            <span dir="auto">{choice.words}</span>
            <small>{choice.kind}</small>
          </li>
        ))}
      </ul>
      {choices.length === 0 &&
        (LINK.test(typed.trim()) ? <NotYours needs="articles:write" /> : <p>{texts.palette.nothing}</p>)}
    </Modal>
  );
}

function useChoices(typed: string): Choice[] {
  const navigate = useNavigate();
  const registry = useKeyRegistry();
  const where = useWhere();
  const mayWrite = useMay('articles:write');
  const { setColorScheme } = useMantineColorScheme();
  const posts = useQuery(postsQuery({ sort: '-createdAt' }, 200)).data?.items ?? [];
  const articles = useQuery(articlesQuery).data?.items ?? [];
  const text = typed.trim();

  if (LINK.test(text)) {
    if (!mayWrite) return [];
    const run = (): void => {
      createArticle({ url: text }).then(
        ({ id }) => void navigate({ to: '/stories/$id', params: { id } }),
        (error: unknown) => failed(texts.palette.create, error),
      );
    };
    return [{ id: 'url', words: texts.palette.fromUrl(text), kind: texts.palette.act, run }];
  }
  const all: Choice[] = [
    ...screens.map((screen) => ({
      id: `go-${screen.name}`,
      words: texts.nav[screen.name],
      kind: texts.palette.go,
      run: () => void navigate({ to: screen.to }),
    })),
    // What can be done here, by the words on the sheet, and the sheet itself: it is where single keys are switched on again.
    ...registry
      .groups()
      .toReversed()
      .flatMap((group) =>
        group.bindings
          .filter(({ keys, isHidden }) => isHidden !== true && keys !== OWN_KEY && !keys.startsWith('g '))
          .map((binding) => ({
            id: `${group.name}-${binding.keys}`,
            words: binding.label,
            kind: group.name,
            run: () => setTimeout(binding.run),
          })),
      ),
    ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
      id: `theme-${scheme}`,
      words: setupTexts.theme[scheme],
      kind: setupTexts.themeLabel,
      run: () => {
        setColorScheme(scheme);
        done(setupTexts.themeSet);
      },
    })),
    ...densities.map((density) => ({
      id: `density-${density}`,
      words: setupTexts.density[density],
      kind: setupTexts.densityLabel,
      run: () => {
        setDensity(density);
        done(setupTexts.densitySet[density]);
      },
    })),
    ...articles.map((article) => ({
      id: article.id,
      words: shownTitle(article),
      kind: texts.story.title,
      run: () => void navigate({ to: '/stories/$id', params: { id: article.id } }),
    })),
    ...posts.map((post) => ({
      id: post.id,
      words: beginningOf(post.parts[0]?.text ?? '', MOST_SHOWN),
      whole: post.parts.map(({ text }) => text).join(' '),
      kind: `${where(post.accountId, post.network).accountName} · ${texts.states[post.state]}`,
      run: () => {
        if (post.articleId !== null) void navigate({ to: '/stories/$id', params: { id: post.articleId } });
        else void navigate({ to: post.state === 'published' ? '/outbox' : '/desk' });
      },
    })),
  ];
  const words = text.toLocaleLowerCase().split(/\s+/);
  return all
    .filter(({ words: shown, kind, whole = shown }) => {
      const found = `${whole} ${kind}`.toLocaleLowerCase();
      return words.every((word) => found.includes(word));
    })
    .slice(0, MOST);
}
