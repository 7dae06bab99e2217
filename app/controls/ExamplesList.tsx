import { EXAMPLES, type ExampleName } from "#engine";

/** Every example, with what there is to see. */
export function ExamplesList({ onOpen }: { readonly onOpen: (link: string) => void }) {
  return (
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
  );
}
