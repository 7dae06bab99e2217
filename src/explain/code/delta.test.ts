import { drawn, each, holdPrograms, named, offIn, withRandomBack } from "../../testing/programs.ts";
import type { CaseBack } from "../testing/cases.ts";
import { DELTA_PROGRAMS } from "./delta.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { TORCH } from "./testing/torch.ts";

/** What these programs call besides. As there, what is chosen of two Python numbers is in single precision. */
const TORCH_SLOPES = `${TORCH}
torch.ones_like = np.ones_like
Tensor.double = lambda self: self.astype(np.float64)

def where(condition, input, other):
    assert condition.dtype == bool
    if not isinstance(input, Tensor) and not isinstance(other, Tensor):
        input, other = np.float32(input), np.float32(other)
    return np.where(condition, input, other).view(Tensor)

torch.where = where
`;

holdPrograms({
  cases: each([...named, ...drawn(30, 5)], withRandomBack),
  source: (language: LanguageName, { g, layer, answer }: CaseBack) =>
    sourceOf(DELTA_PROGRAMS[language].program(g, layer, answer)),
  mutants: { δ: offIn("delta") },
  standIn: TORCH_SLOPES,
});
