import { ConvError, type Numbers, type Tensor, tensor } from "#engine";
import { hashOf } from "./hash.ts";

// Tensors too large for a link stay in this browser, under a key the link can carry. IndexedDB, the oldest go first.

const MOST_ENTRIES = 20;
const MOST_BYTES = 50e6;

/** Kept within the last minute: the address of a figure is written after every pause, its input seldom changes. */
const lately = new WeakMap<Tensor, { readonly key: string; readonly until: number }>();
const MINUTE_MS = 60_000;

interface Entry {
  readonly key: string;
  readonly shape: readonly number[];
  readonly data: Numbers;
  readonly bytes: number;
  /** When it was last asked for, ms since 1970. */
  readonly used: number;
}

/**
 * Keeps a tensor in this browser; the same tensor has the same key.
 * @throws ConvError "storage" when the browser has no room or allows none: the tensor itself is as it was
 */
export async function keep(kept: Tensor): Promise<string> {
  const last = lately.get(kept);
  if (last !== undefined && Date.now() < last.until) return last.key;
  const key = await hashOf(kept);
  const { shape, data } = kept;
  await inStore(async (store) => {
    const entry: Entry = { key, shape, data, bytes: data.byteLength, used: Date.now() };
    await done(store.put(entry));
    await prune(store, key);
  });
  lately.set(kept, { key, until: Date.now() + MINUTE_MS });
  return key;
}

/**
 * The tensor kept under `key`, or null: never kept here, or gone to make room.
 * @throws ConvError "storage" when the browser does not let us look
 */
export function kept(key: string): Promise<Tensor | null> {
  return inStore(async (store) => {
    const entry: Entry | undefined = await done(store.get(key));
    if (entry === undefined) return null;
    store.put({ ...entry, used: Date.now() });
    return tensor(entry.shape, entry.data, "storage");
  });
}

/** Drops what is beyond the limits, longest unused first; never `fresh`. */
async function prune(store: IDBObjectStore, fresh: string): Promise<void> {
  let entries = 0;
  let bytes = 0;
  const request = store.index("age").openKeyCursor(null, "prev");
  for (let cursor = await done(request); cursor !== null; cursor = await done(request)) {
    const [, size] = cursor.key as [used: number, bytes: number];
    entries += 1;
    bytes += size;
    const tooMuch = entries > MOST_ENTRIES || bytes > MOST_BYTES;
    if (tooMuch && cursor.primaryKey !== fresh) store.delete(cursor.primaryKey);
    cursor.continue();
  }
}

/** Runs `work` in one transaction, and ends when that is written. */
async function inStore<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  let database: IDBDatabase | undefined;
  try {
    database = await open();
    const transaction = database.transaction("kept", "readwrite");
    const written = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([work(transaction.objectStore("kept")), written]);
    return result;
  } catch (error) {
    if (error instanceof ConvError) throw error;
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    throw new ConvError(
      "storage",
      full ? "this browser has no room left for it" : "this browser does not let the page keep it",
      full
        ? "a smaller image, or more free disk space"
        : "a window that is not private, with storage allowed; until then it lives in this tab only",
    );
  } finally {
    database?.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("convlens", 1);
  request.onupgradeneeded = () => {
    // Size beside age in one index: pruning then reads no tensor.
    const store = request.result.createObjectStore("kept", { keyPath: "key" });
    store.createIndex("age", ["used", "bytes"]);
  };
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
