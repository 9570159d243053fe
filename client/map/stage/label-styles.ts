// How the kinds of labels look, by theme.
import type { Theme } from '../engine/theme.ts';
import type { LabelStyle } from '../labels/label.ts';
import type { LabelKind } from './label-table.ts';

export function labelStyles({ text }: Theme): Readonly<Record<LabelKind, LabelStyle>> {
  const plain: LabelStyle = {
    font: 'text',
    sizeU: 1,
    weight: 420,
    colour: text.plain,
    spacingEm: 0,
    slanted: false,
    mark: 'none',
    plate: false,
  };
  const water: LabelStyle = {
    ...plain,
    font: 'song',
    sizeU: 1.1,
    weight: 600,
    colour: text.water,
    spacingEm: 0.45,
    slanted: true,
  };
  const peak: LabelStyle = { ...plain, font: 'song', sizeU: 1.1, weight: 600, mark: 'peak' };
  const dim = { ...plain, colour: text.dim };
  return {
    city: { ...plain, sizeU: 1.3, weight: 650, colour: text.strong, mark: 'ring' },
    county: { ...plain, sizeU: 1.25, weight: 500, colour: text.strong, spacingEm: 0.35 },
    mainRiver: { ...water, sizeU: 1.2 },
    river: water,
    brook: { ...water, sizeU: 1 },
    lake: { ...water, spacingEm: 0.08 },
    dam: { ...plain, sizeU: 1.05, weight: 500, colour: text.strong },
    peak,
    sight: { ...peak, mark: 'dot' },
    smallPeak: { ...peak, sizeU: 1 },
    neighbour: { ...dim, spacingEm: 0.35 },
    zone: { ...dim, spacingEm: 0.2 },
    seat: { ...plain, sizeU: 1.05, weight: 500, colour: text.strong, mark: 'ring' },
    town: { ...plain, mark: 'dot' },
    shield: { ...plain, font: 'digits', weight: 600, plate: true },
    hospital: { ...dim, mark: 'cross' },
    shelter: { ...dim, mark: 'house' },
    village: { ...dim, mark: 'spot' },
    spot: { ...dim, font: 'digits', weight: 500, mark: 'spot' },
    street: { ...plain, spacingEm: 0.1 },
    site: { ...dim, mark: 'spot' },
  };
}
