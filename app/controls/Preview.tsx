import { useEffect, useRef } from "react";

interface PreviewProps {
  readonly rows: number;
  readonly columns: number;
  /** Red, green and blue of a cell, 0 to 255. Another function, another picture. */
  readonly colourAt: (index: number) => readonly [number, number, number];
  /** What it shows, for those who cannot see it; without it the picture is decoration. */
  readonly label?: string;
}

/** A picture of one pixel a cell, enlarged by the style sheet. */
export function Preview({ rows, columns, colourAt, label }: PreviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = new ImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      image.data.set(colourAt(i), 4 * i);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [rows, columns, colourAt]);
  return (
    <canvas
      ref={canvas}
      className="preview"
      width={columns}
      height={rows}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    />
  );
}
