import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { buildKernels } from "./scripts/wasm.mjs";

// The policy every end-to-end test runs under: nothing from another origin, no inline script or style.
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The same policy in the page itself, for hosts that cannot set headers. The dev server needs inline scripts. */
function policyInPage(): Plugin {
  return {
    name: "policy-in-page",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** The WebAssembly kernels are compiled before anything asks for them: in the build, the dev server and the tests. */
function kernels(): Plugin {
  return { name: "kernels", buildStart: buildKernels };
}

export default defineConfig({
  base: "./",
  plugins: [kernels(), react(), policyInPage()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The first script names every other that may be fetched later: what is not in those names is not in the first load.
    rolldownOptions: {
      output: {
        chunkFileNames: "assets/[hash:7].js",
        // What the first picture shares with later scripts would be a dozen small files, each compressed by itself.
        codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] },
      },
    },
  },
  worker: {
    format: "es",
    // What a worker shares with its later scripts stays in its first one: no second journey before the first answer.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
    },
  },
  preview: { headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY } },
  test: {
    include: ["src/**/*.test.ts", "app/**/*.test.ts", "conformance/**/*.test.ts"],
    testTimeout: 120_000,
  },
});
