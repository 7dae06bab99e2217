import { DIGITS, OWN_IMAGES } from "#engine";
import "./files.css";
import { OpenFiles, Outcome } from "./OpenFiles.tsx";
import { useLearner, useLearning } from "./use.ts";

const { least, most, shortest, longest, classes } = OWN_IMAGES;

/** Labelled images of one's own in place of the digits. */
export function OwnData() {
  const { files } = useLearner();
  const own = useLearning(
    ({ collection }) => collection !== null && collection.name !== DIGITS.name,
  );
  return (
    <section className="files">
      <h2 className="heading">Your own images</h2>
      <p className="file-buttons">
        <OpenFiles
          kind="images"
          label="Open images …"
          accept=".csv,.tsv,.txt,.npy,text/csv"
          multiple
          name="Labelled images"
        />
        {own && (
          <button type="button" className="button" onClick={files.digits}>
            Back to the digits
          </button>
        )}
      </p>
      <Outcome kind="images" />
      <details>
        <summary>What they look like</summary>
        <p className="hint">
          A CSV with a row an image: its label in the first or the last column, a whole number from
          0 to {classes - 1}, and its pixels row by row, as many as a square has. Or two .npy chosen
          together: images N × H × W and labels N.
        </p>
        <p className="hint">
          {least} to {most.toLocaleString("en")} images of {shortest} to {longest} rows and columns;
          pixels from 0 (paper) up, divided by the largest. They are shuffled, and one in{" "}
          {OWN_IMAGES.heldOut} is held out: the same ones whatever the seed of the run. They stay in
          this browser.
        </p>
      </details>
    </section>
  );
}
