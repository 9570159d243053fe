// The only door to echarts: what our charts need of it, and nothing else.
import { BarChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  VisualMapPiecewiseComponent,
} from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  LineChart,
  BarChart,
  GridComponent,
  MarkLineComponent,
  MarkAreaComponent,
  MarkPointComponent,
  VisualMapPiecewiseComponent,
  LabelLayout,
  SVGRenderer,
  CanvasRenderer,
]);

export interface Engine {
  draw(option: EChartsCoreOption): void;
  resize(): void;
  /** The picture as it is, drawn with the fonts of the page, which an SVG file would not have. */
  picture(pixelRatio: number): HTMLCanvasElement;
  destroy(): void;
}

/** Crisp at any wall size: charts are drawn as SVG. */
export function createEngine(element: HTMLElement): Engine {
  const chart: EChartsType = init(element, null, { renderer: 'svg' });
  let last: EChartsCoreOption = {};
  return {
    draw(option) {
      last = option;
      chart.setOption(option, { notMerge: true, lazyUpdate: false });
    },
    resize: () => chart.resize({ animation: { duration: 0 } }),
    picture(pixelRatio) {
      const size = { width: element.clientWidth, height: element.clientHeight };
      const copy = init(document.createElement('div'), null, { renderer: 'canvas', ...size });
      copy.setOption(last);
      const canvas = copy.renderToCanvas({ pixelRatio });
      copy.dispose();
      return canvas;
    },
    destroy: () => chart.dispose(),
  };
}
