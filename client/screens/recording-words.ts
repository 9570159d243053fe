// Why a recording cannot be shown, or not whole, and what to do.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

const words: Readonly<Record<string, Title>> = {
  'recording/foreign': title(
    '这不是驾驶舱的录像文件，请选择 .cockpit 文件',
    'This is no recording of a cockpit: choose a .cockpit file',
  ),
  'recording/version': title(
    '录像由更新的版本存成，请升级本系统，或在原处打开',
    'The recording was made by a newer version: update this one, or open it there',
  ),
  'recording/truncated': title(
    '文件不完整，只到这里；请重新复制一份',
    'The file is cut off here: copy it again from where it lies whole',
  ),
  'recording/damaged': title(
    '文件自此处损坏，之前的部分可以回看；请重新复制一份',
    'The file is damaged from here on; what comes before can be watched: copy it again',
  ),
  full: title(
    '存盘时已到文件上限，后段未存入',
    'It was cut at the greatest size of a file: the rest is not in it',
  ),
};

/** The code itself where nobody found words yet. */
export const recordingWords = (code: string): Title => words[code] ?? title(code, code);
