import type { Page } from "@playwright/test";

/**
 * The least a page can do, to measure ours against: two canvases of the size of our stage, in a box that scrolls, as many
 * cells and numbers as ours paints again, the marks over them, and nothing else. It stands alone: it is sent to the page as text.
 */
export function installBare(): void {
  const WIDTH = 860;
  const HEIGHT = 700;
  const CELL = 27;
  const ROWS = 20;
  const COLUMNS = 20;

  const box = document.createElement("div");
  box.style.cssText = `position:absolute;left:264px;top:110px;width:${WIDTH}px;height:${HEIGHT}px;overflow:auto`;
  const view = document.createElement("div");
  view.style.cssText = "position:sticky;left:0;top:0";
  const sheet = document.createElement("div");
  sheet.style.height = `${4 * HEIGHT}px`;
  box.append(view, sheet);
  document.body.append(box);

  const layer = () => {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    canvas.style.cssText = "position:absolute;left:0;top:0";
    view.append(canvas);
    return canvas.getContext("2d")!;
  };
  const plate = layer();
  const over = layer();
  let step = 0;
  let painted = -1;
  let asked = false;
  let playing = false;

  function paintCells() {
    plate.clearRect(0, 0, WIDTH, HEIGHT);
    plate.font = "11px system-ui, sans-serif";
    plate.textAlign = "center";
    plate.textBaseline = "middle";
    for (let r = 0; r < ROWS; r++)
      for (let c = 0; c < COLUMNS; c++) {
        const v = (r * COLUMNS + c + step) % 20;
        plate.fillStyle = `rgb(${255 - 8 * v} ${255 - 6 * v} 255)`;
        plate.fillRect(c * CELL, r * CELL, CELL - 1, CELL - 1);
        plate.fillStyle = "#1c1c22";
        plate.fillText(String(v - 10), (c + 0.5) * CELL, (r + 0.5) * CELL);
      }
  }

  function paintMarks() {
    over.clearRect(0, 0, WIDTH, HEIGHT);
    const column = step % COLUMNS;
    const row = Math.floor(step / COLUMNS) % ROWS;
    over.strokeStyle = "#c2600a";
    over.lineWidth = 3;
    over.strokeRect(column * CELL, row * CELL, 3 * CELL, 3 * CELL);
    over.strokeStyle = "#0b7d74";
    over.lineWidth = 2;
    for (let i = 0; i < 9; i++)
      over.strokeRect((column + i) * CELL, row * CELL, CELL - 3, CELL - 3);
  }

  function paint() {
    asked = false;
    if (playing) step++;
    if (painted !== step) paintCells();
    painted = step;
    paintMarks();
    if (playing) ask();
  }

  function ask() {
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  }

  addEventListener("keydown", (event) => {
    if (event.key === " ") playing = !playing;
    else step++;
    ask();
  });
  addEventListener("pointermove", ask);
  box.addEventListener("scroll", () => {
    step++;
    ask();
  });
  ask();
}

/** Starts a worker that never rests. */
export async function occupyWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    new Worker(URL.createObjectURL(new Blob(["for (;;);"])));
  });
}
