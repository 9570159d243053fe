// What administrators set of a running server over its files: feeds, their secrets; each change on record, and taken back.
import { z } from 'zod';
import type { Title } from '../column.ts';

const reason = z.string().trim().min(1).max(500);
const name = z.string().min(1).max(60);

/** A value over that of the files; null: that of the files again. */
export const changeFeedSchema = z.strictObject({
  setting: name,
  value: z.union([z.string().trim().min(1).max(2000), z.number()]).nullable(),
  reason,
});
export type ChangeFeed = z.infer<typeof changeFeedSchema>;

/** null: it is removed, and that of the files holds again where they have one. */
export const changeSecretSchema = z.strictObject({
  secret: name,
  value: z.string().min(1).max(200).nullable(),
  reason,
});
export type ChangeSecret = z.infer<typeof changeSecretSchema>;

export const turnFeedSchema = z.strictObject({ enabled: z.boolean(), reason });
export const undoSettingSchema = z.strictObject({ reason });

/** What a city says of itself, as whoever answers for it keeps it (city-setting.ts). */
export const cityKinds = ['indicator-limits', 'responsibility', 'area'] as const;
export type CityKind = (typeof cityKinds)[number];

/** feed: an address or a period; secret: a key or a password, whose value is told to nobody. */
export const settingKinds = ['feed', 'secret', ...cityKinds] as const;
export type SettingKind = (typeof settingKinds)[number];

export type FeedValue = string | number | null;
/** Of a city kind: JSON. */
export type SettingValue = FeedValue | readonly unknown[] | { readonly [name: string]: unknown };

/** One change of one setting. */
export interface SettingChange {
  /** Sequence of its entry. */
  readonly id: number;
  readonly kind: SettingKind;
  /** Id of the feed, indicator, kind of incident or area. */
  readonly of: string;
  readonly setting: string;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  /** null: that of the files. Of a secret: 'set' or null. */
  readonly before: SettingValue;
  readonly after: SettingValue;
  /** It is the last one of its setting, and can be taken back. */
  readonly undoable: boolean;
  /** It takes this change back. */
  readonly undoes: number | null;
}

/** A feed as whoever keeps it sees it. */
export interface KeptFeed {
  readonly id: string;
  readonly title: Title;
  readonly protocol: string;
  /** As DESIGN.md says: live, late, stale, down, degraded, quiet, off, connecting. */
  readonly state: string;
  readonly detail: string;
  /** The settings let it connect. */
  readonly isConnectable: boolean;
  readonly isOn: boolean;
  readonly settings: readonly {
    readonly name: string;
    /** In force now. */
    readonly value: FeedValue;
    /** As the files of the server say. */
    readonly written: FeedValue;
    readonly isChanged: boolean;
  }[];
  readonly secrets: readonly {
    readonly name: string;
    /** Where it is from; null: there is none. */
    readonly from: 'files' | 'here' | null;
    readonly changedAt: number | null;
  }[];
}

export interface KeptFeeds {
  readonly feeds: readonly KeptFeed[];
  /** Newest first. */
  readonly changes: readonly SettingChange[];
}
