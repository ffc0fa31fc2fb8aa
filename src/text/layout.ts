import type { FitInput } from './fit.ts';
import { fits } from './length.ts';

const TEMPLATE = '{text} {tags}\n{link}';
const SIGNED = '{text} {tags}\n{signature}\n{link}';

/** Lays out a message: where its text, its tags, and what does not change stand. */
export type Layout = (text: string, tags: readonly string[]) => string;

export interface Arrangement {
  readonly layout: Layout;
  /** The form it follows. */
  readonly template: string;
}

type Arranging = Pick<FitInput, 'article' | 'limits' | 'link' | 'template' | 'signature'>;

/** The first arrangement that leaves room for anything: the template with the link, without it, or the default one. */
export function chooseLayout({ article, limits, link, template, signature }: Arranging): Arrangement {
  const mayLink = link !== null && limits.link === 'in-text' && limits.maxLinks !== 0;
  const { title: headline } = article;
  const about = {
    headline,
    section: article.section ?? '',
    site: article.siteName ?? '',
    signature: signature ?? '',
  };
  const usual = signature === undefined ? TEMPLATE : SIGNED;
  const arrange =
    (form: string, address: string): Layout =>
    (text, tags) =>
      fill(form, { text, summary: text, tags: tags.join(' '), link: address, ...about });
  const layouts = [template ?? usual, usual, TEMPLATE].flatMap((form) =>
    (mayLink ? [link, ''] : ['']).map((address) => ({ layout: arrange(form, address), template: form })),
  );
  const bare = { layout: arrange(TEMPLATE, ''), template: TEMPLATE };
  return layouts.find(({ layout }) => fits(layout('', []), limits.text)) ?? bare;
}

/** White space that {@link fill} takes out. */
const UNTIDY = /[ \t](?:\n|$)|(?:^|[\n\r\u2028\u2029])[ \t]| {2}|\n{3}/;

function fill(form: string, values: Readonly<Record<string, string>>): string {
  const filled =
    form === TEMPLATE
      ? `${values['text']} ${values['tags']}\n${values['link']}`
      : form.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  if (!UNTIDY.test(filled)) return filled.trim();
  return filled
    .replace(/[ \t]+(?=\n|$)/g, '')
    .replace(/^[ \t]+/gm, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
