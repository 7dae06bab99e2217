import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { initialNetwork } from "../network/initial.ts";
import { checkNetworkSpec, type Network, type NetworkSpec } from "../network/network.ts";
import { DEFAULT_NETWORK, NETWORK_PRESETS } from "../network/presets.ts";
import { refusalOf } from "../testing/refusal.ts";
import { pytorchCode, WEIGHTS_FILE } from "./pytorch.ts";
import { TORCH_MODULES } from "./testing.ts";
import { weightsFile } from "./weights.ts";

function networkWith(change: object): Network {
  const spec = checkNetworkSpec({ ...DEFAULT_NETWORK.network, hidden: 5, ...change });
  return initialNetwork(spec, "normal", 4);
}

const { pool } = NETWORK_PRESETS["max-pooling"].settings.network;
const relu = DEFAULT_NETWORK.network.activation;
const CASES: Readonly<Record<string, Partial<NetworkSpec>>> = {
  default: {},
  "max pooling": { pool },
  "average pooling": { pool: { ...pool!, kind: "avg" } },
  "padding on four sides": { padding: [2, 0, 1, 3] },
  same: { padding: "same", stride: [2, 1], kH: 4 },
  reflect: { padding: 2, padMode: "reflect" },
  replicate: { padding: 2, padMode: "replicate" },
  circular: { padding: 2, padMode: "circular" },
  "turned kernels": { flip: true, kW: 2 },
  "strides and dilation": { stride: [1, 2], dilation: [2, 1] },
  rectangles: { H: 9, W: 6, kH: 2, kW: 4, F: 3, classes: 7 },
  "leaky ReLU": { activation: { name: "leaky-relu", alpha: 0.2 } },
  sigmoid: { activation: { ...relu, name: "sigmoid" } },
  tanh: { activation: { ...relu, name: "tanh" } },
  linear: { activation: { ...relu, name: "linear" } },
};

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** Runs scripts with the weights beside them; tells for each the error it ended with, or "". */
function errorsOf(scripts: readonly { code: string; weights: Uint8Array }[]): string[] {
  const program = `${TORCH_MODULES}
import base64, io, json
errors = []
load = np.load
for script in json.load(sys.stdin):
    def stored(name):
        assert name == "${WEIGHTS_FILE}"
        return load(io.BytesIO(base64.b64decode(script["weights"])))
    np.load, sys.argv = stored, ["network.py"]
    try:
        exec(compile(script["code"], "network.py", "exec"), {"print": lambda *_: None})
        errors.append("")
    except BaseException as error:
        errors.append(type(error).__name__ + " " + str(error))
print(json.dumps(errors))`;
  const input = JSON.stringify(
    scripts.map(({ code, weights }) => ({
      code,
      weights: Buffer.from(weights).toString("base64"),
    })),
  );
  const { stdout, stderr } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.runIf(hasNumpy)("the script", () => {
  const networks = Object.values(CASES).map(networkWith);
  const scripts = networks.map((network) => ({
    code: pytorchCode(network),
    weights: weightsFile(network),
  }));
  const named = (errors: readonly string[]) =>
    Object.fromEntries(Object.keys(CASES).map((name, i) => [name, errors[i]]));
  const each = (says: string) => named(Object.keys(CASES).map(() => says));

  test("finds the logits of the engine", () => {
    expect(named(errorsOf(scripts))).toEqual(each(""));
  });

  test("says so when the weights are others", () => {
    const others = networks.map(({ spec }) => weightsFile(initialNetwork(spec, "normal", 5)));
    const mixed = scripts.map(({ code }, i) => ({ code, weights: others[i]! }));
    expect(named(errorsOf(mixed))).toEqual(
      each("AssertionError these are not the weights of this script"),
    );
  });
});

test("reads as one would write it", () => {
  const code = pytorchCode(networkWith({ pool, hidden: 16 }));
  expect(code).toContain(`network = nn.Sequential(
    nn.Conv2d(1, 4, (3, 3), stride=(1, 1), dilation=(1, 1)),  # N × 4 × 6 × 6
    nn.ReLU(),  # N × 4 × 6 × 6
    nn.MaxPool2d((2, 2), stride=(2, 2), padding=(0, 0), dilation=(1, 1), ceil_mode=False),  # N × 4 × 3 × 3
    nn.Flatten(),  # N × 36
    nn.Linear(36, 16),  # N × 16
    nn.ReLU(),  # N × 16
    nn.Linear(16, 10),  # N × 10
).double()`);
});

test("what PyTorch has not is refused", () => {
  const lopsided = networkWith({ pool: { ...pool!, padding: [1, 0, 0, 0] } });
  expect(refusalOf(() => pytorchCode(lopsided)).field).toBe("pool");
  const spread = networkWith({ pool: { ...pool!, kind: "avg", dilation: [2, 1] } });
  expect(refusalOf(() => pytorchCode(spread)).field).toBe("pool");
});
