import type { SinkView } from "@tabard/api"
import type { SinkChoice, SinkContent, SinkKind } from "@tabard/core"

/** A sink as it is being written: what a person typed into each field, by the field's name. */
export interface SinkDraft {
  readonly kind: SinkKind
  readonly name: string
  readonly content: SinkContent
  readonly choice: SinkChoice["kind"]
  /** The types of events, one a line, where they are named. */
  readonly types: string
  readonly checkpoints: boolean
  readonly from: "beginning" | "now"
  readonly values: Readonly<Record<string, string>>
}

/** What a new sink begins with. */
export const NEW_SINK: SinkDraft = {
  kind: "webhook",
  name: "",
  content: "own",
  choice: "all",
  types: "",
  checkpoints: true,
  from: "beginning",
  values: {},
}

/** Answers a sink as it can be changed. Its secrets are told nobody, so their fields are empty. */
export function draftOf({ kind, name, content, choice, checkpoints, settings }: SinkView): SinkDraft {
  const values = Object.entries(settings).map(([field, value]) => [field, String(value)])
  const types = choice.kind === "types" ? choice.types.join("\n") : ""
  return {
    ...NEW_SINK,
    kind,
    name,
    content,
    choice: choice.kind,
    types,
    checkpoints,
    values: Object.fromEntries(values),
  }
}

/** Answers which entries a draft chooses. */
export function choiceIn({ choice, types }: SinkDraft): SinkChoice {
  if (choice !== "types") return { kind: choice }
  return { kind: "types", types: types.split(/[\s,]+/).filter((type) => type !== "") }
}
