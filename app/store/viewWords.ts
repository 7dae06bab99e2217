import { ConvError, keyOf, TIER_NAMES, type ViewWords } from "#engine";
import { LANGUAGES } from "../lenses/lens.ts";
import type { FigureState, Lenses, OpenedView } from "./figureState.ts";

/** What of the view a link carries. `step` and `tap` count from 1, as the screen does. */
export type LinkView = Pick<OpenedView, "lens" | "step" | "channel" | "scope" | "tier"> & {
  tap: number | null;
  /** null: as its source wants it. */
  tone: OpenedView["tone"] | null;
  code: OpenedView["language"];
};

function counted(field: string, text: string): number {
  const n = Number(text);
  if (text.trim() === "" || !Number.isInteger(n) || n < 1)
    throw new ConvError(field, `“${text}” is not a whole number from 1`, "1, 2, 3, …");
  return n - 1;
}

interface Switch {
  readonly choices: readonly string[];
  /** What silence means; null where lenses that share the switch open with different choices. */
  readonly silent: string | null;
}

/** The switches of all lenses, by the names under which they stand in a link. */
function switchesOf(lenses: Lenses): Map<string, Switch> {
  const switches = new Map<string, Switch>();
  for (const { options = {} } of Object.values(lenses))
    for (const [name, option] of Object.entries(options)) {
      const choices = Object.keys(option.choices);
      const first = choices[0]!;
      const { silent } = switches.get(name) ?? { silent: first };
      switches.set(name, { choices, silent: silent === first ? first : null });
    }
  return switches;
}

/** The words of a link that say how a document is looked at. What is first in a list is silent. */
export function viewWords({
  lenses,
  pages = {},
}: Pick<FigureState, "lenses"> & Partial<Pick<FigureState, "pages">>): ViewWords<LinkView> {
  const word = <Value extends string>(
    field: string,
    table: readonly Value[],
    silent: Value | null = table[0]!,
  ) => ({
    accepts: table.join(", "),
    read: (text: string) =>
      keyOf(
        field,
        Object.fromEntries(table.map((name) => [name, true])) as Record<Value, true>,
        text,
      ),
    write: (value: Value) => (value === silent ? null : value),
  });
  return {
    lens: { ...word("lens", [...Object.keys(lenses), ...Object.keys(pages)]), first: true },
    step: {
      accepts: "the number of a step, from 1",
      read: (text) => counted("step", text),
      write: (step) => (step === 0 ? null : String(step + 1)),
    },
    tap: {
      accepts: "the number of a product within the step, from 1",
      read: (text) => counted("tap", text),
      write: (slot) => (slot === null ? null : String(slot + 1)),
    },
    channel: {
      accepts: "the number of the in-channel shown, from 0",
      read: (text) => counted("channel", String(Number(text) + 1)),
      write: (channel) => (channel === 0 ? null : String(channel)),
    },
    scope: word("scope", ["plate", "shared"]),
    tier: word("tier", ["auto", ...TIER_NAMES]),
    tone: {
      accepts: "ink (0 is paper) or light (0 is black)",
      read: (text) => keyOf("tone", { ink: true, light: true }, text),
      write: (tone) => tone,
    },
    code: word("code", LANGUAGES),
    ...Object.fromEntries(
      [...switchesOf(lenses)].map(([name, { choices, silent }]) => [
        name,
        word(name, choices, silent),
      ]),
    ),
  };
}
