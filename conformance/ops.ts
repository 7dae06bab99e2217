import { activation } from "./ops/activation.ts";
import type { Op } from "./ops/ask.ts";
import { col2imOp } from "./ops/col2im.ts";
import { conv2d, conv2dBackward } from "./ops/conv2d.ts";
import { convTranspose } from "./ops/convTranspose2d.ts";
import { gradcheck } from "./ops/gradcheck.ts";
import { im2colConv } from "./ops/im2colConv.ts";
import { indexConvSigmoid } from "./ops/indexConvSigmoid.ts";
import { layerNHWC } from "./ops/layerNHWC.ts";
import { gemm, linearOp } from "./ops/linear.ts";
import { pad2dOp } from "./ops/pad2d.ts";
import { avgPool2d, maxPool2d, pool2dOp } from "./ops/pool2d.ts";
import { sgd } from "./ops/sgd.ts";
import { shape } from "./ops/shape.ts";
import { crossEntropy, logSoftmaxOp, softmaxOp } from "./ops/softmax.ts";
import { training } from "./ops/training.ts";
import { trainingTiny } from "./ops/trainingTiny.ts";

/** Every op that the engine can be held to. Cases of other ops are skipped, and counted so. */
export const OPS: Readonly<Record<string, Op>> = {
  conv2d,
  conv2dBackward,
  convTranspose2d: convTranspose,
  col2im: col2imOp,
  pad2d: pad2dOp,
  activation,
  sgd,
  layerNHWC,
  im2colConv,
  indexConvSigmoid,
  shape,
  pool2d: pool2dOp,
  maxPool2d,
  avgPool2d,
  softmax: softmaxOp,
  logSoftmax: logSoftmaxOp,
  softmaxCrossEntropy: crossEntropy,
  linear: linearOp,
  gemm,
  training,
  trainingTiny,
  gradcheck,
};
