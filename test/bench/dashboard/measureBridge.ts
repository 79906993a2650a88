import type { Browser } from '@playwright/test';
import type { Figures } from '../store/report';
import { median } from '../store/statistics';
import { loadPage, viewport } from './browser';
import type { Host } from './host';

const rounds = 9;

/** What the way between host and page costs by itself, to be thought away from the other figures. */
export async function measureBridge(browser: Browser, host: Host): Promise<Figures> {
  const figures: Record<string, number> = {};
  const page = await browser.newPage({ viewport });
  for (const [name, bytes] of [
    ['bridgeRoundTripMs', 0],
    ['bridge4MBMs', 4_000_000],
  ] as const) {
    const frame = await loadPage(page, await host.ask<string>({ kind: 'echo', bytes }));
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      samples.push(
        await frame.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const askedMs = performance.now();
              window.addEventListener('message', () => resolve(performance.now() - askedMs), {
                once: true,
              });
              window.parent.postMessage({ ask: true }, '*');
            }),
        ),
      );
    }
    figures[name] = median(samples);
  }
  await page.close();
  return figures;
}
