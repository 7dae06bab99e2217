import {
  type Argument,
  formatInputWord,
  formatKernelWord,
  IMAGES,
  type ImageRow,
  KERNELS,
  type KernelRow,
  parseInputWord,
  parseKernelWord,
  setInputWord,
} from "#engine";
import { useFigureStore } from "../store/context.ts";
import { NumberField } from "./NumberField.tsx";

interface WordFieldsProps {
  /** Whose word it is. */
  readonly of: "X" | "W";
  readonly word: string;
  /** Takes the changed word; the input's goes straight into the document. */
  readonly onWord?: (word: string) => void;
}

/** The parts of a word as both tables have them. */
interface Parts {
  readonly argument: number;
  readonly seed: number;
  readonly row: { readonly argument?: Argument; readonly seeded?: true };
  readonly again: (change: { readonly argument?: number; readonly seed?: number }) => string;
}

function partsOf(of: "X" | "W", text: string): Parts {
  if (of === "X") {
    const word = parseInputWord(text);
    const row: ImageRow = IMAGES[word.name];
    return { ...word, row, again: (change) => formatInputWord({ ...word, ...change }) };
  }
  const word = parseKernelWord(text);
  const row: KernelRow = KERNELS[word.name];
  return { ...word, row, again: (change) => formatKernelWord({ ...word, ...change }) };
}

const MOST_SEED = 9999;

/** What else a preset is told: its one number (the digit, an angle), and the seed of its random numbers. */
export function WordFields({ of, word, onWord }: WordFieldsProps) {
  const { change } = useFigureStore().getState();
  const { argument, seed, row, again } = partsOf(of, word);
  const tell = onWord ?? ((next: string) => change((asked) => setInputWord(asked, next)));
  return (
    <>
      {row.argument && (
        <div className="row wide-label">
          <NumberField
            label={titled(row.argument.meaning)}
            integer
            min={row.argument.least}
            max={row.argument.most}
            value={argument}
            onCommit={(next) => tell(again({ argument: next }))}
          />
        </div>
      )}
      {row.seeded && (
        <div className="row seed">
          <NumberField
            label="Seed"
            integer
            min={0}
            max={2 ** 32 - 1}
            value={seed}
            onCommit={(next) => tell(again({ seed: next }))}
          />
          <button
            type="button"
            className="button"
            onClick={() => tell(again({ seed: 1 + Math.floor(Math.random() * MOST_SEED) }))}
          >
            New seed
          </button>
        </div>
      )}
    </>
  );
}

/** “the digit” as a label: “Digit”. */
function titled(meaning: string): string {
  const bare = meaning.replace(/^the /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
