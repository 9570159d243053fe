// What every screen with a map answers to from the keyboard.
import { title } from '../../contracts/declare.ts';
import type { Command } from '../stores/commands.ts';
import { closeDefinition, told } from '../stores/definition.ts';
import {
  canFinish,
  finishMeasure,
  isMeasuring,
  measure,
  startMeasure,
  stopMeasure,
  undoPoint,
  type MeasureKind,
} from '../stores/measure.ts';
import { overlay } from '../stores/overlay.ts';
import {
  ask,
  asked,
  flyToSelection,
  goHome,
  mapPort,
  select,
  toggleFollow,
  toggleMode,
  view,
} from '../stores/view.ts';

const hasMap = (): boolean => mapPort.value !== null;
const isMeasureOpen = (): boolean => measure.kind !== null;

function closeTopmost(): void {
  if (told.value) closeDefinition();
  else if (overlay.trust) overlay.trust = false;
  else if (measure.kind) stopMeasure();
  else if (overlay.bookmarks) overlay.bookmarks = false;
  else if (asked.value) ask(null);
  else select(null);
}

const measuring = (id: MeasureKind, key: string, words: ReturnType<typeof title>): Command => ({
  id: `measure-${id}`,
  group: 'measure',
  title: words,
  keys: [key],
  ready: hasMap,
  run: () => startMeasure(id),
});

export const keyCommands: readonly Command[] = [
  {
    id: 'search',
    group: 'find',
    title: title('查找地点、对象、图层、命令', 'Find places, objects, layers, commands'),
    keys: ['ctrl+k', '/'],
    inFields: true,
    run: () => {
      overlay.search = true;
    },
  },
  {
    id: 'ask-here',
    group: 'find',
    title: title(
      '地图中心有什么（也可右键、长按）',
      'What is in the middle of the map (also right click, long press)',
    ),
    keys: ['contextmenu', 'shift+f10'],
    ready: hasMap,
    run: () => {
      view.askRequest++;
    },
  },
  { id: 'home', group: 'map', title: title('回到全市', 'The whole city'), keys: ['home'], run: goHome },
  {
    id: 'mode',
    group: 'map',
    title: title('平面与立体切换', 'Flat map or relief'),
    keys: ['v'],
    ready: hasMap,
    run: toggleMode,
  },
  {
    id: 'arrows',
    group: 'map',
    title: title('地图获得焦点时移动', 'Move the map when it has the focus'),
    keys: [],
    shown: ['↑', '↓', '←', '→'],
    run: null,
  },
  {
    id: 'zoom',
    group: 'map',
    title: title('地图获得焦点时缩放', 'Zoom when the map has the focus'),
    keys: [],
    shown: ['=', '-'],
    run: null,
  },
  {
    id: 'follow',
    group: 'objects',
    title: title('跟随所选对象', 'Follow the selected object'),
    keys: ['f'],
    ready: () => view.selection !== null,
    run: toggleFollow,
  },
  {
    id: 'go',
    group: 'objects',
    title: title('定位所选对象', 'Go to the selected object'),
    keys: ['g'],
    ready: () => view.selection !== null,
    run: flyToSelection,
  },
  measuring('distance', 'd', title('量距离', 'Measure a distance')),
  measuring('area', 'a', title('量面积', 'Measure an area')),
  measuring('height', 'h', title('量高差', 'Measure a difference of height')),
  measuring('profile', 't', title('地形剖面', 'Terrain profile')),
  {
    id: 'measure-point',
    group: 'measure',
    title: title('在地图中心取点', 'Set a point in the middle of the map'),
    keys: ['space'],
    ready: () => isMeasuring(),
    run: () => {
      measure.aiming = true;
      measure.aimRequest++;
    },
  },
  {
    id: 'measure-undo',
    group: 'measure',
    title: title('撤销上一点', 'Take the last point back'),
    keys: ['ctrl+z', 'backspace'],
    ready: () => isMeasureOpen() && measure.points.length > 0,
    run: undoPoint,
  },
  {
    id: 'measure-finish',
    group: 'measure',
    title: title('完成（也可双击）', 'Finish (also double click)'),
    keys: ['enter'],
    ready: () => isMeasuring() && canFinish(),
    run: finishMeasure,
  },
  {
    id: 'bookmarks',
    group: 'window',
    title: title('书签与分享', 'Bookmarks and sharing'),
    keys: ['b'],
    ready: hasMap,
    run: () => {
      overlay.bookmarks = !overlay.bookmarks;
    },
  },
  {
    id: 'trust',
    group: 'window',
    title: title('数据是否可信', 'Whether the data can be trusted'),
    keys: ['q'],
    run: () => {
      overlay.trust = !overlay.trust;
    },
  },
  {
    id: 'layers',
    group: 'window',
    title: title('图层列表', 'Layer list'),
    keys: ['l'],
    run: () => {
      overlay.layers = !overlay.layers;
    },
  },
  {
    id: 'help',
    group: 'window',
    title: title('按键一览', 'This list of keys'),
    keys: ['?'],
    run: () => {
      overlay.help = true;
    },
  },
  {
    id: 'close',
    group: 'window',
    title: title('关闭、取消选择', 'Close, clear the selection'),
    keys: ['escape'],
    run: closeTopmost,
  },
];
