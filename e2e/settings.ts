import { expect, type Locator, type Page } from "@playwright/test";
import {
  ADDRESS,
  ConvError,
  checkDocument,
  type Document,
  plain,
  readAddress,
  sizeFormula,
  writeAddress,
} from "#engine";
import { eventually, notices, open, platesOf, said, truthOf } from "./support.ts";

// The left column: how a person sets something, and what the whole page then says.

/** Plates of more cells spell out one row only. */
const WHOLE_UP_TO = 400;

/** The words of a link that make the document: not the step, the lens and the like. */
export function documentWords(link: string): string {
  const names = Object.keys(ADDRESS);
  const words = link.replace(/^.*\?/, "").split("&");
  return words.filter((word) => names.includes(word.split("=")[0]!)).join("&");
}

export async function documentOf(link: string): Promise<Document> {
  const { document, problems } = await readAddress(documentWords(link));
  expect(problems).toEqual([]);
  return document;
}

/** Opens a document at its last step and stays there, whatever is set: all of the last plane of Y is written. */
export async function openAtEnd(page: Page, link: string): Promise<Document> {
  const document = await documentOf(link);
  await open(page, `${(await writeAddress(document)).text}&step=1000000`);
  return document;
}

/** The picture, the formula of the size and the link say what the engine says of this document. */
export async function expectFigure(page: Page, document: Document, at?: number): Promise<void> {
  await expectNumbers(page, document, at);
  const { rows, columns } = checkDocument(document);
  const sizes = [plain(sizeFormula(rows)), plain(sizeFormula(columns))];
  await eventually(() => formulas(page), sizes);
  await expectLink(page, document);
}

/** The picture at a step, else at the last. Of many in-channels the close-up shows one. */
export async function expectNumbers(page: Page, document: Document, at?: number): Promise<void> {
  const truth = truthOf(document);
  const wanted = platesOf(truth, { step: at ?? truth.answer.y.data.length - 1 });
  const isWhole = (name: string) => (wanted[name]?.flat().length ?? 0) <= WHOLE_UP_TO;
  const always = ["X", "W", "Y", "Bias", "Result"];
  await expect(async () => {
    const shown = (await said(page)).plates;
    const names = [...new Set([...always, ...Object.keys(shown)])].filter(isWhole);
    const only = (all: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(names.map((name) => [name, all[name]]));
    expect(only(shown)).toEqual(only(wanted));
  }).toPass({ intervals: [10, 30, 60, 100, 250], timeout: 15_000 });
}

/** The formula of the rows and that of the columns; one stands for both where they are alike. */
async function formulas(page: Page): Promise<(string | undefined)[]> {
  const shown = await geometryPanel(page).locator(".formula").allTextContents();
  const texts = shown.map((text) => text.replace(/^(rows|columns) /, ""));
  return [texts[0], texts.at(-1)];
}

/** The address bar carries this document. */
export async function expectLink(page: Page, document: Document): Promise<void> {
  const { text } = await writeAddress(document);
  await eventually(async () => documentWords(page.url()), text);
}

/** Why a document is impossible, as the engine says it. */
export function refusalOf(make: () => Document): ConvError {
  try {
    checkDocument(make());
  } catch (error) {
    if (error instanceof ConvError) return error;
    throw error;
  }
  throw new Error("this is possible");
}

/** The page says which setting, why it cannot be, and what can. */
export async function expectRefusal(page: Page, { field, reason, accepted }: ConvError) {
  for (const part of [field, reason, accepted])
    await expect(notices(page).getByText(part).first()).toBeVisible();
}

export function geometryPanel(page: Page): Locator {
  return page.getByRole("region", { name: "Geometry" });
}

export function kernelPanel(page: Page): Locator {
  return page.getByRole("region", { name: "Kernel W" });
}

export function inputPanel(page: Page): Locator {
  return page.getByRole("region", { name: "Input X" });
}

/** What the brush of a panel writes: some values to pick, and a field for any other. */
export function brush(panel: Locator): Locator {
  return panel.getByRole("group", { name: /^Brush writes/ });
}

/** The field for a number, by its label; labels that two panels share are looked up in one of them. */
export function field(within: Page | Locator, label: string): Locator {
  return within.getByRole("textbox", { name: label, exact: true });
}

export async function type(within: Page | Locator, label: string, text: string): Promise<void> {
  await field(within, label).fill(text);
  await field(within, label).press("Enter");
}

export async function choose(within: Page | Locator, label: string, option: string) {
  await within.getByRole("combobox", { name: label, exact: true }).selectOption(option);
}

/** One of a few that stand side by side. */
export async function pick(within: Page | Locator, group: string, name: string): Promise<void> {
  await within
    .getByRole("group", { name: group, exact: true })
    .getByRole("radio", { name, exact: true })
    .check();
}
