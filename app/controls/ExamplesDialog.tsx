import { EXAMPLES, type ExampleRow } from "#engine";
import { Dialog } from "./Dialog.tsx";

interface Props {
  readonly onClose: () => void;
  /** Given the words of an address. */
  readonly onOpen: (link: string) => void;
}

/** The examples by their groups, each in the order of the table; those without a group first. */
const GROUPS = Map.groupBy(Object.entries<ExampleRow>(EXAMPLES), ([, { group = "" }]) => group);

/** Every example, with what there is to see. */
export function ExamplesDialog({ onClose, onOpen }: Props) {
  return (
    <Dialog title="Examples" wide onClose={onClose}>
      {[...GROUPS].map(([group, rows]) => (
        <section key={group}>
          {group !== "" && <h3 className="heading">{group}</h3>}
          <ul className="examples">
            {rows.map(([name, { label, why, link }]) => (
              <li key={name}>
                <button
                  type="button"
                  aria-describedby={`example-${name}`}
                  onClick={() => onOpen(link)}
                >
                  <b>{label}</b>
                  <span className="hint" id={`example-${name}`}>
                    {why}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
