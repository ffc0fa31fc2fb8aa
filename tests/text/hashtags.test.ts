import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { chooseHashtags } from '../../src/text/hashtags.ts';

const blank: Article = {
  title: '',
  text: '',
  lang: 'en',
  url: null,
  siteName: null,
  section: null,
  keywords: [],
  authors: [],
  description: null,
  publishedAt: null,
  modifiedAt: null,
  image: null,
};

const kept = (article: Partial<Article>, options: Parameters<typeof chooseHashtags>[1]): string =>
  chooseHashtags({ ...blank, ...article }, options)
    .filter((hashtag) => hashtag.kept)
    .map((hashtag) => hashtag.tag)
    .join(' ');

describe('the headline strategy', () => {
  it('takes the words of the headline in order, then the section, then the house tags', () => {
    const title = 'Russia’s Putin, China’s Xi denounce US ‘interference’';
    expect(kept({ title, section: 'Politics' }, { strategy: 'headline', houseTags: ['News'] })).toBe(
      '#Russias #Putin #Chinas #denounce #interference #Politics #News',
    );
  });

  it('leaves out stop words and words under three letters', () => {
    expect(kept({ title: 'The EU and its neighbours: what now?' }, { strategy: 'headline' })).toBe('#neighbours');
  });

  it('names a word once', () => {
    expect(kept({ title: 'Rain, rain and more rain' }, { strategy: 'headline' })).toBe('#Rain');
  });
});
