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

async function loadTensorflow() {
  const tf = await import("@tensorflow/tfjs-core");
  await import("@tensorflow/tfjs-backend-cpu");
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount?.(1);
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

async function loadOpencv() {
  const { loadOpenCV } = await import("@opencvjs/web");
  return loadOpenCV();
}

/** All of them, by name; undefined where one is not there. @returns {Promise<any>} typed by those who use them */
export async function loadPeers() {
  return {
    tf: await tried("TensorFlow.js", loadTensorflow),
    ort: await tried("ONNX Runtime Web", () => import("onnxruntime-web")),
    cv: await tried("OpenCV.js", loadOpencv),
  };
}
