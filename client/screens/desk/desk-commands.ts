// What only the desk answers to from the keyboard: its tools stand in its right column.
import { title } from '../../../contracts/declare.ts';
import { mayHere } from '../../stores/access.ts';
import type { Command } from '../../stores/commands.ts';
import { opened, reporting } from '../../stores/incidents.ts';
import { canRedoLayers, canUndoLayers, redoLayers, undoLayers } from '../../stores/layer-undo.ts';
import {
  canFinish,
  finishMeasure,
  isMeasuring,
  measure,
  startMeasure,
  undoPoint,
  type MeasureKind,
} from '../../stores/measure.ts';
import { orderFor } from '../../stores/orders.ts';
import { overlay } from '../../stores/overlay.ts';
import { placePick } from '../../stores/place-pick.ts';
import { mapPort, view } from '../../stores/view.ts';
import { focusPane } from './desk-panes.ts';

const hasMap = (): boolean => mapPort.value !== null;

const measuring = (id: MeasureKind, key: string, words: ReturnType<typeof title>): Command => ({
  id: `measure-${id}`,
  group: 'measure',
  title: words,
  keys: [key],
  ready: hasMap,
  run: () => startMeasure(id),
});

export const deskCommands: readonly Command[] = [
  {
    id: 'place-middle',
    group: 'map',
    title: title('取地图中心为所填地点', 'Take the middle of the map as the place of the form'),
    keys: ['space', 'enter'],
    ready: () => placePick.asking,
    run: () => {
      placePick.aimRequest++;
    },
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
    ready: () => measure.kind !== null && measure.points.length > 0,
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
    id: 'pane-next',
    group: 'window',
    title: title('到下一个区域：左栏、地图、列表、右栏', 'To the next pane: left, map, list, right'),
    keys: ['f6'],
    inFields: true,
    run: () => focusPane(1),
  },
  {
    id: 'pane-before',
    group: 'window',
    title: title('到上一个区域', 'To the pane before'),
    keys: ['shift+f6'],
    inFields: true,
    run: () => focusPane(-1),
  },
  {
    id: 'layers-undo',
    group: 'map',
    title: title('撤销图层改动', 'Take the last change of the layers back'),
    keys: ['ctrl+z'],
    ready: canUndoLayers,
    run: undoLayers,
  },
  {
    id: 'layers-redo',
    group: 'map',
    title: title('重做图层改动', 'Do it again'),
    keys: ['ctrl+y'],
    ready: canRedoLayers,
    run: redoLayers,
  },
  {
    id: 'flat-map',
    group: 'map',
    title: title('平面', 'Flat map'),
    keys: ['2'],
    ready: hasMap,
    run: () => {
      view.flat = true;
    },
  },
  {
    id: 'relief-map',
    group: 'map',
    title: title('立体', 'Relief'),
    keys: ['3'],
    ready: hasMap,
    run: () => {
      view.flat = false;
    },
  },
  {
    id: 'report-incident',
    group: 'window',
    title: title('接报新事件', 'Report an incident'),
    keys: ['i'],
    run: () => {
      reporting.value = { at: null, place: '' };
    },
  },
  {
    id: 'give-order',
    group: 'window',
    title: title('下达指令', 'Give an order'),
    keys: ['u'],
    ready: () => mayHere('give-orders'),
    run: () => {
      overlay.layers = true;
      orderFor(opened.value?.incident ?? null);
    },
  },
  {
    id: 'mode',
    group: 'window',
    title: title('平战切换', 'Peacetime and crisis'),
    keys: ['z'],
    run: () => {
      overlay.mode = true;
    },
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
];
