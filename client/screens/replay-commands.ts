// The past from the keyboard, on every screen.
import { title } from '../../contracts/declare.ts';
import type { Command } from '../stores/commands.ts';
import { overlay } from '../stores/overlay.ts';
import { jumpToMark } from '../stores/past.ts';
import { changeSpeed, goLive, markLoop, stepBy, toggleClock, togglePlay } from '../stores/replay.ts';
import { recording } from '../stores/recording.ts';
import { isPast } from '../stores/time.ts';

const STEP_MS = 1000;
const LONG_STEP_MS = 60_000;
const inPast = (): boolean => isPast.value;
/** A file knows one clock only. */
const inKept = (): boolean => isPast.value && recording.value === null;

const inTime = (one: Omit<Command, 'group'>): Command => ({ group: 'time', ...one });

/** Home is the way back to now; live, it is what it is without them. */
export const replayCommands: readonly Command[] = [
  inTime({ id: 'live', title: title('回到实时', 'Back to now'), keys: ['home'], ready: inPast, run: goLive }),
  inTime({
    id: 'pause',
    title: title('停在此刻；再按续播', 'Stand still at this moment; again: play'),
    keys: ['p'],
    run: togglePlay,
  }),
  inTime({
    id: 'play',
    title: title('回放中播放、暂停', 'Play or pause the past'),
    keys: ['space'],
    ready: inPast,
    run: togglePlay,
  }),
  inTime({
    id: 'step-back',
    title: title('后退一步', 'Step back'),
    keys: ['arrowleft'],
    ready: inPast,
    run: () => stepBy(-STEP_MS),
  }),
  inTime({
    id: 'step',
    title: title('前进一步', 'Step forward'),
    keys: ['arrowright'],
    ready: inPast,
    run: () => stepBy(STEP_MS),
  }),
  inTime({
    id: 'long-step-back',
    title: title('后退一分钟', 'A minute back'),
    keys: ['shift+arrowleft'],
    run: () => stepBy(-LONG_STEP_MS),
  }),
  inTime({
    id: 'long-step',
    title: title('前进一分钟', 'A minute forward'),
    keys: ['shift+arrowright'],
    ready: inPast,
    run: () => stepBy(LONG_STEP_MS),
  }),
  inTime({
    id: 'slower',
    title: title('放慢', 'Slower'),
    keys: [','],
    ready: inPast,
    run: () => changeSpeed(-1),
  }),
  inTime({
    id: 'faster',
    title: title('加快', 'Faster'),
    keys: ['.'],
    ready: inPast,
    run: () => changeSpeed(1),
  }),
  inTime({
    id: 'mark-before',
    title: title('上一个预警等标记', 'The warning or mark before'),
    keys: ['['],
    run: () => jumpToMark(-1),
  }),
  inTime({
    id: 'mark-next',
    title: title('下一个预警等标记', 'The next warning or mark'),
    keys: [']'],
    ready: inPast,
    run: () => jumpToMark(1),
  }),
  inTime({
    id: 'repeat',
    title: title('循环：起点、终点、取消', 'Repeat: from here, to here, no more'),
    keys: ['o'],
    ready: inPast,
    run: markLoop,
  }),
  inTime({
    id: 'clock',
    title: title('当时所知、更正后切换', 'As it was known, or as corrected since'),
    keys: ['e'],
    ready: inKept,
    run: toggleClock,
  }),
  inTime({
    id: 'differences',
    title: title('更正了哪些数值', 'Which values were corrected'),
    keys: ['x'],
    ready: inKept,
    run: () => {
      overlay.differences = !overlay.differences;
    },
  }),
  inTime({
    id: 'scrub',
    title: title('在时间轴上拖动；Shift 拖动为循环', 'Drag on the time axis; with Shift: repeat'),
    keys: [],
    shown: ['⇔'],
    run: null,
  }),
];
