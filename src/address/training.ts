import type { Document } from "../document.ts";
import { checkTraining, type TrainingSet, trainingOf } from "../edits/training.ts";
import { ConvError, keyOf, shown } from "../errors.ts";
import { DEFAULT_TRAINING, TRAINING_RULES } from "../training.ts";
import { readNumber, writeNumber } from "./numbers.ts";

// The word sgd: a rule, and after a colon what is not as it is by default: torch:lr=0.01,momentum=0.5,nesterov.
// The velocity is left out: what a link opens is at rest.

const NUMBERS = {
  lr: "lr",
  momentum: "momentum",
  decay: "weightDecay",
  "lr-decay": "lrDecay",
} as const satisfies Record<string, keyof TrainingSet>;

export const SGD_ACCEPTS = `${Object.keys(TRAINING_RULES).join(", ")}, with ${Object.keys(NUMBERS).join(", ")} or nesterov where they are not as usual: torch:lr=0.01,momentum=0.5`;

export function readSgd(text: string): TrainingSet {
  const { motion, ...usual } = DEFAULT_TRAINING;
  const [rule = "", rest = ""] = text.trim().toLowerCase().split(":", 2);
  const asked = {
    ...usual,
    rule: keyOf("sgd", TRAINING_RULES, rule.trim()),
    ...Object.fromEntries(
      rest
        .split(/[\s,]+/)
        .filter((part) => part !== "")
        .map(readPart),
    ),
  };
  return checkTraining(asked);
}

function readPart(part: string): [name: string, value: number | boolean] {
  const [name = "", value] = part.split("=", 2);
  if (name === "nesterov" && (value ?? "true") === "true") return [name, true];
  if (!Object.hasOwn(NUMBERS, name) || value === undefined)
    throw new ConvError("sgd", `${shown(part)} says nothing here`, SGD_ACCEPTS);
  return [NUMBERS[name as keyof typeof NUMBERS], readNumber("sgd", value)];
}

export function writeSgd(document: Document): string | null {
  const training = trainingOf(document);
  const parts = Object.entries(NUMBERS).flatMap(([word, name]) => {
    const value = training[name];
    return value === null || value === DEFAULT_TRAINING[name]
      ? []
      : [`${word}=${writeNumber(value)}`];
  });
  if (training.nesterov) parts.push("nesterov");
  if (parts.length > 0) return `${training.rule}:${parts.join(",")}`;
  return training.rule === DEFAULT_TRAINING.rule ? null : training.rule;
}
