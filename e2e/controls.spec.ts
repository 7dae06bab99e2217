import { expect, type Locator, type Page, test } from "@playwright/test";
import {
  ACTIVATIONS,
  type Activation,
  type ActivationName,
  checkDocument,
  clearInput,
  type Document,
  divisors,
  EXAMPLES,
  formatInputWord,
  formatKernelWord,
  full,
  IMAGES,
  type ImageName,
  type ImageRow,
  KERNELS,
  type KernelName,
  type KernelRow,
  kernelSum,
  PAD_MODES,
  PADDING_WORDS,
  type PaddingWord,
  type PadMode,
  ravel,
  resizeInput,
  resizeKernel,
  type Settings,
  type Sides,
  setBatch,
  setCells,
  setChannels,
  setFilters,
  setGroups,
  setInputWord,
  setKernelWord,
  setSeed,
  setSettings,
  sizeOf,
  tidyActivation,
} from "#engine";
import { holds, KEYS } from "../app/shell/keys.ts";
import {
  brush,
  choose,
  documentOf,
  expectFigure,
  expectLink,
  expectNumbers,
  expectRefusal,
  field,
  geometryPanel,
  inputPanel,
  kernelPanel,
  openAtEnd,
  pick,
  refusalOf,
  type,
} from "./settings.ts";
import { cell, grid, notices, open, slider } from "./support.ts";

/** A rectangle, so that rows and columns cannot be taken for each other. */
const RECTANGLE = "input=random:7x9:seed=3&kernel=sobel-x&stride=2&padding=1";

/** Four channels and four filters. */
const DEEP = "input=random:5x6:seed=8&channels=4&kernel=random:seed=9&filters=4&padding=1";

/** What a person does, and the same edit by the engine. */
type Change = readonly [
  what: string,
  act: (page: Page) => Promise<unknown>,
  edit: (document: Document) => Document,
];

/** One change after another, each from where the last one led; after each the whole page agrees. */
async function walk(page: Page, start: Document, changes: readonly Change[]): Promise<Document> {
  let document = start;
  for (const [what, act, edit] of changes)
    await test.step(what, async () => {
      await act(page);
      document = edit(document);
      await expectFigure(page, document);
    });
  return document;
}

test("every preset is the kernel of that name", async ({ page }) => {
  const start = await openAtEnd(page, RECTANGLE);
  const names = Object.keys(KERNELS) as KernelName[];
  await walk(
    page,
    start,
    names.map(
      (name): Change => [
        name,
        async () => {
          await choose(page, "Kernel", KERNELS[name].label);
          await expect(kernelPanel(page).getByText(KERNELS[name].why)).toBeVisible();
        },
        (document) => setKernelWord(document, name),
      ],
    ),
  );
});

test("a preset that takes a number or a seed is made with it", async ({ page }) => {
  const seeds = (Object.keys(KERNELS) as KernelName[]).filter((name) => {
    const row: KernelRow = KERNELS[name];
    return row.seeded ?? row.argument;
  });
  const changes = seeds.flatMap((name): Change[] => {
    const row: KernelRow = KERNELS[name];
    const word = { name, size: null, argument: row.argument?.initial ?? 0, seed: 1 };
    const chosen: Change = [
      name,
      () => choose(page, "Kernel", KERNELS[name].label),
      (document) => setKernelWord(document, name),
    ];
    const argument: Change = [
      "its number",
      () => type(kernelPanel(page), titled(row.argument!.meaning), "45"),
      (document) => setKernelWord(document, formatKernelWord({ ...word, argument: 45 })),
    ];
    const seed: Change = [
      "its seed",
      () => type(kernelPanel(page), "Seed", "77"),
      (document) => setKernelWord(document, formatKernelWord({ ...word, seed: 77 })),
    ];
    return [chosen, ...(row.argument ? [argument] : []), ...(row.seeded ? [seed] : [])];
  });
  expect(changes.length).toBeGreaterThan(2);
  await walk(page, await openAtEnd(page, RECTANGLE), changes);
});

/** “the digit” as the label of a field. */
function titled(meaning: string): string {
  const bare = meaning.replace(/^the /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

test("the kernel has any size, also an even one and 1 × 1", async ({ page }) => {
  const size = (k: string) => choose(page, "Kernel size", k);
  const rows = (k: string) => type(kernelPanel(page), "Rows of the kernel", k);
  const columns = (k: string) => type(kernelPanel(page), "Columns of the kernel", k);
  await walk(page, await openAtEnd(page, RECTANGLE), [
    ["5 × 5", () => size("5×5"), (document) => resizeKernel(document, 5, 5)],
    ["7 × 7", () => size("7×7"), (document) => resizeKernel(document, 7, 7)],
    ["1 × 1", () => size("1×1"), (document) => resizeKernel(document, 1, 1)],
    ["another kernel", () => choose(page, "Kernel", KERNELS.random.label), toRandom],
    ["other", () => size("other"), (document) => document],
    ["2 rows", () => rows("2"), (document) => resizeKernel(document, 2, 1)],
    ["4 columns", () => columns("4"), (document) => resizeKernel(document, 2, 4)],
    ["4 rows", () => rows("4"), (document) => resizeKernel(document, 4, 4)],
    ["1 row", () => rows("1"), (document) => resizeKernel(document, 1, 4)],
  ]);
});

/** A kernel that is there at any size, at the size there is. */
function toRandom(document: Document): Document {
  const [, , kH, kW] = document.kernel.tensor.shape as [number, number, number, number];
  return setKernelWord(document, `random:${kH}x${kW}`);
}

test("weights are painted and typed in the kernel editor", async ({ page }) => {
  const start = await openAtEnd(page, RECTANGLE);
  const editor = kernelPanel(page).getByRole("grid", { name: "Kernel editor" });
  const weight = (row: number, column: number) => editor.locator(`[data-at="${row} ${column}"]`);
  const [, , kH, kW] = start.kernel.tensor.shape as [number, number, number, number];
  const at = (row: number, column: number) => ravel([kH, kW], [row, column]);
  const set = (index: number, value: number) => (document: Document) =>
    setCells(document, "W", [index], value);
  const last = at(kH - 1, kW - 1);
  const end = await walk(page, start, [
    [
      "painted with a value to pick",
      async () => {
        await page.keyboard.press("b");
        await brush(kernelPanel(page)).getByRole("radio", { name: "−2", exact: true }).check();
        await weight(0, 1).click();
      },
      set(at(0, 1), -2),
    ],
    [
      "painted with any value",
      async () => {
        await brush(kernelPanel(page)).getByRole("textbox").fill("2.5");
        await weight(2, 0).click();
      },
      set(at(2, 0), 2.5),
    ],
    [
      "typed",
      async () => {
        await weight(kH - 1, kW - 1).focus();
        await page.keyboard.type("-0.25");
        await page.keyboard.press("Enter");
      },
      set(last, -0.25),
    ],
    [
      "typed in the picture",
      async () => {
        await cell(page, "W", 1, 1).focus();
        await page.keyboard.type("7");
        await page.keyboard.press("Enter");
      },
      set(at(1, 1), 7),
    ],
    [
      "given up with Escape",
      async () => {
        await weight(0, 0).focus();
        await page.keyboard.type("99");
        await page.keyboard.press("Escape");
      },
      (document) => document,
    ],
  ]);
  const numbers = Array.from(end.kernel.tensor.data, (v) => full(v));
  await expect(editor.getByRole("gridcell")).toHaveText(numbers);
  await expect(kernelPanel(page).getByText("drawn by hand").first()).toBeAttached();
  await expect(kernelPanel(page)).toContainText(`sum ${full(kernelSum(end.kernel.tensor.data))}`);
});

test("each filter has a preset and a bias of its own", async ({ page }) => {
  const start = await openAtEnd(page, RECTANGLE);
  const names = ["sharpen", "sobel-y", "emboss"] as const;
  await type(kernelPanel(page), "Filters", String(names.length));
  let document = setFilters(start, names.length);
  await expectFigure(page, document);

  // With a filter goes the step: to the same place of that filter's plane of Y.
  const lastOf = (f: number) => {
    const [, , oH, oW] = checkDocument(document).shapes.Y as [number, number, number, number];
    return ravel([names.length, oH, oW], [f, oH - 1, oW - 1]);
  };
  const chosen: KernelName[] = names.map(() => "sobel-x");
  for (const [f, name] of names.entries())
    await test.step(`filter ${f}: ${name}`, async () => {
      await pick(kernelPanel(page), "Filter", `f ${f}`);
      await choose(page, `Kernel of filter ${f}`, KERNELS[name].label);
      chosen[f] = name;
      document = setKernelWord(document, chosen.join("||"));
      await expectFigure(page, document, lastOf(f));
      await type(kernelPanel(page), `Bias ${f}`, `${f - 0.5}`);
      document = setCells(document, "b", [f], f - 0.5);
      await expectFigure(page, document, lastOf(f));
    });

  await test.step("one filter again", async () => {
    await type(kernelPanel(page), "Filters", "1");
    document = setFilters(document, 1);
    await expectFigure(page, document);
  });
});

test("bias and flip", async ({ page }) => {
  const flip = page.getByRole("checkbox", { name: "flip (true convolution)" });
  const flipped = (to: boolean) => (document: Document) => setSettings(document, { flip: to });
  await walk(page, await openAtEnd(page, RECTANGLE), [
    ["a bias", () => type(kernelPanel(page), "Bias", "-3.5"), (d) => setCells(d, "b", [0], -3.5)],
    ["flipped", () => flip.check(), flipped(true)],
    ["a bias of 0", () => type(kernelPanel(page), "Bias", "0"), (d) => setCells(d, "b", [0], 0)],
    ["not flipped", () => flip.uncheck(), flipped(false)],
  ]);
});

/** A change of settings in the Geometry panel. */
function setting(
  what: string,
  act: (panel: Locator) => Promise<unknown>,
  part: Partial<Settings>,
): Change {
  return [what, (page) => act(geometryPanel(page)), (document) => setSettings(document, part)];
}

test("stride and dilation, for both axes and for each", async ({ page }) => {
  const perAxis = (label: string) => (panel: Locator) =>
    panel.getByRole("button", { name: `${label}: per axis` }).click();
  await walk(page, await openAtEnd(page, RECTANGLE), [
    setting("stride 1", (panel) => type(panel, "Stride", "1"), { stride: [1, 1] }),
    setting("stride 3", (panel) => type(panel, "Stride", "3"), { stride: [3, 3] }),
    setting("stride per axis", perAxis("Stride"), {}),
    setting("2 down", (panel) => type(panel, "Stride, vertical", "2"), { stride: [2, 3] }),
    setting("4 across", (panel) => type(panel, "Stride, horizontal", "4"), { stride: [2, 4] }),
    setting("one stride again", perAxis("Stride"), { stride: [2, 2] }),
    setting("dilation 2", (panel) => type(panel, "Dilation", "2"), { dilation: [2, 2] }),
    setting("dilation per axis", perAxis("Dilation"), {}),
    setting("3 down", (panel) => type(panel, "Dilation, vertical", "3"), { dilation: [3, 2] }),
    setting("1 across", (panel) => type(panel, "Dilation, horizontal", "1"), { dilation: [3, 1] }),
  ]);
});

test("a number is stepped by its buttons and by the arrow keys", async ({ page }) => {
  const step = (key: string) => (panel: Locator) => field(panel, "Stride").press(key);
  const button = (name: string) => async (panel: Locator) => {
    await field(panel, "Stride").hover();
    await panel.getByRole("button", { name: `Stride: ${name}` }).click();
  };
  await walk(page, await openAtEnd(page, RECTANGLE), [
    setting("up", step("ArrowUp"), { stride: [3, 3] }),
    setting("down", step("ArrowDown"), { stride: [2, 2] }),
    setting("more", button("more"), { stride: [3, 3] }),
    setting("less", button("less"), { stride: [2, 2] }),
  ]);
});

test("padding as a number, a word and four sides", async ({ page }) => {
  const kind = (option: string) => (panel: Locator) => choose(panel, "Kind of padding", option);
  const words = (Object.keys(PADDING_WORDS) as PaddingWord[]).map((word) =>
    setting(word, kind(word), { padding: word }),
  );
  const start = await openAtEnd(page, RECTANGLE);
  const end = await walk(page, start, [
    setting("3", (panel) => type(panel, "Padding", "3"), { padding: 3 }),
    setting("0", (panel) => type(panel, "Padding", "0"), { padding: 0 }),
    ...words,
  ]);
  // Four sides start from what the word came to.
  const { rows, columns } = checkDocument(end);
  const sides = [rows.before, columns.after, rows.after, columns.before] as const;
  await walk(page, end, [
    setting("four sides", kind("four sides"), { padding: sides }),
    ...(["top", "right", "bottom", "left"] as const).map((side, i) =>
      setting(side, (panel) => type(panel, side, String(i)), {
        padding: sides.map((before, s) => (s <= i ? s : before)) as unknown as Sides,
      }),
    ),
    setting("a number", kind("number"), { padding: 0 }),
  ]);
});

test("every pad mode fills the ring its way", async ({ page }) => {
  const start = await openAtEnd(page, RECTANGLE.replace("padding=1", "padding=2,1,3,2"));
  const modes = Object.keys(PAD_MODES) as PadMode[];
  await walk(
    page,
    start,
    [...modes.slice(1), modes[0]!].map((padMode) =>
      setting(padMode, (panel) => choose(panel, "Pad mode", PAD_MODES[padMode].label), { padMode }),
    ),
  );
});

test("groups share out channels and filters", async ({ page }) => {
  const start = await openAtEnd(page, DEEP);
  const offered = divisors(4, 4);
  expect(offered.length).toBeGreaterThan(2);
  await expect(
    geometryPanel(page).getByRole("combobox", { name: "Groups" }).getByRole("option"),
  ).toHaveText(offered.map(String));
  await walk(
    page,
    start,
    [...offered.slice(1), 1].map((groups) =>
      setting(`${groups}`, (panel) => choose(panel, "Groups", `${groups}`), { groups }),
    ),
  );
});

test("every activation bends the sums, with its parameter where it has one", async ({ page }) => {
  const names = Object.keys(ACTIVATIONS) as ActivationName[];
  const changes = [...names.slice(1), names[0]!].flatMap((name): Change[] => {
    const row: Activation = ACTIVATIONS[name];
    const chosen = setting(name, (panel) => choose(panel, "Activation", row.label), {
      activation: tidyActivation({ name }),
    });
    if (!row.alpha) return [chosen];
    const label = `α, ${row.alpha.meaning}`;
    const alpha = row.alpha.initial + 0.25;
    return [
      chosen,
      setting(`${label} ${alpha}`, (panel) => type(panel, label, String(alpha)), {
        activation: { name, alpha },
      }),
    ];
  });
  await walk(page, await openAtEnd(page, RECTANGLE), changes);
});

test.describe("a setting that is impossible", () => {
  const SMALL = "input=counting:4x5&kernel=ones&stride=1&padding=1";

  /** What is tried, what the engine says of it, and what is possible next. */
  interface Impossible {
    readonly what: string;
    readonly link: string;
    readonly act: (page: Page) => Promise<unknown>;
    readonly edit: (document: Document) => Document;
    /** The control where the reason stands. */
    readonly control: (page: Page) => Locator;
    readonly next: Change;
  }

  const rows = (page: Page) => field(kernelPanel(page), "Rows of the kernel");
  const WORDS: readonly Impossible[] = [
    {
      what: "a kernel larger than the padded input",
      link: "input=counting:4x5&kernel=ones:2x3",
      act: (page) => type(kernelPanel(page), "Rows of the kernel", "5"),
      edit: (document) => resizeKernel(document, 5, 3),
      control: rows,
      next: [
        "more padding",
        (page) => type(geometryPanel(page), "Padding", "1"),
        (document) => setSettings(resizeKernel(document, 5, 3), { padding: 1 }),
      ],
    },
    {
      what: "a dilation that makes the kernel reach too far",
      link: SMALL,
      act: (page) => type(geometryPanel(page), "Dilation", "4"),
      edit: (document) => setSettings(document, { dilation: [4, 4] }),
      control: (page) => field(geometryPanel(page), "Dilation"),
      next: [
        "a smaller dilation",
        (page) => type(geometryPanel(page), "Dilation", "2"),
        (document) => setSettings(document, { dilation: [2, 2] }),
      ],
    },
    {
      what: "reflect padding that is too large",
      link: `${SMALL}&mode=reflect`,
      act: (page) => type(geometryPanel(page), "Padding", "4"),
      edit: (document) => setSettings(document, { padding: 4 }),
      control: (page) => field(geometryPanel(page), "Padding"),
      next: [
        "another pad mode",
        (page) => choose(geometryPanel(page), "Pad mode", PAD_MODES.replicate.label),
        (document) => setSettings(document, { padding: 4, padMode: "replicate" }),
      ],
    },
    {
      what: "channels that the groups do not divide",
      link: "input=random:5x5:seed=3&channels=4&kernel=random:seed=4&filters=4&groups=2",
      act: (page) => type(inputPanel(page), "Channels", "3"),
      edit: (document) => setChannels(document, 3),
      control: (page) => geometryPanel(page).getByRole("combobox", { name: "Groups" }),
      next: [
        "channels they divide",
        (page) => type(inputPanel(page), "Channels", "6"),
        (document) => setChannels(document, 6),
      ],
    },
    {
      what: "filters that the groups do not divide",
      link: "input=random:5x5:seed=3&channels=4&kernel=random:seed=4&filters=4&groups=2",
      act: (page) => type(kernelPanel(page), "Filters", "5"),
      edit: (document) => setFilters(document, 5),
      control: (page) => geometryPanel(page).getByRole("combobox", { name: "Groups" }),
      next: [
        "one group",
        (page) => choose(geometryPanel(page), "Groups", "1"),
        (document) => setGroups(document, 1),
      ],
    },
  ];

  for (const { what, link, act, edit, control, next } of WORDS)
    test(`${what}: said where, why and what to do, and the picture stands`, async ({ page }) => {
      const start = await openAtEnd(page, link);
      await act(page);
      await expectRefusal(
        page,
        refusalOf(() => edit(start)),
      );
      await expect(control(page)).toHaveAttribute("aria-invalid", "true");
      await expect(control(page)).toHaveAccessibleDescription(/\w/);
      await expectNumbers(page, start);
      await expectLink(page, start);
      await walk(page, start, [next]);
      await expect(notices(page)).toBeEmpty();
      await expect(page.locator('[aria-invalid="true"]')).toHaveCount(0);
    });

  test("is given up by a button, and the fields are as before", async ({ page }) => {
    const start = await openAtEnd(page, SMALL);
    await type(geometryPanel(page), "Dilation", "4");
    await expect(notices(page)).not.toBeEmpty();
    await notices(page).getByRole("button", { name: "Back to what worked" }).click();
    await expect(notices(page)).toBeEmpty();
    await expect(field(geometryPanel(page), "Dilation")).toHaveValue("1");
    await expectFigure(page, start);
  });

  test("is what a field cannot read: said at the field, and the picture stands", async ({
    page,
  }) => {
    const typed = [
      ["Stride", "0", /0 is too small: 1 or more/],
      ["Stride", "-2", /-2 is too small: 1 or more/],
      ["Stride", "1.5", /1.5 is not a whole number/],
      ["Stride", "two", /“two” is not a whole number such as 3/],
      ["Stride", "", /Empty: a whole number such as 3 is needed/],
      ["Padding", "1e999", /“1e999” is not a whole number/],
      ["Padding", "-1", /-1 is too small: 0 or more/],
      ["Dilation", "<b>", /“<b>” is not a whole number/],
    ] as const;
    const start = await openAtEnd(page, SMALL);
    const wrong = page.locator('[aria-invalid="true"]');
    for (const [label, text, says] of typed)
      await test.step(`“${text}” as ${label}`, async () => {
        const at = field(geometryPanel(page), label);
        const before = await at.inputValue();
        await type(geometryPanel(page), label, text);
        await expect(at).toHaveAttribute("aria-invalid", "true");
        await expect(at).toHaveAccessibleDescription(says);
        await expectFigure(page, start);
        await at.press("Escape");
        await expect(wrong).toHaveCount(0);
        await expect(at).toHaveValue(before);
      });

    await test.step("and the next possible setting is taken", async () => {
      await type(geometryPanel(page), "Stride", "0");
      await expect(wrong).toHaveCount(1);
      await type(geometryPanel(page), "Stride", "2");
      await expect(wrong).toHaveCount(0);
      await expectFigure(page, setSettings(start, { stride: [2, 2] }));
    });
  });
});

test("everything that is set is taken back and done again, step by step", async ({ page }) => {
  const button = (name: string) => inputPanel(page).getByRole("button", { name });
  const changes: Change[] = [
    setting("stride", (panel) => type(panel, "Stride", "1"), { stride: [1, 1] }),
    [
      "kernel",
      () => choose(page, "Kernel", KERNELS.sharpen.label),
      (document) => setKernelWord(document, "sharpen"),
    ],
    ["bias", () => type(kernelPanel(page), "Bias", "4"), (d) => setCells(d, "b", [0], 4)],
    ["input", () => button("Clear").click(), clearInput],
  ];
  const start = await openAtEnd(page, RECTANGLE);
  await expect(button("Undo")).toBeDisabled();
  await expect(button("Redo")).toBeDisabled();
  await walk(page, start, changes);
  const documents = [start];
  for (const [, , edit] of changes) documents.push(edit(documents.at(-1)!));
  const back = documents.slice(0, -1).reverse();
  const on = documents.slice(1);

  await test.step("by buttons", async () => {
    for (const document of back) {
      await button("Undo").click();
      await expectFigure(page, document);
    }
    await expect(button("Undo")).toBeDisabled();
    for (const document of on) {
      await button("Redo").click();
      await expectFigure(page, document);
    }
    await expect(button("Redo")).toBeDisabled();
  });

  await test.step("by keys", async () => {
    await page.getByRole("main").getByRole("button", { name: "Zoom in" }).focus();
    for (const document of back) {
      await page.keyboard.press("Control+z");
      await expectFigure(page, document);
    }
    for (const document of on.slice(0, 2)) {
      await page.keyboard.press("Control+y");
      await expectFigure(page, document);
    }
    for (const document of on.slice(2)) {
      await page.keyboard.press("Control+Shift+z");
      await expectFigure(page, document);
    }
  });

  await test.step("what is done instead takes the place of what was taken back", async () => {
    await button("Undo").click();
    await type(kernelPanel(page), "Bias", "5");
    await expectFigure(page, setCells(on[2]!, "b", [0], 5));
    await expect(button("Redo")).toBeDisabled();
  });
});

test("every generator is a sample, with its number and its seed", async ({ page }) => {
  const panel = inputPanel(page);
  const number = (name: ImageName) => {
    const { argument }: ImageRow = IMAGES[name];
    return argument ? [[argument.meaning, argument.initial + 1] as const] : [];
  };
  const changes = (Object.keys(IMAGES) as ImageName[]).flatMap((name): Change[] => {
    const row: ImageRow = IMAGES[name];
    const word = { name, size: null, argument: row.argument?.initial ?? 0, seed: 1 };
    return [
      [
        name,
        async () => {
          await panel.getByRole("button", { name: row.label, exact: true }).click();
          await expect(panel.getByText(row.why)).toBeVisible();
        },
        (document) => setInputWord(document, name),
      ],
      ...number(name).map(
        ([meaning, argument]): Change => [
          `${name}: ${meaning}`,
          () => type(panel, titled(meaning), `${argument}`),
          (document) => setInputWord(document, formatInputWord({ ...word, argument })),
        ],
      ),
      ...(row.seeded
        ? [
            [
              `${name}: seed`,
              () => type(panel, "Seed", "12"),
              (document) => setInputWord(document, formatInputWord({ ...word, seed: 12 })),
            ] satisfies Change,
          ]
        : []),
    ];
  });
  const start = await openAtEnd(page, RECTANGLE);
  await pick(panel, "Where the input comes from", "Samples");
  await walk(page, start, changes);
});

test("a new seed is another picture, and the link names it", async ({ page }) => {
  const start = await openAtEnd(page, RECTANGLE);
  await pick(inputPanel(page), "Where the input comes from", "Samples");
  await inputPanel(page).getByRole("button", { name: "New seed" }).click();
  await expect(field(inputPanel(page), "Seed")).not.toHaveValue("3");
  const seed = Number(await field(inputPanel(page), "Seed").inputValue());
  await expectFigure(page, setSeed(start, "X", seed));
});

test("the input has any size, channels and batch", async ({ page }) => {
  const panel = inputPanel(page);
  await walk(page, await openAtEnd(page, RECTANGLE), [
    ["rows", () => type(panel, "Rows of the input", "4"), (d) => resizeInput(d, 4, 9)],
    ["columns", () => type(panel, "Columns of the input", "6"), (d) => resizeInput(d, 4, 6)],
    ["channels", () => type(panel, "Channels", "2"), (d) => setChannels(d, 2)],
    ["batch", () => type(panel, "Batch", "3"), (d) => setBatch(d, 3)],
    ["one channel", () => type(panel, "Channels", "1"), (d) => setChannels(d, 1)],
    ["no batch", () => type(panel, "Batch", "1"), (d) => setBatch(d, 1)],
  ]);
});

test("the menu opens every example, and it shows the engine's numbers", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await open(page);
  for (const { label, why, link } of Object.values(EXAMPLES))
    await test.step(label, async () => {
      await page.getByRole("button", { name: "Examples" }).click();
      const dialog = page.getByRole("dialog", { name: "Examples" });
      await dialog.getByRole("button", { name: label }).filter({ hasText: why }).click();
      await expect(dialog).toBeHidden();
      const document = await documentOf(link);
      const asked = Number(new URLSearchParams(link).get("step") ?? 1) - 1;
      const last = sizeOf(checkDocument(document).shapes.Y) - 1;
      await expectLink(page, document); // it is open, in whatever lens; the first shows what support.ts knows
      await page.keyboard.press("1");
      await expect(grid(page, "Result")).toBeVisible();
      await slider(page).fill(String(Math.min(asked, last) + 1));
      await expectNumbers(page, document, Math.min(asked, last));
      await expect(notices(page)).toBeEmpty();
    });
  expect(errors).toEqual([]);
});

test("a shared link opens the same figure at the same step", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await open(page, RECTANGLE);
  await type(kernelPanel(page), "Bias", "-1.5");
  await cell(page, "W", 1, 1).focus();
  await page.keyboard.type("6");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Step on" }).click();
  const biased = setCells(await documentOf(RECTANGLE), "b", [0], -1.5);
  const document = setCells(biased, "W", [4], 6);
  await expectNumbers(page, document, 1);

  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this figure" });
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The link is on the clipboard.");
  const link = await copied();
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(link);
  expect(link.startsWith(baseURL!)).toBe(true);

  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The Markdown is on the clipboard.");
  expect(await copied()).toContain(`](<${link}>)`);
  await dialog.getByRole("button", { name: "Copy as HTML" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The HTML is on the clipboard.");
  const shown = await page.evaluate(
    (html) => new DOMParser().parseFromString(html, "text/html").querySelector("a")?.href,
    await copied(),
  );
  expect(shown).toBe(link);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();

  const other = await context.newPage();
  await other.goto(link);
  await expectNumbers(other, document, 1);
  await expectLink(other, document);
  expect(new URL(other.url()).searchParams.get("step")).toBe("2");
  await expect(notices(other)).toBeEmpty();
});

test("the list of keys names every key, and Escape puts it away", async ({ page }) => {
  await open(page);
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await page.getByRole("button", { name: "Keys" }).click();
  const rows = KEYS.filter((row) => holds(row, null));
  await expect(dialog.getByRole("row")).toHaveCount(rows.length);
  for (const { does } of rows)
    await expect(dialog.getByRole("cell", { name: does, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Keys" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
