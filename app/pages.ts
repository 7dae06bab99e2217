import type { PageRow } from "./store/figureState.ts";

/** What takes the place of the whole figure: a row here and a folder beside this file. In the menu after the lenses. */
export const PAGES = {
  network: {
    label: "Network",
    group: "learn",
    load: async () => (await import("./network/Page.tsx")).Page,
    words: async () => (await import("./store/network/words.ts")).RUN_WORDS,
  },
} as const satisfies Record<string, PageRow>;
