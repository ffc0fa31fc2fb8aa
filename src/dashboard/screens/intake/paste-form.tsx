import { Button, FileButton, Group, TextInput, Textarea } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { createArticle } from '../../api/actions.ts';
import type { NewArticle } from '../../api/types.ts';
import { keepAs, keptAs } from '../../parts/kept.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { createTexts } from '../../texts/create.ts';
import { isUrl } from './draft.ts';
import css from './intake.module.css';

const PASTE_FIELD = 'paste';
const KEPT = 'paste';

interface Typed {
  readonly given: string;
  readonly section: string;
  readonly tags: string;
}

const nothing: Typed = { given: '', section: '', tags: '' };

/** A link, a text or a page: whatever comes becomes a story. */
export function PasteForm(): ReactNode {
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [typed, setTyped] = useState(() => keptAs<Typed>(KEPT) ?? nothing);
  const { given, section, tags } = typed;
  const [error, setError] = useState<unknown>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const type = (change: Partial<Typed>): void => {
    const next = { ...typed, ...change };
    setTyped(next);
    keepAs(KEPT, Object.values(next).every((words) => words === '') ? null : next);
  };
  const send = async (article: NewArticle, text: string): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    try {
      const { id } = await createArticle(article);
      // What was typed is not what a file says.
      if (text === given) type(nothing);
      await navigate({ to: '/stories/$id', params: { id } });
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const submit = (): void => {
    if (given.trim() === '') setIsEmpty(true);
    else void sendGiven(given);
  };
  const takeFile = async (file: File | null): Promise<void> => {
    if (file !== null) await sendGiven(await file.text());
  };
  const sendGiven = (text: string): Promise<void> => {
    const list = tags
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, ''))
      .filter((tag) => tag !== '');
    const article = {
      ...readGiven(text),
      ...(section.trim() === '' ? {} : { section: section.trim() }),
      ...(list.length === 0 ? {} : { tags: list }),
    };
    return send(article, text);
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
        label={createTexts.label}
        description={createTexts.hint}
        placeholder={createTexts.placeholder}
        autosize
        minRows={3}
        maxRows={14}
        id={PASTE_FIELD}
        autoFocus={hash === PASTE_FIELD}
        dir="auto"
        value={given}
        error={isEmpty ? createTexts.empty : null}
        onChange={(event) => {
          type({ given: event.currentTarget.value });
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
          label={createTexts.section}
          value={section}
          onChange={(event) => type({ section: event.currentTarget.value })}
        />
        <TextInput
          label={`${createTexts.tags} (${createTexts.tagsHint.toLowerCase()})`}
          value={tags}
          onChange={(event) => type({ tags: event.currentTarget.value })}
        />
        <Button type="submit" loading={isBusy}>
          {createTexts.button}
        </Button>
        <FileButton accept=".txt,.md,.html,.htm,text/plain,text/html" onChange={(file) => void takeFile(file)}>
          {(props) => (
            <Button {...props} variant="default" disabled={isBusy}>
              {createTexts.file}
            </Button>
          )}
        </FileButton>
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

/** Where `n` leads to. */
export function focusPaste(): void {
  document.getElementById(PASTE_FIELD)?.focus();
}
