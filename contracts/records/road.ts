// Roads that are closed, and what that does (docs/resources.md).
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { base, position, reason } from './action-parts.ts';

/** Corners of an area, degrees; the last one is joined to the first. */
const ring = z.array(position).min(3).max(200);

export const cutSchema = z.strictObject({ ring });
/** Every stretch that lies in the ring or crosses it is closed until somebody opens it. */
export const closeRoadsSchema = z.strictObject({
  ...base,
  ring,
  reason,
  incident: z.int().positive().optional(),
});
export const openRoadsSchema = z.strictObject({ ...base, reason });
export type CutRequest = z.infer<typeof cutSchema>;
export type CloseRoadsRequest = z.infer<typeof closeRoadsSchema>;
export type OpenRoadsRequest = z.infer<typeof openRoadsSchema>;

/** A town that open roads do not join to a hospital, or not to a seat. */
export interface IsolatedTown {
  /** Code of the town. */
  readonly code: string;
  readonly name: Title;
  readonly position: LonLat;
  readonly residents: number;
  readonly lost: 'both' | 'hospital' | 'seat';
  /** Ids of what cuts it off. */
  readonly cuts: readonly string[];
}

export interface RoadClosure {
  /** event/<row> or hand/<sequence>. */
  readonly id: string;
  readonly cause: 'event' | 'hand';
  readonly title: string;
  readonly roads: readonly string[];
  readonly km: number;
  readonly at: LonLat;
  readonly region: string;
  /** Epoch ms. */
  readonly since: number;
  /** Who marked it; null: a report. */
  readonly by: string | null;
  readonly incident: number | null;
  /** Codes of towns it cuts off, alone or with others. */
  readonly isolates: readonly string[];
  readonly residents: number;
}

export interface RoadsView {
  readonly nodes: number;
  readonly pieces: number;
  readonly km: Readonly<Record<string, number>>;
  /** Of it made up, without a survey (示意). */
  readonly schematicKm: number;
  /** Pieces with a measured speed now. */
  readonly measured: number;
  readonly closures: readonly RoadClosure[];
  readonly isolated: readonly IsolatedTown[];
}

/** What a cut would do. */
export interface CutPreview {
  readonly km: number;
  readonly pieces: number;
  readonly roads: readonly string[];
  /** Towns that would be isolated by it and are not yet. */
  readonly isolates: readonly IsolatedTown[];
  readonly residents: number;
}
