// The one door of the engine: strangers import "#engine"; files inside import the neighbour file.
export { activate, deltaOf, slopeAt } from "./activate.ts";
export {
  ACTIVATIONS,
  type Activation,
  type ActivationChoice,
  type ActivationName,
  FURTHER_ACTIVATIONS,
} from "./activation.ts";
export type { AskedName } from "./address/asked.ts";
export type { ExtraMaker, ExtraMakers } from "./address/build.ts";
export {
  type Extra,
  type Problem,
  type Reading,
  readAddress,
  readWords,
  type ViewWord,
  type ViewWords,
} from "./address/read.ts";
export { ADDRESS, LONGEST_PACKED } from "./address/words.ts";
export { type Written, wordOf, writeAddress } from "./address/write.ts";
export { type Axis, isRead, positionOf, positionsOf, visitReaders } from "./axis.ts";
export { type CellRef, cellsOfKind, type Kind, TENSORS, type TensorName } from "./cell.ts";
export {
  type Agreement,
  type CentralDifferences,
  type Compared,
  MOST_COMPARED,
  MOST_DIFFERENTIATED,
} from "./conv/agreement.ts";
export {
  FORWARD,
  type ForwardRow,
  INPUT_GRADIENTS,
  type InputGradientRow,
  WEIGHT_GRADIENTS,
  type WeightGradientsRow,
} from "./conv/algorithms.ts";
export {
  type Canvas,
  type CanvasName,
  canvasCell,
  canvasOf,
  deltaAt,
  dilate,
  fullDelta,
  spreadDelta,
  trimmedDelta,
} from "./conv/canvas.ts";
export { col2im, col2imPadded, coverage, type Write } from "./conv/col2im.ts";
export {
  colAt,
  colCell,
  columnShape,
  columnsOfOutput,
  columnsOfRows,
  im2colColumns,
  im2colRows,
  outputOfColumns,
  outputOfRows,
  rowsOfOutput,
  rowsOfUnfold,
  unfold,
} from "./conv/columns.ts";
export { type DilatedAxis, dilatedAxis } from "./conv/dilated.ts";
export { channelSums, type Gradients, gradientsByTaps } from "./conv/gradients.ts";
export { gemm, rowGradient } from "./conv/im2col.ts";
export {
  addAt,
  columnGradient,
  gather,
  type IndexArrays,
  indexArrays,
  plainAdd,
} from "./conv/indexArrays.ts";
export { kernelRows, rotate180, swapChannels, windowKernels } from "./conv/kernel.ts";
export { foldPadded, padInput } from "./conv/pad.ts";
export { PAD2D_MODES, type Pad2dMode, pad2d } from "./conv/pad2d.ts";
export {
  backwardKernels,
  type RotateCanvas,
  rotateCanvas,
  rotateLayer,
  rotateSpec,
} from "./conv/rotate.ts";
export {
  forwardByView,
  MEMORIES,
  type MemoryName,
  memoryOf,
  paddedAtPlace,
  placeOfPadded,
  viewOf,
  WINDOW_ORDERS,
  type WindowAxis,
  type WindowOrder,
} from "./conv/view.ts";
export {
  adjointOf,
  type ConvTransposeLayer,
  type ConvTransposeSpec,
  checkConvTranspose,
  checkConvTransposeSpec,
  convTranspose2d,
  convTranspose2dGradients,
} from "./convTranspose.ts";
export { counterpartOf, placeOfInput, type SlotTap, tapFor } from "./counterpart.ts";
export { type Document, layerOf, type Made, type Settings, type Upstream } from "./document.ts";
export {
  type Editable,
  fillInput,
  floodFill,
  setCells,
  setUpstream,
  setUpstreamCells,
} from "./edits/cells.ts";
export {
  clearInput,
  divisors,
  filtersFor,
  resizeInput,
  resizeKernel,
  setBatch,
  setChannels,
  setFilters,
  setGroups,
  setInput,
  setInputWord,
  setKernelWord,
  setSeed,
  setSettings,
  tidyActivation,
} from "./edits/edits.ts";
export { openingDocument } from "./edits/opening.ts";
export {
  checkTraining,
  setTraining,
  type TrainingSet,
  takeUpdate,
  trainingOf,
} from "./edits/training.ts";
export {
  backward,
  UPSTREAMS,
  type UpstreamName,
  upstreamName,
  upstreamOfWord,
} from "./edits/upstream.ts";
export { ConvError, keyOf } from "./errors.ts";
export {
  axesShown,
  channelPartOf,
  hasPadding,
  heldIn,
  inputValue,
  nameOf,
  productOf,
  slotOf,
  tapAt,
  valueAt,
} from "./explain/cell.ts";
export { COL2IM_PROGRAMS } from "./explain/code/col2im.ts";
export { DELTA_PROGRAMS } from "./explain/code/delta.ts";
export { IM2COL_PROGRAMS } from "./explain/code/im2col.ts";
export { INDICES_PROGRAMS } from "./explain/code/indices.ts";
export { LANGUAGES, type LanguageName } from "./explain/code/languages.ts";
export {
  type CodeLine,
  MARKS_AT,
  type Mark,
  marksAt,
  type Program,
  type StepKind,
  sourceOf,
} from "./explain/code/program.ts";
export { ROTATE_PROGRAMS, rotateVariables } from "./explain/code/rotate.ts";
export { SCATTER_PROGRAMS, scatterVariables } from "./explain/code/scatter.ts";
export { STRIDES_PROGRAMS, stridesVariables } from "./explain/code/strides.ts";
export { UPDATE_PROGRAMS, updateVariables } from "./explain/code/update.ts";
export { WEIGHTS_PROGRAMS, weightVariables } from "./explain/code/weights.ts";
export { type ProgramRow, variablesAt, WINDOW_PROGRAMS } from "./explain/code/window.ts";
export {
  type Choices,
  dataShape,
  flatKernels,
  memoryIn,
  ORDER_OF,
  type WeightsName,
  wayIn,
  weightsIn,
  weightsShape,
} from "./explain/conventions.ts";
export { equation, operatorOf, shapeLine } from "./explain/equation.ts";
export { remainderNote, sizeFormula } from "./explain/formula.ts";
export { type IndicesAt, indicesAt } from "./explain/indices.ts";
export {
  GATHERED,
  narrateGathered,
  narrateGatheredCell,
  narrateIndexAdd,
  PRODUCTS,
} from "./explain/narration/indices.ts";
export {
  narrateAdd,
  narrateGather,
  narrateProduct,
  narratePut,
  outName,
  rowName,
} from "./explain/narration/row.ts";
export { narrateCell } from "./explain/narration.ts";
export { full, isExact, short } from "./explain/number.ts";
export {
  cellAt,
  countedIn,
  firstOfFilter,
  outputOfRow,
  placeOfCell,
  placeOfRow,
  rowAt,
  rowOfOutput,
  type Way,
} from "./explain/rows.ts";
export { conventionWords } from "./explain/stated.ts";
export { partialSums, type Sum, sumOf, type Term } from "./explain/sum.ts";
export { plain, type Role, type Sentence, type Span } from "./explain/text.ts";
export { type Twin, twinsOf } from "./explain/twins.ts";
export {
  constantText,
  inLetters,
  type UpdateSum,
  type UpdateSums,
  type UpdateTerm,
  updateSums,
} from "./explain/update.ts";
export {
  einsumLetters,
  einsumOf,
  type OffsetTerm,
  ORDER_IN,
  offsetOf,
  offsetSum,
  type ViewAxis,
  type ViewAxisName,
  viewAxes,
  viewIndices,
  viewName,
} from "./explain/view.ts";
export { biasEquation, weightEquation } from "./explain/weightEquation.ts";
export { capital, count, factor, list, range, roundingNote, say, span } from "./explain/words.ts";
export { type NamedFile, OWN_IMAGES, type OwnImages } from "./files/images.ts";
export { type DataMark, markOf } from "./files/mark.ts";
export {
  NETWORK_FILE,
  type SavedNetwork,
  saveNetwork,
} from "./files/network.ts";
export { pytorchCode, WEIGHTS_FILE } from "./files/pytorch.ts";
export { weightsFile } from "./files/weights.ts";
export { type Answer, type Backward, forward } from "./forward.ts";
export {
  type Geometry,
  geometryOf,
  inputOfPadded,
  paddedOfInput,
  readOf,
  type Tap,
  tapsOf,
  visitInput,
  visitOutput,
  visitPadded,
  visitRead,
  visitWeight,
} from "./geometry.ts";
export { checkGradient, checkLayer, type Layer } from "./layer.ts";
export { checkDocument, checkSize, LIMITS, type Size } from "./limits.ts";
export { bytesInWords, MEMORY_BUDGETS, memoryBudget, setMemoryBudget } from "./memory.ts";
export { checkDataset, checkNetwork, checkRun } from "./network/checkRun.ts";
export { type Collection, digitsCollection, settingsFor } from "./network/collection.ts";
export {
  type CrossEntropy,
  type CrossEntropyOptions,
  REDUCTIONS,
  type Reduction,
  softmaxCrossEntropy,
} from "./network/crossEntropy.ts";
export { type Dataset, orderOf, pick, sliceOf, splitAt } from "./network/dataset.ts";
export { type DeadUnits, deadUnits } from "./network/dead.ts";
export {
  AILMENTS,
  type Ailment,
  diagnose,
  type Evidence,
  type Finding,
} from "./network/diagnosis.ts";
export { DIGITS, type Digits, decodeDigits, digitsDataset } from "./network/digits.ts";
export { type Evaluation, evaluate, type Mistake } from "./network/evaluate.ts";
export {
  bytesOf,
  checkpointAt,
  type History,
  pin,
  remember,
  runAt,
  startHistory,
  upTo,
} from "./network/history.ts";
export { INITIALISATIONS, type Initialisation, initialNetwork } from "./network/initial.ts";
export {
  LAYERS,
  type LayerKind,
  type LayerRow,
  type NetworkLayer,
  type ParameterShapes,
  type Parameters,
  rowOf,
} from "./network/layers.ts";
export {
  linear,
  linearInputGradient,
  linearWeightGradients,
  type MatrixProduct,
  matrixProduct,
} from "./network/linear.ts";
export {
  checkNetworkSpec,
  layersOf,
  MOST_UNITS,
  type Network,
  type NetworkSpec,
  networkOf,
  type PoolSettings,
  shapesOf,
} from "./network/network.ts";
export {
  type Optimiser,
  slowed,
  startOptimiser,
  updateNetwork,
  withRate,
} from "./network/optimiser.ts";
export { type Back, backwardPass, forwardPass, logitsOf, type Pass } from "./network/pass.ts";
export {
  blankLevels,
  INK_LEVEL,
  imageOfLevels,
  levelsOfImage,
  levelsOfStroke,
  PENS,
  type Pen,
  type PenPoint,
  type Stroke,
  startStroke,
  strokeTo,
} from "./network/pen.ts";
export { pool2d, pool2dGradient, poolArgmax } from "./network/pool.ts";
export {
  checkPool,
  type PoolGeometry,
  type PoolSpec,
  poolGeometry,
} from "./network/poolGeometry.ts";
export { POOLS, type PoolKind } from "./network/poolKinds.ts";
export {
  beginRun,
  DEFAULT_NETWORK,
  NETWORK_PRESETS,
  type NetworkPreset,
  type TrainingSettings,
} from "./network/presets.ts";
export {
  type Course,
  nextStep,
  placeOfStep,
  type Run,
  type Stepped,
  startRun,
  stepsPerEpoch,
} from "./network/run.ts";
export { documentOfStep } from "./network/sample.ts";
export { logSoftmax, softmax, softmaxGradient } from "./network/softmax.ts";
export { correctOf, type Metrics, predicted, type Step, trainStep } from "./network/step.ts";
export { type Attempt, attemptStep, type Stop } from "./network/stop.ts";
export {
  PAD_MODES,
  PADDING_WORDS,
  type Padding,
  type PaddingWord,
  type PadMode,
  type Sides,
} from "./padding.ts";
export type { Argument } from "./presets/argument.ts";
export { EXAMPLES, type ExampleName, type ExampleRow } from "./presets/examples.ts";
export { IMAGES, type ImageName, type ImageRow } from "./presets/images.ts";
export { KERNELS, type KernelName, type KernelRow } from "./presets/kernels.ts";
export { OPENING_LINK, OPENING_STEP } from "./presets/openingLink.ts";
export { type Factors, kernelSum, separable } from "./presets/separable.ts";
export {
  channelsOf,
  filterWords,
  formatInputWord,
  formatKernelWord,
  isInputWord,
  isKernelWord,
  makeInput,
  makeKernel,
  nameOfWord,
  parseInputWord,
  parseKernelWord,
  type Word,
} from "./presets/words.ts";
export { type Relatives, relativesOf, slotOfWeight } from "./provenance.ts";
export { ranged, rangeOf } from "./range.ts";
export {
  checkSgd,
  rateOf,
  SGD_RULES,
  type SgdOptions,
  type SgdRow,
  type SgdRule,
  type SgdState,
  startSgd,
  stepSgd,
} from "./sgd.ts";
export { type Features, featuresHere } from "./simd/features.ts";
export { type Computed, fitsFloat32, meansOf } from "./simd/means.ts";
export { PASSES, type PassKind, type Plan, type Work } from "./simd/numbers.ts";
export { type PlanOptions, planOf } from "./simd/plan.ts";
export { type Stream, streamOf } from "./simd/stream.ts";
export {
  type Kernels,
  kernelsOf,
  MOST_EXACT,
  TIER_NAMES,
  TIERS,
  type Tier,
  tierOf,
} from "./simd/tiers.ts";
export { type ConvSpec, checkSpec, DEFAULTS, type Pair } from "./spec.ts";
export { permute, placeOf, readView, reshape, stridesOf, type View } from "./strided.ts";
export {
  maxDifference,
  type Numbers,
  ravel,
  sizeOf,
  type Tensor,
  tensor,
  unravel,
} from "./tensor.ts";
export {
  DEFAULT_TRAINING,
  type Motion,
  TRAINING_RULES,
  type Training,
  type TrainingRule,
} from "./training.ts";
export { fittingStep, type Update, updateOf } from "./update.ts";
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type EngineStatus,
  type WorkerPort,
} from "./worker/client.ts";
export type { AnswerTo, JobName, Question } from "./worker/jobs.ts";
export type { Evaluated, LastStep, Part, Predicted, Trained, Until } from "./worker/learning.ts";
export { errorOf, type Failure, failureOf } from "./worker/protocol.ts";
export { serve } from "./worker/server.ts";
export { EngineStopped, Superseded } from "./worker/stopped.ts";
export { withData } from "./worker/withData.ts";
