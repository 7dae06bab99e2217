import { expect, type Page } from "@playwright/test";
import { open, test } from "./support.ts";

const panel = (page: Page) => page.getByRole("region", { name: "Agreement" });

test("all algorithms and central differences are held against each other", async ({ page }) => {
  await open(page, "input=random:16x16:seed=1&kernel=sobel-x&padding=1");
  await expect(panel(page).getByRole("listitem")).toHaveCount(4);
  await expect(panel(page)).toContainText("match central differences");
});

test("a layer too large for central differences says so", async ({ page }) => {
  await open(page, "input=random:128x128:seed=1&kernel=sobel-x&padding=1");
  await expect(panel(page).getByRole("listitem")).toHaveCount(3);
  await expect(panel(page)).toContainText(
    "This layer takes 147456 multiply-adds: central differences are taken where there are at most 100000.",
  );
});

test("a layer too large to be compared says so", async ({ page }) => {
  await open(page, "input=random:512x512:seed=1&kernel=sobel-x&padding=1");
  await expect(panel(page)).toContainText(
    "This layer takes 2359296 multiply-adds: its algorithms are compared where there are at most 1000000.",
  );
  await expect(panel(page).getByRole("listitem")).toHaveCount(0);
});
