// What every screen with a map answers to from the keyboard.
import { title } from '../../contracts/declare.ts';
import { nextBuildingColour } from '../stores/buildings.ts';
import { chooseNextHere } from '../stores/also-here.ts';
import type { Command } from '../stores/commands.ts';
import { closeDefinition, told } from '../stores/definition.ts';
import { measure, stopMeasure } from '../stores/measure.ts';
import { canCompare, isComparing, leaveHalf, stopCompare, toggleCompare } from '../stores/compare.ts';
import { overlay } from '../stores/overlay.ts';
import { leavePlace, placePick } from '../stores/place-pick.ts';
import { isMoving, toggleTrack } from '../stores/track.ts';
import {
  ask,
  asked,
  faceNorth,
  flyToSelection,
  goHome,
  mapPort,
  select,
  toggleFlat,
  toggleFollow,
  view,
} from '../stores/view.ts';

const hasMap = (): boolean => mapPort.value !== null;

function closeTopmost(): void {
  if (told.value) closeDefinition();
  else if (overlay.trust) overlay.trust = false;
  else if (overlay.differences) overlay.differences = false;
  else if (placePick.asking) leavePlace();
  else if (measure.kind) stopMeasure();
  else if (isComparing.value) stopCompare();
  else if (overlay.bookmarks) overlay.bookmarks = false;
  else if (asked.value) ask(null);
  else select(null);
}

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
  { id: 'home', group: 'map', title: title('回到全市', 'The whole city'), keys: ['home', 'r'], run: goHome },
  {
    id: 'north',
    group: 'map',
    title: title('北在上', 'North up'),
    keys: ['n'],
    ready: hasMap,
    run: faceNorth,
  },
  {
    id: 'flat',
    group: 'map',
    title: title('平面与立体切换', 'Flat map or relief'),
    keys: ['v'],
    ready: hasMap,
    run: toggleFlat,
  },
  {
    id: 'building-colour',
    group: 'map',
    title: title(
      '建筑着色：用途、层数、高度、人口、年代',
      'Colour of buildings: use, floors, height, people, age',
    ),
    keys: ['c'],
    ready: hasMap,
    run: nextBuildingColour,
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
    id: 'track',
    group: 'objects',
    title: title('所选移动对象的当日轨迹', 'The day of the selected moving object as a track'),
    keys: ['y'],
    ready: () => isMoving(view.selection?.layer),
    run: () => toggleTrack('day'),
  },
  {
    id: 'go',
    group: 'objects',
    title: title('定位所选对象', 'Go to the selected object'),
    keys: ['g'],
    ready: () => view.selection !== null,
    run: flyToSelection,
  },
  {
    id: 'next-here',
    group: 'objects',
    title: title('同一处的下一个对象', 'The next object of the same place'),
    keys: ['.'],
    ready: () => view.selection !== null,
    run: () => void chooseNextHere(),
  },
  {
    id: 'compare',
    group: 'time',
    title: title('两个时刻并排对比；再按退出', 'Two moments beside each other; again: leave'),
    keys: ['k'],
    ready: () => hasMap() && (isComparing.value || leaveHalf.value !== null || canCompare.value),
    run: toggleCompare,
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
