/** What a network allows, as data. The numbers stand in each network's own file, with a link to the rule. */
export interface Limits {
  readonly text: LengthRule;
  /**
   * How long a text of ours becomes, link not counted, where the limit is far above what is read: in the unit of `text`.
   * For what we write only; a person may fill the whole limit.
   */
  readonly target?: number;
  readonly hashtags: HashtagRule;
  /** Most links one post may hold; null where the network sets no number. */
  readonly maxLinks: number | null;
  /** Most stock symbols (`$ABC`) one post may hold, where the network sets a number. */
  readonly maxCashtags?: number;
  /** Whether the link goes into the text, or only into a card beside it. */
  readonly link: 'in-text' | 'card-only';
  /**
   * Where the address of a link card reaches the reader by itself. Absent: the network makes cards of what stands in the text,
   * and an address that stands in a card alone reaches nobody.
   */
  readonly cards?: 'without-image' | 'beside-image';
  /** How many times as wide as high the picture of a link card is shown, where we send it. */
  readonly cardRatio?: number;
  /** Whether the picture of a link card goes out with what it shows, in words. Absent: the words stay with us. */
  readonly describesCards?: true;
  readonly images: ImageRule | null;
  /** Where it refuses a text that is out on the account already. */
  readonly repeats?: RepeatRule;
  /** Where its own feed folds a text behind "more"; absent where it shows all of it. For previews: nothing is refused by it. */
  readonly fold?: FoldRule;
}

/** How long a network refuses a text that went out on the account. Where it does not write that down, as it has been seen. */
export interface RepeatRule {
  readonly withinMs: number;
  /** Only while nothing else has gone out since. */
  readonly untilNext?: true;
}

/**
 * The limits that hold for an account: its network's, what its own server announced in their place, and what an editor has
 * found of repeated texts.
 * @param repeatHours null: as it is known of the network; 0: nothing is refused for that.
 */
export function limitsFor(network: Limits, announced: Partial<Limits> | null, repeatHours: number | null): Limits {
  const limits = { ...network, ...announced };
  const { repeats, ...others } = limits;
  if (repeats === undefined || repeatHours === null) return limits;
  return repeatHours === 0 ? others : { ...limits, repeats: { ...repeats, withinMs: repeatHours * 3_600_000 } };
}

/** The first of the two that is reached. Where the network does not write it down, it is as people have measured it. */
export interface FoldRule {
  readonly characters?: number;
  readonly lines?: number;
}

/** How a network counts the length of a text. One function, `measure`, reads this table; the browser runs the same one. */
export interface LengthRule {
  readonly unit: LengthUnit;
  /** Budget in `unit`. */
  readonly max: number;
  /** A second ceiling in UTF-8 bytes, where the network has one (Bluesky: 3,000). */
  readonly maxBytes?: number;
  /** Units that any recognised link costs; `length` where it costs what it measures. */
  readonly linkCost: number | 'length';
  /** Whether `example.com` without a scheme counts as a link. */
  readonly bareLinks: boolean;
  /** Whether `@user@host` costs only `@user` (Mastodon). */
  readonly remoteMentionsCostLocalPart?: boolean;
  /** The network's own markup, where it has one that cannot be switched off: its escapes count. */
  readonly markup?: Markup;
}

/** How a text is kept from being read as markup. */
export interface Markup {
  /** What would be read as markup: a regular expression that matches one character at a time (flags `gmu`). */
  readonly marks: string;
  /** What is written for a mark; a backslash and the mark where it is not named. */
  readonly escapes?: Readonly<Record<string, string>>;
  /**
   * What stays as it is, because the network has to find it in the text. `link-runs`: links, which the network reads up to the
   * next space; one that is glued to more than it leaves out by itself is put in angle brackets.
   */
  readonly spares: 'nothing' | 'links-and-hashtags' | 'link-runs';
  /** What behind a link the network itself leaves out of it: a regular expression. For `link-runs`. */
  readonly leavesOut?: string;
}

/**
 * - `weighted`: X: NFC, most of Latin weighs 1, everything else and any emoji sequence 2.
 * - `graphemes`: user-perceived characters, `Intl.Segmenter`.
 * - `utf16`: JavaScript's `length`.
 * - `codepoints`: Unicode scalar values.
 * - `bytes`: UTF-8.
 * - `emoji-bytes`: code points, but a character that holds an emoji costs its UTF-8 bytes (Threads).
 */
export type LengthUnit = 'weighted' | 'graphemes' | 'utf16' | 'codepoints' | 'bytes' | 'emoji-bytes';

export interface HashtagRule {
  /** Most hashtags the network accepts or tolerates; 0 where it has none. */
  readonly max: number;
  /** How many serve the reader, by the network's own advice. `smart` keeps to it. */
  readonly advised: number;
}

export interface ImageRule {
  readonly max: number;
  readonly maxBytes: number;
  readonly types: readonly string[];
  /** Budget of the alternative text in UTF-16 units; 0 where the network has none. */
  readonly maxAlt: number;
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  /** How many times as long as the other its longer side may be. */
  readonly maxRatio?: number;
  /** Longest text beside an image, in the unit of the text, where it is shorter than alone (Telegram’s captions). */
  readonly maxText?: number;
  /** The network fetches images itself: it is given a public address of each, signed and for a day (`Image.url`). */
  readonly byAddress?: boolean;
}
