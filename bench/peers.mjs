// @ts-nocheck: what is imported here is installed apart, and mostly is not there.
// The libraries that convlens is measured against, as far as they are installed (npm install in bench/).

/** @param {string} what @param {() => Promise<unknown>} load */
async function tried(what, load) {
  try {
    return await load();
  } catch (error) {
    console.log(`${what} does not take part: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** @param {string} [installed] where the browser finds the packages; Node finds them by itself */
async function loadTensorflow(installed) {
  const tf = await import("@tensorflow/tfjs-core");
  await import("@tensorflow/tfjs-backend-cpu");
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount?.(1);
  if (installed) wasm.setWasmPaths(`${installed}/@tensorflow/tfjs-backend-wasm/dist/`);
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

/** @param {string} [installed] as above */
async function loadOnnx(installed) {
  if (!installed) return import("onnxruntime-web");
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.wasmPaths = `${installed}/onnxruntime-web/dist/`;
  return ort;
}

async function loadOpencv() {
  const { loadOpenCV } = await import("@opencvjs/web");
  return loadOpenCV();
}

/**
 * All of them, by name; undefined where one is not there.
 * @param {string} [installed] the address of bench/node_modules, for a browser
 * @returns {Promise<any>} typed by those who use them
 */
export async function loadPeers(installed) {
  return {
    tf: await tried("TensorFlow.js", () => loadTensorflow(installed)),
    ort: await tried("ONNX Runtime Web", () => loadOnnx(installed)),
    cv: await tried("OpenCV.js", loadOpencv),
    jax: await tried("jax-js", () => import("@jax-js/jax")),
  };
}

/** The core of TensorFlow.js alone has no gradients: they come with the whole. */
export function loadGradients() {
  // Only Node asks for it: a browser's bench is not to fail where it is not installed.
  const name = "@tensorflow/tfjs";
  return tried("TensorFlow.js with gradients", () => import(/* @vite-ignore */ name));
}
