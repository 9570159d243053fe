// The signs of the map: forms say the kind, tints say the state. Pure data, for map, legend, list and card alike.

/** Forms of the glyph atlas; the index is what the vertex buffer carries, so new ones go to the end. */
export const forms = [
  'dot',
  'dart',
  'bus',
  'truck',
  'hull',
  'gauge',
  'dam',
  'camera',
  'radar',
  'sign',
  'weather',
  'tunnel',
  'counter',
  'air',
  'noise',
  'radiation',
  'outfall',
  'section',
  'drop',
  'slope',
  'panel',
  'police',
  'fire',
  'medical',
  'quake',
  'post',
  'ticket',
  'order',
  'closure',
  'works',
  'accident',
  'hazard',
  'diamond',
  'triangle',
  'square',
  'circle',
  'ring',
  'coach',
  'wind',
  // Filled from empty to the limit in fifths.
  'gauge-0',
  'gauge-1',
  'gauge-2',
  'gauge-3',
  'gauge-4',
  'gauge-5',
  'dam-0',
  'dam-1',
  'dam-2',
  'dam-3',
  'dam-4',
  'dam-5',
  'moored',
  'queue',
  'ambulance',
  'engine',
  'incident',
  'task',
  'store',
  'shelter',
  'team',
  'isolated',
  'command',
  // The shapes of severity over water: a level that is too high.
  'water-diamond',
  'water-triangle',
  'water-square',
  'water-circle',
] as const;
export type Form = (typeof forms)[number];

/** Forms of a thing that fills, from empty to its limit. */
export const fillForms = {
  gauge: ['gauge-0', 'gauge-1', 'gauge-2', 'gauge-3', 'gauge-4', 'gauge-5'],
  dam: ['dam-0', 'dam-1', 'dam-2', 'dam-3', 'dam-4', 'dam-5'],
} as const satisfies Record<string, readonly Form[]>;

/**
 * Tints of signs. The four of severity are used for severity only. `seq` is the sequential ramp, dark to light, `cat` the
 * categorical one in its fixed order, `below` and `above` the two ends of the diverging one. `forecast` is what a model says.
 */
export const tints = [
  'white',
  'grey',
  'dim',
  'data',
  'red',
  'orange',
  'yellow',
  'blue',
  'seq1',
  'seq2',
  'seq3',
  'seq4',
  'cat1',
  'cat2',
  'cat3',
  'cat4',
  'cat5',
  'cat6',
  'below',
  'above',
  'forecast',
] as const;
export type Tint = (typeof tints)[number];

export const sequential = ['seq1', 'seq2', 'seq3', 'seq4'] as const satisfies readonly Tint[];
export const categorical = [
  'cat1',
  'cat2',
  'cat3',
  'cat4',
  'cat5',
  'cat6',
] as const satisfies readonly Tint[];

export const severityForms = {
  red: 'diamond',
  orange: 'triangle',
  yellow: 'square',
  blue: 'circle',
} as const satisfies Record<string, Form>;
export type Severity = keyof typeof severityForms;

/** The same shapes where it is a level of water, so that a gauge and an event of the same severity are two signs. */
export const waterForms = {
  red: 'water-diamond',
  orange: 'water-triangle',
  yellow: 'water-square',
  blue: 'water-circle',
} as const satisfies Record<Severity, Form>;

/** Worst first. */
export const severities: readonly Severity[] = ['red', 'orange', 'yellow', 'blue'];

export const isSeverity = (tint: string): tint is Severity => tint in severityForms;
