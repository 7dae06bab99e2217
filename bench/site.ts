import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { preview } from "vite";
import { hashOfInputs, isBuiltFrom, rememberBuild } from "../scripts/inputs.mjs";
import { ROOT } from "../scripts/npm.mjs";

/** Not a port of `npm start` or the tests: they may run at the same time. */
const PORT = 4373;

export interface Site {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Builds the app if its sources have changed, and serves what is shipped. */
export async function serveApp(): Promise<Site> {
  const inputs = hashOfInputs(); // before the build: what changes while it runs is built the next time
  if (!isBuiltFrom(inputs)) {
    buildApp();
    rememberBuild(inputs);
  }
  const server = await preview({
    root: ROOT,
    logLevel: "warn",
    preview: { host: "127.0.0.1", port: PORT },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("the preview server has no address");
  return { address, close: () => server.close() };
}

/** In a process of its own: in this one Vite runs for development, and would build React that way. */
function buildApp(): void {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const { NODE_ENV: _, ...env } = process.env;
  const args = [vite, "build", "--logLevel", "warn"];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: "inherit" });
  if (status !== 0) throw new Error("the app could not be built");
}
