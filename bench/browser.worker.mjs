import { main } from "./engine/main.ts";
import { loadPeers } from "./peers.mjs";

// The same bench in a browser's worker: what it prints goes to the page, and from there to the terminal.

const say = (/** @type {string} */ line) => postMessage({ line });
console.log = say;

self.onmessage = async ({ data: { args, modules, also } }) => {
  const peers = await loadPeers("/bench/node_modules");
  postMessage({ status: await main(args, modules, peers, say, also) });
};
