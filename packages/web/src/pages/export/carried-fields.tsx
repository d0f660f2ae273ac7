import { SINK_CONTENTS } from "@tabard/core"
import type { ReactNode } from "react"
import { CheckField, SelectField, TextAreaField } from "../../components/field.tsx"
import { SINK_CONTENT_WORDS } from "../../words/sink-words.ts"
import type { SinkDraft } from "./sink-draft.ts"

/** A draft that is being written, and how to say what of it is other. */
export interface Saying {
  readonly draft: SinkDraft
  /** Whether it is of a sink that is not made yet. */
  readonly isNew: boolean
  readonly say: (differs: Partial<SinkDraft>) => void
}

const CHOICES: Readonly<Record<SinkDraft["choice"], string>> = {
  all: "All",
  calls: "Decisions and outcomes of calls",
  types: "Those of certain types",
}

/** Asks what a sink carries, in which content, and from where on. */
export function CarriedFields(props: Saying): ReactNode {
  const { draft, isNew, say } = props
  return (
    <>
      <SelectField
        label="What it gets"
        value={draft.content}
        onChange={(event) => say({ content: contentIn(event.target.value) })}
      >
        {SINK_CONTENTS.map((content) => (
          <option key={content} value={content}>
            {SINK_CONTENT_WORDS[content]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Which entries"
        value={draft.choice}
        onChange={(event) => say({ choice: choiceNamed(event.target.value) })}
      >
        {Object.entries(CHOICES).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </SelectField>
      {draft.choice === "types" && (
        <TextAreaField
          label="Types"
          hint="One a line, such as agent.retired."
          value={draft.types}
          required
          className="font-mono"
          onChange={(event) => say({ types: event.target.value })}
        />
      )}
      {isNew && (
        <SelectField
          label="From where on"
          value={draft.from}
          onChange={(event) => say({ from: event.target.value === "now" ? "now" : "beginning" })}
        >
          <option value="beginning">From the first entry on</option>
          <option value="now">What comes from now on</option>
        </SelectField>
      )}
      <CheckField
        label="Checkpoints too"
        hint="A copy of them out of our reach is what makes a rewritten log show."
        checked={draft.checkpoints}
        onChange={(event) => say({ checkpoints: event.target.checked })}
      />
    </>
  )
}

function contentIn(text: string): SinkDraft["content"] {
  return SINK_CONTENTS.find((content) => content === text) ?? "own"
}

function choiceNamed(text: string): SinkDraft["choice"] {
  return text === "calls" || text === "types" ? text : "all"
}
