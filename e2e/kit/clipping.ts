// Finds text that people cannot read as a whole: cut by a box that hides what runs over, or by the edge of the picture.
import type { Page } from 'playwright-core';

/** What is cut on a page: the text, where, and by what. Text that scrolls into sight, or ends in dots and has a title, is not. */
export function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK_PX = 1.5;
    const found: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`.slice(0, 60);
    const isHidden = (element: Element): boolean =>
      element.closest('.sr-only, [aria-hidden="true"], option, script, style, noscript, canvas') !== null ||
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const isByDesign = (element: Element): boolean =>
      getComputedStyle(element).textOverflow === 'ellipsis' &&
      element.closest('[title], [aria-label]') !== null;

    /** The box that cuts a text, going outwards until one that scrolls; null where nothing does. */
    const cutBy = (owner: Element, { left, right, top, bottom }: DOMRect): Element | null => {
      let free = { x: true, y: true };
      for (
        let box: Element | null = owner;
        box && box !== document.documentElement;
        box = box.parentElement
      ) {
        const { overflowX, overflowY, position, display } = getComputedStyle(box);
        if (display === 'inline' || display === 'contents') continue;
        const edge = box.getBoundingClientRect();
        const hides = { x: /hidden|clip/.test(overflowX), y: /hidden|clip/.test(overflowY) };
        const isWide = left < edge.left - SLACK_PX || right > edge.right + SLACK_PX;
        const middle = (top + bottom) / 2;
        const isTall = middle < edge.top || middle > edge.bottom;
        if ((free.x && hides.x && isWide) || (free.y && hides.y && isTall))
          return isByDesign(box) ? null : box;
        free = { x: free.x && !/auto|scroll/.test(overflowX), y: free.y && !/auto|scroll/.test(overflowY) };
        if (position === 'fixed' || (!free.x && !free.y)) break;
      }
      const isOut = left < -SLACK_PX || right > innerWidth + SLACK_PX;
      return free.x && isOut ? document.documentElement : null;
    };

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!owner || text === '' || isHidden(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        const box = cutBy(owner, rect);
        if (!box) continue;
        found.push(`“${text.slice(0, 60)}” in ${nameOf(owner)} cut by ${nameOf(box)}`);
        break;
      }
    }
    return [...new Set(found)];
  });
}
