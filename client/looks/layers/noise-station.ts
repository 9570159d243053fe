import { title } from '../../../contracts/declare.ts';
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: noiseStation,
  order: 24,
  shownAtStart: false,
  form: 'noise',
  kinds: [
    { word: title('70 dB 以上', '70 dB and more'), when: [{ column: 'leqDbA', from: 70 }], tint: 'seq4' },
    { word: title('60–70 dB', '60–70 dB'), when: [{ column: 'leqDbA', from: 60 }], tint: 'seq3' },
    { word: title('50–60 dB', '50–60 dB'), when: [{ column: 'leqDbA', from: 50 }], tint: 'seq2' },
    { word: title('50 dB 以下', 'under 50 dB'), when: [{ column: 'leqDbA' }], tint: 'seq1' },
    { word: title('无读数', 'No reading'), when: [], tint: 'dim' },
  ],
  size: { farPx: 9, nearPx: 17 },
  zoom: [{ belowM: 90_000, as: 'glyphs' }],
  values: [{ zh: '{leqDbA}', en: '{leqDbA}', belowM: 30_000, rank: 62 }],
  facts: ['leqDbA', 'l10DbA', 'l90DbA', 'zone'],
  spark: 'leqDbA',
});
