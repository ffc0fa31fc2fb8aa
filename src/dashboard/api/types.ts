import type * as api from '../../../clients/typescript/src/api.ts';
import type { HouseRules } from '../../domain/house-rules.ts';
import { limitsFor } from '../../domain/limits.ts';
import type { Limits } from '../../domain/limits.ts';
import type { Read } from './read.ts';

/** What the API answers, by the document it is written from: see `clients/generate.ts`. */

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

export type Session = Read<api.Session>;
export type Member = Read<api.Member>;
export type Role = Member['role'];
/** A link by which a member comes in; shown once. */
export type MemberLink = Read<api.MemberLink>;
export type RoleRow = Read<api.RoleMatrix>['roles'][number];
/** A place where somebody is signed in. */
export type SessionItem = Read<api.SessionItem>;
export type Passkey = Read<api.Passkey>;
export type ApiKey = Read<api.ApiKey>;

export type Post = Read<api.Post>;
export type PostDetail = Read<api.PostDetail>;
export type HeldBy = Post['heldBy'][number];
export type Attempt = PostDetail['attempts'][number];
/** What a post would send, without secrets. */
export type Rehearsal = Read<api.Rehearsal>;

export type Account = Read<api.Account>;
export type Network = Read<api.Network>;
export type SlotPlan = Read<api.SlotPlan>;
export type TimelineItem = Read<api.TimelineItem>;

export type ArticleItem = Read<api.ArticleItem>;
export type Article = Read<api.Article>;
export type NewArticle = Read<api.NewArticle>;
export type ApiSummary = Read<api.Summary>;
export type ScorePart = ApiSummary['sentences'][number]['reasons'][number];
export type Story = Read<api.Story>;
export type Comment = Read<api.Comment>;
export type Share = Read<api.Share>;

export type Hold = Read<api.Hold>;
export type Worker = Read<api.Worker>;
/** What became of posts over time. */
export type Figures = Read<api.Figures>;
/** What is coming, and whether it fits. */
export type Outlook = Read<api.Outlook>;
/** Whether people could be told. */
export type NotificationTest = Read<api.NotificationTest>;
export type InstallationView = Read<api.Installation>;
export type Newsroom = Read<api.Newsroom>;
export type RetentionView = Read<api.Retention>;
/** What the product stands on. */
export type Foundations = Read<api.Foundations>;
export type Webhook = Read<api.Webhook>;
export type Delivery = Read<api.Delivery>;
export type DeliveryDetail = Read<api.DeliveryDetail>;
export type AuditRecord = Read<api.AuditRecord>;
export type AuditVerdict = Read<api.AuditVerdict>;
export type Problem = Read<api.Problem>;

export type Source = Read<api.Source>;
export type SourceSettings = Source['settings'];
/** What an editor fills in; what is left out is as the API has it by default. */
export type GivenSource = Read<api.NewSource>;
export type Decision = Read<api.Decision>;
export type Judgement = Read<api.Judgement>;
export type SourcePreview = Read<api.SourcePreview>;
export type RuleTrial = Read<api.RuleTrial>;
export type SourceImport = Read<api.SourceImport>;

/** Stories that changed after their posts were out. */
export type Correction = Read<api.Correction>;
export type CorrectedPost = Correction['posts'][number];
export type Choice = NonNullable<Read<api.CarryOut>['choices']>[number];

/** From the API without its empty stretches, in the page with all of them. */
export type Calendar = Read<api.Calendar>;
/** A day or an hour: how many posts are due in it, and the first of them. */
export type Stretch = Calendar['stretches'][number];
export type AccountSlotPlan = Read<api.AccountSlotPlan>;
/** When one post may go out. */
export type PostTimes = Read<api.PostTimes>;

/** A message of the stream, which the document does not describe further. */
export interface LiveEvent {
  readonly cursor: string;
  readonly at: string;
  readonly type: string;
  readonly subject: string;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the newsroom has decided for all its accounts, with its version. */
export interface StoredRules {
  readonly rules: HouseRules;
  readonly version: number;
}

/** A time as `POST /v1/posts/{id}/schedule` takes it. */
export type GivenSchedule = Fits<
  Read<api.ScheduleTime>,
  | { readonly now: true }
  /** `strict`: refused where something speaks against it. */
  | { readonly at: string; readonly strict?: boolean }
  | {
      readonly wallTime: string;
      readonly timeZone: string;
      readonly disambiguation?: 'earlier' | 'later';
      readonly strict?: boolean;
    }
>;

/** `Narrow`, which has to be a part of what the API takes. */
type Fits<Wide, Narrow extends Wide> = Narrow;

/** The limits of an account: the network's, with what its own instance says instead. */
export function limitsOf(account: Account | undefined, network: Network | undefined): Limits | null {
  if (network === undefined) return null;
  const hours = account?.settings['repeatHours'];
  const announced = (account?.limits ?? null) as Partial<Limits> | null;
  return limitsFor(network.limits as unknown as Limits, announced, typeof hours === 'number' ? hours : null);
}
