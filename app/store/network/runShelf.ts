import { ConvError } from "#engine";

/** The run that stood last, as a saved network, and what is said of it before it is opened. */
export interface ShelvedRun {
  readonly text: string;
  /** When it was put there, ms since 1970. */
  readonly at: number;
  readonly step: number;
  /** What it was trained on. */
  readonly images: string;
}

/** Room for one run in this browser. */
export interface RunShelf {
  readonly take: () => Promise<ShelvedRun | null>;
  readonly put: (run: ShelvedRun) => Promise<void>;
}

const STORE = "last";
const KEY = "run";

/** The connection stays open: on the way out there is no time to open one. */
let connection: Promise<IDBDatabase> | null = null;

function connected(): Promise<IDBDatabase> {
  connection ??= open().catch((error: unknown) => {
    connection = null;
    throw error;
  });
  return connection;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("convlens-network", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // another tab, or the browser, may want it: the next question opens it again
      request.result.onversionchange = request.result.onclose = () => {
        request.result.close();
        connection = null;
      };
      resolve(request.result);
    };
  });
}

/** One question to the store, and what it says. @throws ConvError where the browser allows none */
async function asked<T>(
  mode: IDBTransactionMode,
  question: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  try {
    const transaction = (await connected()).transaction(STORE, mode);
    const request = question(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.commit();
    });
  } catch {
    throw new ConvError(
      "storage",
      "this browser does not keep the run",
      "a saved network, or a window that is not private, with storage allowed",
    );
  }
}

/** The shelf of this browser. */
export const runShelf: RunShelf = {
  take: async () => (await asked("readonly", (store) => store.get(KEY))) ?? null,
  put: async (run) => void (await asked("readwrite", (store) => store.put(run, KEY))),
};
