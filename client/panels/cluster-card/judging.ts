// What a person says of a cluster, and how its signals are named.
import type { RowRef } from '../../stores/incidents.ts';

export type JudgeKind = 'confirm' | 'split' | 'merge' | 'dismiss';

export const signalName = ({ layer, key }: RowRef): string => `${layer} ${key}`;
export const refOf = ({ layer, key }: RowRef): RowRef => ({ layer, key });
