import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".txt": "text/plain",
};

export interface Served {
  /** Where the folder stands, with a slash at its end. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** The build that the other tests are shown. */
export const DIST = fileURLToPath(
  new URL(`${process.env.E2E_DIST ?? "dist"}/`, new URL("../", import.meta.url)),
);

/** The plainest of hosts: the files of a folder under a path of its own, no header besides their types. */
export async function serve(folder: string, path = "/"): Promise<Served> {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const file = asked.endsWith("/") ? `${asked}index.html` : asked;
    try {
      if (!file.startsWith(path) || file.includes("..")) throw new Error("not of this folder");
      const bytes = await readFile(join(folder, file.slice(path.length)));
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
