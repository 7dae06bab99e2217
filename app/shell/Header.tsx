import { Fragment, useId, useState } from "react";
import { useNarrow } from "../controls/useNarrow.ts";
import { useFigure, useFigureStore } from "../store/context.ts";
import type { PageRow } from "../store/figureState.ts";
import { chooseTheme, currentTheme, THEMES, type Theme } from "../store/theme.ts";

/** Brand, lenses, and what concerns the page as a whole (given as children). */
export function Header({ children }: { readonly children: React.ReactNode }) {
  return (
    <header className="header">
      <h1 className="brand">
        <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
          {[0, 1, 2].flatMap((r) =>
            [0, 1, 2].map((c) => (
              <rect
                key={`${r}${c}`}
                x={2 + 10 * c}
                y={2 + 10 * r}
                width="8"
                height="8"
                rx="1.5"
                fill={r < 2 && c < 2 ? "var(--w)" : "var(--control)"}
              />
            )),
          )}
        </svg>
        convlens
      </h1>
      <LensMenu />
      <div className="header-actions">{children}</div>
    </header>
  );
}

/** The lenses and the pages, under the words of their groups: radio buttons, or a list where there is no room for them. */
function LensMenu() {
  const store = useFigureStore();
  const lenses = useFigure((state) => state.lenses);
  const pages = useFigure((state) => state.pages);
  const open = useFigure((state) => state.opening ?? state.page ?? state.lens);
  const narrow = useNarrow();
  const choose = async (name: string) => {
    store.setState({ opening: name }); // what was chosen is seen to be, before anything is fetched for it
    try {
      const { openLens, openPage } = await import("../store/openLens.ts");
      await (Object.hasOwn(pages, name) ? openPage : openLens)(store, name);
    } catch {
      store.setState({ opening: null });
      store.getState().tell("That takes a connection; with one it can be opened again.");
    }
  };
  const rows = [...Object.entries(lenses), ...Object.entries(pages)];
  return narrow ? (
    <LensList rows={rows} open={open} onChoose={choose} />
  ) : (
    <LensButtons rows={rows} open={open} onChoose={choose} />
  );
}

interface LensesProps {
  readonly rows: readonly (readonly [name: string, row: Pick<PageRow, "label" | "group">])[];
  readonly open: string;
  readonly onChoose: (name: string) => void;
}

function LensList({ rows, open, onChoose }: LensesProps) {
  const groups = [...new Set(rows.map(([, { group }]) => group))];
  return (
    <select
      className="select lens-list"
      aria-label="Lens"
      value={open}
      onChange={(event) => onChoose(event.target.value)}
    >
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {rows
            .filter(([, lens]) => lens.group === group)
            .map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

function LensButtons({ rows, open, onChoose }: LensesProps) {
  const name = useId();
  return (
    <fieldset className="lenses">
      <legend className="visually-hidden">Lens</legend>
      {rows.map(([key, { label, group }], i) => (
        <Fragment key={key}>
          {rows[i - 1]?.[1].group !== group && <span className="lens-group">{group}</span>}
          <label>
            <input type="radio" name={name} checked={key === open} onChange={() => onChoose(key)} />
            {label}
          </label>
        </Fragment>
      ))}
    </fieldset>
  );
}

export function ThemeSelect() {
  const [theme, setTheme] = useState(currentTheme);
  return (
    <select
      className="select theme-select"
      aria-label="Theme"
      value={theme}
      onChange={(event) => {
        const next = event.target.value as Theme;
        chooseTheme(next);
        setTheme(next);
      }}
    >
      {Object.entries(THEMES).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
