import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type Collection,
  ConvError,
  type Engine,
  NETWORK_FILE,
  OWN_IMAGES,
  type SavedNetwork,
} from "#engine";

/** What a file may hold. */
export type Kind = "network" | "images";

/** What became of files that were opened. */
export interface Outcome {
  readonly is: "reading" | "opened" | "refused";
  /** What was made of them, or why they could not be used. */
  readonly sentence: string;
}

/** Of each kind, what became of those opened last. */
export type FilesState = Readonly<Record<Kind, Outcome | null>>;

export interface Files {
  readonly state: StoreApi<FilesState>;
  /** Opens what was chosen or dropped; where it cannot be used, all stays as it was, and it is told why. */
  readonly open: (files: readonly File[], kind?: Kind) => Promise<string | null>;
  readonly saved: () => SavedNetwork;
  /** Back to the digits. */
  readonly digits: () => void;
}

interface FilesOptions extends Pick<Files, "saved" | "digits"> {
  readonly ask: Engine["ask"];
  readonly use: (collection: Collection) => void;
  readonly resume: (saved: SavedNetwork) => void;
}

const LIMITS = { network: NETWORK_FILE.bytes, images: OWN_IMAGES.bytes } as const;

/** What files are, by what they call themselves; what they hold is looked at by whoever reads them. */
export function kindOf(files: readonly { readonly name: string }[]): Kind {
  return files.some(({ name }) => /\.json$/i.test(name)) ? "network" : "images";
}

/** Files in their place of a training page: reading never waits for the run, nor the page for reading. */
export function createFiles({ ask, use, resume, saved, digits }: FilesOptions): Files {
  const state = createStore<FilesState>(() => ({ network: null, images: null }));
  const say = (kind: Kind, is: Outcome["is"], sentence = "") =>
    state.setState({ [kind]: { is, sentence } });
  /** Of two files opened one after the other, the later one holds. */
  let asked = 0;

  function checkSizes(files: readonly File[], kind: Kind): void {
    for (const { name, size } of files)
      if (size > LIMITS[kind])
        throw new ConvError(name, `has ${size} bytes`, `up to ${LIMITS[kind]} bytes`);
  }

  /** What is done with the network in a file once it is read, and what is said of it. */
  async function readNetwork([file, ...others]: readonly File[]) {
    if (others.length > 0)
      throw new ConvError(`${others.length + 1} files`, "are too many", "one network at a time");
    try {
      const network = await ask("readNetwork", { text: await file!.text() });
      const { step } = network.runs.at(-1)!;
      const says = `${file!.name}: a network after ${step} steps over ${network.data.name}.`;
      const take = () => {
        try {
          resume(network);
        } catch (error) {
          throw named(file!, error);
        }
      };
      return { says, take };
    } catch (error) {
      throw named(file!, error);
    }
  }

  async function readImages(files: readonly File[]) {
    const bytes = await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
    const { collection, says } = await ask("readImages", { files: bytes });
    return { says: `${collection.name}: ${says}`, take: () => use(collection) };
  }

  /** The refusal with the name of the file before it. */
  function named({ name }: File, error: unknown): unknown {
    if (!(error instanceof ConvError)) return error;
    return new ConvError(`${name}, ${error.field}`, error.reason, error.accepted);
  }

  return {
    state,
    saved,
    digits() {
      asked += 1;
      state.setState({ network: null, images: null });
      digits();
    },
    async open(files, kind = kindOf(files)) {
      if (files.length === 0) return null;
      asked += 1;
      const mine = asked;
      say(kind, "reading");
      try {
        checkSizes(files, kind);
        const { says, take } = await (kind === "network" ? readNetwork(files) : readImages(files));
        if (mine !== asked) return null;
        take();
        // what was said of files before is over: they are not what is open any more
        state.setState({ network: null, images: null, [kind]: { is: "opened", sentence: says } });
        return null;
      } catch (error) {
        if (mine !== asked) return null;
        const { message } = error as Error;
        say(kind, "refused", message);
        return message;
      }
    },
  };
}
