// definePanel: a part of a screen that shows stores. Found by folder walk; screens place panels by slug.
import type { Component } from 'vue';
import type { Title } from '../../contracts/column.ts';

export interface Panel {
  readonly slug: string;
  readonly title: Title;
  readonly component: Component;
}

export const definePanel = (panel: Panel): Panel => panel;
