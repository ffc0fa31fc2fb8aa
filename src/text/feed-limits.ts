/** How much of a feed, a sitemap or a list of feeds is read. Apart from what reads them, which most processes never need. */

/** Most UTF-16 units of one feed, and most items read from it. */
export const MAX_FEED_LENGTH = 5 * 1024 * 1024;
export const MAX_FEED_ITEMS = 1000;
/** Real feeds nest about 12 deep and have one DOCTYPE at most. */
export const MAX_XML_DEPTH = 100;
/** Elements and attributes together: 200,000 elements with attributes took 220 MB, and a feed of 1,000 items has about 20,000. */
export const MAX_PIECES = 60_000;
/** UTF-16 units kept of one stretch of text. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** Most feeds of one OPML list, and most UTF-16 units. */
export const MAX_OUTLINES = 1000;
export const MAX_OPML_LENGTH = 2 * 1024 * 1024;
