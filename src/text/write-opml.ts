import { escapeXml } from './escape-xml.ts';
import type { Outline } from './opml.ts';

/** An OPML document of feeds. */
export function writeOpml(title: string, outlines: readonly Pick<Outline, 'url' | 'title'>[]): string {
  const lines = outlines.map(
    (one) =>
      `    <outline type="rss" text="${attribute(one.title)}" title="${attribute(one.title)}" xmlUrl="${attribute(one.url)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${attribute(title)}</title>
  </head>
  <body>
${lines.join('\n')}
  </body>
</opml>
`;
}

/** XML 1.0 has no way to write control characters. https://www.w3.org/TR/xml/#charsets */
function attribute(text: string): string {
  return escapeXml(text.replace(/\p{Cc}/gu, ' '));
}
