// Which panels stand in which column of the wall, from top to bottom. Screens read it; panels do not know it.
export interface WallLayout {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

export const wallLayouts = {
  peace: {
    left: ['city-index', 'vital-signs', 'data-line'],
    right: ['warning-cards', 'water-level', 'traffic-now', 'open-cases'],
  },
} as const satisfies Record<string, WallLayout>;
