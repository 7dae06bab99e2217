import { type Curve, hit, type Plate, type Scene } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { cells } from "./frames.ts";

// What is wrong with a scene, as the tests of lenses ask it.

/** All that a cell shows, as one text. */
function contentAt({ valueAt, textureAt }: Plate, row: number, column: number): string {
  return `${valueAt(row, column)} ${JSON.stringify(textureAt(row, column))}`;
}

/** Which cells of a plate would be painted again after another: all, none, or what a walk has filled. */
function repainted(old: Plate, plate: Plate): (row: number, column: number) => boolean {
  const differ = plate.key.findLastIndex((part, i) => !Object.is(part, old.key[i]));
  const first = plate.key.findIndex((part, i) => !Object.is(part, old.key[i]));
  if (old.key.length !== plate.key.length) return () => true;
  if (differ < 0) return () => false;
  if (!plate.progress || !old.progress || first < plate.key.length - 1) return () => true;
  const { top, bottom, left, right } = plate.progress.between(old.progress.at, plate.progress.at);
  return (row, column) => row >= top && row < bottom && column >= left && column < right;
}

/** Cells that would be kept from one scene to the next, though they look different. */
export function staleIn(before: Scene, after: Scene): string[] {
  return after.plates.flatMap((plate) => {
    const old = before.plates.find(({ name }) => name === plate.name);
    if (!old || old.rows !== plate.rows || old.columns !== plate.columns) return [];
    const isRepainted = repainted(old, plate);
    return cells(plate, (row, column) => {
      if (isRepainted(row, column)) return [];
      const kept = contentAt(old, row, column);
      const wanted = contentAt(plate, row, column);
      return kept === wanted
        ? []
        : [`${plate.name} (${row}, ${column}): ${kept}, and not ${wanted}`];
    }).flat();
  });
}

interface Box {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What takes room in a scene: matrices, their titles, and words. Widths of texts are estimated. */
function boxesOf({ plates, notes }: Scene): Box[] {
  const text = (name: string, x: number, y: number, size: number, words: string): Box => {
    const half = size * 0.5;
    return { name, left: x, top: y - half, right: x + words.length * half, bottom: y + half };
  };
  return [
    ...plates.flatMap(({ name, title, subtitle, titleRoom, x, y, rows, columns, cell }) => [
      { name, left: x, top: y, right: x + columns * cell, bottom: y + rows * cell },
      ...(title ? [text(`title of ${name}`, x, y - 33, 17, title)] : []),
      ...(subtitle
        ? [
            {
              name: `subtitle of ${name}`,
              left: x,
              top: y - 20,
              right: x + Math.min(titleRoom, subtitle.length * 6.5),
              bottom: y - 6,
            },
          ]
        : []),
    ]),
    ...notes.flatMap((note): Box[] => {
      if (note.kind === "arrow")
        return [
          {
            name: "arrow",
            left: note.x,
            top: note.y - 4,
            right: note.x + note.length,
            bottom: note.y + 4,
          },
        ];
      if (note.kind === "legend")
        return [
          {
            name: "legend",
            left: note.x,
            top: note.y - 6,
            right: note.x + note.width + 40,
            bottom: note.y + 6,
          },
        ];
      const box = text(`“${note.text}”`, note.x, note.y, note.size, note.text);
      const shift = note.align === "center" ? (box.right - box.left) / 2 : 0;
      return [{ ...box, left: box.left - shift, right: box.right - shift }];
    }),
  ];
}

/** Pairs of things that stand on each other, and things that are cut off. */
export function crowded(scene: Scene, room: Room): string[] {
  const boxes = boxesOf(scene);
  const meet = (a: Box, b: Box) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap((a, i) => [
    ...(a.left < 0 ||
    a.top < 0 ||
    a.right > Math.max(scene.width, room.width) ||
    a.bottom > scene.height + 1
      ? [`${a.name} is cut off`]
      : []),
    ...boxes.slice(i + 1).flatMap((b) => (meet(a, b) ? [`${a.name} stands on ${b.name}`] : [])),
  ]);
}

type Point = readonly [x: number, y: number];

const STEPS = 48;

/** Points along a curve, as it is painted; round corners are taken for sharp ones, which they stay within. */
function pointsOn({ from, to, along, around, sweep }: Curve): Point[] {
  const shares = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
  if (around) {
    const corners = [from, ...around, to];
    return corners.slice(1).flatMap(([u, v], i) => {
      const [x, y] = corners[i]!;
      return shares.map((t): Point => [x + t * (u - x), y + t * (v - y)]);
    });
  }
  const [y, v] = [from[1], to[1]];
  const [x, u] = sweep ?? [from[0], to[0]];
  // both handles stand half way along: the sweep there is x(t) or y(t) of a straight line bent at its ends
  const bent = (a: number, b: number, t: number) => a + (b - a) * (3 * t * t - 2 * t * t * t);
  const even = (a: number, b: number, t: number) =>
    a + (b - a) * (1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t);
  const swept = shares.map(
    (t): Point =>
      along === "across" ? [even(x, u, t), bent(y, v, t)] : [bent(x, u, t), even(y, v, t)],
  );
  const straight = (a: number, b: number, height: number) =>
    shares.map((t): Point => [a + t * (b - a), height]);
  return sweep ? [...straight(from[0], x, y), ...swept, ...straight(u, to[0], v)] : swept;
}

/** Titles and words that a curve runs through. */
export function crossed(scene: Scene): string[] {
  const plates = new Set(scene.plates.map(({ name }) => name));
  const texts = boxesOf(scene).filter(({ name }) => !plates.has(name));
  const isIn = ({ left, right, top, bottom }: Box, [x, y]: Point) =>
    x > left && x < right && y > top && y < bottom;
  const through = scene.curves.flatMap((curve) => {
    const points = pointsOn(curve);
    return texts.filter((text) => points.some((point) => isIn(text, point)));
  });
  return [...new Set(through.map(({ name }) => name))];
}

/** What is wrong with where things stand in a scene; nothing, when all is well. */
export function misplaced(scene: Scene): string[] {
  const { width, height, plates, marks, notes, newest } = scene;
  const within = (start: number, length: number, room: number) =>
    start >= 0 && length > 0 && start + length <= room;
  const names = plates.map(({ name }) => name);
  return [
    ...(Number.isFinite(width * height) ? [] : [`the scene is ${width} × ${height}`]),
    ...(plates.length > 0 ? [] : ["there is no plate"]),
    ...(new Set(names).size === names.length ? [] : [`two plates have one name: ${names}`]),
    ...plates
      .filter(
        ({ x, y, cell, rows, columns }) =>
          !within(x, columns * cell, width) || !within(y, rows * cell, height),
      )
      .map(({ name, x, y }) => `${name} at ${x}, ${y} is not inside ${width} × ${height}`),
    ...marks
      .filter((mark) => ![mark.x, mark.y, mark.width, mark.height].every(Number.isFinite))
      .map(({ name }) => `the mark ${name} is nowhere`),
    ...notes
      .filter(({ x, y }) => !Number.isFinite(x + y))
      .map((note) => `a note is nowhere: ${JSON.stringify(note)}`),
    ...(newest === null || names.includes(newest.plate)
      ? []
      : [`the newest cell is in ${newest.plate}`]),
  ];
}

/** Corners and middle are enough: the cells between stand where rows and columns say. */
function spotsOf({ rows, columns }: Plate): [row: number, column: number][] {
  const some = (n: number) => new Set([0, Math.floor(n / 2), n - 1]);
  return [...some(rows)].flatMap((row) =>
    [...some(columns)].map((c): [number, number] => [row, c]),
  );
}

/** Whether a number and what its colour is made of are the same, but for what a float32 loses. */
function isNear(value: number | null, shade: number | null): boolean {
  if (value === null || shade === null) return value === shade;
  return Math.abs(value - shade) <= 1e-5 * Math.max(1, Math.abs(value));
}

/** Cells that are not found again at their own middle, and cells without a number or a place in their tensor. */
export function misread(scene: Scene): string[] {
  return scene.plates.flatMap((plate) =>
    spotsOf(plate).flatMap(([row, column]) => {
      const { name, x, y, cell } = plate;
      const found = hit(scene, x + (column + 0.5) * cell, y + (row + 0.5) * cell);
      const same = found?.plate === plate && found.row === row && found.column === column;
      const value = plate.valueAt(row, column);
      const shade = plate.shadeAt ? plate.shadeAt(row, column) : value;
      const index = plate.indexAt(row, column);
      return [
        ...(isNear(value, shade) ? [] : [`${name} ${row} ${column}: ${value} shown as ${shade}`]),
        ...(same ? [] : [`${name} ${row} ${column} is read back as ${found?.plate.name}`]),
        ...(value === null || Number.isFinite(value) ? [] : [`${name} ${row} ${column}: ${value}`]),
        // −1: a zero that is only drawn, and no one's cell
        ...(Number.isInteger(index) && index >= -1 ? [] : [`${name} ${row} ${column} at ${index}`]),
      ];
    }),
  );
}
