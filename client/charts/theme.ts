// Colours and sizes of charts out of the page's own tokens: one theme for all of them, by day and by night.
export interface ChartTheme {
  readonly value: string;
  readonly text: string;
  readonly note: string;
  readonly line: string;
  readonly axis: string;
  readonly data: string;
  readonly forecast: string;
  readonly severity: Readonly<Record<'red' | 'orange' | 'yellow' | 'blue', string>>;
  /** Directly labelled lines take these in order. */
  readonly lines: readonly string[];
  readonly textPx: number;
  readonly textFont: string;
  readonly digitFont: string;
}

const CATEGORICAL = ['#8fbdb6', '#9e89c5', '#3d738d', '#72895c', '#a8e1fd', '#c4e4a5'];
/** The same order on paper, dark enough for it. */
const CATEGORICAL_LIGHT = ['#2f6e68', '#6a4e78', '#1d5672', '#4f6739', '#2f7fa8', '#5c8a3a'];

export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const isLight = document.documentElement.dataset['theme'] === 'light';
  return {
    value: token('--hi'),
    text: token('--tx-2'),
    note: token('--tx-3'),
    line: token('--line-1'),
    axis: token('--line-2'),
    data: token('--data'),
    forecast: token('--fc'),
    severity: {
      red: token('--sev-r'),
      orange: token('--sev-o'),
      yellow: token('--sev-y'),
      blue: token('--sev-b'),
    },
    lines: isLight ? CATEGORICAL_LIGHT : CATEGORICAL,
    textPx: Number.parseFloat(style.fontSize),
    textFont: token('--font-text'),
    digitFont: token('--font-digits'),
  };
}
