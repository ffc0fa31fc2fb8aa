import { z } from 'zod';
import { instant, page, plainText } from './common.ts';

/** Above every network's own limit; each cuts at a word where it takes less. */
const alt = plainText(5000).describe('What the image shows, for those who cannot see it.');

/** `POST /v1/media`, as a form or, raw, with `?alt=…`. */
export const newMedia = z.strictObject({
  file: z.file().describe('JPEG, PNG, GIF, WebP or AVIF, at most 20 MB and 50 million pixels.'),
  alt: alt.default(''),
});

export const mediaQuery = z.strictObject({ alt: alt.optional() });

/** `PATCH /v1/media/{id}` with `If-Match`. */
export const mediaChange = z
  .strictObject({ alt })
  .meta({ id: 'MediaChange', examples: [{ alt: 'The ferry at the pier of Westmouth.' }] });

/** An image that is kept here. */
export const mediaView = z
  .object({
    id: z.string(),
    type: z.string(),
    width: z.int(),
    height: z.int(),
    size: z.int().describe('Bytes.'),
    alt: z.string().describe('Offered where a post takes the image; what a post says of it stands in the post.'),
    sourceUrl: z.string().nullable().describe('Where it was fetched; null for one that was uploaded.'),
    articleId: z.string().nullable(),
    content: z.string().describe('Path of the image itself.'),
    version: z.int(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Media' });
export type MediaView = z.infer<typeof mediaView>;

export const mediaPage = page(mediaView);
