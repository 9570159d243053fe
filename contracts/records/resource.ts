// Resources (docs/resources.md): what they hold, and how amounts of it are called for an incident.
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, reason } from './action-parts.ts';

/** What is counted; each is a column of the layer `resource`, with its total in `<item>Total`. */
export const resourceItems = {
  people: title('人员', 'People'),
  vehicles: title('车辆', 'Vehicles'),
  places: title('安置容量', 'Shelter places'),
  beds: title('空床', 'Free beds'),
  icuBeds: title('ICU 空床', 'Free ICU beds'),
  tents: title('帐篷', 'Tents'),
  cots: title('折叠床', 'Camp beds'),
  quilts: title('棉被', 'Quilts'),
  pumps: title('水泵', 'Pumps'),
  boats: title('冲锋舟', 'Boats'),
  generators: title('发电机', 'Generators'),
} as const;
export type ResourceItem = keyof typeof resourceItems;
export const itemNames = Object.keys(resourceItems) as [ResourceItem, ...ResourceItem[]];

export const resourceKinds = {
  team: title('救援队伍', 'Rescue team'),
  'fire-station': title('消防救援站', 'Fire station'),
  ambulance: title('急救中心', 'Ambulance centre'),
  store: title('救灾物资库', 'Relief store'),
  shelter: title('避难场所', 'Shelter'),
  hospital: title('医院', 'Hospital'),
} as const;
export type ResourceKind = keyof typeof resourceKinds;
export const kindNames = Object.keys(resourceKinds) as [ResourceKind, ...ResourceKind[]];

export const resourceStates = {
  ready: title('可用', 'Ready'),
  busy: title('使用中', 'In use'),
  full: title('已满', 'Full'),
  closed: title('停用', 'Closed'),
} as const;
export type ResourceState = keyof typeof resourceStates;

const key = z.string().min(1).max(200);
/** At least one. */
const amounts = z
  .partialRecord(z.enum(itemNames), z.int().min(1).max(1_000_000))
  .refine((one) => Object.keys(one).length > 0, 'name one item at least');

/** `contest`: it is asked for although it is more than what is free; somebody decides. */
export const bookSchema = z.strictObject({
  ...base,
  resource: key,
  items: amounts,
  incident: z.int().positive(),
  /** The task it is for; absent: the incident as a whole. */
  task: z.int().positive().optional(),
  note: z.string().trim().max(500).default(''),
  contest: z.boolean().default(false),
});
/** `seen`: sequence of the last entry of the booking the client knew of. */
export const releaseSchema = z.strictObject({ ...base, seen: z.int().positive(), reason });
/** `instead`: bookings that end so that this one can be had. */
export const decideSchema = z.strictObject({
  ...base,
  seen: z.int().positive(),
  grant: z.boolean(),
  instead: z.array(z.int().positive()).max(20).default([]),
  reason,
});
export type BookRequest = z.infer<typeof bookSchema>;
export type ReleaseRequest = z.infer<typeof releaseSchema>;
export type DecideRequest = z.infer<typeof decideSchema>;
export type Amounts = Readonly<Partial<Record<ResourceItem, number>>>;

export const bookingStates = {
  held: title('已调用', 'Called'),
  contested: title('待裁定', 'To be decided'),
  refused: title('未同意', 'Refused'),
  released: title('已释放', 'Released'),
} as const;
export type BookingState = keyof typeof bookingStates;

export interface BookingEvent {
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly reason: string;
}

export interface Booking {
  /** Sequence of its first entry. */
  readonly id: number;
  /** Sequence of its last entry. */
  readonly seq: number;
  readonly resource: string;
  readonly resourceName: string;
  /** Code of the area of the resource, and of the incident. */
  readonly region: string;
  readonly incidentRegion: string;
  readonly items: Amounts;
  readonly incident: number;
  readonly incidentNo: string;
  readonly task: number | null;
  readonly note: string;
  readonly state: BookingState;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** Bookings that held what was asked for, when it was asked for. */
  readonly against: readonly number[];
  readonly decided: BookingEvent | null;
  readonly ended: BookingEvent | null;
}

/** How fast something goes; null where reports say too little. */
export interface Outlook {
  /** Amount an hour; below 0: it goes down. */
  readonly perHour: number;
  /** Epoch ms at which nothing is left at this rate; null: it does not go down, or not within three days. */
  readonly emptyAt: number | null;
  /** Reports it was computed from, and from when on, epoch ms. */
  readonly reports: number;
  readonly since: number;
}

export interface ItemView {
  readonly item: ResourceItem;
  /** As last reported; null: not reported. */
  readonly now: number | null;
  readonly total: number | null;
  /** Called by bookings that hold. */
  readonly held: number;
  /** What may still be called: the smaller one of what is reported and what no booking holds. */
  readonly free: number;
  readonly outlook: Outlook | null;
}

export interface ResourceView {
  readonly key: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly state: ResourceState | null;
  readonly speciality: string | null;
  readonly owner: string | null;
  /** Hazards a shelter is not for. */
  readonly notFor: readonly string[];
  readonly position: LonLat | null;
  readonly region: string;
  readonly items: readonly ItemView[];
  /** Of the last report, epoch ms; source: id of its feed. */
  readonly validAt: number;
  readonly source: string;
  readonly synthetic: boolean;
  /** Held and contested ones, oldest first. */
  readonly bookings: readonly Booking[];
}

/** A resource on the way to a place. */
export interface NearResource {
  readonly resource: ResourceView;
  /** By road as it is now; null: no open road leads there. */
  readonly minutes: number | null;
  readonly km: number;
  /** Lower is better: minutes · (1 + 0.3 · road risk) + 5 · load. */
  readonly score: number | null;
  /** Share of what it has that is not free, 0 to 1. */
  readonly load: number;
  /** Why it stands where it stands, and what speaks against it. */
  readonly reasons: readonly Title[];
}

export interface NearestAnswer {
  readonly at: LonLat;
  /** From the place to the road it was taken to stand at, metres. */
  readonly toRoadM: number;
  /** Parts of the network are made up (示意). */
  readonly schematic: boolean;
  readonly closures: number;
  readonly resources: readonly NearResource[];
  /** What nobody can bring: no open road leads from it. */
  readonly unreachable: number;
}

export interface EnoughAnswer extends Omit<NearestAnswer, 'resources'> {
  readonly item: ResourceItem;
  readonly amount: number;
  readonly withinMin: number;
  /** The fewest that hold it, then the soonest; null: all within the time do not. */
  readonly chosen: readonly (NearResource & { readonly gives: number })[] | null;
  /** What all within the time hold together. */
  readonly available: number;
  /** When the last of the chosen arrives, minutes. */
  readonly minutes: number | null;
}
