import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import CaptionBand from './CaptionBand.vue';

const text = '宝珠寺水库开始预泄，昭化、苍溪沿江低洼地带提前转移群众';
const local = title('字幕来自脚本，没有来源状态', 'Captions come from a script: no feed is behind them');

export const fixture = defineFixture({
  view: CaptionBand,
  props: () => ({ text, waiting: 0 }),
  never: {
    late: local,
    stale: local,
    down: local,
    off: local,
    empty: title('没有字幕时不占地方', 'Nothing told takes no room'),
  },
  more: {
    partial: () => ({ text, waiting: 3 }),
    compact: () => ({ text: '雨停。', waiting: 0 }),
  },
});
