import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { articleQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';

interface InsertMenuProps {
  readonly articleId: string;
  /** What the message says already is not offered. */
  readonly text: string;
  readonly onInsert: (words: string) => void;
}

const MOST_SENTENCES = 6;
const MOST_TAGS = 8;

/** Sentences and hashtags that the article has to offer, put in where the cursor stands. */
export function InsertMenu({ articleId, text, onInsert }: InsertMenuProps): ReactNode {
  const article = useQuery(articleQuery(articleId)).data;
  const summary = article?.summary ?? null;
  if (summary === null) return null;
  const sentences = summary.sentences
    .filter((one) => one.rank !== null && !text.includes(one.text))
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, MOST_SENTENCES);
  const said = text.toLocaleLowerCase();
  const tags = summary.hashtags.filter((one) => !said.includes(one.tag.toLocaleLowerCase())).slice(0, MOST_TAGS);
  return (
    <Menu width={360} position="bottom-start">
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          {texts.editor.insert}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {sentences.length > 0 && <Menu.Label>{texts.editor.sentences}</Menu.Label>}
        {sentences.map((one) => (
          <Menu.Item key={one.index} dir="auto" onClick={() => onInsert(one.text)}>
            {one.text}
          </Menu.Item>
        ))}
        {tags.length > 0 && <Menu.Label>{texts.editor.hashtags}</Menu.Label>}
        {tags.map((one) => (
          <Menu.Item key={one.tag} dir="auto" onClick={() => onInsert(one.tag)}>
            {one.tag}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
