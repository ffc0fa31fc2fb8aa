import { z } from 'zod';
import type { ImageRule, LengthUnit } from '../domain/limits.ts';
import { dollars } from '../text/notices.ts';
import type { Network, Powers, Profile } from './network.ts';
import { powersOf } from './way.ts';

const header = [
  'Network',
  'Text',
  'Images',
  'Threads',
  'Link card',
  'Edit, remove',
  'After a lost answer',
  'Connect with',
  'A post costs',
];

/** The README's table of networks in Markdown, from what the networks themselves declare; the sandbox is left out. */
export function networksTable(networks: readonly Network[]): string {
  const rows = networks.filter(({ profile }) => profile.isOwn !== true).flatMap(rowsOf);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** One for the network, and one for each way to connect that can do less. */
function rowsOf(network: Network): string[][] {
  const { profile } = network;
  const lesser = profile.lesserWays ?? {};
  const kinds = Object.keys(lesser);
  const fields = waysOf(network);
  const full = fields.filter(({ kind }) => !kinds.includes(kind)).map((way) => way.fields);
  return [
    rowOf(network, [...(network.connect === undefined ? [] : ['consent in the browser']), ...full]),
    ...Object.entries(lesser).map(([kind, way]) => {
      const name = `${profile.name}, ${way.name}`;
      const limits = { ...profile.limits, ...way.limits };
      const narrowed = { ...network, profile: { ...profile, name, limits, powers: powersOf(profile, way.powers) } };
      return rowOf(
        narrowed,
        fields.filter((one) => one.kind === kind).map((one) => one.fields),
      );
    }),
  ];
}

function rowOf(network: Network, connectedBy: readonly string[]): string[] {
  const { name, limits, powers } = network.profile;
  const { images } = limits;
  return [
    name,
    textOf(network.profile),
    images === null ? 'none' : imagesOf(images),
    threadsOf(network),
    { auto: 'by the network', client: 'built here', none: 'none' }[powers.linkCard],
    [powers.edit ? 'edit' : '', powers.remove ? 'remove' : ''].filter((word) => word !== '').join(', ') || 'neither',
    settledHow(powers),
    connectedBy.join(', or '),
    priceOf(network.profile),
  ];
}

function threadsOf({ profile: { powers }, publishThread }: Network): string {
  if (!powers.threads) return 'no';
  if (powers.threadsAreLoose === true) return 'message after message';
  return publishThread === undefined ? 'part by part' : 'all at once';
}

function imagesOf({ max, maxAlt, byAddress }: ImageRule): string {
  return `${max}${maxAlt > 0 ? ', described' : ''}${byAddress === true ? ', fetched from here' : ''}`;
}

const units: Record<LengthUnit, string> = {
  weighted: 'weighted characters',
  graphemes: 'graphemes',
  utf16: 'UTF-16 units',
  codepoints: 'code points',
  bytes: 'bytes',
  'emoji-bytes': 'characters, an emoji its bytes',
};

function textOf({ limits: { text } }: Profile): string {
  const link = text.linkCost === 'length' ? '' : `, a link ${text.linkCost}`;
  return `${text.max.toLocaleString('en')} ${units[text.unit]}${link}`;
}

/** What settles a post whose answer was lost, by the declared powers. */
function settledHow({ idempotencyKey, recordKey, find }: Powers): string {
  if (recordKey) return 'looked up by its own key';
  if (idempotencyKey) return 'sent again under its key';
  return {
    'by-key': 'looked up by its key',
    'by-text': 'looked up by its words',
    'by-resend': 'sent again, a second is refused',
    none: 'a person decides',
  }[find];
}

/** The required fields of each way to connect, as the API names them; `kind` is empty where there is one way. */
function waysOf({ credentials }: Network): { kind: string; fields: string }[] {
  const schema = z.toJSONSchema(credentials, { io: 'input' }) as FieldSchema;
  return (schema.anyOf ?? schema.oneOf ?? [schema]).map(({ required = [], properties = {} }) => ({
    kind: properties['kind']?.const ?? '',
    fields: required
      .filter((field) => field !== 'kind')
      .map((field) => `\`${field}\``)
      .join(' '),
  }));
}

interface FieldSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly const?: string }>>;
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
}

function priceOf({ price: { post, postWithLink } }: Profile): string {
  if (post === 0 && postWithLink === 0) return 'nothing';
  return `${dollars(post)}, with a link ${dollars(postWithLink)}`;
}
