import { EXAMPLES, type ExampleName } from "#engine";
import { Dialog } from "./Dialog.tsx";

interface Props {
  readonly onClose: () => void;
  /** Given the words of an address. */
  readonly onOpen: (link: string) => void;
}

/** Every example, with what there is to see. */
export function ExamplesDialog({ onClose, onOpen }: Props) {
  return (
    <Dialog title="Examples" wide onClose={onClose}>
      <ul className="examples">
        {(Object.keys(EXAMPLES) as ExampleName[]).map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-describedby={`example-${name}`}
              onClick={() => onOpen(EXAMPLES[name].link)}
            >
              <b>{EXAMPLES[name].label}</b>
              <span className="hint" id={`example-${name}`}>
                {EXAMPLES[name].why}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
