// npm start: builds what has changed since the last time, serves it, and says where.
import { build, preview } from "vite";
import { hashOfInputs, isBuiltFrom, rememberBuild } from "./inputs.mjs";
import { ROOT } from "./npm.mjs";
import { START_PORT } from "./ports.mjs";

const HOST = "127.0.0.1";

/** @param {unknown} error @returns {never} */
function stop(error) {
  console.error(`\nstart: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

async function buildWhatChanged() {
  const inputs = hashOfInputs(); // before the build: what changes while it runs is built the next time
  if (isBuiltFrom(inputs)) return;
  console.log("Building convlens …");
  await build({ root: ROOT, logLevel: "warn" });
  rememberBuild(inputs);
}

async function serve() {
  const asked = { host: HOST, port: START_PORT, strictPort: false };
  const server = await preview({ root: ROOT, logLevel: "warn", preview: asked });
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => server.close().finally(() => process.exit(0)));
  const address = server.resolvedUrls?.local[0] ?? `http://${HOST}:${START_PORT}/`;
  if (new URL(address).port !== String(START_PORT))
    console.log(`Port ${START_PORT} is taken, so the next free one is used.`);
  console.log(`\nconvlens is at ${address}\nStop it with Ctrl-C.`);
}

await buildWhatChanged().then(serve).catch(stop);
