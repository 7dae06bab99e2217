import { OPENING_LINK } from "./openingLink.ts";

export interface ExampleRow {
  readonly label: string;
  /** What to look at. */
  readonly why: string;
  /** The words of an address, as `writeAddress` writes them. */
  readonly link: string;
  /** The heading under which the menu has it, with those of the same group; absent: it stands with the first ones. */
  readonly group?: string;
}

/** One layer in the four ways in which courses write it. */
const TAUGHT = "Four ways to write it";

/** Small things worth seeing. A row is an entry of the menu, a test and a picture. */
export const EXAMPLES = {
  opening: {
    label: "Edges of a seven",
    why: "Stride 2 and padding 1: windows overlap, some stand half in the padding, and the last row and column are never read.",
    link: OPENING_LINK,
  },
  textbook: {
    label: "The textbook matrix",
    why: "A 3 × 3 kernel slides over 1 to 16 without padding: four places, four sums of nine products.",
    link: "input=counting&kernel=ones",
  },
  difference: {
    label: "The slope of a ramp",
    why: "The numbers grow by 1 to the right, so the Sobel kernel answers 8 everywhere.",
    link: "input=ramp:5x7&kernel=sobel-x",
  },
  impulse: {
    label: "What comes out of a single 1",
    why: "Libraries do not flip the kernel, so a single 1 gives it back turned by 180°.",
    link: "input=impulse&kernel=1+2+3;4+5+6;7+8+9&padding=1",
  },
  flip: {
    label: "True convolution",
    why: "The kernel is flipped before it slides, so a single 1 gives it back as it is.",
    link: "input=impulse&kernel=1+2+3;4+5+6;7+8+9&flip=true&padding=1",
  },
  overlap: {
    label: "Overlapping windows",
    why: "A kernel of three and a stride of two: neighbours share a row or a column of pixels. On the way back every window adds a 1 to its pixels, so dX counts the windows: 4 of them read the pixel in the middle.",
    link: "lens=scatter&input=counting:5x5&kernel=ones&stride=2&delta=ones",
  },
  remainder: {
    label: "A stride that does not divide",
    why: "Seven columns, a kernel of two and a stride of three: the last two columns are read by no window.",
    link: "input=counting:4x7&kernel=ones:2x2&stride=2,3",
  },
  "same-even": {
    label: "Same padding with an even kernel",
    why: "One row and one column of zeros are enough, and they stand below and to the right.",
    link: "input=counting&kernel=roberts&padding=same",
  },
  full: {
    label: "Full padding",
    why: "Every place where the kernel touches the input at all: the output is larger than the input.",
    link: "input=ones:3x4&kernel=ones&padding=full",
  },
  sides: {
    label: "Four different sides",
    why: "Padding is top, right, bottom, left: here two rows above, and one column on the left.",
    link: "input=counting&kernel=ones&padding=2,0,0,1",
  },
  cropped: {
    label: "More padding than the kernel needs",
    why: "With p > k − 1 some windows stand wholly in the padding. No pixel made their outputs: on the way back δ is cropped where it is otherwise padded.",
    link: "lens=rotate&input=counting:3x4&kernel=1+2;3+4&padding=2&delta=random:seed=2",
  },
  reflect: {
    label: "Reflect padding",
    why: "The ring mirrors the picture instead of darkening it, so the mean at the edge stays a mean of the picture.",
    link: "input=ramp:6x6&kernel=box&padding=1&mode=reflect",
  },
  circular: {
    label: "Circular padding",
    why: "What leaves on the right comes in on the left: the picture is a torus.",
    link: "input=stripes:2:6x8&kernel=sobel-x&padding=1&mode=circular",
  },
  dilation: {
    label: "A dilated kernel",
    why: "Nine weights two cells apart reach over 5 × 5 cells and leave gaps between them.",
    link: "input=checkerboard:1:9x9&kernel=ones&dilation=2",
  },
  pointwise: {
    label: "A 1 × 1 kernel",
    why: "No neighbours at all: every output mixes the channels of one pixel.",
    link: "input=card&kernel=1|2|1",
  },
  whole: {
    label: "A kernel as large as the input",
    why: "Only one place to stand: the layer is a dot product, as in a fully connected layer.",
    link: "input=counting:3x4&kernel=random:3x4:seed=4&bias=1",
  },
  tall: {
    label: "A tall kernel",
    why: "Three rows and one column: height and width have a size, stride and dilation each.",
    link: "input=counting:6x5&kernel=1;0;-1&stride=1,2",
  },
  colour: {
    label: "Three channels, two filters",
    why: "Each filter has a slice for red, green and blue, and each gives one channel of the output.",
    link: "input=card&kernel=sobel-x||gaussian&padding=1",
  },
  depthwise: {
    label: "Depthwise groups",
    why: "As many groups as channels: every filter reads one channel only.",
    link: "input=ramp:5x5&channels=3&kernel=sobel-x||sobel-y||laplacian&groups=3",
  },
  groups: {
    label: "Two groups",
    why: "Filters 1 and 2 read the first two channels, filters 3 and 4 the last two.",
    link: "input=random:5x5:seed=3&channels=4&kernel=random:seed=4&filters=4&groups=2",
  },
  batch: {
    label: "A batch of two",
    why: "Two examples go through the same kernel and never meet.",
    link: "input=digit:3&batch=2&kernel=outline&padding=1",
  },
  relu: {
    label: "ReLU",
    why: "What is below zero becomes 0, and nothing flows back through it.",
    link: "input=digit:4&kernel=sobel-y&bias=-9&padding=1&activation=relu",
  },
  "dead-relu": {
    label: "A dead ReLU",
    why: "The bias pulls every sum below zero, so all gates are shut: Y, δ, dX and dW are 0, and no step of training can bring the filter back.",
    link: "lens=delta&input=digit:4&kernel=sobel-y&bias=-40&padding=1&activation=relu",
  },
  rings: {
    label: "Rings through a Gaussian",
    why: "Wide rings pass and narrow ones turn gray: a Gaussian keeps what changes slowly.",
    link: "input=rings&kernel=gaussian:5x5&padding=2&mode=reflect",
  },
  aliasing: {
    label: "What a stride makes of fine rings",
    why: "Every fourth cell of narrow rings shows wide rings that are not there: blur before you stride.",
    link: "input=rings&kernel=identity:1x1&stride=4",
  },
  einsum: {
    label: "Strided view and einsum",
    why: "As code in NHWC has it: a view shows every window without a copy, and one einsum adds up rows, columns and channels, the channels last.",
    link: "lens=strides&input=card&kernel=sobel-x||gaussian&padding=1&data=nhwc&weights=hwio",
    group: TAUGHT,
  },
  rows: {
    label: "im2col in rows",
    why: "As code in NCHW has it: every window becomes a row, channel by channel, and the layer is one product with the kernels as columns.",
    link: "lens=im2col&input=card&kernel=sobel-x||gaussian&stride=2&padding=1",
    group: TAUGHT,
  },
  fancy: {
    label: "Index arrays in columns",
    why: "Three arrays of indices take all windows out at once as columns; the kernels as rows times them, and a sigmoid makes an output of each sum.",
    link: "lens=indices&input=random:4x4:seed=6&channels=2&kernel=0.5+-0.25;0.25+-0.5|0.25+0;0+-0.25||-0.25+0.5;0.25+-0.25|0+0.25;-0.25+0&activation=sigmoid",
    group: TAUGHT,
  },
  patches: {
    label: "A list of patches",
    why: "The shortest way to begin with: one channel, every patch flattened into a list, its dot product with the kernel, and a ReLU.",
    link: "lens=im2col&input=digit:4:6x6&kernel=sobel-x&activation=relu",
    group: TAUGHT,
  },
} as const satisfies Record<string, ExampleRow>;

export type ExampleName = keyof typeof EXAMPLES;
