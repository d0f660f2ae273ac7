import type { ActInput, ActKind, ActWish, AgentSummary } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Dialog } from "../../components/dialog.tsx"
import { useActsPreview, useActsRun } from "../../data/acts-query.ts"
import { useClock } from "../../data/clock-context.ts"
import { count } from "../../words/count.ts"
import { ACT_WORDS, actSentence } from "./act-words.ts"
import { type ActDraft, ActsForm } from "./acts-form.tsx"
import { ActsProgress } from "./acts-progress.tsx"

const A_QUARTER_MS = 90 * 86_400_000

/** Says what an act will do to many agents, does it, and tells how far it is and what came of it. */
export function ActsDialog(props: {
  kind: ActKind
  agents: readonly AgentSummary[]
  onClose: () => void
}): ReactNode {
  const { kind, agents, onClose } = props
  const clock = useClock()
  const [draft, setDraft] = useState<ActDraft>({
    reason: "",
    person: "",
    day: new Date(clock() + A_QUARTER_MS).toISOString().slice(0, 10),
  })
  const preview = useActsPreview(
    wishOf(kind, draft),
    agents.map(({ id }) => id),
  )
  const { run, start, stop } = useActsRun()
  const [last, setLast] = useState<ActInput>()
  const act = (input: ActInput, ids: readonly string[]): void => {
    setLast(input)
    start(input, ids)
  }
  const passed = new Set(preview.data?.skipped.map(({ agent }) => agent))
  return (
    <Dialog
      open
      onClose={run?.isRunning ? stop : onClose}
      title={
        preview.data ? actSentence(kind, preview.data) : ACT_WORDS[kind].does(count(agents.length, "agent"))
      }
      description={ACT_WORDS[kind].meaning}
    >
      {run && last ? (
        <ActsProgress
          kind={kind}
          agents={agents}
          run={run}
          onStop={stop}
          onRetry={(ids) => act(last, ids)}
          onClose={onClose}
        />
      ) : (
        <ActsForm
          kind={kind}
          agents={agents}
          draft={draft}
          onDraft={setDraft}
          preview={preview}
          onAct={() =>
            act(
              inputOf(kind, draft),
              agents.flatMap(({ id }) => (passed.has(id) ? [] : [id])),
            )
          }
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

/** What is asked about beforehand; undefined until it is clear whom the act names. */
function wishOf(kind: ActKind, draft: ActDraft): ActWish | undefined {
  if (kind === "offer-ownership" || kind === "add-maintainer") {
    if (draft.person === "") return undefined
    return kind === "add-maintainer" ? { kind, user: draft.person } : { kind, to: draft.person }
  }
  if (kind !== "set-next-review") return { kind }
  return draft.day === "" ? undefined : { kind, day: draft.day }
}

function inputOf(kind: ActKind, { reason, person, day }: ActDraft): ActInput {
  switch (kind) {
    case "offer-ownership":
      return { kind, to: person, note: reason.trim() || undefined }
    case "add-maintainer":
      return { kind, user: person }
    case "set-next-review":
      return { kind, day }
    case "suspend":
    case "resume":
    case "dismiss":
    case "retire":
      return { kind, reason: reason.trim() }
  }
}
