// Clusters of signals about one thing: what people say of them, and a cluster as it is listed.
import { z } from 'zod';
import type { AlertSeverity } from './alert-rule.ts';

const id = z.string().min(1).max(80);
const reason = z.string().trim().min(1).max(500);
const signal = z.strictObject({ layer: z.string().min(1).max(60), key: z.string().min(1).max(200) });

export const confirmClusterSchema = z.strictObject({ id, reason });
/** These signals are about something else: they become a cluster of their own. */
export const splitClusterSchema = z.strictObject({ id, signals: z.array(signal).min(1).max(200), reason });
/** All of `id` is about the same as `into`. */
export const mergeClusterSchema = z.strictObject({ id, into: id, reason });
/** Nothing of it is worth a look; its signals do not come together again. */
export const dismissClusterSchema = z.strictObject({ id, reason });

export type ConfirmClusterRequest = z.infer<typeof confirmClusterSchema>;
export type SplitClusterRequest = z.infer<typeof splitClusterSchema>;
export type MergeClusterRequest = z.infer<typeof mergeClusterSchema>;
export type DismissClusterRequest = z.infer<typeof dismissClusterSchema>;

export const clusterKinds = [
  'cluster/grow',
  'cluster/confirm',
  'cluster/split',
  'cluster/merge',
  'cluster/dismiss',
  'cluster/end',
] as const;
export type ClusterKind = (typeof clusterKinds)[number];

/** What joined, and why it was thought to belong. Moments in epoch ms. */
export interface ClusterSignal {
  readonly layer: string;
  readonly key: string;
  readonly at: number;
  readonly title: string;
  readonly position: readonly [lon: number, lat: number] | null;
  readonly severity: AlertSeverity | null;
  /** 0 … 1; the first signal has 1. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  /** Facts that may contradict those of others. */
  readonly facts: {
    readonly closed: boolean;
    readonly hurt: number | null;
    readonly region: string;
    /** Of an alert; '': it is none. */
    readonly rule: string;
    /** 演示数据. */
    readonly synthetic: boolean;
  };
}

export interface Cluster {
  readonly id: string;
  readonly state: 'proposed' | 'confirmed' | 'dismissed' | 'ended';
  readonly title: string;
  readonly severity: AlertSeverity | null;
  readonly position: readonly [lon: number, lat: number] | null;
  readonly region: string;
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly contradictions: readonly string[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly by: string | null;
  /** All of them. */
  readonly count: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** The first two hundred. */
  readonly signals: readonly ClusterSignal[];
}
