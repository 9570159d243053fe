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

/** A town or a village that open roads do not join to a hospital, or not to a seat. */
export interface IsolatedPlace {
  readonly code: string;
  readonly kind: 'town' | 'village';
  /** Of a village: its town; null: it is a town. */
  readonly town: Title | null;
  readonly name: Title;
  readonly position: LonLat;
  /** Of a town without those of its villages, which stand for themselves. */
  readonly residents: number;
  readonly lost: 'both' | 'hospital' | 'seat';
  /** Ids of what cuts it off. */
  readonly cuts: readonly string[];
  /** ≈ On foot to where roads are open, and by road to the nearest hospital from there; null: farther than is worth saying. */
  readonly detourMin: number | null;
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
  /** Codes of towns and villages it cuts off, alone or with others. */
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
  readonly isolated: readonly IsolatedPlace[];
}

/** What a cut would do. */
export interface CutPreview {
  readonly km: number;
  readonly pieces: number;
  readonly roads: readonly string[];
  /** Towns and villages that would be isolated by it and are not yet. */
  readonly isolates: readonly IsolatedPlace[];
  readonly residents: number;
}
