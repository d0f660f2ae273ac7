import type { ActKind, ActsPreviewView, AgentSummary } from "@tabard/api"
import type { UseQueryResult } from "@tanstack/react-query"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { count } from "../../words/count.ts"
import { ACT_WORDS, passedOver, unsettledSentence } from "./act-words.ts"
import { PassedOverList } from "./passed-over-list.tsx"

/** What is filled in for an act. */
export interface ActDraft {
  readonly reason: string
  readonly person: string
  readonly day: string
}

/** Asks for what the act needs, and shows beforehand whom it passes over and why. */
export function ActsForm(props: {
  kind: ActKind
  agents: readonly AgentSummary[]
  draft: ActDraft
  onDraft: (draft: ActDraft) => void
  preview: UseQueryResult<ActsPreviewView>
  onAct: () => void
  onClose: () => void
}): ReactNode {
  const { kind, agents, draft, onDraft, preview, onAct, onClose } = props
  const many = preview.data?.agents ?? 0
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onAct()
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        {(preview.isFetching || preview.data || preview.error) && (
          <Loaded
            reading={readingOf(preview)}
            what="What it will do"
            loading={<SkeletonLines lines={1} />}
            isEmpty={() => false}
            empty={null}
            partial={() => null}
          >
            {(told) => <Consequences told={told} agents={agents} />}
          </Loaded>
        )}
        <ActFields kind={kind} draft={draft} onDraft={onDraft} />
        {kind === "retire" && many > 0 && <Typed word={`retire ${many}`} />}
      </div>
      <DialogFoot onClose={onClose}>
        <Button
          type="submit"
          look={kind === "suspend" || kind === "retire" ? "stop" : "primary"}
          disabled={many === 0}
        >
          {ACT_WORDS[kind].does(count(many, "agent"))}
        </Button>
      </DialogFoot>
    </form>
  )
}

function Consequences({
  told,
  agents,
}: {
  told: ActsPreviewView
  agents: readonly AgentSummary[]
}): ReactNode {
  const stay = unsettledSentence(told)
  return (
    <div className="space-y-2">
      {told.agents === 0 && <p role="alert">It can be done to none of them.</p>}
      {stay !== undefined && <p className="text-ask">{stay}</p>}
      <PassedOverList title="Passed over" groups={passedOver(told.skipped)} agents={agents} />
    </div>
  )
}

function ActFields(props: { kind: ActKind; draft: ActDraft; onDraft: (draft: ActDraft) => void }): ReactNode {
  const { kind, draft, onDraft } = props
  const note = (label: string, hint: string, required: boolean): ReactNode => (
    <TextAreaField
      label={label}
      hint={hint}
      value={draft.reason}
      required={required}
      maxLength={1000}
      autoFocus={required}
      onChange={({ target: { value } }) => onDraft({ ...draft, reason: value })}
    />
  )
  const person = (label: string): ReactNode => (
    <PersonSelect
      label={label}
      none="Choose a person"
      chosen={draft.person}
      onChoose={(id) => onDraft({ ...draft, person: id })}
    />
  )
  switch (kind) {
    case "offer-ownership":
      return (
        <>
          {person("Who is asked")}
          {note("Note", "The person reads it with each offer. It may be left empty.", false)}
        </>
      )
    case "add-maintainer":
      return person("Who helps")
    case "set-next-review":
      return (
        <TextField
          label="Next review"
          type="date"
          required
          value={draft.day}
          onChange={({ target: { value } }) => onDraft({ ...draft, day: value })}
        />
      )
    case "suspend":
    case "resume":
    case "dismiss":
    case "retire":
      return note("Reason", "It is recorded with each agent, and shown to whoever asks why.", true)
  }
}

/** What cannot be taken back is typed as well. */
function Typed({ word }: { word: string }): ReactNode {
  const [typed, setTyped] = useState("")
  return (
    <TextField
      label={`Type “${word}” to confirm`}
      value={typed}
      required
      autoComplete="off"
      pattern={word}
      title={`Type ${word} exactly as it is written.`}
      onChange={({ target: { value } }) => setTyped(value)}
    />
  )
}
