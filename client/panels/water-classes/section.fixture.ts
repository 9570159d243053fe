import { waterSection } from '../../../contracts/layers/water-section.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { Grade, SectionTable } from './classes.ts';

export function sectionsOf(
  list: readonly (readonly [name: string, grade: Grade | null, target: Grade])[],
  at: number,
): SectionTable {
  const table = new LayerTable(waterSection);
  const none = {
    position: null,
    river: null,
    ph: null,
    oxygenMgL: null,
    permanganateMgL: null,
    ammoniaMgL: null,
    phosphorusMgL: null,
    turbidityNtu: null,
    waterTempC: null,
    thalliumMgL: null,
    antimonyMgL: null,
  };
  for (const [name, grade, target] of list) {
    table.put({
      key: name,
      validAt: at,
      regionCode: '',
      quality: 'good',
      source: 'water-section',
      synthetic: true,
      values: { ...none, name, grade, target },
    });
  }
  return table;
}
