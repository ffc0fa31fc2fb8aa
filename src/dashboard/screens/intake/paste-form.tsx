import { Button, Group, TextInput, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { createArticle } from '../../api/actions.ts';
import type { NewArticle } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import css from './intake.module.css';

/** A link, a text or a page: whatever comes becomes a story. */
export function PasteForm(): ReactNode {
  const navigate = useNavigate();
  const [given, setGiven] = useState('');
  const [section, setSection] = useState('');
  const [tags, setTags] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const send = async (article: NewArticle): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { id } = await createArticle(article);
      await navigate({ to: '/stories/$id', params: { id } });
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const submit = (): void => {
    if (given.trim() === '') return setIsEmpty(true);
    const list = tags
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, ''))
      .filter((tag) => tag !== '');
    void send({
      ...readGiven(given),
      ...(section.trim() === '' ? {} : { section: section.trim() }),
      ...(list.length === 0 ? {} : { tags: list }),
    });
  };

  return (
    <form
      className={css.paste}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label={texts.create.label}
        description={texts.create.hint}
        placeholder={texts.create.placeholder}
        autosize
        minRows={3}
        maxRows={14}
        data-autofocus
        autoFocus
        value={given}
        error={isEmpty ? texts.create.empty : null}
        onChange={(event) => {
          setGiven(event.currentTarget.value);
          setIsEmpty(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          const isLink = isUrl(given.trim());
          if (!event.ctrlKey && !event.metaKey && !isLink) return;
          event.preventDefault();
          submit();
        }}
      />
      <Group gap="sm" align="flex-end" mt="sm">
        <TextInput
          label={texts.create.section}
          value={section}
          onChange={(event) => setSection(event.currentTarget.value)}
        />
        <TextInput
          label={`${texts.create.tags} (${texts.create.tagsHint.toLowerCase()})`}
          value={tags}
          onChange={(event) => setTags(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          {texts.create.button}
        </Button>
        <Button
          variant="default"
          disabled={isBusy}
          onClick={() =>
            void send({
              text: texts.sample.text,
              title: texts.sample.title,
              section: texts.sample.section,
              tags: texts.sample.tags,
            })
          }
        >
          {texts.create.tryOne}
        </Button>
      </Group>
      {error !== null && (
        <div className={css.error}>
          <ProblemCard error={error} />
        </div>
      )}
    </form>
  );
}

/** One address is a link; anything that begins with a tag is HTML; the rest is text, its first line the headline. */
export function readGiven(given: string): NewArticle {
  const text = given.trim();
  if (isUrl(text)) return { url: text };
  if (/^<(!doctype|html|head|body|article)\b/i.test(text)) return { html: given };
  const [, title, rest] = /^([^\n]{1,200})\n+([^]*)$/.exec(text) ?? [];
  // A line that ends like a sentence is the article's first paragraph.
  if (title === undefined || rest === undefined || /[.!?…:;。！？]["'”’»)]*\s*$/.test(title)) return { text: given };
  return { title: title.trim(), text: rest };
}

function isUrl(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
