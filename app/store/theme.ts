/** What the person chose; `system` follows the machine. Kept in this browser. */
export const THEMES = { system: "System", light: "Light", dark: "Dark" } as const;
export type Theme = keyof typeof THEMES;

const KEY = "convlens:theme";

/** Storage may be forbidden (private windows, embeds); then the choice lasts as long as the page. */
function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value !== null && Object.hasOwn(THEMES, value) ? (value as Theme) : "system";
  } catch {
    return "system";
  }
}

const system = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();
let theme = stored();

function apply(): void {
  const dark = theme === "dark" || (theme === "system" && system.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const watcher of watchers) watcher();
}

system.addEventListener("change", apply);
apply();

export function currentTheme(): Theme {
  return theme;
}

export function chooseTheme(next: Theme): void {
  theme = next;
  try {
    if (next === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // not kept, but in force
  }
  apply();
}

/** Calls back after the colours have changed; returns how to stop. */
export function onTheme(callback: () => void): () => void {
  watchers.add(callback);
  return () => watchers.delete(callback);
}

/** Whether the person wants things to move. */
export const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
