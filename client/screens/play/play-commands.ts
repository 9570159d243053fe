// A playback from the keyboard, and from the clicker in a presenter's hand.
import { title } from '../../../contracts/declare.ts';
import type { Command } from '../../stores/commands.ts';
import type { Transport } from './use-transport.ts';

const STEP_S = 60;

/** @param named keys of buttons, as they stand on them */
export function playCommands(transport: Transport): readonly Command[] {
  const one = (
    id: string,
    [zh, en]: readonly [zh: string, en: string],
    { keys, run }: { readonly keys: readonly string[]; readonly run: () => void },
  ): Command => ({ id: `play-${id}`, group: 'play', title: title(zh, en), keys, run });
  const { ask, hurry, step } = transport;
  return [
    one('toggle', ['播放、暂停', 'Play or pause'], { keys: ['space'], run: () => ask('toggle') }),
    one('next', ['下一章', 'Next chapter'], { keys: ['pagedown', 'arrowright'], run: () => ask('next') }),
    one('back', ['本章开头；再按上一章', 'Begin this chapter; again: the one before'], {
      keys: ['pageup', 'arrowleft'],
      run: () => ask('back'),
    }),
    one('faster', ['加快', 'Faster'], { keys: ['arrowup', '.'], run: () => hurry(1) }),
    one('slower', ['放慢', 'Slower'], { keys: ['arrowdown', ','], run: () => hurry(-1) }),
    one('step', ['前进一分钟', 'A minute on'], { keys: ['shift+arrowright'], run: () => step(STEP_S) }),
    one('step-back', ['后退一分钟（重放到那里）', 'A minute back (played anew up to there)'], {
      keys: ['shift+arrowleft'],
      run: () => step(-STEP_S),
    }),
    one('chapters', ['章节列表', 'List of chapters'], { keys: ['k'], run: () => ask('chapters') }),
    one('captions', ['字幕', 'Captions'], { keys: ['t'], run: () => ask('captions') }),
    one('voice', ['读出字幕', 'Speak the captions'], { keys: ['s'], run: () => ask('voice') }),
    one('notes', ['讲稿', 'Presenter notes'], { keys: ['j'], run: () => ask('notes') }),
    one('notes-window', ['讲稿另开窗口', 'Notes in a window of their own'], {
      keys: ['w'],
      run: () => ask('notes-window'),
    }),
    one('follow', ['地图交还脚本', 'Give the map back to the script'], {
      keys: ['m'],
      run: () => ask('follow'),
    }),
    one('loop', ['放完自动重来', 'Begin again after the end'], { keys: ['o'], run: () => ask('loop') }),
    one('reset', ['重置：干净地从头开始', 'Reset: a clean start'], { keys: ['0'], run: () => ask('reset') }),
    one('live', ['离开，回到实时', 'Leave, back to live'], {
      keys: ['shift+home'],
      run: () => location.assign('/wall'),
    }),
  ];
}
